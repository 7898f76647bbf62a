import type { Cell } from '../cascade/cascade.ts';
import type { ModelReply } from '../models/model-provider.ts';
import { scoreRange } from './answer-rule.ts';
import type { JsonSchemas } from './json-schemas.ts';
import { parseBoolean } from './parse-boolean.ts';
import { parseJsonReply } from './parse-json.ts';
import { parseLabel } from './parse-label.ts';
import { parseScore } from './parse-score.ts';
import { parseText } from './parse-text.ts';
import type { ParsedOutput } from './parsed-output.ts';
import { invalid } from './parsed-output.ts';

/** The answer in a reply. One that was cut off or refused is none, whatever it says. */
export function parseOutput(
  cell: Pick<Cell, 'kind' | 'labels' | 'outputSchema'>,
  reply: Pick<ModelReply, 'text' | 'finish'>,
  schemas: JsonSchemas,
): ParsedOutput {
  if (reply.finish === 'length') return invalid('it was cut off at the limit of tokens');
  if (reply.finish === 'refusal') return invalid('the model declined to answer');
  switch (cell.kind) {
    case 'boolean':
      return parseBoolean(reply.text);
    case 'score':
      return parseScore(reply.text, scoreRange(cell));
    case 'label':
      return parseLabel(reply.text, cell.labels);
    case 'json':
      return parseJsonReply(reply.text, cell.outputSchema, schemas);
    case 'text':
      return parseText(reply.text);
  }
}

import { SqlError } from '../../errors.ts';
import type { ModelReply } from '../models/model-provider.ts';
import type { CellRun } from './cell-run.ts';
import type { Question } from './question.ts';

/** No reply was valid. */
export class InvalidReplies extends SqlError {}

const SHOWN = 200;

/** SQLSTATE 22000, with the beginning of the last of `asked` replies. */
export function invalidReplies(
  run: CellRun,
  question: Question,
  problem: string,
  reply: ModelReply,
  asked: number,
): SqlError {
  const place = `cascade ${run.call.cascade.cascadeId}, cell ${question.cellName}`;
  return new InvalidReplies('22000', `${place}: no valid answer after ${asked} calls: ${problem}`, {
    detail: `The last reply began: ${JSON.stringify(reply.text.slice(0, SHOWN))}`,
    hint: hintFor(reply),
  });
}

function hintFor(reply: ModelReply): string {
  if (reply.finish === 'length') return 'Raise max_tokens in the cell.';
  return 'Make the instructions of the cell plainer, raise max_retries, or SET rvbbit.model to another model.';
}

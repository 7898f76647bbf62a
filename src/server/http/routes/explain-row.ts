import { z } from 'zod';
import { SqlError } from '../../../errors.ts';
import type { OperatorSet } from '../../../operators/cascade/operator-set.ts';
import { explainCall } from '../explain-call.ts';
import type { HttpParts } from '../http-parts.ts';
import { readCall, readEarlierOutputs } from '../reads/calls.ts';
import type { LoggedCall } from '../reads/calls.ts';
import { currentCells } from '../reads/current-cells.ts';
import { readExamplesById } from '../reads/examples.ts';
import { inputVectors, cosine } from '../reads/input-vectors.ts';
import { defineRoute } from '../route.ts';
import type { Message, ScoredExample } from '../schemas/explain.ts';
import { messageShape, rowExplanationShape } from '../schemas/explain.ts';
import { traceId } from '../schemas/fields.ts';

export const explainRow = defineRoute({
  method: 'GET',
  path: '/api/training/explain',
  summary:
    'Which examples taught a row: those in its prompt then, and those it would get now, with both prompts',
  query: z.strictObject({ trace_id: traceId }),
  answer: rowExplanationShape,
  async handle({ query }, parts) {
    await parts.training.log.flush();
    const call = await readCall(parts.training.store, query.trace_id);
    if (call === undefined)
      throw new SqlError('02000', `no logged call has the trace id "${query.trace_id}"`);
    return {
      now: await explainNow(parts, call),
      then: {
        examples: await examplesThen(parts, call),
        prompt: promptOf(call.request),
        output: call.output,
      },
    };
  },
});

async function explainNow({ training, operators, embedder }: HttpParts, call: LoggedCall) {
  const loaded = findCell(operators(), call);
  if (loaded === null) return null;
  return explainCall(
    { pools: training.pools, embedder },
    { ...loaded, inputs: inputsOf(call.inputs), outputs: await readEarlierOutputs(training.store, call) },
  );
}

function findCell(operators: OperatorSet, call: LoggedCall) {
  const cascade = operators.cascades.get(call.cascade_id);
  const cell = cascade?.cells.find(({ name }) => name === call.cell_name);
  return cascade === undefined || cell === undefined ? null : { cascade, cell };
}

async function examplesThen(
  { training, operators, embedder }: HttpParts,
  call: LoggedCall,
): Promise<ScoredExample[]> {
  const rows = await readExamplesById(training.store, call.example_ids, currentCells(operators()));
  const [own, ...others] = await inputVectors(embedder, [call.inputs, ...rows.map(({ inputs }) => inputs)]);
  return rows.map((row, at) => {
    const other = others[at];
    return {
      trace_id: row.trace_id,
      inputs: row.inputs,
      output: row.correction ?? row.output,
      confidence: row.confidence ?? 0,
      verified: row.verified,
      similarity: own === undefined || other === undefined ? null : cosine(own, other),
    };
  });
}

/** The messages of a request, where the provider sends such. */
function promptOf(request: string): Message[] | null {
  const sent = z.object({ messages: z.array(messageShape) }).safeParse(JSON.parse(request));
  return sent.success ? sent.data.messages : null;
}

function inputsOf(json: string): Readonly<Record<string, unknown>> {
  return JSON.parse(json) as Readonly<Record<string, unknown>>;
}

import { z } from 'zod';
import { BadRequest } from '../bad-request.ts';
import { loadedCascade } from '../loaded-cascade.ts';
import { defineRoute } from '../route.ts';
import { trialShape } from '../schemas/operators.ts';

export const tryOperator = defineRoute({
  method: 'POST',
  path: '/api/operators/:cascade_id/try',
  summary: 'Run a cascade once on the inputs given',
  params: z.object({ cascade_id: z.string().min(1) }),
  body: z.strictObject({ inputs: z.record(z.string(), z.unknown()) }),
  answer: trialShape,
  async handle({ params, body, signal }, parts) {
    const cascade = loadedCascade(parts.operators(), params.cascade_id);
    checkInputs(cascade.inputs, body.inputs);
    const started = performance.now();
    const { value, outputs, traceId } = await parts.runCascade(cascade.cascadeId, body.inputs, signal);
    return { value, outputs: { ...outputs }, trace_id: traceId, duration_ms: performance.now() - started };
  },
});

function checkInputs(declared: readonly string[], given: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(given).find((name) => !declared.includes(name));
  if (unknown !== undefined)
    throw new BadRequest(`inputs.${unknown}`, `is no input; there are ${declared.join(', ')}`);
}

import { findCalls } from '../../../training/annotation-rows.ts';
import { defineRoute } from '../route.ts';
import { markOf } from '../mark-of.ts';
import { markResultShape, markTrainableShape } from '../schemas/annotations.ts';

export const markTrainable = defineRoute({
  method: 'POST',
  path: '/api/training/mark-trainable',
  summary: 'Mark calls; ids that the log does not have are reported and the others marked',
  writes: true,
  body: markTrainableShape,
  answer: markResultShape,
  async handle({ body }, { training }) {
    const { trace_ids, annotated_by, ...mark } = body;
    const ids = [...new Set(trace_ids)];
    await training.log.flush();
    const known = await findCalls(training.store, ids);
    const marks = ids
      .filter((id) => known.has(id))
      .map((trace_id) => markOf({ ...mark, trace_id, trainable: mark.trainable ?? true }));
    await training.annotations.mark(marks, { by: annotated_by ?? '', source: 'human' });
    const results = ids.map((trace_id) =>
      known.has(trace_id)
        ? { trace_id, ok: true }
        : { trace_id, ok: false, error: 'no logged call has this trace id' },
    );
    return { marked: marks.length, results };
  },
});

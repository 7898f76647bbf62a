import type { Annotation } from '../../../training/annotation.ts';
import { annotationOf, findAnnotationRows } from '../../../training/annotation-rows.ts';
import { markOf } from '../mark-of.ts';
import { defineRoute } from '../route.ts';
import type { AnnotationRow } from '../schemas/annotations.ts';
import { annotationChangeResultShape, annotationChangeShape } from '../schemas/annotations.ts';

export const changeAnnotations = defineRoute({
  method: 'POST',
  path: '/api/training/annotations',
  summary: 'Change annotations, all of them or none; the answer holds what undoes it',
  writes: true,
  body: annotationChangeShape,
  answer: annotationChangeResultShape,
  async handle({ body }, { training }) {
    const { marks, removals, annotated_by } = body;
    const ids = [...new Set([...marks.map(({ trace_id }) => trace_id), ...removals])];
    await training.log.flush();
    const before = await findAnnotationRows(training.store, ids);
    const after = await training.annotations.apply(
      { marks: marks.map(markOf), removals },
      { by: annotated_by ?? '', source: 'human' },
    );
    return {
      annotations: after.map(rowOf),
      previous: [...before.values()].map((row) => rowOf(annotationOf(row))),
      unmarked: ids.filter((id) => !before.has(id)),
    };
  },
});

function rowOf(annotation: Annotation): AnnotationRow {
  const { traceId, trainable, verified, confidence, notes, tags, correction } = annotation;
  return { trace_id: traceId, trainable, verified, confidence, notes, tags: [...tags], correction };
}

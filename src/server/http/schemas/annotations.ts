import { z } from 'zod';
import { traceId } from './fields.ts';

const confidence = z.number().min(0).max(1, { error: 'must be a number from 0 to 1' });
const traceIds = z.array(traceId).min(1, { error: 'must name at least one trace' }).max(10_000);
const tags = z.array(z.string().min(1).max(200)).max(100);

/** What a mark says; what is left out stays as it was. */
const markFields = {
  trainable: z.boolean().optional(),
  verified: z.boolean().optional(),
  confidence: confidence.optional(),
  notes: z.string().max(100_000).optional(),
  tags: tags.optional(),
  correction: z.string().nullable().optional().describe('The right output, where the logged one is not'),
};

export const markTrainableShape = z.strictObject({
  trace_ids: traceIds,
  ...markFields,
  annotated_by: z.string().max(200).optional(),
});

export const markResultShape = z.object({
  marked: z.number(),
  results: z.array(z.object({ trace_id: z.string(), ok: z.boolean(), error: z.string().optional() })),
});

export type MarkResult = z.infer<typeof markResultShape>;

export const markShape = z.strictObject({ trace_id: traceId, ...markFields });

export type MarkRequest = z.infer<typeof markShape>;

export const annotationChangeShape = z.strictObject({
  marks: z.array(markShape).max(10_000).default([]),
  removals: z.array(traceId).max(10_000).default([]).describe('Traces whose annotation is taken back'),
  annotated_by: z.string().max(200).optional(),
});

export type AnnotationChangeRequest = z.input<typeof annotationChangeShape>;

export const annotationShape = z.object({
  trace_id: z.string(),
  trainable: z.boolean(),
  verified: z.boolean(),
  confidence: z.number(),
  notes: z.string(),
  tags: z.array(z.string()),
  correction: z.string().nullable(),
});

export type AnnotationRow = z.infer<typeof annotationShape>;

export const annotationChangeResultShape = z.object({
  annotations: z.array(annotationShape).describe('As they are now'),
  previous: z.array(annotationShape).describe('As they were'),
  unmarked: z
    .array(z.string())
    .describe('Traces that had no annotation before: to undo, send them as removals'),
});

export type AnnotationChangeResult = z.infer<typeof annotationChangeResultShape>;

export const conflictShape = z.object({
  cascade_id: z.string(),
  cell_name: z.string(),
  kind: z.enum(['same_inputs', 'near_duplicate']),
  similarity: z.number().describe('Cosine of the inputs'),
  inputs: z.string().describe('Of the first side; those of a near duplicate differ'),
  sides: z.array(
    z.object({
      output: z.string(),
      traces: z.array(
        z.object({
          trace_id: z.string(),
          timestamp: z.string(),
          inputs: z.string(),
          logged_output: z.string(),
          confidence: z.number(),
          verified: z.boolean(),
          source: z.string(),
          annotated_at: z.string(),
        }),
      ),
    }),
  ),
});

export type Conflict = z.infer<typeof conflictShape>;

/** The newest word on one logged call. */
export interface Annotation {
  readonly traceId: string;
  readonly trainable: boolean;
  readonly verified: boolean;
  /** 0..1 */
  readonly confidence: number;
  readonly notes: string;
  readonly tags: readonly string[];
  /** The right output, where the logged one is not; the example then teaches this. */
  readonly correction: string | null;
  /** `YYYY-MM-DD hh:mm:ss.ffffff`, UTC */
  readonly annotatedAt: string;
  readonly annotatedBy: string;
  readonly source: string;
}

/** What is to change about one call's annotation; what is left out stays as it was, or takes its default. */
export type Mark = { readonly traceId: string } & Partial<
  Pick<
    Annotation,
    | 'trainable'
    | 'verified'
    | 'confidence'
    | 'notes'
    | 'tags'
    | 'correction'
    // Left out, these are the annotator's.
    | 'annotatedBy'
    | 'source'
  >
>;

/** Who marks, and how: `human`, or the name of what decides by itself. */
export interface Annotator {
  readonly by: string;
  readonly source: string;
}

export const UNMARKED: Omit<Annotation, 'traceId' | 'annotatedAt' | 'annotatedBy' | 'source'> = Object.freeze(
  {
    trainable: false,
    verified: false,
    confidence: 1,
    notes: '',
    tags: Object.freeze([]),
    correction: null,
  },
);

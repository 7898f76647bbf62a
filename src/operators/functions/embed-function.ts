import { SqlError } from '../../errors.ts';
import type { AnswerBook, Arguments } from '../evaluation/answer-book.ts';
import { AnswerTable } from '../evaluation/answer-table.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';
import type { Embedder } from '../models/embedder.ts';
import type { BuiltInFunction } from './built-in-function.ts';

/** `embed(text)`: the vector of a text, of length 1; all texts of a pass go to the embedder together. */
export function embedFunction(embedder: Embedder): BuiltInFunction {
  return Object.freeze({
    sql: Object.freeze({
      name: 'embed',
      description: `The meaning of a text as a vector of ${embedder.dimensions} numbers, of length 1.`,
      args: Object.freeze([
        { name: 'text', type: 'VARCHAR', optional: false, default: null, role: 'value' as const },
      ]),
      returns: `FLOAT[${embedder.dimensions}]`,
      shape: 'scalar',
      patterns: Object.freeze([]),
    }),
    book: () => new EmbeddingBook(embedder),
  });
}

/** Texts of a statement that are embedded as they are met: queries and small tables, in 10 ms together. */
const AT_ONCE = 256;

/** Vectors of one statement: they are large, and made sooner than looked up. */
class EmbeddingBook implements AnswerBook {
  readonly table = new AnswerTable();
  #atOnce = 0;

  constructor(private readonly embedder: Embedder) {}

  answerNow([text]: Arguments): Float32Array | undefined {
    this.#atOnce += 1;
    return this.#atOnce > AT_ONCE ? undefined : this.embedder.embedNow?.(text ?? '');
  }

  answerAll(rows: readonly Arguments[]): Promise<readonly Float32Array[]> {
    return this.embedder.embed(rows.map(([text]) => text ?? ''));
  }

  call(): CascadeCall {
    throw new SqlError('0A000', 'embed is no cascade, and makes no calls');
  }
}

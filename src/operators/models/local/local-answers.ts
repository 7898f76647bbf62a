import { SqlError } from '../../../errors.ts';
import type { LocalWay } from '../local-ways.ts';
import type { ModelTask } from '../model-provider.ts';
import { dot } from '../vectors.ts';
import type { EmbedAll } from './concept-space.ts';
import { distinctTexts, farthestFirst, nearestFirst, sameNumbers } from './ranked-texts.ts';
import type { Judgement } from './judgement.ts';
import { summarize } from './summarize.ts';
import { topics } from './topics.ts';

export interface Verdict {
  readonly text: string;
  /** null where nothing was judged. */
  readonly probability: number | null;
}

type Way = (task: ModelTask) => Promise<Verdict>;

/** Half of all pairs of texts that mean the same lie above it, and few others. */
const ALIKE = 0.72;
const DEFAULT_COUNT = 5;

/** What embeddings alone can tell without a criterion: see LOCAL_WAYS. */
export class LocalAnswers {
  readonly #ways: Readonly<Partial<Record<LocalWay, Way>>>;

  constructor(
    private readonly embedAll: EmbedAll,
    private readonly judgement: Judgement,
  ) {
    this.#ways = Object.freeze({
      similarity: (task) => this.#similarity(task),
      sentiment: (task) => this.#sentiment(task),
      summary: async (task) => said(await summarize(textsOf(task), this.embedAll)),
      central: async (task) => said((await nearestFirst(textsOf(task), this.embedAll))[0] ?? ''),
      themes: async (task) => this.#themes(task),
      best: (task) => this.#best(task),
      outliers: async (task) => {
        const texts = await farthestFirst([...new Set(textsOf(task))], this.embedAll);
        return list(texts.slice(0, countOf(task)));
      },
      dedupe: async (task) => list(await distinctTexts(textsOf(task), this.embedAll)),
    });
  }

  /** undefined where the task asks for none of these ways. */
  async answer(task: ModelTask): Promise<Verdict | undefined> {
    return task.local === undefined ? undefined : this.#ways[task.local]?.(task);
  }

  async #similarity(task: ModelTask): Promise<Verdict> {
    const [one = '', other = ''] = textsOf(task);
    const [a, b] = await this.embedAll([one, other]);
    const cosine = a === undefined || b === undefined ? 0 : Math.max(0, Math.min(1, dot(a, b)));
    if (task.kind === 'score') return { text: cosine.toFixed(4), probability: cosine };
    const near = cosine >= ALIKE && sameNumbers(one, other);
    return { text: String(near), probability: near ? cosine : 1 - cosine };
  }

  /** From -1 to 1; of many texts the mean. */
  async #sentiment(task: ModelTask): Promise<Verdict> {
    const [good, bad] = await Promise.all(
      ['positive', 'negative'].map((criterion) => this.judgement.grader(criterion, [])),
    );
    if (good === undefined || bad === undefined) throw new Error('a grader is missing');
    const texts = textsOf(task);
    const scores = await Promise.all(texts.map(async (text) => (await good(text)) - (await bad(text))));
    const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
    return { text: Math.max(-1, Math.min(1, mean)).toFixed(4), probability: null };
  }

  async #themes(task: ModelTask): Promise<Verdict> {
    const found = await topics(textsOf(task), countOf(task), this.embedAll);
    return list(found.slice(0, countOf(task)).map(({ label }) => label));
  }

  async #best(task: ModelTask): Promise<Verdict> {
    const texts = textsOf(task);
    const grade = await this.judgement.grader(String(task.inputs[task.criterionArg ?? ''] ?? 'good'), []);
    const grades = await Promise.all(texts.map(grade));
    const best = grades.indexOf(Math.max(...grades));
    return { text: texts[best] ?? '', probability: grades[best] ?? null };
  }
}

/** The list of texts among the inputs; where there is none, the texts themselves. */
function textsOf(task: ModelTask): readonly string[] {
  const inputs = Object.entries(task.inputs).filter(
    ([name]) => name !== task.labelsArg && name !== task.criterionArg,
  );
  const values = inputs.map(([, value]) => value);
  const many: unknown = values.find((value) => Array.isArray(value));
  const texts = Array.isArray(many) ? many : values;
  return texts.filter((text): text is string => typeof text === 'string');
}

function countOf(task: ModelTask): number {
  const count = Object.values(task.inputs).find((value) => typeof value === 'number');
  if (count === undefined) return DEFAULT_COUNT;
  if (typeof count === 'number' && Number.isInteger(count) && count > 0) return count;
  throw new SqlError('22023', `${task.cascadeId} needs a whole number above 0, not ${String(count)}`);
}

function said(text: string): Verdict {
  return { text, probability: null };
}

function list(texts: readonly string[]): Verdict {
  return { text: JSON.stringify(texts), probability: null };
}

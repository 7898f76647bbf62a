import { SqlError } from '../../errors.ts';
import { abortError } from './abort-error.ts';
import type { Embedder } from './embedder.ts';
import { EmbeddingBatcher } from './embedding-batcher.ts';
import { type Concept, readConcepts } from './local/concepts.ts';
import { LocalAnswers, type Verdict } from './local/local-answers.ts';
import { type JudgedExample, Judgement, type Question } from './local/judgement.ts';
import type { ModelProvider, ModelReply, ModelRequest, ModelTask } from './model-provider.ts';

/** Answers boolean, score and label tasks from embeddings, without a language model, a key or a network. */
export class LocalProvider implements ModelProvider {
  readonly name = 'local';
  readonly #judgement: Judgement;
  readonly #ways: LocalAnswers;

  constructor(
    readonly embedder: Embedder,
    concepts: () => Promise<readonly Concept[]> = readConcepts,
  ) {
    const vectors = new EmbeddingBatcher(embedder);
    const embedAll = (texts: readonly string[]) => embedder.embed(texts);
    this.#judgement = new Judgement((text) => vectors.vectorOf(text), embedAll, concepts);
    this.#ways = new LocalAnswers(embedAll, this.#judgement);
  }

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    if (signal.aborted) throw abortError(signal);
    if (request.task.local === 'none') throw needsLanguageModel(request.task);
    const verdict = (await this.#ways.answer(request.task)) ?? (await this.#judge(request.task));
    if (signal.aborted) throw abortError(signal);
    return this.#reply(request.task, verdict);
  }

  close(): Promise<void> {
    return this.embedder.close();
  }

  async #judge(task: ModelTask): Promise<Verdict> {
    switch (task.kind) {
      case 'boolean': {
        const grade = await this.#grade(task);
        return { text: String(grade >= 0.5), probability: Math.max(grade, 1 - grade) };
      }
      case 'score': {
        const grade = await this.#grade(task);
        return { text: grade.toFixed(4), probability: grade };
      }
      case 'label':
        return this.#label(task, labelsOf(task));
      case 'text':
      case 'json':
        throw needsLanguageModel(task);
    }
  }

  #grade(task: ModelTask): Promise<number> {
    const examples = examplesOf(task).flatMap(({ output, ...example }) => {
      const grade = gradeIn(output);
      return grade === undefined ? [] : [{ ...example, grade }];
    });
    return this.#judgement.grade(questionOf(task, task.inputs), examples);
  }

  async #label(task: ModelTask, labels: readonly string[]): Promise<Verdict> {
    const examples = examplesOf(task).map(({ output, ...example }) => ({ ...example, label: output.trim() }));
    const question = questionOf(task, task.inputs);
    const { label, probability } = await this.#judgement.label(question, labels, examples);
    return { text: label, probability };
  }

  #reply(task: ModelTask, verdict: Verdict): ModelReply {
    const { kind, inputs, labels, examples } = task;
    const asked = {
      embedder: this.embedder.name,
      kind,
      inputs,
      labels,
      examples: examples.map((e) => e.traceId),
    };
    return {
      text: verdict.text,
      finish: 'stop',
      model: this.embedder.name,
      tokensIn: 0,
      tokensOut: 0,
      tokensCached: 0,
      costUsd: 0,
      retries: 0,
      probability: verdict.probability,
      request: asked,
      response: verdict,
    };
  }
}

/** The criterion apart from the other inputs, which make up the text. */
function questionOf(task: ModelTask, inputs: Readonly<Record<string, unknown>>): Question {
  const criterion = task.criterionArg === undefined ? undefined : inputs[task.criterionArg];
  const rest = Object.entries(inputs).filter(
    ([name]) => name !== task.criterionArg && name !== task.labelsArg,
  );
  return {
    text: rest.map(([, value]) => plain(value)).join('\n'),
    criterion: criterion === undefined ? null : plain(criterion),
  };
}

function examplesOf(task: ModelTask): readonly (JudgedExample & { readonly output: string })[] {
  return task.examples.map(({ inputs, output, confidence }) => ({
    ...questionOf(task, inputs),
    confidence,
    output,
  }));
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** `true` and `false` as 1 and 0, a number in 0..1 as itself; undefined for anything else. */
function gradeIn(output: string): number | undefined {
  const text = output.trim().toLowerCase();
  if (text === 'true' || text === 'yes') return 1;
  if (text === 'false' || text === 'no') return 0;
  const score = text === '' ? Number.NaN : Number(text);
  return score >= 0 && score <= 1 ? score : undefined;
}

function labelsOf(task: ModelTask): readonly string[] {
  if (task.labels !== undefined && task.labels.length > 0) return task.labels;
  throw new SqlError(
    '22023',
    `cell "${task.cellName}" of ${task.cascadeId} declares no labels to choose from`,
  );
}

function needsLanguageModel(task: ModelTask): SqlError {
  return new SqlError('0A000', `${task.cascadeId} needs a language model, which the local provider is not`, {
    detail: `Cell "${task.cellName}" answers with ${task.kind}; the local provider judges by a criterion or by labels, and tells what it can of many texts.`,
    hint: 'Set OPENAI_API_KEY, or RVBBIT_MODEL=openai/<model> with OPENAI_BASE_URL for an endpoint of your own.',
  });
}

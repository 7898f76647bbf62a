import { createHash } from 'node:crypto';
import type { ChatMessage, ModelReply } from '../models/model-provider.ts';
import { answerRule } from './answer-rule.ts';
import type { CellRun } from './cell-run.ts';
import { finalAnswer } from './final-answer.ts';
import { injected, type Injected } from './injected.ts';
import { parseOutput } from './parse-output.ts';
import type { ParsedOutput } from './parsed-output.ts';
import { invalid, valid } from './parsed-output.ts';
import { type Objection, objectionTo } from './wards.ts';
import { NO_EXAMPLES } from './render-prompt.ts';

/** What a model is asked, and how its reply is read. */
export interface Question {
  /** Under which the calls are logged. */
  readonly cellName: string;
  readonly fingerprint: string;
  readonly messages: readonly ChatMessage[];
  readonly outputSchema: Readonly<Record<string, unknown>> | null;
  /** Said again to a model whose reply was not valid. */
  readonly rule: string | null;
  /** The examples in it, as the log tells of them. */
  readonly injected: Injected;
  read(reply: ModelReply): ParsedOutput;
  /** What wards have against an answer; null where they let it pass. */
  objection(value: unknown): Promise<Objection | null>;
}

export function cellQuestion(run: CellRun): Question {
  const { cell, examples, parts } = run;
  const formatted =
    examples.examples.length === 0
      ? NO_EXAMPLES
      : parts.formatExamples(cell.training.format, examples.examples);
  return {
    cellName: cell.name,
    fingerprint: cell.fingerprint,
    messages: parts.prompts.messages(cell, run.values, formatted),
    outputSchema: cell.kind === 'json' ? cell.outputSchema : null,
    rule: answerRule(cell),
    injected: injected(cell, examples),
    read: (reply) => parseOutput(cell, reply, parts.schemas),
    objection: (value) => objectionTo(run, value),
  };
}

/** Asks which of the candidates is best; the answer is the index of one. Logged as `<cell>.evaluator`. */
export function evaluatorQuestion(run: CellRun, template: string, candidates: readonly string[]): Question {
  const rule = `Answer with the number of the best candidate, from 1 to ${candidates.length}, and nothing else.`;
  const listed = candidates.map((text, index) => `Candidate ${index + 1}:\n${text}`);
  return {
    cellName: `${run.cell.name}.evaluator`,
    fingerprint: createHash('sha256').update(template).digest('hex'),
    messages: [
      { role: 'system', content: `You compare candidate answers to one task. ${rule}` },
      {
        role: 'user',
        content: [run.parts.prompts.evaluator(run.cell, template, run.values), ...listed].join('\n\n'),
      },
    ],
    outputSchema: null,
    rule,
    injected: { exampleIds: [], trainingTrouble: null },
    read: (reply) => readChoice(reply, candidates.length),
    objection: async () => null,
  };
}

function readChoice(reply: ModelReply, count: number): ParsedOutput {
  const choice = finalAnswer(reply.text, (word) => (/^\d{1,3}$/.test(word) ? Number(word) : undefined));
  if (reply.finish !== 'stop' || choice === undefined || choice < 1 || choice > count) {
    return invalid(`it is no number from 1 to ${count}`);
  }
  return valid(choice - 1, String(choice));
}

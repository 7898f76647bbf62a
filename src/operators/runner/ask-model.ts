import { messageOf } from '../../errors.ts';
import type { CallRecord } from '../../training/log/call-record.ts';
import type { ChatMessage, ModelReply, ModelRequest } from '../models/model-provider.ts';
import type { Attempt } from './attempt.ts';
import { callRecord } from './attempt.ts';
import type { CellRun } from './cell-run.ts';
import { modelOf, taskOf } from './cell-run.ts';
import { invalidReplies } from './invalid-replies.ts';
import { paidFor } from './paid-for.ts';
import type { Question } from './question.ts';
import { type Objection, refused } from './wards.ts';
import { temperatureOf } from './takes-of.ts';

/** A valid answer and its row, which is not in the log yet. */
export interface Accepted {
  readonly value: unknown;
  readonly text: string;
  readonly record: CallRecord;
}

/** It is asked again. */
const AN_INVALID_REPLY: Objection = Object.freeze({ problem: '', again: true });

/**
 * Asks until a reply is valid and no ward objects, at most `maxRetries` times more, each time saying what was wrong. Every call but the
 * accepted one is logged here, with its error. Throws InvalidReplies (22000) and whatever the provider throws.
 */
export async function askModel(run: CellRun, question: Question, take: number): Promise<Accepted> {
  let messages = question.messages;
  for (let number = 1; ; number += 1) {
    const { attempt, reply } = await callModel(run, { ...question, messages }, number, take);
    const parsed = question.read(reply);
    const objection = parsed.ok ? await question.objection(parsed.value) : AN_INVALID_REPLY;
    if (parsed.ok && objection === null) {
      const record = callRecord(attempt, { reply, output: parsed.text, error: null });
      return { value: parsed.value, text: parsed.text, record };
    }
    const problem = parsed.ok ? (objection?.problem ?? '') : parsed.problem;
    const error = `${parsed.ok ? 'ward' : 'invalid reply'}: ${problem}`;
    run.parts.log.append(callRecord(attempt, { reply, output: '', error }));
    if (objection?.again === false) throw refused(run, `the answer ${JSON.stringify(reply.text)}`, problem);
    if (number > run.cell.maxRetries) throw invalidReplies(run, question, problem, reply, number);
    messages = [...question.messages, ...feedback(reply, problem, question.rule)];
  }
}

async function callModel(
  run: CellRun,
  question: Question,
  number: number,
  take: number,
): Promise<{ attempt: Attempt; reply: ModelReply }> {
  run.signal.throwIfAborted();
  const { provider, model } = modelOf(run);
  const request = requestOf(run, question, model);
  const complete = await paidFor(run.scope.budget, provider, request);
  const sent = { model, messages: request.messages };
  const startedAt = Date.now();
  const attempt = {
    run,
    question,
    provider: provider.name,
    model,
    request: sent,
    attempt: number,
    take,
    startedAt,
  };
  try {
    return { attempt, reply: await complete(run.signal) };
  } catch (error) {
    run.parts.log.append(callRecord(attempt, { reply: null, output: '', error: messageOf(error) }));
    throw error;
  }
}

function requestOf(run: CellRun, question: Question, model: string): ModelRequest {
  const { maxTokens, timeoutMs } = run.cell;
  const temperature = temperatureOf(run.cell, run.scope.settings);
  return {
    model,
    messages: question.messages,
    ...(question.outputSchema === null ? {} : { outputSchema: question.outputSchema }),
    ...(temperature === null ? {} : { temperature }),
    ...(maxTokens === null ? {} : { maxTokens }),
    timeoutMs,
    task: taskOf(run),
  };
}

/** An empty turn of the assistant is refused by some endpoints. */
function feedback(reply: ModelReply, problem: string, rule: string | null): readonly ChatMessage[] {
  const content = `Your reply is not valid: ${problem}. ${rule ?? 'Answer again.'}`;
  const said: readonly ChatMessage[] =
    reply.text.trim() === '' ? [] : [{ role: 'assistant', content: reply.text }];
  return [...said, { role: 'user', content }];
}

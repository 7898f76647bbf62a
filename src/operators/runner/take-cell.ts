import type { Takes } from '../cascade/cascade.ts';
import type { Accepted } from './ask-model.ts';
import { askModel } from './ask-model.ts';
import type { CellRun } from './cell-run.ts';
import { InvalidReplies } from './invalid-replies.ts';
import { mostVoted } from './most-voted.ts';
import { cellQuestion, evaluatorQuestion } from './question.ts';
import { takesOf } from './takes-of.ts';

/**
 * The answer of a cell, of as many takes as it asks for. Takes are made one after another, so that a run holds one
 * model call in flight. Those that do not win are logged; the winner is left to the caller.
 */
export async function takeCell(run: CellRun): Promise<Accepted> {
  const takes = takesOf(run.cell, run.scope.settings);
  if (takes === null) return askModel(run, cellQuestion(run), 1);
  const accepted: Accepted[] = [];
  let winner: Accepted | undefined;
  try {
    winner = await reduce(run, takes, accepted);
    return winner;
  } finally {
    for (const other of accepted) if (other !== winner) run.parts.log.append(other.record);
  }
}

/** Adds each valid take to `accepted`. */
function reduce(run: CellRun, takes: Takes, accepted: Accepted[]): Promise<Accepted> {
  switch (takes.reduce) {
    case 'vote':
      return vote(run, takes.count, accepted);
    case 'median':
      return median(run, takes.count, accepted);
    case 'first_valid':
      return firstValid(run, takes.count);
    case 'evaluator':
      return evaluated(run, takes, accepted);
  }
}

async function vote(run: CellRun, count: number, accepted: Accepted[]): Promise<Accepted> {
  const question = cellQuestion(run);
  for (let take = 1; ; take += 1) {
    accepted.push(await askModel(run, question, take));
    const winner = mostVoted(accepted, count);
    if (winner !== undefined) return winner;
  }
}

/** One of the takes, so that the answer is one that a model gave. */
async function median(run: CellRun, count: number, accepted: Accepted[]): Promise<Accepted> {
  const question = cellQuestion(run);
  for (let take = 1; take <= count; take += 1) accepted.push(await askModel(run, question, take));
  const sorted = accepted.toSorted((a, b) => Number(a.value) - Number(b.value));
  return sorted[Math.floor((count - 1) / 2)] as Accepted;
}

/** Only replies that are not valid count as a take lost: a model out of reach is an error at once. */
async function firstValid(run: CellRun, count: number): Promise<Accepted> {
  const question = cellQuestion(run);
  for (let take = 1; ; take += 1) {
    try {
      return await askModel(run, question, take);
    } catch (error) {
      if (!(error instanceof InvalidReplies) || take === count) throw error;
    }
  }
}

/** Takes that agree need no evaluator. */
async function evaluated(run: CellRun, takes: Takes, accepted: Accepted[]): Promise<Accepted> {
  const question = cellQuestion(run);
  for (let take = 1; take <= takes.count; take += 1) accepted.push(await askModel(run, question, take));
  const candidates = accepted.filter(
    ({ text }, at) => accepted.findIndex((other) => other.text === text) === at,
  );
  if (candidates.length === 1) return candidates[0] as Accepted;
  const texts = candidates.map(({ text }) => text);
  const choice = await askModel(run, evaluatorQuestion(run, takes.evaluator ?? '', texts), takes.count + 1);
  run.parts.log.append(choice.record);
  return candidates[choice.value as number] as Accepted;
}

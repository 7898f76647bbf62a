import { SqlError } from '../errors.ts';
import type { OperatorRegistry } from '../operators/cascade/operator-registry.ts';
import { canonicalInputs } from '../operators/cascade/canonical-inputs.ts';
import type { Answers } from '../operators/evaluation/answers.ts';
import { DEFAULT_SEMANTIC_SETTINGS, type StatementScope } from '../operators/evaluation/statement-scope.ts';
import { uuidV7 } from '../operators/runner/uuid-v7.ts';
import type { Databases } from '../server/engine/engine-connection.ts';
import { answerCalls } from '../operators/functions/answer-calls.ts';
import type { RunCascade } from '../server/http/http-parts.ts';

/** The answer of a loaded cascade, from the log where it is known. Throws SqlError. */
export async function askCascade(
  answers: Answers,
  registry: OperatorRegistry,
  cascadeId: string,
  inputs: Readonly<Record<string, unknown>>,
  scope: StatementScope,
): Promise<unknown> {
  const cascade = registry.current().cascades.get(cascadeId);
  if (cascade === undefined) throw new SqlError('42704', `cascade "${cascadeId}" does not exist`);
  const maker = await answers.maker(cascade, scope.settings);
  const row = canonicalInputs(cascade, inputs);
  await maker.prepare([row]);
  const [answer] = await answerCalls(answers, [maker.call(row)], scope, scope.signal);
  return answer;
}

/** Runs a loaded cascade for a request: always a new call, logged with the caller `rest`. */
export function cascadeRunnerOf(
  answers: Answers,
  registry: OperatorRegistry,
  databases: Databases | null = null,
): RunCascade {
  return async (cascadeId, inputs, signal) => {
    const cascade = registry.current().cascades.get(cascadeId);
    if (cascade === undefined) throw new SqlError('42704', `cascade "${cascadeId}" does not exist`);
    const maker = await answers.maker(cascade, DEFAULT_SEMANTIC_SETTINGS);
    const scope = {
      sessionId: 'studio',
      statementId: uuidV7(),
      caller: 'rest' as const,
      settings: DEFAULT_SEMANTIC_SETTINGS,
      signal,
      notice: () => undefined,
      ...(databases === null ? {} : { database: (await databases.open('default')).queries }),
    };
    const row = canonicalInputs(cascade, inputs);
    await maker.prepare([row]);
    return answers.compute(maker.call(row), scope, signal);
  };
}

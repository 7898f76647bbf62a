import { canonicalInputs } from '../../../src/operators/cascade/canonical-inputs.ts';
import type { Cascade } from '../../../src/operators/cascade/cascade.ts';
import { loadCascade } from '../../../src/operators/cascade/load-cascade.ts';
import type { StatementScope } from '../../../src/operators/evaluation/statement-scope.ts';
import { DEFAULT_SEMANTIC_SETTINGS } from '../../../src/operators/evaluation/statement-scope.ts';
import type { CascadeAnswer, CellExamples } from '../../../src/operators/runner/cascade-runner.ts';
import { ModelCascadeRunner } from '../../../src/operators/runner/model-cascade-runner.ts';
import { MemoryLog } from '../../support/memory-log.ts';
import { Script } from './script.ts';

type Lines = ConstructorParameters<typeof Script>[0];

/** A runner with a script for a model, and a log to look into. */
export class Stage {
  readonly log = new MemoryLog();
  readonly script: Script;
  readonly asked: string[] = [];
  readonly #runner: ModelCascadeRunner;

  constructor(lines: Lines) {
    this.script = new Script(lines);
    this.#runner = new ModelCascadeRunner({
      providers: { find: (name) => (this.asked.push(name), this.script) },
      log: this.log,
      formatExamples: (format, examples) =>
        format === 'few_shot'
          ? {
              block: null,
              turns: examples.flatMap((example) => [
                { role: 'user' as const, content: JSON.stringify(example.inputs) },
                { role: 'assistant' as const, content: example.output },
              ]),
            }
          : {
              block: `<${format}>${examples.map((example) => example.output).join()}</${format}>`,
              turns: [],
            },
      defaultModel: 'script/standard',
    });
  }

  run(
    cascade: Cascade,
    inputs: Readonly<Record<string, unknown>>,
    options: {
      model?: string;
      takes?: number;
      signal?: AbortSignal;
      examples?: ReadonlyMap<string, CellExamples>;
      lent?: Partial<StatementScope>;
    } = {},
  ): Promise<CascadeAnswer> {
    const signal = options.signal ?? new AbortController().signal;
    const call = {
      cascade,
      inputs: canonicalInputs(cascade, inputs),
      examples: options.examples ?? new Map<string, CellExamples>(),
      answerKey: 'key-1',
    };
    const { model = null, takes = null } = options;
    return this.#runner.run(call, { ...scopeOf(signal, model, takes), ...options.lent }, signal);
  }
}

function scopeOf(signal: AbortSignal, model: string | null, takes: number | null): StatementScope {
  return {
    sessionId: 'session-1',
    statementId: 'statement-1',
    caller: 'sql',
    settings: { ...DEFAULT_SEMANTIC_SETTINGS, model, takes },
    signal,
    notice: () => undefined,
  };
}

export function cascadeOf(yaml: string): Cascade {
  return loadCascade('x.cascade.yaml', yaml);
}

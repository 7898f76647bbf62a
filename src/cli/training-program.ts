import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { type ConfigFlags, readConfig } from '../config.ts';
import { openLogger } from './open-logger.ts';
import { compareTraining } from './training-ab.ts';
import {
  annotateTraining,
  deleteTraces,
  exportTraining,
  importTraining,
  revalidateTraining,
} from './training-data.ts';

const DATA = ['--data <dir>', 'folder of databases and log'] as const;

/** The commands on marks and examples. They open the log store: the embedded one while no server has it. */
export function addTraining(program: Command, env: NodeJS.ProcessEnv): void {
  const training = program.command('training').description('what cells learn from');
  addAb(training, env);
  addRevalidate(training, env);
  addExport(training, env);
  addImport(training, env);
  addDelete(training, env);
  addAnnotate(training, env);
}

function addAb(training: Command, env: NodeJS.ProcessEnv): void {
  training
    .command('ab')
    .description('compare a cell with and without training, or with two strategies, over its marked rows')
    .argument('<cascade>', 'its id')
    .option('--cell <name>', 'the last cell that trains where left out')
    .option('--sample <n>', 'most rows', Number)
    .option('--strategy <name>', 'up to two times', (name: string, before: string[]) => [...before, name], [])
    .option(...DATA)
    .action(
      async (
        cascade: string,
        flags: ConfigFlags & { cell?: string; sample?: number; strategy: string[] },
      ) => {
        const config = readConfig(env, flags);
        const { cell, sample, strategy } = flags;
        const request = { cascade, cell, sample, strategies: strategy };
        print(await compareTraining(request, config, quiet(config)));
      },
    );
}

function addRevalidate(training: Command, env: NodeJS.ProcessEnv): void {
  training
    .command('revalidate')
    .description('let marks of former prompts count again, where the schema still allows their outputs')
    .argument('[cascade]', 'all cascades where left out')
    .option(...DATA)
    .action(async (cascade: string | undefined, flags: ConfigFlags) => {
      const config = readConfig(env, flags);
      print(await revalidateTraining(cascade, config, quiet(config)));
    });
}

function addExport(training: Command, env: NodeJS.ProcessEnv): void {
  training
    .command('export')
    .description('write trainable examples to the standard output, a JSON object a line')
    .requiredOption('--format <format>', 'openai, jsonl or dpo')
    .option('--cascade <id>', 'of this cascade only')
    .option('--cell <name>', 'of this cell only')
    .option(...DATA)
    .action(async (flags: ConfigFlags & { format: string; cascade?: string; cell?: string }) => {
      const config = readConfig(env, flags);
      const request = { format: flags.format, cascadeId: flags.cascade, cellName: flags.cell };
      print(await exportTraining(request, config, quiet(config)));
    });
}

function addImport(training: Command, env: NodeJS.ProcessEnv): void {
  training
    .command('import')
    .description('take marked examples from a file of JSON lines, all of them or none')
    .argument('<file>', 'as "export --format jsonl" writes it')
    .option(...DATA)
    .action(async (file: string, flags: ConfigFlags) => {
      const config = readConfig(env, flags);
      const lines: string[] = [];
      for await (const line of createInterface({ input: createReadStream(file) })) lines.push(line);
      print(await importTraining(lines, config, quiet(config)));
    });
}

function addDelete(training: Command, env: NodeJS.ProcessEnv): void {
  training
    .command('delete')
    .description('delete calls from the log, and with them all that was learned from them')
    .argument('<trace...>', 'trace ids')
    .option(...DATA)
    .action(async (traces: string[], flags: ConfigFlags) => {
      const config = readConfig(env, flags);
      print(await deleteTraces(traces, config, quiet(config)));
    });
}

function addAnnotate(training: Command, env: NodeJS.ProcessEnv): void {
  training
    .command('annotate')
    .description(
      'mark unmarked calls of a cascade by a judge or by how far repeated answers agree; never over a mark of a person',
    )
    .argument('<cascade>', 'its id')
    .option('--cell <name>', 'the last cell that trains where left out')
    .option('--judge <cascade>', 'a cascade that says how sure one may be, in the place of repeated answers')
    .option('--samples <n>', 'times each call is asked again; 3 where left out', Number)
    .option('--limit <n>', 'most calls', Number, 100)
    .option('--min-confidence <x>', 'from which on a call teaches', Number, 0.8)
    .option(...DATA)
    .action(async (cascade: string, flags: ConfigFlags & AnnotateFlags) => {
      const config = readConfig(env, flags);
      const { cell, judge, samples, limit, minConfidence } = flags;
      const request = { cascade, cell, judge, samples, limit, minConfidence };
      print(await annotateTraining(request, config, quiet(config)));
    });
}

interface AnnotateFlags {
  readonly cell?: string;
  readonly judge?: string;
  readonly samples?: number;
  readonly limit: number;
  readonly minConfidence: number;
}

function quiet(config: ReturnType<typeof readConfig>) {
  return openLogger({ ...config, logLevel: 'silent' });
}

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

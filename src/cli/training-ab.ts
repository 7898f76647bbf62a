import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { measureCell } from '../operators/measuring/measure-cell.ts';
import type { Measured, MeasureRequest } from '../operators/measuring/measure-cell.ts';
import { commandScope } from './command-scope.ts';
import { openCore } from './open-core.ts';

/** `rvbbit training ab`: asks both arms, and tells how they compare, a line a fact. */
export async function compareTraining(
  request: MeasureRequest,
  config: Config,
  logger: Logger,
): Promise<readonly string[]> {
  const core = await openCore(config, logger);
  try {
    const { answers, training, registry } = core;
    const parts = { answers, training, operators: registry.current(), concurrency: config.concurrency };
    return linesOf(await measureCell(parts, request, commandScope(logger)));
  } finally {
    await core.close();
  }
}

function linesOf(measured: Measured): readonly string[] {
  const { n, wins, losses, interval, spentA, spentB, costOfErrorAvoided, changed, notes } = measured;
  return [
    `${measured.cascade}.${measured.cell}: ${measured.verdict}`,
    `  a: ${measured.armA}, b: ${measured.armB}, ${n} rows`,
    `  accuracy       a ${percent(measured.accuracyA)}   b ${percent(measured.accuracyB)}`,
    `  difference     ${points(measured.delta)} (95 %: ${points(interval[0])} to ${points(interval[1])})`,
    `  rows that differ in being right: ${wins} only b, ${losses} only a; McNemar mid-p ${measured.midP.toFixed(4)}`,
    `  e-value        ${measured.eValue.toFixed(2)} (20 and more is an alarm, whenever one looks)`,
    `  tokens         a ${spentA.tokens}   b ${spentB.tokens}`,
    `  cost           a $${spentA.costUsd.toFixed(6)}   b $${spentB.costUsd.toFixed(6)}`,
    `  an error less  ${costOfErrorAvoided === null ? 'none avoided' : `$${costOfErrorAvoided.toFixed(6)}`}`,
    `  rows changed   ${changed.length}`,
    ...changed.map(({ traceId, truth, a, b }) => `    ${traceId}: marked ${truth}, a ${a}, b ${b}`),
    ...notes.map((note) => `  note: ${note}`),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function points(delta: number): string {
  return `${delta >= 0 ? '+' : ''}${(delta * 100).toFixed(1)}`;
}

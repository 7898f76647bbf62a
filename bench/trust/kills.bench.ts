import { describe, it } from 'vitest';
import { Kills } from '../../test/support/kills.ts';
import { median, report } from '../support/report.ts';

const KILLS = Number(process.env.RVBBIT_KILLS ?? 100);

describe('SIGKILL at random instants under load', () => {
  it('9: loses no acknowledged mark, and every restart answers within 3 s', async () => {
    const figures = await Kills.run({ kills: KILLS, seed: 9, load: [200, 3_000] });
    const from = `${KILLS} kills, 4 clients that mark and 2 that ask, ${figures.acknowledged} marks acknowledged`;
    const slowest = Math.max(...figures.restarts) / 1000;
    report({ what: 'lost acknowledged marks', value: figures.lostMarks.length, target: { atMost: 0 }, from });
    report({
      what: 'calls older than a second before the kill that the log lacks',
      value: figures.lostCalls,
      target: { atMost: 0 },
      from: `${figures.settledCalls} such calls`,
    });
    report({
      what: 'seconds of the slowest restart, to its first answer',
      value: slowest,
      target: { atMost: 3 },
      from: `median ${(median(figures.restarts) / 1000).toFixed(2)} s`,
    });
    report({
      what: 'wrong answers',
      value: figures.wrong.length,
      target: { atMost: 0 },
      from: figures.wrong[0] ?? from,
    });
  }, 3_600_000);
});

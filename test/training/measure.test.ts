import { describe, expect, it, test } from 'vitest';
import { Comparison } from '../../src/training/measure/comparison.ts';
import { eValue } from '../../src/training/measure/e-value.ts';
import { logFactorial, mcnemarMidP } from '../../src/training/measure/mcnemar.ts';
import { pairedInterval } from '../../src/training/measure/paired-interval.ts';
import { seededRandom } from '../../src/training/measure/seeded-random.ts';

describe("McNemar's mid-p", () => {
  it('is what the binomial distribution says', () => {
    expect(mcnemarMidP(0, 0)).toBe(1);
    expect(mcnemarMidP(6, 0)).toBeCloseTo(1 / 64, 10);
    expect(mcnemarMidP(0, 6)).toBeCloseTo(1 / 64, 10);
    expect(mcnemarMidP(1, 9)).toBeCloseTo((2 * (1 + 10 / 2)) / 1024, 10);
    expect(mcnemarMidP(5, 5)).toBeCloseTo(1, 10);
  });

  it('is a probability for large counts too', () => {
    expect(mcnemarMidP(520, 480)).toBeGreaterThan(0.2);
    expect(mcnemarMidP(520, 480)).toBeLessThan(0.21);
    expect(mcnemarMidP(700, 300)).toBeLessThan(1e-30);
    expect(logFactorial(170)).toBeCloseTo(706.5730622457874, 8);
  });
});

test('on two identical arms, 1,000 runs with a look after every row raise a false alarm in at most 5 %', () => {
  const random = seededRandom(7);
  let alarms = 0;
  for (let run = 0; run < 1_000; run += 1) {
    const comparison = new Comparison();
    let alarmed = false;
    for (let row = 0; row < 400; row += 1) {
      comparison.add(row, random() < 0.75, random() < 0.75);
      alarmed ||= comparison.alarm;
    }
    alarms += Number(alarmed);
  }
  process.stdout.write(
    `false alarms in 1,000 comparisons of identical arms, watched row by row: ${alarms}\n`,
  );
  expect(alarms).toBeGreaterThan(0);
  expect(alarms).toBeLessThanOrEqual(50);
});

test('an arm that is better is found, mostly long before the end', () => {
  const random = seededRandom(8);
  let alarms = 0;
  for (let run = 0; run < 200; run += 1) {
    const comparison = new Comparison();
    for (let row = 0; row < 400 && !comparison.alarm; row += 1)
      comparison.add(row, random() < 0.7, random() < 0.85);
    alarms += Number(comparison.alarm);
  }
  expect(alarms).toBeGreaterThan(160);
});

test('an e-value starts with 1 and doubles at most with each row won', () => {
  expect(eValue(0, 0)).toBeCloseTo(1, 10);
  expect(eValue(1, 0)).toBeCloseTo(1, 10);
  expect(eValue(2, 0)).toBeCloseTo(4 / 3, 10);
  expect(eValue(20, 0)).toBeCloseTo(2 ** 20 / 21, 4);
});

test('a bootstrap interval covers the difference, and is wider where rows come in clusters', () => {
  const random = seededRandom(3);
  const differences = Array.from({ length: 200 }, () => (random() < 0.2 ? 1 : 0));
  const single = pairedInterval(differences.map((one) => [one]));
  expect(single[0]).toBeLessThan(0.2);
  expect(single[1]).toBeGreaterThan(0.17);
  const repeated = pairedInterval(
    Array.from({ length: 20 }, (_, at) => Array.from({ length: 10 }, () => (at % 5 === 0 ? 1 : 0))),
  );
  expect(repeated[1] - repeated[0]).toBeGreaterThan(single[1] - single[0]);
});

test('below six rows on which the arms differ there is no verdict', () => {
  const comparison = new Comparison();
  for (let row = 0; row < 5; row += 1) comparison.add(row, false, true);
  for (let row = 5; row < 100; row += 1) comparison.add(row, true, true);
  expect(comparison.result()).toMatchObject({ verdict: 'insufficient', wins: 5, losses: 0, n: 100 });
  comparison.add(100, false, true);
  expect(comparison.result().verdict).toBe('b is better');
});

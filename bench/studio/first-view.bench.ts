import { describe, it } from 'vitest';
import { NO_CHROMIUM, chromiumPath } from '../../test/studio/support/chromium.ts';
import { StudioFixture } from '../../test/studio/support/studio-fixture.ts';
import { median, report } from '../support/report.ts';

const CALLS = 100_000;
const LOADS = 9;

/** Milliseconds until the figures of the first view are there, in a browser context that has seen nothing yet. */
async function firstView(studio: StudioFixture): Promise<number> {
  const page = await studio.page('/');
  await page.getByText('Busiest cascades').waitFor();
  const ms = await page.evaluate<number>('performance.now()');
  await page.context().close();
  return ms;
}

const chromium = chromiumPath();
if (chromium === null) process.stderr.write(`${NO_CHROMIUM}\n`);

describe.skipIf(chromium === null)('the Studio', () => {
  it(`shows its first view over ${CALLS} calls`, async () => {
    const studio = await StudioFixture.open(chromium ?? '', CALLS);
    try {
      const all: number[] = [];
      for (let load = 0; load < LOADS; load += 1) all.push(await firstView(studio));
      report({
        what: 'ms until the first view of the Studio is usable, 100,000 calls in the log',
        value: median(all),
        target: { atMost: 1_000 },
        from: `median of ${LOADS} loads, nothing cached, the first one included: ${all.map(Math.round).join(', ')}`,
      });
    } finally {
      await studio.close();
    }
  });
});

import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callRecord } from '../training/support/call-record.ts';
import { NO_CHROMIUM, chromiumPath } from './support/chromium.ts';
import { StudioFixture } from './support/studio-fixture.ts';

const chromium = chromiumPath();
if (chromium === null) process.stderr.write(`${NO_CHROMIUM}\n`);

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCREENSHOTS = 'screenshots';

const WIDTHS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
const THEMES = ['light', 'dark'] as const;

/** Every view, and what it shows when it is ready. `TRACE` stands for a trace id. */
const VIEWS: readonly (readonly [name: string, path: string, ready: string])[] = [
  ['home', '/', 'text=Busiest cascades'],
  ['sessions', '/sessions', '.statements tbody tr'],
  ['session-calls', '/sessions/session-1?statement=statement-4', '.tree-row .label'],
  ['session-call', '/sessions/session-1?statement=statement-4&call=TRACE', '.tree-row .label'],
  ['session-sql', '/sessions/session-1?tab=sql', '.sql-list li'],
  ['session-training', '/sessions/session-1?tab=training', '.grid-body .label'],
  ['training', '/training', '.grid-body .label'],
  ['training-detail', '/training?search=steel&trace=TRACE', '.grid-body mark'],
  ['training-similar', '/training?trace=TRACE&similar=TRACE', '.similar-rows li'],
  ['review', '/review?cascade_id=semantic_matches', '.label-buttons .label'],
  ['why', '/why/TRACE', '.diff'],
  ['learning', '/learning', '.chart canvas'],
  ['comparisons', '/learning?tab=comparisons', '.comparison .delta'],
  ['conflicts', '/learning?tab=conflicts', '.sides'],
  ['sql', '/sql', '.cm-semantic'],
  ['operators', '/operators', '.library .card'],
  ['operator-try', '/operators/semantic_matches', '.try textarea'],
  ['operator-tests', '/operators/semantic_matches?tab=tests', 'text=Run the tests'],
  ['operator-source', '/operators/semantic_matches?tab=source', '.yaml-key'],
];

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

async function seriousViolations(page: Page): Promise<readonly string[]> {
  // Evaluated, not added as a script: the policy of the server allows no foreign one.
  await page.evaluate(AXE);
  const found = await page.evaluate<readonly Violation[]>(
    'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
    );
}

describe.skipIf(chromium === null)('every view', () => {
  let studio: StudioFixture;
  let traceId: string;

  beforeAll(async () => {
    studio = await StudioFixture.open(chromium ?? '');
    await mkdir(SCREENSHOTS, { recursive: true });
    await markSome();
  }, 180_000);

  afterAll(() => studio.close());

  /** Marks of each kind, so that every view has something to show. */
  async function markSome(): Promise<void> {
    const { http } = studio;
    const rows = await http.stored<{ trace_id: string }>(
      `SELECT trace_id FROM rvbbit.training_examples WHERE cascade_id = 'semantic_matches'
       ORDER BY ingested DESC LIMIT 400`,
    );
    const ids = rows.map((row) => row.trace_id);
    traceId = ids[3] ?? '';
    const fingerprint = http.registry.current().cascades.get('semantic_matches')?.cells[0]?.fingerprint ?? '';
    const inputs = '{"criterion":"eco-friendly","text":"a glass bottle with a plastic cap"}';
    http.training.log.append(callRecord({ traceId: 'cap-1', inputs, output: 'true', fingerprint }));
    http.training.log.append(callRecord({ traceId: 'cap-2', inputs, output: 'false', fingerprint }));
    await http.post('/api/training/mark-trainable', { trace_ids: ['cap-1', 'cap-2'] });
    await http.post('/api/training/mark-trainable', {
      trace_ids: ids.filter((_id, at) => at % 3 === 0 && at > 5),
      verified: true,
      notes: 'checked',
    });
    await http.post('/api/training/ab/runs', { cascade_id: 'semantic_matches', sample: 30 });
    await http.post('/api/training/annotations', {
      marks: ids
        .filter((_id, at) => at % 7 === 1)
        .map((trace_id) => ({ trace_id, trainable: false, tags: ['rejected'] })),
    });
  }

  const cases = VIEWS.flatMap(([name, path, ready]) =>
    Object.keys(WIDTHS).flatMap((width) =>
      THEMES.map((theme) => [name, width as keyof typeof WIDTHS, theme, path, ready] as const),
    ),
  );

  test.each(cases)(
    '%s at the width of a %s in %s has no serious fault for anyone',
    async (name, width, theme, path, ready) => {
      const page = await studio.page(path.replaceAll('TRACE', traceId), {
        viewport: WIDTHS[width],
        colorScheme: theme,
        hasTouch: width === 'phone',
      });
      await page.locator(ready).first().waitFor({ timeout: 15_000 });
      await expect.poll(() => page.locator('.waiting').count()).toBe(0);
      await page.screenshot({ path: `${SCREENSHOTS}/${name}-${width}-${theme}.png` });
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await seriousViolations(page)).toEqual([]);
      await page.context().close();
    },
  );

  test('no page had an error and no request left the machine', () => {
    expect(studio.faults).toEqual([]);
    expect(studio.foreign).toEqual([]);
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callRecord } from '../training/support/call-record.ts';
import { NO_CHROMIUM, chromiumPath } from './support/chromium.ts';
import { StudioFixture } from './support/studio-fixture.ts';

const chromium = chromiumPath();
if (chromium === null) process.stderr.write(`${NO_CHROMIUM}\n`);

interface Stored {
  readonly trace_id: string;
  readonly trainable: boolean;
  readonly verified: boolean;
  readonly correction: string | null;
  readonly tags: readonly string[];
  readonly notes: string;
}

describe.skipIf(chromium === null)('marks made in the Studio are in the store', () => {
  let studio: StudioFixture;
  let page: Page;

  beforeAll(async () => {
    studio = await StudioFixture.open(chromium ?? '');
  }, 180_000);

  beforeEach(async () => {
    const traces = (await stored()).map((row) => row.trace_id);
    await studio.http.training.annotations.remove(traces, { by: '', source: 'human' });
    return () => page.context().close();
  });

  afterAll(() => studio.close());

  async function stored(): Promise<readonly Stored[]> {
    return studio.http.stored<Stored>(
      `SELECT trace_id, trainable, verified, correction, tags, notes
       FROM rvbbit.training_annotations FINAL ORDER BY trace_id`,
    );
  }

  /** What the store has, when it is as many as that. */
  async function storedWhen(count: number): Promise<readonly Stored[]> {
    await expect.poll(async () => (await stored()).length, { timeout: 10_000 }).toBe(count);
    return stored();
  }

  async function openReview(): Promise<void> {
    page = await studio.page('/review?cascade_id=semantic_matches');
    await page.locator('.label-buttons .label').first().waitFor();
  }

  async function openGrid(query = ''): Promise<void> {
    page = await studio.page(`/training?cascade_id=semantic_matches${query}`);
    await page.locator('.grid-body .label').first().waitFor();
  }

  test('fifty rows are marked with fifty keys, and the summary counts them', async () => {
    await openReview();
    for (let at = 0; at < 50; at += 1) await page.keyboard.press(at % 5 === 4 ? 'x' : 'a');
    await page.getByText('50 calls reviewed').waitFor();
    const rows = await storedWhen(50);
    expect(rows.filter((row) => row.trainable && row.verified)).toHaveLength(40);
    expect(rows.filter((row) => !row.trainable && row.tags.includes('rejected'))).toHaveLength(10);
    expect(await page.locator('.review .tiles').innerText()).toMatch(/Accepted\s+40[^]*Rejected\s+10/);
  });

  test('each key does what the help says', async () => {
    await openReview();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Accept: the output is right').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press(' ');
    await page.keyboard.press('a');
    await page.keyboard.press('x');
    await page.keyboard.press('c');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('maybe');
    await page.keyboard.press('Enter');
    const rows = await storedWhen(3);
    expect(rows.find((row) => row.correction !== null)).toMatchObject({
      correction: 'maybe',
      trainable: true,
      verified: true,
    });
    expect(rows.filter((row) => row.tags.includes('rejected'))).toHaveLength(1);
    expect(await page.locator('.review-bar').innerText()).toContain('4 of 50');
  });

  test('a digit gives the label: the logged one accepts, another one corrects', async () => {
    await openReview();
    const output = (await page.locator('.verdict-line .label').innerText()).trim();
    await page.keyboard.press(output === 'false' ? '1' : '2');
    await page.locator('.review-bar').getByText('1 of 50').waitFor();
    const next = (await page.locator('.verdict-line .label').innerText()).trim();
    await page.keyboard.press(next === 'false' ? '2' : '1');
    const corrections = (await storedWhen(2)).map((row) => row.correction);
    expect(corrections.toSorted()).toEqual([next === 'false' ? 'true' : 'false', null].toSorted());
  });

  test('backspace takes a mark back and shows the row again', async () => {
    await openReview();
    const first = await page.locator('.review .inputs').innerText();
    await page.keyboard.press('a');
    await storedWhen(1);
    await page.keyboard.press('Backspace');
    await storedWhen(0);
    expect(await page.locator('.review .inputs').innerText()).toBe(first);
    const history = await studio.http.stored<{ n: number }>(
      'SELECT max(n) AS n FROM (SELECT count() AS n FROM rvbbit.training_annotation_history GROUP BY trace_id)',
    );
    expect(history[0]?.n).toBeGreaterThanOrEqual(2);
  });

  test('selected rows are marked at once, and Ctrl+Z undoes exactly that', async () => {
    await openGrid();
    await page.locator('.grid').focus();
    for (const key of ['ArrowDown', ' ', 'ArrowDown', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
    await page.getByText('3 rows selected').waitFor();
    await page.getByRole('button', { name: 'Accept' }).click();
    const rows = await storedWhen(3);
    expect(rows.every((row) => row.trainable && row.verified)).toBe(true);
    await page.keyboard.press('ControlOrMeta+z');
    await storedWhen(0);
  });

  test('the last ten actions can be undone, one by one', async () => {
    await openGrid();
    await page.locator('.grid').focus();
    await page.keyboard.press('ArrowDown');
    for (let at = 0; at < 12; at += 1) await page.keyboard.press('a');
    await storedWhen(12);
    const undo = page.getByRole('button', { name: /^Undo/ });
    expect(await undo.innerText()).toContain('10');
    for (let left = 10; left > 0; left -= 1) {
      await undo.click();
      await storedWhen(left + 1);
    }
    await undo.waitFor({ state: 'detached' });
  });

  test('all rows that meet the filter are selected by one box', async () => {
    await openGrid('&search=bamboo&label=true');
    const total = await studio.http.stored<{ n: number }>(
      `SELECT count() AS n FROM rvbbit.training_examples
       WHERE cascade_id = 'semantic_matches' AND output = 'true' AND inputs ILIKE '%bamboo%'`,
    );
    const expected = Math.min(1_000, total[0]?.n ?? 0);
    await page.getByRole('checkbox', { name: /^Select (all|the newest)/ }).click();
    await page.getByText(`${new Intl.NumberFormat('en-GB').format(expected)} rows selected`).waitFor();
    await page.getByRole('button', { name: 'Mark trainable' }).click();
    expect((await storedWhen(expected)).every((row) => row.trainable && !row.verified)).toBe(true);
  });

  test('a row is switched, corrected and noted in place', async () => {
    await openGrid('&label=true');
    await page.locator('.grid-body .grid-row').first().getByLabel('teach').check();
    expect((await storedWhen(1))[0]).toMatchObject({ trainable: true, verified: false });
    await page.locator('.grid-body .grid-row').first().locator('.row-text').click();
    await page.getByLabel('Right output').fill('false');
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await expect.poll(async () => (await stored())[0]?.correction).toBe('false');
    await page.getByLabel('Notes').fill('a cork bottle is not the point');
    await page.getByLabel('Tags, separated by commas').fill('edge case, materials');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await stored())[0]?.notes).toBe('a cork bottle is not the point');
    expect((await stored())[0]).toMatchObject({ tags: ['edge case', 'materials'], correction: 'false' });
    await page.locator('.grid-body .corrected del').first().waitFor();
  });

  test('similar rows are found and marked together', async () => {
    await openGrid('&search=bamboo');
    await page.locator('.grid-body .grid-row').first().locator('.row-text').click();
    await page.getByRole('button', { name: 'Find similar' }).click();
    await page.getByRole('button', { name: 'Select all 50' }).click();
    await page.getByRole('button', { name: 'Verify' }).click();
    const rows = await storedWhen(50);
    expect(rows.every((row) => row.verified)).toBe(true);
    const traceId = new URL(page.url()).searchParams.get('similar') ?? '';
    const similar = await studio.http.get<{ examples: { trace_id: string }[] }>(
      `/api/training/similar?limit=50&trace_id=${traceId}`,
    );
    const ids = similar.body.examples.map((row) => row.trace_id);
    expect(rows.map((row) => row.trace_id).toSorted()).toEqual(ids.toSorted());
  });

  test('a conflict is resolved by saying which side is right', async () => {
    const fingerprint =
      studio.http.registry.current().cascades.get('semantic_matches')?.cells[0]?.fingerprint ?? '';
    const inputs = '{"criterion":"eco-friendly","text":"a glass bottle with a plastic cap"}';
    for (const [traceId, output] of [
      ['cap-1', 'true'],
      ['cap-2', 'false'],
    ] as const) {
      studio.http.training.log.append(callRecord({ traceId, inputs, output, fingerprint }));
    }
    await studio.http.post('/api/training/mark-trainable', { trace_ids: ['cap-1', 'cap-2'] });
    page = await studio.page('/learning?tab=conflicts');
    await page.getByRole('button', { name: 'false is right' }).click();
    await page.getByText('No marked examples contradict each other.').waitFor();
    expect(await stored()).toMatchObject([
      { trace_id: 'cap-1', correction: 'false', trainable: true },
      { trace_id: 'cap-2', correction: null, trainable: true },
    ]);
  });

  test('a refused mark is said and leaves nothing behind', async () => {
    await openGrid();
    await page.route('**/api/training/annotations', (route) =>
      route.fulfill({ status: 503, json: { error: 'the log store failed: disk full', code: '58030' } }),
    );
    await page.locator('.grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('a');
    await page.getByText('Not saved: the log store failed: disk full').waitFor();
    expect(await page.getByRole('button', { name: /^Undo/ }).count()).toBe(0);
    expect(await stored()).toEqual([]);
    studio.faults.length = 0;
  });

  test('on a phone, a swipe to the right accepts and one to the left rejects', async () => {
    page = await studio.page('/review?cascade_id=semantic_matches', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await page.locator('.review .card').waitFor();
    const touch = await page.context().newCDPSession(page);
    const swipe = async (from: number, to: number): Promise<void> => {
      const at = (x: number) => ({ touchPoints: [{ x, y: 420 }] });
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(from) });
      for (const share of [0.25, 0.5, 0.75, 1]) {
        await touch.send('Input.dispatchTouchEvent', {
          type: 'touchMove',
          ...at(from + (to - from) * share),
        });
      }
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await swipe(120, 320);
    await page.locator('.review-bar').getByText('1 of 50').waitFor();
    await swipe(300, 80);
    const rows = await storedWhen(2);
    expect(rows.filter((row) => row.trainable)).toHaveLength(1);
    expect(rows.filter((row) => row.tags.includes('rejected'))).toHaveLength(1);
  });
});

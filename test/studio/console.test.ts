import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NO_CHROMIUM, chromiumPath } from './support/chromium.ts';
import { StudioFixture } from './support/studio-fixture.ts';

const chromium = chromiumPath();
if (chromium === null) process.stderr.write(`${NO_CHROMIUM}\n`);

const PATIENCE = { timeout: 10_000 };

describe.skipIf(chromium === null)('the SQL console', () => {
  let studio: StudioFixture;
  let page: Page;

  beforeAll(async () => {
    studio = await StudioFixture.open(chromium ?? '');
  }, 180_000);

  beforeEach(() => () => page.context().close());

  afterAll(() => studio.close());

  async function open(sql: string): Promise<void> {
    page = await studio.page(`/sql?${new URLSearchParams({ sql }).toString()}`);
    await page.locator('.cm-content').waitFor();
  }

  test('sets semantic operators apart, but not within strings', async () => {
    await open("SELECT 'what MEANS that' WHERE 'a' NOT MEANS 'b' -- it MEANS nothing");
    await page.locator('.cm-semantic').first().waitFor();
    expect(await page.locator('.cm-semantic').allInnerTexts()).toEqual(['NOT MEANS']);
  });

  test('runs a statement, and the calls behind a row are marked on the spot', async () => {
    await open(
      "SELECT text, text MEANS 'kind' AS kind FROM (VALUES ('bamboo cup'), ('tin cup')) AS t(text) ORDER BY 1",
    );
    await page.locator('.cm-content').press('ControlOrMeta+Enter');
    await page.getByText('2 rows', { exact: true }).waitFor();
    expect(await page.locator('.result tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/bamboo cup\s+true/),
      expect.stringMatching(/tin cup\s+false/),
    ]);
    await page.locator('.result tbody tr').first().getByRole('button', { name: 'Mark' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
    await expect
      .poll(
        () =>
          studio.http.stored(
            `SELECT e.output AS output, a.verified AS verified FROM rvbbit.training_annotations AS a FINAL
           INNER JOIN rvbbit.training_examples AS e ON e.trace_id = a.trace_id
           WHERE e.inputs LIKE '%bamboo cup%'`,
          ),
        PATIENCE,
      )
      .toEqual([{ output: 'true', verified: true }]);
  });

  test('a run is cancelled: the page says so and no call goes on', async () => {
    studio.http.model.latencyMs = 30_000;
    await open(
      "SELECT count(*) FROM (SELECT 'x ' || i AS text FROM range(100) t(i)) WHERE text MEANS 'slow'",
    );
    await page.getByRole('button', { name: /^Run/ }).click();
    await expect.poll(() => studio.http.model.inFlight, PATIENCE).toBeGreaterThan(0);
    await page.getByRole('progressbar', { name: 'Answers' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('SQLSTATE 57014').waitFor();
    await expect.poll(() => studio.http.model.inFlight, PATIENCE).toBe(0);
    studio.http.model.latencyMs = 0;
  });

  test('leaving the view ends the run', async () => {
    studio.http.model.latencyMs = 30_000;
    await open(
      "SELECT count(*) FROM (SELECT 'y ' || i AS text FROM range(100) t(i)) WHERE text MEANS 'slow'",
    );
    await page.getByRole('button', { name: /^Run/ }).click();
    await expect.poll(() => studio.http.model.inFlight, PATIENCE).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Home' }).click();
    await expect.poll(() => studio.http.model.inFlight, PATIENCE).toBe(0);
    studio.http.model.latencyMs = 0;
  });

  test('an error names its SQLSTATE, and a run after it works', async () => {
    await open('SELECT nothing FROM nowhere');
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.getByText('SQLSTATE 42P01').waitFor();
    await page.locator('.cm-content').fill('SELECT 42 AS answer');
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.locator('.result td').getByText('42').waitFor();
    expect(new URL(page.url()).searchParams.get('sql')).toBe('SELECT 42 AS answer');
  });

  test('tables are listed with their columns, completed in the editor, and looked at', async () => {
    await open('CREATE TABLE garden_tools (label TEXT, price INT)');
    await page.getByRole('button', { name: /^Run/ }).click();
    const tables = page.getByRole('region', { name: 'Tables' });
    await tables.getByText('garden_tools').click();
    await tables.getByText('price').waitFor();
    await page.locator('.cm-content').fill('SELECT gar');
    await page.locator('.cm-content').press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').getByText('garden_tools').waitFor();
    await page.locator('.cm-content').press('Escape');
    await page.locator('.cm-content').fill('SELECT label FROM garden_tools WHERE label MEA');
    await page.locator('.cm-content').press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').getByText('MEANS', { exact: true }).waitFor();
    await tables.getByRole('button', { name: 'Look at its rows' }).click();
    await page.getByText('0 rows', { exact: true }).waitFor();
  });

  test('thousands of rows are a table of those in sight, and a chart', async () => {
    await open('SELECT i % 7 AS day, i AS n FROM range(4000) t(i)');
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.getByText('4,000 rows', { exact: true }).waitFor();
    expect(await page.locator('.result tbody tr').count()).toBeLessThan(100);
    await page.getByRole('button', { name: 'Chart' }).click();
    await page.locator('.bar-fill').nth(1).waitFor();
  });

  test('an operator is tried, its tests are run, and both calls are in the log', async () => {
    page = await studio.page('/operators/semantic_matches');
    await page.getByLabel(/^text/).fill('bamboo spoon');
    await page.getByLabel(/^criterion/).fill('eco-friendly');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('[aria-label="Answer"] .label').getByText('true').waitFor();
    const calls = () =>
      studio.http.stored("SELECT output, caller FROM rvbbit.unified_logs WHERE inputs LIKE '%bamboo spoon%'");
    await expect.poll(calls, PATIENCE).toEqual([{ output: 'true', caller: 'rest' }]);
    await page.getByRole('tab', { name: 'Tests' }).click();
    await page.getByRole('button', { name: 'Run the tests' }).click();
    await page.getByText(/\d of 6 passed/).waitFor();
  });
});

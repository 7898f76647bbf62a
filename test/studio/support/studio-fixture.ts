import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { generateLog } from '../../http/support/generated-log.ts';
import { HttpFixture } from '../../http/support/http-fixture.ts';
import { buildStudio } from './build-studio.ts';
import type { BuiltStudio } from './build-studio.ts';
import { launchChromium } from './chromium.ts';

/** Calls in the generated log; RVBBIT_STUDIO_CALLS=100000 runs the tests at the size they are meant for. */
export const CALLS = Number(process.env.RVBBIT_STUDIO_CALLS ?? 2_000);

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

/** The built Studio in a real browser over a real server with a generated log. */
export class StudioFixture {
  /** Requests that left the machine, and errors of pages: both are to stay empty. */
  readonly foreign: string[] = [];
  readonly faults: string[] = [];

  private constructor(
    readonly http: HttpFixture,
    readonly traceIds: readonly string[],
    readonly browser: Browser,
    readonly studio: BuiltStudio,
  ) {}

  static async open(chromium: string, calls = CALLS): Promise<StudioFixture> {
    const studio = await buildStudio();
    const http = await HttpFixture.open({ studioDir: studio.dir });
    const { training, statements, registry } = http;
    const ids = await generateLog({ training, statements, operators: registry.current() }, calls);
    return new StudioFixture(http, ids, await launchChromium(chromium), studio);
  }

  /** A page of a browser that has seen nothing yet. */
  async page(path: string, options: BrowserContextOptions = DESKTOP): Promise<Page> {
    const context = await this.browser.newContext(options);
    const page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(this.http.url) && !request.url().startsWith('data:')) {
        this.foreign.push(request.url());
      }
    });
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(message.text());
    });
    await page.goto(this.http.url + path);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.http.close();
    await this.studio.remove();
  }
}

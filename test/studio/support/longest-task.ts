import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Thread time in microseconds: what the task itself took, whoever else the machine worked for. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Longest task of the page's main thread during some work, in milliseconds of its own time. */
export async function longestTask(
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const main = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  const tasks = trace.traceEvents.filter((event) => main.has(threadOf(event)) && event.tdur !== undefined);
  if (tasks.length === 0) throw new Error('the trace has no task of a renderer');
  return Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1_000));
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}

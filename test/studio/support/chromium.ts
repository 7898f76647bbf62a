import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** Debian's Chromium, or the one that RVBBIT_CHROMIUM names; null where there is none. */
export function chromiumPath(): string | null {
  const path = process.env.RVBBIT_CHROMIUM ?? '/usr/bin/chromium';
  return existsSync(path) ? path : null;
}

export const NO_CHROMIUM =
  'There is no Chromium: install it (apt-get install chromium) or name it in RVBBIT_CHROMIUM to run these tests.';

export async function launchChromium(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: FLAGS, chromiumSandbox: false });
}

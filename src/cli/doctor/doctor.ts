import type { Config } from '../../config.ts';
import { messageOf, StartupError } from '../../errors.ts';
import { CHECKS } from './checks.ts';

/** Runs every check, prints a line for each, and gives how many failed. */
export async function doctor(config: Config, print: (line: string) => void): Promise<number> {
  let failed = 0;
  for (const { name, run } of CHECKS) {
    try {
      print(`ok    ${name}: ${await run(config)}`);
    } catch (error) {
      failed += 1;
      print(`FAIL  ${name}: ${messageOf(error)}`);
      if (error instanceof StartupError && error.hint !== undefined) print(`      ${error.hint}`);
    }
  }
  print(failed === 0 ? 'Everything is in order.' : `${failed} of ${CHECKS.length} checks failed.`);
  return failed;
}

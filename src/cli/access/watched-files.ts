import { unwatchFile, watchFile } from 'node:fs';

const EVERY_MS = 1_000;

/**
 * Calls `changed` when one of the files is another one than before, and on SIGHUP. Looks by time stamp: that works for
 * files that are replaced, and for links that are turned to other files. Gives what ends it.
 */
export function watchFiles(paths: readonly string[], changed: () => void): () => void {
  for (const path of paths) watchFile(path, { interval: EVERY_MS, persistent: false }, changed);
  process.on('SIGHUP', changed);
  return () => {
    for (const path of paths) unwatchFile(path, changed);
    process.off('SIGHUP', changed);
  };
}

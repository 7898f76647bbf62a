import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { DatabasesOptions } from '../server/engine/databases-options.ts';
import { stringLiteral } from '../server/engine/identifier.ts';

/** The bounds of the configuration as settings of DuckDB. */
export function engineSettings({
  dataDir,
  engine,
}: Config): Pick<DatabasesOptions, 'instanceSettings' | 'finalSettings'> {
  const { memory, threads, spill, externalAccess, directories } = engine;
  return {
    instanceSettings: {
      ...(memory === null ? {} : { memory_limit: memory }),
      ...(threads === null ? {} : { threads: String(threads) }),
      ...(spill === null ? {} : { max_temp_directory_size: spill }),
    },
    finalSettings: externalAccess ? [] : closing([resolve(dataDir, 'tmp'), ...directories]),
  };
}

/** The rows of the log come to DuckDB through files of the data folder. */
function closing(directories: readonly string[]): readonly string[] {
  const list = directories.map((one) => stringLiteral(one.endsWith('/') ? one : `${one}/`));
  return [
    `SET GLOBAL allowed_directories = [${list.join(', ')}]`,
    'SET GLOBAL enable_external_access = false',
  ];
}

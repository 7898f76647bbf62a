import { asSqlError, type CascadeFolder } from '../operators/cascade/cascade-folder.ts';
import type { OperatorRegistry } from '../operators/cascade/operator-registry.ts';
import type { OpenDatabases } from '../server/engine/open-databases.ts';
import type { FunctionRow, ServerFunction } from '../server/tables/server-function.ts';
import { virtualColumns } from '../server/tables/virtual-table.ts';

/** Loads the cascades anew and makes them callable everywhere; statements under way keep what they began with. */
export async function reloadCascades(registry: OperatorRegistry, databases: OpenDatabases): Promise<number> {
  const operators = await registry.reload();
  await databases.installOperators(operators);
  return operators.cascades.size;
}

/** What SQL may do with cascades: CREATE CASCADE and its like are spelled out as these. */
export function cascadeFunctions(
  registry: OperatorRegistry,
  folder: CascadeFolder,
  reload: () => Promise<number>,
): readonly ServerFunction[] {
  return Object.freeze([
    scalar('rvbbit_reload', [], async () => {
      const count = await reload().catch((error: unknown) => {
        throw asSqlError(error);
      });
      return `${count} cascades`;
    }),
    scalar('rvbbit_create_cascade', ['yaml'], async ({ yaml }) => folder.create(String(yaml))),
    scalar('rvbbit_drop_cascade', ['cascade_id'], async ({ cascade_id: id }) => {
      await folder.drop(String(id));
      return String(id);
    }),
    cascadesTable(registry),
  ]);
}

function scalar(
  name: string,
  parameters: readonly string[],
  value: (args: FunctionRow) => Promise<string>,
): ServerFunction {
  return Object.freeze({
    name,
    parameters: parameters.map((parameter) => ({ name: parameter, initial: null })),
    columns: virtualColumns([['value', 'VARCHAR']]),
    shape: 'scalar' as const,
    call: async (args: FunctionRow) => [{ value: await value(args) }],
  });
}

function cascadesTable(registry: OperatorRegistry): ServerFunction {
  return Object.freeze({
    name: 'rvbbit_cascades',
    parameters: [],
    columns: virtualColumns([
      ['cascade_id', 'VARCHAR'],
      ['function', 'VARCHAR', 'null'],
      ['shape', 'VARCHAR', 'null'],
      ['operators', 'VARCHAR'],
      ['description', 'VARCHAR'],
      ['file', 'VARCHAR'],
    ]),
    shape: 'table' as const,
    call: async () =>
      [...registry.current().cascades.values()].map(({ cascadeId, sqlFunction, description, file }) => ({
        cascade_id: cascadeId,
        function: sqlFunction?.name ?? null,
        shape: sqlFunction?.shape ?? null,
        operators: (sqlFunction?.patterns ?? []).map(({ keyword }) => keyword).join(', '),
        description,
        file,
      })),
  });
}

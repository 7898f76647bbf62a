import { it } from 'vitest';
import { present } from '../../test/catalog/client-statements.ts';
import { compareClients, type Tally } from '../../test/catalog/compare-clients.ts';
import { report } from '../support/report.ts';

it.skipIf(!present)('what clients ask of the catalogue is answered as PostgreSQL 15 does', async () => {
  const { tallies } = await compareClients();
  const total: Tally = { statements: 0, answered: 0, names: 0, types: 0, rows: 0, internals: 0 };
  for (const [client, tally] of tallies) {
    tell(client, tally);
    for (const field of Object.keys(total) as (keyof Tally)[]) total[field] += tally[field];
  }
  tell('all clients', total);
});

function tell(client: string, { statements, names, types, rows, internals }: Tally): void {
  report({
    what: `${client}: statements with PostgreSQL's names and types of columns, of all`,
    value: Math.min(names, types) / statements,
    target: { atLeast: 0.95 },
    from: `names ${names} of ${statements}, types ${types} of ${statements}`,
  });
  report({
    what: `${client}: statements with PostgreSQL's rows, of those that do not speak of its internals`,
    value: rows / (statements - internals),
    target: { atLeast: 0.95 },
    from: `${rows} of ${statements - internals}`,
  });
}

import { crc32 } from 'node:zlib';
import type { Agenda, Ledger, NamedTable, Query, Session, Standing, TableName } from '../../model/ledger.ts';
import type { History, Migration } from '../../model/migration.ts';
import { inSchema, tableIn } from '../reading/table.ts';
import { compareVersions } from '../reading/versions.ts';

const columns = ['version', 'dirty'] as const;

/** golang-migrate's table of one row (database/postgres/postgres.go of v4). */
export function ledgerIn(named?: NamedTable): Ledger {
  const table: TableName = named ?? { name: 'schema_migrations' };
  const nameIn = (schema: string) => inSchema(schema, table.name);
  return {
    tables: [table.name],
    ...(named && { named }),
    rights: ['INSERT', 'DELETE'],
    columns,
    whenOutOfOrder: 'never runs them: it knows only the last version',
    remedy: '`migrate force VERSION`, with the last one that is there whole',
    read: (session) => read(session, table),
    agenda,
    locks: (session) => locks(session, table),
    create: async (session, schema) => {
      await session.query(
        `CREATE TABLE IF NOT EXISTS ${nameIn(schema)} (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)`,
      );
    },
    begin: (migration, schema) => is(migration, true, nameIn(schema)),
    record: (migration, schema) => is(migration, false, nameIn(schema)),
    revert: (_, previous, schema) =>
      previous === undefined ? none(nameIn(schema)) : is({ id: previous }, false, nameIn(schema)),
  };
}

async function read(session: Session, table: TableName): Promise<Standing> {
  const found = await tableIn(session, table, columns, 'in the first schema'); // its queries name CURRENT_SCHEMA()
  if (!found.exists) return { ...found, applied: [] };
  const [row] = await session.query<{ version: string; dirty: boolean }>(
    `SELECT version::text, dirty FROM ${inSchema(found.schema, table.name)} LIMIT 1`,
  );
  if (!row) return { ...found, applied: [] };
  const applied = row.version === '-1' ? [] : [row.version]; // its word for no version: a way back to there failed
  return { ...found, applied, ...(row.dirty && { unfinished: row.version }) };
}

/** The table has only the last version: what comes before counts as applied, as it does for the tool. */
function agenda({ migrations }: History, { applied: [last], unfinished }: Standing): Agenda {
  if (last === undefined) return { applied: [], pending: migrations, orphans: [], outOfOrder: [] };
  const until = ({ id }: Migration) => compareVersions(id, last);
  return {
    applied: migrations.filter((each) => until(each) < 0 || (until(each) === 0 && unfinished === undefined)),
    pending: migrations.filter((each) => until(each) > 0 || (until(each) === 0 && unfinished !== undefined)),
    orphans: migrations.some((each) => until(each) === 0) ? [] : [last],
    outOfOrder: [],
  };
}

/** As `GenerateAdvisoryLockId` of database/util.go; its program names the database with the URL's slash, its library without. */
async function locks(session: Session, table: TableName): Promise<bigint[]> {
  const [row] = await session.query<{ schema: string; database: string }>(
    'SELECT pg_catalog.current_schema() AS schema, pg_catalog.current_database() AS database',
  );
  const { schema, database } = row as { schema: string; database: string };
  return [`/${database}`, database].map((name) =>
    BigInt.asUintN(32, BigInt(crc32(`${table.schema ?? schema}\0${table.name}\0${name}`)) * 1486364155n),
  );
}

/** The tool truncates; a DELETE leaves the same and lets others read meanwhile. */
function is({ id }: Pick<Migration, 'id'>, dirty: boolean, name: string): Query[] {
  return [...none(name), { sql: `INSERT INTO ${name} (version, dirty) VALUES ($1::bigint, $2)`, values: [id, dirty] }];
}

/** Before the first migration, and after the last was taken back, there is no row. */
function none(name: string): Query[] {
  return [{ sql: `DELETE FROM ${name}` }];
}

import { crc32 } from 'node:zlib';
import type { Agenda, Ledger, Query, Session, Standing } from '../../model/ledger.ts';
import type { History, Migration } from '../../model/migration.ts';
import { inSchema, tableIn } from '../reading/table.ts';
import { compareVersions } from '../reading/versions.ts';

const table = 'schema_migrations';

/** golang-migrate's table of one row (database/postgres/postgres.go of v4). */
export const ledger: Ledger = {
  tables: [table],
  whenOutOfOrder: 'never runs them: it knows only the last version',
  remedy: 'after having looked what of it is there, `migrate force VERSION`',
  read,
  agenda,
  locks,
  create: async (session, schema) => {
    await session.query(
      `CREATE TABLE IF NOT EXISTS ${inSchema(schema, table)} (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)`,
    );
  },
  begin: (migration, schema) => is(migration, true, schema),
  record: (migration, schema) => is(migration, false, schema),
  revert: (_, previous, schema) => (previous === undefined ? none(schema) : is({ id: previous }, false, schema)),
};

async function read(session: Session): Promise<Standing> {
  const found = await tableIn(session, table, ['version', 'dirty']);
  if (!found.exists) return { ...found, applied: [] };
  const [row] = await session.query<{ version: string; dirty: boolean }>(
    `SELECT version::text, dirty FROM ${inSchema(found.schema, table)} LIMIT 1`,
  );
  if (!row || row.version === '-1') return { ...found, applied: [] }; // the tool's word for no version
  return { ...found, applied: [row.version], ...(row.dirty && { unfinished: row.version }) };
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
async function locks(session: Session): Promise<bigint[]> {
  const [row] = await session.query<{ schema: string; database: string }>(
    'SELECT pg_catalog.current_schema() AS schema, pg_catalog.current_database() AS database',
  );
  const { schema, database } = row as { schema: string; database: string };
  return [`/${database}`, database].map((name) =>
    BigInt.asUintN(32, BigInt(crc32(`${schema}\0${table}\0${name}`)) * 1486364155n),
  );
}

/** The tool truncates; a DELETE leaves the same and lets others read meanwhile. */
function is({ id }: Pick<Migration, 'id'>, dirty: boolean, schema: string): Query[] {
  const name = inSchema(schema, table);
  return [
    ...none(schema),
    { sql: `INSERT INTO ${name} (version, dirty) VALUES ($1::bigint, $2)`, values: [id, dirty] },
  ];
}

/** Before the first migration, and after the last was taken back, there is no row. */
function none(schema: string): Query[] {
  return [{ sql: `DELETE FROM ${inSchema(schema, table)}` }];
}

import type { MigrationState } from '../../model/backup.ts';
import { type Connection, SqlError } from '../connect.ts';
import { quote } from '../quote.ts';

/** How a migration tool keeps what it has applied, as far as it takes to tell where it stands. */
interface Bookkeeping {
  readonly tool: string;
  readonly table: string;
  /** Columns that tell it from a table of the same name that another tool keeps. */
  readonly columns: readonly string[];
  /** All of its columns, sorted, where they alone tell it under whatever name people gave it. */
  readonly all?: string;
  /** The columns of another tool's table. */
  readonly without?: readonly string[];
  /** What is applied, over the table. */
  readonly applied: string;
  /** The last that was applied, as the tool calls it; over the rows that are applied. */
  readonly latest: string;
  /** What failed or was not finished. */
  readonly unfinished?: string;
}

const byVersion = { applied: 'true', latest: 'max(version)' };

/** Tables of each tool as its own source creates them; the tools whose order is not in the table have the last by name or time. */
const known: readonly Bookkeeping[] = [
  {
    ...{ tool: 'golang-migrate', table: 'schema_migrations', columns: ['version', 'dirty'], ...byVersion },
    ...{ all: 'dirty,version', unfinished: 'dirty' },
  },
  { ...byVersion, tool: 'ecto', table: 'schema_migrations', columns: ['version', 'inserted_at'] },
  { ...byVersion, tool: 'supabase', table: 'schema_migrations', columns: ['version', 'statements'] },
  // dbmate keeps no more than Rails does, which is told by its other table
  {
    ...{ ...byVersion, tool: 'rails or dbmate', table: 'schema_migrations', columns: ['version'] },
    without: ['dirty', 'inserted_at', 'statements'],
  },
  {
    ...{ tool: 'goose', table: 'goose_db_version', columns: ['version_id', 'is_applied'] },
    ...{
      applied: `is_applied AND version_id > 0 AND id = (SELECT max(n.id) FROM %t n WHERE n.version_id = t.version_id)`,
      latest: 'max(version_id)',
      all: 'id,is_applied,tstamp,version_id',
    },
  },
  {
    ...{ tool: 'atlas', table: 'atlas_schema_revisions', columns: ['version', 'applied', 'total'] },
    ...{ applied: 'applied = total', latest: 'max(version)', unfinished: 'applied <> total' },
  },
  {
    ...{ tool: 'flyway', table: 'flyway_schema_history', columns: ['installed_rank', 'version', 'success'] },
    all: 'checksum,description,execution_time,installed_by,installed_on,installed_rank,script,success,type,version',
    applied: `success AND version IS NOT NULL`,
    ...{ latest: '(array_agg(version ORDER BY installed_rank DESC))[1]', unfinished: 'NOT success' },
  },
  {
    ...{ tool: 'liquibase', table: 'databasechangelog', columns: ['id', 'author', 'orderexecuted'], applied: 'true' },
    latest: `(array_agg(author || ':' || id ORDER BY orderexecuted DESC))[1]`,
  },
  {
    ...{ tool: 'alembic', table: 'alembic_version', columns: ['version_num'], applied: 'true' },
    latest: `string_agg(version_num, ', ' ORDER BY version_num)`,
  },
  {
    ...{ tool: 'django', table: 'django_migrations', columns: ['app', 'name', 'applied'], applied: 'true' },
    latest: `(array_agg(app || '.' || name ORDER BY id DESC))[1]`,
  },
  {
    ...{ tool: 'prisma', table: '_prisma_migrations', columns: ['migration_name', 'finished_at', 'rolled_back_at'] },
    ...{ applied: 'finished_at IS NOT NULL AND rolled_back_at IS NULL', latest: 'max(migration_name)' },
    unfinished: 'finished_at IS NULL AND rolled_back_at IS NULL',
  },
  {
    ...{ tool: 'drizzle', table: '__drizzle_migrations', columns: ['hash', 'created_at'], applied: 'true' },
    latest: 'max(created_at)',
  },
  {
    ...{ tool: 'sqlx', table: '_sqlx_migrations', columns: ['version', 'success', 'checksum'] },
    ...{ applied: 'success', latest: 'max(version)', unfinished: 'NOT success' },
  },
  { ...byVersion, tool: 'diesel', table: '__diesel_schema_migrations', columns: ['version', 'run_on'] },
  { ...byVersion, tool: 'refinery', table: 'refinery_schema_history', columns: ['version', 'applied_on'] },
  {
    ...{
      tool: 'knex',
      table: 'knex_migrations',
      columns: ['name', 'batch'],
      applied: 'true',
      latest: '(array_agg(name ORDER BY id DESC))[1]',
    },
  },
  {
    ...{ tool: 'node-pg-migrate', table: 'pgmigrations', columns: ['name', 'run_on'], applied: 'true' },
    latest: '(array_agg(name ORDER BY id DESC))[1]',
  },
  {
    ...{ tool: 'typeorm', table: 'migrations', columns: ['id', 'timestamp', 'name'], applied: 'true' },
    latest: '(array_agg(name ORDER BY "timestamp" DESC))[1]',
  },
];

/** Where the migration tools stand whose tables are in the database, in the snapshot of the session. */
export async function migrationsOf(session: Connection): Promise<MigrationState[]> {
  const renamed = known.filter(({ all }) => all !== undefined); // found by one of their columns, which is cheap
  const found = await session.query<Found>(
    `SELECT n.nspname AS schema, c.relname AS table, a.columns
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL (SELECT pg_catalog.array_agg(attname::text ORDER BY attname COLLATE "C") AS columns
                            FROM pg_catalog.pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) a
      WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname !~ '^pg_'
        AND (c.relname = ANY ($1) OR c.oid IN (SELECT attrelid FROM pg_catalog.pg_attribute WHERE attname = ANY ($2)))
      ORDER BY 1, 2`,
    [known.map(({ table }) => table), renamed.map(({ columns }) => columns[0])],
  );
  const states: MigrationState[] = [];
  for (const { schema, table, columns } of found) {
    const kept = known.find((each) => isKept(each, table, columns));
    const state = kept && (await stateIfAny(session, { ...kept, table }, schema));
    if (state) states.push(state);
  }
  return states;
}

/** A table, and its columns, sorted. */
interface Found {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

function isKept({ table, columns, all, without = [] }: Bookkeeping, name: string, found: readonly string[]): boolean {
  if (name !== table) return all === found.join();
  return columns.every((column) => found.includes(column)) && !without.some((column) => found.includes(column));
}

/** A table of other types than the tool's is somebody else's. */
async function stateIfAny(session: Connection, kept: Bookkeeping, schema: string): Promise<MigrationState | undefined> {
  await session.send('SAVEPOINT migrations');
  try {
    return await stateOf(session, kept, schema);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    await session.send('ROLLBACK TO SAVEPOINT migrations');
    return undefined;
  }
}

async function stateOf(
  session: Connection,
  { tool, table, applied, latest, unfinished = 'false' }: Bookkeeping,
  schema: string,
): Promise<MigrationState> {
  const from = `${quote(schema)}.${quote(table)}`;
  const [row] = await session.query<Omit<MigrationState, 'tool' | 'table'>>(
    `SELECT (SELECT count(*)::float8 FROM ${from} t WHERE ${applied}) AS applied,
            (SELECT (${latest})::text FROM ${from} t WHERE ${applied}) AS latest,
            (SELECT count(*)::float8 FROM ${from} t WHERE ${unfinished}) AS unfinished`.replaceAll('%t', () => from),
  );
  const { applied: count, latest: last, unfinished: open } = row as Required<Omit<MigrationState, 'tool' | 'table'>>;
  return { tool, table: `${schema}.${table}`, latest: last, applied: count, ...(open > 0 && { unfinished: open }) };
}

import type { Migration } from '../model/migration.ts';
import type { SearchPath } from '../model/plan.ts';
import { batchesOf } from './batches.ts';
import type { Connection } from './connect.ts';
import { quote } from './quote.ts';

/** Where PostgreSQL looks for names without a schema by itself (documentation, chapter 5.10.3). */
const byDefault = ['$user', 'public'];

/** The path of a session; undefined where it is PostgreSQL's default. */
export async function searchPathOf(session: Connection): Promise<SearchPath | undefined> {
  const [row] = await session.query<{ setting: string; there: string[]; role: string }>(
    `SELECT pg_catalog.current_setting('search_path') AS setting, pg_catalog.current_schemas(false)::text[] AS there,
            current_user::text AS role`,
  );
  const { setting, there, role } = row as { setting: string; there: string[]; role: string };
  const names = namesIn(setting).map((name) => (name === '$user' && there.includes(role) ? role : name));
  return pathOf(names, there);
}

/** The path of these schemas, which are all to be there; undefined where it is PostgreSQL's default. */
export function pathOf(names: readonly string[], there: readonly string[] = names): SearchPath | undefined {
  if (names.length === 0 || names.join('\0') === byDefault.join('\0')) return undefined;
  const made = there.filter((name) => !byDefault.includes(name) && !name.startsWith('pg_'));
  return { setting: names.map(quote).join(', '), schemas: made };
}

/** Names in a list of identifiers, as the setting is written. */
function namesIn(setting: string): string[] {
  return [...setting.matchAll(/"((?:[^"]|"")*)"|([^",\s]+)/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.toLowerCase(),
  );
}

/** What a session starts with to have this path. */
export function onPath(path: SearchPath | undefined): Readonly<Record<string, string>> {
  return path ? { search_path: path.setting } : {};
}

/**
 * Makes the schemas of a path in an empty database, as they are there before the tool runs for the first time; those that
 * the migrations make are left to them.
 */
export async function makeSchemas(
  session: Connection,
  path: SearchPath | undefined,
  migrations: readonly Migration[],
): Promise<void> {
  if (!path) return;
  const others = await madeBy(migrations);
  for (const name of path.schemas) if (!others.has(name)) await session.send(`CREATE SCHEMA ${quote(name)}`);
}

async function madeBy(migrations: readonly Migration[]): Promise<Set<string>> {
  const names = new Set<string>();
  for (const migration of migrations.filter(({ up }) => /\bschema\b/i.test(up.text)))
    for (const { node } of (await batchesOf(migration)).flatMap(({ statements }) => statements))
      if ('CreateSchemaStmt' in node && !node.CreateSchemaStmt.if_not_exists)
        names.add(node.CreateSchemaStmt.schemaname || node.CreateSchemaStmt.authrole?.rolename || '');
  return names;
}

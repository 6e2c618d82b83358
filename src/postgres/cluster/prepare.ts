import type { Migration, Script } from '../../model/migration.ts';
import type { Statement } from '../../model/statement.ts';
import { batchesOf } from '../batches.ts';
import { createsRoles } from './names.ts';
import type { Refusals } from './refusals.ts';

/** A migration as it may be replayed, and what was left out: `migrations/1.sql:3: It was not run: …`. */
export interface Prepared {
  readonly migration: Migration;
  readonly leftOut: readonly string[];
}

/**
 * Blanks out the statements that are not to be run, and has `marking` follow those that create roles, in the same
 * transaction. Line numbers stay as they are.
 */
export async function prepare(
  migration: Migration,
  refusals: Refusals,
  marking: string | undefined,
): Promise<Prepared> {
  if (!refusals.words.test(migration.up.text)) return { migration, leftOut: [] };
  const statements = (await batchesOf(migration)).flatMap((batch) => batch.statements);
  const refused = statements.filter((each) => refusals.of(each) !== undefined);
  const marked = statements.filter((each) => marking && !refused.includes(each) && mayBeFollowed(each));
  const up = insertAll(blank(migration.up, refused), marked, `; ${marking}`);
  const leftOut = refused.map((each) => `${each.path}:${each.line}: ${refusals.of(each)}`);
  return { migration: { ...migration, up }, leftOut };
}

/** A code block that commits by itself must be alone in its message. */
function mayBeFollowed({ sql }: Statement): boolean {
  return createsRoles(sql) && !/\bcommit\b/i.test(sql);
}

function blank(script: Script, statements: readonly Statement[]): Script {
  let { text } = script;
  for (const { offset, sql } of statements)
    text = text.slice(0, offset) + sql.replaceAll(/[^\n]/g, ' ') + text.slice(offset + sql.length);
  return { ...script, text };
}

function insertAll(script: Script, behind: readonly Statement[], addition: string): Script {
  const places = behind.map(({ offset, sql }) => offset + sql.length);
  const moved = (offset: number) => offset + addition.length * places.filter((place) => place <= offset).length;
  const pieces = [0, ...places].map((start, index) => script.text.slice(start, places[index]));
  const messages = script.messages.map(({ start, end }) => ({ start: moved(start), end: moved(end) }));
  return { ...script, text: pieces.join(addition), messages };
}

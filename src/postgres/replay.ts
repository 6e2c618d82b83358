import { KnownError } from '../model/error.ts';
import type { Migration } from '../model/migration.ts';
import type { Statement } from '../model/statement.ts';
import { batchesOf } from './batches.ts';
import { type Connection, SessionEnded, SqlError } from './connect.ts';
import { execute, StatementFailed } from './execute.ts';
import { explain, lineOf } from './faults.ts';
import { limited, type TimeLimit } from './limit.ts';
import { controlsTransaction, mayCommit, mustRunOutside } from './outside.ts';

/** What a session of its own for every migration means: nothing of the session before is left. */
export const freshening = ['RESET SESSION AUTHORIZATION', 'RESET ROLE', 'RESET ALL', 'DISCARD TEMP'] as const;

/** The same as one text. */
export const freshSession = `${freshening.join('; ')};\n`;

/** Characters of SQL sent as one message at most. */
const messageSize = 1_000_000;

/**
 * Applies base migrations, as fast as one session can: many files in one message, every migration in a transaction of
 * its own as its tool would have it. Where that is not possible, or fails, statements are sent one by one.
 * Throws `KnownError` with the place of the statement that PostgreSQL refused.
 */
export async function replay(
  session: Connection,
  migrations: readonly Migration[],
  options: { readonly fresh: boolean; readonly limit: TimeLimit },
): Promise<void> {
  for (const group of await groupsOf(migrations)) {
    const done = group.plain ? await replayTogether(session, group.migrations, options) : 0;
    for (const migration of group.migrations.slice(done)) await replayOne(session, migration, options);
  }
}

interface Group {
  /** Whether the migrations may be sent in one message. */
  readonly plain: boolean;
  readonly migrations: Migration[];
}

async function groupsOf(migrations: readonly Migration[]): Promise<Group[]> {
  const groups: Group[] = [];
  let size = 0;
  for (const migration of migrations) {
    const plain = await isPlain(migration);
    size += migration.up.text.length;
    const last = groups.at(-1);
    if (plain && last?.plain && size < messageSize) last.migrations.push(migration);
    else {
      groups.push({ plain, migrations: [migration] });
      size = migration.up.text.length;
    }
  }
  return groups;
}

/** Words without which a script can hold no statement that must stand outside a transaction block, nor end one. */
const suspicious =
  /\b(concurrently|vacuum|cluster|reindex|database|tablespace|subscription|system|discard|begin|start|commit|end|rollback|abort|prepare|call|do)\b/i;

/** Whether BEGIN, the script, COMMIT is what its tool would do. */
async function isPlain(migration: Migration): Promise<boolean> {
  const { delivery, messages, text } = migration.up;
  if (delivery === 'statement' || (delivery === 'message' && messages.length > 1)) return false;
  if (!suspicious.test(text)) return true;
  const batches = await batchesOf(migration);
  return batches.every(
    ({ block, statements }) =>
      (block === 'explicit' || statements.length <= 1 || delivery === 'message') &&
      !statements.some((each) => mustRunOutside(each) || controlsTransaction(each) || mayCommit(each)),
  );
}

/** Returns how many migrations are applied: all, or those before the first that failed. */
async function replayTogether(
  session: Connection,
  migrations: readonly Migration[],
  { fresh, limit }: { readonly fresh: boolean; readonly limit: TimeLimit },
): Promise<number> {
  const message = migrations.map((each) => `${fresh ? freshSession : ''}BEGIN;\n${textOf(each)}\n;COMMIT;\n`).join('');
  try {
    await limited(session, { ...limit, seconds: limit.seconds * migrations.length }, () => session.send(message));
    return migrations.length;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const done = error.completed.filter((tag) => tag === 'COMMIT').length;
    if (error instanceof SessionEnded) throw failure(migrations[done] as Migration, error);
    if (session.transaction !== 'none') await session.send('ROLLBACK');
    return done;
  }
}

function textOf({ up }: Migration): string {
  return up.messages.map(({ start, end }) => up.text.slice(start, end)).join('\n;\n');
}

async function replayOne(
  session: Connection,
  migration: Migration,
  { fresh, limit }: { readonly fresh: boolean; readonly limit: TimeLimit },
): Promise<void> {
  if (fresh) await session.send(freshSession);
  try {
    await execute(session, await batchesOf(migration), ({ sql }) => limited(session, limit, () => session.send(sql)));
  } catch (error) {
    if (!(error instanceof StatementFailed)) throw error;
    throw failure(migration, error.error, error.statement);
  }
}

/** `statement` is absent where it is not known which one it was. */
function failure({ id, path }: Migration, cause: SqlError, statement?: Statement): KnownError {
  const { message, sqlstate } = cause.fault;
  return new KnownError(`The base migration ${id} fails: ${message} (SQLSTATE ${sqlstate}).`, {
    place: statement ? { path: statement.path, line: lineOf(statement, cause) } : { path },
    help: explain(cause.fault) ?? 'The migrations before the pending ones must apply to an empty database.',
    cause,
  });
}

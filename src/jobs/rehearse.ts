import { KnownError } from '../model/error.ts';
import type { Migration } from '../model/migration.ts';
import type { SearchPath } from '../model/plan.ts';
import type { PendingMigration } from '../model/report.ts';
import type { StatementFacts } from '../model/rule.ts';
import type { Change, Snapshot } from '../model/schema.ts';
import type { Progress, Server } from '../model/server.ts';
import type { Tool } from '../model/tool.ts';
import { batchesOf } from '../postgres/batches.ts';
import { type ClusterGuard, openGuard } from '../postgres/cluster/guard.ts';
import { ConnectionLost, connect } from '../postgres/connect.ts';
import { diffSnapshots } from '../postgres/diff.ts';
import { freshSession, replay } from '../postgres/replay.ts';
import { createScratch } from '../postgres/scratch.ts';
import { makeSchemas, onPath } from '../postgres/search-path.ts';
import { type SeedResult, seed } from '../postgres/seed/seed.ts';
import { takeSnapshot } from '../postgres/snapshot/snapshot.ts';
import { openWatcher } from '../postgres/watch/watch.ts';
import { stoppedByRows, withoutRows } from './made-up-rows.ts';

export interface RehearsalInput {
  readonly server: Server;
  readonly tool: Tool;
  /** What makes up the base schema, in order. */
  readonly base: readonly Migration[];
  readonly pending: readonly Migration[];
  /** Of the sessions that migrations run in, where it is not PostgreSQL's default. */
  readonly searchPath?: SearchPath;
  /** Rows that every table gets before the pending migrations run. */
  readonly seedRows: number;
  /** Seconds that a statement may run. */
  readonly statementLimit: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** What the pending migrations did on a schema with all base migrations, and rows. */
export interface Rehearsal {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly changes: readonly Change[];
  readonly seeded: SeedResult;
  readonly migrations: readonly PendingMigration[];
  /** One for each statement that was run, in order. */
  readonly statements: readonly StatementFacts[];
  /** Whole sentences about what the rehearsal changed outside its database, and undid. */
  readonly notes: readonly string[];
}

/** A rehearsal as it was seen in one scratch database. */
type Attempt = Omit<Rehearsal, 'notes'>;

/** What a session starts with: a scratch database need not survive a crash. */
function startOf({ searchPath }: RehearsalInput): Record<string, string> {
  return { synchronous_commit: 'off', ...onPath(searchPath) };
}

/**
 * Runs migrations in a database of its own: replays the base, seeds rows, then watches every pending statement.
 * Leaves nothing on the server. Throws `KnownError` for a base that does not apply and a server that is lost.
 */
export async function rehearse(input: RehearsalInput): Promise<Rehearsal> {
  try {
    return await rehearseOn(input);
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    const log = await input.server.log().catch(() => '');
    throw new KnownError(`${error.message} The check could not be finished.`, {
      reason: 'unreachable',
      help: log ? `The server's log ends with:\n${log}` : 'See the log of the server.',
      cause: error,
    });
  }
}

/** Roles can only go once the database with what they own is gone: hence the two scopes. */
async function rehearseOn(input: RehearsalInput): Promise<Rehearsal> {
  const { server, base, pending, signal, progress } = input;
  await using guard = await openGuard({ server, migrations: [...base, ...pending], signal, progress });
  const first = await rehearseInScratch(input, guard);
  const undone = await guard.undo();
  if (!stoppedByRows(first)) return { ...first, notes: undone };
  input.progress.step('made-up rows do not fit: once more without');
  const second = await rehearseInScratch({ ...input, seedRows: 0 }, guard);
  const { notes, ...rest } = withoutRows(first, second);
  return { ...rest, notes: [...notes, ...new Set([...undone, ...(await guard.undo())])] };
}

async function rehearseInScratch(input: RehearsalInput, guard: ClusterGuard): Promise<Attempt> {
  const { server, signal, progress, statementLimit, searchPath, base, pending } = input;
  await using scratch = await createScratch(server, { signal });
  await using connection = await connect(scratch.address, signal, startOf(input));
  await makeSchemas(connection, searchPath, [...base, ...pending]);

  progress.step(`replaying ${count(base.length, 'base migration')}`);
  const limit = { seconds: statementLimit, address: scratch.address };
  await replay(connection, await guard.prepare(base), { fresh: input.tool.freshSession, limit });

  progress.step('seeding rows');
  const [seeded, before] = await prepare(scratch.address, input);
  const session = guard.marking(connection);
  const { refusal } = guard;
  const watching = { session, address: scratch.address, major: server.major, statementLimit, signal, refusal };
  await using watcher = await openWatcher(watching);
  const watched = await watchAll(input, session, watcher);
  const after = await snapshotOf(scratch.address, signal);
  return { before, after, changes: diffSnapshots(before, after), seeded, ...watched };
}

type Session = Awaited<ReturnType<typeof connect>>;
type Watcher = Awaited<ReturnType<typeof openWatcher>>;

/** Of sessions in which Lockkeeper reads the catalog for itself: however busy the server is, and whatever its role sets. */
const unhurried = { statement_timeout: '0' };

async function prepare(address: Server['address'], input: RehearsalInput): Promise<[SeedResult, Snapshot]> {
  await using session = await connect(address, input.signal, { ...startOf(input), ...unhurried });
  const before = await takeSnapshot(session);
  return [await seed(session, { rows: input.seedRows }), before];
}

async function snapshotOf(address: Server['address'], signal: AbortSignal): Promise<Snapshot> {
  await using session = await connect(address, signal, unhurried);
  return await takeSnapshot(session);
}

async function watchAll(
  { pending, tool, progress }: RehearsalInput,
  session: Session,
  watcher: Watcher,
): Promise<Pick<Rehearsal, 'migrations' | 'statements'>> {
  const statements: StatementFacts[] = [];
  const migrations: PendingMigration[] = [];
  let failed = false;
  for (const { id, path, ...migration } of pending) {
    if (failed) {
      const statements = (await batchesOf({ id, path, ...migration })).flatMap((batch) => batch.statements).length;
      migrations.push({ id, path, statements, status: 'not run' });
      continue;
    }
    progress.step(`watching ${id}`);
    if (tool.freshSession) await session.send(freshSession);
    const watched = await watcher.watch({ id, path, ...migration });
    statements.push(...watched.facts);
    failed = watched.failed;
    migrations.push({ id, path, statements: watched.statements, status: failed ? 'failed' : 'applied' });
  }
  return { migrations, statements };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

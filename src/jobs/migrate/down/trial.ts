import type { Migration } from '../../../model/migration.ts';
import type { SearchPath } from '../../../model/plan.ts';
import type { Change, Snapshot } from '../../../model/schema.ts';
import type { Address, Server } from '../../../model/server.ts';
import { unitsToApply } from '../../../postgres/apply/apply.ts';
import { batchesOf } from '../../../postgres/batches.ts';
import { type ClusterGuard, openGuard } from '../../../postgres/cluster/guard.ts';
import { type Connection, connect } from '../../../postgres/connect.ts';
import { diffSnapshots } from '../../../postgres/diff.ts';
import { execute, StatementFailed } from '../../../postgres/execute.ts';
import { limited } from '../../../postgres/limit.ts';
import { freshSession, replay } from '../../../postgres/replay.ts';
import { createScratch } from '../../../postgres/scratch.ts';
import { makeSchemas, onPath } from '../../../postgres/search-path.ts';
import { takeSnapshot } from '../../../postgres/snapshot/snapshot.ts';
import type { PlanInput } from '../../plan/input.ts';
import { parted } from '../../plan/interrupted.ts';
import { gone, type Made, made, nameOf, type Place, rewritten, type Storage, storageOf } from './storage.ts';

/** A way back as it was tried when only a part of the way up had been gone. */
export interface Trial {
  /** So many statements of the migration were committed. */
  readonly done: number;
  /** What these had changed. */
  readonly changes: readonly Change[];
  /** What these had made that may hold what others write. */
  readonly made: readonly Made[];
  /** Why the way back is not to be gone from there, as the end of a sentence; absent where it is good. */
  readonly against?: string;
}

type Input = Pick<PlanInput, 'tool' | 'statementLimit' | 'signal' | 'progress'>;

/** What is tried, and on top of what. */
export interface Tried {
  readonly server: Server;
  readonly base: readonly Migration[];
  readonly migration: Migration;
  /** Of the sessions that it runs in, where it is not PostgreSQL's default. */
  readonly searchPath?: SearchPath;
}

/**
 * Tries a migration's way back from every place where its way up can stop: behind each of its transactions. Each time in
 * a database of its own, with empty tables.
 */
export async function trialsOf(input: Input, tried: Tried): Promise<Trial[]> {
  const trials: Trial[] = [];
  let done = 0;
  for (const { statements } of await unitsToApply(tried.migration)) {
    done += statements.length;
    input.progress.step(`trying the way back of ${tried.migration.id} behind ${done} of its statements`);
    trials.push(await trialAt(done, input, tried));
  }
  return trials;
}

async function trialAt(done: number, input: Input, { server, base, migration, searchPath }: Tried): Promise<Trial> {
  const { signal, progress, tool, statementLimit: seconds } = input;
  await using guard = await openGuard({ server, migrations: [...base, migration], signal, progress });
  await using scratch = await createScratch(server, { signal });
  const { address } = scratch;
  await using session = await connect(address, signal, { synchronous_commit: 'off', ...onPath(searchPath) });
  await makeSchemas(session, searchPath, [...base, migration]);
  const limit = { seconds, address };
  await replay(session, await guard.prepare(base), { fresh: tool.freshSession, limit });
  const before = await stateOf(address, signal);
  const [part] = await parted(migration, done);
  const walk = walker(guard.marking(session), guard, limit);
  const forth = await walk(part);
  const middle = await stateOf(address, signal);
  const tried = {
    done,
    changes: diffSnapshots(before.schema, middle.schema),
    made: made(before.storage, middle.storage),
  };
  if (forth) return { ...tried, against: `what is committed of it fails when it is tried: ${forth}` };
  const back = await walk(migration, migration.down);
  if (back) return { ...tried, against: `its down migration fails from there: ${back}` };
  const against = difference(before, middle, await stateOf(address, signal));
  return { ...tried, ...(against && { against }) };
}

/** Runs a script as a run of the tool would, in a session of its own; tells why it fails. */
function walker(session: Connection, { refusal }: ClusterGuard, limit: { seconds: number; address: Address }) {
  return async (migration: Migration, script = migration.up): Promise<string | undefined> => {
    await session.send(freshSession);
    const batches = await batchesOf(migration, script);
    for (const each of batches.flatMap(({ statements }) => statements)) {
      const why = refusal(each);
      if (why) return `line ${each.line} of ${each.path} is not run on this server: ${why}`;
    }
    try {
      await execute(session, batches, ({ sql }) => limited(session, limit, () => session.send(sql)));
      return undefined;
    } catch (error) {
      if (!(error instanceof StatementFailed)) throw error;
      const { path, line } = error.statement;
      return `line ${line} of ${path}: ${error.message}`;
    }
  };
}

interface State {
  readonly schema: Snapshot;
  readonly storage: Storage;
}

async function stateOf(address: Address, signal: AbortSignal): Promise<State> {
  await using session = await connect(address, signal);
  return { schema: await takeSnapshot(session), storage: await storageOf(session) };
}

/** What would be lost, or would not be as it was. A schema can be the same again when what was in it is not. */
function difference(before: State, middle: State, after: State): string | undefined {
  const taken = gone(before.storage, middle.storage);
  if (taken.length > 0)
    return `it has itself dropped ${names(taken)}, and a down migration does not bring back what was in it`;
  const renewed = gone(before.storage, after.storage);
  if (renewed.length > 0) return `its down migration drops ${names(renewed)}, which this run has not made`;
  const written = rewritten(middle.storage, after.storage).filter(({ key }) => before.storage.has(key));
  if (written.length > 0) return `its down migration writes ${names(written)} anew, which this run has not made`;
  if (before.schema.fingerprint === after.schema.fingerprint) return undefined;
  const [first] = diffSnapshots(before.schema, after.schema);
  const what = first ? `: the ${first.kind} ${first.id} is ${first.action}` : '';
  return `its down migration does not give the schema that was there before${what}`;
}

function names(places: readonly Place[]): string {
  return [...new Set(places.map(nameOf))].slice(0, 5).join(', ');
}

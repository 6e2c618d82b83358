import { WrongKey } from '../archive/age.ts';
import type { Drill } from '../model/backup.ts';
import { KnownError } from '../model/error.ts';
import type { Progress, Server } from '../model/server.ts';
import { type Store, StoreFailed } from '../model/store.ts';
import { damageIn, needAmcheck } from '../postgres/amcheck.ts';
import { SqlError } from '../postgres/connect.ts';
import { findClients } from '../postgres/dump/clients.ts';
import { ProgramFailed } from '../postgres/dump/program.ts';
import { brokenOff } from './backups/broken-off.ts';
import type { Backup } from './backups/catalog.ts';
import { drillKey } from './backups/keys.ts';
import { idOf } from './backups/pick.ts';
import { readBack, readBytes, readGlobals } from './backups/read-back.ts';
import { type Assertion, compare } from './backups/restored.ts';
import { majorOf, restoreToScratch } from './backups/scratch-restore.ts';
import { sealed, storedText } from './backups/seal.ts';

export interface VerifyInput {
  readonly store: Store;
  readonly backup: Backup;
  readonly depth: Drill['depth'];
  /** Asked for a server of the backup's major, for depth `restore`. */
  openServer(major: number): Promise<Server>;
  /** Connections to restore over. */
  readonly jobs: number;
  readonly clientFolder?: string;
  /** age secret keys. */
  readonly identities: readonly string[];
  readonly assertions: readonly Assertion[];
  /** Also looks for damaged indexes and tables. */
  readonly amcheck?: boolean;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * A drill: proves that a backup is what its manifest says, as deep as is asked, and writes the result beside the
 * manifest. A backup that is not is no error but a drill that failed. What keeps the drill itself from being held is an error
 * and no result: the backup may be as good as before.
 */
export async function verify(input: VerifyInput): Promise<Drill> {
  const { store, backup, depth, signal } = input;
  const startedAt = new Date();
  const found = await attempt(input);
  const drill: Drill = sealed({
    ...({ version: 1, lockkeeper: input.version, manifest: backup.key } as const),
    ...{ startedAt: startedAt.toISOString(), depth },
    outcome: found.problems.length > 0 ? 'failed' : 'passed',
    ...found,
  });
  await store.create(drillKey(backup.key, startedAt), storedText(drill), { signal }).catch((error: unknown) => {
    throw error instanceof KnownError ? unkept(drill, error) : error;
  });
  return drill;
}

function unkept({ outcome, problems }: Drill, cause: KnownError): KnownError {
  return new KnownError(`The drill ${outcome}, and that cannot be kept. ${cause.message}`, {
    reason: 'backup',
    help: [...problems, 'Nobody will know of it: make the store writable, and hold it again.'].join('\n'),
    cause,
  });
}

type Found = Pick<Drill, 'problems' | 'checked' | 'server' | 'restoreMilliseconds' | 'restored'>;

async function attempt(input: VerifyInput): Promise<Found> {
  try {
    return await drill(input);
  } catch (error) {
    if (input.signal.aborted) throw input.signal.reason;
    if (error instanceof StoreFailed) throw brokenOff(error, 'That says nothing about the backup.');
    const damage = error instanceof WrongKey ? await damageOf(input) : error;
    if (damage === undefined || !isOfBackup(damage)) throw unheld(error as Error);
    return { problems: [(damage as Error).message], checked: [] };
  }
}

/** What is wrong with the stored bytes, where they are not those that were written. */
async function damageOf({ store, backup: { manifest }, signal }: VerifyInput): Promise<unknown> {
  return await readBytes({ store, ...manifest, signal }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

function isOfBackup(error: unknown): boolean {
  if (error instanceof ProgramFailed) return !disturbed.test(error.message);
  if (error instanceof SqlError) return !/^(08|53|57)/.test(error.fault.sqlstate);
  return error instanceof KnownError && error.reason === 'backup';
}

/** What client programs say of a server that ends, cannot be reached, or has no room. */
const disturbed =
  /server closed the connection|terminating connection|connection to (the )?server .*(failed|lost)|could not connect|no space left on device|out of (shared )?memory|the database system is|too many (clients|connections)/i;

/** The drill could not be held. Errors that are no fault of ours are told as such. */
function unheld(error: Error): Error {
  if (error instanceof KnownError || !(error instanceof ProgramFailed || error instanceof SqlError)) return error;
  return new KnownError(`The drill was broken off: ${error.message}`, {
    reason: 'backup',
    help: 'That says nothing about the backup. See the message of PostgreSQL, and hold it again.',
    cause: error,
  });
}

async function drill(input: VerifyInput): Promise<Found> {
  const { store, backup, depth, identities, signal, progress } = input;
  const { manifest } = backup;
  if (depth !== 'restore') progress.step(`reading ${idOf(backup)}`);
  if (depth === 'bytes') {
    await readBytes({ store, ...manifest, signal });
    return { problems: [], checked: ['stored bytes'] };
  }
  if (depth === 'decode') {
    const clients = await findClients(Number.parseInt(manifest.dump.pgDump, 10), input.clientFolder, input);
    await readBack({ store, ...manifest, clients, identities, signal });
    return { problems: [], checked: ['stored bytes', 'decoding'] };
  }
  await readGlobals(manifest.globals, input);
  await using server = await input.openServer(majorOf(manifest));
  if (input.amcheck) await needAmcheck(server.address, signal);
  return await restoreAndCompare(input, server);
}

async function restoreAndCompare(input: VerifyInput, server: Server): Promise<Found> {
  const { backup, progress } = input;
  progress.step(`restoring ${idOf(backup)} on PostgreSQL ${server.version}`);
  await using copy = await restoreToScratch(backup.manifest, server, input);
  progress.step('comparing it with its manifest');
  const { problems, checked, restored } = await compare(copy.address, backup.manifest, input);
  const measured = { server: server.version, restoreMilliseconds: copy.milliseconds };
  const found = { problems, checked: ['restore', ...checked], ...measured, restored };
  if (!input.amcheck) return found;
  progress.step('looking through its indexes and tables');
  const damage = await damageIn(copy.address, input.signal);
  return { ...found, problems: [...problems, ...damage], checked: [...found.checked, 'amcheck'] };
}

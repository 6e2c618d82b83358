import { unpacked } from '../archive/unpack.ts';
import type { BackedUpServer, Drill, Manifest } from '../model/backup.ts';
import { KnownError } from '../model/error.ts';
import type { Address, Progress, Scratch, Server } from '../model/server.ts';
import type { Store } from '../model/store.ts';
import { connect, SqlError } from '../postgres/connect.ts';
import { type Clients, findClients } from '../postgres/dump/clients.ts';
import { contentsOf } from '../postgres/dump/contents.ts';
import { exportSnapshot } from '../postgres/dump/exported.ts';
import { ProgramFailed } from '../postgres/dump/program.ts';
import { clausesFor, createRoles, isMissingLocale, restoreDump } from '../postgres/dump/restore.ts';
import { createScratch } from '../postgres/scratch.ts';
import type { Backup } from './backups/catalog.ts';
import { differences } from './backups/compare.ts';
import { drillKey } from './backups/keys.ts';
import { idOf } from './backups/pick.ts';
import { readBack } from './backups/read-back.ts';

export interface VerifyInput {
  readonly store: Store;
  readonly backup: Backup;
  readonly depth: Drill['depth'];
  /** Asked for a server of the backup's major, for depth `restore`. */
  openServer(major: number): Promise<Server>;
  readonly clientFolder?: string;
  /** age secret keys. */
  readonly identities: readonly string[];
  /** Queries that must return no rows on the restored database. */
  readonly assertions: readonly { readonly path: string; readonly sql: string }[];
  readonly version: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * A drill: proves that a backup is what its manifest says, as deep as is asked, and writes the result beside the
 * manifest. A backup that is not is no error but a drill that failed.
 */
export async function verify(input: VerifyInput): Promise<Drill> {
  const { store, backup, depth, signal } = input;
  const startedAt = new Date();
  const found = await attempt(input);
  const drill: Drill = {
    ...{ version: 1, lockkeeper: input.version, manifest: backup.key, startedAt: startedAt.toISOString(), depth },
    outcome: found.problems.length > 0 ? 'failed' : 'passed',
    ...found,
  };
  const text = Buffer.from(`${JSON.stringify(drill, null, 2)}\n`);
  await store.create(drillKey(backup.key, startedAt), text, { signal });
  return drill;
}

type Found = Pick<Drill, 'problems' | 'checked' | 'server' | 'restoreMilliseconds'>;

async function attempt(input: VerifyInput): Promise<Found> {
  try {
    return await drill(input);
  } catch (error) {
    if (input.signal.aborted) throw input.signal.reason;
    const ofBackup = (error instanceof KnownError && error.reason === 'backup') || error instanceof ProgramFailed;
    if (!ofBackup && !(error instanceof SqlError)) throw error;
    return { problems: [(error as Error).message], checked: [] };
  }
}

async function drill(input: VerifyInput): Promise<Found> {
  const { store, backup, depth, identities, signal, progress } = input;
  const { manifest } = backup;
  const clients = await findClients(majorOf(manifest), input.clientFolder);
  if (depth !== 'restore') {
    progress.step(`reading ${idOf(backup)}`);
    const decoding = depth === 'decode';
    await readBack({ store, dump: manifest.dump, clients, decoding, identities, signal });
    return { problems: [], checked: depth === 'bytes' ? ['stored bytes'] : ['stored bytes', 'decoding'] };
  }
  await using server = await input.openServer(majorOf(manifest));
  return restoreAndCompare(input, server, clients);
}

async function restoreAndCompare(input: VerifyInput, server: Server, clients: Clients): Promise<Found> {
  const { backup, store, signal, progress } = input;
  const { dump, contents, server: origin } = backup.manifest;
  const started = performance.now();
  progress.step(`restoring ${idOf(backup)} on PostgreSQL ${server.version}`);
  await createRoles(server.address, contents.roles, signal);
  await using scratch = await scratchLike(server, origin, signal);
  const { address } = scratch;
  const content = unpacked(store.read(dump.key, signal), dump, input.identities);
  const format = dump.format === 'plain' ? 'plain' : 'custom';
  await restoreDump({ clients, address, content, format, signal });
  const restoreMilliseconds = Math.round(performance.now() - started);
  progress.step('comparing it with its manifest');
  await using snapshot = await exportSnapshot(address, signal);
  const problems = [
    ...differences(contents, await contentsOf(snapshot.session, countsOf(backup.manifest))),
    ...(await failedAssertions(address, input)),
  ];
  const checked = [
    'restore',
    'tables',
    'rows',
    'sequences',
    'extensions',
    'large objects',
    'schema',
    ...input.assertions.map(({ path }) => path),
  ];
  return { problems, checked, server: server.version, restoreMilliseconds };
}

async function scratchLike(server: Server, origin: BackedUpServer, signal: AbortSignal): Promise<Scratch> {
  const [same, otherLocale] = clausesFor(origin);
  return createScratch(server, { signal, like: same }).catch((error: unknown) => {
    if (!isMissingLocale(error)) throw error;
    return createScratch(server, { signal, like: otherLocale });
  });
}

async function failedAssertions(address: Address, { assertions, signal }: VerifyInput): Promise<string[]> {
  const failed: string[] = [];
  for (const { path, sql } of assertions) {
    await using session = await connect(address, signal);
    const rows = await session.query(sql).catch((error: unknown) => {
      if (!(error instanceof SqlError)) throw error;
      return error;
    });
    if (rows instanceof SqlError) failed.push(`${path} fails: ${rows.message}.`);
    else if (rows.length > 0) failed.push(`${path} returns ${rows.length} rows, and should return none.`);
  }
  return failed;
}

function countsOf({ contents }: Manifest): 'exact' | 'off' {
  return contents.tables.some(({ rows, estimated }) => rows !== undefined && !estimated) ? 'exact' : 'off';
}

function majorOf({ server }: Manifest): number {
  return Number(server.version.split('.')[0]);
}

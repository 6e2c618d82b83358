import type { BackedUpServer, Counts, Manifest, MigrationState } from '../../model/backup.ts';
import { countsOf } from '../../model/counts.ts';
import type { Address, Scratch, Server } from '../../model/server.ts';
import { connect, SqlError } from '../../postgres/connect.ts';
import { contentsOf } from '../../postgres/dump/contents.ts';
import { exportSnapshot } from '../../postgres/dump/exported.ts';
import { clausesFor, isMissingLocale } from '../../postgres/dump/restore.ts';
import { createScratch } from '../../postgres/scratch.ts';
import { differences } from './compare.ts';

/** A query that must return no rows on a restored database. */
export interface Assertion {
  readonly path: string;
  readonly sql: string;
}

interface CompareOptions {
  readonly assertions: readonly Assertion[];
  readonly signal: AbortSignal;
}

export interface Compared {
  /** Whole sentences; empty where all is as it was. */
  readonly problems: readonly string[];
  readonly checked: readonly string[];
  /** What is there. */
  readonly restored: Counts;
  /** Where the migration tools stand in it. */
  readonly migrations: readonly MigrationState[];
}

/** Compares a restored database with its manifest, where there is one, and asks the assertions. */
export async function compare(
  address: Address,
  manifest: Manifest | undefined,
  options: CompareOptions,
): Promise<Compared> {
  await using snapshot = await exportSnapshot(address, options.signal);
  const found = await contentsOf(snapshot.session, manifest ? countingOf(manifest) : 'off');
  return {
    problems: [
      ...(manifest ? differences(manifest.contents, found) : []),
      ...(await failedAssertions(address, options)),
    ],
    checked: [...(manifest ? compared : []), ...options.assertions.map(({ path }) => path)],
    restored: countsOf(found),
    migrations: found.migrations ?? [],
  };
}

const compared = ['tables', 'rows', 'sequences', 'extensions', 'large objects', 'schema'];

/** What is chosen when a database is created. */
export type Locale = Pick<BackedUpServer, 'encoding' | 'collate' | 'ctype'>;

/** An empty database like the one that was backed up, as far as is known; where the server lacks its locale, in C. */
export async function scratchLike(server: Server, origin: Locale | undefined, signal: AbortSignal): Promise<Scratch> {
  if (!origin) return createScratch(server, { signal });
  const [same, otherLocale] = clausesFor(origin);
  return createScratch(server, { signal, like: same }).catch((error: unknown) => {
    if (!isMissingLocale(error)) throw error;
    return createScratch(server, { signal, like: otherLocale });
  });
}

/** Who asks changes nothing of what was restored, and is told of rows that a policy hides. */
const onlyReading = { default_transaction_read_only: 'on', row_security: 'off', statement_timeout: '0' };

async function failedAssertions(address: Address, { assertions, signal }: CompareOptions): Promise<string[]> {
  const failed: string[] = [];
  for (const { path, sql } of assertions) {
    await using session = await connect(address, signal, onlyReading);
    const rows = await session.query(sql).catch((error: unknown) => {
      if (!(error instanceof SqlError)) throw error;
      return error;
    });
    if (rows instanceof SqlError) failed.push(`${path} fails: ${rows.message}.`);
    else if (rows.length > 0)
      failed.push(`${path} returns ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}, and should return none.`);
  }
  return failed;
}

function countingOf({ contents }: Manifest): 'exact' | 'off' {
  return contents.tables.some(({ rows, estimated }) => rows !== undefined && !estimated) ? 'exact' : 'off';
}

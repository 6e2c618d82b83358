import type { RestoredBeside } from '../../model/migrate-report.ts';
import type { Address, Server } from '../../model/server.ts';
import { connect } from '../../postgres/connect.ts';
import { quote } from '../../postgres/quote.ts';
import { urlOf } from '../../postgres/url.ts';
import type { BackupDone } from '../backup.ts';
import type { ScratchRestore } from '../backups/scratch-restore.ts';
import { sourceOf } from '../backups/source.ts';
import { restore } from '../restore.ts';

/** What is restored, and where. */
export interface Beside {
  readonly target: Address;
  readonly backup: BackupDone;
  readonly copies: ScratchRestore;
  /** The target's own server. */
  readonly server: Server;
  readonly now: Date;
}

/** Restores a backup into a new database beside its target, and compares it; throws what `restore` throws. The target is not touched. */
export async function restoreBeside({ target, backup, copies, server, now }: Beside): Promise<RestoredBeside> {
  const { store, jobs, clientFolder, identities, signal, progress } = copies;
  const { manifest, manifestKey: key } = backup;
  const name = await freeName(target, stamped(target.database, manifest.takenAt), signal);
  const { database, problems, checked, notes } = await restore({
    ...{ source: sourceOf({ key, manifest }, { store, identities, signal }), server, name, overwrite: false },
    ...{ withoutRoles: false, assertions: [], jobs, signal, progress, ...(clientFolder && { clientFolder }) },
    safetyBackup: () => Promise.reject(new Error('Nothing is restored over.')),
  });
  const aside = await freeName(target, stamped(`${target.database.slice(0, 33)}_failed`, now.toISOString()), signal);
  const { password: _, ...address } = target;
  return {
    ...{ database, problems, checked, notes, url: urlOf({ ...address, database }) },
    administration: urlOf({ ...address, database: target.database === 'postgres' ? 'template1' : 'postgres' }),
    switching: switchingTo(database, { database: target.database, aside }),
  };
}

/** `shop_20261121_020700`: at most 63 bytes, as PostgreSQL cuts longer names. */
function stamped(name: string, moment: string): string {
  const stamp = moment.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
  return `${cut(name, 40)}_${stamp}`;
}

/** So many bytes of UTF-8 at most, and no half character. */
function cut(name: string, bytes: number): string {
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}

/** The name, or the first of `name_2`, `name_3` … that no database has. */
async function freeName(target: Address, name: string, signal: AbortSignal): Promise<string> {
  await using session = await connect(target, signal);
  const rows = await session.query<{ name: string }>('SELECT datname::text AS name FROM pg_catalog.pg_database');
  const taken = new Set(rows.map((row) => row.name));
  for (let number = 2, free = name; ; number += 1) {
    if (!taken.has(free)) return free;
    free = `${name}_${number}`;
  }
}

/** The old one is kept: what was written to it since the backup is nowhere else. Who is on it must go before it is renamed. */
function switchingTo(restored: string, { database, aside }: { database: string; aside: string }): string[] {
  const literal = `'${database.replaceAll("'", "''")}'`;
  return [
    `ALTER DATABASE ${quote(database)} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${literal}`,
    `ALTER DATABASE ${quote(database)} RENAME TO ${quote(aside)}`,
    `ALTER DATABASE ${quote(restored)} RENAME TO ${quote(database)}`,
    `ALTER DATABASE ${quote(aside)} ALLOW_CONNECTIONS true`,
  ];
}

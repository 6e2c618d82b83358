import type { Manifest } from '../../model/backup.ts';
import { KnownError } from '../../model/error.ts';
import type { AppliedMigration, Rehearsed } from '../../model/migrate-report.ts';
import type { Server } from '../../model/server.ts';
import { openGuard } from '../../postgres/cluster/guard.ts';
import { connect } from '../../postgres/connect.ts';
import { journalTable } from '../../postgres/journal.ts';
import { freshSession } from '../../postgres/replay.ts';
import { schemaOf } from '../../postgres/target.ts';
import { majorOf, restoreToScratch, type ScratchRestore } from '../backups/scratch-restore.ts';
import type { MigrateInput } from '../migrate.ts';
import type { Planning } from '../plan.ts';
import { applyAll } from './apply-all.ts';
import { failureOf } from './failure.ts';
import { verification } from './verification.ts';

/** When what is pending is applied to the restored backup first; `auto`: where it is small enough to. */
export type When = 'auto' | 'always' | 'never';

/** The largest dump, in bytes before compression, that `auto` restores. */
const largest = 10e9;

/** Why it is not rehearsed; undefined where it is. Throws `KnownError` where it must be and cannot. */
export function reasonAgainst(when: When, { dump }: Manifest, identities: readonly string[]): string | undefined {
  if (when === 'never') return 'it was turned off for this run';
  const locked = dump.recipients !== undefined && identities.length === 0;
  if (locked && when === 'always')
    throw new KnownError('The backup is encrypted, and no key is there to rehearse on it.', {
      reason: 'refused',
      help: 'Give the secret key with `identity-file`, or leave `rehearse` at `auto`. Nothing was touched.',
    });
  if (locked) return 'the backup is encrypted, and no `identity-file` was given';
  if (when === 'auto' && dump.plain.bytes > largest) return 'the backup is larger than 10 GB';
  return undefined;
}

interface Rehearsal extends ScratchRestore {
  readonly input: MigrateInput;
  readonly planning: Planning;
  openServer(major: number): Promise<Server>;
}

/** Applies what is pending to the restored backup, as it would be to the target. What fails there never reaches the target. */
export async function rehearseOnBackup(manifest: Manifest, rehearsal: Rehearsal): Promise<Rehearsed> {
  const { progress, signal } = rehearsal;
  progress.step('restoring the backup to rehearse on it');
  await using server = await rehearsal.openServer(majorOf(manifest));
  await using guard = await openGuard({ server, migrations: rehearsal.planning.agenda.pending, signal, progress });
  await using copy = await restoreToScratch(manifest, server, rehearsal);
  const connection = await connect(copy.address);
  await using _closed = connection;
  const input = { ...rehearsal.input, target: copy.address };
  const before = await schemaOf(connection, [...input.tool.ledger.tables, journalTable]);
  const planning = { ...rehearsal.planning, before }; // renames are told by oids, which the copy has of its own
  const target = { session: guard.marking(connection), input, planning };
  const applied: AppliedMigration[] = [];
  const measured = { server: server.version, restoreMilliseconds: copy.milliseconds, applied };
  try {
    await applyAll(target, applied);
    await connection.send(freshSession);
    return { ...measured, verification: await verification(connection, input, planning) };
  } catch (error) {
    return { ...measured, failure: await failureOf(error, input, { planning, pid: connection.pid }, applied) };
  }
}

import { isLocked, type Manifest } from '../../model/backup.ts';
import { KnownError } from '../../model/error.ts';
import type { AppliedMigration, Rehearsed } from '../../model/migrate-report.ts';
import type { Server } from '../../model/server.ts';
import { freshSession } from '../../postgres/replay.ts';
import { ownTables, schemaOf } from '../../postgres/target.ts';
import type { ScratchRestore } from '../backups/scratch-restore.ts';
import type { Planning } from '../plan.ts';
import { applyAll } from './apply-all.ts';
import { failureOf } from './failure.ts';
import type { MigrateInput, When } from './input.ts';
import { type Copy, onCopy } from './on-copy.ts';
import { verification } from './verification.ts';

/** The largest dump, in bytes before compression, that `auto` restores. */
const largest = 10e9;

/** Why it is not rehearsed; undefined where it is. Throws `KnownError` where it must be and cannot. */
export function reasonAgainst(when: When, { dump }: Manifest, identities: readonly string[]): string | undefined {
  if (when === 'never') return 'it was turned off for this run';
  const locked = isLocked(dump, identities);
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
  const { agenda, plan } = rehearsal.planning;
  const { searchPath } = plan.target;
  const options = { ...rehearsal, migrations: agenda.pending, ...(searchPath && { searchPath }) };
  return onCopy(manifest, options, (copy) => rehearseOn(copy, rehearsal));
}

async function rehearseOn(copy: Copy, rehearsal: Rehearsal): Promise<Rehearsed> {
  const { session, address, server, milliseconds: restoreMilliseconds } = copy;
  const { progress: told } = rehearsal.input;
  const progress = { ...told, step: (text: string) => told.step(`on the restored backup: ${text}`) };
  const input = { ...rehearsal.input, target: address, progress };
  const before = await schemaOf(session, ownTables(input.tool.ledger, rehearsal.planning.standing.schema));
  const planning = { ...rehearsal.planning, before }; // renames are told by oids, which the copy has of its own
  const applied: AppliedMigration[] = [];
  const measured = { server, restoreMilliseconds, applied };
  try {
    await applyAll({ session: copy.marking, input, planning }, applied);
    await session.send(freshSession);
    return { ...measured, verification: await verification(session, input, planning) };
  } catch (error) {
    return { ...measured, failure: await failureOf(error, input, { planning, pid: session.pid }, applied) };
  }
}

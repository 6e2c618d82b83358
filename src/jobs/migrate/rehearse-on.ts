import { isLocked } from '../../model/backup.ts';
import { KnownError } from '../../model/error.ts';
import type { AppliedMigration } from '../../model/migrate-report.ts';
import type { FailureOnBackup, OnBackup } from '../../model/report.ts';
import type { Snapshot } from '../../model/schema.ts';
import type { Progress } from '../../model/server.ts';
import { type Connection, ConnectionLost, SqlError } from '../../postgres/connect.ts';
import { ProgramFailed } from '../../postgres/dump/program.ts';
import { schemaOf } from '../../postgres/target.ts';
import type { Backup } from '../backups/catalog.ts';
import { idOf } from '../backups/pick.ts';
import type { Subject } from '../check.ts';
import { interrupted } from '../plan/interrupted.ts';
import { recordsOf } from '../plan/records.ts';
import { applyAll } from './apply-all.ts';
import { failureOf } from './failure.ts';
import { type Copy, type CopyOptions, onCopy } from './on-copy.ts';
import { namesIn, redacted } from './redacted.ts';

export interface OnBackupInput extends Omit<CopyOptions, 'migrations'> {
  readonly backup: Backup;
  readonly subject: Subject;
  /** Schemas that were made from the files alone: the names in them may be told. */
  readonly seen: readonly Snapshot[];
}

/** On a copy nobody else works: a statement may take as long as it takes, and waits for no lock. In milliseconds. */
const limits = { lockTimeout: 10_000, lockWait: 10_000, statementTimeout: 0 };

/**
 * Applies to a restored backup what is pending there, which may be more than is checked, and tells how long it took or where it
 * failed. What is told holds no row and no value of the backup. Throws `KnownError` where it cannot be restored.
 */
export async function rehearsedOn(input: OnBackupInput): Promise<OnBackup> {
  const { backup, subject, signal } = input;
  refuseLocked(input);
  const migrations = subject.head.migrations;
  try {
    return await onCopy(backup.manifest, { ...input, migrations }, (copy) => onRows(copy, input));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (![ProgramFailed, SqlError, ConnectionLost].some((kind) => error instanceof kind)) throw error;
    const id = idOf(backup);
    throw new KnownError(`The backup ${id} cannot be rehearsed on.`, {
      reason: 'backup', // and no cause: it may quote rows
      help: `Why is not told here, as it may quote rows: \`lockkeeper verify --backup ${id}\` tells it where only you read it.`,
    });
  }
}

function refuseLocked({ backup, identities }: OnBackupInput): void {
  if (!isLocked(backup.manifest.dump, identities)) return;
  throw new KnownError(`The backup ${idOf(backup)} is encrypted, and no key is there to rehearse on it.`, {
    help: 'Give the secret key with `identity-file`.',
  });
}

async function onRows(copy: Copy, { backup, subject, seen, signal, progress }: OnBackupInput): Promise<OnBackup> {
  const { tool, head } = subject;
  const { manifest } = backup;
  const { standing, agenda, journal } = await recordsOf(copy.session, { tool, head });
  const taken = !standing.exists && (await hasTables(copy.session));
  const known = taken ? { ...agenda, applied: subject.base.migrations, pending: subject.pending } : agenda;
  const { row } = await interrupted(journal, known);
  const planning = {
    standing,
    agenda: known,
    plan: { digest: '' },
    ...(row && { interrupted: { row, leftovers: [] } }),
  };
  const input = { tool, head, target: copy.address, applying: limits, signal, progress: discreet(progress) };
  const applied: AppliedMigration[] = [];
  const facts = {
    ...{
      backup: idOf(backup),
      database: manifest.database,
      takenAt: manifest.takenAt,
      bytes: manifest.dump.plain.bytes,
    },
    ...{ server: copy.server, restoreMilliseconds: copy.milliseconds, applied },
  };
  if (known.pending.length === 0) return { outcome: 'nothing', ...facts };
  try {
    await applyAll({ session: copy.marking, input: { ...input, allow: [], about: {} }, planning }, applied);
    return { outcome: 'passed', ...facts };
  } catch (error) {
    const failure = await failureOf(error, input, { planning, pid: copy.session.pid }, applied);
    signal.throwIfAborted();
    return { outcome: 'failed', ...facts, failure: withoutRows(failure, namesIn(seen)) };
  }
}

/** Tables without one of the tool: what is applied there is what the check takes as applied. */
async function hasTables(session: Connection): Promise<boolean> {
  return (await schemaOf(session, [])).objects.some(({ kind }) => kind === 'table');
}

function withoutRows(failure: FailureOnBackup, names: ReadonlySet<string>): FailureOnBackup {
  const { migration, path, line, sqlstate, message, done, statements } = failure;
  return {
    ...{ migration, path, ...(line && { line }), ...(sqlstate && { sqlstate }), done, statements },
    message: redacted(message, sqlstate, names),
  };
}

/** Says which migration it is at, and nothing that comes from the database. */
function discreet(progress: Progress): Progress {
  return { step: (text) => text.startsWith('applying ') && progress.step(`${text} to the restored backup`) };
}

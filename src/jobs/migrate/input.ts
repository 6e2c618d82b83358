import type { OnFailure } from '../../model/migrate-report.ts';
import type { Server } from '../../model/server.ts';
import type { Limits } from '../../postgres/apply/limits.ts';
import type { Entry } from '../../postgres/journal.ts';
import type { BackupDone } from '../backup.ts';
import type { ScratchRestore } from '../backups/scratch-restore.ts';
import type { PlanInput } from '../plan/input.ts';
import type { Program } from './program.ts';

/** What to plan, and how it is carried out. */
export interface MigrateInput extends PlanInput {
  /** The digest that was approved; any where absent. */
  readonly approved?: string;
  /** Takes backups, which are read back, and rehearses on them; absent where backups are turned off. */
  readonly safety?: Safety;
  readonly applying: Limits;
  /** How long it is waited for others that migrate, in milliseconds. */
  readonly queue: number;
  readonly about: Pick<Entry, 'actor' | 'commit' | 'run' | 'reason'>;
  /** The tool's own program. */
  readonly asking?: Asking;
  /** What is done when it fails on the target; `stop` where absent. */
  readonly onFailure?: OnFailure;
  /** Is told when it is certain that something is to be applied: after the backup, if any, and before anything else. */
  begin?(about: { readonly digest: string; readonly backup?: string }): Promise<void>;
}

/** A backup before anything is touched, and what is done with it. */
export interface Safety {
  backup(reason: string): Promise<BackupDone>;
  readonly rehearse: When;
  readonly copies: ScratchRestore;
  /** The target's own server, to restore beside it. */
  openTarget(): Promise<Server>;
}

/** When what is pending is applied to the restored backup first; `auto`: where it is small enough to. */
export type When = 'auto' | 'always' | 'never';

/** The tool's own program, to be asked when all is applied. */
export interface Asking {
  /** Where it is; or why it is nowhere, as the end of a sentence. */
  readonly program: Program | string;
  /** The folder that paths of migrations start in, absolute: it is started there. */
  readonly root: string;
}

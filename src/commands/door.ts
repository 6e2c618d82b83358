import type { Host } from '../model/host.ts';
import type { Settings } from '../settings.ts';

/** What a command is run with. */
export interface Door {
  readonly settings: Settings;
  /** Words of the command that are there or not, without their dashes: `dry-run`. */
  readonly switches: ReadonlySet<string>;
  readonly host: Host;
  readonly signal: AbortSignal;
}

import type { Host } from '../model/host.ts';
import type { Settings } from '../settings.ts';

/** What a command is run with. */
export interface Door {
  readonly settings: Settings;
  readonly host: Host;
  readonly signal: AbortSignal;
}

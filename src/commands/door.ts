import { posix } from 'node:path';
import type { Host } from '../model/host.ts';
import type { Settings } from '../settings.ts';

/** What a command is run with. */
export interface Door {
  readonly settings: Settings;
  readonly host: Host;
  readonly signal: AbortSignal;
}

/** The working directory as comments are told apart by it: no `/` around it, empty for the repository's top. */
export function folderOf({ settings }: Pick<Door, 'settings'>): string {
  return posix.join('/', settings.workingDirectory).replace(/^\/|\/$/g, '');
}

import type { Door } from './commands/door.ts';
import { maskUrl } from './commands/mask.ts';
import type { CommandName } from './settings/commands.ts';

/** Each command is a file of its own, loaded only when it is asked for. */
const commands: Readonly<Record<CommandName, () => Promise<{ run(door: Door): Promise<number> }>>> = {
  check: () => import('./commands/check.ts'),
  comment: () => import('./commands/comment.ts'),
  tools: () => import('./commands/tools.ts'),
  init: () => import('./commands/init.ts'),
  plan: () => import('./commands/plan.ts'),
  migrate: () => import('./commands/migrate.ts'),
  history: () => import('./commands/history.ts'),
  backup: () => import('./commands/backup.ts'),
  backups: () => import('./commands/backups.ts'),
  verify: () => import('./commands/verify.ts'),
  restore: () => import('./commands/restore.ts'),
  prune: () => import('./commands/prune.ts'),
};

/** Runs a command. Resolves to the exit code. */
export async function run(command: CommandName, door: Door): Promise<number> {
  const { settings, host } = door;
  for (const url of [settings.serverUrl, settings.url]) if (url) maskUrl(url, host);
  for (const secret of [settings.githubToken, settings.pingUrl]) if (secret) host.mask(secret);
  return (await commands[command]()).run(door);
}

import type { Door } from './commands/door.ts';
import type { CommandName } from './help.ts';
import type { Host } from './model/host.ts';

/** Each command is a file of its own, loaded only when it is asked for. */
const commands: Readonly<Record<CommandName, () => Promise<{ run(door: Door): Promise<number> }>>> = {
  check: () => import('./commands/check.ts'),
  comment: () => import('./commands/comment.ts'),
  tools: () => import('./commands/tools.ts'),
  init: () => import('./commands/init.ts'),
};

/** Runs a command. Resolves to the exit code. */
export async function run(command: CommandName, door: Door): Promise<number> {
  const { settings, host } = door;
  if (settings.serverUrl) maskUrl(settings.serverUrl, host);
  if (settings.githubToken) host.mask(settings.githubToken);
  return (await commands[command]()).run(door);
}

function maskUrl(url: string, host: Host): void {
  const [, password] = /^[^:]+:\/\/[^/@]*?:([^@]+)@/.exec(url) ?? [];
  if (!password) return;
  host.mask(password);
  try {
    host.mask(decodeURIComponent(password));
  } catch {
    // not percent-encoded after all
  }
}

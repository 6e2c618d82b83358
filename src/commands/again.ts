import { definitionOf } from '../settings.ts';
import type { Door } from './door.ts';

/** What belongs to one run alone: what it wrote, what it was approved for, what it only showed. */
const once = ['plan', 'digest', 'allow', 'dry-run', 'sql', 'out', 'backup', 'store', 'rehearse'];

/** What means something on GitHub only, or is a file there. */
const onGitHub = ['comment', 'comment-id', 'deployment', 'identity-file'];

/**
 * The flags, or inputs of the action, of this run that another command takes as well, to be pasted behind its name.
 * Secrets are not among them.
 */
export function flagsFor(
  command: 'plan' | 'migrate' | 'restore',
  { host }: Door,
  more: readonly string[] = [],
): string[] {
  return host.given().flatMap(({ name, value, source }) => {
    const definition = definitionOf(name);
    const isOnce = (once.includes(name) && !more.includes(name)) || name.startsWith('report-');
    const isOurs = source.startsWith('--') || (source.startsWith('input ') && !onGitHub.includes(name));
    if (!isOurs || isOnce || definition?.type === 'secret' || !definition?.commands.includes(command)) return [];
    return definition.type === 'switch' ? [`--${name}`] : [`--${name}`, value.replaceAll('\n', ',')];
  });
}

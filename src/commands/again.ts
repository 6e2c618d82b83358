import { definitionOf } from '../settings.ts';
import type { Door } from './door.ts';

/** What belongs to one run alone: what it wrote, what it was approved for, what it only showed. */
const once = ['plan', 'allow', 'dry-run', 'sql', 'out', 'backup', 'store', 'rehearse'];

/** The flags of this run that another command takes as well, to be pasted behind its name. */
export function flagsFor(
  command: 'plan' | 'migrate' | 'restore',
  { host }: Door,
  more: readonly string[] = [],
): string[] {
  return host.given().flatMap(({ name, value, source }) => {
    const definition = definitionOf(name);
    const isOnce = (once.includes(name) && !more.includes(name)) || name.startsWith('report-');
    if (!source.startsWith('--') || isOnce || !definition?.commands.includes(command)) return [];
    return definition.type === 'switch' ? [`--${name}`] : [`--${name}`, value.replaceAll('\n', ',')];
  });
}

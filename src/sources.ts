import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFault, KnownError } from './model/error.ts';
import type { Given } from './model/given.ts';
import type { CommandName } from './settings/commands.ts';
import type { Definition } from './settings/definition.ts';
import { definitionOf, definitions } from './settings.ts';

/**
 * What was written on the command line: `--name value`, `--name=value`, and `--name` for a switch. Throws for words that are
 * neither. A flag that means nothing to the command would leave its reader in the belief that it did something.
 */
export function fromFlags(words: readonly string[], command?: CommandName): Given[] {
  const given: Given[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(words[index] as string) ?? [];
    if (!name)
      throw new KnownError(`\`${words[index]}\` is not understood.`, {
        help: 'Settings are written as --name value; see --help.',
      });
    const definition = definitionOf(name);
    const isSwitch = definition?.type === 'switch';
    const next = isSwitch || words[index + 1]?.startsWith('--') ? undefined : words[index + 1];
    const value = inline ?? next ?? (isSwitch ? 'true' : '');
    if (inline === undefined && next !== undefined) index += 1;
    const fault = value === '' ? 'needs a value.' : faultOf(definition, command);
    given.push({ name, value, source: `--${name}`, ...(fault && { fault }) });
  }
  return joinLists(given);
}

function faultOf(definition: Definition | undefined, command: CommandName | undefined): string | undefined {
  if (!definition || !command || definition.commands.includes(command)) return undefined;
  const others = definition.commands.map((each) => `\`${each}\``).join(', ');
  return `\`${command}\` does not take it, but ${others}.`;
}

/** The action's inputs, as the runner hands them over; inputs that are not set are empty. */
export function fromInputs(environment: NodeJS.ProcessEnv): Given[] {
  return Object.keys(definitions).flatMap((name) => {
    const value = environment[`INPUT_${name.toUpperCase().replaceAll(' ', '_')}`]?.trim();
    return value ? [{ name, value, source: `input ${name}` }] : [];
  });
}

/** `LOCKKEEPER_…`; unknown ones are named, as a misspelt one would be silent otherwise. */
export function fromEnvironment(environment: NodeJS.ProcessEnv): Given[] {
  return Object.entries(environment).flatMap(([variable, value]) => {
    if (!variable.startsWith('LOCKKEEPER_') || !value || variable.startsWith('LOCKKEEPER_TEST_')) return [];
    return [{ name: variable.slice('LOCKKEEPER_'.length).toLowerCase().replaceAll('_', '-'), value, source: variable }];
  });
}

/** lockkeeper.yml: one key a setting. A file that was asked for must be there. */
export async function fromFile(folder: string, file: string, asked: boolean): Promise<Given[]> {
  const path = join(folder, file);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !asked) return undefined;
    throw new KnownError(`The settings file cannot be read: ${fileFault(error)}.`, { place: { path } });
  });
  if (text === undefined) return [];
  const { settingsIn } = await import('./settings-file.ts');
  return settingsIn(text, path);
}

/** A list flag may be given several times. */
function joinLists(given: readonly Given[]): Given[] {
  const merged = new Map<string, Given>();
  for (const each of given) {
    const before = merged.get(each.name);
    const list = definitionOf(each.name)?.type === 'list';
    merged.set(each.name, before && list ? { ...before, value: `${before.value}\n${each.value}` } : each);
  }
  return [...merged.values()];
}

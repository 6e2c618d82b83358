import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KnownError } from './model/error.ts';
import type { Given } from './model/given.ts';
import { definitions } from './settings.ts';

/** What was written on the command line: `--name value`, `--name=value`. Throws for words that are neither. */
export function fromFlags(words: readonly string[]): Given[] {
  const given: Given[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(words[index] as string) ?? [];
    if (!name)
      throw new KnownError(`\`${words[index]}\` is not understood.`, {
        help: 'Settings are written as --name value; see --help.',
      });
    const value = inline ?? words[index + 1];
    if (inline === undefined) index += 1;
    if (value === undefined) throw new KnownError(`--${name} needs a value.`);
    given.push({ name, value, source: `--${name}` });
  }
  return joinLists(given);
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
  const text = await readFile(join(folder, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !asked) return undefined;
    throw new KnownError(`The settings file ${file} cannot be read: ${error.code}.`, { place: { path: file } });
  });
  if (text === undefined) return [];
  const { LineCounter, isMap, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error)
    throw new KnownError(`${file} is not valid YAML: ${error.message.split('\n')[0]}`, {
      place: { path: file, line: error.linePos?.[0].line ?? 1 },
    });
  if (document.contents === null) return [];
  if (!isMap(document.contents))
    throw new KnownError(`${file} must hold settings, one \`name: value\` a line.`, { place: { path: file, line: 1 } });
  return document.contents.items.map(({ key, value }) => {
    const node = key as { value?: unknown; range?: [number, number, number] };
    const plain = (value as { toJSON?(): unknown } | null)?.toJSON?.() ?? '';
    const line = lines.linePos(node.range?.[0] ?? 0).line;
    return {
      name: String(node.value),
      value: Array.isArray(plain) ? plain.join('\n') : String(plain),
      source: `${file}:${line}`,
    };
  });
}

/** A list flag may be given several times. */
function joinLists(given: readonly Given[]): Given[] {
  const merged = new Map<string, Given>();
  for (const each of given) {
    const before = merged.get(each.name);
    const list = (definitions as Record<string, { type: string }>)[each.name]?.type === 'list';
    merged.set(each.name, before && list ? { ...before, value: `${before.value}\n${each.value}` } : each);
  }
  return [...merged.values()];
}

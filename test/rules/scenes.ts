import { readdir, readFile } from 'node:fs/promises';
import type { Delivery, Migration } from '../../src/model/migration.ts';

/**
 * An example of a rule, told as a file `test/rules/<rule>/<name>.sql`:
 *
 *     -- scene: a foreign key that checks every row at once
 *     -- expect: add-fk-validating@2
 *     -- base
 *     CREATE TABLE customers (id bigint PRIMARY KEY);
 *     -- migration add_fk
 *     SET lock_timeout = '1s';
 *     ALTER TABLE …
 *
 * A file holds one or several scenes. `expect` names all findings of severity warning and error, and all of the rule
 * itself: `rule@line`, the line counted from the first below `-- migration`, or `rule@migration:line` where a scene has
 * several. Without `expect` nothing may be found. Further words of the header: `majors: 14-18`,
 * `protected: public.users`, `today: 2031-01-01`, `rows: 0` (how many each table gets). `says: …` are words that some finding
 * must contain, message and advice, `unsaid: …` words that none may; both may stand there several times. A migration runs as a plain SQL folder's would, or, as its line ends,
 * `(no transaction)`, `(in a transaction)`, `(one message)`. A base may have a name as well, `-- base 1`, and be `(gone)` at
 * the head or have another text there: `-- edited 1`. `-- down 1` is a migration's way back.
 */
export interface Scene {
  readonly title: string;
  /** SQL of base and migrations as the docs show it. */
  readonly text: string;
  readonly expected: readonly Expected[];
  readonly says: readonly string[];
  readonly unsaid: readonly string[];
  readonly base: readonly Migration[];
  readonly pending: readonly Migration[];
  readonly head: readonly Migration[];
  readonly majors: readonly [from: number, to: number];
  readonly protectedTables: readonly string[];
  readonly today: string;
  readonly rows: number;
}

interface Expected {
  readonly rule: string;
  readonly migration: string;
  readonly line: number;
}

/** The rules that have examples. */
export async function rulesWithScenes(): Promise<string[]> {
  const entries = await readdir(new URL('.', import.meta.url), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** The examples of a rule, in the order of files and scenes; none where there is no folder. */
export async function readScenes(rule: string): Promise<Scene[]> {
  const folder = new URL(`${rule}/`, import.meta.url);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.sql')).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return texts.flatMap((text) => text.split(/^(?=-- scene:)/m).filter((part) => part.trim() !== '')).map(sceneOf);
}

const section = /^-- (base|migration|edited|down)(?: ([\w-]+))?(?: \(([\w ]+)\))?$/gm;

/** Reads one scene. */
export function sceneOf(text: string): Scene {
  const marks = [...text.matchAll(section)];
  const start = marks[0]?.index ?? text.length;
  const header = headerOf(text.slice(0, start));
  const parts = marks.map(({ index, 0: line, 1: kind = '', 2: id = 'base', 3: how = '' }, position) => {
    return { kind, id, how, text: text.slice(index + line.length + 1, marks[position + 1]?.index) };
  });
  const [from = '12', to = from] = header.get('majors')?.split('-') ?? ['12', '99'];
  const history = historyOf(parts);
  return {
    title: header.get('scene') ?? '',
    text: text.slice(start).trim(),
    expected: listOf(header.get('expect')).map((each) => expectedOf(each, history.pending)),
    says: linesOf(text.slice(0, start), 'says'),
    unsaid: linesOf(text.slice(0, start), 'unsaid'),
    ...history,
    majors: [Number(from), Number(to)],
    protectedTables: listOf(header.get('protected')),
    today: header.get('today') ?? '2030-01-01',
    rows: Number(header.get('rows') ?? 5),
  };
}

function headerOf(text: string): ReadonlyMap<string, string> {
  const lines = [...text.matchAll(/^-- (scene|expect|majors|protected|today|rows): (.+)$/gm)];
  return new Map(lines.map(([, word = '', value = '']) => [word, value.trim()]));
}

function linesOf(text: string, word: string): string[] {
  return [...text.matchAll(/^-- (says|unsaid): (.+)$/gm)].flatMap(([, key, value = '']) =>
    key === word ? [value.trim()] : [],
  );
}

function listOf(text: string | undefined): string[] {
  return text?.split(/\s*,\s*/).filter((each) => each !== 'none') ?? [];
}

function expectedOf(text: string, pending: readonly Migration[]): Expected {
  const [, rule, migration, line] = /^([a-z0-9-]+)@(?:([\w-]+):)?(\d+)$/.exec(text) ?? [];
  const id = migration ?? (pending.length === 1 ? pending[0]?.id : undefined);
  if (rule === undefined || id === undefined)
    throw new Error(`Cannot read "${text}": write rule@line or rule@migration:line.`);
  return { rule, migration: id, line: Number(line) };
}

const deliveries: Readonly<Record<string, Delivery>> = {
  'no transaction': 'statement',
  'in a transaction': 'wrapped',
  'one message': 'message',
};

interface Part {
  readonly kind: string;
  readonly id: string;
  readonly how: string;
  readonly text: string;
}

/** Sections stand in the order in which the tool applies them at the head. */
function historyOf(parts: readonly Part[]): Pick<Scene, 'base' | 'pending' | 'head'> {
  const textOf = (kind: string, id: string) => parts.find((part) => part.kind === kind && part.id === id)?.text;
  const read = ({ id, how, text }: Part): Migration => {
    const down = textOf('down', id);
    const migration = toMigration(id, text, deliveries[how] ?? 'lenient');
    return down === undefined ? migration : { ...migration, down: { ...migration.up, text: down } };
  };
  const base = parts.filter(({ kind }) => kind === 'base');
  const pending = parts.filter(({ kind }) => kind === 'migration');
  const head = parts.filter(({ kind, how }) => (kind === 'base' && how !== 'gone') || kind === 'migration');
  return {
    base: base.map(read),
    pending: pending.map(read),
    head: head.map((part) => read({ ...part, text: textOf('edited', part.id) ?? part.text })),
  };
}

/** A migration as if read from a file. */
export function toMigration(id: string, text: string, delivery: Delivery): Migration {
  const path = `migrations/${id}.sql`;
  const up = { path, text, messages: text.trim() === '' ? [] : [{ start: 0, end: text.length }], delivery };
  return { id, name: `${id}.sql`, path, hash: id, up };
}

import { KnownError } from '../../model/error.ts';
import type { SourceFile, Span } from '../../model/migration.ts';
import { parseStatements, unparsed } from '../../postgres/parse.ts';
import { lineAt } from './lines.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** What PostgreSQL does not understand, and only `psql` or the program around the migrations would make SQL of. */
interface Suspect {
  readonly kind: 'command' | 'variable' | 'template' | 'marker' | 'copy';
  readonly offset: number;
  /** As it is written. */
  readonly text: string;
}

/** One pattern finds all of them in one pass; most files have none, and are not looked at any closer. */
const patterns =
  /(?<copy>\bfrom\s+stdin\b)|(?<command>\\(?:\w+|\S))|(?<variable>(?<!:):(?:[a-z_]\w*|'\w+'|"\w+"|\{\?\w+\}))|(?<template>\{\{.*?\}\})|(?<marker>\/\*\s*TEMPLATE\b.*?\*\/)/gi;

/** Which pieces of the text each kind counts in: elsewhere it is ordinary SQL. */
const whereItCounts: Readonly<Record<Suspect['kind'], Piece['kind']>> = {
  command: 'code',
  variable: 'code',
  template: 'code',
  copy: 'code',
  marker: 'string', // between two tokens it is a comment
};

/** Throws `KnownError` with place and remedy for the first thing in the messages that PostgreSQL would not understand. */
export async function refuseClientOnly(file: SourceFile, messages: readonly Span[]): Promise<void> {
  for (const span of messages) {
    const [first] = await withoutSql(file, span, suspects(file.text.slice(span.start, span.end)));
    if (first) throw refusal(file, span.start + first.offset, first);
  }
}

/** A colon before a name is SQL in an array slice and in JSON constructors: there PostgreSQL's parser decides. */
async function withoutSql(file: SourceFile, span: Span, found: readonly Suspect[]): Promise<readonly Suspect[]> {
  if (!found.some(({ kind }) => kind === 'variable')) return found;
  const statements = await parseStatements({ migration: '', path: file.path, text: file.text }, span);
  return found.filter(({ kind, offset }) => {
    const around = statements.findLast((statement) => statement.offset <= span.start + offset);
    return kind !== 'variable' || around === undefined || around.kind === unparsed;
  });
}

function suspects(text: string): Suspect[] {
  const matches = [...text.matchAll(patterns)];
  if (matches.length === 0) return [];
  const pieces = piecesOf(text);
  let at = 0;
  return matches.flatMap(({ index, groups = {}, 0: found }) => {
    const kind = kindOf(groups);
    while ((pieces[at]?.end ?? text.length) <= index) at += 1;
    if (pieces[at]?.kind !== whereItCounts[kind] || (kind === 'copy' && !isInCopy(text, index))) return [];
    return [{ kind, offset: index, text: found }];
  });
}

function isInCopy(text: string, index: number): boolean {
  return /\bcopy\b/i.test(text.slice(text.lastIndexOf(';', index) + 1, index));
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Suspect['kind'] {
  const kinds = Object.keys(whereItCounts) as Suspect['kind'][];
  return kinds.find((kind) => groups[kind] !== undefined) ?? 'command';
}

function refusal(file: SourceFile, offset: number, { kind, text }: Suspect): KnownError {
  const [message, help] = sayings[kind](text);
  return new KnownError(message, { help, place: { path: file.path, line: lineAt(file.text, offset) } });
}

const sayings: Readonly<Record<Suspect['kind'], (text: string) => readonly [message: string, help: string]>> = {
  command: (text) => [
    `${text} is a command of psql, not SQL.`,
    remedies[text] ?? 'Take it out, or write SQL that does the same.',
  ],
  variable: (text) => [
    `${text} is a variable that psql or another program fills in; PostgreSQL does not know it.`,
    'Write the value itself. What differs between environments belongs outside the migrations.',
  ],
  template: (text) => [
    `${text} is a template that another program fills in; PostgreSQL does not know it.`,
    'Write the value itself, or point the setting `migrations` to the files as they are after filling in.',
  ],
  marker: (text) => [
    `${text} stands inside a string, where it is no comment: another program replaces it, PostgreSQL takes it literally.`,
    'Point the setting `migrations` to the files as they are after filling in.',
  ],
  copy: () => [
    'COPY … FROM stdin takes its rows from psql, not from SQL.',
    'Write the rows as INSERT; pg_dump does with --rows-per-insert=1000. A dump of the schema alone (--schema-only) has none.',
  ],
};

const remedies: Readonly<Record<string, string>> = {
  '\\i': 'Copy the SQL of that file into this one.',
  '\\ir': 'Copy the SQL of that file into this one.',
  '\\include': 'Copy the SQL of that file into this one.',
  '\\c': 'Take it out: a migration runs in one database.',
  '\\connect': 'Take it out: a migration runs in one database.',
  '\\set': 'Write the value itself where the variable is used.',
  '\\copy': 'Write the rows as INSERT.',
  '\\gexec': 'Run the generated statements with EXECUTE in a DO block.',
  '\\restrict': 'Take it out: psql alone reads it, and this tool sends the file to PostgreSQL as it is.',
  '\\unrestrict': 'Take it out: psql alone reads it, and this tool sends the file to PostgreSQL as it is.',
};

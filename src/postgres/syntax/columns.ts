import type { Node } from '@pgsql/types';
import type { Statement } from '../../model/statement.ts';
import { type AlterCommand, alterText } from './alter-table.ts';
import { read, strings } from './node.ts';
import { isWord, tokensOf } from './text.ts';

/** The type's own name, as the parser has it: `int4`, `json`, `bigserial`. */
export function typeName({ column }: AlterCommand): string {
  return strings(column?.typeName?.names).at(-1) ?? '';
}

/** The type as it is written, of ADD COLUMN or ALTER COLUMN TYPE. */
export function typeText(command: AlterCommand, statement: Statement): string {
  const text = textOf(command, statement);
  return wordsFrom(text, command.type === 'AT_AlterColumnType' ? afterWord(text, 'TYPE') : afterName(text));
}

/** The default as it is written; empty where there is none. */
export function defaultText(command: AlterCommand, statement: Statement): string {
  const text = textOf(command, statement);
  const from = afterWord(text, 'DEFAULT');
  return from === 0 ? '' : wordsFrom(text, from);
}

function textOf(command: AlterCommand, statement: Statement): string {
  return alterText(statement)?.commands[command.index] ?? '';
}

/** Behind a key word that follows the column's name. */
function afterWord(text: string, word: string): number {
  const name = afterName(text) - 1;
  return tokensOf(text).findIndex((token, index) => index > name && isWord(token, word)) + 1;
}

/** Behind `ADD [COLUMN] [IF NOT EXISTS] name` or `ALTER [COLUMN] name`. */
function afterName(text: string): number {
  const tokens = tokensOf(text);
  let at = isWord(tokens[1], 'COLUMN') ? 2 : 1;
  if (isWord(tokens[at], 'IF')) at += 3;
  return at + 1;
}

/** What may follow a column's type or default. */
const next =
  /^(NOT|NULL|DEFAULT|PRIMARY|UNIQUE|CHECK|REFERENCES|GENERATED|CONSTRAINT|COLLATE|STORAGE|COMPRESSION|USING)$/i;

/** Up to the next such word outside brackets. */
function wordsFrom(text: string, from: number): string {
  const tokens = tokensOf(text);
  let depth = 0;
  let end = from;
  for (; end < tokens.length; end += 1) {
    const word = tokens[end]?.text ?? '';
    if (end > from && depth === 0 && next.test(word)) break;
    depth += Number(word === '(' || word === '[') - Number(word === ')' || word === ']');
  }
  return text.slice(tokens[from]?.start ?? 0, tokens[end - 1]?.end ?? 0);
}

/** Whether an expression is nothing but this column. */
export function isColumn(expression: Node | undefined, name: string): boolean {
  return strings(read(expression, 'ColumnRef')?.fields).at(-1) === name;
}

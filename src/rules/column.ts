import type { Statement } from '../model/statement.ts';
import { type AlterCommand, alterText, columnConstraints } from '../postgres/syntax/alter-table.ts';
import { strings } from '../postgres/syntax/node.ts';
import { tokensOf } from '../postgres/syntax/text.ts';

/** What an added column brings that may cost a rewrite. */
export function addedKind(command: AlterCommand): 'serial' | 'identity' | 'generated' | 'volatile default' | 'plain' {
  if (/^(small|big)?serial\d?$/.test(typeName(command))) return 'serial';
  const types = columnConstraints(command).map(({ contype }) => contype);
  if (types.includes('CONSTR_IDENTITY')) return 'identity';
  if (types.includes('CONSTR_GENERATED')) return 'generated';
  return types.includes('CONSTR_DEFAULT') ? 'volatile default' : 'plain';
}

/** The type's own name, as the parser has it: `int4`, `json`, `bigserial`. */
export function typeName(command: AlterCommand): string {
  return strings(command.column?.typeName?.names).at(-1) ?? '';
}

/** The type as it is written. */
export function typeText(command: AlterCommand, statement: Statement): string {
  const text = textOf(command, statement);
  const [, type] = /\bTYPE\s+([\s\S]+?)(?:\s+(?:USING|COLLATE)\b[\s\S]*)?$/i.exec(text) ?? [];
  if (command.type === 'AT_AlterColumnType' && type) return type.trim();
  return wordsFrom(
    text,
    afterName(text),
    /^(NOT|NULL|DEFAULT|PRIMARY|UNIQUE|CHECK|REFERENCES|GENERATED|CONSTRAINT|COLLATE|STORAGE|COMPRESSION)$/i,
  );
}

/** The expression behind DEFAULT, as it is written. */
export function defaultText(command: AlterCommand, statement: Statement): string {
  const text = textOf(command, statement);
  const tokens = tokensOf(text);
  const at = tokens.findIndex((token) => token.text.toUpperCase() === 'DEFAULT');
  return at < 0 ? '' : wordsFrom(text, at + 1, /^(NOT|PRIMARY|UNIQUE|CHECK|REFERENCES|GENERATED|CONSTRAINT)$/i);
}

function textOf(command: AlterCommand, statement: Statement): string {
  return alterText(statement)?.commands[command.index] ?? '';
}

/** Behind `ADD [COLUMN] [IF NOT EXISTS] name`. */
function afterName(text: string): number {
  const words = tokensOf(text).map((token) => token.text.toUpperCase());
  let at = words[1] === 'COLUMN' ? 2 : 1;
  if (words[at] === 'IF') at += 3;
  return at + 1;
}

function wordsFrom(text: string, from: number, stop: RegExp): string {
  const tokens = tokensOf(text);
  let end = from;
  while (end < tokens.length && !(stop.test(tokens[end]?.text ?? '') && end > from)) end += 1;
  return text.slice(tokens[from]?.start ?? 0, tokens[end - 1]?.end ?? 0);
}

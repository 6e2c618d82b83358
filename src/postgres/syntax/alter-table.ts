import type { AlterTableCmd, AlterTableType, Constraint } from '@pgsql/types';
import type { Statement } from '../../model/statement.ts';
import { nameOf, type WrittenName } from './names.ts';
import { type NodeOf, read, readAll } from './node.ts';
import { isWord, type Token, tokensOf, topLevelCommas } from './text.ts';

/** One action of an ALTER TABLE. */
export interface AlterCommand {
  readonly type: AlterTableType;
  /** Its place among the statement's actions, from 0. */
  readonly index: number;
  /** Column or constraint it names; for ADD COLUMN see `column`, for ADD CONSTRAINT see `constraint`. */
  readonly name: string | undefined;
  /** The column that ADD COLUMN adds, or the type that ALTER COLUMN … TYPE gives. */
  readonly column: NodeOf<'ColumnDef'> | undefined;
  /** What ADD CONSTRAINT adds. */
  readonly constraint: Constraint | undefined;
  readonly node: AlterTableCmd;
}

/** The table (view, index, sequence …) that an ALTER names, and its actions. Empty for other statements. */
export function alterCommands(statement: Statement, ...types: readonly AlterTableType[]): AlterCommand[] {
  return readAll(read(statement.node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').flatMap((node, index) => {
    const type = node.subtype;
    if (type === undefined || (types.length > 0 && !types.includes(type))) return [];
    const column = read(node.def, 'ColumnDef');
    return [
      { type, index, name: node.name ?? column?.colname, column, constraint: read(node.def, 'Constraint'), node },
    ];
  });
}

/** The name that an ALTER TABLE writes. */
export function alteredTable(statement: Statement): WrittenName {
  return nameOf(read(statement.node, 'AlterTableStmt')?.relation);
}

/** Constraints that ADD COLUMN gives its column, with the column. */
export function columnConstraints(command: AlterCommand): Constraint[] {
  return readAll(command.column?.constraints, 'Constraint');
}

/** An ALTER TABLE's text in pieces. */
export interface AlterText {
  /** `ALTER TABLE ONLY shop.orders`, as written. */
  readonly head: string;
  /** One for each action, as written. */
  readonly commands: readonly string[];
}

/** Takes the text apart at the commas between its actions. Undefined where the pieces are not those of the parse tree. */
export function alterText(statement: Statement): AlterText | undefined {
  const tokens = tokensOf(statement.sql);
  const first = firstCommand(tokens);
  const commas = topLevelCommas(tokens, first);
  const starts = [first, ...commas.map((index) => index + 1)];
  const commands = starts.map((start, index) =>
    textBetween(statement.sql, tokens, start, commas[index] ?? tokens.length),
  );
  const count = read(statement.node, 'AlterTableStmt')?.cmds?.length;
  if (count !== commands.length || commands.includes('')) return undefined;
  return { head: textBetween(statement.sql, tokens, 0, first), commands };
}

/** The statement with other text for some of its actions, by their index. Empty text leaves an action out. */
export function withCommands({ head, commands }: AlterText, replaced: ReadonlyMap<number, string>): string {
  const all = commands.map((command, index) => replaced.get(index) ?? command).filter((command) => command !== '');
  return all.length === 0 ? '' : `${head} ${all.join(', ')};`;
}

/** The text of ADD COLUMN without these of its column's constraints; undefined where the text cannot be taken apart. */
export function withoutConstraints(
  statement: Statement,
  command: AlterCommand,
  dropped: readonly Constraint[],
): string | undefined {
  const text = alterText(statement)?.commands[command.index];
  if (text === undefined) return undefined;
  const start = statement.sql.indexOf(text);
  const places = placesOf(statement);
  const clauses = columnConstraints(command).filter(({ contype }) => !contype?.startsWith('CONSTR_ATTR'));
  const bounds = [...clauses.map(({ location }) => location), command.column?.collClause?.location]
    .flatMap((location) => (location === undefined ? [] : places(location) - start))
    .sort((a, b) => a - b);
  let rest = text;
  for (const { location } of dropped.toSorted((a, b) => (b.location ?? 0) - (a.location ?? 0))) {
    const from = places(location ?? 0) - start;
    const to = bounds.find((bound) => bound > from) ?? text.length;
    rest = `${rest.slice(0, from)}${rest.slice(to)}`;
  }
  return rest.trimEnd();
}

/** The parser counts UTF-8 bytes from the start of the message; the table's name is in both. */
function placesOf(statement: Statement): (location: number) => number {
  const tokens = tokensOf(statement.sql);
  const name = tokens[nameToken(tokens)]?.start ?? 0;
  const known = read(statement.node, 'AlterTableStmt')?.relation?.location ?? 0;
  const bytes = Buffer.from(statement.sql);
  const origin = Buffer.byteLength(statement.sql.slice(0, name)) - known;
  return (location) => bytes.subarray(0, location + origin).toString().length;
}

/** Where the name stands: behind `ALTER TABLE [IF EXISTS] [ONLY]`. */
function nameToken(tokens: readonly Token[]): number {
  let at = tokens.findIndex((token) => isWord(token, 'TABLE')) + 1;
  if (isWord(tokens[at], 'IF')) at += 2;
  return isWord(tokens[at], 'ONLY') ? at + 1 : at;
}

/** Where the actions begin: behind `schema.name [*]`. */
function firstCommand(tokens: readonly Token[]): number {
  let at = nameToken(tokens) + 1;
  while (tokens[at]?.text === '.') at += 2;
  return tokens[at]?.text === '*' ? at + 1 : at;
}

function textBetween(sql: string, tokens: readonly Token[], from: number, to: number): string {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first && last && from < to ? sql.slice(first.start, last.end) : '';
}

import type { Node } from '@pgsql/types';
import type { Routine } from '../../model/schema.ts';
import { parsePlPgSQLSync } from '../grammar.ts';
import { createdFunction, parsed, parsedAll } from './functions.ts';
import { read, readAll } from './node.ts';
import { tokensOf } from './text.ts';

/** What a routine says in a body that PostgreSQL keeps as text, and looks at only when it is called. */
export interface Body {
  /** Queries and expressions, each as a statement of its own. */
  readonly queries: readonly Node[];
  /** Names of parameters and variables. */
  readonly variables: ReadonlySet<string>;
  /** Types of variables as declared: `orders.total%TYPE`. */
  readonly types: readonly string[];
  /** It also runs text that it puts together itself, of which nothing is known. */
  readonly opaque: boolean;
}

/** The body of a routine in SQL or PL/pgSQL; undefined for other languages and bodies that PostgreSQL keeps parsed. */
export function bodyOf({ language, definition, body }: Routine): Body | undefined {
  if (body === '') return undefined;
  if (language === 'sql')
    return {
      queries: parsedAll(body),
      variables: new Set(createdFunction(parsed(definition))?.names),
      types: [],
      opaque: false,
    };
  return language === 'plpgsql' ? plpgsqlBody(definition) : undefined;
}

/** The body of a CREATE FUNCTION, CREATE PROCEDURE or DO in PL/pgSQL; undefined where its parser refuses it. */
export function plpgsqlBody(definition: string): Body | undefined {
  const found: Found = { queries: [], variables: new Set(), types: [], opaque: false };
  try {
    visit(parsePlPgSQLSync(definition), found);
  } catch {
    return undefined; // older majors let pass what PostgreSQL 18's parser refuses
  }
  return found;
}

interface Found {
  readonly queries: Node[];
  readonly variables: Set<string>;
  readonly types: string[];
  opaque: boolean;
}

/** Goes through PL/pgSQL's parse tree, whose nodes have no types: expressions, names and types are kept as text. */
function visit(value: unknown, found: Found): void {
  if (typeof value !== 'object' || value === null) return;
  const { query, parseMode, refname, typname, PLpgSQL_stmt_dynexecute: dynamic } = value as Record<string, unknown>;
  if (dynamic) noteDynamic(dynamic as Execute, found);
  if (typeof query === 'string') found.queries.push(...parsedAll(asStatement(query, Number(parseMode ?? 0))));
  if (typeof refname === 'string') found.variables.add(refname);
  if (typeof typname === 'string') found.types.push(typname);
  for (const each of Object.values(value)) visit(each, found);
}

function noteDynamic(dynamic: Execute, found: Found): void {
  const queries = parsedAll(constantOf(dynamic.query?.PLpgSQL_expr?.query ?? ''));
  found.queries.push(...queries);
  if (queries.length === 0) found.opaque = true;
}

interface Execute {
  readonly query?: { readonly PLpgSQL_expr?: { readonly query?: string } };
}

/** What EXECUTE runs, where it is written out as one string; otherwise nothing is known of it. */
function constantOf(expression: string): string {
  const target = readAll(read(parsed(`SELECT ${expression}`), 'SelectStmt')?.targetList, 'ResTarget')[0];
  return read(target?.val, 'A_Const')?.sval?.sval ?? '';
}

/** PL/pgSQL parses statements (0), expressions (2) and assignments (3 and up): enum RawParseMode of its source. */
function asStatement(text: string, mode: number): string {
  if (mode === 0) return text;
  return `SELECT ${mode === 2 ? text : assignmentAsList(text)}`;
}

/** `NEW.total := 5` as `NEW.total , 5`. */
function assignmentAsList(text: string): string {
  const sign = tokensOf(text).find((token) => token.text === ':=' || token.text === '=');
  return sign ? `${text.slice(0, sign.start)},${text.slice(sign.end)}` : text;
}

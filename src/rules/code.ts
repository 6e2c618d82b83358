import type { Node } from '@pgsql/types';
import type { StatementFacts, World } from '../model/rule.ts';
import type { Routine } from '../model/schema.ts';
import type { Statement } from '../model/statement.ts';
import { bodyOf, plpgsqlBody } from '../postgres/syntax/bodies.ts';
import { createdFunction, parsed, parsedAll } from '../postgres/syntax/functions.ts';
import { read, readAll, strings } from '../postgres/syntax/node.ts';

/** What code says that a statement runs: a DO block, functions and procedures, also those that they call. */
export interface Code {
  readonly queries: readonly Node[];
  /** Some of it cannot be read: text that is put together while it runs, other languages. */
  readonly opaque: boolean;
}

/** The query that EXECUTE runs, and where it was prepared. */
export function preparedBy({ statement, index }: StatementFacts, { statements }: World): StatementFacts | undefined {
  const name = read(statement.node, 'ExecuteStmt')?.name;
  if (name === undefined) return undefined;
  return statements.slice(0, index).findLast((each) => read(each.statement.node, 'PrepareStmt')?.name === name);
}

/** The code that a statement runs, as it stood then. */
export function codeOf(facts: StatementFacts, world: World): Code {
  const block = facts.statement.kind === 'DoStmt' ? blockOf(facts.statement) : undefined;
  const first = block ?? { queries: [(preparedBy(facts, world) ?? facts).statement.node], opaque: false };
  const parts = [first];
  const known = new Set<string>();
  for (const part of parts) {
    for (const name of part.queries.flatMap(calledIn)) {
      if (known.has(name)) continue;
      known.add(name);
      parts.push(...routines(name, facts, world));
    }
  }
  return { queries: parts.flatMap(({ queries }) => queries), opaque: parts.some(({ opaque }) => opaque) };
}

const unreadable: Code = { queries: [], opaque: true };

function blockOf({ node, sql }: Statement): Code {
  const language = readAll(read(node, 'DoStmt')?.args, 'DefElem').find(({ defname }) => defname === 'language');
  const name = read(language?.arg, 'String')?.sval ?? 'plpgsql';
  return (name.toLowerCase() === 'plpgsql' ? plpgsqlBody(sql) : undefined) ?? unreadable;
}

/** All routines by that name: those that earlier pending statements created, and those of the base. */
function routines(name: string, { index }: StatementFacts, { statements, before }: World): Code[] {
  const created = statements.slice(0, index).flatMap(({ statement }) => {
    return createdFunction(statement.node)?.name.name === name ? [createdCode(statement)] : [];
  });
  const old = before.objects.filter((each): each is Routine => each.kind === 'function' && each.name === name);
  return [...created, ...old.map(routineCode)];
}

function routineCode(routine: Routine): Code {
  const body = bodyOf(routine);
  if (body) return body;
  const standard = routine.language === 'sql' ? parsed(routine.definition) : undefined;
  return standard ? { queries: [standard], opaque: false } : unreadable;
}

function createdCode({ node, sql }: Statement): Code {
  const created = read(node, 'CreateFunctionStmt');
  const option = (name: string) => readAll(created?.options, 'DefElem').find(({ defname }) => defname === name)?.arg;
  const language = (read(option('language'), 'String')?.sval ?? 'sql').toLowerCase();
  if (language === 'plpgsql') return plpgsqlBody(sql) ?? unreadable;
  if (language !== 'sql') return unreadable;
  const [text] = strings(read(option('as'), 'List')?.items);
  return { queries: text === undefined ? [node] : parsedAll(text), opaque: false };
}

/** Names of functions and procedures that a query calls. */
function calledIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { funcname } = value as { funcname?: Node[] };
  const own = Array.isArray(funcname) ? strings(funcname).slice(-1) : [];
  return [...own, ...Object.values(value).flatMap(calledIn)];
}

import type { Problem, World } from '../model/rule.ts';
import { mentions } from '../postgres/syntax/text.ts';

/** The last pending statement that names one of these, or else the last of all; undefined where none was run. */
export function lastNaming(names: readonly string[], { statements }: World): Problem['place'] {
  const naming = statements.findLast(({ statement }) => names.some((name) => mentions(statement.sql, name)));
  const { migration, path, line } = (naming ?? statements.at(-1))?.statement ?? {};
  return migration === undefined || path === undefined || line === undefined ? undefined : { migration, path, line };
}

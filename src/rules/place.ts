import type { Problem, World } from '../model/rule.ts';
import type { Constraint } from '../model/schema.ts';
import type { Statement } from '../model/statement.ts';
import { mentions } from '../postgres/syntax/text.ts';
import { adderOf } from './created.ts';

/**
 * The last pending statement that names one of these and does what is spoken of; where none does so in words, the last
 * that names one, or else the last of all. Undefined where none was run.
 */
export function lastNaming(
  names: readonly string[],
  { statements }: World,
  does: (statement: Statement) => boolean = () => true,
): Problem['place'] {
  const naming = statements.filter(({ statement }) => names.some((name) => mentions(statement.sql, name)));
  const found = naming.findLast(({ statement }) => does(statement)) ?? naming.at(-1) ?? statements.at(-1);
  return found && placeOf(found.statement);
}

/** Where a new constraint is written down; as well as it can be told where a DO block or the like adds it. */
export function placeOfConstraint(constraint: Constraint, world: World): Problem['place'] {
  const { name, columns } = constraint;
  const adder = adderOf(constraint, world);
  return adder ? placeOf(adder.statement) : lastNaming([name, ...columns], world);
}

function placeOf({ migration, path, line }: Statement): Problem['place'] {
  return { migration, path, line };
}

import type { Statement } from '../model/statement.ts';
import { addedConstraints } from '../postgres/syntax/constraints.ts';
import { read } from '../postgres/syntax/node.ts';

/**
 * What NOT VALID would do about rows that violate what a statement adds, by the error's SQLSTATE; undefined where the
 * statement adds nothing that can be NOT VALID: it validates, writes rows, or attaches a partition.
 */
export function notValidHelps(statement: Statement, sqlstate: string): string | undefined {
  const types = addedConstraints(statement).filter(({ inline }) => inline === undefined);
  const adds = (type: string) => statement.kind === 'AlterTableStmt' && types.some((each) => each.type === type);
  const domain = read(read(statement.node, 'AlterDomainStmt')?.def, 'Constraint');
  if (sqlstate === '23514' && (adds('CONSTR_CHECK') || domain?.contype === 'CONSTR_CHECK'))
    return 'NOT VALID adds the check without looking at old rows.';
  if (sqlstate === '23503' && adds('CONSTR_FOREIGN'))
    return 'NOT VALID adds the foreign key without looking at old rows.';
  return undefined;
}

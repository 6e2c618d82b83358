import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import type { Statement } from '../../model/statement.ts';
import { type AlterCommand, alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { read } from '../../postgres/syntax/node.ts';
import { costs, observedAlter } from '../observed.ts';
import { laterInTransaction } from '../transaction.ts';

export const rule: Rule = {
  id: 'disable-trigger',
  severity: 'warning',
  what: 'Triggers of a table that is in use are disabled, or those of all tables for a session whose session_replication_role is replica.',
  why: 'DISABLE TRIGGER ALL switches foreign keys off as well: what is written meanwhile is never checked. Writes wait until the transaction ends. A notice where the same transaction enables them again.',
  instead:
    'Enable them again in the same transaction, disable by name only what must be, and check the rows afterwards.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, DISABLE TRIGGER',
    'pg-migration-lint: PGM020',
    'pgfence: enable-disable-trigger',
  ],
  statement: {
    kinds: ['AlterTableStmt', 'VariableSetStmt'],
    check(facts, world) {
      if (setsReplica(facts.statement)) return [forSession(facts, world)];
      const seen = observedAlter(facts, world);
      const disabled = alterCommands(facts.statement, 'AT_DisableTrig', 'AT_DisableTrigAll', 'AT_DisableTrigUser');
      const [first] = disabled;
      if (!seen || !first) return [];
      const back = isUndone(facts, world);
      const until = back ? 'until the transaction enables them again, and writes wait that long' : 'from then on';
      return [
        {
          message: told(disabled, seen.table.name, until),
          ...costs(seen),
          severity: back ? 'notice' : 'warning',
        },
      ];
    },
  },
};

const role = 'session_replication_role';

function setsReplica({ node }: Statement): boolean {
  const set = read(node, 'VariableSetStmt');
  const value = read(set?.args?.[0], 'A_Const')?.sval?.sval;
  return set?.name?.toLowerCase() === role && value?.toLowerCase() === 'replica';
}

/** Whatever else the session writes until it sets the role back is not checked. */
function forSession({ statement, index }: StatementFacts, { statements }: World): Problem {
  const later = statements
    .slice(index + 1)
    .find((each) => read(each.statement.node, 'VariableSetStmt')?.name?.toLowerCase() === role);
  const local = read(statement.node, 'VariableSetStmt')?.is_local === true;
  const until = later ? `line ${later.statement.line} sets it back` : `the ${local ? 'transaction' : 'session'} ends`;
  const message = `Foreign keys and triggers of all tables do nothing until ${until}: what is written meanwhile is never checked.`;
  return { message, severity: later || local ? 'notice' : 'warning' };
}

/** USER means all but those that PostgreSQL made itself, for foreign keys and the like. */
function told(disabled: readonly AlterCommand[], table: string, until: string): string {
  const types = disabled.map(({ type }) => type);
  if (types.includes('AT_DisableTrigAll')) return `Foreign keys and triggers of ${table} do nothing ${until}.`;
  if (types.includes('AT_DisableTrigUser'))
    return `All triggers of ${table} do nothing ${until}; its foreign keys still hold.`;
  return `Triggers (${disabled.flatMap(({ name }) => name ?? []).join(', ')}) of ${table} do nothing ${until}.`;
}

/** A later statement of the same transaction enables triggers of the table again. */
function isUndone(facts: StatementFacts, world: World): boolean {
  const { schema, name } = alteredTable(facts.statement);
  return laterInTransaction(facts, world).some(({ statement }) => {
    const table = alteredTable(statement);
    const enables = alterCommands(statement, 'AT_EnableTrig', 'AT_EnableTrigAll', 'AT_EnableTrigUser').length > 0;
    return enables && table.name === name && table.schema === schema;
  });
}

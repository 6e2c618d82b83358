import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { droppedOnTable } from '../dropped.ts';
import { inUse } from '../in-use.ts';
import { costs, observed } from '../observed.ts';

export const rule: Rule = {
  id: 'rls-and-policies',
  severity: 'notice',
  what: 'Row level security of a table that is in use is switched, or its policies change.',
  why: 'Who may see and change which rows is different afterwards. Switched on without a policy, nobody but the owner sees any row.',
  instead:
    'Have somebody look at it who knows who may see what; create the policies before row level security is switched on.',
  sources: ['PostgreSQL documentation, 5.9 "Row Security Policies"', 'stripe/pg-schema-diff: AUTHZ_UPDATE'],
  statement: {
    kinds: ['CreatePolicyStmt', 'AlterPolicyStmt', 'DropStmt', 'AlterTableStmt'],
    check(facts, world) {
      const { node } = facts.statement;
      const policy = read(node, 'CreatePolicyStmt') ?? read(node, 'AlterPolicyStmt');
      const dropped = droppedOnTable(facts, objectsOf(world.before, 'policy').values(), world);
      if (dropped) return [problem(dropped.table, `the policy ${dropped.object.name} is dropped`, facts, world)];
      const change = policy ? `the policy ${policy.policy_name}` : switched(facts);
      const table = change && inUse(facts, nameOf(policy?.table ?? read(node, 'AlterTableStmt')?.relation));
      return table ? [problem(table, change, facts, world)] : [];
    },
  },
};

function problem(table: Relation, change: string, facts: StatementFacts, world: World): Problem {
  const seen = costs(observed(table, facts, world));
  if (alterCommands(facts.statement, 'AT_EnableRowSecurity').length > 0 && !hasPolicy(table, world)) {
    const message = `Row level security without a policy hides all rows of ${table.name} from everybody but its owner.`;
    return { message, ...seen, severity: 'warning', instead: { text: 'Create the policies in the same transaction.' } };
  }
  return { message: `Who may see or change rows of ${table.name} is different afterwards: ${change}.`, ...seen };
}

function switched({ statement }: StatementFacts): string | undefined {
  const [command] = alterCommands(statement, ...(Object.keys(switches) as (keyof typeof switches)[]));
  return command && switches[command.type as keyof typeof switches];
}

const switches = {
  AT_EnableRowSecurity: 'row level security is switched on',
  AT_DisableRowSecurity: 'row level security is switched off, and all rows are there for all who may read the table',
  AT_ForceRowSecurity: 'row level security holds for the owner too',
  AT_NoForceRowSecurity: 'row level security no longer holds for the owner',
} as const;

function hasPolicy({ oid }: Relation, { after }: World): boolean {
  const table = [...objectsOf(after, 'table').values()].find((each) => each.oid === oid)?.id;
  return [...objectsOf(after, 'policy').values()].some((policy) => policy.table === table);
}

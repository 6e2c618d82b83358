import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { type AlterCommand, alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { costs, observedAlter } from '../observed.ts';
import { laterInTransaction } from '../transaction.ts';

export const rule: Rule = {
  id: 'disable-trigger',
  severity: 'warning',
  what: 'Triggers of a table that is in use are disabled.',
  why: 'DISABLE TRIGGER ALL switches foreign keys off as well: what is written meanwhile is never checked. Writes wait until the transaction ends. A notice where the same transaction enables them again.',
  instead:
    'Enable them again in the same transaction, disable by name only what must be, and check the rows afterwards.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, DISABLE TRIGGER',
    'pg-migration-lint: PGM020',
    'pgfence: enable-disable-trigger',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
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

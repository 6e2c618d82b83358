import type { Relation } from '../model/observation.ts';
import type { StatementFacts } from '../model/rule.ts';
import { alteredTable } from '../postgres/syntax/alter-table.ts';
import type { WrittenName } from '../postgres/syntax/names.ts';

/** The relation a name meant, where people use it already: it was there before the first pending migration. */
export function inUse(facts: StatementFacts, { schema, name }: WrittenName): Relation | undefined {
  const relation = facts.relation(schema, name);
  return relation?.atBase ? relation : undefined;
}

/** The table that an ALTER TABLE alters, where people use it already. */
export function alteredInUse(facts: StatementFacts): Relation | undefined {
  return inUse(facts, alteredTable(facts.statement));
}

import type { Instead } from '../../model/finding.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { addedColumns } from '../column.ts';
import { demandsOf, domainOf } from '../domain.ts';
import { costs } from '../observed.ts';
import { changesTimeZone, onlyWidens, type Retyped, retypedColumns } from '../retyped.ts';
import { swapColumn } from '../swap-column.ts';

export const rule: Rule = {
  id: 'type-rewrite',
  severity: 'error',
  what: 'A column gets another type that its stored values do not have, so that every row is converted.',
  why: 'The whole table and its indexes are rewritten while nobody can read or write it. A longer varchar, varchar to text, or more digits in a numeric cost nothing.',
  instead: 'Add a column of the new type, keep both in step, fill it in batches, and let it take the name.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, Notes',
    'strong_migrations: change_column',
    'eugene: E5',
    'pg-migration-lint: PGM007',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const [first, ...more] = causes(facts, world);
      if (!first || first.observed.rewritten.length === 0) return [];
      const { observed } = first;
      const changes = [first, ...more].map(changeOf);
      return [
        {
          message: `Changing ${changes.join(', ')} rewrites ${observed.rewritten.join(', ')} and all indexes.`,
          ...costs(observed),
          instead: insteadOf(first, more.length, world),
        },
      ];
    },
  },
};

function changeOf({ name, from, to }: Retyped): string {
  if (from === to) return `the values of ${name}`;
  return `${name} ${from ? `from ${from} ` : ''}to ${to}`;
}

function insteadOf(first: Retyped, more: number, world: World): Instead {
  const { name, from, command } = first;
  const domain = domainOf(command, world);
  if (domain && (domain.checks.length > 0 || domain.notNull)) {
    const column = domain.type === from ? `Leave ${name} as ${from}` : `Take ${domain.type} by way of a second column`;
    return {
      text: `A column cannot become of the domain ${domain.name} without a rewrite, nor can a new one. ${column}, and ${demandsOf(domain, name).join('; ')}.`,
    };
  }
  const migrations = more === 0 ? swapColumn(first, world) : undefined;
  return {
    text: migrations
      ? 'A second column is kept in step by a trigger, filled in batches, and takes the name in one short transaction.'
      : `Add a column of the new type beside ${name}, keep it in step by a trigger, fill it in batches, build what depends on ${name} for it, then swap the names in one short transaction.`,
    ...(migrations && { migrations }),
  };
}

/** The changes that the rewrite was for: those that are not free, unless nothing else explains it. */
function causes(facts: StatementFacts, world: World): Retyped[] {
  const changed = retypedColumns(facts, world).filter((each) => !changesTimeZone(each));
  const costly = changed.filter((each) => !onlyWidens(each));
  const [first] = changed;
  const others =
    first && addedColumns(facts, world, first.observed).some(({ kind }) => !['plain', 'virtual'].includes(kind));
  return costly.length > 0 || others ? costly : changed;
}

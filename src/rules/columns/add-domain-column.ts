import type { Rule } from '../../model/rule.ts';
import { type AddedColumn, rewritingColumns } from '../column.ts';
import { demandsOf } from '../domain.ts';
import { costs } from '../observed.ts';

export const rule: Rule = {
  id: 'add-domain-column',
  severity: 'error',
  what: 'A column is added whose type is a domain with a CHECK, or with a default that is computed for each row.',
  why: 'PostgreSQL rewrites the whole table for it, even where the column has no default.',
  instead: 'Give the column the base type, and add the check as NOT VALID, to be validated afterwards.',
  sources: ['PostgreSQL source, tablecmds.c, ATExecAddColumn; measured on 12 to 18'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      return rewritingColumns(facts, world, 'domain').map((column) => ({
        message: `Adding ${column.name} of the domain ${column.domain?.name} rewrites ${column.observed.rewritten.join(', ')}, as PostgreSQL tries the domain on every row.`,
        ...costs(column.observed),
        instead: { text: insteadOf(column) },
      }));
    },
  },
};

function insteadOf({ name, domain, default: value }: AddedColumn): string {
  const inherits = value === '' && domain?.default !== undefined;
  const parts = [
    `Add ${name} as ${domain?.type}`,
    ...(domain ? demandsOf(domain, name) : []),
    ...(inherits ? [`give it the default ${domain.default} afterwards, and fill old rows in batches`] : []),
  ];
  return `${parts.join('; ')}.`;
}

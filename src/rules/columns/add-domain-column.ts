import type { Rule } from '../../model/rule.ts';
import { rewritingColumns } from '../column.ts';
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
      return rewritingColumns(facts, world, 'domain').map(({ name, domain, observed }) => ({
        message: `Adding ${name} of the domain ${domain?.name} rewrites ${observed.rewritten.join(', ')}, as PostgreSQL tries the domain on every row.`,
        ...costs(observed),
        instead: {
          text: `Add ${name} as ${domain?.type}; give the table ${domain?.checks.join(' and ') || 'the default'} with NOT VALID, and validate it in a later migration.`,
        },
      }));
    },
  },
};

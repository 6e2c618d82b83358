import type { Rule } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { sqlName } from '../effect.ts';

export const rule: Rule = {
  id: 'detach-not-concurrent',
  severity: 'warning',
  what: 'A partition is detached without CONCURRENTLY, or dropped while attached.',
  why: 'The partitioned table, and a default partition, are locked against reads and writes.',
  instead: 'DETACH PARTITION … CONCURRENTLY from PostgreSQL 14 on (not with a default partition), then drop the table.',
  sources: ['PostgreSQL documentation, ALTER TABLE, DETACH PARTITION', 'squawk require-concurrent-partition-detach'],
  statement: {
    kinds: ['AlterTableStmt', 'DropStmt'],
    check(facts, { before, major }) {
      const tables = objectsOf(before, 'table');
      const detached =
        alterCommands(facts.statement, 'AT_DetachPartition').length > 0 || facts.statement.kind === 'DropStmt';
      const locked = facts.observation.locks.filter(
        ({ mode, kind, atBase }) => mode === 'AccessExclusiveLock' && kind === 'partitioned table' && atBase,
      );
      const dropped = new Set(locked.map(({ relation }) => relation));
      const parents = [...dropped].filter((id) =>
        facts.observation.locks.some(({ relation }) => tables.get(relation)?.parents.includes(id)),
      );
      if (!detached || parents.length === 0) return [];
      return parents.map((parent) => ({
        message: `${facts.statement.kind === 'DropStmt' ? 'Dropping' : 'Detaching'} the partition locks ${parent} against reads and writes.`,
        relations: [parent],
        blocking: { what: 'reads and writes', during: 'moment' },
        instead: {
          text:
            major >= 14
              ? `ALTER TABLE ${sqlName(parent)} DETACH PARTITION … CONCURRENTLY, outside a transaction; not possible with a default partition.`
              : 'Set a short lock_timeout and try again when it fails.',
        },
      }));
    },
  },
};

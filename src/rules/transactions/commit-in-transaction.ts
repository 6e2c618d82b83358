import type { Rule } from '../../model/rule.ts';
import { read } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'commit-in-transaction',
  severity: 'warning',
  what: 'A migration that its tool runs in a transaction ends that transaction itself, with COMMIT or ROLLBACK.',
  why: 'What comes behind it runs without one, statement by statement; the tool’s own record of the migration is no longer part of it.',
  instead: 'Leave transactions to the tool, or tell the tool to run this migration without one.',
  sources: ['PostgreSQL documentation, COMMIT and ROLLBACK', 'squawk: transaction-nesting'],
  statement: {
    kinds: ['TransactionStmt'],
    check({ statement }, world) {
      const end = ends[read(statement.node, 'TransactionStmt')?.kind ?? ''];
      const wrapped = world.pending.find(({ id }) => id === statement.migration)?.up.delivery === 'wrapped';
      if (!end || !wrapped) return [];
      return [
        {
          message: `${end.word} ends the transaction that the tool opened: ${end.effect}, and what follows is not undone when it fails.`,
          instead: {
            text: `Leave it out. Where a statement must run outside a transaction: ${world.outsideTransaction}`,
          },
        },
      ];
    },
  },
};

const ends: Readonly<Record<string, { readonly word: string; readonly effect: string }>> = {
  TRANS_STMT_COMMIT: { word: 'COMMIT', effect: 'everything before it stays' },
  TRANS_STMT_ROLLBACK: { word: 'ROLLBACK', effect: 'everything before it is undone' },
};

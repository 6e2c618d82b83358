import { KnownError } from '../../model/error.ts';
import type { Batch, Statement } from '../../model/statement.ts';
import { controlsTransaction } from '../outside.ts';

/**
 * Statements that are committed together: a transaction, or one statement outside any. What failed of a unit is as if it
 * had never run, so a unit, and nothing smaller, can be tried again.
 */
export interface Unit {
  readonly transaction: boolean;
  /** What opens the transaction: the script's own BEGIN with its options, or ours. */
  readonly begin: string;
  /** Without BEGIN and COMMIT. */
  readonly statements: readonly Statement[];
  /** What ends it: COMMIT, or what the script says. */
  readonly end: string;
}

/**
 * Parts a script where its transactions end, as PostgreSQL would (documentation, 55.2.2.1): BEGIN inside a transaction
 * goes on with it, COMMIT and ROLLBACK outside do nothing. Throws `KnownError` for a transaction that the script opens and
 * never ends.
 */
export function unitsOf(batches: readonly Batch[]): Unit[] {
  return batches.flatMap(unitsIn);
}

interface Open {
  readonly begin: string;
  readonly statements: Statement[];
  /** The script's own BEGIN, also one that came when the transaction was open already. */
  own?: Statement;
}

const fresh = (): Open => ({ begin: 'BEGIN', statements: [] });

function unitsIn({ block, statements }: Batch): Unit[] {
  const units: Unit[] = [];
  let open: Open | undefined = block === 'explicit' ? fresh() : undefined;
  for (const statement of statements) {
    if (begins(statement)) {
      open ??= { begin: statement.sql, statements: [] };
      open.own = statement;
    } else if (controlsTransaction(statement)) {
      if (open) units.push(...closed(open, endOf(statement)));
      open = open && chains(statement) ? { ...open, statements: [] } : undefined;
    } else if (open) open.statements.push(statement);
    // what follows in the same message is a transaction again
    else if (block === 'implicit') open = { ...fresh(), statements: [statement] };
    else units.push({ transaction: false, begin: '', statements: [statement], end: '' });
  }
  if (open?.own && block !== 'explicit') throw neverEnded(open.own);
  return open ? [...units, ...closed(open, 'COMMIT')] : units;
}

/** Whether it does nothing but set the session's parameters, which last as long as the session. */
export function isSetting({ statements }: Unit): boolean {
  return statements.every(({ kind }) => kind === 'VariableSetStmt');
}

function closed({ begin, statements }: Open, end: string): Unit[] {
  return statements.length === 0 ? [] : [{ transaction: true, begin, statements, end }];
}

function begins({ node }: Statement): boolean {
  return 'TransactionStmt' in node && /_(BEGIN|START)$/.test(node.TransactionStmt.kind ?? '');
}

/** COMMIT however it is written, so that one sees what is one; what AND CHAIN begins is a unit of its own. */
function endOf({ node, sql }: Statement): string {
  if (!('TransactionStmt' in node)) return sql;
  const { kind, chain } = node.TransactionStmt;
  if (kind === 'TRANS_STMT_COMMIT') return 'COMMIT';
  return chain ? 'ROLLBACK' : sql;
}

function chains({ node }: Statement): boolean {
  return 'TransactionStmt' in node && node.TransactionStmt.chain === true;
}

function neverEnded({ path, line }: Statement): KnownError {
  return new KnownError('The transaction that begins here is never committed: the end of the session takes it back.', {
    place: { path, line },
    help: 'Add the missing COMMIT, or leave BEGIN out.',
  });
}

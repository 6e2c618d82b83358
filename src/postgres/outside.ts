import type { AlterTableStmt, DefElem, IndexStmt, Node } from '@pgsql/types';
import type { Statement } from '../model/statement.ts';
import { read, readAll } from './syntax/node.ts';
import { tokensOf } from './syntax/text.ts';

/**
 * Whether PostgreSQL refuses the statement inside a transaction block (error 25001, `PreventInTransactionBlock` in its
 * source; documentation, the notes of each command). Told from the parse tree; see `mayCommit` for what depends on the
 * catalog or on a body.
 */
export function mustRunOutside(statement: Statement): boolean {
  const check = checks[statement.kind];
  return check?.(Object.values(statement.node)[0] as never) ?? false;
}

/**
 * Whether a statement may commit by itself, which PostgreSQL refuses inside a transaction block only when it comes to it
 * (2D000, 25001). Procedures may (documentation, 43.8), and so may code that is run on the spot where it says so or calls
 * one; what it runs by EXECUTE may not (measured on 12 to 18). REINDEX and CLUSTER commit behind each partition of a
 * partitioned table, and that a name means one shows only when they run.
 */
export function mayCommit({ kind, node }: Statement): boolean {
  if (['CallStmt', 'ReindexStmt', 'ClusterStmt'].includes(kind)) return true;
  const options = readAll(read(node, 'DoStmt')?.args, 'DefElem');
  const [body = '', language = 'plpgsql'] = ['as', 'language'].map(
    (name) => read(options.find(({ defname }) => defname === name)?.arg, 'String')?.sval,
  );
  return language === 'plpgsql' ? endsTransaction(body) : /\b(commit|rollback)\b/i.test(body);
}

/** Whether a part of what a statement does may be there when it fails, so that it is not to be run a second time unseen. */
export function mayLeavePart(statement: Statement): boolean {
  return ['CallStmt', 'DoStmt'].includes(statement.kind) && mayCommit(statement); // the others do the same again
}

/** Whether PL/pgSQL has COMMIT, ROLLBACK or CALL where a statement begins. */
function endsTransaction(body: string): boolean {
  const words = tokensOf(body).map(({ text }) => text.toUpperCase());
  return words.some(
    (word, index) =>
      ['COMMIT', 'ROLLBACK', 'CALL'].includes(word) &&
      [';', 'BEGIN', 'THEN', 'ELSE', 'LOOP', '>>'].includes(words[index - 1] ?? ''),
  );
}

/** BEGIN, COMMIT, ROLLBACK and their kin, but not savepoints, which live inside a block. */
export function controlsTransaction(statement: Statement): boolean {
  if (!('TransactionStmt' in statement.node)) return false;
  return !/SAVEPOINT|TRANS_STMT_ROLLBACK_TO|TRANS_STMT_RELEASE/.test(statement.node.TransactionStmt.kind ?? '');
}

const checks: Readonly<Record<string, (node: never) => boolean>> = {
  IndexStmt: (node: IndexStmt) => node.concurrent === true,
  DropStmt: (node: { concurrent?: boolean }) => node.concurrent === true,
  ReindexStmt: (node: { kind?: string; params?: Node[] }) =>
    flag(node.params, 'concurrently') || !/_(TABLE|INDEX)$/.test(node.kind ?? ''),
  VacuumStmt: (node: { is_vacuumcmd?: boolean }) => node.is_vacuumcmd === true,
  ClusterStmt: (node: { relation?: object }) => node.relation === undefined,
  AlterTableStmt: detachesConcurrently,
  CreatedbStmt: () => true,
  DropdbStmt: () => true,
  AlterDatabaseStmt: (node: { options?: Node[] }) => flag(node.options, 'tablespace'),
  CreateTableSpaceStmt: () => true,
  DropTableSpaceStmt: () => true,
  AlterSystemStmt: () => true,
  CreateSubscriptionStmt: (node: { options?: Node[] }) =>
    !off(node.options, 'connect') && !off(node.options, 'create_slot'),
  DiscardStmt: (node: { target?: string }) => node.target === 'DISCARD_ALL',
};

function detachesConcurrently(node: AlterTableStmt): boolean {
  return (node.cmds ?? []).some((command) => {
    if (!('AlterTableCmd' in command)) return false;
    const { subtype, def } = command.AlterTableCmd;
    return (
      subtype === 'AT_DetachPartition' &&
      def !== undefined &&
      'PartitionCmd' in def &&
      def.PartitionCmd.concurrent === true
    );
  });
}

function flag(options: Node[] | undefined, name: string): boolean {
  return option(options, name) !== undefined && !off(options, name);
}

function off(options: Node[] | undefined, name: string): boolean {
  const arg = JSON.stringify(option(options, name)?.arg ?? null).toLowerCase();
  return /"(false|off|0)"|"boolval":false|"boolean":\{\}|"integer":\{\}/.test(arg);
}

function option(options: Node[] | undefined, name: string): DefElem | undefined {
  for (const each of options ?? []) {
    if ('DefElem' in each && each.DefElem.defname === name) return each.DefElem;
  }
  return undefined;
}

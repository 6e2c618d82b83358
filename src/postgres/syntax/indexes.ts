import type { Statement } from '../../model/statement.ts';
import { nameOf, type WrittenName } from './names.ts';
import { hasOption, type NodeOf, read, readAll } from './node.ts';
import { insertAfter, isWord, type Token, tokensOf } from './text.ts';

/** The index that a CREATE INDEX creates. */
export interface CreatedIndex {
  /** Absent where PostgreSQL is to choose it. */
  readonly name: string | undefined;
  readonly table: WrittenName;
  readonly unique: boolean;
  readonly concurrently: boolean;
  readonly ifNotExists: boolean;
  /** ON ONLY: not on the partitions. */
  readonly only: boolean;
  /** Key columns; an expression is undefined. */
  readonly columns: readonly (string | undefined)[];
  readonly node: NodeOf<'IndexStmt'>;
}

/** What a CREATE INDEX says. Undefined for other statements. */
export function createdIndex(statement: Statement): CreatedIndex | undefined {
  const node = read(statement.node, 'IndexStmt');
  if (!node) return undefined;
  return {
    name: node.idxname,
    table: nameOf(node.relation),
    unique: node.unique === true,
    concurrently: node.concurrent === true,
    ifNotExists: node.if_not_exists === true,
    only: node.relation?.inh !== true,
    columns: readAll(node.indexParams, 'IndexElem').map(({ name }) => name),
    node,
  };
}

/** Whether a statement says CONCURRENTLY: CREATE, DROP, REINDEX INDEX, DETACH PARTITION. */
export function saysConcurrently({ node }: Statement): boolean {
  const detaches = readAll(read(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').some(
    ({ def }) => read(def, 'PartitionCmd')?.concurrent === true,
  );
  return (
    detaches ||
    read(node, 'IndexStmt')?.concurrent === true ||
    read(node, 'DropStmt')?.concurrent === true ||
    hasOption(read(node, 'ReindexStmt')?.params, 'concurrently')
  );
}

/** The same CREATE INDEX with CONCURRENTLY, and without IF NOT EXISTS, which would pass over an invalid index. */
export function concurrentIndex(sql: string): string {
  return insertAfter(withoutIfNotExists(withoutWord(sql, 'CONCURRENTLY')), 'INDEX', 'CONCURRENTLY');
}

/** The same CREATE INDEX, on the partitioned table alone and not concurrently. */
export function indexOnOnly(sql: string): string {
  const plain = withoutWord(withoutWord(sql, 'CONCURRENTLY'), 'ONLY');
  return insertAfter(plain, 'ON', 'ONLY');
}

/** The text without the first token that is this key word. */
function withoutWord(sql: string, word: string): string {
  const tokens = tokensOf(sql);
  return cut(
    sql,
    tokens,
    tokens.findIndex((token) => isWord(token, word)),
    1,
  );
}

function withoutIfNotExists(sql: string): string {
  const tokens = tokensOf(sql);
  const at = tokens.findIndex((token, index) => isWord(token, 'IF') && isWord(tokens[index + 1], 'NOT'));
  return cut(sql, tokens, at, 3);
}

function cut(sql: string, tokens: readonly Token[], at: number, count: number): string {
  const [first, next] = [tokens[at], tokens[at + count]];
  return first && next ? sql.slice(0, first.start) + sql.slice(next.start) : sql;
}

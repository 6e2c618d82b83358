import type { StatementFacts } from '../../../model/rule.ts';
import type { Index, SchemaObject } from '../../../model/schema.ts';
import { read } from '../../../postgres/syntax/node.ts';
import type { Rehearsal } from '../../rehearse.ts';

/** What is written once more beside what is there: a table with its indexes, or an index. */
export interface Copy {
  /** By its name on the target, schema-qualified and unquoted. */
  readonly relation: string;
}

/** What one transaction, or one statement outside any, writes once more. */
export interface Step {
  readonly copies: readonly Copy[];
  /**
   * When what they take the place of goes: at the end, all `together`; or `each` when it is written; or `never`, as
   * PostgreSQL keeps the room that dead rows leave.
   */
  readonly goes: 'together' | 'each' | 'never';
}

/** An index that is built over rows which the target has. */
export interface Build {
  readonly index: string;
  /** As the target calls it. */
  readonly table: string;
  readonly method: string;
  /** Keys and included columns as `pg_get_indexdef` writes them. */
  readonly columns: readonly string[];
}

/** What pending migrations write on a target besides a few rows. */
export interface Demand {
  readonly steps: readonly Step[];
  readonly builds: readonly Build[];
}

/** By what the rehearsal has seen of rewrites, and the indexes that are there afterwards. */
export function demandOf({ statements, before, after }: Rehearsal): Demand {
  const steps = stepsOf(statements);
  const names = new Map(before.objects.map(({ oid, id }) => [oid, id])); // of tables that are renamed as well
  const tables = new Map(after.objects.filter(hasRows).map(({ oid, id }) => [id, names.get(oid)]));
  const old = new Set(before.objects.filter(({ kind }) => kind === 'index').map(({ id }) => id));
  const anew = new Set(steps.flatMap(({ copies }) => copies.map(({ relation }) => relation)));
  const builds = after.objects
    .filter((each): each is Index => each.kind === 'index' && !names.has(each.oid) && each.parent === undefined)
    .map(({ id, table, method, columns, included }) => ({
      ...{ index: id, table: tables.get(table) ?? '', method, columns: [...columns, ...included] },
    }))
    .filter(({ table, index }) => table !== '' && !(old.has(index) && anew.has(table))); // counted with its table
  return { steps, builds };
}

/** Materialized views have indexes, too. */
function hasRows({ kind }: SchemaObject): boolean {
  return kind === 'table' || kind === 'view';
}

/** VACUUM, CLUSTER and REINDEX of many tables end a transaction behind each. */
function stepsOf(statements: readonly StatementFacts[]): Step[] {
  const transactions = Map.groupBy(statements, ({ observation, index }) => observation.transaction ?? `alone ${index}`);
  const steps = [...transactions.values()].flatMap((all): Step[] => {
    const [updates, others] = [all.filter(isUpdate), all.filter((each) => !isUpdate(each))];
    const each = others.every(({ observation: { transaction } }) => transaction === null) && others.some(isOfMany);
    return [
      { copies: updates.flatMap(copiesOf), goes: 'never' },
      { copies: others.flatMap(copiesOf), goes: each ? 'each' : 'together' },
    ];
  });
  return steps.filter(({ copies }) => copies.length > 0);
}

function isUpdate({ statement }: StatementFacts): boolean {
  return statement.kind === 'UpdateStmt';
}

function isOfMany({ statement }: StatementFacts): boolean {
  return ['VacuumStmt', 'ClusterStmt', 'ReindexStmt'].includes(statement.kind);
}

function copiesOf(facts: StatementFacts): Copy[] {
  const { statement, observation } = facts;
  if (statement.kind === 'TruncateStmt') return []; // new storage, and nothing in it
  if (observation.rewritten.length === 0) return unseen(facts);
  // the target may have more partitions than the migrations make
  const wholes = observation.locks.filter(
    (each) => each.kind === 'partitioned table' && each.mode === 'AccessExclusiveLock',
  );
  const relations = [...observation.rewritten, ...wholes.map(({ relation }) => relation)];
  return relations.map((relation) => ({ relation }));
}

/** A new version of each row is as much as is there. */
function unseen({ statement: { node }, relation }: StatementFacts): Copy[] {
  const { relation: range, whereClause } = read(node, 'UpdateStmt') ?? {};
  if (range?.relname === undefined || whereClause) return [];
  const found = relation(range.schemaname, range.relname);
  return found?.atBase ? [{ relation: found.name }] : [];
}

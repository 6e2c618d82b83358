import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { isAlwaysTrue } from '../../postgres/syntax/always.ts';
import { type ChangedRows, changedRows } from '../../postgres/syntax/changed-rows.ts';
import { splitId } from '../../postgres/syntax/names.ts';
import { hasOption, read } from '../../postgres/syntax/node.ts';
import { inBatches } from '../changed-rows.ts';
import { codeOf, preparedBy } from '../code.ts';
import { inUse } from '../in-use.ts';
import { columnsBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'update-delete-without-where',
  severity: 'warning',
  what: 'An UPDATE or DELETE has no WHERE, or one that every row passes, on a table that is in use; also in MERGE, in prepared statements, and in code that was seen to change every row.',
  why: 'UPDATE writes every row anew and keeps all of them locked until its transaction ends; DELETE, which is an error here, leaves nothing.',
  instead: 'Change rows in batches that commit, outside the migration; say by WHERE which rows are meant.',
  sources: [
    'pgfence: delete-without-where, update-in-migration',
    'postgres-language-server: ban_delete_without_where, ban_update_without_where',
    'pg-migration-lint: PGM302 and PGM303',
  ],
  statement: {
    kinds: [
      ...['UpdateStmt', 'DeleteStmt', 'InsertStmt', 'SelectStmt', 'CreateTableAsStmt', 'MergeStmt'],
      ...['ExecuteStmt', 'ExplainStmt', 'DoStmt', 'CallStmt'],
    ],
    check(facts, world) {
      const said = saidBy(facts, world);
      const tables = said.map(({ table }) => table);
      return [...said.map(({ problem }) => problem), ...inCode(facts, world, tables)];
    },
  },
};

/** What the text says, each with its table; EXECUTE means the text that was prepared. */
function saidBy(facts: StatementFacts, world: World): { table: string; problem: Problem }[] {
  const explain = read(facts.statement.node, 'ExplainStmt');
  if (explain && !hasOption(explain.options, 'analyze')) return [];
  const origin = preparedBy(facts, world) ?? facts;
  return changedRows(origin.statement).flatMap((changed) => {
    const table = inUse(origin, changed.table);
    if (!table || !meansAll(changed, table, world)) return [];
    return [{ table: table.name, problem: problemOf(changed, table, facts, world) }];
  });
}

function meansAll({ where, plain }: ChangedRows, table: Relation, world: World): boolean {
  if (!where) return true;
  const columns = columnsBefore(table, world);
  const isNotNull = (name: string) => columns.get(name)?.notNull === true && !columns.get(name)?.notNullUnvalidated;
  return isAlwaysTrue(where, (name) => plain && isNotNull(name));
}

function problemOf(changed: ChangedRows, table: Relation, facts: StatementFacts, world: World): Problem {
  const relations = [table.name];
  if (changed.verb === 'DELETE') {
    return { message: `DELETE takes all rows of ${table.name}.`, relations, severity: 'error', instead: { text: say } };
  }
  const message = `UPDATE writes every row of ${table.name} anew, and all of them stay locked until its transaction ends.`;
  const migrations = inBatches(changed, table, facts, world);
  return {
    message,
    relations,
    instead: migrations ? { text: world.outsideTransaction, migrations } : { text: batches },
  };
}

const say = 'Say by WHERE which rows are meant; delete many in batches that commit, outside the migration.';

const batches = 'Change rows in batches that commit, by ranges of the key, outside the migration.';

/** What code was seen to do to every row of tables, and does not do by a condition that made-up rows may have met by chance. */
function inCode(facts: StatementFacts, world: World, told: readonly string[]): Problem[] {
  const { emptied = [], overwritten = [], rewritten } = facts.observation;
  const deleted = emptied.filter((table) => !rewritten.includes(table));
  const seen = [
    ...deleted.map((table) => ({ table, verb: 'DELETE' as const })),
    ...overwritten.map((table) => ({ table, verb: 'UPDATE' as const })),
  ].filter(({ table }) => isBaseTable(table, facts) && !told.includes(table));
  if (seen.length === 0) return [];
  const code = codeOf(facts, world);
  return seen.flatMap(({ table, verb }) => {
    const { schema, name } = splitId(table);
    const own = code.queries
      .flatMap((node) => changedRows({ node }))
      .filter((each) => each.verb === verb && each.table.name === name && (each.table.schema ?? schema) === schema);
    if (own.some(({ where }) => isAlwaysTrue(where, () => false) || !where)) return [surely(table, verb)];
    return own.length === 0 && code.opaque ? [perhaps(table, verb)] : [];
  });
}

function surely(table: string, verb: ChangedRows['verb']): Problem {
  const relations = [table];
  if (verb === 'DELETE') {
    const message = `The code that this runs deletes all rows of ${table}.`;
    return { message, relations, severity: 'error', instead: { text: say } };
  }
  const message = `The code that this runs writes every row of ${table} anew, and all of them stay locked until its transaction ends.`;
  return { message, relations, instead: { text: batches } };
}

/** The text of the code tells nothing of it. */
function perhaps(table: string, verb: ChangedRows['verb']): Problem {
  const relations = [table];
  if (verb === 'DELETE') {
    const message = `The code that this runs deleted every row that ${table} had in the rehearsal: it may leave none in production.`;
    return { message, relations, instead: { text: say } };
  }
  const message = `The code that this runs updated every row that ${table} had in the rehearsal: it may write all of them anew in production.`;
  return { message, relations, severity: 'notice', instead: { text: batches } };
}

function isBaseTable(table: string, { observation: { locks, held } }: StatementFacts): boolean {
  return [...locks, ...held].some(({ relation, atBase }) => relation === table && atBase);
}

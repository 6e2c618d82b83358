import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Statement } from '../../src/model/statement.ts';
import { parseStatements } from '../../src/postgres/parse.ts';
import { alterCommands, alteredTable, alterText } from '../../src/postgres/syntax/alter-table.ts';
import { addedConstraints } from '../../src/postgres/syntax/constraints.ts';
import { droppedNames, printName } from '../../src/postgres/syntax/names.ts';
import { hasOption, read } from '../../src/postgres/syntax/node.ts';
import { insertAfter } from '../../src/postgres/syntax/text.ts';

async function statementOf(text: string): Promise<Statement> {
  const [statement] = await parseStatements({ migration: '1', path: '1.sql', text }, { start: 0, end: text.length });
  assert.ok(statement);
  return statement;
}

test('an ALTER TABLE is taken apart into its actions, as written', async () => {
  const cases = [
    ['ALTER TABLE orders ADD x int', 'ALTER TABLE orders', ['ADD x int']],
    [
      'alter table if exists only "Été".o add é numeric(10, 2) default 1, /* , */ drop y',
      'alter table if exists only "Été".o',
      ['add é numeric(10, 2) default 1', 'drop y'],
    ],
    [
      'ALTER TABLE o * ADD CHECK (a IN (1, 2)), ADD b int[] DEFAULT ARRAY[1, 2] -- ,\n, ALTER c SET NOT NULL',
      'ALTER TABLE o *',
      ['ADD CHECK (a IN (1, 2))', 'ADD b int[] DEFAULT ARRAY[1, 2]', 'ALTER c SET NOT NULL'],
    ],
  ] as const;
  for (const [text, head, commands] of cases) assert.deepEqual(alterText(await statementOf(text)), { head, commands });
});

test('actions carry their type, place, name and what they add', async () => {
  const statement = await statementOf(
    'ALTER TABLE s.o DROP a, ADD b int, ADD CONSTRAINT c CHECK (x > 0), VALIDATE CONSTRAINT d',
  );
  assert.deepEqual(alteredTable(statement), { schema: 's', name: 'o' });
  assert.deepEqual(
    alterCommands(statement).map(({ type, index, name, column, constraint }) => [
      type,
      index,
      name,
      column?.colname,
      constraint?.conname,
    ]),
    [
      ['AT_DropColumn', 0, 'a', undefined, undefined],
      ['AT_AddColumn', 1, 'b', 'b', undefined],
      ['AT_AddConstraint', 2, undefined, undefined, 'c'],
      ['AT_ValidateConstraint', 3, 'd', undefined, undefined],
    ],
  );
  assert.deepEqual(
    alterCommands(statement, 'AT_AddColumn').map(({ name }) => name),
    ['b'],
  );
});

test('constraints are found in their own lines and behind columns', async () => {
  const text =
    'ALTER TABLE o ADD a int REFERENCES p CHECK (a > 0), ADD UNIQUE (b, c), ADD CHECK (lower(o.d) <> e OR d IS NULL)';
  assert.deepEqual(
    addedConstraints(await statementOf(text)).map(({ type, columns, inline }) => [type, columns, inline]),
    [
      ['CONSTR_FOREIGN', ['a'], 'a'],
      ['CONSTR_CHECK', ['a'], 'a'],
      ['CONSTR_UNIQUE', ['b', 'c'], undefined],
      ['CONSTR_CHECK', ['d', 'e'], undefined],
    ],
  );
  const created = addedConstraints(
    await statementOf('CREATE TABLE o (a int REFERENCES p, FOREIGN KEY (b, c) REFERENCES q)'),
    'CONSTR_FOREIGN',
  );
  assert.deepEqual(
    created.map(({ columns, constraint }) => [columns, constraint.pktable?.relname]),
    [
      [['a'], 'p'],
      [['b', 'c'], 'q'],
    ],
  );
});

test('names are printed so that PostgreSQL reads the same name again', async () => {
  const names = [
    { schema: undefined, name: 'orders' },
    { schema: 'public', name: 'order' },
    { schema: 'My', name: 'a"b' },
  ];
  assert.deepEqual(names.map(printName), ['orders', 'public."order"', '"My"."a""b"']);
  const dropped = await statementOf(`DROP TABLE ${names.map(printName).join(', ')}`);
  assert.deepEqual(droppedNames(read(dropped.node, 'DropStmt')?.objects), names);
});

test('options and key words are read and written', async () => {
  const on = await statementOf('REINDEX (CONCURRENTLY, VERBOSE) TABLE o');
  const off = await statementOf('REINDEX (CONCURRENTLY off) TABLE o');
  assert.deepEqual(
    [on, off].map(({ node }) => hasOption(read(node, 'ReindexStmt')?.params, 'concurrently')),
    [true, false],
  );
  assert.equal(
    insertAfter('create /* é index */ unique index on o (a)', 'INDEX', 'CONCURRENTLY'),
    'create /* é index */ unique index CONCURRENTLY on o (a)',
  );
});

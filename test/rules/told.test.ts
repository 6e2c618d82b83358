import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { newest } from '../support/postgres.ts';
import { play } from './rehearsal.ts';
import { sceneOf } from './scenes.ts';

const tables = `-- base
CREATE TABLE clients (id bigint PRIMARY KEY, secret text, credentials jsonb, total int);
CREATE TABLE orders (id bigint PRIMARY KEY, client_id bigint, total int);
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE items (id bigint PRIMARY KEY, kind kind);
CREATE TABLE counted (id bigint PRIMARY KEY, number bigserial, note text);
CREATE FUNCTION total_of(bigint) RETURNS int LANGUAGE sql AS 'SELECT total FROM orders WHERE id = $1';
`;

/** What is said of a rule's findings, one after the other: line, severity, message and advice, of pending statements on these tables. */
const cases: Readonly<Record<string, readonly [rule: string, pending: string, told: RegExp]>> = {
  'the column that an UPDATE reads is dropped behind it': [
    'ddl-plus-backfill',
    "UPDATE clients SET credentials = jsonb_build_object('secret', secret);\nALTER TABLE clients DROP COLUMN secret;",
    /Its own migration, before this one, locks/,
  ],
  'rows go, so that a constraint holds': [
    'ddl-plus-backfill',
    "SET lock_timeout = '2s';\nDELETE FROM orders a USING orders b WHERE a.total = b.total AND a.id > b.id;\nALTER TABLE orders ADD UNIQUE (total);",
    /before this one, locks/,
  ],
  'rows go, so that a type can change, and nothing before concerns them': [
    'ddl-plus-backfill',
    "CREATE TABLE fresh (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);\nCREATE TYPE kind_new AS ENUM ('a');\nDELETE FROM items WHERE kind = 'b';\nALTER TABLE items ALTER COLUMN kind TYPE kind_new USING kind::text::kind_new;",
    /before this one, locks/,
  ],
  'a new column is filled and then required': [
    'ddl-plus-backfill',
    'ALTER TABLE clients ADD COLUMN owner text;\nUPDATE clients SET owner = secret;\nALTER TABLE clients ALTER COLUMN owner SET NOT NULL;',
    /make three of it, what stands before line 2, this statement, and what stands after line 2\./,
  ],
  'a new column is filled, and a check is told of it': [
    'ddl-plus-backfill',
    'ALTER TABLE clients ADD COLUMN owner text;\nUPDATE clients SET owner = secret;\nALTER TABLE clients ADD CHECK (owner <> $$$$);',
    /make three of it/,
  ],
  'a DO block may do anything': [
    'ddl-plus-backfill',
    'ALTER TABLE clients ADD COLUMN owner text;\nUPDATE clients SET owner = secret;\nDO $$ BEGIN PERFORM 1; END $$;',
    /make three of it/,
  ],
  'nothing behind needs the values': [
    'ddl-plus-backfill',
    "ALTER TABLE clients ADD COLUMN owner text;\nUPDATE clients SET owner = secret;\nCREATE INDEX ON clients (owner);\nALTER TABLE clients DROP COLUMN total;\nCOMMENT ON TABLE clients IS 'x';",
    /Its own migration, after this one, locks/,
  ],
  'a column that is filled one line above, with nothing in made-up rows': [
    'fails-on-rows',
    "ALTER TABLE clients ADD COLUMN owner text;\nUPDATE clients SET owner = credentials ->> 'owner';\nALTER TABLE clients ALTER COLUMN owner SET NOT NULL;",
    /^3 warning .* A statement before it fills the column, and leaves it empty in made-up rows/,
  ],
  'a column that nothing fills': [
    'fails-on-rows',
    'ALTER TABLE clients ADD COLUMN owner text;\nALTER TABLE clients ALTER COLUMN owner SET NOT NULL;',
    /^2 error .* Fill the column first/,
  ],
  'the column of a foreign key has the name of another table’s': [
    'fk-type-mismatch',
    'CREATE TABLE children (id bigint PRIMARY KEY, client_id int REFERENCES clients);\nCREATE INDEX children_client ON children (client_id);\nCREATE TABLE unrelated (id bigint PRIMARY KEY, client_id uuid);',
    /^1 warning/,
  ],
  'a table that gets its foreign key by a name of PostgreSQL’s, and is named again': [
    'fk-type-mismatch',
    "CREATE TABLE notes (id bigint PRIMARY KEY, client_id int);\nALTER TABLE notes ADD FOREIGN KEY (client_id) REFERENCES clients;\nCOMMENT ON COLUMN notes.client_id IS 'x';",
    /^2 warning/,
  ],
  'a constraint whose column is named again': [
    'deferrable-breaks-upsert',
    'CREATE TABLE notes (id bigint PRIMARY KEY, place int UNIQUE DEFERRABLE);\nCREATE VIEW places AS SELECT place FROM notes;',
    /^1 notice/,
  ],
  'a published table that is named again': [
    'publication-without-identity',
    'CREATE TABLE log (line text);\nCREATE PUBLICATION lines FOR TABLE log;\nCREATE INDEX ON log (line);',
    /^2 error/,
  ],
  'a function that is dropped, and named again': [
    'drop-function',
    "DROP FUNCTION total_of(bigint);\nCOMMENT ON TABLE clients IS 'total_of';\nCREATE VIEW total_of AS SELECT 1 AS one;",
    /^1 warning/,
  ],
  'a column that a function names is dropped, and another table’s named': [
    'dangling-function-body',
    'ALTER TABLE orders DROP COLUMN total;\nUPDATE clients SET total = 0 WHERE id = 1;\nALTER TABLE clients DROP COLUMN total;',
    /^1 error/,
  ],
  'a foreign key of a table that is in use': [
    'fk-without-index',
    'ALTER TABLE orders ADD FOREIGN KEY (client_id) REFERENCES clients NOT VALID;',
    /CREATE INDEX CONCURRENTLY ON public\.orders \(client_id\); in a migration of its own, outside/,
  ],
  'a foreign key of a new table': [
    'fk-without-index',
    'CREATE TABLE notes (id bigint PRIMARY KEY, client_id bigint REFERENCES clients);',
    / CREATE INDEX ON public\.notes \(client_id\); behind it/,
  ],
  'an index that is there already': [
    'duplicate-index',
    'CREATE TABLE notes (id bigint PRIMARY KEY);\nCREATE UNIQUE INDEX notes_id ON notes (id);',
    /^2 notice .* Leave this statement out: notes_pkey serves the same queries\.$/,
  ],
  'a file that is one transaction': [
    'no-lock-timeout',
    'ALTER TABLE clients ADD COLUMN owner text;\nALTER TABLE orders ADD COLUMN owner text;',
    /Begin the migration with SET LOCAL lock_timeout/,
  ],
  'a tool that sends a file as one message': [
    'no-lock-timeout',
    ' (one message)\nALTER TABLE clients ADD COLUMN owner text;',
    /Begin the migration with SET LOCAL lock_timeout/,
  ],
  'a file that is no transaction': [
    'no-lock-timeout',
    ' (no transaction)\nALTER TABLE clients ADD COLUMN owner text;',
    /Begin the migration with SET lock_timeout/,
  ],
  'a script with its own transaction': [
    'no-lock-timeout',
    'BEGIN;\nALTER TABLE clients ADD COLUMN owner text;\nCOMMIT;',
    /Begin the migration with SET lock_timeout/,
  ],
  'a file that runs outside a transaction is not told how to': [
    'index-not-concurrent',
    " (no transaction)\nSET lock_timeout = '2s';\nCREATE INDEX ON clients (total);",
    /^2 error [^.]*\. $/,
  ],
  'a file that runs in one is told how to do without': [
    'index-not-concurrent',
    "SET lock_timeout = '2s';\nCREATE INDEX ON clients (total);",
    /^2 error .*Give it a file of its own, and run that outside a transaction\.$/,
  ],
  'a table that was renamed goes': [
    'drop-table',
    'ALTER TABLE items RENAME TO things;\nCREATE TABLE items (id bigint PRIMARY KEY);\nDROP TABLE things;',
    /^3 error Dropping public\.things, which was public\.items before, deletes its data\. See that all its rows/,
  ],
  'a column of a table that was renamed goes': [
    'drop-column',
    'ALTER TABLE orders RENAME TO sales;\nALTER TABLE sales DROP COLUMN client_id;',
    /^2 error Dropping client_id deletes its data in public\.orders, and/,
  ],
  'a column of a table that was renamed is renamed': [
    'rename-column',
    'ALTER TABLE orders RENAME TO sales;\nALTER TABLE sales RENAME COLUMN client_id TO buyer;',
    /^2 error .* code that asks public\.orders for client_id\./,
  ],
  'two columns go, and a sequence with one of them': [
    'drop-column',
    'ALTER TABLE counted DROP COLUMN number, DROP COLUMN note;',
    /^1 error Dropping number .* With it goes the sequence public\.counted_number_seq\.[^,]*,1 error (?:(?!sequence).)*$/s,
  ],
};

suite('what rules tell', { concurrency: 4 }, () => {
  for (const [title, [rule, pending, told]] of Object.entries(cases))
    test(`${rule}: ${title}`, async () => {
      const { findings } = await play(
        sceneOf(`-- scene: ${title}\n${tables}-- migration one${pending.startsWith(' (') ? '' : '\n'}${pending}\n`),
        newest,
      );
      const own = findings.filter((each) => each.rule === rule);
      assert.ok(own.length > 0, JSON.stringify(findings, null, 1));
      const said = own.map(({ line, severity, message, instead }) =>
        [line, severity, message, instead?.text].join(' '),
      );
      assert.match(said.join(), told);
    });
});

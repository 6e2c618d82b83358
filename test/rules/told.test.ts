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
`;

/** What is said of a rule's finding: message and advice, of pending statements on these tables. */
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
    /^warning .* A statement before it fills the column, and leaves it empty in made-up rows/,
  ],
  'a column that nothing fills': [
    'fails-on-rows',
    'ALTER TABLE clients ADD COLUMN owner text;\nALTER TABLE clients ALTER COLUMN owner SET NOT NULL;',
    /^error .* Fill the column first/,
  ],
};

suite('what rules tell', { concurrency: 4 }, () => {
  for (const [title, [rule, pending, told]] of Object.entries(cases))
    test(`${rule}: ${title}`, async () => {
      const { findings } = await play(sceneOf(`-- scene: ${title}\n${tables}-- migration one\n${pending}\n`), newest);
      const own = findings.filter((each) => each.rule === rule);
      assert.equal(own.length, 1, JSON.stringify(findings, null, 1));
      const [{ severity, message, instead } = { severity: '', message: '', instead: undefined }] = own;
      assert.match([severity, message, instead?.text].join(' '), told);
    });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../../src/postgres/connect.ts';
import { seed } from '../../src/postgres/seed/seed.ts';
import { freshDatabase, newest, servers } from '../support/postgres.ts';
import { seeded } from './seed-support.ts';

/** A function for a trigger that runs this. */
const trigger = (name: string, table: string, when: string, body: string) => `
  CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$;
  CREATE TRIGGER ${name} ${when} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}();`;

/** Tables that take rows only from those who know how. */
const obstacles = `
  CREATE TABLE noisy (id serial);
  ${trigger('shout', 'noisy', 'BEFORE INSERT', "RAISE NOTICE 'row %', NEW.id; RAISE WARNING 'odd'; RETURN NEW;")}
  CREATE TABLE watched (id serial, note text);
  CREATE TABLE audit (what text NOT NULL, at timestamptz NOT NULL DEFAULT now());
  ${trigger('record', 'watched', 'AFTER INSERT OR UPDATE', 'INSERT INTO audit VALUES (NEW.note); RETURN NULL;')}
  CREATE TABLE picky (kind text, amount integer);
  ${trigger(
    'refuse',
    'picky',
    'BEFORE INSERT',
    `IF NEW.kind NOT IN ('card', 'cash') THEN RAISE EXCEPTION 'kind % is unknown', NEW.kind; END IF;
     IF NEW.amount < 500 THEN RAISE EXCEPTION 'too little'; END IF; RETURN NEW;`,
  )}
  CREATE TABLE late (id serial, ok boolean);
  ${trigger('finally', 'late', 'AFTER INSERT', "IF NOT NEW.ok THEN RAISE EXCEPTION 'not ok'; END IF; RETURN NULL;").replace('CREATE TRIGGER', 'CREATE CONSTRAINT TRIGGER').replace('ON late', 'ON late DEFERRABLE INITIALLY DEFERRED')}
  CREATE TABLE guarded (id serial PRIMARY KEY, owner text NOT NULL);
  ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; ALTER TABLE guarded FORCE ROW LEVEL SECURITY;
  CREATE UNLOGGED TABLE fleeting (id uuid PRIMARY KEY DEFAULT md5('x')::uuid);
  CREATE TABLE "Odd ""Name""; --" ("select" integer NOT NULL, "a b" text, "ünï" text, "it's" date);
  CREATE TABLE computed (a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 2) STORED, c bigint GENERATED ALWAYS AS IDENTITY);
  CREATE TABLE narrow (a char(1) UNIQUE, b varchar(2) UNIQUE, c smallint UNIQUE, d numeric(1,0) UNIQUE, e numeric(2,2) UNIQUE);
  CREATE TABLE nothing ();
  CREATE TABLE only_counted (id serial);
  CREATE TYPE mood AS ENUM ('sad', 'ok');
  CREATE TABLE few (mood mood PRIMARY KEY);
  CREATE TABLE one_row ("only" boolean PRIMARY KEY DEFAULT true CHECK ("only"));`;

const closed = `
  CREATE TABLE ignored (id integer); CREATE RULE ignore AS ON INSERT TO ignored DO INSTEAD NOTHING;
  CREATE TABLE swallowed (id integer); ${trigger('swallow', 'swallowed', 'BEFORE INSERT', 'RETURN NULL;')}
  CREATE TABLE sealed (id integer); ${trigger('seal', 'sealed', 'BEFORE INSERT', "RAISE EXCEPTION 'written by the importer only';")}
  CREATE TABLE slow (id integer); ${trigger('dawdle', 'slow', 'BEFORE INSERT', 'PERFORM pg_sleep(60); RETURN NEW;')}
  CREATE TABLE of_sealed (id integer NOT NULL REFERENCES of_sealed_target);`.replace(
  'CREATE TABLE of_sealed ',
  'CREATE TABLE of_sealed_target (id integer PRIMARY KEY); CREATE RULE away AS ON INSERT TO of_sealed_target DO INSTEAD NOTHING; CREATE TABLE of_sealed ',
);

for (const server of servers) {
  test(`tables that are hard to fill are filled, PostgreSQL ${server.major}`, async () => {
    await using database = await seeded(server, obstacles);
    assert.deepEqual(database.result.skipped, []);
    const empty = `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) = 0`;
    assert.deepEqual(await database.lines(empty), []);
    assert.deepEqual(await database.lines('SELECT DISTINCT kind, amount >= 500 FROM picky ORDER BY 1'), [
      'card|true',
      'cash|true',
    ]);
    assert.deepEqual(await database.lines('SELECT count(*) FROM few'), ['2']);
    assert.deepEqual(await database.lines('SELECT count(*) FROM one_row'), ['1']);
  });

  test(`tables that take no rows are told with the reason, PostgreSQL ${server.major}`, async () => {
    await using database = await seeded(server, closed);
    const away = 'PostgreSQL took its rows without an error, and none is in it: a trigger or rule turns them away';
    assert.deepEqual(
      database.result.skipped.toSorted((a, b) => (a.table < b.table ? -1 : 1)),
      [
        { table: 'public.ignored', reason: away },
        { table: 'public.of_sealed', reason: 'public.of_sealed_target, to which it must refer, has no rows that fit' },
        { table: 'public.of_sealed_target', reason: away },
        { table: 'public.sealed', reason: 'written by the importer only' },
        { table: 'public.slow', reason: 'canceling statement due to statement timeout' },
        { table: 'public.swallowed', reason: away },
      ],
    );
    assert.equal(database.result.tables, 0);
  });
}

test('what is no table of ours is not touched', async () => {
  await using database = await seeded(
    newest,
    `CREATE TABLE t (id serial PRIMARY KEY); CREATE TABLE touched (by text);
     CREATE VIEW v AS SELECT id FROM t;
     ${trigger('through', 'v', 'INSTEAD OF INSERT', "INSERT INTO touched VALUES ('view'); RETURN NEW;")}
     CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
     CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere;
     CREATE FOREIGN TABLE f (id integer) SERVER nowhere;
     CREATE TABLE p (k integer) PARTITION BY LIST (k); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
     CREATE FOREIGN TABLE p2 PARTITION OF p FOR VALUES IN (2) SERVER nowhere;
     CREATE TEMPORARY TABLE temp (id integer)`,
  );
  assert.deepEqual(database.result, { tables: 3, rows: 9, skipped: [] });
  assert.deepEqual(await database.lines("SELECT count(*) FROM touched WHERE by = 'view'"), ['0']);
  assert.deepEqual(await database.lines('SELECT count(*) FROM temp'), ['0']);
  assert.deepEqual(await database.lines('SELECT count(*) FROM m'), ['0']);
});

test('the session is left as it was, and the same rows come every time', async () => {
  const rows: string[][] = [];
  for (let round = 0; round < 2; round += 1) {
    await using database = await seeded(newest, obstacles);
    assert.equal(database.session.transaction, 'none');
    assert.deepEqual(await database.lines("SELECT current_setting('session_replication_role')"), ['origin']);
    rows.push(await database.lines('SELECT * FROM narrow UNION ALL SELECT id::text, owner, 0, 0, 0 FROM guarded'));
  }
  assert.deepEqual(rows[0], rows[1]);
});

test('somebody without rights is told so, table by table', async () => {
  await using database = await freshDatabase(newest);
  const role = `role_${database.address.database}`;
  await using owner = await connect(database.address);
  await owner.send(
    `CREATE ROLE ${role} LOGIN; CREATE TABLE theirs (id integer); CREATE TABLE ours (id integer); ALTER TABLE ours OWNER TO ${role}`,
  );
  try {
    await using session = await connect({ ...database.address, user: role });
    assert.deepEqual(await seed(session, { rows: 3 }), {
      tables: 1,
      rows: 3,
      skipped: [{ table: 'public.theirs', reason: 'permission denied for table theirs' }],
    });
  } finally {
    await owner.send(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newest, servers } from '../support/postgres.ts';
import { seeded } from './seed-support.ts';

/** Schemas whose tables must all get three rows. */
const schemas: Readonly<Record<string, string>> = {
  'a chain, declared against its order': `
    CREATE TABLE c (id serial PRIMARY KEY); CREATE TABLE b (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, c integer NOT NULL REFERENCES c);
    CREATE TABLE a (b bigint NOT NULL REFERENCES b, c integer NOT NULL REFERENCES c)`,
  'keys that are not the primary key, and of other types': `
    CREATE TABLE p (id uuid PRIMARY KEY, code varchar(5) UNIQUE NOT NULL, n bigint UNIQUE);
    CREATE TABLE c (code text NOT NULL REFERENCES p (code), n integer NOT NULL REFERENCES p (n))`,
  'composite keys that share a column': `
    CREATE TABLE tenant (id uuid PRIMARY KEY);
    CREATE TABLE a (tenant uuid REFERENCES tenant, id integer, PRIMARY KEY (tenant, id));
    CREATE TABLE b (tenant uuid REFERENCES tenant, id integer, PRIMARY KEY (tenant, id));
    CREATE TABLE ab (tenant uuid NOT NULL, b integer NOT NULL, a integer NOT NULL, FOREIGN KEY (tenant, b) REFERENCES b, FOREIGN KEY (tenant, a) REFERENCES a)`,
  'a discriminator in the key': `
    CREATE TABLE party (id integer, kind text CHECK (kind IN ('person', 'company')), PRIMARY KEY (id, kind));
    CREATE TABLE company (id integer, kind text NOT NULL CHECK (kind = 'company'), FOREIGN KEY (id, kind) REFERENCES party)`,
  'join tables': `
    CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (id serial PRIMARY KEY);
    CREATE TABLE ab (a integer REFERENCES a, b integer REFERENCES b, PRIMARY KEY (a, b));
    CREATE TABLE one (a integer PRIMARY KEY REFERENCES a, b integer UNIQUE REFERENCES b);
    CREATE TABLE ranked (a integer REFERENCES a, hot boolean, UNIQUE (a, hot))`,
  'a nullable cycle': `
    CREATE TABLE team (id serial PRIMARY KEY, owner integer); CREATE TABLE member (id serial PRIMARY KEY, team integer NOT NULL REFERENCES team);
    ALTER TABLE team ADD FOREIGN KEY (owner) REFERENCES member`,
  'a tree': `CREATE TABLE tree (id serial PRIMARY KEY, parent integer REFERENCES tree CHECK (parent <> id))`,
  'a NOT NULL reference to itself': `CREATE TABLE loop (id serial PRIMARY KEY, root integer NOT NULL REFERENCES loop)`,
  'a NOT NULL cycle that is deferrable': `
    CREATE TABLE x (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, y integer NOT NULL);
    CREATE TABLE y (id serial PRIMARY KEY, x bigint NOT NULL REFERENCES x);
    ALTER TABLE x ADD FOREIGN KEY (y) REFERENCES y DEFERRABLE`,
  'a NOT NULL cycle of three that is not': `
    CREATE TABLE x (id uuid PRIMARY KEY, z integer NOT NULL); CREATE TABLE y (id text PRIMARY KEY, x uuid NOT NULL REFERENCES x);
    CREATE TABLE z (id integer PRIMARY KEY, y text NOT NULL REFERENCES y);
    ALTER TABLE x ADD FOREIGN KEY (z) REFERENCES z; CREATE TABLE other (x uuid NOT NULL REFERENCES x)`,
  'deferred keys and constraint triggers': `
    CREATE TABLE p (id serial PRIMARY KEY);
    CREATE TABLE c (p integer NOT NULL REFERENCES p DEFERRABLE INITIALLY DEFERRED)`,
  'MATCH FULL': `
    CREATE TABLE p (a integer, b text, PRIMARY KEY (a, b));
    CREATE TABLE c (a integer, b text, FOREIGN KEY (a, b) REFERENCES p MATCH FULL)`,
  'unique columns of few values': `CREATE TABLE f (a boolean, b text CHECK (b IN ('x', 'y')), UNIQUE (a, b))`,
  'partial and expression indexes': `
    CREATE TABLE u (id serial, owner integer NOT NULL, main boolean NOT NULL, email text, code text NOT NULL DEFAULT 'code');
    CREATE UNIQUE INDEX ON u (owner) WHERE main; CREATE UNIQUE INDEX ON u (lower(email)); CREATE UNIQUE INDEX ON u (code)`,
  inheritance: `
    CREATE TABLE base (id serial PRIMARY KEY, n integer CHECK (n > 5)); CREATE TABLE kid (extra text NOT NULL) INHERITS (base);
    CREATE TABLE c (base integer NOT NULL REFERENCES base)`,
};

for (const server of servers) {
  test(`foreign keys, PostgreSQL ${server.major}`, async (t) => {
    for (const [title, schema] of Object.entries(schemas)) {
      await t.test(title, async () => {
        await using database = await seeded(server, schema);
        assert.deepEqual(database.result.skipped, []);
        assert.equal(database.result.rows, 3 * database.result.tables);
        await everyConstraintHolds(database);
      });
    }
  });
}

/** Checks all foreign keys anew, also those that were let in while they were not looked at. */
async function everyConstraintHolds({ session, lines }: Awaited<ReturnType<typeof seeded>>): Promise<void> {
  const all = await lines(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s', conrelid::regclass, conname, conname, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE contype = 'f' AND conparentid = 0`,
  );
  await session.send(['SELECT 1', ...all].join(';\n'));
}

test('references that had to wait are set in the end', async () => {
  await using database = await seeded(newest, `${schemas['a nullable cycle']}; ${schemas['a tree']}`);
  assert.deepEqual(await database.lines('SELECT id, owner FROM team ORDER BY id'), ['1|1', '2|2', '3|3']);
  assert.deepEqual(await database.lines('SELECT id, parent FROM tree ORDER BY id'), ['1|-', '2|1', '3|1']);
});

test('rows that migrations inserted are left alone and referred to', async () => {
  await using database = await seeded(
    newest,
    `CREATE TABLE country (code char(2) PRIMARY KEY); INSERT INTO country VALUES ('fr');
     CREATE TABLE emptied (id serial); INSERT INTO emptied DEFAULT VALUES; DELETE FROM emptied;
     CREATE TABLE city (country char(2) NOT NULL REFERENCES country)`,
  );
  assert.deepEqual(database.result, { tables: 3, rows: 6, skipped: [] });
  assert.deepEqual(await database.lines('SELECT DISTINCT country FROM city'), ['fr']);
  assert.deepEqual(await database.lines('SELECT count(*) FROM country'), ['1']);
});

test('a sequence stands behind the rows, so that the next insert has a number of its own', async () => {
  await using database = await seeded(
    newest,
    'CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, b integer NOT NULL REFERENCES b)',
  );
  await database.session.send('INSERT INTO a DEFAULT VALUES; INSERT INTO b (b) VALUES (1)');
});

const partitions = `
  CREATE TABLE event (id bigserial, at date NOT NULL, kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE TABLE event_2023 PARTITION OF event FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
  CREATE TABLE event_day PARTITION OF event FOR VALUES FROM ('2024-02-29') TO ('2024-03-01');
  CREATE TABLE event_late PARTITION OF event FOR VALUES FROM ('2030-01-01') TO (MAXVALUE);
  CREATE TABLE event_rest PARTITION OF event DEFAULT;
  CREATE TABLE item (kind text, n integer, PRIMARY KEY (kind, n)) PARTITION BY LIST (kind);
  CREATE TABLE item_a PARTITION OF item FOR VALUES IN ('a', 'b') PARTITION BY HASH (n);
  CREATE TABLE item_a0 PARTITION OF item_a FOR VALUES WITH (modulus 5, remainder 0);
  CREATE TABLE item_a1 PARTITION OF item_a FOR VALUES WITH (modulus 5, remainder 4);
  CREATE TABLE item_rest PARTITION OF item DEFAULT;
  CREATE TABLE multi (a integer, b text) PARTITION BY RANGE (a, b);
  CREATE TABLE multi_1 PARTITION OF multi FOR VALUES FROM (1, 'a') TO (1, 'k');
  CREATE TABLE multi_2 PARTITION OF multi FOR VALUES FROM (MINVALUE, MINVALUE) TO (0, 'x');
  CREATE TABLE byday (at timestamptz NOT NULL) PARTITION BY RANGE (date_trunc('day', at AT TIME ZONE 'UTC'));
  CREATE TABLE byday_1 PARTITION OF byday FOR VALUES FROM ('2024-05-05') TO ('2024-05-06');
  CREATE TABLE refers (kind text NOT NULL, n integer NOT NULL, FOREIGN KEY (kind, n) REFERENCES item)`;

for (const server of servers) {
  test(`every partition has rows, PostgreSQL ${server.major}`, async () => {
    await using database = await seeded(server, partitions);
    assert.deepEqual(database.result.skipped, []);
    const empty = `SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relispartition AND pg_relation_size(oid) = 0`;
    assert.deepEqual(await database.lines(empty), []);
    assert.equal(database.result.tables, 11);
    await everyConstraintHolds(database);
  });
}

test('triggers of the partitioned table run', async () => {
  await using database = await seeded(
    newest,
    `CREATE TABLE log (n integer);
     CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log SELECT count(*) FROM new_rows; RETURN NULL; END $$;
     CREATE TABLE p (k integer) PARTITION BY LIST (k); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
     CREATE TRIGGER note AFTER INSERT ON p REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note()`,
  );
  assert.ok((await database.lines('SELECT n FROM log')).includes('3'));
});

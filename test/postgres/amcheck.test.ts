import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damageIn, needAmcheck } from '../../src/postgres/amcheck.ts';
import { freshSession, servers } from '../support/postgres.ts';

const signal = new AbortController().signal;

for (const server of servers)
  test(`PostgreSQL ${server.major}: damaged indexes and tables are found, and no others`, async () => {
    await using session = await freshSession(
      server,
      `CREATE TABLE "a b" (id int PRIMARY KEY, text text); INSERT INTO "a b" SELECT g, repeat(g::text, 3000) FROM generate_series(1, 100) g;
       CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parts DEFAULT;
       CREATE MATERIALIZED VIEW totals AS SELECT 1 AS one; CREATE UNLOGGED TABLE cache (id int PRIMARY KEY);
       CREATE INDEX ON "a b" USING hash (id); CREATE TABLE counted AS SELECT g AS id FROM generate_series(1, 10) g`,
    );
    await needAmcheck(session.address, signal);
    assert.deepEqual(await damageIn(session.address, signal), []);
    await session.send('DROP SCHEMA lockkeeper_amcheck CASCADE'); // a database that has it somewhere else
    await session.send('CREATE EXTENSION amcheck SCHEMA public');
    await session.send(
      `CREATE FUNCTION liar(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 + pg_backend_pid()';
       CREATE INDEX "wrong one" ON "a b" (liar(id));
       UPDATE pg_class SET relfrozenxid = pg_current_xact_id()::text::xid WHERE relname = 'counted'`.replace(
        'pg_current_xact_id()',
        server.major < 13 ? 'txid_current()' : 'pg_current_xact_id()',
      ),
    );
    const [index, table, ...more] = await damageIn(session.address, signal);
    assert.match(index ?? '', /^The index public\."wrong one" is damaged: heap tuple .* lacks matching index tuple/);
    if (server.major >= 14)
      assert.match(
        table ?? '',
        /^The table public\.counted is damaged in 10 places: xmin \d+ precedes relation freeze/,
      );
    else assert.equal(table, undefined);
    assert.deepEqual(more, []);
  });

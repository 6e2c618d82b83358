import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlined } from '../../src/postgres/quote.ts';
import { freshSession, servers } from '../support/postgres.ts';

const texts = ["it's", 'back\\slash', '\\', "'; DROP TABLE a; --", '$1', 'ü🐘\n', ''];

for (const server of servers)
  test(`PostgreSQL ${server.major}: values in the places of parameters are the same, whatever strings are there`, async () => {
    await using session = await freshSession(server);
    for (const conforming of ['on', 'off']) {
      await session.send(`SET standard_conforming_strings = ${conforming}`);
      for (const text of texts) {
        const sql = inlined({
          sql: `SELECT $1::text AS a, $2::int + $2::int AS b, $3::text AS c, $4::text[] AS d, $5::bool AS e`,
          values: [text, 21, null, texts, false],
        });
        assert.deepEqual(await session.query(sql), [{ a: text, b: 42, c: null, d: texts, e: false }]);
      }
      const [row] = await session.query(inlined({ sql: 'SELECT $1::text[] AS none', values: [[]] }));
      assert.deepEqual(row, { none: [] });
    }
  });

test('what looks like a parameter in a name or a text is none', () => {
  const sql = `INSERT INTO "we ""$1"""."$2" VALUES ($1, '$2', $10)`;
  const values = ['a', 'b', ...Array.from({ length: 7 }, () => 0), 'ten'];
  assert.equal(inlined({ sql, values }), `INSERT INTO "we ""$1"""."$2" VALUES (E'a', '$2', E'ten')`);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../src/model/finding.ts';
import { newest, oldest } from '../support/postgres.ts';
import { play } from './rehearsal.ts';
import { sceneOf } from './scenes.ts';

/** What must be said of a scene where that it is said at all, which the examples prove, is not enough. */
interface Case {
  readonly base: string;
  readonly pending: string;
  readonly rule: string;
  readonly majors?: string;
  readonly message?: RegExp;
  readonly text?: RegExp;
  readonly what?: string;
  readonly relations?: readonly string[];
  /** Whether SQL is suggested. */
  readonly sql?: boolean;
}

const key =
  'CREATE TABLE a (id bigint PRIMARY KEY); CREATE TABLE b (id bigint, a_id bigint CONSTRAINT f REFERENCES a);';

const cases: Readonly<Record<string, Case>> = {
  'a key that is replaced locks readers out': {
    base: key,
    pending: 'ALTER TABLE b DROP CONSTRAINT f, ADD CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a ON DELETE CASCADE;',
    rule: 'add-fk-validating',
    message: /^Adding the foreign key f to a keeps reads and writes of public.a and public.b waiting while/,
    what: 'reads and writes',
  },
  'what is detached half-way needs FINALIZE': {
    base: 'CREATE TABLE m (id int) PARTITION BY LIST (id); CREATE TABLE m_1 PARTITION OF m FOR VALUES IN (1);',
    pending: "SET lock_timeout = '2s';\nALTER TABLE m DETACH PARTITION m_1 CONCURRENTLY;",
    rule: 'concurrent-with-short-timeout',
    majors: '14-99',
    message:
      /^DETACH PARTITION CONCURRENTLY .* the lock_timeout of 2 s may end it half-way: nobody finds the rows of m_1/,
    text: /ALTER TABLE m DETACH PARTITION m_1 FINALIZE; goes on/,
  },
  'a short lock_timeout is not advised for what it would break': {
    base: 'CREATE TABLE m (id int) PARTITION BY LIST (id); CREATE TABLE m_1 PARTITION OF m FOR VALUES IN (1);',
    pending: 'ALTER TABLE m DETACH PARTITION m_1 CONCURRENTLY;',
    rule: 'no-lock-timeout',
    majors: '14-99',
    text: /^Run it while no transaction stays open for long/,
  },
  'attaching keeps writers from what a foreign key refers to': {
    base: `CREATE TABLE c (id bigint PRIMARY KEY); CREATE TABLE m (c_id bigint REFERENCES c, k int) PARTITION BY LIST (k);
CREATE TABLE old (c_id bigint, k int NOT NULL CHECK (k = 1));`,
    pending: 'ALTER TABLE m ATTACH PARTITION old FOR VALUES IN (1);',
    rule: 'attach-partition-scan',
    message: /reads all of public.old, .* and keeps writes to public.c waiting\.$/,
    relations: ['public.old', 'public.c'],
    sql: true,
  },
  'an index is built while the transaction locks readers out': {
    base: 'CREATE TABLE a (id bigint PRIMARY KEY, n int); CREATE TABLE b (id bigint PRIMARY KEY);',
    pending: 'ALTER TABLE a ADD COLUMN z int;\nALTER TABLE b ADD COLUMN z int;\nCREATE INDEX a_n ON a (n);',
    rule: 'index-not-concurrent',
    message:
      /is built\. Meanwhile reads and writes of public.a, public.b wait too, which its transaction has locked since line 1\.$/,
    relations: ['public.a', 'public.b'],
    what: 'reads and writes',
  },
  'an index of partitions is built while the transaction locks readers out': {
    base: 'CREATE TABLE m (id int) PARTITION BY LIST (id); CREATE TABLE m_1 PARTITION OF m FOR VALUES IN (1);',
    pending: 'ALTER TABLE m ADD COLUMN z int;\nCREATE INDEX m_id ON m (id);',
    rule: 'partitioned-index-recurses',
    message: /its partition is indexed\. Meanwhile reads and writes of public.m, public.m_1 wait too/,
    what: 'reads and writes',
  },
  'what is created anew is not moved away from where it goes': {
    base: 'CREATE TABLE a (id bigint, n int); CREATE MATERIALIZED VIEW mv AS SELECT n FROM a;',
    pending: 'DROP MATERIALIZED VIEW mv;\nCREATE MATERIALIZED VIEW mv AS SELECT n, id FROM a;',
    rule: 'statement-after-access-exclusive',
    text: /^Do this work before, under another name/,
    sql: false,
  },
  'rows of a partition that is parted': {
    base: `CREATE TABLE m (id bigint) PARTITION BY HASH (id); CREATE TABLE m_0 PARTITION OF m FOR VALUES WITH (MODULUS 1, REMAINDER 0);`,
    pending: `ALTER TABLE m DETACH PARTITION m_0;
CREATE TABLE m_a PARTITION OF m FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE m_b PARTITION OF m FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO m SELECT * FROM m_0;
DROP TABLE m_0;`,
    rule: 'statement-after-access-exclusive',
    text: /^Do this work before, under another name/,
    sql: false,
  },
  'what follows a VALIDATE goes with it': {
    base: 'CREATE TABLE a (id bigint, n int);',
    pending: `ALTER TABLE a ADD CONSTRAINT nn CHECK (n IS NOT NULL) NOT VALID;
ALTER TABLE a VALIDATE CONSTRAINT nn;
ALTER TABLE a ALTER n SET NOT NULL;`,
    rule: 'not-valid-validate-same-tx',
    text: /What follows it, from line 3 on, belongs in one behind that\.$/,
    sql: true,
  },
};

for (const [name, { base, pending, rule, majors = '12-99', ...said }] of Object.entries(cases))
  for (const server of new Set([oldest, newest])) {
    const scene = sceneOf(`-- scene: ${name}\n-- majors: ${majors}\n-- base\n${base}\n-- migration x\n${pending}\n`);
    if (server.major < scene.majors[0] || server.major > scene.majors[1]) continue;
    test(`${rule}: ${name} (PostgreSQL ${server.major})`, async () => {
      const { findings } = await play(scene, server);
      const finding = findings.find((each) => each.rule === rule);
      assert.ok(finding, findings.map(({ message }) => message).join('\n'));
      isSaid(finding, said);
    });
  }

function isSaid({ message, instead, blocking, relations }: Finding, said: Partial<Case>): void {
  if (said.message) assert.match(message, said.message);
  if (said.text) assert.match(instead?.text ?? '', said.text);
  if (said.what) assert.equal(blocking?.what, said.what);
  if (said.relations) assert.deepEqual(relations, said.relations);
  if (said.sql !== undefined) assert.equal(instead?.migrations !== undefined, said.sql);
}

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

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MigrateInput, migrate } from '../../src/jobs/migrate.ts';
import type { Server } from '../../src/model/server.ts';
import type { Tool } from '../../src/model/tool.ts';
import { rules } from '../../src/rules/index.ts';
import { loadTool, type ToolName } from '../../src/tools/index.ts';
import { freshSession, servers, type TestServer } from '../support/postgres.ts';
import { treeOf } from '../tools/trees.ts';

const progress = { step: () => {} };

function lent(server: TestServer): Server {
  const rest = { kind: 'existing', version: String(server.major), lent: true, log: async () => '' } as const;
  return { ...server, ...rest, [Symbol.asyncDispose]: async () => {} };
}

async function inputFor(
  server: TestServer,
  target: MigrateInput['target'],
  name: ToolName,
  files: Readonly<Record<string, string>>,
  more: Partial<MigrateInput> = {},
): Promise<MigrateInput> {
  const tool: Tool = await loadTool(name);
  return {
    ...{ target, tool, folders: ['m'], folder: '', head: await tool.read(treeOf(files), ['m']) },
    ...{ openServer: async () => lent(server), rules, failOn: 'error', protectedTables: [], seedRows: 3 },
    ...{ statementLimit: 60, version: '0', now: new Date(), signal: new AbortController().signal, progress },
    ...{ allow: [], driftIgnore: [], gates: [], queue: 5000, about: {} },
    limits: { transactionSeconds: 300, lagSeconds: 30, slotBytes: 1e10 },
    applying: { lockTimeout: 1000, lockWait: 5000, statementTimeout: 60_000 },
    ...more,
  };
}

const goose = (up: string) => `-- +goose Up\n${up}\n`;

for (const server of servers)
  test(`goose, PostgreSQL ${server.major}`, async () => {
    await using session = await freshSession(server);
    const files = {
      'm/00001_a.sql': goose('CREATE TABLE a (id bigint PRIMARY KEY);'),
      'm/00002_b.sql': `-- +goose NO TRANSACTION\n${goose('CREATE TABLE b (id bigint PRIMARY KEY, n int);\nCREATE INDEX CONCURRENTLY b_n ON b (n);')}`,
    };
    const input = await inputFor(server, session.address, 'goose', files);
    const report = await migrate(input);
    assert.deepEqual(
      [report.outcome, report.plan.gates.filter(({ outcome }) => outcome === 'closed'), report.failure],
      ['passed', [], undefined],
      JSON.stringify(report.verification),
    );
    assert.deepEqual(
      await session.query('SELECT version_id::int AS v, is_applied AS a FROM goose_db_version ORDER BY id'),
      [
        { v: 0, a: true },
        { v: 1, a: true },
        { v: 2, a: true },
      ],
    );
    assert.equal((await migrate(input)).outcome, 'nothing');
    assert.deepEqual(
      await session.query('SELECT migration, status, done, statements FROM lockkeeper_history ORDER BY id'),
      [
        { migration: '1', status: 'applied', done: 1, statements: 1 },
        { migration: '2', status: 'applied', done: 2, statements: 2 },
      ],
    );
  });

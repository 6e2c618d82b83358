import type { Finding } from '../../src/model/finding.ts';
import type { CheckReport } from '../../src/model/report.ts';
import type { SchemaObject } from '../../src/model/schema.ts';

/** A report with one of everything; `text` stands wherever SQL, a file name or the database has a say. */
export function sampleReport(text = 'plain', findings = 2): CheckReport {
  const path = `migrations/${text}.sql`;
  const locks = [{ relation: `public.${text}`, mode: 'AccessExclusiveLock', kind: 'table', atBase: true }] as const;
  const columns = { schema: 'public', table: `public.${text}`, oid: 1, notNull: true, inherited: false };
  const table = {
    ...{
      kind: 'table',
      id: `public.${text}`,
      schema: 'public',
      name: text,
      oid: 1,
      type: 'table',
      persistence: 'permanent',
    },
    ...{ parents: [], partition: false, rowSecurity: 'off', replicaIdentity: 'default', options: [] },
  } as SchemaObject;
  const column = { kind: 'column', id: `public.${text}.c`, name: text, position: 1, type: text, ...columns } as const;
  return {
    version: 1,
    command: 'check',
    outcome: 'failed',
    failOn: 'error',
    lockkeeper: '0.1.0',
    startedAt: '2026-11-21T00:00:00.000Z',
    milliseconds: 3100,
    tool: { name: 'sql', title: 'a folder of SQL', folders: ['migrations'] },
    base: { appliedThrough: text },
    server: { kind: 'embedded', version: '17.10' },
    migrations: { base: 41, pending: [{ id: text, path, statements: 2, status: 'applied' }] },
    findings: Array.from({ length: findings }, (_, index) => findingOf(text, path, index)),
    observations: [
      {
        ...{ migration: text, path, line: 3, sql: `CREATE INDEX ${text}`, milliseconds: 1, transaction: 1 },
        ...{ locks, held: [], rewritten: [`public.${text}`], scanned: [`public.${text}`], unobserved: text },
      },
      {
        ...{
          migration: text,
          path,
          line: 4,
          sql: text,
          milliseconds: 1,
          transaction: 1,
          locks: [],
          held: [],
          rewritten: [],
          scanned: [],
        },
        error: { sqlstate: '42P01', message: text, line: 4 },
      },
    ],
    changes: [
      { action: 'renamed', kind: 'table', id: `public.${text}`, from: `public.old ${text}`, details: [] },
      { action: 'added', kind: 'column', id: `public.${text}.c`, table: `public.${text}`, details: [] },
      {
        action: 'changed',
        kind: 'column',
        id: `public.${text}.d`,
        table: `public.${text}`,
        details: [{ property: 'type', before: text, after: null }],
      },
    ],
    touched: { before: [], after: [table, column] },
    fingerprints: { before: 'a'.repeat(64), after: 'b'.repeat(64) },
    coverage: {
      statements: { total: 2, run: 2, observed: 1 },
      seeded: { tables: 41, rows: 123, skipped: [{ table: text, reason: text }] },
      notes: [text],
    },
    onBackup: {
      ...{ outcome: 'failed', backup: text, database: text, takenAt: '2026-11-20T00:00:00.000Z', bytes: 1e9 },
      ...{ server: '17.10', restoreMilliseconds: 61_000 },
      applied: [
        {
          ...{ id: text, path, milliseconds: 2100, retries: 0, blockers: [] },
          statements: [{ line: 3, sql: text, milliseconds: 2100 }],
        },
      ],
      failure: { migration: text, path, line: 4, sqlstate: '23505', message: text, done: 1, statements: 2 },
    },
  };
}

function findingOf(text: string, path: string, index: number): Finding {
  return {
    rule: 'index-not-concurrent',
    severity: (['error', 'warning', 'notice'] as const)[index % 3] ?? 'error',
    status: index % 7 === 6 ? 'waived' : 'open',
    migration: text,
    path,
    line: index + 3,
    message: `CREATE INDEX blocks writes to ${text} ${index}.`,
    relations: [text],
    blocking: { what: 'writes', during: 'index build' },
    instead: { text, migrations: [{ sql: `CREATE INDEX CONCURRENTLY ${text};`, outsideTransaction: true }] },
    ...(index % 7 === 6 && { waiver: { reason: text, line: 1 } }),
  };
}

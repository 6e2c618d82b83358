import picomatch from 'picomatch';
import { type FailOn, type Finding, fails } from '../model/finding.ts';
import type { History, Migration } from '../model/migration.ts';
import type { SearchPath } from '../model/plan.ts';
import type { CheckReport, Coverage, OnBackup } from '../model/report.ts';
import type { Rule, World } from '../model/rule.ts';
import type { Snapshot } from '../model/schema.ts';
import type { Progress, Server } from '../model/server.ts';
import type { Tool } from '../model/tool.ts';
import { touchedObjects } from '../postgres/touched.ts';
import { judge } from './judge.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';

/** What is checked: a tool's migrations, and which of them count as applied. */
export interface Subject {
  readonly tool: Tool;
  readonly folders: readonly string[];
  /** Where these and all paths start, relative to the repository's top; empty for the top itself. */
  readonly folder: string;
  /** As at the base: what the schema before the pending migrations is made of. */
  readonly base: History;
  readonly head: History;
  /** Migrations of the head that the base has not, in the head's order. */
  readonly pending: readonly Migration[];
  readonly origin: CheckReport['base'];
  /** The commit that is checked, where there is one. */
  readonly commit?: string;
}

export interface CheckInput {
  readonly subject: Subject;
  /** Asked only when something is pending. */
  openServer(): Promise<Server>;
  readonly rules: readonly Rule[];
  readonly failOn: FailOn;
  /** Globs of tables: `public.orders`, `billing.*`, `schema_version` (in any schema). */
  readonly protectedTables: readonly string[];
  /** Of the sessions that migrations run in, where it is not PostgreSQL's default. */
  readonly searchPath?: SearchPath;
  readonly seedRows: number;
  readonly statementLimit: number;
  /** Replays the base also where nothing is pending. */
  readonly always?: boolean;
  /** Lockkeeper's version. */
  readonly version: string;
  /** The moment the check began, which decides whether waivers have expired. */
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** What was found, and what it was found in. */
export interface Examination {
  readonly report: CheckReport;
  readonly rehearsal: Rehearsal;
}

/** A check that may also ask a backup. */
export interface WholeCheckInput extends CheckInput {
  /** Applies what is pending to a restored backup; `seen` is what is known of the schema without it. */
  rehearseOn?(seen: readonly Snapshot[]): Promise<OnBackup>;
}

/** Checks what the pending migrations do, on a server of its own. Throws `KnownError` when it cannot be done. */
export async function check(input: WholeCheckInput): Promise<CheckReport> {
  const start = performance.now();
  const { report, rehearsal } = await examine(input);
  if (!input.rehearseOn || input.subject.pending.length === 0) return report;
  const onBackup = await input.rehearseOn([rehearsal.before, rehearsal.after]);
  const failed = onBackup.outcome === 'failed' && input.failOn !== 'never';
  const milliseconds = Math.round(performance.now() - start);
  return { ...report, milliseconds, outcome: failed ? 'failed' : report.outcome, onBackup };
}

/** The same, with the schemas before and after. */
export async function examine(input: CheckInput): Promise<Examination> {
  const start = performance.now();
  const { rehearsal, server } = await runPending(input);
  const world = worldOf(input, rehearsal, server?.major);
  input.progress.step('judging');
  const findings = judge(world, input.rules, { today: input.now.toISOString().slice(0, 10) });
  const milliseconds = Math.round(performance.now() - start);
  return { report: reportOf(input, { rehearsal, findings, milliseconds, ...(server && { server }) }), rehearsal };
}

interface Judged {
  readonly rehearsal: Rehearsal;
  readonly server?: ServerFacts;
  readonly findings: readonly Finding[];
  readonly milliseconds: number;
}

function reportOf(input: CheckInput, { rehearsal, server, findings, milliseconds }: Judged): CheckReport {
  const { subject, failOn, now } = input;
  return {
    version: 1,
    command: 'check',
    outcome: findings.some((each) => each.status === 'open' && fails(each.severity, failOn)) ? 'failed' : 'passed',
    failOn,
    lockkeeper: input.version,
    startedAt: now.toISOString(),
    milliseconds,
    ...(subject.folder !== '' && { folder: subject.folder }),
    tool: { name: subject.tool.name, title: subject.tool.title, folders: subject.folders },
    base: subject.origin,
    ...(subject.commit !== undefined && { head: subject.commit }),
    ...(server && { server: { kind: server.kind, version: server.version } }),
    migrations: { base: subject.base.migrations.length, pending: rehearsal.migrations },
    findings,
    observations: rehearsal.statements.map(({ observation }) => observation),
    changes: rehearsal.changes,
    touched: touchedObjects(rehearsal.changes, rehearsal.before, rehearsal.after),
    ...(server && { fingerprints: { before: rehearsal.before.fingerprint, after: rehearsal.after.fingerprint } }),
    coverage: coverageOf(subject, rehearsal),
  };
}

type ServerFacts = Pick<Server, 'kind' | 'version' | 'major'>;

async function runPending(input: CheckInput): Promise<{ rehearsal: Rehearsal; server?: ServerFacts }> {
  const { subject, searchPath, seedRows, statementLimit, signal, progress } = input;
  if (subject.pending.length === 0 && !input.always) return { rehearsal: nothing };
  await using server = await input.openServer();
  const rehearsal = await rehearse({
    server,
    tool: subject.tool,
    base: subject.base.migrations,
    pending: subject.pending,
    ...(searchPath && { searchPath }),
    seedRows,
    statementLimit,
    signal,
    progress,
  });
  return { rehearsal, server: { kind: server.kind, version: server.version, major: server.major } };
}

const empty: Snapshot = { serverVersion: 0, fingerprint: '', objects: [] };

const nothing: Rehearsal = {
  before: empty,
  after: empty,
  changes: [],
  seeded: { tables: 0, rows: 0, skipped: [] },
  migrations: [],
  statements: [],
  notes: [],
};

/** Rules that know their majors are asked as for the newest one when no server was needed. */
const newestMajor = 18;

function worldOf({ subject, protectedTables }: CheckInput, rehearsal: Rehearsal, major = newestMajor): World {
  const { before, after, changes, statements } = rehearsal;
  const { pending, base, head } = subject;
  const { outsideTransaction } = subject.tool;
  const isProtected = matcher(protectedTables);
  return { major, before, after, changes, statements, pending, base, head, outsideTransaction, isProtected };
}

/** A glob with a dot names schema and table; one without names a table in any schema. */
function matcher(globs: readonly string[]): (table: string) => boolean {
  const qualified = globs.map((glob) => picomatch(glob.includes('.') ? glob : `*.${glob}`, { dot: true }));
  return (table) => qualified.some((matches) => matches(table));
}

function coverageOf(subject: Subject, { statements, migrations, seeded, notes }: Rehearsal): Coverage {
  const total = migrations.reduce((sum, migration) => sum + migration.statements, 0);
  const notRun = total - statements.length;
  return {
    statements: {
      total,
      run: statements.length,
      observed: statements.filter(({ observation }) => observation.unobserved === undefined).length,
    },
    seeded,
    notes: [
      ...subject.head.ignored.map(({ path, reason }) => `${path} was passed over: ${reason}`),
      ...migrations.filter((each) => each.statements === 0).map(({ path }) => `${path} holds no statement.`),
      ...(notRun > 0 ? [`${notRun} of ${total} statements were not run, because an earlier one failed.`] : []),
      ...notes,
    ],
  };
}

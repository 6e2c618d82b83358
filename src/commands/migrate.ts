import { readFile, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { backup } from '../jobs/backup.ts';
import type { MigrateInput, Safety } from '../jobs/migrate/input.ts';
import { findProgram } from '../jobs/migrate/program.ts';
import { isPartial, migrate } from '../jobs/migrate.ts';
import { plan } from '../jobs/plan.ts';
import { exitCodes, fileFault, KnownError } from '../model/error.ts';
import type { MigrateReport } from '../model/migrate-report.ts';
import type { Plan } from '../model/plan.ts';
import type { Address } from '../model/server.ts';
import type { Store } from '../model/store.ts';
import type { Tool } from '../model/tool.ts';
import { urlOf } from '../postgres/url.ts';
import { type Again, migratePage } from '../reports/migrate/migrate.ts';
import { loadProvider } from '../servers/index.ts';
import { flagsFor } from './again.ts';
import { announced, type Telling } from './announced.ts';
import { backupOptions, runOf } from './backup.ts';
import type { Door } from './door.ts';
import { jobsOf } from './jobs.ts';
import { pinged } from './ping.ts';
import { publishPlan } from './plan.ts';
import { planInputOf } from './planning.ts';
import { publishPage } from './publish.ts';
import { identitiesIn } from './reading.ts';
import { storeOf } from './store.ts';

/** Backs a target up, applies what is pending, and shows that the result is as planned. */
export async function run(door: Door): Promise<number> {
  const { settings } = door;
  if (settings.dryRun || settings.sql) return publishPlan(door, await plan(await planInputOf(door)));
  return announced(door, 'migrate', (telling) => pinged(door, () => carriedOut(door, telling)));
}

async function carriedOut(door: Door, { begin, came }: Telling): Promise<number> {
  await using store = isBackedUp(door) ? await storeOf(door) : undefined;
  const report = await migrate({ ...(await inputOf(door, store)), begin });
  const whole = { ...report, ...(store && { store: store.label }) };
  const page = migratePage(whole, againOf(door, report));
  came({ page, idle: report.outcome === 'nothing' });
  const outputs = { applied: String(report.applied.length), digest: report.plan.digest };
  await publishPage(door, whole, page, { ...outputs, ...(report.backup && { backup: report.backup.id }) });
  return codeOf(report);
}

/** The commands that come after a failure, with the flags of this run. */
function againOf(door: Door, { plan }: MigrateReport): Again {
  const allow = plan.allowed.length > 0 ? ['--allow', plan.allowed.join(',')] : [];
  return {
    plan: ['lockkeeper', 'plan', ...flagsFor('plan', door), ...allow],
    migrate: ['lockkeeper', 'migrate', ...flagsFor('migrate', door, ['backup', 'store', 'rehearse']), ...allow],
    restore: ['lockkeeper', 'restore', ...flagsFor('restore', door)],
  };
}

function isBackedUp({ settings: { backup: when = 'always' } }: Door): boolean {
  if (when === 'always' || when === 'never') return when === 'always';
  throw new KnownError(`\`backup\`: for \`migrate\` it is \`always\` or \`never\`, not \`${when}\`.`);
}

async function inputOf(door: Door, store: Store | undefined): Promise<MigrateInput> {
  const { settings } = door;
  const input = await planInputOf(door);
  const { plan: file, lockTimeout, lockWait, statementTimeout, lockQueue: queue, onFailure, reason } = settings;
  const { GITHUB_ACTOR, USER, LOGNAME } = process.env;
  const actor = GITHUB_ACTOR || USER || LOGNAME;
  const { commit = input.commit, run } = runOf(process.env);
  return {
    ...input,
    ...(settings.digest && { approved: settings.digest }),
    ...(file && (await approvedIn(file))),
    ...(store && { safety: await safetyOf(door, store, input.target) }),
    applying: { lockTimeout, lockWait, statementTimeout },
    ...{ queue, onFailure },
    ...(await askingOf(door, input.tool)),
    about: { ...(actor && { actor }), ...(commit && { commit }), ...(run && { run }), ...(reason && { reason }) },
  };
}

/** The tool's own program, where it has one. */
async function askingOf({ settings }: Door, { witness }: Tool): Promise<Pick<MigrateInput, 'asking'>> {
  if (!witness) return {};
  const program = await findProgram(witness, settings.toolBin);
  return { asking: { program, root: await realpath(resolve(settings.workingDirectory)) } };
}

async function safetyOf(door: Door, store: Store, target: Address): Promise<Safety> {
  const { settings, host, signal } = door;
  const { rehearse, pgBin } = settings;
  const identities = await identitiesIn(settings);
  return {
    backup: (reason) => backup({ ...backupOptions(door, store, reason), target }),
    rehearse,
    openTarget: async () =>
      (await loadProvider('existing')).open({ url: urlOf(target), signal, progress: host.progress }),
    copies: {
      ...{ store, jobs: jobsOf(settings), identities, signal, progress: host.progress },
      ...(pgBin && { clientFolder: pgBin }),
    },
  };
}

/** What was approved, with what was accepted then. */
async function approvedIn(path: string): Promise<Pick<MigrateInput, 'approved' | 'allow'>> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new KnownError(`The plan cannot be read: ${fileFault(cause)}.`, { place: { path }, cause });
  });
  const plan = planIn(text);
  if (plan) return { approved: plan.digest, allow: plan.allowed };
  throw new KnownError('This is no plan.', { place: { path }, help: '`lockkeeper plan --out FILE` writes one.' });
}

function planIn(text: string): Plan | undefined {
  try {
    const plan = JSON.parse(text) as Partial<Plan>;
    const isPlan = plan.command === 'plan' && typeof plan.digest === 'string' && Array.isArray(plan.allowed);
    return isPlan ? (plan as Plan) : undefined;
  } catch {
    return undefined;
  }
}

function codeOf(report: MigrateReport): number {
  if (report.outcome === 'passed' || report.outcome === 'nothing') return exitCodes.done;
  if (report.outcome === 'refused') return report.plan.outcome === 'failed' ? exitCodes.findings : exitCodes.refused;
  return isPartial(report) ? exitCodes.partial : exitCodes.failed;
}

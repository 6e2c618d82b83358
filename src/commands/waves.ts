import { matrixOf, targetsIn, worstOf } from '../jobs/plan/waves.ts';
import { plan } from '../jobs/plan.ts';
import { exitCodes, KnownError } from '../model/error.ts';
import type { PlannedTarget, WavesReport, WaveTarget } from '../model/waves.ts';
import { wavesPage } from '../reports/migrate/waves.ts';
import type { Page } from '../reports/page.ts';
import { version } from '../version.ts';
import type { Telling } from './announced.ts';
import type { Door } from './door.ts';
import { planCodes } from './plan-codes.ts';
import { planInputOf } from './planning.ts';
import { publishPage } from './publish.ts';
import { writeReport } from './write.ts';

/** Plans several targets, and tells what is to be migrated in which wave. Touches none of them. */
export async function planWaves(door: Door, came: Telling['came'], environment = process.env): Promise<number> {
  const start = performance.now();
  const startedAt = new Date().toISOString();
  const named = targetsIn(door.settings.waves);
  refuseUnset(named, environment);
  const targets: PlannedTarget[] = [];
  for (const target of named) {
    door.host.progress.step(`planning ${target.name}`);
    targets.push({ ...target, ...(await planned(door, environment[target.secret] ?? '')) });
  }
  const report: WavesReport = {
    ...{ version: 1, command: 'plan', outcome: worstOf(targets), lockkeeper: version, startedAt },
    ...{ milliseconds: Math.round(performance.now() - start), targets, waves: matrixOf(targets) },
  };
  const page = wavesPage(report);
  came({ page, idle: report.outcome === 'passed' });
  await publish(door, report, page);
  return codeOf(report);
}

function refuseUnset(named: readonly WaveTarget[], environment: NodeJS.ProcessEnv): void {
  const unset = named.filter(({ secret }) => !environment[secret]);
  if (unset.length === 0) return;
  throw new KnownError(`There is no URL of ${unset.map(({ name }) => name).join(', ')}.`, {
    help: `Set the environment variable${unset.length > 1 ? 's' : ''} ${unset.map(({ secret }) => secret).join(', ')}.`,
  });
}

async function planned({ settings, ...door }: Door, url: string): Promise<Pick<PlannedTarget, 'plan' | 'error'>> {
  try {
    return { plan: (await plan(await planInputOf({ ...door, settings: { ...settings, url } }))).plan };
  } catch (error) {
    if (!(error instanceof KnownError) || error.reason === 'usage') throw error;
    return { error: { message: [error.message, error.help].filter(Boolean).join(' '), reason: error.reason } };
  }
}

async function publish(door: Door, report: WavesReport, page: Page): Promise<void> {
  const pending = report.targets.reduce((sum, { plan }) => sum + (plan?.pending.length ?? 0), 0);
  const outputs = { waves: JSON.stringify(report.waves), pending: String(pending) };
  await publishPage(door, report, page, outputs);
  if (door.settings.out) await writeReport(`${JSON.stringify(report, null, 2)}\n`, door.settings.out);
}

function codeOf({ outcome, targets }: WavesReport): number {
  const reason = targets.find(({ error }) => error)?.error?.reason;
  return reason ? exitCodes[reason] : planCodes[outcome];
}

import { readFile } from 'node:fs/promises';
import { backup } from '../jobs/backup.ts';
import { idOf } from '../jobs/backups/pick.ts';
import { isPartial, type MigrateInput, migrate } from '../jobs/migrate.ts';
import { plan } from '../jobs/plan.ts';
import { exitCodes, fileFault, KnownError } from '../model/error.ts';
import type { MigrateReport } from '../model/migrate-report.ts';
import type { Store } from '../model/store.ts';
import { migratePage } from '../reports/migrate/migrate.ts';
import { backupOptions } from './backup.ts';
import type { Door } from './door.ts';
import { pinged } from './ping.ts';
import { publishPlan } from './plan.ts';
import { planInputOf } from './planning.ts';
import { publishPage } from './publish.ts';
import { storeOf } from './store.ts';

/** Backs a target up, applies what is pending, and shows that the result is as planned. */
export async function run(door: Door): Promise<number> {
  const { settings } = door;
  if (settings.dryRun || settings.sql) return publishPlan(door, await plan(await planInputOf(door)));
  return pinged(door, async () => {
    await using store = isBackedUp(door) ? await storeOf(door) : undefined;
    const report = await migrate(await inputOf(door, store));
    const whole = { ...report, ...(store && { store: store.label }) };
    const outputs = { applied: String(report.applied.length), digest: report.plan.digest };
    await publishPage(door, whole, migratePage(whole), {
      ...outputs,
      ...(report.backup && { backup: report.backup.id }),
    });
    return codeOf(report);
  });
}

function isBackedUp({ settings: { backup: when = 'always' } }: Door): boolean {
  if (when === 'always' || when === 'never') return when === 'always';
  throw new KnownError(`\`backup\`: for \`migrate\` it is \`always\` or \`never\`, not \`${when}\`.`);
}

async function inputOf(door: Door, store: Store | undefined): Promise<MigrateInput> {
  const { settings } = door;
  const input = await planInputOf(door);
  const { plan: file, lockTimeout, lockWait, statementTimeout, lockQueue: queue } = settings;
  const { GITHUB_ACTOR: actor, GITHUB_SHA: commit = input.commit } = process.env;
  const options = store && backupOptions(door, store, undefined);
  return {
    ...input,
    ...(file && { approved: await approvedIn(file) }),
    ...(options && {
      backup: (reason: string) => takeBackup({ ...options, about: { ...options.about, reason } }, input),
    }),
    applying: { lockTimeout, lockWait, statementTimeout },
    queue,
    about: {
      ...(actor && { actor }),
      ...(commit && { commit }),
      ...(options?.about.run && { run: options.about.run }),
    },
  };
}

async function takeBackup(
  options: ReturnType<typeof backupOptions>,
  { target }: MigrateInput | Awaited<ReturnType<typeof planInputOf>>,
) {
  const { manifestKey: key } = await backup({ ...options, target });
  return { id: idOf({ key }), key };
}

async function approvedIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new KnownError(`The plan cannot be read: ${fileFault(cause)}.`, { place: { path: file }, cause });
  });
  try {
    const { digest, command } = JSON.parse(text) as { digest?: unknown; command?: unknown };
    if (command === 'plan' && typeof digest === 'string') return digest;
  } catch {}
  throw new KnownError('This is no plan.', { place: { path: file }, help: '`lockkeeper plan --out FILE` writes one.' });
}

function codeOf(report: MigrateReport): number {
  if (report.outcome === 'passed' || report.outcome === 'nothing') return exitCodes.done;
  if (report.outcome === 'refused') return report.plan.outcome === 'failed' ? exitCodes.findings : exitCodes.refused;
  return isPartial(report) ? exitCodes.partial : exitCodes.failed;
}

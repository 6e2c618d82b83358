import { check } from '../jobs/check.ts';
import { exitCodes } from '../model/error.ts';
import type { CheckReport } from '../model/report.ts';
import { pathOf } from '../postgres/search-path.ts';
import { rules } from '../rules/index.ts';
import { version } from '../version.ts';
import type { Door } from './door.ts';
import { rehearsalOn } from './rehearse-on.ts';
import { openServer } from './server.ts';
import { subjectOf } from './subject.ts';
import { writeReport } from './write.ts';

/** Runs the pending migrations and tells what they do. */
export async function run(door: Door): Promise<number> {
  const { settings, host, signal } = door;
  const subject = await subjectOf(settings, host, signal);
  const searchPath = pathOf(settings.searchPath);
  const report = await check({
    subject,
    ...(searchPath && { searchPath }),
    ...(await rehearsalOn(door, subject)),
    openServer: () => openServer(door, settings.postgres),
    rules,
    failOn: settings.failOn,
    protectedTables: settings.protected,
    seedRows: settings.seedRows,
    statementLimit: settings.statementLimit,
    version,
    now: new Date(),
    signal,
    progress: host.progress,
  });
  await show(report, door);
  return report.outcome === 'passed' ? exitCodes.done : exitCodes.findings;
}

async function show(report: CheckReport, { settings, host, signal }: Door): Promise<void> {
  const { presentationOf, files } = await import('../reports/index.ts');
  const wanted = Object.entries(settings.reports) as [keyof typeof files, string][];
  const quiet = wanted.some(([, file]) => file === '-');
  const { colour, githubToken: token, commentId: id = '' } = settings;
  const comment = { folder: report.folder ?? '', id, signal, ...(token && { token }) };
  await host.publish(presentationOf(report, settings.reports), {
    ...{ colour, quiet },
    ...(settings.comment === 'auto' && { comment }),
  });
  for (const [setting, file] of wanted) await writeReport(await files[setting](report, rules), file);
}

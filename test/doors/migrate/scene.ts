import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrateReport } from '../../../src/model/migrate-report.ts';
import type { ToolName } from '../../../src/tools/index.ts';
import { type Ended, program, runProgram } from '../../support/program.ts';
import { type Scene as BackupScene, scene as backupScene } from '../backups/scene.ts';

export interface Scene extends Omit<BackupScene, 'run' | 'report' | 'backUp'> {
  /** Writes migrations, and nothing else is there then. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  run(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
  /** The report of `migrate`, which ends like this. */
  migrate(words?: readonly string[], status?: number, env?: NodeJS.ProcessEnv): Promise<MigrateReport>;
  /** Begins a command that somebody will end. */
  begin(words: readonly string[]): ChildProcess;
  readonly folder: string;
}

/** A store in a folder, an empty target, and a repository whose migrations are in `migrations`. */
export async function scene(test: TestContext, tool: ToolName = 'sql'): Promise<Scene> {
  const { run: _, report: __, backUp: ___, ...there } = await backupScene(test);
  const migrations = join(there.folder, 'migrations');
  const env = { ...there.env, LOCKKEEPER_TOOL: tool };
  const run: Scene['run'] = (words, more) => runProgram(words, { folder: there.folder, env: { ...env, ...more } });
  return {
    ...there,
    run,
    write: async (files) => {
      await rm(migrations, { recursive: true, force: true });
      await mkdir(migrations);
      for (const [name, text] of Object.entries(files)) await writeFile(join(migrations, name), text);
    },
    migrate: async (words = [], status = 0, more = {}) => {
      const ended = await run(['migrate', ...words, '--report-json', '-'], more);
      if (ended.status !== status)
        throw new Error(`It ended with ${ended.status}, not ${status}:\n${ended.stderr}\n${ended.stdout}`);
      return JSON.parse(ended.stdout);
    },
    begin: (words) =>
      spawn(process.execPath, [program, ...words], {
        cwd: there.folder,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
  };
}

/** Ends a process after so many milliseconds; resolves to its exit code, null where it had no say. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals, after: number): Promise<number | null> {
  const timer = setTimeout(() => child.kill(signal), after);
  child.stdout?.resume();
  child.stderr?.resume();
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  return code;
}

/** Waits until a query has rows. */
export async function until({ session }: Pick<Scene, 'session'>, sql: string): Promise<void> {
  while ((await session.query(sql)).length === 0) await sleep(20);
}

/** Sleeps on the target, and not where it is rehearsed: only the target has our table. */
export const sleepOnTarget =
  "SELECT pg_sleep(CASE WHEN to_regclass('public.lockkeeper_history') IS NULL THEN 0 ELSE 600 END);";

export const isAsleep = `SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`;

import { type ChildProcess, spawn } from 'node:child_process';
import type { TestContext } from 'node:test';
import { type Scene, scene } from '../../doors/migrate/scene.ts';
import { action } from '../../support/program.ts';
import { environmentOf, type Run, repository, runAction } from '../api-runs.ts';
import { LocalGitHub } from '../api-server.ts';

/** The commit that was merged, and the pull request that it came with. */
export const merged = { commit: 'c0ffee'.padEnd(40, '0'), number: 42 };

interface Job {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: string;
  readonly payload?: unknown;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Merge extends Pick<Scene, 'session' | 'write' | 'store'> {
  readonly github: LocalGitHub;
  /** Runs the action on the commit, without a backup unless `inputs` say otherwise. */
  run(job?: Job): Promise<Run>;
  /** Begins it, for somebody to end. */
  begin(job?: Job): Promise<ChildProcess>;
}

/** A repository with these migrations of plain SQL, an empty target, and GitHub. */
export async function merge(test: TestContext, files: Readonly<Record<string, string>>): Promise<Merge> {
  const { write, session, store, folder, env } = await scene(test);
  const github = await LocalGitHub.start();
  test.after(() => github[Symbol.asyncDispose]());
  github.merged.push(merged);
  await write(files);
  const whole = ({ inputs, event = 'push', payload, env: more }: Job = {}) => ({
    ...{ event, payload: payload ?? { repository, after: merged.commit }, folder },
    inputs: { command: 'migrate', backup: 'never', ...inputs },
    env: { ...env, LOCKKEEPER_TOOL: 'sql', GITHUB_SHA: merged.commit, GITHUB_ACTOR: 'octocat', ...more },
  });
  return {
    ...{ write, session, store, github },
    run: (job) => runAction(github, whole(job)),
    begin: async (job) => {
      const surroundings = await environmentOf(github, whole(job));
      test.after(() => surroundings[Symbol.asyncDispose]());
      const options = { cwd: folder, env: surroundings.env, stdio: 'ignore' } as const;
      return spawn(process.execPath, [action], options);
    },
  };
}

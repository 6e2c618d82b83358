import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openRepository } from '../git/repository.ts';
import { workTree } from '../git/worktree.ts';
import { init } from '../jobs/init.ts';
import { exitCodes, KnownError } from '../model/error.ts';
import { visible } from '../reports/escape.ts';
import type { Door } from './door.ts';
import { found, repositoryFolder } from './subject.ts';

/** Writes the workflow and the settings. */
export async function run({ settings, host, signal }: Door): Promise<number> {
  const folder = await realpath(resolve(settings.workingDirectory));
  const repository = await openRepository(folder, signal).catch((error) => {
    if (!(error instanceof KnownError) || !error.message.includes('not in a git work tree')) throw error;
    throw new KnownError(error.message, {
      help: 'Run it in a clone of the repository, or make one of the folder with `git init`.',
    });
  });
  const ask = settings.yes || settings.dryRun ? undefined : host.ask;
  await init({
    root: repository.root,
    tree: repository.workTree,
    folder: repositoryFolder(repository.root, folder),
    found: (choose) => found(settings, workTree(folder, signal), choose),
    defaultBranch: await repository.defaultBranch(),
    forks: settings.forks,
    dryRun: settings.dryRun,
    force: settings.force,
    ...(settings.postgres !== undefined && { postgres: settings.postgres }),
    ...(ask && { ask: (question) => ask(visible(question)) }),
    tell: (line) => (settings.dryRun ? process.stderr : process.stdout).write(`${visible(line)}\n`),
    show: (diff) => process.stdout.write(visible(diff)),
  });
  return exitCodes.done;
}

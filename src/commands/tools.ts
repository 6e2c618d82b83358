import { resolve } from 'node:path';
import { workTree } from '../git/worktree.ts';
import { exitCodes } from '../model/error.ts';
import type { Door } from './door.ts';
import { found } from './subject.ts';

/** Tells which migration tool was found, where, and why. */
export async function run({ settings, signal }: Door): Promise<number> {
  const { tool, folders, evidence } = await found(settings, workTree(resolve(settings.workingDirectory), signal));
  for (const folder of folders) process.stdout.write(`${tool.name} in ${folder || '.'}\n`);
  for (const { evidence: why } of evidence) process.stdout.write(`  ${why}\n`);
  return exitCodes.done;
}

import { GitError, git } from './run.ts';

/** Full hash of the commit that a ref or an expression such as `main~2` names here; undefined where it names none. */
export async function commitOf(root: string, ref: string, signal?: AbortSignal): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  return (await gitOrNothing(root, args, signal))?.toString().trim();
}

/** The branch that a symbolic ref stands for, also where it has no commit yet: `main`, `origin/main`. */
export async function branchBehind(root: string, ref: string, signal?: AbortSignal): Promise<string | undefined> {
  const name = (await gitOrNothing(root, ['symbolic-ref', '--quiet', '--short', ref], signal))?.toString().trim();
  return name || undefined;
}

/** Whether the clone lacks older commits. */
export async function isShallow(root: string, signal?: AbortSignal): Promise<boolean> {
  return (await git(root, ['rev-parse', '--is-shallow-repository'], { signal })).toString().trim() === 'true';
}

/** Whether there is a remote `origin` to fetch from. */
export async function hasOrigin(root: string, signal?: AbortSignal): Promise<boolean> {
  return (await gitOrNothing(root, ['config', '--get', 'remote.origin.url'], signal)) !== undefined;
}

/** git's output, or undefined where git says no. */
export async function gitOrNothing(
  root: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<Buffer | undefined> {
  try {
    return await git(root, args, { signal });
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

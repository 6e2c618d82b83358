import { KnownError } from '../model/error.ts';
import type { Tree } from '../model/migration.ts';
import { commitTree } from './commit.ts';
import { mergeBase } from './merge-base.ts';
import { branchBehind, commitOf } from './refs.ts';
import { GitError, git } from './run.ts';
import { workTree } from './worktree.ts';

/** A git repository with a work tree. */
export interface Repository {
  /** Absolute path of the work tree's top folder. */
  readonly root: string;
  /** The files as they are now. */
  readonly workTree: Tree;
  /** The files at a commit, given by its full hash. */
  at(commit: string): Tree;
  /** Full hash of the commit that is checked out; undefined in a repository without commits. */
  head(): Promise<string | undefined>;
  /** What a branch starts from where nobody says: `origin`'s default branch, or a local `main` or `master`. */
  defaultBase(): Promise<string | undefined>;
  /** The default branch's name: as `origin` has it, `main` or `master`, or what is checked out. */
  defaultBranch(): Promise<string | undefined>;
  /**
   * Full hash of the newest commit that `ref` and what is checked out have in common. Fetches from `origin` what a
   * shallow clone lacks, and `ref` itself where it is not there. Throws `KnownError` when there is no such ref, no
   * common commit, or no way to fetch.
   */
  mergeBase(ref: string): Promise<string>;
}

/** The repository that a folder is in. Throws `KnownError` when there is none. An abort of `signal` ends git. */
export async function openRepository(folder: string, signal?: AbortSignal): Promise<Repository> {
  const root = await rootOf(folder, signal);
  return {
    root,
    workTree: workTree(root, signal),
    at: (commit) => commitTree(root, commit, signal),
    head: () => commitOf(root, 'HEAD', signal),
    defaultBase: () => defaultBase(root, signal),
    defaultBranch: () => defaultBranch(root, signal),
    mergeBase: (ref) => mergeBase(root, ref, signal),
  };
}

async function rootOf(folder: string, signal: AbortSignal | undefined): Promise<string> {
  try {
    return (await git(folder, ['rev-parse', '--show-toplevel'], { signal })).toString().replace(/\n$/, '');
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new KnownError(`${folder} is not in a git work tree.`, {
      help: 'Run it where the repository is checked out (in a workflow: after actions/checkout), or say with `applied-through` what is applied, which needs no git.',
      cause: error,
    });
  }
}

async function defaultBase(root: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  for (const ref of ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']) {
    if (await commitOf(root, ref, signal)) return ref;
  }
  return undefined;
}

async function defaultBranch(root: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const ofOrigin = await branchBehind(root, 'refs/remotes/origin/HEAD', signal);
  if (ofOrigin) return ofOrigin.replace(/^origin\//, '');
  for (const name of ['main', 'master']) {
    for (const ref of [`refs/remotes/origin/${name}`, `refs/heads/${name}`])
      if (await commitOf(root, ref, signal)) return name;
  }
  return branchBehind(root, 'HEAD', signal);
}

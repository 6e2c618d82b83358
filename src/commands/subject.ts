import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openRepository } from '../git/repository.ts';
import { workTree } from '../git/worktree.ts';
import type { Subject } from '../jobs/check.ts';
import { type Detected, detect, type Wish } from '../jobs/detect.ts';
import { pendingAfter, pendingBetween } from '../jobs/pending.ts';
import { KnownError } from '../model/error.ts';
import type { Host } from '../model/host.ts';
import { applicable, type Tree } from '../model/migration.ts';
import type { Settings } from '../settings.ts';
import { loadTool, toolNames } from '../tools/index.ts';
import { withTable } from './table.ts';

/** The migration tool and its folders. Throws `KnownError` where there is none, or more than one. */
export async function found(settings: Settings, tree: Tree, choose?: Wish['choose']): Promise<Detected> {
  const tools = await Promise.all(toolNames.map(loadTool));
  return detect(tools, tree, { tool: settings.tool, migrations: settings.migrations, ...(choose && { choose }) });
}

/** The same with the table that a backup has its history in. */
async function foundToCheck(settings: Settings, tree: Tree): Promise<Detected> {
  const detected = await found(settings, tree);
  return { ...detected, tool: withTable(detected.tool, settings) };
}

/** The migrations at the base, from git or by name, against those of the work tree. */
export async function subjectOf(settings: Settings, host: Host, signal: AbortSignal): Promise<Subject> {
  const folder = await realpath(resolve(settings.workingDirectory));
  if (settings.appliedThrough !== undefined) {
    const tree = workTree(folder, signal);
    const { tool, folders } = await foundToCheck(settings, tree);
    const head = applicable(await tool.read(tree, folders));
    const { base, pending } = pendingAfter(head, settings.appliedThrough);
    const origin = { appliedThrough: settings.appliedThrough };
    return { tool, folders, folder: await folderIfAny(folder, signal), base, head, pending, origin };
  }
  const repository = await openRepository(folder, signal);
  const below = repositoryFolder(repository.root, folder);
  const { tool, folders } = await foundToCheck(settings, inFolder(repository.workTree, below));
  const ref = settings.base ?? (await host.base()) ?? (await repository.defaultBase());
  if (!ref)
    throw new KnownError('It is not known what the migrations are to be compared with.', {
      help: 'Name a branch with `base`, or the last applied migration with `applied-through`.',
    });
  const commit = await repository.mergeBase(ref).catch((error: unknown) => {
    throw settings.base === undefined ? ofEvent(error, ref) : error;
  });
  const head = applicable(await tool.read(inFolder(repository.workTree, below), folders));
  const { base, pending } = pendingBetween(await tool.read(inFolder(repository.at(commit), below), folders), head);
  const checkedOut = await repository.head();
  const origin = { ref, commit };
  return { tool, folders, folder: below, base, head, pending, origin, ...(checkedOut && { commit: checkedOut }) };
}

/** A base that nobody set came with the event: what to do about it is something else. */
function ofEvent(error: unknown, ref: string): unknown {
  if (!(error instanceof KnownError) || !error.message.startsWith('There is no branch')) return error;
  const help = `GitHub’s event names it as the base. After a force push, or when the branch was deleted, it is gone: set \`base\` to a branch that is there.`;
  return new KnownError(`The base ${ref} is not there any more, neither here nor at origin.`, { help, cause: error });
}

/** The same where git is not needed, and the folder may be in no repository. */
async function folderIfAny(folder: string, signal: AbortSignal): Promise<string> {
  try {
    return repositoryFolder((await openRepository(folder, signal)).root, folder);
  } catch (error) {
    if (error instanceof KnownError) return '';
    throw error;
  }
}

/** The checked folder relative to the repository's top, with `/`; empty for the top itself. */
export function repositoryFolder(root: string, folder: string): string {
  return folder === root ? '' : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : '';
}

/** Part of a repository, with paths relative to that part. */
function inFolder(tree: Tree, folder: string): Tree {
  if (folder === '') return tree;
  const inside = (path: string) => (path === '' ? folder : `${folder}/${path}`);
  return {
    label: tree.label,
    list: async (path) => (await tree.list(inside(path))).map((each) => each.slice(folder.length + 1)),
    read: async (paths) =>
      (await tree.read(paths.map(inside))).map((file) => ({ ...file, path: file.path.slice(folder.length + 1) })),
  };
}

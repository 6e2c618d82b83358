import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KnownError } from '../model/error.ts';
import { nearest } from '../model/nearest.ts';
import { deepen, fetchRef } from './fetch.ts';
import { commitOf, gitOrNothing, isShallow } from './refs.ts';
import { git } from './run.ts';

/** How many commits a shallow clone is deepened by, step after step, before all history is fetched. */
const steps = [50, 200, 1_000, 'everything'] as const;

/** See `Repository.mergeBase`. */
export async function mergeBase(root: string, ref: string, signal?: AbortSignal): Promise<string> {
  if (!(await commitOf(root, 'HEAD', signal)))
    throw new KnownError('The repository has no commit yet, so there is nothing to compare with.', {
      help: 'Commit first, or say with `applied-through` what is applied.',
    });
  return search({ root, ref, local: await locate(root, ref, signal) }, steps, signal);
}

interface Wanted {
  readonly root: string;
  /** As the user wrote it. */
  readonly ref: string;
  /** As it is known in this clone. */
  readonly local: string;
}

async function search(wanted: Wanted, left: readonly (typeof steps)[number][], signal?: AbortSignal): Promise<string> {
  const { root, ref, local } = wanted;
  const base = await commitOf(root, local, signal);
  const common = base && (await commonCommit(root, base, signal));
  if (common) return common;
  const [step, ...later] = left;
  if (step === undefined || !(await isShallow(root, signal)))
    throw base ? unrelated(ref) : await noSuchRef(root, ref, signal);
  await deepen(root, step, local, signal);
  return search(wanted, later, signal);
}

/**
 * The ref as it can be asked for here: as it was written, or as `origin`'s branch, fetched where it is missing. A name
 * with a suffix (`HEAD~5`, `main^`) may be right and only out of a shallow clone's sight.
 */
async function locate(root: string, ref: string, signal: AbortSignal | undefined): Promise<string> {
  const [, name = ref, suffix = ''] = /^([^~^]+)([~^].*)?$/.exec(ref) ?? [];
  for (const candidate of [name, `refs/remotes/origin/${name}`]) {
    if (await commitOf(root, candidate, signal)) return candidate + suffix;
  }
  const fetched = await fetchRef(root, name, signal);
  if (fetched === undefined) throw await noSuchRef(root, ref, signal);
  return fetched + suffix;
}

/** The merge base, unless commits that a shallow clone lacks could hold a newer one. */
async function commonCommit(root: string, base: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const found = (await gitOrNothing(root, ['merge-base', 'HEAD', base], signal))?.toString().trim();
  if (!found) return undefined;
  const ends = await shallowEnds(root, signal);
  if (ends.size === 0) return found;
  const between = await git(root, ['rev-list', 'HEAD', base, '--not', found], { signal });
  return between
    .toString()
    .split('\n')
    .some((commit) => ends.has(commit))
    ? undefined
    : found;
}

/** The commits whose parents a shallow clone lacks. */
async function shallowEnds(root: string, signal: AbortSignal | undefined): Promise<ReadonlySet<string>> {
  const path = (await git(root, ['rev-parse', '--git-path', 'shallow'], { signal })).toString().replace(/\n$/, '');
  const list = await readFile(resolve(root, path), 'utf8').catch(() => '');
  return new Set(list.split('\n').filter((line) => line !== ''));
}

function unrelated(ref: string): KnownError {
  return new KnownError(`What is checked out and ${ref} have no commit in common.`, {
    help: 'Name the branch that this one started from with `base`, or say with `applied-through` what is applied.',
  });
}

async function noSuchRef(root: string, ref: string, signal: AbortSignal | undefined): Promise<KnownError> {
  const names = ['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes', 'refs/tags'];
  const near = nearest(ref, (await git(root, names, { signal })).toString().split('\n').filter(Boolean));
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}? ` : '';
  return new KnownError(`There is no branch, tag or commit called ${ref}, neither here nor at origin.`, {
    help: `${hint}Check the setting \`base\`. In a workflow, actions/checkout with \`fetch-depth: 0\` brings all branches.`,
  });
}

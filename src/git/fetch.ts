import { KnownError } from '../model/error.ts';
import { commitOf, gitOrNothing, hasOrigin, isShallow } from './refs.ts';
import { GitError, git } from './run.ts';

/**
 * Fetches a branch, tag or commit that is not here from `origin`. Returns a name for it that is valid here; undefined
 * where `origin` has none of that name. Throws `KnownError` where `origin` cannot be reached.
 */
export async function fetchRef(root: string, name: string, signal?: AbortSignal): Promise<string | undefined> {
  if (!(await hasOrigin(root, signal))) return undefined;
  const depth = (await isShallow(root, signal)) ? ['--depth=1'] : [];
  for (const { source, local } of await sourcesOf(root, name, signal)) {
    try {
      await git(root, ['fetch', '--quiet', '--no-tags', ...depth, '--end-of-options', 'origin', source], { signal });
      return local;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      if (!/couldn't find remote ref|not our ref|no such remote ref/i.test(error.stderr)) throw unreachable(error);
    }
  }
  return undefined;
}

/** What a name may mean at `origin`. Names that git allows for no ref are asked for nowhere. */
async function sourcesOf(root: string, name: string, signal: AbortSignal | undefined) {
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(name)) return [{ source: name, local: name }];
  const branch = name.replace(/^(refs\/remotes\/|refs\/heads\/)?(origin\/)?/, '');
  if (!(await gitOrNothing(root, ['check-ref-format', `refs/heads/${branch}`], signal))) return [];
  return [
    [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`],
    [`refs/tags/${branch}`, `refs/tags/${branch}`],
  ].map(([source = '', local = '']) => ({ source: `+${source}:${local}`, local }));
}

/**
 * Fetches this many more commits behind the ends of a shallow clone, for what is checked out and for `ref`. Where
 * `origin` does not know what is checked out (it was never pushed), all branches are deepened.
 */
export async function deepen(
  root: string,
  by: number | 'everything',
  ref: string,
  signal?: AbortSignal,
): Promise<void> {
  const depth = by === 'everything' ? '--unshallow' : `--deepen=${by}`;
  const fetch = ['fetch', '--quiet', '--no-tags', depth, 'origin'];
  const tips = await Promise.all(['HEAD', ref].map((each) => commitOf(root, each, signal)));
  const wanted = [...new Set(tips.filter((tip) => tip !== undefined))];
  if (await gitOrNothing(root, [...fetch, ...wanted], signal)) return;
  try {
    await git(root, [...fetch, '+refs/heads/*:refs/remotes/origin/*'], { signal });
  } catch (error) {
    throw error instanceof GitError ? unreachable(error) : error;
  }
}

function unreachable(error: GitError): KnownError {
  return new KnownError(`The base cannot be reached: git fetch from origin failed: ${error.complaint}.`, {
    help: 'Let the clone hold all history (actions/checkout: `fetch-depth: 0`), let git fetch without a question (`persist-credentials`), or say with `applied-through` what is applied.',
    cause: error,
  });
}

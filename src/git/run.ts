import { spawn } from 'node:child_process';
import { KnownError } from '../model/error.ts';

/** git ended with an exit code other than 0. */
export class GitError extends Error {
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(command: string, exitCode: number | null, stderr: string) {
    super(`git ${command} failed (exit ${exitCode}): ${stderr.trim()}`);
    this.name = 'GitError';
    this.exitCode = exitCode;
    this.stderr = stderr;
  }

  /** git's own first complaint, without its `fatal:`. */
  get complaint(): string {
    const lines = this.stderr.split('\n').map((line) => line.trim());
    const line = lines.find((each) => /^(fatal|error): /.test(each)) ?? lines.find((each) => each !== '') ?? '';
    return line.replace(/^(fatal|error): /, '').replace(/\.$/, '');
  }
}

/**
 * Runs git in a folder, without a shell and without asking anybody for a password, and returns its standard output.
 * Throws `GitError` when git fails, and `KnownError` where no run of git can succeed: it is not installed, or refuses
 * the folder because of its owner.
 */
export async function git(
  folder: string,
  args: readonly string[],
  options: { readonly signal?: AbortSignal | undefined; readonly input?: string } = {},
): Promise<Buffer> {
  options.signal?.throwIfAborted();
  const child = spawn('git', [...args], {
    cwd: folder,
    env: environment(),
    ...(options.signal && { signal: options.signal }),
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => {}); // git may end before it has read everything; its exit code says why
  child.stdin.end(options.input ?? '');
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(options.signal?.aborted ? options.signal.reason : unstartable(error, folder)));
    child.on('close', resolve);
  });
  if (exitCode === 0) return Buffer.concat(stdout);
  throw refusal(new GitError(args[0] ?? '', exitCode, Buffer.concat(stderr).toString()), folder);
}

/** What git is told by its surroundings: English, no questions, and no repository but the one the folder is in. */
function environment(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...rest } = process.env;
  return { ...rest, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
}

function unstartable(error: NodeJS.ErrnoException, folder: string): unknown {
  if (error.code !== 'ENOENT') return error;
  return new KnownError(`Cannot run git in ${folder}.`, {
    help: 'Install git and check that the folder exists, or use `applied-through`, which needs no git.',
    cause: error,
  });
}

function refusal(error: GitError, folder: string): Error {
  if (!error.stderr.includes('dubious ownership')) return error;
  const root = /repository at '([^']*)'/.exec(error.stderr)?.[1] ?? folder;
  return new KnownError(`git refuses to read the repository at ${root}, because another user owns it.`, {
    help: `Tell git that you trust it: git config --global --add safe.directory '${root}'`,
    cause: error,
  });
}

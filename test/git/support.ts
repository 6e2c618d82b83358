import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A folder that goes when it is disposed. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'lockkeeper-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A git repository to make commits in, apart from this machine's own git settings. */
export class TestRepository {
  readonly root: string;

  constructor(root: string, branch = 'main') {
    this.root = root;
    mkdirSync(root, { recursive: true });
    this.git('init', '--quiet', '--initial-branch', branch);
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.root, env: quiet, encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), content);
    }
  }

  /** Writes files, commits everything, and returns the commit's hash. */
  commit(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', unique());
    return this.git('rev-parse', 'HEAD');
  }

  /** Several commits on the current branch that change nothing, at once; returns the last one's hash. */
  commits(count: number): string {
    const branch = this.git('symbolic-ref', 'HEAD');
    const born = this.git('for-each-ref', branch) !== '';
    const commit = (index: number) =>
      `commit ${branch}\ncommitter test <test@example.org> now\ndata <<END\n${unique()}\nEND\n${index === 0 && born ? `from ${branch}^0\n` : ''}\n`;
    const input = Array.from({ length: count }, (_, index) => commit(index)).join('');
    execFileSync('git', ['fast-import', '--quiet', '--date-format=now'], {
      cwd: this.root,
      env: quiet,
      input,
      stdio: 'pipe',
    });
    return this.git('rev-parse', 'HEAD');
  }

  /** A clone over the file protocol, as `git clone` with these options makes it. */
  clone(into: string, ...options: string[]): TestRepository {
    execFileSync('git', ['clone', '--quiet', ...options, pathToFileURL(this.root).href, into], {
      env: quiet,
      stdio: 'pipe',
    });
    return Object.setPrototypeOf({ root: into }, TestRepository.prototype) as TestRepository;
  }
}

let count = 0;

/** No two commits of the same second may be the same commit. */
function unique(): string {
  count += 1;
  return `work ${count}`;
}

const quiet = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.org',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.org',
};

import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TestRepository, temporaryFolder } from '../git/support.ts';
import { newest } from '../support/postgres.ts';
import { runProgram, urlOf } from '../support/program.ts';

/** With this variable the reports are written anew: read what changed before you commit it. */
const renew = process.env.LOCKKEEPER_TEST_RENEW === '1';
const folder = join(import.meta.dirname, 'golden');
const reports = ['report.md', 'report.txt', 'report.json'] as const;

/**
 * Each folder is a repository with its settings. `before`, where there is one, holds the files of its branch `main`;
 * otherwise the settings say what is applied. What no file system takes in a name is percent-encoded.
 */
describe('reports on real migrations', { concurrency: 3 }, async () => {
  for (const name of await readdir(folder)) test(name, () => compare(join(folder, name)));
});

async function compare(golden: string): Promise<void> {
  await using temporary = await temporaryFolder();
  const repository = join(temporary.path, 'repository');
  await layOut(golden, repository);
  const flags = ['--report-markdown', '../report.md', '--report-json', '../report.json', '--colour', 'never'];
  const env = { LOCKKEEPER_SERVER_URL: urlOf(newest), GIT_CONFIG_GLOBAL: '/dev/null' };
  const { status, stdout, stderr } = await runProgram(['check', ...flags], { folder: repository, env });
  assert.ok(status === 0 || status === 1, stderr);
  await writeFile(join(temporary.path, 'report.txt'), stdout);
  for (const report of reports) {
    const text = masked(await readFile(join(temporary.path, report), 'utf8'));
    if (renew) await writeFile(join(golden, report), text);
    const help = 'Is the new report better? Then LOCKKEEPER_TEST_RENEW=1 npm test -- test/reports/golden.test.ts';
    assert.equal(text, await readFile(join(golden, report), 'utf8').catch(() => ''), help);
  }
}

async function layOut(golden: string, repository: string): Promise<void> {
  await cp(golden, repository, { recursive: true });
  for (const report of reports) await rm(join(repository, report), { force: true });
  for (const path of await readdir(repository, { recursive: true }))
    if (path.includes('%')) await rename(join(repository, path), join(repository, decodeURIComponent(path)));
  const before = join(repository, 'before');
  const migrations = join(repository, 'migrations');
  if (!(await readdir(repository)).includes('before')) return;
  const [aside, git] = [join(repository, '..', 'aside'), new TestRepository(repository)];
  await rename(migrations, aside);
  await rename(join(before, 'migrations'), migrations);
  await rm(before, { recursive: true });
  git.commit();
  git.git('checkout', '--quiet', '-b', 'work');
  await rm(migrations, { recursive: true });
  await mkdir(migrations);
  await cp(aside, migrations, { recursive: true });
}

/** Without what differs from run to run: times, versions, commits, object ids, fingerprints. */
function masked(text: string): string {
  return text
    .replaceAll(/\d+\.\d s\b/g, '0.0 s')
    .replaceAll(/("(?:milliseconds|oid)": )[\d.]+/g, '$10')
    .replaceAll(/("(?:lockkeeper|startedAt|commit|head)": )"[^"]*"/g, '$1""')
    .replaceAll(/("version": )"[^"]*"/g, '$1""')
    .replaceAll(/PostgreSQL \d+\.\d+/g, 'PostgreSQL 0')
    .replaceAll(/Lockkeeper \d+(&#46;|\.)\d+\.\d+/g, 'Lockkeeper 0')
    .replaceAll(/\b[0-9a-f]{64}\b|(?<=`)[0-9a-f]{9,12}(?=`)/g, '0');
}

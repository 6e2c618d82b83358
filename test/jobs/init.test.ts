import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { workTree } from '../../src/git/worktree.ts';
import { detect } from '../../src/jobs/detect.ts';
import { init } from '../../src/jobs/init.ts';
import { loadTool, toolNames } from '../../src/tools/index.ts';
import { temporaryFolder } from '../git/support.ts';

const tools = await Promise.all(toolNames.map(loadTool));
const migration = '-- +goose Up\nSELECT 1;\n';

/** Runs init with somebody who gives these answers, in order; returns what was asked and said. */
async function answered(root: string, answers: readonly string[]) {
  const tree = workTree(root);
  const left = [...answers];
  const [asked, said]: [string[], string[]] = [[], []];
  await init({
    ...{ root, tree, folder: '', defaultBranch: 'main', forks: false, dryRun: false, force: false },
    found: (choose) => detect(tools, tree, { tool: 'auto', migrations: [], ...(choose && { choose }) }),
    ask: async (question) => {
      asked.push(question);
      return left.shift() ?? assert.fail(`asked for more: ${question}`);
    },
    tell: (line) => said.push(line),
    show: () => assert.fail('no diff was wanted'),
  });
  assert.deepEqual(left, [], 'every answer was asked for');
  return { asked, said, settings: parse(await readFile(join(root, 'lockkeeper.yml'), 'utf8')) };
}

async function put(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

test('asks only what the repository does not tell', async () => {
  await using folder = await temporaryFolder();
  await put(folder.path, { 'db/00001_a.sql': migration, 'compose.yml': 'image: postgres:16\n' });
  const { asked } = await answered(folder.path, ['']);
  assert.deepEqual(asked, ['Do pull requests come from forks, too? [y/N] ']);
});

test('asks which folder and which PostgreSQL, again where the answer is none', async () => {
  await using folder = await temporaryFolder();
  await put(folder.path, { 'a/00001_a.sql': migration, 'b/00001_a.sql': migration });
  const { asked, settings } = await answered(folder.path, ['3', '2', 'seventeen', '11', '17', 'yes']);
  assert.match(asked[0] ?? '', / 1 {2}goose in a: .*\n {2}2 {2}goose in b: .*\nWhich one\? \[1\] $/s);
  assert.deepEqual(settings, { tool: 'goose', migrations: 'b', postgres: 17 });
  assert.match(await readFile(join(folder.path, '.github/workflows/lockkeeper-comment.yml'), 'utf8'), /workflow_run/);
});

test('asks before a file that is there is changed, with the change', async () => {
  for (const [answer, expected] of [
    ['n', 'fail-on: warning\n'],
    ['y', 'fail-on: warning\ntool: goose\nmigrations: db\n'],
  ] as const) {
    await using folder = await temporaryFolder();
    await put(folder.path, { 'db/00001_a.sql': migration, 'lockkeeper.yml': 'fail-on: warning\n' });
    const { asked } = await answered(folder.path, ['', '', answer]);
    assert.match(
      asked[2] ?? '',
      /^diff --git[\s\S]*\n fail-on: warning\n\+tool: goose\n[\s\S]*Change lockkeeper\.yml\? \[y\/N\] $/,
    );
    assert.equal(await readFile(join(folder.path, 'lockkeeper.yml'), 'utf8'), expected);
  }
});

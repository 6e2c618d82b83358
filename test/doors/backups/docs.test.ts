import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BackupReport } from '../../../src/model/backup-report.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { clients, needsClients, on, people, type Scene, scene, server } from './scene.ts';

/** Lines of blocks that begin with our name, without what is said of them. */
async function commandsOf(page: string): Promise<string[]> {
  const text = await readFile(page, 'utf8');
  const fenced = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const blocks = fenced.flatMap(([, language = '', block = '']) => (['', 'sh'].includes(language) ? [block] : []));
  const lines = blocks.flatMap((block) => block.split('\n'));
  const inline = [...text.matchAll(/`(lockkeeper \w+ --[^`]+)`/g)].map(([, line = '']) => line);
  return [...lines, ...inline].flatMap((line) => /^lockkeeper (.*?)(?:\s+#.*)?$/.exec(line)?.[1]?.trim() ?? []);
}

/** A database with two backups and a name for another, which goes with the test. */
async function prepared(test: TestContext): Promise<Scene & { readonly other: string; readonly dump: string }> {
  const there = await scene(test, people);
  await there.report(['backup']);
  const { backups } = await there.report<BackupReport>(['backup']);
  await there.report(['verify']);
  const other = `copy_${randomBytes(4).toString('hex')}`;
  test.after(async () => {
    await using admin = await on('postgres');
    await admin.send(`DROP DATABASE IF EXISTS ${other}`);
  });
  return { ...there, other, dump: join(there.store, backups[0]?.manifest.dump.key ?? '') };
}

for (const page of ['docs/backups.md', 'docs/backups-on-github.md', 'README.md'])
  test(`${page}: every command runs as it stands there`, needsClients, async (test) => {
    const commands = (await commandsOf(page)).filter((each) => /^(backup|backups|verify|restore|prune)\b/.test(each));
    assert.ok(commands.length > 0);
    const { run, store, other } = await prepared(test);
    for (const command of commands) {
      const words = command
        .replace(/s3:\/\/[\w-]+\/shop/, store)
        .replace(/(?<=--into )\w+/, other)
        .split(/\s+/);
      const { status, stderr } = await run(words);
      assert.equal(status, 0, `lockkeeper ${command}\n${stderr}`);
    }
  });

const zstd = spawnSync('zstd', ['--version']).status === 0;

test(
  'docs/backups.md: a dump is restored without Lockkeeper',
  zstd ? needsClients : { skip: 'needs zstd' },
  async (test) => {
    const [, line = ''] =
      /`(zstd -dc FILE \| pg_restore -d NAME)`/.exec(await readFile('docs/backups.md', 'utf8')) ?? [];
    const { dump, other } = await prepared(test);
    await using admin = await on('postgres');
    await admin.send(`CREATE DATABASE ${other}`);
    const restore = clients?.command('pg_restore').join(' ') ?? '';
    const command = line.replace('FILE', dump).replace('pg_restore', restore);
    execFileSync('sh', ['-c', command.replace('NAME', `'${urlOf({ ...server.address, database: other })}'`)]);
    await using session = await on(other);
    assert.deepEqual(await session.query('SELECT count(*)::int AS n FROM people'), [{ n: 1000 }]);
  },
);

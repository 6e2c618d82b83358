import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import type { AnyBackupReport } from '../../src/model/backup-report.ts';
import { markdownPage } from '../../src/reports/page-markdown.ts';
import { terminalPage } from '../../src/reports/page-terminal.ts';
import { widthOf } from '../../src/reports/wrap.ts';
import { pageOf } from './backup-pages.ts';

/** With this variable the pages are written anew: read what changed before you commit it. */
const renew = process.env.LOCKKEEPER_TEST_RENEW === '1';
const folder = join(import.meta.dirname, 'backups');
const ajv = new Ajv({ strict: false });
const schema = JSON.parse(await readFile('docs/backup-report.schema.json', 'utf8'));

/** Each folder has a report as a command wrote it, and its pages. */
describe('pages of reports about backups', async () => {
  for (const name of await readdir(folder)) test(name, () => compare(join(folder, name)));
});

async function compare(golden: string): Promise<void> {
  const report = JSON.parse(await readFile(join(golden, 'report.json'), 'utf8')) as AnyBackupReport;
  assert.ok(ajv.validate(schema, report), ajv.errorsText());
  const page = pageOf(report);
  const text = terminalPage(page, { colour: false, width: 200 });
  for (const [file, shown] of [
    ['report.md', markdownPage(page)],
    ['report.txt', text],
  ] as const) {
    if (renew) await writeFile(join(golden, file), shown);
    const help = 'Is the new page better? Then LOCKKEEPER_TEST_RENEW=1 npm test -- test/reports/backups.test.ts';
    assert.equal(shown, await readFile(join(golden, file), 'utf8').catch(() => ''), help);
  }
  for (const line of text.split('\n'))
    assert.ok(line.startsWith('  lockkeeper ') || widthOf(line) <= 100, `too wide: ${line}`);
}

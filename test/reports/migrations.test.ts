import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { marked } from 'marked';
import { markdownPage } from '../../src/reports/page-markdown.ts';
import { terminalPage } from '../../src/reports/page-terminal.ts';
import { widthOf } from '../../src/reports/wrap.ts';
import { hostile } from './hostile.ts';
import { type MigrationReport, ours, pageOf } from './migration-pages.ts';

/** With this variable the pages are written anew: read what changed before you commit it. */
const renew = process.env.LOCKKEEPER_TEST_RENEW === '1';
const folder = join(import.meta.dirname, 'migrations');
const names = await readdir(folder);

/** Each folder has a report as a command wrote it, and its pages. */
describe('pages of plans, migrations and histories', () => {
  for (const name of names) test(name, () => compare(join(folder, name)));
});

async function compare(golden: string): Promise<void> {
  const page = pageOf(JSON.parse(await readFile(join(golden, 'report.json'), 'utf8')));
  const text = terminalPage(page, { colour: false, width: 200 });
  for (const [file, shown] of [
    ['report.md', markdownPage(page)],
    ['report.txt', text],
  ] as const) {
    if (renew) await writeFile(join(golden, file), shown);
    const help = 'Is the new page better? Then LOCKKEEPER_TEST_RENEW=1 npm test -- test/reports/migrations.test.ts';
    assert.equal(shown, await readFile(join(golden, file), 'utf8').catch(() => ''), help);
  }
  for (const line of text.split('\n'))
    assert.ok(/^ {2}(lockkeeper|psql) /.test(line) || widthOf(line) <= 100, `too wide: ${line}`);
}

/** The report, with this text wherever others have a say. */
async function saying(name: string, text: string): Promise<MigrationReport> {
  const report = await readFile(join(folder, name, 'report.json'), 'utf8');
  return JSON.parse(report, (key, value) => (typeof value === 'string' && !ours.test(key) ? text : value));
}

const html = (report: MigrationReport) => marked.parse(markdownPage(pageOf(report)), { gfm: true, async: false });

/** The tags of the rendered page, in order: text can change none of them. */
const skeleton = (report: MigrationReport) =>
  [...html(report).matchAll(/<(\/?[a-z][a-z0-9]*)([^>]*)>/gi)].map(([tag]) => tag).join('');

test('no text changes the structure of a page, mentions somebody, is linked, or moves the cursor', async () => {
  for (const name of names) {
    const expected = skeleton(await saying(name, 'plain'));
    for (const text of hostile.filter((each) => each.trim())) {
      const report = await saying(name, text);
      assert.equal(skeleton(report), expected, JSON.stringify([name, text]));
      const outside = html(report).replaceAll(/<(pre|code)\b[^>]*>[\s\S]*?<\/\1>|&#\d+;/g, ' ');
      assert.doesNotMatch(outside, /<(a|img|script)\b|@\w|\bgh-\d|#\d/i, JSON.stringify([name, text]));
      const shown = terminalPage(pageOf(report), { colour: false, width: 80 });
      assert.doesNotMatch(shown, /(?![\n])\p{Cc}|[\u202e\u200b\ufeff]/u, JSON.stringify([name, text]));
    }
  }
});

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { marked } from 'marked';
import type { AnyBackupReport } from '../../src/model/backup-report.ts';
import { markdownPage } from '../../src/reports/page-markdown.ts';
import { terminalPage } from '../../src/reports/page-terminal.ts';
import { pageOf, saying } from './backup-pages.ts';
import { hostile } from './hostile.ts';

const folder = join(import.meta.dirname, 'backups');
const reports = await Promise.all(
  (await readdir(folder)).map(async (name) => readFile(join(folder, name, 'report.json'), 'utf8')),
);

function html(report: AnyBackupReport): string {
  return marked.parse(markdownPage(pageOf(report)), { gfm: true, async: false });
}

/** The tags of the rendered page, in order: text can change none of them. */
function skeleton(report: AnyBackupReport): string {
  return [...html(report).matchAll(/<(\/?[a-z][a-z0-9]*)([^>]*)>/gi)].map(([tag]) => tag).join('');
}

test('no text changes the structure of a page, mentions somebody, or is linked', () => {
  for (const report of reports) {
    const expected = skeleton(saying(report, 'plain'));
    for (const text of hostile.filter((each) => each.trim())) {
      assert.equal(skeleton(saying(report, text)), expected, JSON.stringify(text));
      const outside = html(saying(report, text)).replaceAll(/<(pre|code)\b[^>]*>[\s\S]*?<\/\1>|&#\d+;/g, ' ');
      assert.doesNotMatch(outside, /<(a|img|script)\b|@\w|\bgh-\d|#\d/i, JSON.stringify(text));
    }
  }
});

test('control characters are shown, not sent', () => {
  for (const report of reports)
    for (const text of hostile) {
      const shown = terminalPage(pageOf(saying(report, text)), { colour: false, width: 80 });
      assert.doesNotMatch(shown, /(?![\n])\p{Cc}|[\u202e\u200b\ufeff]/u, JSON.stringify(text));
    }
});

test('a page never exceeds its limit, and says what it left out', () => {
  const report = reports
    .map((each) => JSON.parse(each) as AnyBackupReport)
    .find(({ command }) => command === 'backups');
  assert.ok(report?.command === 'backups');
  const [first = assert.fail()] = report.backups;
  const many = { ...report, backups: Array.from({ length: 10_000 }, () => first) };
  const text = markdownPage(pageOf(many), 65_536);
  assert.ok(text.length <= 65_536);
  assert.match(text, /… and \d+ more/);
});

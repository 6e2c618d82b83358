import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CheckReport } from '../../src/model/report.ts';
import { html } from '../../src/reports/html/check.ts';
import { htmlPage } from '../../src/reports/html/page.ts';
import { pageOf, saying } from './backup-pages.ts';
import { hostile } from './hostile.ts';
import { sampleReport } from './sample.ts';

/** The elements of a page with their attributes, in order. */
const skeleton = (page: string) => [...page.matchAll(/<!?\/?[a-z][^>]*>/gi)].map(([tag]) => tag);

/** What a reader sees. */
const seen = (page: string) =>
  page
    .replaceAll(/<style>[\s\S]*?<\/style>|<title>.*<\/title>|<[^>]*>/g, '')
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(lt|gt|amp|quot);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[name] ?? '');

test('no text changes the structure of the page of a check', () => {
  const expected = skeleton(html(sampleReport('plain')));
  for (const text of hostile)
    if (text.trim()) assert.deepEqual(skeleton(html(sampleReport(text))), expected, JSON.stringify(text));
});

test('nor that of another command', async () => {
  for await (const path of glob(join(import.meta.dirname, 'backups/*/report.json'))) {
    const text = await readFile(path, 'utf8');
    const expected = skeleton(htmlPage(pageOf(saying(text, 'plain'))));
    for (const said of hostile)
      if (said.trim()) assert.deepEqual(skeleton(htmlPage(pageOf(saying(text, said)))), expected, `${path}: ${said}`);
  }
});

test('the page needs nothing else, runs nothing and links nowhere', () => {
  for (const text of hostile) {
    const page = html(sampleReport(text));
    assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/);
    assert.doesNotMatch(page, /<(a|img|script|link|iframe|form|svg|object)\b|<[^>]*\s(on\w+|src|href|style)=/i, text);
    assert.doesNotMatch(page, /\p{Cf}|(?![\n\t])\p{Cc}|&#8203;/u, text);
  }
});

const golden = async (name: string): Promise<CheckReport> =>
  JSON.parse(await readFile(join(import.meta.dirname, 'golden', name, 'report.json'), 'utf8'));

test('all of a report is there, unfolded, however long', async () => {
  const report = sampleReport('plain', 3000);
  const page = html(report);
  const open = report.findings.filter(({ status }) => status === 'open');
  assert.equal(page.match(/<tr><td>(⛔|⚠️|ℹ️)/g)?.length, open.length);
  assert.doesNotMatch(page, /Left out|<details>/);
  assert.match(page, /<details open>/);
});

test('the changed tables are drawn: what is new, what is gone, and what they refer to', async () => {
  const page = html(await golden('clean'));
  assert.doesNotMatch(page, /erDiagram/);
  assert.match(page, /<section class="added"><h2>public\.addresses <em>added<\/em><\/h2>/);
  assert.match(page, /<tr class="added"><td>phone<\/td><td>text<\/td><td> <em>added<\/em><\/td><\/tr>/);
  assert.match(page, /<td>id<\/td><td>bigint<\/td><td><abbr title="primary key">PK<\/abbr><\/td>/);
  assert.match(page, /<ins>\+ table public\.addresses<\/ins>\n<ins>\+ {3}column id/);
  const gone = html(await golden('cascade'));
  assert.match(gone, /<section class="removed"><h2>public\.customers <em>removed<\/em><\/h2><\/section>/);
  assert.match(gone, /<del>- view public\.open_orders<\/del>/);
  const fk = html({ ...(await golden('clean')), ...linked(await golden('clean')) });
  assert.match(fk, /<p>customer_id → public\.customers<\/p>/);
});

/** With a foreign key between its two tables. */
function linked(report: CheckReport): Pick<CheckReport, 'touched'> {
  const key = {
    ...{ kind: 'constraint', id: 'k', schema: 'public', name: 'k', table: 'public.addresses', oid: 1 },
    ...{ type: 'foreign key', columns: ['customer_id'], references: { table: 'public.customers', columns: ['id'] } },
  } as unknown as CheckReport['touched']['after'][number];
  return { touched: { ...report.touched, after: [...report.touched.after, key] } };
}

test('a reader sees every text as it is', () => {
  for (const text of ['a@b $1 #2 GH-3', '<b> a && b', 'x_y __z__ *a* `b` ~c~', 'https://example.com www.example.com'])
    assert.ok(seen(html(sampleReport(text))).includes(text), text);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Presentation } from '../../src/model/host.ts';
import type { CheckReport } from '../../src/model/report.ts';
import { presentationOf } from '../../src/reports/index.ts';
import { sampleReport } from '../reports/sample.ts';
import { hostile } from './api-hostile.ts';
import { foreign, seen, whole } from './api-page.ts';
import { postStored, storeForkReport } from './api-runs.ts';
import { LocalGitHub } from './api-server.ts';

/** A report in which the text stands everywhere, also where our own reports never have text of others. */
function full(text: string): CheckReport {
  const report = sampleReport(text, 7);
  const place = { migration: text, path: `${text}/${text}.sql` };
  return {
    ...{ ...report, lockkeeper: text, head: text, folder: text, startedAt: text },
    tool: { name: text, title: text, folders: [text] },
    base: { ref: text, commit: text, appliedThrough: text },
    server: { kind: 'embedded', version: text },
    fingerprints: { before: text, after: text },
    findings: report.findings.map((each) => ({ ...each, ...place, rule: text })),
    observations: report.observations.map((each) => ({ ...each, ...place, rewritten: [text], scanned: [text] })),
  };
}

const commentOf = (presentation: Presentation, text: string) =>
  presentation.comment({ limit: 65_000, folder: text, id: 'pg18', whole, unverified: true });

test('there are enough of them, and what is looked for would be found', () => {
  assert.ok(hostile.length >= 180, String(hostile.length));
  for (const text of [
    '<b>x</b>',
    '![i](https://x.y/z)',
    '[l](https://x.y)',
    'https://x.y',
    'a@example.com',
    '@octocat',
    'fixes #1',
    'GH-1',
  ])
    assert.notEqual(foreign(text), undefined, text);
  assert.notEqual(foreign('```mermaid\nerDiagram\n  click a href "x"\n```'), undefined);
});

test('no text becomes markup in the comment or the summary', () => {
  for (const text of hostile) {
    const presentation = presentationOf(full(text), {});
    for (const page of [commentOf(presentation, text), presentation.markdown(1_000_000)])
      assert.equal(foreign(page), undefined, JSON.stringify(text));
  }
});

test('no text opens or closes what others stand in', () => {
  const shape = (text: string) =>
    seen(commentOf(presentationOf(full(text), {}), text)).elements.filter((each) =>
      /^\/?(details|table|pre|sub|h3|ul|blockquote)/.test(each),
    );
  const plain = shape('plain');
  for (const text of hostile) if (text.trim() !== '') assert.deepEqual(shape(text), plain, JSON.stringify(text));
});

test('nothing unseen or moving gets into what is shown', () => {
  for (const text of hostile) {
    const checked = presentationOf(sampleReport(text), {});
    const shown = [
      checked.terminal({ colour: false, width: 80 }),
      ...checked.annotations().map(({ message }) => message),
      commentOf(presentationOf(full(text), {}), text),
    ];
    for (const each of shown) assert.doesNotMatch(each, /(?![\n\t])[\p{Cc}\p{Cf}]/u, JSON.stringify(text));
  }
});

test('huge texts neither burst the comment nor hide the verdict', () => {
  for (const text of [
    'x'.repeat(900_000),
    '\u0000'.repeat(200_000),
    '|'.repeat(300_000),
    '`'.repeat(300_000),
    '@a '.repeat(200_000),
  ]) {
    const page = commentOf(presentationOf(full(text), {}), 'x');
    assert.ok(page.length <= 65_000, `${page.length}`);
    assert.match(page, /^### ⛔|^### 🚧/);
    assert.equal(foreign(page), undefined);
  }
});

test('10,000 findings are cut at a row, with a pointer to all of them', () => {
  const page = commentOf(presentationOf(sampleReport('x', 10_000), {}), 'x');
  assert.ok(page.length <= 65_000 && page.length > 50_000, `${page.length}`);
  assert.match(page, /\d+ more of the findings.*There is more in the \[job summary\]/);
  assert.equal(foreign(page), undefined);
});

test('numbers that are none of ours', () => {
  const report = full('x');
  for (const number of [-1, 0.1, 1e308, -0, 1e21, Number.MAX_SAFE_INTEGER]) {
    const findings = report.findings.map((each) => ({ ...each, line: number }));
    const page = commentOf(presentationOf({ ...report, findings, milliseconds: number }, {}), 'x');
    assert.equal(foreign(page), undefined);
  }
});

test('all of them in one stored report: the comment is what we meant, the log holds no commands of theirs', async () => {
  await using github = await LocalGitHub.start();
  const report = full('x');
  const [finding] = report.findings;
  const findings = hostile.map((text) => ({ ...finding, message: text, path: text, rule: text, instead: { text } }));
  storeForkReport(github, { ...report, findings, ...Object.fromEntries(hostile.map((text) => [text, text])) });
  const { status, stdout, outputs } = await postStored(github);
  assert.equal(status, 0, stdout);
  const { body } = github.comments[0] ?? assert.fail();
  const [, ours] = /^<!-- lockkeeper \S+ run=\d+ -->\n([\s\S]*)\n\n<!-- \/lockkeeper -->$/.exec(body) ?? [];
  assert.equal(foreign(ours ?? ''), undefined);
  assert.deepEqual(Object.keys(outputs), ['comment-url']);
  const commands = stdout.split('\n').filter((line) => /^\s*::|##\[/.test(line));
  assert.deepEqual(commands, ['::add-mask::workflow-token']);
});

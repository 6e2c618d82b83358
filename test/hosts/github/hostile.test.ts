// Comments of migrations hold what files, the database and people say; nothing of it may be more than text.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { CommentOptions } from '../../../src/model/host.ts';
import { errorPage, migrationComment } from '../../../src/reports/migrate/comment.ts';
import { ours, pageOf } from '../../reports/migration-pages.ts';
import { hostile } from '../api-hostile.ts';
import { foreign, seen, whole } from '../api-page.ts';
import { merge } from './merge.ts';

const folder = 'test/reports/migrations';
const reports = await Promise.all(
  (await readdir(folder))
    .filter((name) => /^(migrate|plan)/.test(name))
    .map((name) => readFile(`${folder}/${name}/report.json`, 'utf8')),
);
const options: CommentOptions = { limit: 65_000, folder: '', id: 'production', whole };

const saying = (report: string, text: string) =>
  JSON.parse(report, (key, value) => (typeof value === 'string' && !ours.test(key) ? text : value));

const comments = (text: string, limit = options.limit) => [
  ...reports.map((report) => migrationComment(pageOf(saying(report, text)), { ...options, id: text, limit })),
  ...[true, false].map((untouched) =>
    migrationComment(errorPage(text, { help: text, untouched }), { ...options, limit }),
  ),
];

test('no text is markup, mentions somebody, or is linked', () => {
  for (const text of hostile.filter((each) => each.trim()))
    for (const comment of comments(text)) assert.equal(foreign(comment), undefined, JSON.stringify([text, comment]));
});

test('a comment has never more characters than there is room for, and is whole', () => {
  for (const text of ['x'.repeat(100_000), '|\n'.repeat(50_000), '<b>@octocat '.repeat(9_000), '💥'.repeat(40_000)])
    for (const comment of comments(text)) {
      assert.ok(comment.length <= options.limit, `${comment.length}`);
      const { elements } = seen(comment);
      const count = (name: string) => elements.filter((each) => each === name).length;
      assert.equal(count('details'), count('/details'));
      assert.match(comment, /^### .*\n/);
    }
});

test('thousands of migrations: as many as there is room for, and the commands', () => {
  const report = reports
    .map((each) => JSON.parse(each))
    .find(({ outcome, failure }) => outcome === 'failed' && failure);
  const [one] = reports
    .map((each) => JSON.parse(each))
    .flatMap(({ applied }) => (Array.isArray(applied) ? applied : []));
  const applied = Array.from({ length: 5000 }, (_, index) => ({
    ...one,
    id: `${index}`,
    path: `migrations/${index}.sql`,
  }));
  const comment = migrationComment(pageOf({ ...report, applied }), options);
  assert.ok(comment.length <= options.limit && comment.length > 20_000, `${comment.length}`);
  assert.match(
    comment,
    /… and \d+ more\n[\s\S]*```sh\nlockkeeper migrate[\s\S]*gh run rerun 1 --repo octocat\/hello\n```\n$/,
  );
});

test('what the database says reaches GitHub as text', async (test) => {
  const shout = '</details>| @octocat <img src=x> ::error::x [l](https://example.com) #1';
  const { github, run } = await merge(test, {
    '0001_`@octocat`|<b>.sql': `DO $do$ BEGIN IF to_regclass('lockkeeper_history') IS NOT NULL THEN RAISE EXCEPTION '%', repeat('${shout}', 3000); END IF; END $do$;`,
  });
  const { status, stdout } = await run();
  assert.equal(status, 6, stdout);
  const [, own = '<b>none</b>'] = /-->\n([\s\S]*)\n<!-- \/lockkeeper -->$/.exec(github.comments[0]?.body ?? '') ?? [];
  assert.equal(foreign(own), undefined, own);
  assert.match(own, /Failed on/);
  assert.ok(own.length < 20_000, `${own.length}`);
  assert.deepEqual(github.complaints, []);
});

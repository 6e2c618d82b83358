import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { workTree } from '../../src/git/worktree.ts';
import { detect } from '../../src/jobs/detect.ts';
import { pendingAfter } from '../../src/jobs/pending.ts';
import { KnownError } from '../../src/model/error.ts';
import type { History, Migration, Script, Tree } from '../../src/model/migration.ts';
import type { Tool } from '../../src/model/tool.ts';
import { batchesOf } from '../../src/postgres/batches.ts';
import type { Connection } from '../../src/postgres/connect.ts';
import { loadTool, toolNames } from '../../src/tools/index.ts';
import { freshSession, newest, oldest } from '../support/postgres.ts';
import { filesOf, treeOf } from './trees.ts';

const tools = await Promise.all(toolNames.map(loadTool));

/** Every tool has an example of its files: test/tools/examples/<tool>/ is a repository that uses it. */
async function exampleOf(tool: Tool): Promise<{ tree: Tree; folders: readonly string[]; history: History }> {
  const tree = workTree(fileURLToPath(new URL(`examples/${tool.name}`, import.meta.url)));
  const { folders } = await detect([tool], tree, { tool: 'auto', migrations: [] });
  return { tree, folders, history: await tool.read(tree, folders) };
}

for (const tool of tools) {
  test(`${tool.name}: is told from its files among all tools, in one folder`, async () => {
    const { tree, folders } = await exampleOf(tool);
    const detected = await detect(tools, tree, { tool: 'auto', migrations: [] });
    assert.equal(detected.tool.name, tool.name);
    assert.deepEqual(detected.folders, folders);
    assert.equal(folders.length, 1);
    assert.ok(detected.evidence.every((each) => each.evidence !== '' && each.tool === tool.name));
    assert.ok(tool.title && tool.recognisedBy);
  });

  test(`${tool.name}: ids are unique, files are named, spans lie in their text in order`, async () => {
    const { tree, history } = await exampleOf(tool);
    const files = await filesOf(tree);
    assert.ok(history.migrations.length >= 3);
    assert.equal(new Set(history.migrations.map(({ id }) => id)).size, history.migrations.length);
    assert.ok(history.migrations.some(({ down }) => down));
    for (const migration of history.migrations) {
      assert.match(migration.hash, /^[0-9a-f]{64}$/);
      assert.ok(migration.path.endsWith(`/${migration.name}`));
      assert.equal(migration.up.path, migration.path);
      for (const script of [migration.up, migration.down]) if (script) checkScript(script, files);
    }
  });

  test(`${tool.name}: the same files give the same history, in whatever order they are listed`, async () => {
    const { tree, folders, history } = await exampleOf(tool);
    const backwards: Tree = { ...tree, list: async (folder) => (await tree.list(folder)).toReversed() };
    assert.deepEqual(await tool.read(tree, folders), history);
    assert.deepEqual(await tool.read(backwards, folders), history);
    assert.deepEqual(await tool.read(tree, [...folders, ...folders]), history, 'a folder named twice');
  });

  test(`${tool.name}: an edit changes the hash of its migration and no other`, async () => {
    const { tree, folders, history } = await exampleOf(tool);
    const files = await filesOf(tree);
    for (const [index, { path }] of history.migrations.entries()) {
      const edited = await tool.read(treeOf({ ...files, [path]: `${files[path]}-- edited\n` }), folders);
      const changed = edited.migrations.flatMap(({ hash }, at) => (hash === history.migrations[at]?.hash ? [] : [at]));
      assert.deepEqual(changed, [index]);
    }
  });

  test(`${tool.name}: every migration is found by its id and by its file's name`, async () => {
    const { history } = await exampleOf(tool);
    for (const [index, { id, name }] of history.migrations.entries()) {
      for (const word of [id, name, name.replace(/\.[^.]*$/, ''), `00${id}`])
        assert.equal(pendingAfter(history, word).base.migrations.length, index + 1, word);
    }
  });

  test(`${tool.name}: a folder that is not there, as at the base, is an empty history`, async () => {
    assert.deepEqual(await tool.read(treeOf({}), ['db/migrations']), { migrations: [], ignored: [] });
  });

  test(`${tool.name}: Windows line ends change neither ids nor messages`, async () => {
    const { tree, folders, history } = await exampleOf(tool);
    const files = Object.entries(await filesOf(tree)).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]);
    const windows = await tool.read(treeOf(Object.fromEntries(files)), folders);
    const shape = ({ id, up, down }: Migration) => ({ id, up: messagesOf(up), down: down && messagesOf(down) });
    assert.deepEqual(windows.migrations.map(shape), history.migrations.map(shape));
  });

  test(`${tool.name}: a file that is not UTF-8 is an error with its place, for reading, not for detecting`, async () => {
    const { tree, folders, history } = await exampleOf(tool);
    const path = history.migrations[0]?.path ?? '';
    const broken = treeOf({ ...(await filesOf(tree)), [path]: Buffer.from('-- \n-- \xe9\n', 'latin1') });
    await assert.rejects(tool.read(broken, folders), (error) => {
      assert.ok(error instanceof KnownError);
      assert.deepEqual(error.place, { path, line: 2 });
      return true;
    });
    assert.deepEqual(
      (await tool.detect(broken, await broken.list(''))).map(({ folder }) => folder),
      folders,
    );
  });

  for (const server of [oldest, newest])
    test(`${tool.name}: PostgreSQL ${server.major} takes the example up and down`, async () => {
      const { history } = await exampleOf(tool);
      await using session = await freshSession(server);
      for (const migration of history.migrations) await run(session, migration, migration.up);
      const [{ found } = { found: '' }] = await session.query<{ found: string }>(
        `SELECT string_agg(attname, ',' ORDER BY attnum) AS found FROM pg_attribute WHERE attrelid = 'customers'::regclass AND attnum > 0`,
      );
      assert.equal(found, 'id,name,email');
      for (const migration of history.migrations.toReversed())
        if (migration.down) await run(session, migration, migration.down);
      const [left] = await session.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
      );
      assert.equal(left?.count, 0);
    });
}

function checkScript(script: Script, files: Readonly<Record<string, string>>): void {
  assert.equal(script.text, files[script.path]);
  let end = 0;
  for (const span of script.messages) {
    assert.ok(end <= span.start && span.start < span.end && span.end <= script.text.length);
    assert.notEqual(script.text.slice(span.start, span.end).trim(), '');
    end = span.end;
  }
}

function messagesOf({ text, messages }: Script): string[] {
  return messages.map(({ start, end }) => text.slice(start, end).replaceAll('\r\n', '\n').trim());
}

async function run(session: Connection, migration: Migration, script: Script): Promise<void> {
  for (const { block, statements } of await batchesOf(migration, script)) {
    const wrapped =
      block === 'none' ? statements.map(({ sql }) => sql) : ['BEGIN', ...statements.map(({ sql }) => sql), 'COMMIT'];
    for (const sql of wrapped) await session.send(sql);
  }
}

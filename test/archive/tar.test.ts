import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { members, tarred } from '../../src/archive/tar.ts';
import { headerAt, headerOf } from '../../src/archive/tar-header.ts';
import { untarred } from '../../src/archive/untar.ts';

const run = promisify(execFile);

const files: Readonly<Record<string, Buffer>> = {
  'toc.dat': Buffer.from('toc'),
  '1.dat': randomBytes(512),
  '2.dat': Buffer.alloc(0),
  '3.dat': randomBytes(300_001),
};

/** A folder with these files in a folder of its own. */
async function folder(test: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'lockkeeper-tar-'));
  test.after(() => rm(path, { recursive: true }));
  await mkdir(join(path, 'dump'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, 'dump', name), content);
  return path;
}

async function written(path: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(tarred(join(path, 'dump'), 'toc.dat')));
}

async function* pieces(bytes: Buffer, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function holdsAll(path: string): Promise<void> {
  assert.deepEqual((await readdir(path)).sort(), Object.keys(files).sort());
  for (const [name, content] of Object.entries(files)) assert.deepEqual(await readFile(join(path, name)), content);
}

test('what is packed is unpacked by GNU tar, and by ourselves in pieces of any length', async (test) => {
  const path = await folder(test);
  const tar = await written(path);
  await writeFile(join(path, 'x.tar'), tar);
  const { stdout } = await run('tar', ['-tf', join(path, 'x.tar')]);
  assert.equal(stdout, 'toc.dat\n1.dat\n2.dat\n3.dat\n');
  await mkdir(join(path, 'gnu'));
  await run('tar', ['-xf', join(path, 'x.tar'), '-C', join(path, 'gnu')]);
  await holdsAll(join(path, 'gnu'));
  assert.equal((await stat(join(path, 'gnu', 'toc.dat'))).mode & 0o777, 0o600);
  for (const length of [1, 511, 513, 65_536, tar.length]) {
    const to = join(path, `${length}`);
    await mkdir(to);
    await untarred(pieces(tar, length), to);
    await holdsAll(to);
  }
});

for (const format of ['gnu', 'pax', 'ustar', 'v7'])
  test(`what GNU tar packs as ${format} is unpacked`, async (test) => {
    const path = await folder(test);
    const long = join(path, 'x'.repeat(40));
    await mkdir(long);
    if (format === 'gnu' || format === 'pax') await mkdir(join(long, 'y'.repeat(120)));
    const inside = join(long, format === 'gnu' || format === 'pax' ? 'y'.repeat(120) : '');
    for (const [name, content] of Object.entries(files)) await writeFile(join(inside, name), content);
    await run('tar', [`--format=${format}`, '-cf', join(path, 'x.tar'), '-C', path, 'x'.repeat(40)]);
    await mkdir(join(path, 'out'));
    await untarred(pieces(await readFile(join(path, 'x.tar')), 1000), join(path, 'out'));
    await holdsAll(join(path, 'out'));
  });

test('one that ends early, or is damaged, is told', async (test) => {
  const tar = await written(await folder(test));
  const read = async (bytes: Buffer) => {
    for await (const { content } of members(pieces(bytes, 4096))) for await (const _ of content);
  };
  await read(tar);
  for (let end = 0; end < tar.length - 1024; end += 511)
    await assert.rejects(read(tar.subarray(0, end)), /The tar ends in the middle/, `${end}`);
  for (let at = 0; at < 512; at += at === 147 ? 14 : 7) {
    // not 154 and 155, which only end the sum
    const damaged = Buffer.from(tar);
    damaged.writeUInt8((damaged[at] as number) ^ 1, at);
    await assert.rejects(read(damaged), /The tar (is damaged|ends in the middle)/, `${at}`);
  }
});

test('files of every size have a header', () => {
  for (const bytes of [0, 511, 8 ** 11 - 1, 8 ** 11, 5e15])
    assert.deepEqual(headerAt(headerOf({ name: 'x', bytes, modified: new Date() })), {
      name: 'x',
      bytes,
      kind: 'file',
    });
});

import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KnownError } from '../../src/model/error.ts';
import type { Address } from '../../src/model/server.ts';
import { connect } from '../../src/postgres/connect.ts';
import { tlsVariables } from '../../src/postgres/tls.ts';
import { addressOf, urlOf } from '../../src/postgres/url.ts';
import { encryptedOnly } from '../servers/fronts.ts';
import { servers } from '../support/postgres.ts';

const certificate = fileURLToPath(new URL('../servers/tls-certificate.pem', import.meta.url));
const server = servers[0] ?? assert.fail();

/** What a session is told that is asked for in this way. */
async function told(base: Address, more: string): Promise<string> {
  const { host, port, user, database } = base;
  const address = addressOf(`postgresql://${user}@${host}:${port}/${database}?${more}`);
  try {
    await using session = await connect(address);
    return String((await session.query<{ n: number }>('SELECT 1 AS n'))[0]?.n);
  } catch (error) {
    assert.ok(error instanceof KnownError, String(error));
    return `${error.reason}: ${error.message} ${error.place?.path ?? ''}`;
  }
}

async function folderOf(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-tls-'));
  test.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('whom to trust is said by a file, as to libpq', async (test) => {
  await using front = await encryptedOnly(server.address);
  const at = (host: string): Address => ({ ...server.address, host, port: front.port });
  const folder = await folderOf(test);
  const roots = join(folder, 'those we trust & more.pem');
  await copyFile(certificate, roots);
  const trusting = `sslrootcert=${encodeURIComponent(roots)}`;
  assert.match(await told(at('localhost'), 'sslmode=verify-full'), /self-signed certificate/);
  assert.equal(await told(at('localhost'), `sslmode=verify-full&${trusting}`), '1');
  assert.match(await told(at('127.0.0.1'), `sslmode=verify-full&${trusting}`), /does not match|not in the cert/);
  assert.equal(await told(at('127.0.0.1'), `${trusting}&sslmode=verify-ca`), '1');
  assert.equal(await told(at('127.0.0.1'), 'sslmode=require'), '1');
  const nobody = join(folder, 'nobody.pem');
  await writeFile(nobody, '');
  assert.match(await told(at('127.0.0.1'), `sslmode=require&sslrootcert=${nobody}`), /self-signed certificate/);
  const missing = `sslmode=require&sslrootcert=${join(folder, 'missing.pem')}`;
  assert.match(
    await told(at('localhost'), missing),
    /^usage: `sslrootcert` cannot be read: it is not there.*missing\.pem/,
  );
});

test('a URL with such files is the same when it is written again', () => {
  const url =
    'postgresql://u:p%40@h:1/d?sslmode=verify-full&sslrootcert=%2Fa%20b&sslcert=%2Fc&sslkey=%2Fk&options=-c%20a%3Db';
  const address = addressOf(url);
  assert.deepEqual(address.files, { sslrootcert: '/a b', sslcert: '/c', sslkey: '/k' });
  assert.deepEqual(addressOf(urlOf(address)), address);
  assert.equal(address.options, '-c a=b');
});

test('the search_path of a URL, as golang-migrate and goose take it', () => {
  const { options } = addressOf('postgresql://h/d?search_path=a%2C%20%22b%22&options=-c%20x%3Dy');
  assert.equal(options, '-c x=y -c search_path=a,\\ "b"');
});

test('client programs get the same, and those of the system where nothing is said', () => {
  const files = { sslrootcert: '/roots', sslcert: '/c', sslkey: '/k' };
  const named = { PGSSLROOTCERT: '/roots', PGSSLCERT: '/c', PGSSLKEY: '/k' };
  assert.deepEqual(tlsVariables({ sslmode: 'verify-full', files }, 15, {}), named);
  assert.deepEqual(tlsVariables({ sslmode: 'verify-full' }, 17, {}), { PGSSLROOTCERT: 'system' });
  assert.deepEqual(tlsVariables({ sslmode: 'verify-full' }, 15, {}), {});
  assert.deepEqual(tlsVariables({ sslmode: 'verify-full' }, 17, { PGSSLROOTCERT: '/own' }), {});
  assert.deepEqual(tlsVariables({ sslmode: 'require' }, 17, {}), {});
});

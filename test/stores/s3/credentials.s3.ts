import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startServer } from '../../support/s3-servers.ts';
import { bytes, freshBucket, storeOf } from '../../support/stores.ts';
import { openIdentityProvider } from './identity.ts';
import { openRelay, type Relay } from './relay.ts';

const { signal } = new AbortController();

/** As minio names the role that goes with an audience. */
const role = `arn:minio:iam:::role/${createHash('sha1').update('sts.amazonaws.com').digest('base64url')}`;

/** Says that credentials have run out whenever they are the first that it saw, after so many parts. */
function expiringAfter(parts: number): Relay['fault'] {
  let firstToken: unknown;
  let over = false;
  return ({ operation, nth, headers }) => {
    firstToken ??= headers['x-amz-security-token'];
    over ||= operation === 'UploadPart' && nth > parts;
    const expired = over && headers['x-amz-security-token'] === firstToken;
    return expired ? { answer: { status: 400, code: 'ExpiredToken' } } : undefined;
  };
}

describe('credentials by identity tokens, of a server that checks them', () => {
  let bucket = '';
  const running = new AsyncDisposableStack();
  let identity: Awaited<ReturnType<typeof openIdentityProvider>>;
  let server: Awaited<ReturnType<typeof startServer>>;
  const given = { ...process.env };

  before(async () => {
    identity = running.use(await openIdentityProvider());
    server = running.use(
      await startServer('minio', {
        MINIO_IDENTITY_OPENID_CONFIG_URL: identity.configuration,
        MINIO_IDENTITY_OPENID_CLIENT_ID: 'sts.amazonaws.com',
        MINIO_IDENTITY_OPENID_ROLE_POLICY: 'readwrite',
      }),
    );
    bucket = await freshBucket(server);
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) delete process.env[name];
    Object.assign(process.env, { AWS_ROLE_ARN: role, AWS_ENDPOINT_URL_STS: server.endpoint, HOME: '/nowhere' });
  });

  after(async () => {
    Object.assign(process.env, given);
    await running.disposeAsync();
  });

  async function assertRenewed(key: string): Promise<void> {
    await using relay = await openRelay(server.endpoint, expiringAfter(2));
    const store = storeOf(server, { bucket, endpoint: relay.endpoint });
    await store.write(key, bytes(23 << 20), { signal });
    const whole = Buffer.concat(await Array.fromAsync(store.read(key, signal)));
    assert.ok(whole.equals(Buffer.concat(await Array.fromAsync(bytes(23 << 20)))));
    assert.equal(new Set(relay.seen.map(({ headers }) => headers['x-amz-security-token'])).size, 2);
  }

  test('a GitHub job: a token is asked for, and another when credentials run out in the middle', async () => {
    Object.assign(process.env, identity.env);
    await assertRenewed('github');
    assert.equal(identity.given, 2);
  });

  test('a GitHub job that may not ask for tokens is told how to', async () => {
    process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'another';
    const store = storeOf(server, { bucket });
    await assert.rejects(store.create('x', Buffer.from('x'), { signal }), {
      name: 'KnownError',
      reason: 'unreachable',
      message: 'GitHub gave no OIDC token (status 401).',
      help: 'The job needs `permissions: id-token: write`.',
    });
  });

  test('a pod: the token is read from its file, also again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-token-'));
    process.env.AWS_WEB_IDENTITY_TOKEN_FILE = join(folder, 'token');
    await writeFile(process.env.AWS_WEB_IDENTITY_TOKEN_FILE, identity.token());
    await assertRenewed('pod');
    await writeFile(process.env.AWS_WEB_IDENTITY_TOKEN_FILE, 'no token');
    await assert.rejects(storeOf(server, { bucket }).create('x', Buffer.from('x'), { signal }), {
      name: 'KnownError',
      reason: 'unreachable',
      message: /^No credentials could be got for the S3 server 127\.0\.0\.1:\d+: .* \(\w+, status 400\)\.$/,
    });
    await rm(folder, { recursive: true });
    delete process.env.AWS_WEB_IDENTITY_TOKEN_FILE;
  });

  test('credentials that run out before the first look are renewed too', async () => {
    Object.assign(process.env, identity.env);
    let first: unknown;
    await using relay = await openRelay(server.endpoint, ({ headers }) => {
      first ??= headers['x-amz-security-token'];
      return headers['x-amz-security-token'] === first ? { answer: { status: 400, code: 'ExpiredToken' } } : undefined;
    });
    const store = storeOf(server, { bucket, endpoint: relay.endpoint });
    assert.equal(await store.create('late', Buffer.from('x'), { signal }), true);
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { openIdentityProvider } from '../../../stores/s3/identity.ts';
import { runProgram } from '../../../support/program.ts';
import { administrator, programPath, startServer } from '../../../support/s3-servers.ts';
import { clientOf, s3Servers } from '../../../support/stores.ts';
import { needsClients, people } from '../scene.ts';
import { assertClear, assertEmpty, assertGone, bulk, keysIn, ownScene, place, prefix } from './scene.ts';

const wrong: Readonly<Record<string, [change: NodeJS.ProcessEnv, says: RegExp]>> = {
  'a wrong secret': [{ AWS_SECRET_ACCESS_KEY: 'hunter2hunter2' }, /does not (accept the credentials|allow s3:)/],
  'an unknown key': [{ AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN' }, /does not accept the credentials \(key AKIA…\)/],
  'no bucket': [{ LOCKKEEPER_STORE: 's3://no-such-bucket-here/x' }, /has no bucket no-such-bucket-here\.\nCreate/],
  'nobody there': [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, /cannot be reached \(ECONNREFUSED\)/],
  'no host': [{ AWS_ENDPOINT_URL: 'http://no-such-host.invalid' }, /there is no such host/],
  'no credentials': [{ AWS_ACCESS_KEY_ID: '', HOME: '/nowhere' }, /There are no credentials for/],
};

const commands = [['backup'], ['backups'], ['verify'], ['restore'], ['prune', '--keep-last', '1']];

for (const server of s3Servers)
  test(`stores that cannot be used: ${server.name}`, { ...needsClients, concurrency: 2 }, async (test) => {
    const common = await ownScene(test, people);
    const cases = Object.entries(wrong).map(([what, [change, says]]) =>
      test.test(`${what}: exit 3, whatever the command`, async (test) => {
        const { store, env } = await place(test, server);
        const surroundings = { env: { ...common.env, ...env, AWS_EC2_METADATA_DISABLED: 'true', ...change } };
        for (const words of commands) {
          const ended = await runProgram(words, surroundings);
          assertClear(ended.stdout + ended.stderr);
          assert.doesNotMatch(ended.stderr, /hunter2/);
          assert.match(ended.stderr, says);
          assert.equal(ended.status, 3, ended.stderr);
        }
        await assertEmpty({ store });
      }),
    );
    await Promise.all(cases);
    await assertGone(common);
  });

const [versitygw] = s3Servers.filter(({ name }) => name === 'versitygw');

if (versitygw)
  test('a user whom the bucket’s policy lets read and not write', needsClients, async (test) => {
    const there = await ownScene(test, people);
    const { bucket, store, env } = await place(test, versitygw);
    const { key, secret } = administrator;
    const admin = ['admin', '--access', key, '--secret', secret, '--endpoint-url', versitygw.endpoint];
    const user = ['--access', `reader-${bucket}`, '--secret', 'hunter2hunter2', '--role', 'user'];
    execFileSync(programPath('versitygw'), [...admin, 'create-user', ...user]);
    const Resource = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
    const Statement = [
      {
        ...{ Effect: 'Allow', Principal: { AWS: [`reader-${bucket}`] }, Resource },
        Action: ['s3:ListBucket', 's3:GetObject', 's3:GetBucketObjectLockConfiguration'],
      },
    ];
    const client = clientOf(versitygw);
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
    client.destroy();
    const own = { AWS_ACCESS_KEY_ID: `reader-${bucket}`, AWS_SECRET_ACCESS_KEY: 'hunter2hunter2' };
    const { status, stderr } = await runProgram(['backup'], { env: { ...there.env, ...env, ...own } });
    assertClear(stderr);
    assert.match(
      stderr,
      new RegExp(`does not allow s3:PutObject on the bucket ${bucket} \\(key read…\\)\\.\\nAllow s3:PutObject`),
    );
    assert.doesNotMatch(stderr, /hunter2/);
    assert.equal(status, 3);
    await assertEmpty({ store });
    const listed = await runProgram(['backups'], { env: { ...there.env, ...env, ...own } });
    assert.equal(listed.status, 0, 'what it may read it reads');
  });

test('credentials by identity tokens, that run out in the middle and are renewed', needsClients, async (test) => {
  const identity = await openIdentityProvider();
  test.after(() => identity[Symbol.asyncDispose]());
  const server = await startServer('minio', {
    MINIO_IDENTITY_OPENID_CONFIG_URL: identity.configuration,
    MINIO_IDENTITY_OPENID_CLIENT_ID: 'sts.amazonaws.com',
    MINIO_IDENTITY_OPENID_ROLE_POLICY: 'readwrite',
  });
  test.after(() => server[Symbol.asyncDispose]());
  const there = await ownScene(test, bulk);
  let first: unknown;
  let over = false;
  const { store, relay, env } = await place(test, server, ({ headers, part }) => {
    first ??= headers['x-amz-security-token'];
    over ||= part > 2;
    const expired = over && headers['x-amz-security-token'] === first;
    return expired ? { answer: { status: 400, code: 'ExpiredToken' } } : undefined;
  });
  const role = createHash('sha1').update('sts.amazonaws.com').digest('base64url');
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...rest } = env;
  const own = {
    ...{ AWS_ROLE_ARN: `arn:minio:iam:::role/${role}`, AWS_ENDPOINT_URL_STS: server.endpoint },
    ...identity.env,
  };
  const words = ['backup', '--compression', 'none'];
  const { status, stderr } = await runProgram(words, { env: { ...there.env, ...rest, ...own } });
  assert.equal(status, 0, stderr);
  assert.equal(identity.given, 2);
  assert.equal(new Set(relay.seen.map(({ headers }) => headers['x-amz-security-token'])).size, 2);
  assert.ok((await keysIn(store)).every((key) => !key.startsWith(prefix)));
  assert.equal((await keysIn(store)).length, 3);
});

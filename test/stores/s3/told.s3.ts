import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { freshBucket, s3Servers } from '../../support/stores.ts';
import { type Fault, openRelay } from './relay.ts';

/** How a process of its own fares with a store, and with what in its surroundings. */
async function attempt(url: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'attempt.ts'), url], {
    env: { ...process.env, AWS_REGION: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors] = await Promise.all([Array.fromAsync(child.stdout), Array.fromAsync(child.stderr)]);
  const text = output.join('') + errors.join('');
  // not even that of the tests, which is no secret
  assert.doesNotMatch(text, /only-for-the-tests|lockkeeper-tests|hunter2/);
  return text;
}

async function listening(server: Server): Promise<AsyncDisposable & { host: string }> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return {
    host: `127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

for (const server of s3Servers) {
  const env = { AWS_ENDPOINT_URL: server.endpoint };

  describe(`what is told: ${server.name}`, { concurrency: 2 }, () => {
    test('nothing, where all is well', async () => {
      assert.equal(await attempt(`s3://${await freshBucket(server)}/a/b`, env), 'done\n');
    });

    test('no such bucket', async () => {
      const text = await attempt('s3://no-such-bucket-here', env);
      assert.match(
        text,
        /^unreachable: The S3 server 127.0.0.1:\d+ has no bucket no-such-bucket-here\.\nCreate it, or correct/,
      );
    });

    test('wrong secret', async () => {
      const text = await attempt(`s3://${await freshBucket(server)}`, {
        ...env,
        AWS_SECRET_ACCESS_KEY: 'hunter2hunter2',
      });
      assert.match(
        text,
        /^unreachable: .* (does not accept the credentials|does not allow s3:GetObject.*) \(key lock…\)/,
      );
    });

    test('unknown key', async () => {
      const text = await attempt(`s3://${await freshBucket(server)}`, { ...env, AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN' });
      assert.match(text, /^unreachable: .* does not accept the credentials \(key AKIA…\) \(InvalidAccessKeyId\)/);
    });

    test('no credentials', async () => {
      const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', HOME: '/nowhere' };
      const text = await attempt(`s3://${await freshBucket(server)}`, { ...env, ...none });
      assert.match(text, /^unreachable: There are no credentials for the S3 server .*\nSet AWS_ACCESS_KEY_ID/);
    });

    const answers: [what: string, fault: Fault, expected: RegExp][] = [
      [
        'another region',
        { answer: { status: 400, code: 'AuthorizationHeaderMalformed' } },
        /^unreachable: The bucket \S+ is in another region than us-east-1.*\nSet AWS_REGION/,
      ],
      ['moved', { answer: { status: 301, code: 'PermanentRedirect' } }, /is in another region/],
      ['a clock that is wrong', { answer: { status: 403, code: 'RequestTimeTooSkewed' } }, /The clock of this machine/],
      ['expired', { answer: { status: 400, code: 'ExpiredToken' } }, /have run out\.\nGet new ones/],
      [
        'not allowed',
        { answer: { status: 403, code: 'AccessDenied' } },
        /does not allow s3:PutObject .*\nAllow s3:PutObject on arn:aws:s3:::test-\w+\/\*/,
      ],
      ['an archive', { answer: { status: 403, code: 'InvalidObjectState' } }, /in an archive/],
    ];
    for (const [what, fault, expected] of answers)
      test(what, async () => {
        await using relay = await openRelay(server.endpoint, ({ operation }) =>
          operation === 'PutObject' ? fault : undefined,
        );
        const text = await attempt(`s3://${await freshBucket(server)}`, { AWS_ENDPOINT_URL: relay.endpoint });
        assert.match(text, expected);
      });

    test('one who may write but not look writes', async () => {
      await using relay = await openRelay(server.endpoint, ({ operation }) =>
        operation === 'HeadObject' ? { answer: { status: 403, code: 'AccessDenied' } } : undefined,
      );
      assert.equal(await attempt(`s3://${await freshBucket(server)}`, { AWS_ENDPOINT_URL: relay.endpoint }), 'done\n');
    });
  });
}

describe('what is told of endpoints', { concurrency: 2 }, () => {
  test('nobody listens', async () => {
    const text = await attempt('s3://backups', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    assert.match(
      text,
      /^unreachable: The S3 server 127.0.0.1:9 cannot be reached \(ECONNREFUSED\)\.\nCheck the endpoint/,
    );
  });

  test('no such host', async () => {
    const text = await attempt('s3://backups', { AWS_ENDPOINT_URL: 'https://s3.invalid' });
    assert.match(text, /^unreachable: The S3 server s3.invalid cannot be reached: there is no such host/);
  });

  test('no URL, or one with a password', async () => {
    assert.match(
      await attempt('s3://backups', { AWS_ENDPOINT_URL: 'localhost:9000' }),
      /^usage: The S3 endpoint is not/,
    );
    const text = await attempt('s3://backups', { AWS_ENDPOINT_URL: 'http://me:hunter2@localhost:9000' });
    assert.match(text, /^usage: The S3 endpoint has credentials/);
  });

  test('something else answers', async () => {
    for (const [status, body] of [
      [200, '<!doctype html><p>Console</p>'],
      [404, '<html>nginx</html>'],
      [200, 'ok'],
    ] as const) {
      const server = createServer((_, outgoing) =>
        outgoing.writeHead(status, { 'content-type': 'text/html' }).end(body),
      );
      await using other = await listening(server);
      const text = await attempt('s3://backups', { AWS_ENDPOINT_URL: `http://${other.host}` });
      assert.match(text, /^unreachable: What answers for the S3 server .* does not speak S3/, `${status} ${body}`);
    }
  });

  test('TLS that is none, or of an unknown authority', async () => {
    await using plain = await listening(createServer((_, outgoing) => outgoing.end()));
    assert.match(
      await attempt('s3://backups', { AWS_ENDPOINT_URL: `https://${plain.host}` }),
      /does not speak TLS as expected/,
    );

    const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...args, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const own = createTlsServer({ key: await readFile(key), cert: await readFile(cert) }, (_, outgoing) =>
      outgoing.end(),
    );
    await rm(folder, { recursive: true });
    await using secure = await listening(own);
    const text = await attempt('s3://backups', { AWS_ENDPOINT_URL: `https://${secure.host}` });
    assert.match(text, /^unreachable: The certificate of the S3 server .* is not trusted: .*\n.*NODE_EXTRA_CA_CERTS/);
  });
});

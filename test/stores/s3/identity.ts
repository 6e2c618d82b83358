import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Gives out OIDC tokens as GitHub does for a job, and the keys to check them by, as any provider does. */
export interface IdentityProvider extends AsyncDisposable {
  readonly configuration: string;
  /** What a job finds in its environment. */
  readonly env: { readonly ACTIONS_ID_TOKEN_REQUEST_URL: string; readonly ACTIONS_ID_TOKEN_REQUEST_TOKEN: string };
  /** How many tokens were asked for. */
  readonly given: number;
  token(): string;
}

export async function openIdentityProvider(): Promise<IdentityProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let given = 0;
  let issuer = '';
  const server = createServer(({ url = '', headers }, outgoing) => {
    const { pathname, searchParams } = new URL(url, issuer);
    const say = (value: unknown, status = 200) =>
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === '/keys')
      return say({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] });
    if (pathname !== '/token')
      return say({ issuer, jwks_uri: `${issuer}/keys`, id_token_signing_alg_values_supported: ['RS256'] });
    if (headers.authorization !== 'bearer job-token' || searchParams.get('api-version') !== '2.0') return say({}, 401);
    given++;
    say({ count: 1, value: token(searchParams.get('audience') ?? '') });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  issuer = `http://127.0.0.1:${address.port}`;

  function token(audience: string): string {
    const now = Math.floor(Date.now() / 1000);
    const subject = 'repo:acme/shop:ref:refs/heads/main';
    const claims = { iss: issuer, sub: subject, aud: audience, iat: now, exp: now + 3600, jti: String(given) };
    const text = [{ alg: 'RS256', typ: 'JWT', kid: '1' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
  }

  return {
    configuration: `${issuer}/.well-known/openid-configuration`,
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${issuer}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-token',
    },
    get given() {
      return given;
    },
    token: () => token('sts.amazonaws.com'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { fromWebToken } from '@aws-sdk/credential-provider-web-identity';
import { KnownError } from '../../model/error.ts';

/**
 * Credentials of the role AWS_ROLE_ARN for a GitHub job, by a token that is asked of GitHub anew whenever they run out:
 * a job's own, set once at its beginning, end after an hour. Undefined outside of GitHub, without the role, or where
 * keys or a token file are given: then AWS's usual chain decides.
 *
 * Source: docs.github.com, OpenID Connect reference, "Methods for requesting the OIDC token".
 */
export function gitHubCredentials(env: NodeJS.ProcessEnv): ReturnType<typeof fromWebToken> | undefined {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token, AWS_ROLE_ARN: roleArn } = env;
  const own = env.AWS_WEB_IDENTITY_TOKEN_FILE || (env.AWS_ACCESS_KEY_ID && !env.AWS_SESSION_TOKEN);
  if (!url || !token || !roleArn || own) return undefined;
  const roleSessionName = env.AWS_ROLE_SESSION_NAME ?? `lockkeeper-${env.GITHUB_RUN_ID ?? process.pid}`;
  return async (properties) => {
    const webIdentityToken = await askGitHub(url, token);
    return fromWebToken({ roleArn, roleSessionName, webIdentityToken })(properties);
  };
}

async function askGitHub(url: string, token: string): Promise<string> {
  const address = new URL(url);
  address.searchParams.set('audience', 'sts.amazonaws.com');
  const headers = { authorization: `bearer ${token}`, accept: 'application/json' };
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(address, { headers, signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
    const { value } = answer?.ok ? ((await answer.json()) as { value?: unknown }) : {};
    if (typeof value === 'string') return value;
    if (attempt === 3)
      throw new KnownError(`GitHub gave no OIDC token (${answer ? `status ${answer.status}` : 'no answer'}).`, {
        reason: 'unreachable',
        help: 'The job needs `permissions: id-token: write`.',
      });
    await new Promise((resolve) => setTimeout(resolve, 1000 * attempt));
  }
}

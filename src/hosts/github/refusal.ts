import { RequestError } from '@octokit/request-error';

/** Why GitHub did not do what it was asked for, and what helps. */
export interface Refusal {
  readonly why: string;
  readonly help?: string;
}

/** What to say of an error. `permissions` are what the job would need. */
export function refusalOf(error: unknown, permissions: readonly string[]): Refusal {
  if (!(error instanceof RequestError)) return { why: error instanceof Error ? error.message : String(error) };
  const { status, response } = error;
  const message = error.message.replace(/ - https:\/\/docs\.github\.com\S*$/, '');
  if (!response) return { why: `GitHub could not be reached: ${message}` };
  const { 'x-ratelimit-remaining': left, 'x-ratelimit-reset': reset } = response.headers;
  if (status === 401) return { why: 'GitHub does not accept the token', help: 'Set `github-token` to a valid one.' };
  if ((status === 403 || status === 429) && String(left) === '0') {
    return { why: `the rate limit of GitHub is used up until ${new Date(Number(reset) * 1000).toISOString()}` };
  }
  if (status === 429 || /rate limit/i.test(message)) return { why: 'GitHub asks to wait longer than a job should' };
  if (/\block(ed)?\b/i.test(message)) return { why: 'the conversation is locked' };
  if (status === 403 || status === 404) {
    const needed = permissions.map((each) => `\`${each}\``).join(' and ');
    return { why: `the token may not do that (${status} ${message})`, help: `Give the job the permission ${needed}.` };
  }
  return { why: `GitHub answered ${status} ${message}` };
}

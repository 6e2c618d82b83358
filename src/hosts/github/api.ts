import * as http from 'node:http';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { type Patience, patiently, usualPatience } from './patience.ts';

/** GitHub's REST interface as one token sees it, for one repository. */
export interface Api {
  readonly octokit: InstanceType<typeof Client>;
  /** Part of every route under /repos. */
  readonly repository: { readonly owner: string; readonly repo: string };
}

const Client = Octokit.plugin(paginateRest);
const silent = () => undefined;

/** What an interface is opened with. `repository` is `owner/name`. */
export interface ApiOptions {
  readonly token: string;
  readonly repository: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly patience?: Patience;
}

/**
 * Opens the interface that GITHUB_API_URL names (GitHub Enterprise has one of its own), through the proxy that
 * HTTPS_PROXY names. Every request is tried again as GitHub asks, within one budget of time from now on.
 */
export function openApi({ token, repository, environment, signal, patience = usualPatience }: ApiOptions): Api {
  // absent in the first versions of Node 24
  if (environment.HTTPS_PROXY || environment.https_proxy) http.setGlobalProxyFromEnv?.();
  const deadline = Date.now() + patience.budget;
  const octokit = new Client({
    auth: token,
    baseUrl: (environment.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''),
    userAgent: 'lockkeeper',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { headers: { 'x-github-api-version': '2022-11-28' } },
  });
  octokit.hook.wrap('request', (request, options) =>
    patiently(
      async () => {
        const limit = AbortSignal.timeout(Math.max(1, Math.min(patience.answer, deadline - Date.now())));
        // in place: each hook is bound to these very options, and the one that signs in passes no others on
        Object.assign(options.request, { signal: AbortSignal.any([signal, limit]) });
        return request(options);
      },
      deadline,
      signal,
    ),
  );
  const [owner = '', repo = ''] = repository.split('/');
  return { octokit, repository: { owner, repo } };
}

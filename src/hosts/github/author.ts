import type { Api } from './api.ts';

/** As whom the token of a workflow's own run writes, on GitHub and GitHub Enterprise. */
const workflowBot = 'github-actions[bot]';

export interface Author {
  readonly login: string;
  readonly type?: string;
}

/**
 * Tells comments of our own from those that others made to look like them. Nobody can have the workflows' bot's name;
 * for everyone else GitHub is asked, once and only if needed, who holds the token.
 */
export function ownership({ octokit }: Api): (author: Author | null) => Promise<boolean> {
  let user: Promise<string | undefined> | undefined;
  let app: Promise<string | undefined> | undefined;
  return async (author) => {
    if (author === null) return false;
    if (author.login === workflowBot) return true;
    if (author.type !== 'Bot') {
      user ??= octokit.request('GET /user').then(({ data }) => data.login, unknown);
      return author.login === (await user);
    }
    // the only way to learn an app's name with its own installation's token
    app ??= octokit
      .graphql<{ viewer: { login: string } }>('{ viewer { login } }')
      .then(({ viewer }) => viewer.login, unknown);
    return author.login === (await app);
  };
}

/** An app's token may not ask for a user, a user's not for an app. */
const unknown = () => undefined;

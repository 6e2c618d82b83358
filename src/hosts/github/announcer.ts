import type { Announcement, Announcer, CommentKey, Ending } from '../../model/host.ts';
import { type Api, openApi } from './api.ts';
import { writeComment } from './comment.ts';
import { createDeployment, setDeploymentStatus } from './deployment.ts';
import { readEvent } from './event.ts';
import { graceAfter } from './grace.ts';
import { pullRequestsWith } from './merged.ts';
import { type Patience, usualPatience } from './patience.ts';
import { runUrl, type Surroundings } from './pull-request.ts';
import { refusalOf } from './refusal.ts';

/** For the target: it must not wait for long because GitHub cannot be reached. */
const shortPatience: Patience = { budget: 15_000, answer: 5000 };

/** A run that changes a target, as a deployment and as a comment on the pull requests that its commit came with. */
export function announcer(announcement: Announcement, around: Surroundings): Announcer {
  const { environment, comment, signal } = announcement;
  const attempt = (each: Attempt, limit: AbortSignal) => attempted(each, { ...announcement, signal: limit }, around);
  let deployment: number | undefined;
  const made = (id: number) => {
    deployment = id;
  };
  return {
    begin: async (about) => {
      if (environment) await attempt(opening(environment, about, made, around), graceAfter(signal));
    },
    end: async (ending) => {
      const limit = graceAfter(signal); // for all of it
      if (deployment !== undefined) await attempt(closing(deployment, ending, around), limit);
      if (comment) await attempt(commenting(comment, ending, around), limit);
    },
  };
}

/** Something to be written on GitHub. */
interface Attempt {
  /** What is to be said when it fails, as the beginning of a sentence. */
  readonly what: string;
  /** The permission without which it does. */
  readonly needs: string;
  readonly patience: Patience;
  work(api: Api, commit: string): Promise<void>;
}

/** `made` is told the deployment as soon as there is one, whatever comes of its status. */
function opening(
  environment: string,
  about: Readonly<Record<string, string>>,
  made: (deployment: number) => void,
  { environment: variables, log, hide }: Surroundings,
): Attempt {
  const url = runUrl(variables);
  return {
    ...{ what: 'The deployment was not recorded', needs: 'deployments: write', patience: shortPatience },
    work: async (api, commit) => {
      const payload = Object.fromEntries(Object.entries(about).map(([name, text]) => [name, hide(text)]));
      const deployment = await createDeployment(api, { commit, environment, payload });
      made(deployment);
      log.info(`Deployment ${deployment} to ${environment}`);
      const description = 'Applying migrations';
      await setDeploymentStatus(api, deployment, { state: 'in_progress', description, ...(url && { log: url }) });
    },
  };
}

function closing(deployment: number, { good, verdict }: Ending, { environment, hide }: Surroundings): Attempt {
  const log = runUrl(environment);
  return {
    ...{ what: 'The deployment’s end was not recorded', needs: 'deployments: write', patience: usualPatience },
    work: (api) =>
      setDeploymentStatus(api, deployment, {
        ...{ state: good ? 'success' : 'failure', description: hide(verdict), ...(log && { log }) },
      }),
  };
}

function commenting(key: CommentKey, ending: Ending, around: Surroundings): Attempt {
  const { environment, log } = around;
  return {
    ...{ what: 'The comment was not written', needs: 'pull-requests: write', patience: usualPatience },
    work: async (api, commit) => {
      const numbers = await pullRequestsWith(api, commit, await readEvent(environment));
      if (numbers.length === 0)
        return log.info(`No comment: ${commit} came with no pull request that may be written to.`);
      const urls: string[] = [];
      const faults: unknown[] = [];
      for (const number of numbers) // one that is locked keeps nothing from the others
        await commentOn(api, number, key, ending, around).then(
          (url) => urls.push(...url),
          (error) => faults.push(error),
        );
      if (urls.length > 0) log.output('comment-url', urls.join('\n'));
      if (faults.length > 0) throw faults[0];
    },
  };
}

async function commentOn(api: Api, pullRequest: number, key: CommentKey, ending: Ending, around: Surroundings) {
  const { environment, log, hide } = around;
  const whole = runUrl(environment);
  const { outcome, url } = await writeComment(api, {
    ...{ pullRequest, key, run: Number(environment.GITHUB_RUN_ID) || 0, idle: ending.idle },
    replaces: (text) => !ending.idle || !text.trimStart().startsWith('### ✅'),
    text: (limit) => hide(ending.comment({ ...key, limit, ...(whole && { whole }) })),
  });
  log.info(`Comment on #${pullRequest}: ${outcome}${url ? `, ${url}` : ''}`);
  return url ? [url] : [];
}

async function attempted(
  { what, needs, patience, work }: Attempt,
  { token, signal }: Announcement,
  { environment, log }: Surroundings,
): Promise<void> {
  const { GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = environment;
  if (!token || !repository || !commit) return log.info(`${what}: there is no \`github-token\` to write with.`);
  try {
    await work(openApi({ token, repository, environment, signal, patience }), commit);
  } catch (error) {
    const { why, help } = refusalOf(error, [needs]);
    log.notice(`${what}: ${signal.aborted ? 'the run was ended' : why}.${help ? ` ${help}` : ''}`);
  }
}

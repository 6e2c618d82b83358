import { appendFile, readFile } from 'node:fs/promises';
import { KnownError } from '../model/error.ts';
import type { Given } from '../model/given.ts';
import type { Host, Presentation } from '../model/host.ts';
import { Secrets } from './secrets.ts';

/** GitHub keeps at most this much of a step's summary (1 MiB). */
const summaryLimit = 1_000_000;

type Core = typeof import('@actions/core');

/** A job on GitHub: job summary, annotations, outputs. */
export async function githubHost(given: readonly Given[], environment: NodeJS.ProcessEnv = process.env): Promise<Host> {
  const core = await import('@actions/core');
  const secrets = new Secrets();
  return {
    name: 'github',
    progress: { step: (text) => core.info(harmless(secrets.hide(text))) },
    given: () => given,
    base: () => baseOf(environment),
    mask: (secret) => {
      secrets.add(secret);
      core.setSecret(secret);
    },
    publish: async (presentation, { quiet }) => {
      if (!quiet) core.info(harmless(secrets.hide(presentation.terminal({ colour: false, width: 120 }))));
      await publish(core, presentation, environment, secrets);
    },
    fail: (message, place) =>
      core.error(secrets.hide(message), { ...(place && { file: place.path, startLine: place.line ?? 1 }) }),
  };
}

async function publish(
  core: Core,
  presentation: Presentation,
  environment: NodeJS.ProcessEnv,
  secrets: Secrets,
): Promise<void> {
  for (const { level, path, line, title, message } of presentation.annotations()) {
    const place = { file: path, startLine: line, title: secrets.hide(title) };
    core[level](secrets.hide(message), place);
  }
  const { GITHUB_STEP_SUMMARY: summary } = environment;
  if (summary) await appendFile(summary, secrets.hide(presentation.markdown(summaryLimit)));
  for (const [name, value] of Object.entries(presentation.outputs())) core.setOutput(name, value);
}

/** A log line of ours must not be taken for a workflow command. */
function harmless(text: string): string {
  return text.replaceAll(/^(\s*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '#\u200b#[');
}

interface Payload {
  readonly pull_request?: { readonly base?: { readonly sha?: string; readonly ref?: string } };
  readonly merge_group?: { readonly base_sha?: string };
  readonly before?: string;
  readonly repository?: { readonly default_branch?: string };
}

/** What the event compares with. A branch's first push has no `before`. */
async function baseOf(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: event = '', GITHUB_BASE_REF: ref } = environment;
  const payload = path ? await readPayload(path) : {};
  if (event.startsWith('pull_request')) return baseOfPullRequest(payload, event, ref);
  if (event === 'merge_group') return payload.merge_group?.base_sha;
  if (event === 'push' && payload.before && !/^0+$/.test(payload.before)) return payload.before;
  return payload.repository?.default_branch;
}

function baseOfPullRequest({ pull_request }: Payload, event: string, ref: string | undefined): string {
  const base = pull_request?.base?.sha ?? pull_request?.base?.ref ?? ref;
  if (base) return base;
  const message = `The ${event} event does not say what the pull request is compared with.`;
  throw new KnownError(message, { help: 'Name the branch with `base`.' });
}

async function readPayload(path: string): Promise<Payload> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Payload;
  } catch (error) {
    throw new KnownError('The event payload that GITHUB_EVENT_PATH names cannot be read.', { cause: error });
  }
}

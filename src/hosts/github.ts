import { appendFile, readFile } from 'node:fs/promises';
import { KnownError } from '../model/error.ts';
import type { Given } from '../model/given.ts';
import type { Host, Presentation } from '../model/host.ts';
import { Secrets } from './secrets.ts';

/** GitHub keeps at most this much of a step's summary (1 MiB). */
const summaryLimit = 1_000_000;

/** A job on GitHub: job summary, annotations, outputs. */
export function githubHost(given: readonly Given[], environment: NodeJS.ProcessEnv = process.env): Host {
  const secrets = new Secrets();
  return {
    name: 'github',
    progress: { step: (text) => write(secrets.hide(text)) },
    given: () => given,
    base: () => baseOf(environment),
    mask: (secret) => {
      secrets.add(secret);
      process.stdout.write(`::add-mask::${data(secret)}\n`);
    },
    publish: async (presentation, { quiet }) => {
      if (!quiet) write(secrets.hide(presentation.terminal({ colour: false, width: 120 })));
      await publish(presentation, environment, secrets);
    },
    fail: (message) => process.stdout.write(`::error::${data(secrets.hide(message))}\n`),
  };
}

async function publish(presentation: Presentation, environment: NodeJS.ProcessEnv, secrets: Secrets): Promise<void> {
  for (const { level, path, line, title, message } of presentation.annotations()) {
    const place = `file=${property(path)},line=${line},title=${property(secrets.hide(title))}`;
    process.stdout.write(`::${level} ${place}::${data(secrets.hide(message))}\n`);
  }
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = environment;
  if (summary) await appendFile(summary, secrets.hide(presentation.markdown(summaryLimit)));
  if (output) await appendFile(output, outputLines(presentation.outputs()));
}

/** Values are one line each, so the simple form does. */
function outputLines(outputs: Readonly<Record<string, string>>): string {
  return Object.entries(outputs)
    .map(([name, value]) => `${name}=${value.replaceAll(/[\r\n]/g, ' ')}\n`)
    .join('');
}

/** A log line of ours must not be taken for a workflow command. */
function write(text: string): void {
  process.stdout.write(`${text.replaceAll(/^(\s*)::/gm, '$1:\u200b:').replaceAll('##[', '#\u200b#[')}\n`);
}

/** As the runner reads it back: `toolkit/packages/core/src/command.ts` escapes the same characters. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

interface Payload {
  readonly pull_request?: { readonly base?: { readonly sha?: string; readonly ref?: string } };
  readonly merge_group?: { readonly base_sha?: string };
  readonly before?: string;
  readonly repository?: { readonly default_branch?: string };
}

/** What the event compares with. A branch's first push has no `before`. */
async function baseOf({
  GITHUB_EVENT_PATH: path,
  GITHUB_EVENT_NAME: event = '',
  GITHUB_BASE_REF: ref,
}: NodeJS.ProcessEnv): Promise<string | undefined> {
  const payload = path ? await readPayload(path) : {};
  const branch = payload.repository?.default_branch;
  if (event.startsWith('pull_request')) {
    const base = payload.pull_request?.base?.sha ?? payload.pull_request?.base?.ref ?? ref;
    if (!base)
      throw new KnownError(`The ${event} event does not say what the pull request is compared with.`, {
        help: 'Name the branch with `base`.',
      });
    return base;
  }
  if (event === 'merge_group') return payload.merge_group?.base_sha;
  if (event === 'push' && payload.before && !/^0+$/.test(payload.before)) return payload.before;
  return branch;
}

async function readPayload(path: string): Promise<Payload> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Payload;
  } catch (error) {
    throw new KnownError('The event payload that GITHUB_EVENT_PATH names cannot be read.', { cause: error });
  }
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { temporaryFolder } from '../git/support.ts';
import { action, type Ended, runProgram } from '../support/program.ts';
import { repositoryId } from './api-payloads.ts';
import type { LocalGitHub } from './api-server.ts';

/** The fork's commit that was checked, in the run with this id. */
export const commit = 'a1'.repeat(20);
export const runId = 9_000_000_001;
const fork = { id: 77, full_name: 'mallory/hello', owner: { login: 'mallory' } };
export const repository = { id: repositoryId, full_name: 'octocat/hello', default_branch: 'main' };

export interface Run extends Ended {
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

interface Job {
  readonly event: string;
  readonly payload: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  /** The checkout. */
  readonly folder?: string;
  readonly door?: string;
}

/** Inputs, event and files as a runner hands them over by environment. */
export async function environmentOf(
  github: LocalGitHub,
  job: Job,
): Promise<AsyncDisposable & { readonly env: NodeJS.ProcessEnv; readonly file: (name: string) => string }> {
  const scratch = await temporaryFolder();
  const file = (name: string) => join(scratch.path, name);
  await mkdir(file('empty'));
  await writeFile(file('event.json'), JSON.stringify(job.payload));
  for (const name of ['summary', 'output']) await writeFile(file(name), '');
  const inputs = { 'github-token': 'workflow-token', ...job.inputs };
  const env = {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME },
    NODE_COMPILE_CACHE: join(tmpdir(), 'lockkeeper-test-compiled'),
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: repository.full_name,
    GITHUB_RUN_ID: '100',
    GITHUB_EVENT_NAME: job.event,
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_OUTPUT: file('output'),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...job.env,
  };
  return { env, file, [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]() };
}

/** Runs the action as a runner does. */
export async function runAction(github: LocalGitHub, job: Job): Promise<Run> {
  await using surroundings = await environmentOf(github, job);
  const { env, file } = surroundings;
  const ended = await runProgram([], { folder: job.folder ?? file('empty'), door: job.door ?? action, env });
  const [summary, output] = await Promise.all([readFile(file('summary'), 'utf8'), readFile(file('output'), 'utf8')]);
  return { ...ended, summary, outputs: outputsIn(output) };
}

function outputsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(.+?)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  );
}

/** A fork's finished run, as its event tells of it. */
export function forkEvent(changes: Readonly<Record<string, unknown>> = {}): unknown {
  const workflow_run = {
    ...{ id: runId, event: 'pull_request', conclusion: 'failure', head_sha: commit, head_branch: 'topic' },
    ...{ head_repository: fork, pull_requests: [], html_url: `https://github.com/octocat/hello/actions/runs/${runId}` },
    ...changes,
  };
  return { action: 'completed', repository, workflow_run };
}

/** The pull request of that run, and the artifact it stored. */
export function storeForkReport(github: LocalGitHub, report: unknown): void {
  github.pulls.push({ number: 7, head: { sha: commit, ref: 'topic', owner: 'mallory', repository: fork.id } });
  const text = typeof report === 'string' ? report : JSON.stringify(report);
  storeArchive(github, zipSync({ 'report.json': Buffer.from(text) }));
}

export function storeArchive(github: LocalGitHub, archive: Uint8Array, claimed?: number): void {
  const id = github.artifacts.length + 11;
  github.artifacts.push({
    id,
    name: 'lockkeeper-report',
    run: runId,
    archive,
    ...(claimed !== undefined && { claimed }),
  });
}

/** Posts the stored report, as the workflow for forks does. */
export function postStored(github: LocalGitHub, payload: unknown = forkEvent(), job: Partial<Job> = {}): Promise<Run> {
  return runAction(github, { event: 'workflow_run', payload, ...job, inputs: { command: 'comment', ...job.inputs } });
}

/** The event of a pull request; from a fork where `head` is another repository. */
export function pullRequestEvent(base: string, head = repository.full_name): unknown {
  const pull_request = { number: 7, base: { sha: base, ref: 'main' }, head: { repo: { full_name: head } } };
  return { action: 'synchronize', number: 7, repository, pull_request };
}

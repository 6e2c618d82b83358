import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { CheckReport } from '../../src/model/report.ts';
import { TestRepository, temporaryFolder } from '../git/support.ts';
import { newest } from '../support/postgres.ts';
import { action, runProgram, urlOf } from '../support/program.ts';

/** A step of a job, as the runner starts it. */
export interface Step {
  /** Prepares the repository; GITHUB_WORKSPACE and the folder the step runs in. */
  readonly repository: (repository: TestRepository) => void;
  readonly event?: string;
  /** What GITHUB_EVENT_PATH names: an object, or text as it is; no file where absent. */
  readonly payload?: object | string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
}

/** What the step left behind. */
export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Absent where no check was finished. */
  readonly report: CheckReport | undefined;
}

/** Runs the action: every input of action.yml is set, to its default or to nothing, as the runner does. */
export async function runStep({ repository, event, payload, inputs = {}, env = {} }: Step): Promise<Result> {
  await using folder = await temporaryFolder();
  const file = (name: string) => join(folder.path, name);
  await mkdir(file('workspace'));
  await Promise.all(['summary', 'output'].map((name) => writeFile(file(name), '')));
  if (payload !== undefined)
    await writeFile(file('event.json'), typeof payload === 'string' ? payload : JSON.stringify(payload));
  repository(new TestRepository(file('workspace')));
  const ended = await runProgram([], {
    folder: file('workspace'),
    door: action,
    env: {
      ...(await inputsOf({ 'server-url': urlOf(newest), 'report-json': '../report.json', ...inputs })),
      ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: file('workspace'), GIT_CONFIG_GLOBAL: '/dev/null' },
      ...{ GITHUB_STEP_SUMMARY: file('summary'), GITHUB_OUTPUT: file('output') },
      ...(event !== undefined && { GITHUB_EVENT_NAME: event }),
      ...(payload !== undefined && { GITHUB_EVENT_PATH: file('event.json') }),
      ...env,
    },
  });
  const report = await readFile(file('report.json'), 'utf8').then(JSON.parse, () => undefined);
  const [summary, output] = await Promise.all(['summary', 'output'].map((name) => readFile(file(name), 'utf8')));
  return { ...ended, summary: summary ?? '', outputs: outputsIn(output ?? ''), report };
}

async function inputsOf(given: Readonly<Record<string, string>>): Promise<NodeJS.ProcessEnv> {
  const { inputs } = parse(await readFile('action.yml', 'utf8')) as { inputs: Record<string, { default?: string }> };
  const entries = Object.entries(inputs).map(([name, input]) => [
    `INPUT_${name.toUpperCase()}`,
    given[name] ?? input.default?.replace(/^\$\{\{.*\}\}$/, '') ?? '',
  ]);
  return Object.fromEntries(entries);
}

/** `name<<end`, the value's lines, `end`. */
function outputsIn(text: string): Record<string, string> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\r?\n(?:([\s\S]*?)\r?\n)?\2\r?$/gm);
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]));
}

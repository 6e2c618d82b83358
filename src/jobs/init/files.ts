import { isMap, isScalar, parseDocument, stringify } from 'yaml';
import type { Call } from './calls.ts';
import { inert } from './expression.ts';
import type { NamedPostgres } from './postgres.ts';
import { callerTemplate, commentTemplate } from './templates.ts';

/** A file that init answers for. Equal texts: there is nothing to do. */
export interface PlannedFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  /** Undefined where there is none yet. */
  readonly before: string | undefined;
  readonly after: string;
  /** Leaving it as it is does no harm. */
  readonly optional?: true;
}

/** What was found out, and what was answered. */
export interface Facts {
  /** The folder to check, relative to the repository; empty for the top. */
  readonly folder: string;
  readonly tool: string;
  /** Relative to `folder`. */
  readonly migrations: readonly string[];
  readonly postgres?: number;
  /** Where the repository names that major. */
  readonly namedAt?: NamedPostgres;
  readonly defaultBranch?: string;
  /** Pull requests from forks get a comment too. */
  readonly forks: boolean;
  /** Where Lockkeeper is called already. */
  readonly calls: readonly Call[];
}

/** Reads a file of the repository; undefined where there is none. */
export type Read = (path: string) => Promise<string | undefined>;

const callerPath = '.github/workflows/lockkeeper.yml';
const commentPath = '.github/workflows/lockkeeper-comment.yml';

/** The files as they shall be. What calls Lockkeeper for this folder already stays as it is. */
export async function plannedFiles(facts: Facts, read: Read): Promise<PlannedFile[]> {
  const files = [await caller(facts, read), await comment(facts, read), await settings(facts, read)];
  return files.filter((file) => file !== undefined);
}

async function caller(facts: Facts, read: Read): Promise<PlannedFile | undefined> {
  const { calls, folder, defaultBranch = 'main' } = facts;
  const checks = calls.filter(({ command }) => command === 'check');
  if (checks.some((call) => call.folder === folder)) return undefined;
  const [other] = checks.filter(({ reusable }) => reusable);
  if (other) return { path: other.path, before: other.text, after: withJob(other.text, jobFor(folder, other.ref)) };
  const text = callerTemplate.replace('branches: [main]', () => `branches: [${yaml(defaultBranch)}]`);
  return { path: callerPath, before: await read(callerPath), after: withFolder(text, folder) };
}

function withFolder(text: string, folder: string): string {
  return folder === '' ? text : `${text}    with:\n      working-directory: ${yaml(inert(folder))}\n`;
}

/** In letters that names of jobs and artifacts may have. */
function slug(folder: string): string {
  return folder.replaceAll(/[^a-zA-Z0-9_]+/g, '-').replaceAll(/^-|-$/g, '') || 'top';
}

/** The template's job for one more folder, under a name of its own; `comment-id` also keeps the stored reports apart. */
function jobFor(folder: string, ref: string): string {
  const job = callerTemplate.slice(callerTemplate.indexOf('  check:\n'));
  const named = job
    .replace('  check:', `  check-${slug(folder)}:`)
    .replace('name: Migrations', `name: ${yaml(inert(`Migrations of ${folder || 'the top folder'}`))}`)
    .replace(/(?<=check\.yml@).*/, () => ref);
  return `${withFolder(named, folder || '.')}      comment-id: ${slug(folder)}\n`;
}

/** Puts a job behind the last one, and leaves every other character where it is. */
function withJob(text: string, job: string): string {
  const jobs = parseDocument(text).get('jobs', true);
  const [first, last] = isMap(jobs) ? [jobs.items.at(0), jobs.items.at(-1)] : [];
  const start = isScalar(first?.key) ? (first.key.range?.[0] ?? 0) : 0;
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1);
  const end = (last?.value as { range?: readonly number[] } | null | undefined)?.range?.[1] ?? text.length;
  const before = text.slice(0, end).trimEnd();
  const added = job.replaceAll(/^ {2}/gm, ' '.repeat(indent));
  return `${before}\n\n${added}${text.slice(before.length).replace(/^\n/, '')}`;
}

async function comment({ forks, calls, folder }: Facts, read: Read): Promise<PlannedFile | undefined> {
  if (!forks || calls.some(({ command }) => command === 'comment')) return undefined;
  const name = calls.find(({ command }) => command === 'check')?.workflow;
  const text = name ? commentTemplate.replace('[Lockkeeper]', () => `[${JSON.stringify(name)}]`) : commentTemplate;
  const after = folder === '' ? text : `${text}          working-directory: ${yaml(inert(folder))}\n`;
  return { path: commentPath, before: await read(commentPath), after };
}

const heading =
  '# Settings of Lockkeeper; all there are: https://github.com/lockkeeper/lockkeeper/blob/main/docs/settings.md\n';

/** Settings that a file has already are left alone; what it lacks goes to its end. */
async function settings(facts: Facts, read: Read): Promise<PlannedFile> {
  const path = facts.folder === '' ? 'lockkeeper.yml' : `${facts.folder}/lockkeeper.yml`;
  const before = await read(path);
  const known = before === undefined ? {} : Object(parseDocument(before).toJS());
  const missing = settingLines(facts).filter(([name]) => !Object.hasOwn(known, name));
  const lines = missing.map(([, line]) => `${line}\n`).join('');
  if (before === undefined) return { path, before, after: heading + lines };
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  return { path, before, after: missing.length === 0 ? before : before + separator + lines, optional: true };
}

function settingLines({ tool, migrations, postgres, namedAt }: Facts): [name: string, line: string][] {
  const folders = migrations.map((folder) => folder || '.');
  const list =
    folders.length === 1 ? ` ${yaml(folders[0])}` : folders.map((folder) => `\n  - ${yaml(folder)}`).join('');
  const source = namedAt ? ` as in ${JSON.stringify(`${namedAt.path}:${namedAt.line}`).slice(1, -1)};` : '';
  return [
    ['tool', `tool: ${yaml(tool)}`],
    ['migrations', `migrations:${list}`],
    ...(postgres
      ? [['postgres', `postgres: ${postgres} #${source} should be what production runs`] as [string, string]]
      : []),
  ];
}

function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 }).trim();
}

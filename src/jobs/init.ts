import { KnownError } from '../model/error.ts';
import type { Tree } from '../model/migration.ts';
import type { Detection } from '../model/tool.ts';
import type { Detected, Wish } from './detect.ts';
import { callsIn } from './init/calls.ts';
import { diffOf } from './init/diff.ts';
import { type Facts, type PlannedFile, plannedFiles } from './init/files.ts';
import { type NamedPostgres, namedPostgres } from './init/postgres.ts';
import { writeAll } from './init/write.ts';

/** Puts a question, and gives the answer; empty where there is none. */
export type Ask = (question: string) => Promise<string>;

export interface InitInput {
  /** Absolute path of the repository's top folder, and its files. */
  readonly root: string;
  readonly tree: Tree;
  /** The folder to check, relative to the top; empty for the top itself. */
  readonly folder: string;
  /** Finds the migrations; `choose` decides where the files tell several things. */
  found(choose?: Wish['choose']): Promise<Detected>;
  readonly defaultBranch: string | undefined;
  /** Where a setting says it already. */
  readonly postgres?: number;
  /** Writes the workflow for pull requests from forks too. */
  readonly forks: boolean;
  readonly dryRun: boolean;
  /** Existing files may be changed without asking. */
  readonly force: boolean;
  /** Asks who sits there; absent where nobody does, and where nobody wants to be asked. */
  readonly ask?: Ask;
  /** Says a line. */
  tell(line: string): void;
  /** Shows a diff. */
  show(diff: string): void;
}

/**
 * Sets Lockkeeper up in a repository: the workflow that calls it, and its settings. Throws `KnownError` where a file that
 * is there would have to be changed and nobody said that it may; then nothing is written.
 */
export async function init(input: InitInput): Promise<void> {
  const facts = await factsOf(input);
  const files = await plannedFiles(facts, (path) => textOf(input.tree, path));
  const changed = files.filter(({ before, after }) => before !== after);
  if (input.dryRun) return showDiff(changed, input);
  const wanted = await agreed(changed, input);
  await writeAll(input.root, wanted);
  for (const { path, before } of wanted) input.tell(`${before === undefined ? 'wrote' : 'changed'} ${path}`);
  if (wanted.length > 0) input.tell(nextSteps(wanted));
  if (changed.length === 0) input.tell('Nothing to do: everything is there.');
}

async function factsOf(input: InitInput): Promise<Facts> {
  const { tree, folder, ask, defaultBranch, tell } = input;
  const found = await input.found(ask && ((options) => chosen(options, ask)));
  for (const each of found.folders) tell(`${found.tool.title} in ${each || 'the top folder'}`);
  const calls = await callsIn(tree);
  for (const call of calls.filter((each) => each.folder === folder || each.command !== 'check'))
    tell(`${call.path} calls Lockkeeper already and is left as it is`);
  const named = await namedPostgres(tree);
  const postgres = input.postgres ?? (await majorOf(named, input));
  const namedAt = named.find(({ major }) => major === postgres);
  return {
    ...{ folder, tool: found.tool.name, migrations: found.folders, calls, forks: await forks(input, calls.length > 0) },
    ...(postgres !== undefined && { postgres }),
    ...(namedAt && input.postgres === undefined && { namedAt }),
    ...(defaultBranch !== undefined && { defaultBranch }),
  };
}

/** One of several places with migrations, by its number. */
async function chosen(options: readonly Detection[], ask: Ask): Promise<Detection> {
  const list = options.map(({ tool, folder, evidence }, index) => {
    return `  ${index + 1}  ${tool} in ${folder || 'the top folder'}: ${evidence}\n`;
  });
  for (;;) {
    const answer = await ask(`There are several folders of migrations:\n${list.join('')}Which one? [1] `);
    const option = options[Number(answer || 1) - 1];
    if (option) return option;
  }
}

/** The major that the repository names; where it names none or several, who sits there is asked. */
async function majorOf(named: readonly NamedPostgres[], { ask, tell }: InitInput): Promise<number | undefined> {
  const majors = [...new Set(named.map(({ major }) => major))].sort((a, b) => b - a);
  const [newest] = majors;
  for (const { path, line, major } of named) tell(`PostgreSQL ${major} in ${path}:${line}`);
  if (majors.length === 1) return newest;
  if (ask) return askedMajor(newest, ask);
  tell(
    newest === undefined
      ? 'PostgreSQL: the repository names no version; set `postgres` in lockkeeper.yml to what production runs'
      : `PostgreSQL ${newest} is taken, the newest; set \`postgres\` in lockkeeper.yml to what production runs`,
  );
  return newest;
}

async function askedMajor(proposed: number | undefined, ask: Ask): Promise<number | undefined> {
  for (;;) {
    const answer = await ask(
      `PostgreSQL that production runs, 12 to 18${proposed ? ` [${proposed}]` : ', or nothing'}: `,
    );
    if (answer === '') return proposed;
    if (/^1[2-8]$/.test(answer)) return Number(answer);
  }
}

async function forks({ forks: wanted, ask, tell }: InitInput, isSetUp: boolean): Promise<boolean> {
  if (wanted || isSetUp) return wanted;
  if (ask) return isYes(await ask('Do pull requests come from forks, too? [y/N] '));
  tell('no comments on pull requests from forks; --forks adds the workflow for them');
  return false;
}

/** What may be written: new files, and of existing ones those that somebody agreed to. */
async function agreed(changed: readonly PlannedFile[], { ask, force, tell }: InitInput): Promise<PlannedFile[]> {
  const wanted: PlannedFile[] = [];
  for (const file of changed) {
    const { path, before, after } = file;
    const difference = diffOf(path, before, after);
    if (before === undefined || force || (ask && isYes(await ask(`${difference}Change ${path}? [y/N] `)))) {
      wanted.push(file);
    } else if (file.optional || ask) {
      tell(`${path} is left as it is; it does not have:\n${difference}`);
    } else {
      throw new KnownError(`${path} is there already and would have to be changed; nothing was written.`, {
        reason: 'refused',
        help: '--dry-run shows the change, --force makes it.',
      });
    }
  }
  return wanted;
}

function showDiff(changed: readonly PlannedFile[], { tell, show }: InitInput): void {
  for (const { path, before, after } of changed) show(diffOf(path, before, after));
  tell(changed.length > 0 ? 'Nothing was written, as --dry-run says.' : 'Nothing to do: everything is there.');
}

function nextSteps(written: readonly PlannedFile[]): string {
  const names = written.map(({ path }) => (/\s/.test(path) ? `'${path}'` : path)).join(' ');
  return `\nNext: git add ${names}, commit, push, and open a pull request with a migration.`;
}

async function textOf(tree: Tree, path: string): Promise<string | undefined> {
  const folder = path.split('/').slice(0, -1).join('/');
  if (!(await tree.list(folder)).includes(path)) return undefined;
  return (await tree.read([path]))[0]?.text;
}

function isYes(answer: string): boolean {
  return /^y(es)?$/i.test(answer);
}

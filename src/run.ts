import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, posix, resolve } from 'node:path';
import { openRepository } from './git/repository.ts';
import { workTree } from './git/worktree.ts';
import { check, type Subject } from './jobs/check.ts';
import { type Detected, detect, type Wish } from './jobs/detect.ts';
import { pendingAfter, pendingBetween } from './jobs/pending.ts';
import { exitCodes, fileFault, KnownError } from './model/error.ts';
import type { Host } from './model/host.ts';
import type { Tree } from './model/migration.ts';
import type { CheckReport } from './model/report.ts';
import type { Rule } from './model/rule.ts';
import { loadProvider } from './servers/index.ts';
import type { Settings } from './settings.ts';
import { loadTool, toolNames } from './tools/index.ts';
import { version } from './version.ts';

/** A command with its settings and where it runs. */
export interface Door {
  readonly command: string;
  readonly settings: Settings;
  /** Words of the command that are there or not, without their dashes: `dry-run`. */
  readonly switches: ReadonlySet<string>;
  readonly host: Host;
  readonly signal: AbortSignal;
}

/** Settings → adapters → job → report → exit code. */
export async function run(door: Door): Promise<number> {
  if (door.settings.serverUrl) maskUrl(door.settings.serverUrl, door.host);
  if (door.settings.githubToken) door.host.mask(door.settings.githubToken);
  return (work[door.command] ?? runCheck)(door);
}

const work: Readonly<Record<string, (door: Door) => Promise<number>>> = {
  tools: showTools,
  comment: postStored,
  init: setUp,
};

/** Comments with the report that a fork's run has stored. */
async function postStored({ settings, host, signal }: Door): Promise<number> {
  if (!host.stored)
    throw new KnownError('`comment` posts a report that a workflow has stored: it runs on GitHub only.', {
      help: 'See workflows/pull-request-comment.yml.',
    });
  const { githubToken: token, commentId: id, workingDirectory } = settings;
  const folder = posix.join('/', workingDirectory).replace(/^\/|\/$/g, '');
  const stored = await host.stored({ folder, id, signal, ...(token && { token }) });
  if (!stored) return exitCodes.done;
  const { readReport } = await import('./reports/read.ts');
  const { presentationOf } = await import('./reports/index.ts');
  const { default: schema } = await import('../docs/report.schema.json', { with: { type: 'json' } });
  await stored.post(presentationOf(readReport(stored.text, schema), {}));
  return exitCodes.done;
}

async function showTools({ settings, signal }: Door): Promise<number> {
  const { tool, folders, evidence } = await found(settings, workTree(resolve(settings.workingDirectory), signal));
  for (const folder of folders) process.stdout.write(`${tool.name} in ${folder || '.'}\n`);
  for (const { evidence: why } of evidence) process.stdout.write(`  ${why}\n`);
  return exitCodes.done;
}

/** Writes the workflow and the settings. */
async function setUp({ settings, switches, host, signal }: Door): Promise<number> {
  const { init } = await import('./jobs/init.ts');
  const { visible } = await import('./reports/escape.ts');
  const folder = await realpath(resolve(settings.workingDirectory));
  const repository = await openRepository(folder, signal).catch((error) => {
    if (!(error instanceof KnownError) || !error.message.includes('not in a git work tree')) throw error;
    throw new KnownError(error.message, {
      help: 'Run it in a clone of the repository, or make one of the folder with `git init`.',
    });
  });
  const ask = switches.has('yes') || switches.has('dry-run') ? undefined : host.ask;
  await init({
    root: repository.root,
    tree: repository.workTree,
    folder: repositoryFolder(repository.root, folder),
    found: (choose) => found(settings, workTree(folder, signal), choose),
    defaultBranch: await repository.defaultBranch(),
    forks: switches.has('forks'),
    dryRun: switches.has('dry-run'),
    force: switches.has('force'),
    ...(settings.postgres !== undefined && { postgres: settings.postgres }),
    ...(ask && { ask: (question) => ask(visible(question)) }),
    tell: (line) => (switches.has('dry-run') ? process.stderr : process.stdout).write(`${visible(line)}\n`),
    show: (diff) => process.stdout.write(visible(diff)),
  });
  return exitCodes.done;
}

async function runCheck({ settings, host, signal }: Door): Promise<number> {
  const { progress } = host;
  const { rules } = await import('./rules/index.ts');
  const report = await check({
    subject: await subjectOf(settings, host, signal),
    openServer: async () => {
      const provider = await loadProvider(settings.server);
      const { postgres: major, serverUrl: url } = settings;
      return provider.open({ ...(major && { major }), ...(url && { url }), signal, progress });
    },
    rules,
    failOn: settings.failOn,
    protectedTables: settings.protected,
    seedRows: settings.seedRows,
    statementLimit: settings.statementLimit,
    version,
    now: new Date(),
    signal,
    progress,
  });
  await show(report, rules, { settings, host, signal });
  return report.outcome === 'passed' ? exitCodes.done : exitCodes.findings;
}

async function found(settings: Settings, tree: Tree, choose?: Wish['choose']): Promise<Detected> {
  const tools = await Promise.all(toolNames.map(loadTool));
  return detect(tools, tree, { tool: settings.tool, migrations: settings.migrations, ...(choose && { choose }) });
}

/** The migrations at the base, from git or by name, against those of the work tree. */
async function subjectOf(settings: Settings, host: Host, signal: AbortSignal): Promise<Subject> {
  const folder = await realpath(resolve(settings.workingDirectory));
  if (settings.appliedThrough !== undefined) {
    const tree = workTree(folder, signal);
    const { tool, folders } = await found(settings, tree);
    const head = await tool.read(tree, folders);
    const { base, pending } = pendingAfter(head, settings.appliedThrough);
    const origin = { appliedThrough: settings.appliedThrough };
    return { tool, folders, folder: await folderIfAny(folder, signal), base, head, pending, origin };
  }
  const repository = await openRepository(folder, signal);
  const below = repositoryFolder(repository.root, folder);
  const { tool, folders } = await found(settings, inFolder(repository.workTree, below));
  const ref = settings.base ?? (await host.base()) ?? (await repository.defaultBase());
  if (!ref)
    throw new KnownError('It is not known what the migrations are to be compared with.', {
      help: 'Name a branch with `base`, or the last applied migration with `applied-through`.',
    });
  const commit = await repository.mergeBase(ref);
  const head = await tool.read(inFolder(repository.workTree, below), folders);
  const { base, pending } = pendingBetween(await tool.read(inFolder(repository.at(commit), below), folders), head);
  const checkedOut = await repository.head();
  const origin = { ref, commit };
  return { tool, folders, folder: below, base, head, pending, origin, ...(checkedOut && { commit: checkedOut }) };
}

/** The same where git is not needed, and the folder may be in no repository. */
async function folderIfAny(folder: string, signal: AbortSignal): Promise<string> {
  try {
    return repositoryFolder((await openRepository(folder, signal)).root, folder);
  } catch (error) {
    if (error instanceof KnownError) return '';
    throw error;
  }
}

/** The checked folder relative to the repository's top, with `/`; empty for the top itself. */
function repositoryFolder(root: string, folder: string): string {
  return folder === root ? '' : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : '';
}

/** Part of a repository, with paths relative to that part. */
function inFolder(tree: Tree, folder: string): Tree {
  if (folder === '') return tree;
  const inside = (path: string) => (path === '' ? folder : `${folder}/${path}`);
  return {
    label: tree.label,
    list: async (path) => (await tree.list(inside(path))).map((each) => each.slice(folder.length + 1)),
    read: async (paths) =>
      (await tree.read(paths.map(inside))).map((file) => ({ ...file, path: file.path.slice(folder.length + 1) })),
  };
}

async function show(
  report: CheckReport,
  rules: readonly Rule[],
  { settings, host, signal }: Pick<Door, 'settings' | 'host' | 'signal'>,
): Promise<void> {
  const { presentationOf, files } = await import('./reports/index.ts');
  const wanted = Object.entries(settings.reports) as [keyof typeof files, string][];
  const quiet = wanted.some(([, file]) => file === '-');
  const { colour, githubToken: token, commentId: id } = settings;
  const comment = { folder: report.folder ?? '', id, signal, ...(token && { token }) };
  await host.publish(presentationOf(report, settings.reports), {
    ...{ colour, quiet },
    ...(settings.comment === 'auto' && { comment }),
  });
  for (const [setting, file] of wanted) await write(files[setting](report, rules), file);
}

/** To a file, whose folders are made where they are missing, or to standard output. */
async function write(text: string, file: string): Promise<void> {
  if (file === '-') return void process.stdout.write(text);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new KnownError(`The report cannot be written to ${file}: ${fileFault(error as Error)}.`, { cause: error });
  }
}

function maskUrl(url: string, host: Host): void {
  const [, password] = /^[^:]+:\/\/[^/@]*?:([^@]+)@/.exec(url) ?? [];
  if (!password) return;
  host.mask(password);
  try {
    host.mask(decodeURIComponent(password));
  } catch {
    // not percent-encoded after all
  }
}

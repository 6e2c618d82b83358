import type { History, Migration, Script, SourceFile, Tree } from '../../model/migration.ts';
import type { Detection, Tool } from '../../model/tool.ts';
import { refuseClientOnly } from '../reading/client-only.ts';
import * as files from '../reading/files.ts';
import { canonical, compareVersions } from '../reading/versions.ts';
import { witness } from './agree.ts';
import { ledgerIn } from './ledger.ts';
import { naming } from './naming.ts';

const title = 'golang-migrate';

/** golang-migrate: https://github.com/golang-migrate/migrate */
export const tool: Tool = {
  name: 'golang-migrate',
  title,
  outsideTransaction: 'golang-migrate sends a file as one message: the statement must be the only one of its file.',
  recognisedBy: 'pairs of files named like 000001_title.up.sql and 000001_title.down.sql',
  freshSession: false,
  detect,
  read,
  ledger: ledgerIn(),
  naming,
  witness,
};

/** The name's pattern is the tool's own (source/parse.go of v4). */
function parse(path: string): { version: string; direction: 'up' | 'down' } | undefined {
  const [, digits, direction] = /^([0-9]+)_.*\.(down|up)\..*$/.exec(files.nameOf(path)) ?? [];
  if (digits === undefined || BigInt(digits) >= 2n ** 64n) return undefined;
  return { version: canonical(digits), direction: direction === 'up' ? 'up' : 'down' };
}

async function detect(tree: Tree, paths: readonly string[]): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [folder, all] of files.byFolder(paths.filter((path) => path.endsWith('.sql') && parse(path)))) {
    const ups = all.filter((path) => parse(path)?.direction === 'up').length;
    const inModule = await requiredBy(tree, paths, folder);
    // ups alone are what others write as well: a plain folder of SQL
    if (ups === 0 || (ups === all.length && !inModule)) continue;
    const named = `${all.length} files named like 000001_title.up.sql`;
    found.push({
      tool: 'golang-migrate',
      folder,
      evidence: inModule ? `${named}, and ${inModule} requires golang-migrate` : named,
      certainty: inModule ? 'sure' : 'likely',
    });
  }
  return found;
}

/** The `go.mod` that this folder belongs to, where it requires the tool. */
async function requiredBy(tree: Tree, paths: readonly string[], folder: string): Promise<string | undefined> {
  const modules = paths.filter((path) => files.nameOf(path) === 'go.mod');
  const above = modules.filter((path) => `${folder}/`.startsWith(path.slice(0, -'go.mod'.length)));
  const found = await files.peek(tree, above);
  return found.find(({ text }) => text.includes('github.com/golang-migrate/migrate'))?.path;
}

async function read(tree: Tree, folders: readonly string[]): Promise<History> {
  const paths = await files.filesIn(tree, folders);
  const steps = stepsOf(paths);
  const file = await files.readAll(
    tree,
    [...steps.values()].flatMap((step) => Object.values(step)),
  );
  const migrations: Migration[] = [];
  for (const version of [...steps.keys()].sort(compareVersions))
    migrations.push(await toMigration(version, steps.get(version) ?? {}, file));
  const ignored = paths
    .filter((path) => path.endsWith('.sql') && !parse(path))
    .map((path) => ({ path, reason: 'its name is not like 000001_title.up.sql, so golang-migrate passes over it' }));
  return { migrations, ignored };
}

type Step = Partial<Record<'up' | 'down', string>>;

function stepsOf(paths: readonly string[]): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>();
  for (const path of paths) {
    const parsed = parse(path);
    if (!parsed) continue;
    const { version, direction } = parsed;
    const step = steps.get(version) ?? {};
    const other = step[direction];
    if (other) throw files.duplicate(version, other, path, title);
    steps.set(version, { ...step, [direction]: path });
  }
  return steps;
}

/** A version with nothing but a down file is a step that does nothing on its way up, as the tool has it. */
async function toMigration(id: string, step: Step, file: (path: string) => SourceFile): Promise<Migration> {
  const up = step.up === undefined ? undefined : file(step.up);
  const down = step.down === undefined ? undefined : file(step.down);
  const all = [up, down].filter((each) => each !== undefined);
  const [main] = all;
  if (!main) throw new Error(`Version ${id} has no file.`);
  if (up) {
    files.refuseByteOrderMark(up, title);
    await refuseClientOnly(up, files.wholeFile(up));
  }
  return {
    id,
    name: files.nameOf(main.path),
    path: main.path,
    hash: files.hashOf(all),
    up: up ? script(up) : { ...script(main), messages: [] },
    ...(down && { down: script(down) }),
  };
}

/** The tool sends a file as one query (database/postgres `runStatement`), and nothing for an empty one. */
function script(file: SourceFile): Script {
  return { path: file.path, text: file.text, messages: files.wholeFile(file), delivery: 'message' };
}

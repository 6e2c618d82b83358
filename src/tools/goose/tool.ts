import { KnownError } from '../../model/error.ts';
import type { History, Migration, Script, SourceFile, Tree } from '../../model/migration.ts';
import type { Detection, Tool } from '../../model/tool.ts';
import { refuseClientOnly } from '../reading/client-only.ts';
import * as files from '../reading/files.ts';
import { canonical, compareVersions } from '../reading/versions.ts';
import { witness } from './agree.ts';
import { ledgerIn, naming } from './ledger.ts';
import { type Part, parse } from './parse.ts';

const title = 'goose';

/** goose: https://github.com/pressly/goose */
export const tool: Tool = {
  name: 'goose',
  title,
  outsideTransaction: 'Begin the file with `-- +goose NO TRANSACTION`.',
  recognisedBy: 'files named like 00001_title.sql with a line `-- +goose Up`',
  freshSession: false,
  detect,
  read,
  ledger: ledgerIn(),
  naming,
  witness,
};

/** The version in a file's name, as goose's `NumericComponent` reads it; undefined for a name that it does not take. */
function versionOf(path: string): string | undefined {
  const [, digits] = /^\+?(\d+)_.*\.(sql|go)$/s.exec(files.nameOf(path)) ?? [];
  if (digits === undefined || path.endsWith('_test.go')) return undefined;
  const version = BigInt(digits);
  return version >= 1n && version < 2n ** 63n ? canonical(digits) : undefined;
}

async function detect(tree: Tree, paths: readonly string[]): Promise<readonly Detection[]> {
  const folders = files.byFolder(paths.filter((path) => path.endsWith('.sql') && versionOf(path)));
  const samples = [...folders.values()].flatMap((all) => [...new Set([all[0], all.at(-1)])]);
  const marked = (
    await files.peek(
      tree,
      samples.filter((path) => path !== undefined),
    )
  ).filter(isMarked);
  return [...files.byFolder(marked.map(({ path }) => path))].map(([folder, [sample = '']]) => ({
    tool: 'goose',
    folder,
    evidence: `\`-- +goose Up\` in ${files.nameOf(sample)}`,
    certainty: 'sure',
  }));
}

function isMarked({ text }: SourceFile): boolean {
  return /^--\s*\+goose\s+up\s*$/im.test(text);
}

async function read(tree: Tree, folders: readonly string[]): Promise<History> {
  const paths = await files.filesIn(tree, folders);
  const own = paths.filter((path) => versionOf(path) !== undefined);
  refuseGo(own.filter((path) => path.endsWith('.go')));
  const refused = refusalOf(paths.filter((path) => path.endsWith('.sql') && versionOf(path) === undefined));
  const ignored: History['ignored'][number][] = paths
    .filter((path) => !path.endsWith('.sql') && path.toLowerCase().endsWith('.sql'))
    .map((path) => ({ path, reason: 'its name does not end with .sql in small letters, so goose passes over it' }));
  const file = await files.readAll(tree, own);
  const migrations: Migration[] = [];
  for (const path of own.toSorted((a, b) => compareVersions(versionOf(a) ?? '', versionOf(b) ?? '')))
    migrations.push(await toMigration(file(path), ignored));
  files.refuseDuplicates(migrations, title);
  return { migrations, ignored, ...(refused && { refused }) };
}

/** goose's program takes every file that ends with .sql for a migration, and none where it cannot read a version (migrate.go of v3.29). */
function refusalOf([first, ...others]: readonly string[]): KnownError | undefined {
  if (first === undefined) return undefined;
  const more = others.length === 0 ? '' : `, and ${others.length} more have such names`;
  return new KnownError(`goose refuses the whole folder: ${first} has no version like 00001_ before its name${more}.`, {
    help: 'Rename it, or move it out of the folder: `goose up` and `goose status` end with an error before they do anything, as versions are numbers from 1 on. Only a program that uses goose’s library with a Provider passes over such files.',
    place: { path: first },
  });
}

function refuseGo([first, ...others]: readonly string[]): void {
  if (first === undefined) return;
  const more = others.length > 0 ? ` and ${others.length} more are Go migrations` : ' is a Go migration';
  throw new KnownError(`${first}${more}, which only a program that was compiled with them can run.`, {
    help: 'Lockkeeper runs goose migrations that are SQL. Write these steps as SQL, or keep them in a folder of their own and name the other one in `migrations`.',
    place: { path: first },
  });
}

/** A way back that cannot be read keeps nobody from going forward: goose reads it only when it goes back. */
async function toMigration(file: SourceFile, ignored: History['ignored'][number][]): Promise<Migration> {
  files.refuseByteOrderMark(file, title);
  const up = parse(file, 'up');
  await refuseClientOnly(file, up.statements);
  const down = downOf(file, ignored);
  return {
    id: versionOf(file.path) ?? '',
    name: files.nameOf(file.path),
    path: file.path,
    hash: files.hashOf([file]),
    up: script(file, up),
    ...(down?.present && { down: script(file, down) }),
  };
}

function downOf(file: SourceFile, ignored: History['ignored'][number][]): Part | undefined {
  try {
    return parse(file, 'down');
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    ignored.push({ path: file.path, ...error.place, reason: `its way back cannot be read: ${error.message}` });
    return undefined;
  }
}

function script(file: SourceFile, { statements, transaction }: Part): Script {
  return { path: file.path, text: file.text, messages: statements, delivery: transaction ? 'wrapped' : 'message' };
}

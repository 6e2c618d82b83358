import { KnownError } from '../../model/error.ts';
import type { History, Migration, Script, SourceFile, Span, Tree } from '../../model/migration.ts';
import type { Detection, Tool } from '../../model/tool.ts';
import { refuseClientOnly } from '../reading/client-only.ts';
import * as files from '../reading/files.ts';
import { lineAt } from '../reading/lines.ts';
import { compareParts, compareText } from '../reading/versions.ts';
import { ledger } from './ledger.ts';

const title = 'A folder of SQL';

/** A plain folder of ordered SQL files, each run as `psql -f` would in a session of its own. */
export const tool: Tool = {
  name: 'sql',
  title,
  outsideTransaction: 'Give it a file of its own, and run that outside a transaction.',
  recognisedBy: 'a folder of numbered .sql files, or a folder called migrations with .sql files in it',
  freshSession: true,
  detect,
  read,
  ledger,
};

const isSql = (path: string) => /\.sql$/i.test(path);

/** What a migration is called: the file's name without `.sql` and `.up`. */
function idOf(path: string): string {
  return files.nameOf(path).replace(/(\.up)?\.sql$/i, '');
}

/** Leading numbers of a name, as in `0001_x`, `20240131_x`, `2024-01-31_x`, `1.10_x`, `V2__x`; none where it has no number. */
function numbersOf(path: string): readonly string[] {
  return (/^V?\d+(?:[._-]\d+(?![A-Za-z\d]))*/i.exec(files.nameOf(path))?.[0] ?? '').split(/\D/).filter(Boolean);
}

async function detect(_tree: Tree, paths: readonly string[]): Promise<readonly Detection[]> {
  const folders = [...files.byFolder(paths.filter(isSql))];
  const named = folders.filter(([folder]) => /^(migrations?|migrate)$/i.test(files.nameOf(folder)));
  const numbered = folders.filter(([, all]) => all.every((path) => numbersOf(path).length > 0));
  const both = named.filter((each) => numbered.includes(each));
  const best = [both, named, numbered].find((each) => each.length > 0) ?? [];
  return best.map(([folder, all]) => ({
    tool: 'sql',
    folder,
    evidence: `${all.length} ${best === named ? '' : 'numbered '}.sql ${all.length === 1 ? 'file' : 'files'}`,
    certainty: 'fallback',
  }));
}

async function read(tree: Tree, folders: readonly string[]): Promise<History> {
  const migrations: Migration[] = [];
  const ignored: History['ignored'][number][] = [];
  for (const folder of new Set(folders)) {
    const paths = (await files.filesIn(tree, [folder])).filter(isSql);
    const file = await files.readAll(tree, paths);
    const { ups, downs, alone } = sorted(paths);
    for (const path of inOrder(ups)) {
      const down = downs.get(path);
      migrations.push(await toMigration(file(path), down === undefined ? undefined : file(down)));
    }
    for (const path of alone) ignored.push({ path, reason: 'there is no file next to it whose work it takes back' });
  }
  files.refuseDuplicates(migrations, title);
  return { migrations, ignored };
}

/**
 * `x.down.sql` is the way back of `x.up.sql` or `x.sql`. Other words (`x_down.sql`, `x.rollback.sql`, `x-undo.sql`)
 * count only beside a file that they can belong to: `004_scale_down.sql` may be a step like any other.
 */
function sorted(paths: readonly string[]) {
  const byStem = new Map(paths.map((path) => [path.replace(/\.sql$/i, ''), path]));
  const downs = new Map<string, string>();
  const alone: string[] = [];
  for (const [stem, path] of byStem) {
    const [, start, mark = '', word] = /^(.*)([._-])(down|rollback|undo)$/i.exec(stem) ?? [];
    if (start === undefined) continue;
    const up = byStem.get(`${start}${mark}up`) ?? byStem.get(start);
    if (up !== undefined) downs.set(up, path);
    else if (mark === '.' && word === 'down') alone.push(path);
  }
  const others = new Set([...downs.values(), ...alone]);
  return { ups: paths.filter((path) => !others.has(path)), downs, alone };
}

/** By leading numbers where every file has one, otherwise by name. */
function inOrder(paths: readonly string[]): string[] {
  const byName = (a: string, b: string) => compareText(files.nameOf(a), files.nameOf(b));
  if (!paths.every((path) => numbersOf(path).length > 0)) return paths.toSorted(byName);
  return paths.toSorted((a, b) => compareParts(numbersOf(a), numbersOf(b)) || byName(a, b));
}

async function toMigration(up: SourceFile, down: SourceFile | undefined): Promise<Migration> {
  refuseOtherTools(up);
  const script = scriptOf(up);
  await refuseClientOnly(up, script.messages);
  return {
    id: idOf(up.path),
    name: files.nameOf(up.path),
    path: up.path,
    hash: files.hashOf(down ? [up, down] : [up]),
    up: script,
    ...(down && { down: scriptOf(down) }),
  };
}

function scriptOf(file: SourceFile): Script {
  return { path: file.path, text: file.text, messages: withoutRestrict(file), delivery: 'lenient' };
}

/** The file without the lines that pg_dump puts around its output, and that mean nothing to anybody but psql. */
function withoutRestrict(file: SourceFile): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const { index, 0: line } of file.text.matchAll(/^\\(un)?restrict [A-Za-z0-9]+[ \t\r]*$/gm)) {
    spans.push({ start, end: index });
    start = index + line.length;
  }
  spans.push({ start, end: file.text.length });
  return spans.filter((span) => file.text.slice(span.start, span.end).trim() !== '');
}

/** Marks with which other tools part up from down in one file: run as it is, the file would undo itself. */
const marks: readonly (readonly [mark: RegExp, tool: string])[] = [
  [/^--\s*\+goose\s+\w+/im, 'goose'],
  [/^--\s*\+migrate\s+(up|down)\b/im, 'sql-migrate'],
  [/^--\s*\+micrate\s+(up|down)\b/im, 'micrate'],
  [/^--\s*migrate:(up|down)\b/im, 'dbmate'],
  [/^--\s*(up|down) migration\s*$/im, 'node-pg-migrate'],
  [/^---- create above \/ drop below ----/m, 'tern'],
];

function refuseOtherTools(file: SourceFile): void {
  for (const [mark, other] of marks) {
    const found = mark.exec(file.text);
    if (!found) continue;
    throw new KnownError(`“${found[0].trim()}” is a mark of ${other}; run as plain SQL, the file would undo itself.`, {
      help: `Set \`tool\` to ${other} if that is what applies these files and Lockkeeper knows it; otherwise take the marks out.`,
      place: { path: file.path, line: lineAt(file.text, found.index) },
    });
  }
}

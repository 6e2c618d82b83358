import { KnownError } from '../model/error.ts';
import type { Tree } from '../model/migration.ts';
import { nearest } from '../model/nearest.ts';
import type { Detection, Tool } from '../model/tool.ts';

/** The migration tool of a repository and the folders it reads. */
export interface Detected {
  readonly tool: Tool;
  readonly folders: readonly string[];
  /** Why this tool, for people; empty where the settings named everything. */
  readonly evidence: readonly Detection[];
}

/** The settings that decide: `tool` is `auto` or a name, `migrations` folders or nothing. */
export interface Wish {
  readonly tool: string;
  readonly migrations: readonly string[];
  /** Chooses where the files tell several things; without it that is an error. */
  readonly choose?: (evidence: readonly Detection[]) => Promise<Detection>;
}

/**
 * Finds the migration tool and its folders. What the settings name is taken; the rest is told from the files. Throws
 * `KnownError` where the settings name what is not there, and where the files tell nothing or several things.
 */
export async function detect(tools: readonly Tool[], tree: Tree, wish: Wish): Promise<Detected> {
  const candidates = wish.tool === 'auto' ? tools : [toolNamed(tools, wish.tool)];
  const paths = await tree.list('');
  for (const folder of wish.migrations) refuseAbsent(folder, paths, tree);
  const folders = [...new Set(wish.migrations.map(normalised))];
  if (wish.tool !== 'auto' && folders.length > 0) return named(candidates, folders, tree);
  const found = (await Promise.all(candidates.map((tool) => tool.detect(tree, paths)))).flat();
  const evidence = folders.length > 0 ? inFolders(found, folders) : best(found);
  return decide(candidates, await chosen(evidence, folders, wish.choose), folders, found, tree);
}

async function chosen(
  evidence: readonly Detection[],
  folders: readonly string[],
  choose: Wish['choose'],
): Promise<readonly Detection[]> {
  const options =
    folders.length > 0 ? [...Map.groupBy(evidence, ({ tool }) => tool).values()].map(([each]) => each) : evidence;
  if (!choose || options.length < 2) return evidence;
  const { tool, folder } = await choose(options.filter((each) => each !== undefined));
  return evidence.filter((each) => each.tool === tool && (folders.length > 0 || each.folder === folder));
}

/** Both settings are there; only that the tool finds nothing in these folders is left to be said. */
async function named(tools: readonly Tool[], folders: readonly string[], tree: Tree): Promise<Detected> {
  const [tool] = tools;
  if (!tool || (await tool.read(tree, folders)).migrations.length === 0) throw nothingFound(tools, folders, [], tree);
  return { tool, folders, evidence: [] };
}

function decide(
  tools: readonly Tool[],
  evidence: readonly Detection[],
  folders: readonly string[],
  found: readonly Detection[],
  tree: Tree,
): Detected {
  const [first, ...others] = evidence;
  if (!first) throw nothingFound(tools, folders, found, tree);
  const also = folders.length === 0 ? alsoThere(evidence, found) : '';
  if (others.some(({ tool }) => tool !== first.tool)) throw severalTools(evidence, also);
  if (folders.length === 0 && others.length > 0) throw severalFolders(evidence, also);
  return { tool: toolNamed(tools, first.tool), folders: folders.length > 0 ? folders : [first.folder], evidence };
}

function toolNamed(tools: readonly Tool[], name: string): Tool {
  const found = tools.find((tool) => tool.name === name);
  if (found) return found;
  const names = tools.map((tool) => tool.name);
  const [near] = nearest(name, names, 1);
  throw new KnownError(`There is no migration tool called ${name}.`, {
    help: `${near ? `Did you mean ${near}? ` : ''}The setting \`tool\` takes auto, ${names.join(', ')}.`,
  });
}

/** `./db/migrations/` and `db\migrations` are `db/migrations`; `.` is the repository itself. */
function normalised(folder: string): string {
  const parts = folder.replaceAll('\\', '/').split('/');
  return parts.filter((part) => part !== '' && part !== '.').join('/');
}

/**
 * The detections that nothing better stands against, and of those in every folder the surest. What is for another
 * database is none of them, even where there is nothing else.
 */
function best(found: readonly Detection[]): Detection[] {
  const own = found.filter(({ folder }) => !isIn(otherDatabase, folder));
  const rank = Math.min(...own.map(rankOf));
  return surestByFolder(own.filter((each) => rankOf(each) === rank));
}

/** Folders of other people's code and of tests never win over a real one, and plain SQL only where no tool left its mark. */
function rankOf({ folder, certainty }: Detection): number {
  return (isIn(foreign, folder) ? 2 : 0) + (certainty === 'fallback' ? 1 : 0);
}

function isIn(pattern: RegExp, folder: string): boolean {
  return folder.split('/').some((part) => pattern.test(part));
}

/** Folders that are as real as those that won, without a tool's mark: only who asks for them gets them. */
function alsoThere(evidence: readonly Detection[], found: readonly Detection[]): string {
  const others = found.filter(
    ({ folder }) =>
      !isIn(foreign, folder) && !isIn(otherDatabase, folder) && evidence.every((each) => each.folder !== folder),
  );
  return others.length > 0 ? `\nWithout the mark of a tool there is:${lines(surestByFolder(others))}` : '';
}

const foreign =
  /^(node_modules|vendor|third[_-]?party|site-packages|\.?venv|_*tests?_*|test[_-]?data|spec|_*fixtures?_*|_*mocks?_*|e2e|examples?|samples?|demos?|docs?|templates?|dist|build|target|tmp)$/i;

const otherDatabase =
  /clickhouse|mysql|mariadb|sqlite|mssql|sqlserver|oracle|cassandra|scylla|snowflake|bigquery|spanner/i;

function inFolders(found: readonly Detection[], folders: readonly string[]): Detection[] {
  return surestByFolder(found.filter(({ folder }) => folders.includes(folder)));
}

function surestByFolder(found: readonly Detection[]): Detection[] {
  const order = ['sure', 'likely', 'fallback'];
  return [...Map.groupBy(found, ({ folder }) => folder).values()].flatMap((each) => {
    const surest = order.find((certainty) => each.some((detection) => detection.certainty === certainty));
    return each.filter(({ certainty }) => certainty === surest);
  });
}

function refuseAbsent(written: string, paths: readonly string[], tree: Tree): void {
  const folder = normalised(written);
  if (!/^[/\\]/.test(written) && (folder === '' || paths.some((path) => path.startsWith(`${folder}/`)))) return;
  const folders = new Set(paths.filter((path) => path.endsWith('.sql')).map((path) => path.replace(/\/?[^/]*$/, '')));
  const isFile = paths.includes(folder);
  const near = isFile ? [folder.replace(/\/?[^/]*$/, '')].filter(Boolean) : nearest(folder, [...folders]);
  const what = isFile ? `${written} is a file, not a folder` : `There is no folder ${written} in the ${tree.label}`;
  throw new KnownError(`${what}.`, {
    help: `${near.length > 0 ? `Did you mean ${near.join(', ')}? ` : ''}The setting \`migrations\` takes folders, relative to the repository; submodules and symbolic links to folders are not read.`,
  });
}

function nothingFound(
  tools: readonly Tool[],
  folders: readonly string[],
  found: readonly Detection[],
  tree: Tree,
): KnownError {
  const where = folders.length > 0 ? folders.map(shown).join(', ') : `the ${tree.label}`;
  const below = found.filter(({ folder }) =>
    folders.some((each) => `${folder}/`.startsWith(each === '' ? '' : `${each}/`)),
  );
  const elsewhere = below.length > 0 ? below : found;
  const hints = [
    elsewhere.length > 0 ? `There is:${lines(surestByFolder(elsewhere))}` : '',
    `Looked for: ${tools.map(({ name, recognisedBy }) => `${name} (${recognisedBy})`).join('; ')}.`,
    'Name the folder with `migrations`, and the tool with `tool` where the files do not tell it. Folders that are called like another database are taken only then.',
  ];
  return new KnownError(`No migrations found in ${where}.`, { help: hints.filter(Boolean).join('\n') });
}

function severalTools(evidence: readonly Detection[], also: string): KnownError {
  return new KnownError(`There are migrations of several tools:${lines(evidence)}`, {
    help: `Decide with the settings \`tool\` and \`migrations\`.${also}`,
  });
}

function severalFolders(evidence: readonly Detection[], also: string): KnownError {
  return new KnownError(`There are several folders of migrations:${lines(evidence)}`, {
    help: `Decide with the setting \`migrations\`; several folders may be named if they make up one history.${also}`,
  });
}

function lines(evidence: readonly Detection[]): string {
  return evidence.map(({ tool, folder, evidence: why }) => `\n  ${tool} in ${shown(folder)}: ${why}`).join('');
}

function shown(folder: string): string {
  return folder === '' ? 'the top folder' : folder;
}

import { KnownError, type Place } from '../../model/error.ts';
import type { SourceFile, Tree } from '../../model/migration.ts';

/** A PostgreSQL that the repository names. */
export interface NamedPostgres extends Required<Place> {
  readonly major: number;
}

/** Files in which repositories name the PostgreSQL they run on, the likeliest first. */
const places = [
  /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/,
  /^\.github\/workflows\/[^/]+\.ya?ml$/,
  /^\.gitlab-ci\.yml$/,
  /^\.circleci\/config\.yml$/,
  /(^|\/)\.devcontainer\/[^/]+$/,
  /(^|\/)([\w.-]+\.)?Dockerfile([\w.-]*)?$/,
];

/** `postgres:17-alpine`, `postgis/postgis:16-3.4`, `pgvector/pgvector:pg17`, `timescale/timescaledb:2.14-pg16`. */
const image =
  /(?:image:\s*|FROM\s+|^\s*-\s*)["']?(?:[\w.-]+(?::\d+)?\/)*(?:postgres(?:ql)?|postgis|pgvector|timescaledb(?:-ha)?):([\w.-]+)/i;

/** The PostgreSQL servers that compose files and CI workflows name, in the order of `places`. Majors 12 to 18. */
export async function namedPostgres(tree: Tree): Promise<NamedPostgres[]> {
  const paths = await tree.list('');
  const wanted = places.flatMap((place) => paths.filter((path) => place.test(path)));
  const texts = await Promise.all([...new Set(wanted)].map((path) => textOf(tree, path)));
  return texts.flatMap((file) => (file ? inText(file) : []));
}

function inText({ path, text }: SourceFile): NamedPostgres[] {
  return text.split('\n').flatMap((line, index) => {
    const major = majorOf(image.exec(line.replace(/#.*/, ''))?.[1] ?? '');
    return major >= 12 && major <= 18 ? [{ path, line: index + 1, major }] : [];
  });
}

/** Where a tag names the extension's version too, PostgreSQL's is marked: `2.14-pg16`. */
function majorOf(tag: string): number {
  return Number(/(?:^|-)pg(\d+)/.exec(tag)?.[1] ?? /^(\d+)/.exec(tag)?.[1] ?? 0);
}

/** A file that cannot be read tells nothing. */
async function textOf(tree: Tree, path: string): Promise<SourceFile | undefined> {
  try {
    return (await tree.read([path]))[0];
  } catch (error) {
    if (error instanceof KnownError) return undefined;
    throw error;
  }
}

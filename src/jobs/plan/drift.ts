import picomatch from 'picomatch';
import type { Change, SchemaObject, Snapshot } from '../../model/schema.ts';
import { diffSnapshots } from '../../postgres/diff.ts';

/**
 * What a target has otherwise than it should, apart from objects that globs leave out (`audit.*`, `public.tmp_*`). Owners,
 * grants and comments are often set by hand and stop nothing.
 */
export function driftBetween(expected: Snapshot, actual: Snapshot, ignored: readonly string[]): Change[] {
  const matches = ignored.map((glob) => picomatch(glob.includes('.') ? glob : `${glob}{,.*}`, { dot: true }));
  const isIgnored = ({ id, table }: Change) => [id, table].some((name) => name && matches.some((match) => match(name)));
  return diffSnapshots(structure(expected, 1), structure(actual, -1)).filter((change) => !isIgnored(change));
}

/** Without what is not compared. Two databases know nothing of each other's oids, so these must not look alike. */
function structure(snapshot: Snapshot, sign: 1 | -1): Snapshot {
  const objects = snapshot.objects
    .filter(({ kind }) => !notCompared.has(kind))
    .map((object) => {
      const { owner: _, grants: __, comment: ___, ...rest } = object;
      return { ...rest, oid: sign * object.oid } as SchemaObject;
    });
  return { ...snapshot, objects };
}

/** What servers and hosts bring of their own accord. */
const notCompared: ReadonlySet<string> = new Set(['default privileges', 'extension']);

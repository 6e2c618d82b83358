import { KnownError } from '../model/error.ts';
import type { History, Migration } from '../model/migration.ts';
import { nearest } from '../model/nearest.ts';

/** What is applied and what is not yet, and what was done to migrations that are. */
export interface Pending {
  /** The migrations that count as applied, with the texts they had when they were. */
  readonly base: History;
  /** What is left to apply, in the head's order. */
  readonly pending: readonly Migration[];
  /** Applied migrations whose text is another one now. Line ends alone make no difference: git changes them itself. */
  readonly edited: readonly { readonly before: Migration; readonly after: Migration }[];
  /** Applied migrations that are gone. */
  readonly deleted: readonly Migration[];
  /** Pending migrations that come before one that is applied: tools refuse them, skip them, or run them late. */
  readonly outOfOrder: readonly Migration[];
}

/** Compares the migrations at the base with those at the head. Two migrations are the same when their ids are. */
export function pendingBetween(base: History, head: History): Pending {
  const before = new Map(base.migrations.map((each) => [each.id, each]));
  const after = new Map(head.migrations.map((each) => [each.id, each]));
  const pending = head.migrations.filter(({ id }) => !before.has(id));
  const lastApplied = head.migrations.findLastIndex(({ id }) => before.has(id));
  return {
    base,
    pending,
    edited: base.migrations.flatMap((each) => {
      const now = after.get(each.id);
      return now && isEdited(each, now) ? [{ before: each, after: now }] : [];
    }),
    deleted: base.migrations.filter(({ id }) => !after.has(id)),
    outOfOrder: head.migrations.slice(0, lastApplied + 1).filter(({ id }) => !before.has(id)),
  };
}

/**
 * Takes the migrations up to one of them as applied: by the tool's version, with or without leading zeros, or by the
 * file's name, with or without its extension. Throws `KnownError` for an id that names none or several.
 */
export function pendingAfter(head: History, appliedThrough: string | 'none'): Pending {
  const count = appliedThrough === 'none' ? 0 : positionOf(head.migrations, appliedThrough) + 1;
  return {
    base: { migrations: head.migrations.slice(0, count), ignored: [] },
    pending: head.migrations.slice(count),
    edited: [],
    deleted: [],
    outOfOrder: [],
  };
}

function isEdited(before: Migration, after: Migration): boolean {
  return before.hash !== after.hash && textsOf(before) !== textsOf(after);
}

function textsOf({ up, down }: Migration): string {
  return [up.text, down?.text ?? ''].join('\0').replaceAll('\r\n', '\n');
}

function positionOf(migrations: readonly Migration[], wanted: string): number {
  for (const names of [namesOf, (each: Migration) => [numberOf(each.name)]]) {
    const matching = migrations.filter((each) => names(each).includes(plain(wanted)));
    if (matching.length > 1) throw ambiguous(wanted, matching);
    if (matching[0]) return migrations.indexOf(matching[0]);
  }
  throw unknown(wanted, migrations);
}

/** Whatever a migration may be called by, without leading zeros. */
function namesOf({ id, name, path }: Migration): string[] {
  const withoutExtension = name.replace(/\.[^.]*$/, '');
  return [id, name, path, withoutExtension, withoutExtension.replace(/\.(up|down)$/, '')].map(plain);
}

/** The number that a file's name begins with: a version even where the tool has none. */
function numberOf(name: string): string | undefined {
  return /^\d+/.exec(plain(name))?.[0];
}

function plain(name: string): string {
  return name.trim().replace(/^0+(?=\d)/, '');
}

function unknown(wanted: string, migrations: readonly Migration[]): KnownError {
  const ids = migrations.map(({ id }) => id);
  const near = nearest(wanted, [...new Set([...ids, ...migrations.map(({ name }) => name.replace(/\.[^.]*$/, ''))])]);
  const last = ids.at(-1);
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : last && `The newest migration is ${last}.`;
  return new KnownError(`There is no migration ${wanted}.`, {
    help: [hint, 'The setting `applied-through` takes a version, a file name without its extension, or `none`.']
      .filter(Boolean)
      .join(' '),
  });
}

function ambiguous(wanted: string, matching: readonly Migration[]): KnownError {
  return new KnownError(`${wanted} may be any of ${matching.map(({ id }) => id).join(', ')}.`, {
    help: 'Give `applied-through` the whole name of the file, without its extension.',
  });
}

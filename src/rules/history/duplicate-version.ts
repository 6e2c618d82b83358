import type { Migration } from '../../model/migration.ts';
import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'duplicate-version',
  severity: 'warning',
  what: 'A new migration has the same number as another one of its folder, where all others have a number of their own.',
  why: 'Two branches took the next number. A runner that keeps numbers applies only one of the two, and nobody has thought about their order.',
  instead: 'Give the new one the next number.',
  sources: [
    'golang-migrate: "duplicate migration file"',
    'goose: "duplicate version"',
    'Flyway: "Found more than one"',
  ],
  whole: ({ base, head, pending }) => {
    if (shared(base.migrations).length > 0) return [];
    const fresh = new Set(pending.map(({ id }) => id));
    return shared(head.migrations).flatMap((twins) => {
      const late = twins.findLast(({ id }) => fresh.has(id));
      const first = twins.find(({ id }) => id !== late?.id);
      if (!late || !first) return [];
      const message = `${late.name} has the same number as ${first.name}.`;
      return [{ message, place: { migration: late.id, path: late.path, line: 1 } }];
    });
  },
};

/** Migrations of one folder that have their number in common. */
function shared(migrations: readonly Migration[]): Migration[][] {
  const numbered = migrations.filter(({ id }) => numberOf(id) !== undefined);
  const groups = Map.groupBy(numbered, ({ id, path }) => `${path.slice(0, path.lastIndexOf('/'))} ${numberOf(id)}`);
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** The number that a name begins with; none for a date, of which there may be several, or a version in parts. */
function numberOf(id: string): string | undefined {
  const [, digits] = /^0*(\d+)(?![\d]|[._-]\d)/.exec(id) ?? [];
  return digits === undefined || /^(19|20)\d{6}$/.test(digits) ? undefined : digits;
}

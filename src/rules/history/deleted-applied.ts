import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'deleted-applied',
  severity: 'error',
  what: 'A migration that is applied already is gone, or has another version.',
  why: 'Databases that have it know a version without a file; many tools refuse to go on, and new databases miss the change.',
  instead: 'Put the file back; undo its change by a new migration.',
  sources: ['golang-migrate source/driver', 'Flyway validate'],
  whole: ({ base, head }) => {
    const there = new Set(head.migrations.map(({ id }) => id));
    return base.migrations
      .filter(({ id }) => !there.has(id))
      .map(({ id, path }) => ({
        message: `${id} is applied already, and its file is gone.`,
        instead: { text: 'Put the file back; undo its change by a new migration.' },
        place: { migration: id, path, line: 1 },
      }));
  },
};

import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'down-missing',
  severity: 'notice',
  what: 'A migration has no down script, where the others of this folder have one.',
  why: 'It cannot be taken back by the tool.',
  instead: 'Write the down script, or say by a comment in an empty one that there is no way back.',
  sources: ['golang-migrate', 'goose'],
  whole: ({ head, pending }) => {
    const withDown = head.migrations.filter(({ down }) => down !== undefined).length;
    if (withDown * 2 <= head.migrations.length) return [];
    return pending
      .filter(({ down }) => down === undefined)
      .map(({ id, path }) => ({ message: `${id} has no down script.`, place: { migration: id, path, line: 1 } }));
  },
};

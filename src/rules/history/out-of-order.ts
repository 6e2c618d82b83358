import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'out-of-order',
  severity: 'error',
  what: 'A new migration comes before one that is applied already.',
  why: 'golang-migrate never runs it, goose refuses to run at all, and others run it late, on a schema that its author did not see.',
  instead: 'Give it a version behind the newest one that is applied.',
  sources: ['golang-migrate', 'goose -allow-missing', 'atlas non_linear'],
  whole: ({ base, head, pending }) => {
    const applied = new Set(base.migrations.map(({ id }) => id));
    const last = head.migrations.findLast(({ id }) => applied.has(id));
    const position = last ? head.migrations.indexOf(last) : -1;
    const early = new Set(head.migrations.slice(0, Math.max(0, position)).map(({ id }) => id));
    return pending
      .filter(({ id }) => early.has(id))
      .map(({ id, path }) => ({
        message: `${id} comes before ${last?.id}, which is applied already.`,
        instead: { text: 'Rename it, so that its version is the newest.' },
        place: { migration: id, path, line: 1 },
      }));
  },
};

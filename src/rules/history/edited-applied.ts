import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'edited-applied',
  severity: 'error',
  what: 'A migration that is applied already was changed.',
  why: 'Databases that have it will not run it again, and tools that keep checksums refuse to go on.',
  instead: 'Put the file back as it was and write a new migration.',
  sources: ['atlas migrate hash', 'Flyway validate'],
  whole: ({ base, head }) => {
    const before = new Map(base.migrations.map((each) => [each.id, each]));
    return head.migrations.flatMap(({ id, path, up }) => {
      const applied = before.get(id);
      if (!applied || plain(applied.up.text) === plain(up.text)) return [];
      const message = `${id} is applied already, and its text was changed: databases that have it will not run it again.`;
      const instead = { text: 'Put the file back as it was and write a new migration.' };
      return [{ message, instead, place: { migration: id, path, line: firstDifference(applied.up.text, up.text) } }];
    });
  },
};

/** Git changes line ends by itself. */
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function firstDifference(before: string, after: string): number {
  const [old, now] = [plain(before).split('\n'), plain(after).split('\n')];
  const index = now.findIndex((line, at) => line !== old[at]);
  return (index < 0 ? now.length : index) + (index < 0 ? 0 : 1);
}

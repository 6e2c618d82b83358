import { createHash } from 'node:crypto';
import type { Plan } from '../../model/plan.ts';

type Decisive = Pick<Plan, 'target' | 'tool' | 'commit' | 'pending' | 'orphans' | 'fingerprints' | 'allowed'> & {
  readonly applied: readonly string[];
};

/** What an approval is bound to: the same migrations, on the same schema, of the same database. Times do not count. */
export function digestOf({ target, tool, commit, pending, applied, orphans, fingerprints, allowed }: Decisive): string {
  const { database, systemIdentifier, server, searchPath } = target;
  const decisive = [
    ...[database, systemIdentifier ?? null, server.split('.')[0], tool.name, commit ?? null],
    pending.map(({ id, hash, done = 0 }) => [id, hash, done]),
    ...(tool.table === undefined ? [] : [tool.table]),
    ...(searchPath === undefined ? [] : [searchPath.setting]),
    ...[applied, orphans, fingerprints.before, fingerprints.after ?? null, [...allowed].sort()],
  ];
  return createHash('sha256').update(JSON.stringify(decisive)).digest('hex');
}

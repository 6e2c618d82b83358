import { judge } from '../../src/jobs/judge.ts';
import { type Rehearsal, rehearse } from '../../src/jobs/rehearse.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Migration } from '../../src/model/migration.ts';
import type { World } from '../../src/model/rule.ts';
import type { Statement } from '../../src/model/statement.ts';
import { rules } from '../../src/rules/index.ts';
import { tool } from '../../src/tools/sql/tool.ts';
import type { TestServer } from '../support/postgres.ts';
import { type Scene, toMigration } from './scenes.ts';

/** What became of a scene, and what the rules say of it. */
export interface Played {
  readonly rehearsal: Rehearsal;
  readonly findings: readonly Finding[];
}

/** Runs a scene's migrations, or others in their place, on a database of its own. */
export async function play(scene: Scene, server: TestServer, pending = scene.pending): Promise<Played> {
  const rehearsal = await rehearse({
    server: {
      ...server,
      kind: 'existing',
      version: `${server.major}`,
      lent: false,
      log: async () => '',
      [Symbol.asyncDispose]: async () => {},
    },
    tool,
    base: scene.base,
    pending,
    seedRows: scene.rows,
    statementLimit: 20,
    signal: new AbortController().signal,
    progress: { step: () => {} },
  });
  const world = worldOf({ ...scene, pending }, server, rehearsal);
  return { rehearsal, findings: judge(world, rules, { today: scene.today }) };
}

/** What rules are shown of a scene. */
export function worldOf(
  { base, head, pending, protectedTables }: Scene,
  server: TestServer,
  rehearsal: Rehearsal,
): World {
  const { before, after, changes, statements } = rehearsal;
  const substitutes = pending.filter(({ id }) => !head.some((each) => each.id === id));
  return {
    ...{ major: server.major, before, after, changes, statements, pending },
    base: { migrations: base, ignored: [] },
    head: { migrations: substitutes.length > 0 ? [...base, ...pending] : head, ignored: [] },
    outsideTransaction: tool.outsideTransaction,
    isProtected: (table) => protectedTables.includes(table),
  };
}

type Suggested = NonNullable<NonNullable<Finding['instead']>['migrations']>;

/** The text without the script's own BEGIN and COMMIT: a suggestion divides what stood between them. */
function withoutBlock(text: string): string {
  return text.replaceAll(/^\s*(BEGIN|COMMIT)\s*;/gim, '');
}

/** The scene's migrations with what is suggested in the place of one statement, each suggestion a migration of its own. */
export function substituted(pending: readonly Migration[], statement: Statement, suggested: Suggested): Migration[] {
  return pending.flatMap((migration) => {
    if (migration.id !== statement.migration) return [migration];
    const { text, delivery } = migration.up;
    const end = statement.offset + statement.sql.length;
    return [
      toMigration(`${migration.id}-before`, withoutBlock(text.slice(0, statement.offset)), delivery),
      ...suggested.map(({ sql, outsideTransaction }, index) =>
        toMigration(`${migration.id}-${index + 1}`, sql, outsideTransaction ? 'statement' : 'wrapped'),
      ),
      toMigration(`${migration.id}-after`, withoutBlock(text.slice(end).replace(/^\s*;/, '')), delivery),
    ];
  });
}

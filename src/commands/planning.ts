import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openRepository } from '../git/repository.ts';
import { workTree } from '../git/worktree.ts';
import { inWindow } from '../jobs/gates/window.ts';
import type { PlanInput } from '../jobs/plan/input.ts';
import { KnownError } from '../model/error.ts';
import { applicable } from '../model/migration.ts';
import { rules } from '../rules/index.ts';
import { version } from '../version.ts';
import type { Door } from './door.ts';
import { openServer } from './server.ts';
import { found } from './subject.ts';
import { withTable } from './table.ts';
import { targetOf } from './target.ts';

/** What to plan for the target that the settings name, with the migrations of the work tree. */
export async function planInputOf(door: Door): Promise<PlanInput> {
  const { settings, host, signal } = door;
  const { progress } = host;
  const folder = await realpath(resolve(settings.workingDirectory));
  const tree = workTree(folder, signal);
  const { tool: plain, folders } = await found(settings, tree);
  const target = await targetOf(door);
  const tool = withTable(plain, settings, target);
  const { allow, driftIgnore, appliedThrough: baseline, target: upTo } = settings;
  refuseUnknown(allow);
  const now = new Date();
  const commit = await commitOf(folder, signal);
  return {
    ...{ target, tool, folders, folder: '', head: applicable(await tool.read(tree, folders)) },
    ...(commit !== undefined && { commit }),
    openServer: (major) => openServer(door, major),
    ...(baseline !== undefined && { baseline }),
    ...(upTo !== undefined && { upTo }),
    ...{ allow, driftIgnore, rules, failOn: settings.failOn, protectedTables: settings.protected },
    ...{ seedRows: settings.seedRows, statementLimit: settings.statementLimit, version, now, signal, progress },
    limits: {
      transactionSeconds: settings.maxTransactionAge / 1000,
      lagSeconds: settings.maxReplicaLag / 1000,
      slotBytes: 10e9,
    },
    gates: [inWindow(settings.window, now)],
  };
}

/** Gates that can be accepted by name; the others tell of what would not work. */
const gates: readonly string[] = [
  ...['drift', 'window', 'long-transactions', 'prepared-transactions', 'blocked-sessions'],
  ...['replica-lag', 'replication-slots', 'disk'],
];

function refuseUnknown(allow: readonly string[]): void {
  const known = new Set([...gates, ...rules.map(({ id }) => id)]);
  const unknown = allow.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new KnownError(`\`allow\`: there is no rule or gate ${unknown.join(', ')}.`, {
    help: `Gates are ${gates.join(', ')}; rules are in docs/rules.md.`,
  });
}

/** Of the repository that the folder is in, if it is in one. */
async function commitOf(folder: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await (await openRepository(folder, signal)).head();
  } catch (error) {
    if (error instanceof KnownError) return undefined;
    throw error;
  }
}

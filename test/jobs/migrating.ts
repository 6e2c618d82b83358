import type { MigrateInput } from '../../src/jobs/migrate/input.ts';
import type { Server } from '../../src/model/server.ts';
import { rules } from '../../src/rules/index.ts';
import { loadTool, type ToolName } from '../../src/tools/index.ts';
import type { TestServer } from '../support/postgres.ts';
import { treeOf } from '../tools/trees.ts';

/** A test's server, for databases of the job's own. */
export function lent(server: TestServer): Server {
  const rest = { kind: 'existing', version: String(server.major), lent: true, log: async () => '' } as const;
  return { ...server, ...rest, [Symbol.asyncDispose]: async () => {} };
}

/** What a migration of a target takes, without a backup: files are named below a folder `m`. */
export async function inputFor(
  server: TestServer,
  target: MigrateInput['target'],
  name: ToolName,
  files: Readonly<Record<string, string>>,
  more: Partial<MigrateInput> = {},
): Promise<MigrateInput> {
  const tool = await loadTool(name);
  const tree = treeOf(Object.fromEntries(Object.entries(files).map(([path, text]) => [`m/${path}`, text])));
  return {
    ...{ target, tool, folders: ['m'], folder: '', head: await tool.read(tree, ['m']) },
    ...{ openServer: async () => lent(server), rules, failOn: 'error', protectedTables: [], seedRows: 3 },
    ...{ statementLimit: 60, version: '0', now: new Date(), signal: new AbortController().signal },
    ...{ progress: { step: () => {} }, allow: [], driftIgnore: [], gates: [], queue: 5000, about: {} },
    limits: { transactionSeconds: 300, lagSeconds: 30, slotBytes: 1e10 },
    applying: { lockTimeout: 1000, lockWait: 5000, statementTimeout: 60_000 },
    ...more,
  };
}

/** The gates that are closed. */
export function closedGates({ plan }: { readonly plan: { readonly gates: MigrateInput['gates'] } }): string[] {
  return plan.gates.filter(({ outcome }) => outcome === 'closed').map(({ gate }) => gate);
}

import { KnownError } from '../model/error.ts';
import type { Progress } from '../model/server.ts';
import type { Store } from '../model/store.ts';
import type { Backup, Catalog } from './backups/catalog.ts';
import { isProved } from './backups/freshness.ts';
import { isOurs } from './backups/keys.ts';
import { type Dated, type Policy, retain, type Verdict } from './backups/retention.ts';

export interface PruneInput {
  readonly store: Store;
  readonly catalog: Catalog;
  readonly policy: Policy;
  /** Only decides. */
  readonly dryRun: boolean;
  /** Also removes what runs that were cut off have left. */
  readonly sweep: boolean;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** A backup as retention sees it. */
export interface Kept extends Dated {
  readonly of: Backup;
}

export interface Pruned {
  readonly verdicts: readonly Verdict<Kept>[];
  readonly leftovers: readonly { readonly key: string; readonly since: Date; readonly removed: boolean }[];
}

/** Removes the backups that no rule keeps. What is no backup of ours is never touched, whatever it is called. */
export async function prune(input: PruneInput): Promise<Pruned> {
  const { catalog, policy, now, dryRun } = input;
  const { last, daily, weekly, monthly, yearly, verified } = policy;
  if (last + daily + weekly + monthly + yearly + verified === 0)
    throw new KnownError('No rule says which backups are to be kept.', {
      help: 'Set at least one of `keep-last`, `keep-daily`, `keep-weekly`, `keep-monthly`, `keep-yearly`, `keep-verified`.',
    });
  const verdicts = retain(catalog.backups.map(dated), policy, now);
  for (const { backup, keep } of verdicts) if (!keep && !dryRun) await remove(backup, input);
  return { verdicts, leftovers: await leftovers(input) };
}

function dated(of: Backup): Kept {
  const { key, manifest, lockedUntil } = of;
  const takenAt = new Date(manifest.takenAt);
  return { of, key, database: manifest.database, takenAt, verified: isProved(of), ...(lockedUntil && { lockedUntil }) };
}

/** The manifest first: from then on there is no backup that could lack its dump. */
async function remove({ of }: Kept, { store, signal, progress }: PruneInput): Promise<void> {
  signal.throwIfAborted();
  progress.step(`removing ${of.manifest.dump.key}`);
  await store.remove([of.key]);
  await store.remove(of.keys);
}

/** Younger ones may belong to a run that is still at work. */
const oldEnough = 86_400_000;

async function leftovers({ store, catalog, dryRun, sweep, now }: PruneInput): Promise<Pruned['leftovers']> {
  const found: { key: string; since: Date; remove(): Promise<void> }[] = [
    ...catalog.orphans.map(({ key, keys, modified }) => ({ key, since: modified, remove: () => store.remove(keys) })),
  ];
  for await (const { key, started, remove } of store.leftovers(''))
    if (isOurs(key)) found.push({ key, since: started, remove }); // others may upload to the same bucket
  const swept = found.map(async ({ key, since, remove }) => {
    const removed = sweep && !dryRun && now.getTime() - since.getTime() >= oldEnough;
    if (removed) await remove();
    return { key, since, removed };
  });
  return Promise.all(swept);
}

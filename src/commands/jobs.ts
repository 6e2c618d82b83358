import { availableParallelism } from 'node:os';
import type { Settings } from '../settings.ts';

/** Connections to dump or restore over: what is set, else as many as there are CPUs, which a server shall outlast. */
export function jobsOf({ jobs }: Settings): number {
  return jobs ?? Math.min(8, availableParallelism());
}

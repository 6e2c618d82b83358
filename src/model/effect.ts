import { type Lock, type LockMode, type Observation, type Relation, strength } from './observation.ts';
import type { World } from './rule.ts';

/** What a statement did to one relation. */
export interface Effect {
  /** The strongest lock that it took or found held by its own transaction; undefined: none. */
  readonly mode: LockMode | undefined;
  readonly scanned: boolean;
  readonly rewritten: boolean;
}

/**
 * What a statement was seen to do to a relation, whose name may have changed since the pending migrations began:
 * observations use the name it had before the migration.
 */
export function effectOn(relation: Relation, observation: Observation, world: World): Effect {
  const names = namesOf(relation, world);
  const modes = inForce(observation).filter((lock) => names.has(lock.relation));
  return {
    mode: modes.sort((a, b) => strength(b.mode) - strength(a.mode))[0]?.mode,
    scanned: observation.scanned.some((name) => names.has(name)),
    rewritten: observation.rewritten.some((name) => names.has(name)),
  };
}

/** Locks in force while the statement ran: its own, and those its transaction held already. */
export function inForce({ locks, held }: Observation): Lock[] {
  return [...locks, ...held];
}

/** Whether a lock is at least as strong as another. */
export function atLeast(mode: LockMode | undefined, least: LockMode): boolean {
  return mode !== undefined && strength(mode) >= strength(least);
}

function namesOf({ oid, name }: Relation, { before }: World): ReadonlySet<string> {
  const first = before.objects.find((each) => each.oid === oid && isRelation(each.kind));
  return new Set(first ? [name, first.id] : [name]);
}

function isRelation(kind: string): boolean {
  return ['table', 'index', 'view', 'sequence'].includes(kind);
}

import type { Reference, Target } from './targets.ts';

/** A table's place in the order. */
export interface Place {
  readonly target: Target;
  /** References that stay NULL at first, or are left to chance, as what they refer to comes later. */
  readonly later: readonly Reference[];
}

/** Tables that do not need each other; or, in a cycle of NOT NULL foreign keys, tables that need each other. */
export interface Wave {
  readonly places: readonly Place[];
  readonly cycle: boolean;
}

/** Puts tables behind those that they refer to. */
export function wavesOf(targets: readonly Target[]): Wave[] {
  const graph = graphOf(targets);
  const groups = [graph.all, graph.stated, graph.hard].reduce(divided, [targets]);
  const level = new Map<Target, number>();
  const waves: { places: Place[]; cycle: boolean }[][] = [];
  for (const group of groups) {
    const places = group.map((target) => ({ target, later: laterOf(target, level, graph) }));
    const before = places
      .flatMap(({ target, later }) => graph.needed(target, later))
      .map((each) => level.get(each) ?? -1);
    const at = Math.max(-1, ...before) + 1;
    for (const target of group) level.set(target, at);
    const cycle = group.some((each) => graph.hard(each).some((other) => group.includes(other)));
    waves[at] ??= [];
    const open = waves[at].find((wave) => !wave.cycle);
    if (open && !cycle) open.places.push(...places);
    else waves[at].push({ places, cycle });
  }
  return waves.flat();
}

/** Groups within which tables need each other, in order; what only the edges of larger groups said no longer counts. */
function divided(groups: readonly (readonly Target[])[], edges: Graph['all']): Target[][] {
  return groups.flatMap((group) => {
    const inside = new Set(group);
    return components(group, (each) => edges(each).filter((other) => inside.has(other)));
  });
}

/** References that need not be, to tables that have not had their turn. */
function laterOf(target: Target, level: ReadonlyMap<Target, number>, graph: Graph): Reference[] {
  return target.references.filter(
    (each) => (each.optional.length > 0 || each.presumed) && graph.holders(each).some((other) => !level.has(other)),
  );
}

interface Graph {
  /** Whose rows a foreign key may refer to: the table, or the partitions of it. */
  holders(reference: Reference): readonly Target[];
  /** The tables that it refers to. */
  all(target: Target): readonly Target[];
  /** Only along foreign keys. */
  stated(target: Target): readonly Target[];
  /** Only along foreign keys that cannot be NULL. */
  hard(target: Target): readonly Target[];
  needed(target: Target, without: readonly Reference[]): readonly Target[];
}

function graphOf(targets: readonly Target[]): Graph {
  const holding = new Map<number, Target[]>();
  for (const target of targets)
    for (const oid of target.lineage) holding.set(oid, [...(holding.get(oid) ?? []), target]);
  const holders = ({ to }: Reference) => holding.get(to.oid) ?? [];
  const along = (target: Target, takes: (reference: Reference) => boolean) =>
    target.references.filter(takes).flatMap(holders);
  return {
    holders,
    all: (target) => along(target, () => true),
    stated: (target) => along(target, ({ presumed }) => !presumed),
    hard: (target) => along(target, ({ optional, presumed }) => optional.length === 0 && !presumed),
    needed: (target, without) => along(target, (each) => !without.includes(each)).filter((other) => other !== target),
  };
}

/** Strongly connected components, each behind those it points to (Tarjan 1972). Walks without recursion: chains may be long. */
function components(nodes: readonly Target[], edges: (node: Target) => readonly Target[]): Target[][] {
  const state = new Map<Target, { index: number; low: number; onStack: boolean }>();
  const stack: Target[] = [];
  const found: Target[][] = [];
  const enter = (node: Target) => {
    const mark = { index: state.size, low: state.size, onStack: true };
    state.set(node, mark);
    stack.push(node);
    return { node, mark, rest: edges(node)[Symbol.iterator]() };
  };
  for (const start of nodes) {
    const path = state.has(start) ? [] : [enter(start)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { value: next, done } = top.rest.next();
      const seen = next && state.get(next);
      if (next && !seen) path.push(enter(next));
      else if (seen?.onStack) top.mark.low = Math.min(top.mark.low, seen.index);
      if (!done) continue;
      path.pop();
      const parent = path.at(-1);
      if (parent) parent.mark.low = Math.min(parent.mark.low, top.mark.low);
      if (top.mark.low !== top.mark.index) continue;
      const group = stack.splice(stack.indexOf(top.node));
      for (const each of group) (state.get(each) as { onStack: boolean }).onStack = false;
      found.push(group);
    }
  }
  return found;
}

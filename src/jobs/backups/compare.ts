import type { Contents, MigrationState, SequenceState } from '../../model/backup.ts';

/** What a restored database has otherwise than its manifest says, one whole sentence each; empty where nothing is. */
export function differences(wanted: Contents, found: Contents): string[] {
  return [
    ...tables(wanted, found),
    ...sequences(wanted, found),
    ...named('extension', wanted.extensions, found.extensions),
    ...migrations(wanted.migrations ?? [], found.migrations ?? []),
    ...(wanted.largeObjects === found.largeObjects
      ? []
      : [`There are ${found.largeObjects} large objects, not ${wanted.largeObjects}.`]),
    ...(wanted.fingerprint === found.fingerprint
      ? []
      : ['The schema is not the one that was backed up: its fingerprint differs.']),
  ];
}

function tables(wanted: Contents, found: Contents): string[] {
  const there = new Map(found.tables.map((table) => [table.name, table]));
  const wrong = wanted.tables.flatMap(({ name, rows, estimated }) => {
    const restored = there.get(name);
    if (!restored || rows === undefined || estimated || restored.rows === rows) return [];
    return [`${name} has ${restored.rows} rows, not ${rows}.`];
  });
  return [...named('table', wanted.tables, found.tables), ...wrong];
}

function sequences(wanted: Contents, found: Contents): string[] {
  const there = new Map(found.sequences.map((sequence) => [sequence.name, sequence.lastValue]));
  const wrong = wanted.sequences.flatMap((sequence) => {
    const { name, lastValue, until } = sequence;
    const value = there.get(name);
    if (value === undefined || isPassed(value, sequence)) return [];
    const expected = until === undefined ? `at ${lastValue}` : `between ${lastValue} and ${until}`;
    return [`${name} stands at ${value}, not ${expected}.`];
  });
  return [...named('sequence', wanted.sequences, found.sequences), ...wrong];
}

/** Whether the sequence stood there while it was dumped; where it begins, before anybody asked it, is not known here. */
function isPassed(value: string | null, { lastValue, until }: SequenceState): boolean {
  if (value === lastValue || value === until) return true;
  if (until === undefined || value === null) return false;
  if (lastValue === null || until === null) return true;
  const [low, high] = [BigInt(lastValue), BigInt(until)].sort((a, b) => (a < b ? -1 : 1)) as [bigint, bigint];
  return low <= BigInt(value) && BigInt(value) <= high;
}

function migrations(wanted: readonly MigrationState[], found: readonly MigrationState[]): string[] {
  const there = new Map(found.map((state) => [state.table, state]));
  return wanted.flatMap((state) => {
    const now = there.get(state.table);
    if (!now || (now.latest === state.latest && now.applied === state.applied)) return []; // a missing table is told of
    return [`${state.table} is at ${now.latest ?? 'no migration'}, not at ${state.latest ?? 'no migration'}.`];
  });
}

type Named = { readonly name: string };

function named(kind: string, wanted: readonly Named[], found: readonly Named[]): string[] {
  const [old, now] = [wanted, found].map((list) => new Set(list.map(({ name }) => name))) as [Set<string>, Set<string>];
  return [
    ...[...old.difference(now)].map((name) => `The ${kind} ${name} is missing.`),
    ...[...now.difference(old)].map((name) => `There is a ${kind} ${name} that was not backed up.`),
  ];
}

import { durationText, minuteText } from '../../model/amounts.ts';
import type { HeldDrill, VerifyReport } from '../../model/backup-report.ts';
import type { Fact, Page, Part, Step, Table } from '../page.ts';
import { count } from '../wording.ts';
import { command, comparison, dumpFacts, furtherFacts, momentText, sizeText } from './parts.ts';

/** Drills that were held: evidence that can be filed. */
export function verifyPage({ drills, broken, unheld = [], outcome, store, lockkeeper }: VerifyReport): Page {
  const failed = drills.filter(({ drill }) => drill.outcome === 'failed');
  const single = drills.length === 1;
  return {
    good: outcome === 'passed',
    headline:
      broken.length > 0 && failed.length === 0
        ? brokenText(broken.length, drills.length)
        : unheld.length > 0 && failed.length === 0
          ? `${unheld.length} of ${count(drills.length + unheld.length, 'drill')} could not be held`
          : headlineOf(drills, failed),
    problems: [
      ...failed.flatMap(({ id, database, drill }) => drill.problems.map((why) => `${id} of ${database}: ${why}`)),
      ...broken.map(({ key, why }) => `${key} cannot be used: ${why}.`),
      ...unheld.map(({ id, why }) => `The drill of ${id} could not be held: ${why}`),
    ],
    parts: [
      ...(single
        ? []
        : [{ facts: [{ label: 'store', value: store ?? '' }], ...(drills.length > 0 && { table: tableOf(drills) }) }]),
      ...drills.flatMap((each) => evidence(each, { store, lockkeeper, single })),
    ],
    notes: drills.length > 0 ? ['What each drill found is stored beside its backup.'] : [],
    next: outcome === 'failed' ? nextOf(store) : [],
  };
}

const meaning = {
  bytes: 'what is stored is what was written',
  decode: 'what is stored is what was written, and can be decoded',
  restore: 'what was restored is what was backed up',
} as const;

function headlineOf(drills: readonly HeldDrill[], failed: readonly HeldDrill[]): string {
  const [first] = drills;
  const single = drills.length === 1;
  if (failed.length === 0)
    return `${single ? `The drill of ${first?.database}` : `All ${drills.length} drills`} passed: ${meaning[first?.drill.depth ?? 'restore']}`;
  return single ? `The drill of ${first?.database} failed` : `${failed.length} of ${drills.length} drills failed`;
}

function brokenText(number: number, drills: number): string {
  const passed = drills === 0 ? 'no drill was held' : `${count(drills, 'drill')} passed`;
  return `${passed}, but ${count(number, 'manifest')} of the store cannot be used`;
}

function tableOf(drills: readonly HeldDrill[]): Table {
  return {
    columns: [
      ...[{ title: 'drill' }, { title: 'backup', code: true } as const, { title: 'database' }],
      ...[{ title: 'data of (UTC)' }, { title: 'restored in', right: true } as const],
    ],
    rows: drills.map(({ id, database, takenAt, drill }) => [
      ...[drill.outcome === 'passed' ? '✔ passed' : '✖ failed', id, database, minuteText(takenAt)],
      drill.restoreMilliseconds === undefined ? '–' : durationText(drill.restoreMilliseconds),
    ]),
  };
}

interface Around {
  readonly store: string | undefined;
  readonly lockkeeper: string;
  readonly single: boolean;
}

function evidence(held: HeldDrill, around: Around): Part[] {
  const { id, database, drill } = held;
  const title = { title: `${database}: ${id}`, folded: true } as const;
  const table = drill.restored && { table: comparison(held, drill.restored) };
  return [{ ...(!around.single && title), facts: factsOf(held, around), ...table }];
}

function factsOf({ id, takenAt, server, dump, drill }: HeldDrill, { store, lockkeeper }: Around): Fact[] {
  const restored = drill.restoreMilliseconds === undefined ? undefined : durationText(drill.restoreMilliseconds);
  return [
    { label: 'drill', value: `${momentText(drill.startedAt)}, depth ${drill.depth}, Lockkeeper ${lockkeeper}` },
    { label: 'backup', value: id, code: true },
    { label: 'data of', value: `${momentText(takenAt)}, PostgreSQL ${server}, by pg_dump ${dump.pgDump}` },
    ...(restored ? [{ label: 'restored', value: `in ${restored} on PostgreSQL ${drill.server}` }] : []),
    ...(drill.depth === 'restore' && !drill.restored
      ? [{ label: 'compared', value: 'nothing: it did not come so far' }]
      : []),
    ...furtherFacts(drill.checked),
    { label: 'size', value: sizeText(dump) },
    { label: 'store', value: store ?? '' },
    ...dumpFacts(dump),
  ];
}

function nextOf(store: string | undefined): Step[] {
  return [
    { text: 'See which backups a drill has proved', command: command('backups', store, {}) },
    { text: 'Take a new backup now', command: command('backup', store, {}) },
  ];
}

import { blocks, type Lock, type Observation, strength } from '../model/observation.ts';
import { code, shortened, words } from './escape.ts';
import { fileOf } from './wording.ts';

export const lockHead = '| where | statement | locks | works through |\n|---|---|---|---|\n';

/** One statement's row of the table of locks. */
export function lockRow(observation: Observation): string {
  const { path, line, sql, error, unobserved } = observation;
  const told = error ? `⛔ ${words(shortened(error.message, 300))}` : locksOf(observation);
  const doubt = unobserved && !error ? `<br>${words(unobserved)}` : '';
  const cells = [code(`${fileOf(path)}:${line}`), code(shortened(sql, 80)), told + doubt, workOf(observation)];
  return `| ${cells.join(' | ')} |\n`;
}

/** Whether reviewers should see the statement in the table: most touch nothing that others use. */
export function isNotable({ locks: taken, held, error, unobserved, rewritten, scanned }: Observation): boolean {
  if (error !== undefined || unobserved !== undefined || rewritten.length > 0) return true;
  const strong = ({ mode }: Lock) => blocks(mode) !== 'nothing';
  return taken.some(strong) || held.some((lock) => strong(lock) && scanned.includes(lock.relation));
}

/** What it rewrites and reads in full. Rewriting reads, and a table's indexes are rewritten with it. */
function workOf({ rewritten, scanned, locks, held }: Observation): string {
  const tables = new Map([...locks, ...held].map(({ relation, table }) => [relation, table]));
  const wholes = rewritten.filter((name) => !rewritten.includes(tables.get(name) ?? ''));
  const read = scanned.filter((name) => !rewritten.includes(name));
  const parts = [
    wholes.length > 0 && `rewrites ${wholes.map(code).join(', ')}`,
    read.length > 0 && `reads ${read.map(code).join(', ')}`,
  ];
  return parts.filter(Boolean).join('<br>') || '–';
}

/** Locks it added; where it works on tables that earlier statements hold, those. */
function locksOf({ locks: taken, held, scanned, rewritten }: Observation): string {
  const added = lockWords(taken);
  const worked = held.filter(({ relation }) => scanned.includes(relation) || rewritten.includes(relation));
  const before = taken.some(({ mode }) => blocks(mode) !== 'nothing') ? '–' : lockWords(worked);
  return before === '–' ? added : `still holds ${before}`;
}

/** The strongest lock on each table, the strongest first; indexes go with their tables. */
function lockWords(taken: readonly Lock[]): string {
  const strongest = new Map<string, Lock>();
  for (const lock of taken) {
    const before = strongest.get(lock.relation);
    if (!lock.table && (!before || strength(lock.mode) > strength(before.mode))) strongest.set(lock.relation, lock);
  }
  const byMode = Map.groupBy(strongest.values(), ({ mode }) => mode);
  const lines = [...byMode]
    .sort(([a], [b]) => strength(b) - strength(a))
    .map(([mode, locks]) => {
      const effect = blocks(mode) === 'nothing' ? '' : `, blocks ${blocks(mode)}`;
      return `${modeWords(mode)}${effect}: ${locks.map(({ relation }) => code(relation)).join(', ')}`;
    });
  return lines.join('<br>') || '–';
}

/** As SQL spells it: `ACCESS EXCLUSIVE`. */
function modeWords(mode: Lock['mode']): string {
  return mode
    .replace(/Lock$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Times in milliseconds, by contender, in the order of the turns. */
export type Times<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Lets contenders take turns, so that a drifting machine harms all alike; the first turn warms up and is not counted.
 *
 * @param cleanUp is not measured
 */
export function alternate<Name extends string>(
  turns: number,
  contenders: Readonly<Record<Name, () => void>>,
  cleanUp: () => void = () => {},
): Times<Name> {
  const names = Object.keys(contenders) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let turn = 0; turn <= turns; turn += 1)
    for (const name of names) {
      const start = performance.now();
      contenders[name]();
      const taken = performance.now() - start;
      cleanUp();
      if (turn > 0) times[name].push(taken);
    }
  return times;
}

/** A row of the table that is printed. */
export type Row = readonly [what: string, ours: string, peer: string, ratio: string, goal: string];

/** Medians of both, and of their ratios turn by turn. */
export function row(what: string, ours: readonly number[], peer: readonly number[], named: string, goal: string): Row {
  const ratio = median(ours.map((time, turn) => time / (peer[turn] as number)));
  return [what, ms(median(ours)), `${ms(median(peer))} ${named}`, `${ratio.toFixed(2)} ×`, goal];
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

export function ms(value: number): string {
  return value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

/** Runs a program to its end; what it printed. Throws where it ends otherwise than expected. */
export function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  expected = 0,
): { readonly stdout: string; readonly stderr: string } {
  const result = spawnSync(command, args, {
    ...{ env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 64 << 20 },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (result.status !== expected)
    throw new Error(`${command} ended with ${result.status}: ${result.stderr}${result.stdout}`);
  return result;
}

/** Programs side by side; throws where one fails. */
export async function together(
  all: readonly (readonly [command: string, args: readonly string[], env: NodeJS.ProcessEnv])[],
) {
  const ends = all.map(async ([command, args, env]) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
    const [status] = await once(child, 'close');
    if (status !== 0) throw new Error(`${command} ended with ${status}`);
  });
  await Promise.all(ends);
}

export function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

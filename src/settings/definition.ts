import type { CommandName } from './commands.ts';

/**
 * `switch`: yes or no, a flag without a value is yes. `duration`: a number with its unit, such as `26h` or `7d`.
 * `secret`: kept out of everything that is printed.
 */
type Type = 'text' | 'list' | 'number' | 'choice' | 'secret' | 'switch' | 'duration';

export interface Definition {
  readonly type: Type;
  /** Of a choice. */
  readonly values?: readonly string[];
  /** Of a number: the least and the greatest. */
  readonly range?: readonly [number, number];
  /** Of a number: no fractions. */
  readonly whole?: true;
  readonly default?: string;
  /** One sentence. */
  readonly help: string;
  /** How `--help` shows the value; empty for a switch. */
  readonly placeholder: string;
  /** Decided anew for each run: not taken from lockkeeper.yml. */
  readonly eachRun?: true;
  /** Those that take it. */
  readonly commands: readonly CommandName[];
}

export type Definitions = Readonly<Record<string, Definition>>;

/** `fail-on` is `failOn` in code. */
export type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** What a setting's value is in code; durations are milliseconds. */
export type Value<D extends Definition> = D extends { type: 'list' }
  ? readonly string[]
  : D extends { type: 'switch' }
    ? boolean
    : D extends { type: 'number' | 'duration' }
      ? number | Absent<D>
      : D extends { type: 'choice'; values: readonly (infer V)[] }
        ? V | Absent<D>
        : string | Absent<D>;

type Absent<D> = D extends { default: string } ? never : undefined;

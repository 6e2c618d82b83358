import { backingUp } from './settings/backing-up.ts';
import { checking } from './settings/checking.ts';
import type { Camel, Definition, Value } from './settings/definition.ts';
import { keeping } from './settings/keeping.ts';
import { migrating } from './settings/migrating.ts';
import { oneRun } from './settings/one-run.ts';
import { reporting } from './settings/reporting.ts';
import { restoring } from './settings/restoring.ts';
import { stores } from './settings/stores.ts';

/** The settings in groups, as help and documentation show them. */
export const groups = {
  'This run': oneRun,
  'What is checked': checking,
  'What is applied to a target': migrating,
  'What is backed up': backingUp,
  'Where backups live': stores,
  'What is restored': restoring,
  'What is kept': keeping,
  'Reports and surroundings': reporting,
} as const;

/**
 * Every setting, once. Its name is the action's input, `--name` the flag, `LOCKKEEPER_NAME` the variable and the key in
 * lockkeeper.yml; action.yml, `--help` and docs/settings.md are made from this table.
 */
export const definitions = {
  ...oneRun,
  ...checking,
  ...migrating,
  ...backingUp,
  ...stores,
  ...restoring,
  ...keeping,
  ...reporting,
} as const;

export type SettingName = keyof typeof definitions;

export type ReportSetting = Extract<SettingName, `report-${string}`>;

/** The settings of a run, checked: `failOn` for `fail-on`. */
export type Settings = {
  readonly [Name in Exclude<SettingName, ReportSetting> as Camel<Name>]: Value<(typeof definitions)[Name]>;
} & {
  /** Reports that are written, by their setting: a file each, or `-` for standard output. */
  readonly reports: Readonly<Partial<Record<ReportSetting, string>>>;
};

/** The setting's definition, for names that people wrote. */
export function definitionOf(name: string): Definition | undefined {
  return Object.hasOwn(definitions, name) ? definitions[name as SettingName] : undefined;
}

/** A setting's value with where it was written, for complaints: `--fail-on`, `LOCKKEEPER_TOOL`, `lockkeeper.yml:3`. */
export interface Given {
  readonly name: string;
  readonly value: string;
  readonly source: string;
  /** Why what was written there is no value of a setting: `takes one value, not a list`. */
  readonly fault?: string;
}

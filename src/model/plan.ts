import type { Finding } from './finding.ts';
import type { Observation } from './observation.ts';
import type { Change } from './schema.ts';

/** What is about to be applied where. Two plans with one digest do the same to the same database. */
export interface Plan {
  /** Version of this format. */
  readonly version: 1;
  readonly command: 'plan';
  /** `refused`: a gate is closed. `failed`: findings that nobody has accepted. */
  readonly outcome: 'passed' | 'failed' | 'refused';
  /** Lockkeeper's version. */
  readonly lockkeeper: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly target: Target;
  readonly tool: {
    readonly name: string;
    readonly title: string;
    readonly folders: readonly string[];
    /** The name of its table, without schema, where that is not the default. */
    readonly table?: string;
  };
  /** The folder that paths start in, relative to the repository's top; absent for the top itself. */
  readonly folder?: string;
  /** The commit that is checked out, where there is one. */
  readonly commit?: string;
  readonly applied: { readonly count: number; readonly last?: string };
  readonly pending: readonly Planned[];
  /** Ids that the target has and the folder has not. */
  readonly orphans: readonly string[];
  /** Files that are not applied and that the tool will not run, or refuses to go on for. */
  readonly outOfOrder: readonly string[];
  /** Applied migrations whose file is another one now, as far as it is known what it was. */
  readonly edited: readonly string[];
  /** What the target has otherwise than its applied migrations give. */
  readonly drift: readonly Change[];
  readonly gates: readonly Gate[];
  readonly findings: readonly Finding[];
  /** What every pending statement did on the server of the rehearsal. */
  readonly observations: readonly Observation[];
  /** What becomes different. */
  readonly changes: readonly Change[];
  /** Of the target now, and of what its schema must be afterwards; the latter absent where that is not known. */
  readonly fingerprints: { readonly before: string; readonly after?: string };
  /** Rules whose findings, and gates, were accepted by name. */
  readonly allowed: readonly string[];
  /** SHA-256 (hex) over commit, file hashes, what is applied, the schema, and which database it is. */
  readonly digest: string;
}

/** Which database it is; no secret is in it. */
export interface Target {
  readonly database: string;
  /** The role that would apply. */
  readonly role: string;
  /** `17.6` */
  readonly server: string;
  /** `pg_control_system().system_identifier`, where the role may ask. */
  readonly systemIdentifier?: string;
  /** Where names without a schema are looked for, unless that is PostgreSQL's default. */
  readonly searchPath?: SearchPath;
}

export interface SearchPath {
  /** As `SET search_path TO` takes it; with a role's own schema in place of `"$user"` where there is one. */
  readonly setting: string;
  /** Schemas of it that are there, beyond what PostgreSQL itself makes. */
  readonly schemas: readonly string[];
}

export interface Planned {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly hash: string;
  readonly statements: number;
  /** Statements of it that an interrupted run has committed already. */
  readonly done?: number;
}

/** A condition under which a target may be touched. */
export interface Gate {
  /** `replica`, `long-transactions` … */
  readonly gate: string;
  readonly outcome: 'open' | 'closed' | 'unknown';
  /** What was found, as a whole sentence. */
  readonly message: string;
  /** How to pass; of closed ones. */
  readonly help?: string;
}

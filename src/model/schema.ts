/**
 * What a database's catalog says at one moment. Objects of extensions and of PostgreSQL itself are left out, an
 * extension itself is an object.
 */
export interface Snapshot {
  /** `server_version_num`, for example 170010. */
  readonly serverVersion: number;
  /** SHA-256 (hex) over the canonical form of all objects: equal schemas share it on every major and server kind. */
  readonly fingerprint: string;
  /** Sorted by kind, then id. */
  readonly objects: readonly SchemaObject[];
}

/** Fields every object has. Names are unquoted: they are for comparing and showing, not for pasting into SQL. */
interface Described {
  /** Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`. */
  readonly id: string;
  /** Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas. */
  readonly schema: string;
  readonly name: string;
  /** For columns, constraints, indexes, triggers, rules, policies: the id of their table or view. */
  readonly table?: string;
  /** Of the catalog row; never part of fingerprint or comparison. Columns have their table's. */
  readonly oid: number;
  readonly comment?: string;
  /** Role, or absent where it is the role that ran the migrations. */
  readonly owner?: string;
  /** `grantee: privilege, …` other than the defaults, sorted. */
  readonly grants?: readonly string[];
}

export interface SchemaNamespace extends Described {
  readonly kind: 'schema';
}

export interface Table extends Described {
  readonly kind: 'table';
  readonly type: 'table' | 'partitioned table' | 'foreign table';
  readonly persistence: 'permanent' | 'unlogged' | 'temporary';
  /** `RANGE (created_at)` of a partitioned table. */
  readonly partitionKey?: string;
  /** `FOR VALUES …` or `DEFAULT` of a partition. */
  readonly partitionBound?: string;
  /** Ids of the tables it inherits from or is a partition of. */
  readonly parents: readonly string[];
  /** Is attached as a partition of its only parent. */
  readonly partition: boolean;
  readonly rowSecurity: 'off' | 'enabled' | 'forced';
  readonly replicaIdentity: string;
  readonly accessMethod?: string;
  readonly tablespace?: string;
  /** `fillfactor=70`, sorted. */
  readonly options: readonly string[];
}

export interface Column extends Described {
  readonly kind: 'column';
  readonly table: string;
  /** Order among the live columns, from 1; not compared, as it differs after a drop. */
  readonly position: number;
  /** As `format_type` writes it, schema-qualified where needed: `character varying(20)`. */
  readonly type: string;
  readonly notNull: boolean;
  /** PostgreSQL 18: the NOT NULL constraint is NOT VALID. */
  readonly notNullUnvalidated?: boolean;
  /** PostgreSQL 18: the NOT NULL constraint is NO INHERIT. Absent where it is not. */
  readonly notNullNoInherit?: true;
  readonly default?: string;
  readonly identity?: 'always' | 'by default';
  readonly generated?: { readonly kind: 'stored' | 'virtual'; readonly expression: string };
  /** Only where it is not the type's own. */
  readonly collation?: string;
  readonly storage?: string;
  readonly compression?: string;
  readonly statistics?: number;
  readonly options?: readonly string[];
  /** Inherited from a parent and not declared by itself. */
  readonly inherited: boolean;
}

export interface Constraint extends Described {
  readonly kind: 'constraint';
  readonly table: string;
  /** NOT NULL constraints of PostgreSQL 18 are columns' `notNull`, not constraints. */
  readonly type: 'check' | 'foreign key' | 'primary key' | 'unique' | 'exclusion' | 'trigger';
  /** As `pg_get_constraintdef` writes it, without NOT VALID and NOT ENFORCED. */
  readonly definition: string;
  readonly columns: readonly string[];
  readonly validated: boolean;
  /** PostgreSQL 18; true before. */
  readonly enforced: boolean;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  /** Foreign keys. */
  readonly references?: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly onDelete: string;
    readonly onUpdate: string;
  };
  /** Id of the index that holds it up. */
  readonly index?: string;
  readonly inherited: boolean;
}

export interface Index extends Described {
  readonly kind: 'index';
  readonly table: string;
  /** As `pg_get_indexdef` writes it. */
  readonly definition: string;
  readonly method: string;
  /** Key columns or expressions in order, then included columns. */
  readonly columns: readonly string[];
  readonly included: readonly string[];
  readonly unique: boolean;
  readonly primary: boolean;
  readonly predicate?: string;
  /** False after a failed CONCURRENTLY. */
  readonly valid: boolean;
  /** Id of the constraint it belongs to. */
  readonly constraint?: string;
  /** Id of the partitioned index it is attached to. */
  readonly parent?: string;
}

export interface View extends Described {
  readonly kind: 'view';
  readonly type: 'view' | 'materialized view';
  readonly definition: string;
  readonly columns: readonly string[];
  readonly options: readonly string[];
  /** Materialised views: WITH DATA. */
  readonly populated: boolean;
}

export interface Sequence extends Described {
  readonly kind: 'sequence';
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cache: string;
  readonly cycle: boolean;
  /** Id of the column that owns it. */
  readonly ownedBy?: string;
}

export interface Routine extends Described {
  readonly kind: 'function';
  readonly type: 'function' | 'procedure' | 'aggregate' | 'window function';
  readonly language: string;
  readonly result: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly securityDefiner: boolean;
  /** Whole definition, normalised. */
  readonly definition: string;
  /** Text of the body as written: `pg_proc.prosrc`; empty for SQL-standard bodies. */
  readonly body: string;
  /** `search_path=…`, sorted. */
  readonly settings: readonly string[];
}

export interface Trigger extends Described {
  readonly kind: 'trigger';
  readonly table: string;
  readonly definition: string;
  readonly enabled: 'origin' | 'replica' | 'always' | 'disabled';
  /** Id of the function it calls. */
  readonly function: string;
}

export interface RewriteRule extends Described {
  readonly kind: 'rule';
  readonly table: string;
  readonly definition: string;
  readonly enabled: 'origin' | 'replica' | 'always' | 'disabled';
}

export interface Policy extends Described {
  readonly kind: 'policy';
  readonly table: string;
  readonly permissive: boolean;
  readonly command: string;
  readonly roles: readonly string[];
  readonly using?: string;
  readonly check?: string;
}

export interface EnumType extends Described {
  readonly kind: 'enum';
  readonly labels: readonly string[];
}

export interface DomainType extends Described {
  readonly kind: 'domain';
  readonly type: string;
  readonly notNull: boolean;
  readonly default?: string;
  readonly collation?: string;
  /** `name CHECK (…)`, sorted, with NOT VALID where it is. */
  readonly checks: readonly string[];
}

export interface CompositeType extends Described {
  readonly kind: 'composite type';
  /** `name type`, in order. */
  readonly attributes: readonly string[];
}

export interface RangeType extends Described {
  readonly kind: 'range type';
  readonly subtype: string;
  readonly definition: string;
}

export interface Extension extends Described {
  readonly kind: 'extension';
  /** Not compared: servers differ in what they bring. */
  readonly version: string;
}

export interface Publication extends Described {
  readonly kind: 'publication';
  readonly allTables: boolean;
  readonly actions: readonly string[];
  /** Ids of the tables and `schema x`, with column lists and filters. */
  readonly members: readonly string[];
}

/** Objects that are shown and compared whole: operators, casts, aggregates' kin, event triggers, statistics, collations, text search, default privileges. */
export interface OtherObject extends Described {
  readonly kind:
    | 'statistics'
    | 'event trigger'
    | 'collation'
    | 'cast'
    | 'operator'
    | 'text search configuration'
    | 'default privileges'
    | 'foreign server'
    | 'base type';
  readonly definition: string;
}

export type SchemaObject =
  | SchemaNamespace
  | Table
  | Column
  | Constraint
  | Index
  | View
  | Sequence
  | Routine
  | Trigger
  | RewriteRule
  | Policy
  | EnumType
  | DomainType
  | CompositeType
  | RangeType
  | Extension
  | Publication
  | OtherObject;

export type ObjectKind = SchemaObject['kind'];

/** The object kinds that carry fields of their own, by kind. */
export type ObjectOf<K extends ObjectKind> = Extract<SchemaObject, { kind: K }>;

/** One difference between two snapshots. */
export interface Change {
  readonly action: 'added' | 'removed' | 'changed' | 'renamed';
  readonly kind: ObjectKind;
  /** Id at the head; for removed objects at the base. */
  readonly id: string;
  /** Id at the base where it was renamed, or moved to another schema. A renamed object may have changed as well: see `details`. */
  readonly from?: string;
  readonly table?: string;
  /** What became different, property by property; empty for added and removed objects. */
  readonly details: readonly {
    readonly property: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

/** Objects of one kind, by id. */
export function objectsOf<K extends ObjectKind>(snapshot: Snapshot, kind: K): ReadonlyMap<string, ObjectOf<K>> {
  const found = new Map<string, ObjectOf<K>>();
  for (const object of snapshot.objects) if (object.kind === kind) found.set(object.id, object as ObjectOf<K>);
  return found;
}

// docs/report.schema.json
var report_schema_default = {
	$schema: "http://json-schema.org/draft-07/schema#",
	$ref: "#/definitions/CheckReport",
	definitions: {
		"CheckReport": {
			"type": "object",
			"properties": {
				"version": {
					"type": "number",
					"const": 1,
					"description": "Version of this format; raised when a field changes meaning or goes."
				},
				"command": {
					"type": "string",
					"const": "check"
				},
				"outcome": {
					"type": "string",
					"enum": ["passed", "failed"],
					"description": "`failed` when a finding that is not waived reaches `failOn`."
				},
				"failOn": { "$ref": "#/definitions/FailOn" },
				"lockkeeper": {
					"type": "string",
					"description": "Lockkeeper's own version."
				},
				"startedAt": {
					"type": "string",
					"description": "ISO 8601, UTC."
				},
				"milliseconds": { "type": "number" },
				"folder": {
					"type": "string",
					"description": "The checked folder relative to the repository's top, with `/`; all paths here start there. Absent for the top itself."
				},
				"tool": {
					"type": "object",
					"properties": {
						"name": { "type": "string" },
						"title": { "type": "string" },
						"folders": {
							"type": "array",
							"items": { "type": "string" }
						}
					},
					"required": [
						"name",
						"title",
						"folders"
					]
				},
				"base": {
					"type": "object",
					"properties": {
						"ref": { "type": "string" },
						"commit": { "type": "string" },
						"appliedThrough": { "type": "string" }
					},
					"description": "What counts as applied: a commit, or a migration's id (`none`: nothing is)."
				},
				"head": {
					"type": "string",
					"description": "The commit that was checked out, where there is one."
				},
				"server": {
					"type": "object",
					"properties": {
						"kind": { "$ref": "#/definitions/ServerKind" },
						"version": { "type": "string" }
					},
					"required": ["kind", "version"],
					"description": "Absent when nothing was pending, as then none is started."
				},
				"migrations": {
					"type": "object",
					"properties": {
						"base": {
							"type": "number",
							"description": "How many make up the base schema."
						},
						"pending": {
							"type": "array",
							"items": { "$ref": "#/definitions/PendingMigration" }
						}
					},
					"required": ["base", "pending"]
				},
				"findings": {
					"type": "array",
					"items": { "$ref": "#/definitions/Finding" },
					"description": "Most severe first, then in the order of statements."
				},
				"observations": {
					"type": "array",
					"items": { "$ref": "#/definitions/Observation" },
					"description": "One for every pending statement that was run, in order."
				},
				"changes": {
					"type": "array",
					"items": { "$ref": "#/definitions/Change" }
				},
				"touched": {
					"type": "object",
					"properties": {
						"before": {
							"type": "array",
							"items": { "$ref": "#/definitions/SchemaObject" }
						},
						"after": {
							"type": "array",
							"items": { "$ref": "#/definitions/SchemaObject" }
						}
					},
					"required": ["before", "after"],
					"description": "Touched tables with their columns and constraints, before and after, and what they refer to: enough to draw them."
				},
				"fingerprints": {
					"type": "object",
					"properties": {
						"before": { "type": "string" },
						"after": { "type": "string" }
					},
					"required": ["before", "after"],
					"description": "Fingerprints of the schema before and after the pending migrations."
				},
				"coverage": { "$ref": "#/definitions/Coverage" }
			},
			"required": [
				"version",
				"command",
				"outcome",
				"failOn",
				"lockkeeper",
				"startedAt",
				"milliseconds",
				"tool",
				"base",
				"migrations",
				"findings",
				"observations",
				"changes",
				"touched",
				"coverage"
			],
			"description": "What `check` found out. Every presentation is a pure function of it; the JSON report is this, as it stands."
		},
		"FailOn": {
			"anyOf": [{ "$ref": "#/definitions/Severity" }, {
				"type": "string",
				"const": "never"
			}],
			"description": "The setting `fail-on`: the least severity that fails the check."
		},
		"Severity": {
			"type": "string",
			"enum": [
				"notice",
				"warning",
				"error"
			]
		},
		"ServerKind": {
			"type": "string",
			"enum": [
				"existing",
				"binaries",
				"docker",
				"embedded"
			]
		},
		"PendingMigration": {
			"type": "object",
			"properties": {
				"id": { "type": "string" },
				"path": { "type": "string" },
				"statements": { "type": "number" },
				"status": {
					"type": "string",
					"enum": [
						"applied",
						"failed",
						"not run"
					],
					"description": "`failed`: a statement ended in an error. `not run`: an earlier migration failed."
				}
			},
			"required": [
				"id",
				"path",
				"statements",
				"status"
			]
		},
		"Finding": {
			"type": "object",
			"properties": {
				"rule": {
					"type": "string",
					"description": "The rule's id, in kebab case."
				},
				"severity": { "$ref": "#/definitions/Severity" },
				"status": {
					"type": "string",
					"enum": ["open", "waived"]
				},
				"migration": {
					"type": "string",
					"description": "Absent for findings about the folder."
				},
				"path": {
					"type": "string",
					"description": "Relative to the repository, with `/`."
				},
				"line": { "type": "number" },
				"message": {
					"type": "string",
					"description": "One or two sentences, plain text, with the names that the user wrote."
				},
				"instead": {
					"$ref": "#/definitions/Instead",
					"description": "What to write instead: SQL, or a sentence where no SQL does it."
				},
				"relations": {
					"type": "array",
					"items": { "type": "string" },
					"description": "Tables that are blocked or changed, schema-qualified."
				},
				"blocking": {
					"$ref": "#/definitions/Blocking",
					"description": "What keeps others waiting, and while what is done. Absent when nobody waits."
				},
				"waiver": {
					"type": "object",
					"properties": {
						"reason": { "type": "string" },
						"until": { "type": "string" },
						"line": { "type": "number" }
					},
					"required": ["reason", "line"]
				}
			},
			"required": [
				"rule",
				"severity",
				"status",
				"path",
				"line",
				"message",
				"relations"
			],
			"description": "A problem with its rule, place, severity and what became of it."
		},
		"Instead": {
			"type": "object",
			"properties": {
				"text": { "type": "string" },
				"migrations": {
					"type": "array",
					"items": {
						"type": "object",
						"properties": {
							"sql": { "type": "string" },
							"outsideTransaction": { "type": "boolean" }
						},
						"required": ["sql", "outsideTransaction"]
					},
					"description": "Complete statements; each element belongs into a migration (file) of its own."
				}
			}
		},
		"Blocking": {
			"type": "object",
			"properties": {
				"what": {
					"type": "string",
					"enum": [
						"reads and writes",
						"writes",
						"schema changes"
					]
				},
				"during": {
					"type": "string",
					"enum": [
						"moment",
						"scan",
						"index build",
						"rewrite",
						"transaction"
					],
					"description": "`moment`: the catalog is changed. Others grow with the table."
				}
			},
			"required": ["what", "during"],
			"description": "Whom a statement keeps waiting and for how long, in kind: the length depends on the target's size."
		},
		"Observation": {
			"type": "object",
			"properties": {
				"migration": { "type": "string" },
				"path": { "type": "string" },
				"line": { "type": "number" },
				"sql": { "type": "string" },
				"milliseconds": {
					"type": "number",
					"description": "Time until PostgreSQL answered, on nearly empty tables: no measure of production."
				},
				"transaction": {
					"type": ["number", "null"],
					"description": "Number of the transaction it ran in, from 1 through the whole check; null when it ran outside a transaction block."
				},
				"locks": {
					"type": "array",
					"items": { "$ref": "#/definitions/Lock" },
					"description": "Locks the statement added or strengthened, on relations that existed before the migration, sorted."
				},
				"held": {
					"type": "array",
					"items": { "$ref": "#/definitions/Lock" },
					"description": "Locks that earlier statements of the same transaction still hold, sorted."
				},
				"rewritten": {
					"type": "array",
					"items": { "type": "string" },
					"description": "Relations that existed before the migration and still do, whose storage was replaced."
				},
				"scanned": {
					"type": "array",
					"items": { "type": "string" },
					"description": "Tables whose `seq_scan` in `pg_stat_xact_user_tables` rose."
				},
				"error": { "$ref": "#/definitions/SqlFault" },
				"errorOnRows": {
					"$ref": "#/definitions/SqlFault",
					"description": "How it failed on rows that were made up for the check; everything else here is then seen on empty tables."
				},
				"unobserved": {
					"type": "string",
					"description": "Why locks, rewrites or scans are not all known, in one sentence. Absent when everything was observed."
				}
			},
			"required": [
				"migration",
				"path",
				"line",
				"sql",
				"milliseconds",
				"transaction",
				"locks",
				"held",
				"rewritten",
				"scanned"
			],
			"description": "What one statement did when it ran."
		},
		"Lock": {
			"type": "object",
			"properties": {
				"relation": {
					"type": "string",
					"description": "Schema-qualified name the relation had before the migration."
				},
				"mode": { "$ref": "#/definitions/LockMode" },
				"kind": { "$ref": "#/definitions/RelationKind" },
				"table": {
					"type": "string",
					"description": "For an index: the table it belongs to."
				},
				"atBase": {
					"type": "boolean",
					"description": "False for relations that an earlier migration of the same pull request created: nobody uses them yet."
				}
			},
			"required": [
				"relation",
				"mode",
				"kind",
				"atBase"
			],
			"description": "One lock on a relation that existed before the migration."
		},
		"LockMode": {
			"type": "string",
			"enum": [
				"AccessShareLock",
				"RowShareLock",
				"RowExclusiveLock",
				"ShareUpdateExclusiveLock",
				"ShareLock",
				"ShareRowExclusiveLock",
				"ExclusiveLock",
				"AccessExclusiveLock"
			]
		},
		"RelationKind": {
			"type": "string",
			"enum": [
				"table",
				"partitioned table",
				"index",
				"partitioned index",
				"view",
				"materialized view",
				"sequence",
				"foreign table",
				"composite type"
			]
		},
		"SqlFault": {
			"type": "object",
			"properties": {
				"sqlstate": { "type": "string" },
				"message": { "type": "string" },
				"detail": { "type": "string" },
				"hint": { "type": "string" },
				"context": {
					"type": "string",
					"description": "PL/pgSQL or SQL call stack at the error."
				},
				"line": {
					"type": "number",
					"description": "Line of the file, from 1, where PostgreSQL points to; the statement's first line when it points nowhere."
				}
			},
			"required": [
				"sqlstate",
				"message",
				"line"
			],
			"description": "PostgreSQL's own error report."
		},
		"Change": {
			"type": "object",
			"properties": {
				"action": {
					"type": "string",
					"enum": [
						"added",
						"removed",
						"changed",
						"renamed"
					]
				},
				"kind": { "$ref": "#/definitions/ObjectKind" },
				"id": {
					"type": "string",
					"description": "Id at the head; for removed objects at the base."
				},
				"from": {
					"type": "string",
					"description": "Id at the base where it was renamed, or moved to another schema. A renamed object may have changed as well: see `details`."
				},
				"table": { "type": "string" },
				"details": {
					"type": "array",
					"items": {
						"type": "object",
						"properties": {
							"property": { "type": "string" },
							"before": { "type": ["string", "null"] },
							"after": { "type": ["string", "null"] }
						},
						"required": [
							"property",
							"before",
							"after"
						]
					},
					"description": "What became different, property by property; empty for added and removed objects."
				}
			},
			"required": [
				"action",
				"kind",
				"id",
				"details"
			],
			"description": "One difference between two snapshots."
		},
		"ObjectKind": {
			"type": "string",
			"enum": [
				"schema",
				"table",
				"column",
				"constraint",
				"index",
				"view",
				"sequence",
				"function",
				"trigger",
				"rule",
				"policy",
				"enum",
				"domain",
				"composite type",
				"range type",
				"extension",
				"publication",
				"statistics",
				"event trigger",
				"collation",
				"cast",
				"operator",
				"text search configuration",
				"default privileges",
				"foreign server",
				"base type"
			]
		},
		"SchemaObject": { "anyOf": [
			{ "$ref": "#/definitions/SchemaNamespace" },
			{ "$ref": "#/definitions/Table" },
			{ "$ref": "#/definitions/Column" },
			{ "$ref": "#/definitions/Constraint" },
			{ "$ref": "#/definitions/Index" },
			{ "$ref": "#/definitions/View" },
			{ "$ref": "#/definitions/Sequence" },
			{ "$ref": "#/definitions/Routine" },
			{ "$ref": "#/definitions/Trigger" },
			{ "$ref": "#/definitions/RewriteRule" },
			{ "$ref": "#/definitions/Policy" },
			{ "$ref": "#/definitions/EnumType" },
			{ "$ref": "#/definitions/DomainType" },
			{ "$ref": "#/definitions/CompositeType" },
			{ "$ref": "#/definitions/RangeType" },
			{ "$ref": "#/definitions/Extension" },
			{ "$ref": "#/definitions/Publication" },
			{ "$ref": "#/definitions/OtherObject" }
		] },
		"SchemaNamespace": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "schema"
				}
			},
			"required": [
				"id",
				"kind",
				"name",
				"oid",
				"schema"
			]
		},
		"Table": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "table"
				},
				"type": {
					"type": "string",
					"enum": [
						"table",
						"partitioned table",
						"foreign table"
					]
				},
				"persistence": {
					"type": "string",
					"enum": [
						"permanent",
						"unlogged",
						"temporary"
					]
				},
				"partitionKey": {
					"type": "string",
					"description": "`RANGE (created_at)` of a partitioned table."
				},
				"partitionBound": {
					"type": "string",
					"description": "`FOR VALUES …` or `DEFAULT` of a partition."
				},
				"parents": {
					"type": "array",
					"items": { "type": "string" },
					"description": "Ids of the tables it inherits from or is a partition of."
				},
				"partition": {
					"type": "boolean",
					"description": "Is attached as a partition of its only parent."
				},
				"rowSecurity": {
					"type": "string",
					"enum": [
						"off",
						"enabled",
						"forced"
					]
				},
				"replicaIdentity": { "type": "string" },
				"accessMethod": { "type": "string" },
				"tablespace": { "type": "string" },
				"options": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`fillfactor=70`, sorted."
				}
			},
			"required": [
				"id",
				"kind",
				"name",
				"oid",
				"options",
				"parents",
				"partition",
				"persistence",
				"replicaIdentity",
				"rowSecurity",
				"schema",
				"type"
			]
		},
		"Column": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "column"
				},
				"position": {
					"type": "number",
					"description": "Order among the live columns, from 1; not compared, as it differs after a drop."
				},
				"type": {
					"type": "string",
					"description": "As `format_type` writes it, schema-qualified where needed: `character varying(20)`."
				},
				"notNull": { "type": "boolean" },
				"notNullUnvalidated": {
					"type": "boolean",
					"description": "PostgreSQL 18: the NOT NULL constraint is NOT VALID."
				},
				"default": { "type": "string" },
				"identity": {
					"type": "string",
					"enum": ["always", "by default"]
				},
				"generated": {
					"type": "object",
					"properties": {
						"kind": {
							"type": "string",
							"enum": ["stored", "virtual"]
						},
						"expression": { "type": "string" }
					},
					"required": ["kind", "expression"]
				},
				"collation": {
					"type": "string",
					"description": "Only where it is not the type's own."
				},
				"storage": { "type": "string" },
				"compression": { "type": "string" },
				"statistics": { "type": "number" },
				"options": {
					"type": "array",
					"items": { "type": "string" }
				},
				"inherited": {
					"type": "boolean",
					"description": "Inherited from a parent and not declared by itself."
				}
			},
			"required": [
				"id",
				"inherited",
				"kind",
				"name",
				"notNull",
				"oid",
				"position",
				"schema",
				"table",
				"type"
			]
		},
		"Constraint": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "constraint"
				},
				"type": {
					"type": "string",
					"enum": [
						"check",
						"foreign key",
						"primary key",
						"unique",
						"exclusion",
						"trigger"
					],
					"description": "NOT NULL constraints of PostgreSQL 18 are columns' `notNull`, not constraints."
				},
				"definition": {
					"type": "string",
					"description": "As `pg_get_constraintdef` writes it, without NOT VALID and NOT ENFORCED."
				},
				"columns": {
					"type": "array",
					"items": { "type": "string" }
				},
				"validated": { "type": "boolean" },
				"enforced": {
					"type": "boolean",
					"description": "PostgreSQL 18; true before."
				},
				"deferrable": { "type": "boolean" },
				"deferred": { "type": "boolean" },
				"references": {
					"type": "object",
					"properties": {
						"table": { "type": "string" },
						"columns": {
							"type": "array",
							"items": { "type": "string" }
						},
						"onDelete": { "type": "string" },
						"onUpdate": { "type": "string" }
					},
					"required": [
						"table",
						"columns",
						"onDelete",
						"onUpdate"
					],
					"description": "Foreign keys."
				},
				"index": {
					"type": "string",
					"description": "Id of the index that holds it up."
				},
				"inherited": { "type": "boolean" }
			},
			"required": [
				"columns",
				"deferrable",
				"deferred",
				"definition",
				"enforced",
				"id",
				"inherited",
				"kind",
				"name",
				"oid",
				"schema",
				"table",
				"type",
				"validated"
			]
		},
		"Index": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "index"
				},
				"definition": {
					"type": "string",
					"description": "As `pg_get_indexdef` writes it."
				},
				"method": { "type": "string" },
				"columns": {
					"type": "array",
					"items": { "type": "string" },
					"description": "Key columns or expressions in order, then included columns."
				},
				"included": {
					"type": "array",
					"items": { "type": "string" }
				},
				"unique": { "type": "boolean" },
				"primary": { "type": "boolean" },
				"predicate": { "type": "string" },
				"valid": {
					"type": "boolean",
					"description": "False after a failed CONCURRENTLY."
				},
				"constraint": {
					"type": "string",
					"description": "Id of the constraint it belongs to."
				},
				"parent": {
					"type": "string",
					"description": "Id of the partitioned index it is attached to."
				}
			},
			"required": [
				"columns",
				"definition",
				"id",
				"included",
				"kind",
				"method",
				"name",
				"oid",
				"primary",
				"schema",
				"table",
				"unique",
				"valid"
			]
		},
		"View": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "view"
				},
				"type": {
					"type": "string",
					"enum": ["view", "materialized view"]
				},
				"definition": { "type": "string" },
				"columns": {
					"type": "array",
					"items": { "type": "string" }
				},
				"options": {
					"type": "array",
					"items": { "type": "string" }
				},
				"populated": {
					"type": "boolean",
					"description": "Materialised views: WITH DATA."
				}
			},
			"required": [
				"columns",
				"definition",
				"id",
				"kind",
				"name",
				"oid",
				"options",
				"populated",
				"schema",
				"type"
			]
		},
		"Sequence": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "sequence"
				},
				"type": { "type": "string" },
				"start": { "type": "string" },
				"increment": { "type": "string" },
				"minimum": { "type": "string" },
				"maximum": { "type": "string" },
				"cache": { "type": "string" },
				"cycle": { "type": "boolean" },
				"ownedBy": {
					"type": "string",
					"description": "Id of the column that owns it."
				}
			},
			"required": [
				"cache",
				"cycle",
				"id",
				"increment",
				"kind",
				"maximum",
				"minimum",
				"name",
				"oid",
				"schema",
				"start",
				"type"
			]
		},
		"Routine": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "function"
				},
				"type": {
					"type": "string",
					"enum": [
						"function",
						"procedure",
						"aggregate",
						"window function"
					]
				},
				"language": { "type": "string" },
				"result": { "type": "string" },
				"volatility": {
					"type": "string",
					"enum": [
						"immutable",
						"stable",
						"volatile"
					]
				},
				"securityDefiner": { "type": "boolean" },
				"definition": {
					"type": "string",
					"description": "Whole definition, normalised."
				},
				"body": {
					"type": "string",
					"description": "Text of the body as written: `pg_proc.prosrc`; empty for SQL-standard bodies."
				},
				"settings": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`search_path=…`, sorted."
				}
			},
			"required": [
				"body",
				"definition",
				"id",
				"kind",
				"language",
				"name",
				"oid",
				"result",
				"schema",
				"securityDefiner",
				"settings",
				"type",
				"volatility"
			]
		},
		"Trigger": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "trigger"
				},
				"definition": { "type": "string" },
				"enabled": {
					"type": "string",
					"enum": [
						"origin",
						"replica",
						"always",
						"disabled"
					]
				},
				"function": {
					"type": "string",
					"description": "Id of the function it calls."
				}
			},
			"required": [
				"definition",
				"enabled",
				"function",
				"id",
				"kind",
				"name",
				"oid",
				"schema",
				"table"
			]
		},
		"RewriteRule": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "rule"
				},
				"definition": { "type": "string" },
				"enabled": {
					"type": "string",
					"enum": [
						"origin",
						"replica",
						"always",
						"disabled"
					]
				}
			},
			"required": [
				"definition",
				"enabled",
				"id",
				"kind",
				"name",
				"oid",
				"schema",
				"table"
			]
		},
		"Policy": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "policy"
				},
				"permissive": { "type": "boolean" },
				"command": { "type": "string" },
				"roles": {
					"type": "array",
					"items": { "type": "string" }
				},
				"using": { "type": "string" },
				"check": { "type": "string" }
			},
			"required": [
				"command",
				"id",
				"kind",
				"name",
				"oid",
				"permissive",
				"roles",
				"schema",
				"table"
			]
		},
		"EnumType": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "enum"
				},
				"labels": {
					"type": "array",
					"items": { "type": "string" }
				}
			},
			"required": [
				"id",
				"kind",
				"labels",
				"name",
				"oid",
				"schema"
			]
		},
		"DomainType": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "domain"
				},
				"type": { "type": "string" },
				"notNull": { "type": "boolean" },
				"default": { "type": "string" },
				"collation": { "type": "string" },
				"checks": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`name CHECK (…)`, sorted, with NOT VALID where it is."
				}
			},
			"required": [
				"checks",
				"id",
				"kind",
				"name",
				"notNull",
				"oid",
				"schema",
				"type"
			]
		},
		"CompositeType": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "composite type"
				},
				"attributes": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`name type`, in order."
				}
			},
			"required": [
				"attributes",
				"id",
				"kind",
				"name",
				"oid",
				"schema"
			]
		},
		"RangeType": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "range type"
				},
				"subtype": { "type": "string" },
				"definition": { "type": "string" }
			},
			"required": [
				"definition",
				"id",
				"kind",
				"name",
				"oid",
				"schema",
				"subtype"
			]
		},
		"Extension": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "extension"
				},
				"version": {
					"type": "string",
					"description": "Not compared: servers differ in what they bring."
				}
			},
			"required": [
				"id",
				"kind",
				"name",
				"oid",
				"schema",
				"version"
			]
		},
		"Publication": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"const": "publication"
				},
				"allTables": { "type": "boolean" },
				"actions": {
					"type": "array",
					"items": { "type": "string" }
				},
				"members": {
					"type": "array",
					"items": { "type": "string" },
					"description": "Ids of the tables and `schema x`, with column lists and filters."
				}
			},
			"required": [
				"actions",
				"allTables",
				"id",
				"kind",
				"members",
				"name",
				"oid",
				"schema"
			]
		},
		"OtherObject": {
			"type": "object",
			"properties": {
				"id": {
					"type": "string",
					"description": "Unique among objects of its kind: `public.orders`, `public.orders.email`, `public.total(integer, text)`."
				},
				"schema": {
					"type": "string",
					"description": "Schema it lies in; for an object of a table, that table's. Empty for objects outside schemas."
				},
				"name": { "type": "string" },
				"table": {
					"type": "string",
					"description": "For columns, constraints, indexes, triggers, rules, policies: the id of their table or view."
				},
				"oid": {
					"type": "number",
					"description": "Of the catalog row; never part of fingerprint or comparison. Columns have their table's."
				},
				"comment": { "type": "string" },
				"owner": {
					"type": "string",
					"description": "Role, or absent where it is the role that ran the migrations."
				},
				"grants": {
					"type": "array",
					"items": { "type": "string" },
					"description": "`grantee: privilege, …` other than the defaults, sorted."
				},
				"kind": {
					"type": "string",
					"enum": [
						"statistics",
						"event trigger",
						"collation",
						"cast",
						"operator",
						"text search configuration",
						"default privileges",
						"foreign server",
						"base type"
					]
				},
				"definition": { "type": "string" }
			},
			"required": [
				"definition",
				"id",
				"kind",
				"name",
				"oid",
				"schema"
			],
			"description": "Objects that are shown and compared whole: operators, casts, aggregates' kin, event triggers, statistics, collations, text search, default privileges."
		},
		"Coverage": {
			"type": "object",
			"properties": {
				"statements": {
					"type": "object",
					"properties": {
						"total": { "type": "number" },
						"run": { "type": "number" },
						"observed": { "type": "number" }
					},
					"required": [
						"total",
						"run",
						"observed"
					]
				},
				"seeded": {
					"type": "object",
					"properties": {
						"tables": { "type": "number" },
						"rows": { "type": "number" },
						"skipped": {
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"table": { "type": "string" },
									"reason": { "type": "string" }
								},
								"required": ["table", "reason"]
							}
						}
					},
					"required": [
						"tables",
						"rows",
						"skipped"
					]
				},
				"notes": {
					"type": "array",
					"items": { "type": "string" },
					"description": "Whole sentences about what was not covered: files passed over, statements that were not run."
				}
			},
			"required": [
				"statements",
				"seeded",
				"notes"
			],
			"description": "What the verdict rests on, and what it does not cover."
		}
	}
};

export { report_schema_default as default };
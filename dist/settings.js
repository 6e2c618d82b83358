import { n as severities } from "./finding.js";
import { n as serverNames } from "./servers.js";
import { n as toolNames } from "./tools.js";

// src/settings/backing-up.ts
/** A backup is also taken before a database is restored over or migrated. */
const taking = [
	"backup",
	"restore",
	"migrate"
];
const onTargets = [
	...taking,
	"plan",
	"history"
];
/** What is backed up, and how. */
const backingUp = {
	url: {
		type: "secret",
		placeholder: "URL",
		help: "Connection URL of the target; also DATABASE_URL, or PG…, POSTGRES_… or DB_… parts.",
		commands: onTargets
	},
	"url-file": {
		type: "text",
		placeholder: "FILE",
		help: "File that holds the URL of the target.",
		commands: onTargets
	},
	databases: {
		type: "list",
		placeholder: "NAME",
		help: "Databases of that server to back up instead of the one in the URL: names, patterns (`shop_*`, `*`), `!` before what is left out.",
		commands: ["backup"]
	},
	format: {
		type: "choice",
		values: [
			"custom",
			"plain",
			"directory"
		],
		default: "custom",
		placeholder: "FORMAT",
		help: "What pg_dump writes: its custom format, SQL, or a directory, over several connections and with room for it in TMPDIR.",
		commands: taking
	},
	compression: {
		type: "choice",
		values: [
			"zstd",
			"gzip",
			"none"
		],
		default: "zstd",
		placeholder: "WAY",
		help: "How the dump is compressed, on several threads.",
		commands: taking
	},
	"encrypt-to": {
		type: "list",
		placeholder: "RECIPIENT",
		help: "age recipients (`age1…`) that alone can read the backup; their secret keys are not needed here.",
		commands: taking
	},
	"row-counts": {
		type: "choice",
		values: [
			"exact",
			"estimated",
			"off"
		],
		default: "exact",
		placeholder: "WAY",
		help: "How the rows are counted that a drill compares; counting exactly reads every table once more.",
		commands: taking
	},
	key: {
		type: "text",
		default: "postgres/{database}/backup_{timestamp}",
		placeholder: "TEMPLATE",
		help: "What backups are called in the store, without ending.",
		commands: taking
	},
	reason: {
		type: "text",
		placeholder: "TEXT",
		help: "What the backup is taken for; `before migration 0042` is found as `before:0042`. Of `migrate`: why `allow` is set; printed and recorded.",
		commands: ["backup", "migrate"]
	},
	jobs: {
		type: "number",
		range: [1, 64],
		whole: true,
		placeholder: "N",
		help: "Connections that dump a directory, or restore, at once; as many as there are CPUs, up to 8, where absent.",
		commands: [
			...taking,
			"verify",
			"check"
		]
	},
	"pg-bin": {
		type: "text",
		placeholder: "FOLDER",
		help: "Folder with pg_dump, pg_restore and psql, where those that are installed do not fit.",
		commands: [
			...taking,
			"verify",
			"check"
		]
	},
	"ping-url": {
		type: "secret",
		placeholder: "URL",
		help: "Asked for when the command has done its work; when it failed, with `/fail` behind it.",
		commands: [
			"backup",
			"backups",
			"verify",
			"prune",
			"migrate"
		]
	}
};

// src/settings/checking.ts
const onMigrations = [
	"check",
	"plan",
	"migrate"
];
/** What is checked, and how it is judged. */
const checking = {
	tool: {
		type: "choice",
		values: ["auto", ...toolNames],
		default: "auto",
		placeholder: "NAME",
		help: "Migration tool; `auto` tells it from the files.",
		commands: [
			...onMigrations,
			"tools",
			"init"
		]
	},
	migrations: {
		type: "list",
		placeholder: "FOLDER",
		help: "Folders of migrations, relative to the repository; found by itself where there is one.",
		commands: [
			...onMigrations,
			"tools",
			"init"
		]
	},
	base: {
		type: "text",
		placeholder: "REF",
		help: "Git ref that the migrations are compared with; what the merge base has counts as applied. In the Action: the pull request’s base.",
		commands: ["check"]
	},
	"applied-through": {
		type: "text",
		placeholder: "ID",
		help: "The last applied migration, by version or file name without extension, or `none`: instead of `base`; for a target whose tool has no table yet, once.",
		commands: [...onMigrations]
	},
	server: {
		type: "choice",
		values: serverNames,
		default: "auto",
		placeholder: "WAY",
		help: "How to get a PostgreSQL to rehearse or restore on.",
		commands: [...onMigrations, "verify"]
	},
	"server-url": {
		type: "secret",
		placeholder: "URL",
		help: "Connection URL for `existing`. Lockkeeper works there in databases of its own and drops them.",
		commands: [...onMigrations, "verify"]
	},
	postgres: {
		type: "number",
		range: [12, 18],
		whole: true,
		placeholder: "MAJOR",
		help: "PostgreSQL major of the target, 12 to 18; should be what production runs.",
		commands: ["check", "init"]
	},
	"fail-on": {
		type: "choice",
		values: [...severities.toReversed(), "never"],
		default: "error",
		placeholder: "SEVERITY",
		help: "Least severity of a finding that fails the check.",
		commands: onMigrations
	},
	protected: {
		type: "list",
		placeholder: "GLOB",
		help: "Tables that no migration may drop, truncate, rename or take columns from: `orders`, `billing.*`.",
		commands: onMigrations
	},
	"search-path": {
		type: "list",
		placeholder: "SCHEMA",
		help: "Schemas in which the migrations’ names without a schema lie, where it is not `public`; `plan` and `migrate` ask the target instead.",
		commands: ["check"]
	},
	"seed-rows": {
		type: "number",
		range: [0, 1e3],
		whole: true,
		default: "3",
		placeholder: "N",
		help: "Rows that every table gets before the pending migrations run.",
		commands: onMigrations
	},
	"rehearse-on": {
		type: "text",
		placeholder: "WHICH",
		help: "Also applies what is pending to this backup of `store`, restored for it: `latest`, or as `backup` names one. No row or value of it is told.",
		commands: ["check"]
	},
	"statement-limit": {
		type: "number",
		range: [.1, 86400],
		default: "60",
		placeholder: "SECONDS",
		help: "Seconds that a statement may run in the rehearsal before it is cancelled.",
		commands: onMigrations
	}
};

// src/settings/keeping.ts
function newest(help) {
	return {
		type: "number",
		range: [0, 1e5],
		whole: true,
		default: "0",
		placeholder: "N",
		help,
		commands: ["prune"]
	};
}
/** Which backups stay, and how fresh they are to be. */
const keeping = {
	"keep-last": newest("Keeps the newest N backups of each database."),
	"keep-daily": newest("Keeps the newest backup of each of the last N days that have one (UTC)."),
	"keep-weekly": newest("The same for weeks (ISO 8601)."),
	"keep-monthly": newest("The same for months."),
	"keep-yearly": newest("The same for years."),
	"keep-verified": newest("Keeps the newest N that a drill has proved, whatever else says; one in any case."),
	"min-age": {
		type: "duration",
		default: "1d",
		placeholder: "AGE",
		help: "Nothing younger is removed: `36h`, `7d`.",
		commands: ["prune"]
	},
	"max-age": {
		type: "duration",
		placeholder: "AGE",
		help: "Exit code 1 when the newest backup that a drill has proved is older: `26h`, `7d`.",
		commands: ["backups"]
	},
	sweep: {
		type: "switch",
		placeholder: "",
		help: "Also removes what runs that were cut off have left more than a day ago.",
		commands: ["prune"]
	}
};

// src/settings/migrating.ts
const both = ["plan", "migrate"];
/** What is applied to a target, and under which conditions. */
const migrating = {
	target: {
		type: "text",
		placeholder: "ID",
		help: "The last migration to apply, by version or file name without extension; all that are pending where absent.",
		commands: both
	},
	sql: {
		type: "switch",
		placeholder: "",
		help: "Prints the SQL of what is pending, in the transactions it would be run in, to standard output.",
		commands: both
	},
	waves: {
		type: "list",
		placeholder: "NAMES",
		help: "Several targets, in the order of their turn: an entry is a wave of names, as `eu us`; the first is the canary.",
		commands: ["plan"]
	},
	matrix: {
		type: "switch",
		placeholder: "",
		help: "Plans every target of `waves`, each at the URL in its variable (`EU_URL`), for a matrix of jobs.",
		eachRun: true,
		commands: ["plan"]
	},
	out: {
		type: "text",
		placeholder: "FILE",
		help: "Writes the plan there, for `migrate --plan`.",
		commands: ["plan"]
	},
	"migrations-table": {
		type: "text",
		placeholder: "NAME",
		help: "The table in which the migration tool keeps what it has applied, where that is not its default: `versions`, `ops.versions`, as in SQL. Otherwise what `x-migrations-table` of the URL (golang-migrate) or GOOSE_TABLE says.",
		commands: [
			"check",
			...both,
			"history"
		]
	},
	allow: {
		type: "list",
		placeholder: "RULE",
		help: "Rules whose findings, and gates, are accepted for this run; printed and recorded. Not from lockkeeper.yml.",
		eachRun: true,
		commands: both
	},
	plan: {
		type: "text",
		placeholder: "FILE",
		help: "The plan that was approved: anything that has changed since stops the run before it begins.",
		commands: ["migrate"]
	},
	digest: {
		type: "text",
		placeholder: "HEX",
		help: "The digest of the plan that was approved, instead of `plan`; what was accepted then goes into `allow`.",
		eachRun: true,
		commands: ["migrate"]
	},
	rehearse: {
		type: "choice",
		values: [
			"auto",
			"always",
			"never"
		],
		default: "auto",
		placeholder: "WHEN",
		help: "Whether what is pending is first applied to the restored backup; `auto`: up to 10 GB.",
		commands: ["migrate"]
	},
	"on-failure": {
		type: "choice",
		values: [
			"stop",
			"down",
			"restore-to-new"
		],
		default: "stop",
		placeholder: "WHAT",
		help: "What is done when it fails on the target: nothing; the down migration, where nothing is lost by it; or the backup restored into a new database beside.",
		commands: ["migrate"]
	},
	"tool-bin": {
		type: "text",
		placeholder: "PATH",
		help: "The migration tool’s own program (`goose`, `migrate`), or its folder: it is asked afterwards whether anything is pending. The one on the PATH where absent.",
		commands: ["migrate"]
	},
	"lock-timeout": {
		type: "duration",
		default: "2s",
		placeholder: "TIME",
		help: "The longest that a statement waits for a lock at a time, as others wait behind it; it starts with a quarter.",
		commands: ["migrate"]
	},
	"lock-wait": {
		type: "duration",
		default: "10m",
		placeholder: "TIME",
		help: "For how long a statement that gets no lock is tried again.",
		commands: ["migrate"]
	},
	"lock-queue": {
		type: "duration",
		default: "10m",
		placeholder: "TIME",
		help: "For how long it is waited for others that migrate the same target.",
		commands: ["migrate"]
	},
	"statement-timeout": {
		type: "duration",
		default: "5m",
		placeholder: "TIME",
		help: "How long a statement may run on the target; building and validating may take as long as it takes.",
		commands: ["migrate"]
	},
	"drift-ignore": {
		type: "list",
		placeholder: "GLOB",
		help: "Objects of the target that no migration makes: `audit.*`, `public.tmp_*`, `cron`.",
		commands: both
	},
	window: {
		type: "list",
		placeholder: "TIMES",
		help: "When a target may be migrated: `Mon-Fri 22:00-05:00 Europe/Zurich`; always where absent.",
		commands: both
	},
	"max-transaction-age": {
		type: "duration",
		default: "5m",
		placeholder: "TIME",
		help: "Older open transactions on the target stop the run before it begins.",
		commands: both
	},
	"max-replica-lag": {
		type: "duration",
		default: "30s",
		placeholder: "TIME",
		help: "Replicas that are further behind stop the run before it begins.",
		commands: both
	}
};

// src/settings/one-run.ts
/** What belongs to one run. */
const oneRun = {
	yes: {
		type: "switch",
		placeholder: "",
		help: "Asks nothing and takes what it would propose.",
		commands: ["init"]
	},
	"dry-run": {
		type: "switch",
		placeholder: "",
		help: "Shows what would be written, removed or applied, and does nothing.",
		commands: [
			"init",
			"prune",
			"migrate"
		]
	},
	force: {
		type: "switch",
		placeholder: "",
		help: "Changes files that are there without asking.",
		commands: ["init"]
	},
	forks: {
		type: "switch",
		placeholder: "",
		help: "Also writes the workflow that comments on pull requests from forks.",
		commands: ["init"]
	}
};

// src/settings/stores.ts
/** Commands that work on a store. */
const onStores = [
	"backup",
	"backups",
	"verify",
	"restore",
	"prune",
	"migrate"
];
/** A check may read one. */
const readers = [...onStores, "check"];
/** Where backups live. What is not set of S3 comes from AWS's usual variables and files. */
const stores = {
	store: {
		type: "text",
		placeholder: "PLACE",
		help: "Where backups live: `s3://bucket/prefix`, or a folder that is there.",
		commands: readers
	},
	"s3-region": {
		type: "text",
		placeholder: "REGION",
		help: "Region of the bucket.",
		commands: readers
	},
	"s3-endpoint": {
		type: "text",
		placeholder: "URL",
		help: "URL of an S3 server other than AWS’s; AWS_ENDPOINT_URL does the same.",
		commands: readers
	},
	"s3-path-style": {
		type: "choice",
		values: [
			"auto",
			"always",
			"never"
		],
		default: "auto",
		placeholder: "WHEN",
		help: "Whether the bucket stands in the path of URLs; `auto`: for endpoints other than AWS’s.",
		commands: readers
	},
	"s3-checksums": {
		type: "choice",
		values: [
			"auto",
			"when-supported",
			"when-required"
		],
		default: "auto",
		placeholder: "WHEN",
		help: "Whether CRC32 sums go with what is written; `auto`: to AWS, and with what is locked.",
		commands: [
			"backup",
			"verify",
			"restore",
			"migrate",
			"check"
		]
	},
	"s3-encryption": {
		type: "choice",
		values: ["AES256", "aws:kms"],
		placeholder: "WAY",
		help: "Encryption by the store itself, besides that to `encrypt-to`.",
		commands: [
			"backup",
			"verify",
			"restore",
			"migrate"
		]
	},
	"s3-kms-key": {
		type: "text",
		placeholder: "KEY",
		help: "Id or ARN of the key for `aws:kms`.",
		commands: [
			"backup",
			"verify",
			"restore",
			"migrate"
		]
	},
	"s3-storage-class": {
		type: "text",
		placeholder: "CLASS",
		help: "Storage class of what is written: `STANDARD_IA`, `GLACIER_IR` …",
		commands: [
			"backup",
			"verify",
			"restore",
			"migrate"
		]
	},
	"s3-lock-days": {
		type: "number",
		range: [1, 36500],
		whole: true,
		placeholder: "DAYS",
		help: "Has the store refuse to remove the backup for so many days (object lock).",
		commands: [
			"backup",
			"restore",
			"migrate"
		]
	},
	"s3-lock-mode": {
		type: "choice",
		values: ["GOVERNANCE", "COMPLIANCE"],
		placeholder: "MODE",
		help: "Of object lock: whether somebody with a special permission may still remove it.",
		commands: [
			"backup",
			"restore",
			"migrate"
		]
	}
};

// src/settings/reporting.ts
const reported = [
	"check",
	"plan",
	"history",
	...onStores
];
const everywhere = [
	...reported,
	"comment",
	"tools",
	"init"
];
/** Where what was found goes, and where it is run. */
const reporting = {
	"report-json": {
		type: "text",
		placeholder: "FILE",
		help: "Writes the JSON report there; `-` is standard output.",
		commands: reported
	},
	"report-markdown": {
		type: "text",
		placeholder: "FILE",
		help: "Writes the Markdown report there; `-` is standard output.",
		commands: reported
	},
	"report-html": {
		type: "text",
		placeholder: "FILE",
		help: "Writes the report there as a page to open in a browser, to print and to file; `-` is standard output.",
		commands: reported
	},
	"report-sarif": {
		type: "text",
		placeholder: "FILE",
		help: "Writes the findings as SARIF 2.1.0 there, for GitHub code scanning and the like; `-` is standard output.",
		commands: ["check"]
	},
	comment: {
		type: "choice",
		values: ["auto", "never"],
		default: "auto",
		placeholder: "WHEN",
		help: "On GitHub: whether the report is a comment on the pull request, kept up to date; that of `migrate`, or of a `plan` that was refused, on the one that was merged.",
		commands: [
			"check",
			"plan",
			"migrate"
		]
	},
	"comment-id": {
		type: "text",
		placeholder: "NAME",
		help: "Tells comments of one folder apart: of several checks, for instance one for every PostgreSQL major, or of several targets.",
		commands: [
			"check",
			"comment",
			"plan",
			"migrate"
		]
	},
	deployment: {
		type: "text",
		placeholder: "ENVIRONMENT",
		help: "On GitHub, where the job has no `environment`: records the run as a deployment to this one; needs `deployments: write`.",
		commands: ["migrate"]
	},
	"github-token": {
		type: "secret",
		placeholder: "TOKEN",
		help: "What comments are written with; the job needs `pull-requests: write`.",
		commands: [
			"check",
			"comment",
			"plan",
			"migrate"
		]
	},
	"working-directory": {
		type: "text",
		default: ".",
		placeholder: "FOLDER",
		help: "Where the repository, or the part of it to check, is.",
		commands: everywhere
	},
	config: {
		type: "text",
		default: "lockkeeper.yml",
		placeholder: "FILE",
		help: "File with settings, relative to the working directory; need not exist.",
		commands: [...reported, "tools"]
	},
	colour: {
		type: "choice",
		values: [
			"auto",
			"always",
			"never"
		],
		default: "auto",
		placeholder: "WHEN",
		help: "Colours in the terminal.",
		commands: reported
	}
};

// src/settings/restoring.ts
const reading = ["verify", "restore"];
const keyed = [
	...reading,
	"migrate",
	"check"
];
/** Which backup is meant, and what is done with it. */
const restoring = {
	backup: {
		type: "text",
		placeholder: "WHICH",
		help: "Which backup: its ID, its number in `backups`, a time, `latest`, or `before:ID` of a migration. For `migrate`: `always` (default) or `never`, not from lockkeeper.yml.",
		eachRun: true,
		commands: [...reading, "migrate"]
	},
	database: {
		type: "text",
		placeholder: "NAME",
		help: "Only backups of this database; those of all where absent.",
		commands: [
			"backups",
			"prune",
			"check",
			...reading
		]
	},
	"identity-file": {
		type: "text",
		placeholder: "FILE",
		help: "File with age secret keys, as `age-keygen` writes it, for backups that are encrypted.",
		commands: keyed
	},
	depth: {
		type: "choice",
		values: [
			"bytes",
			"decode",
			"restore"
		],
		default: "restore",
		placeholder: "DEPTH",
		help: "How far a drill goes: the stored bytes, what they decode to, or a restored database.",
		commands: ["verify"]
	},
	assertions: {
		type: "list",
		placeholder: "PATH",
		help: "Files of one SQL query each, or folders of them, that must return no rows from what was restored.",
		commands: reading
	},
	amcheck: {
		type: "switch",
		placeholder: "",
		help: "After the comparison, also looks through every B-tree index and table for damage, with the extension amcheck.",
		commands: ["verify"]
	},
	into: {
		type: "text",
		placeholder: "NAME",
		help: "New database to restore into; named after the old one and the time where absent.",
		commands: ["restore"]
	},
	overwrite: {
		type: "text",
		placeholder: "NAME",
		help: "Database that the restored one takes the place of, after a safety backup; not from lockkeeper.yml.",
		eachRun: true,
		commands: ["restore"]
	},
	file: {
		type: "text",
		placeholder: "FILE",
		help: "Restores this dump that pg_dump wrote (SQL, custom format, directory or tar; also as .gz, .zst or .age) instead of a backup.",
		commands: ["restore"]
	},
	"without-roles": {
		type: "switch",
		placeholder: "",
		help: "Creates no missing roles, and leaves out owners and grants.",
		commands: ["restore"]
	}
};

// src/settings.ts
/** The settings in groups, as help and documentation show them. */
const groups = {
	"This run": oneRun,
	"What is checked": checking,
	"What is applied to a target": migrating,
	"What is backed up": backingUp,
	"Where backups live": stores,
	"What is restored": restoring,
	"What is kept": keeping,
	"Reports and surroundings": reporting
};
/**
* Every setting, once. Its name is the action's input, `--name` the flag, `LOCKKEEPER_NAME` the variable and the key in
* lockkeeper.yml; action.yml, `--help` and docs/settings.md are made from this table.
*/
const definitions = {
	...oneRun,
	...checking,
	...migrating,
	...backingUp,
	...stores,
	...restoring,
	...keeping,
	...reporting
};
/** The setting's definition, for names that people wrote. */
function definitionOf(name) {
	return Object.hasOwn(definitions, name) ? definitions[name] : void 0;
}

export { definitions as n, groups as r, definitionOf as t };
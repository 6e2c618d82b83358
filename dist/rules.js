import { a as scanSync, i as parseSync, r as parsePlPgSQLSync } from "./wasm.js";
import { D as read, E as hasOption, O as readAll, P as explain, k as strings } from "./plan.js";
import { r as strength, t as blocks } from "./observation.js";

// src/model/schema.ts
/** Objects of one kind, by id. */
function objectsOf(snapshot, kind) {
	const found = /* @__PURE__ */ new Map();
	for (const object of snapshot.objects) if (object.kind === kind) found.set(object.id, object);
	return found;
}

// src/postgres/syntax/names.ts
/** The name that a range variable writes. */
function nameOf$1(relation) {
	return {
		schema: relation?.schemaname,
		name: relation?.relname ?? ""
	};
}
/** `a.b` as a list of strings, as DROP, COMMENT and ALTER DOMAIN have it; a part in front of the schema is the database. */
function nameOfList(parts) {
	const names = strings(parts);
	return {
		schema: names.at(-2),
		name: names.at(-1) ?? ""
	};
}
/** The names in the object list of DROP. */
function droppedNames(objects) {
	return (objects ?? []).map((object) => nameOfList(read(object, "List")?.items ?? [object]));
}
/** Splits a catalog's schema-qualified name at its first dot: `public.orders`. Schemas with a dot in their name are rare. */
function splitId(id) {
	const dot = id.indexOf(".");
	return {
		schema: dot < 0 ? void 0 : id.slice(0, dot),
		name: id.slice(dot + 1)
	};
}
/** The name as SQL text, schema-qualified where the schema is known; quoted only where SQL asks for it. */
function printName({ schema, name }) {
	return schema === void 0 ? printIdentifier(name) : `${printIdentifier(schema)}.${printIdentifier(name)}`;
}
/** A catalog's schema-qualified name as SQL text. */
function printId(id) {
	return printName(splitId(id));
}
/** An identifier as SQL text, quoted only where SQL asks for it (documentation, chapter 4.1.1 and appendix C). */
function printIdentifier(identifier) {
	return /^[a-z_][a-z0-9_$]*$/.test(identifier) && !isReserved(identifier) ? identifier : `"${identifier.replaceAll("\"", "\"\"")}"`;
}
/** Identifiers as a list in SQL text: `id, "order"`. */
function printIdentifiers(identifiers) {
	return identifiers.map(printIdentifier).join(", ");
}
/** Any key word that is not free as the name of everything: quoting one too many does no harm. */
function isReserved(word) {
	const token = scanSync(word).tokens[0];
	return token !== void 0 && token.keywordName !== "NO_KEYWORD" && token.keywordName !== "UNRESERVED_KEYWORD";
}

// src/postgres/syntax/text.ts
/** The statement's tokens without comments, as PostgreSQL's scanner sees them. Empty for text that it refuses. */
function tokensOf(sql) {
	const indexAt = byteIndex(sql);
	return scan(sql).filter(({ tokenName }) => tokenName !== "SQL_COMMENT" && tokenName !== "C_COMMENT").map(({ start, end }) => {
		const [from, to] = [indexAt(start), indexAt(end)];
		return {
			text: sql.slice(from, to),
			start: from,
			end: to
		};
	});
}
/** Puts `words` behind the first token that is `keyword`; the text as it is where there is none. */
function insertAfter(sql, keyword, words) {
	const token = tokensOf(sql).find(({ text }) => text.toUpperCase() === keyword);
	return token ? `${sql.slice(0, token.end)} ${words}${sql.slice(token.end)}` : sql;
}
/** Whether a token is this key word. */
function isWord(token, word) {
	return token?.text.toUpperCase() === word;
}
/** Positions of the commas that stand in no bracket, among tokens from `from` on. */
function topLevelCommas(tokens, from) {
	let depth = 0;
	const found = [];
	for (const [index, { text }] of tokens.entries()) {
		if (index < from) continue;
		if (text === "(" || text === "[") depth += 1;
		else if (text === ")" || text === "]") depth -= 1;
		else if (text === "," && depth === 0) found.push(index);
	}
	return found;
}
/** Whether SQL text has this name among its words. */
function mentions(sql, name) {
	return tokensOf(sql).some(({ text }) => unquoted(text) === name);
}
/** An identifier's name: folded to lower case, unless it is quoted (documentation, chapter 4.1.1). */
function unquoted(identifier) {
	const quoted = /^"(.*)"$/s.exec(identifier);
	return quoted ? (quoted[1] ?? "").replaceAll("\"\"", "\"") : identifier.toLowerCase();
}
function scan(sql) {
	try {
		return scanSync(sql).tokens;
	} catch {
		return [];
	}
}
/** The scanner counts UTF-8 bytes. */
function byteIndex(sql) {
	const bytes = Buffer.from(sql);
	return bytes.length === sql.length ? (byte) => byte : (byte) => bytes.subarray(0, byte).toString().length;
}

// src/postgres/syntax/alter-table.ts
/** The table (view, index, sequence …) that an ALTER names, and its actions. Empty for other statements. */
function alterCommands(statement, ...types) {
	return readAll(read(statement.node, "AlterTableStmt")?.cmds, "AlterTableCmd").flatMap((node, index) => {
		const type = node.subtype;
		if (type === void 0 || types.length > 0 && !types.includes(type)) return [];
		const column = read(node.def, "ColumnDef");
		return [{
			type,
			index,
			name: node.name ?? column?.colname,
			column,
			constraint: read(node.def, "Constraint"),
			node
		}];
	});
}
/** The name that an ALTER TABLE writes. */
function alteredTable(statement) {
	return nameOf$1(read(statement.node, "AlterTableStmt")?.relation);
}
/** Constraints that ADD COLUMN gives its column, with the column. */
function columnConstraints(command) {
	return readAll(command.column?.constraints, "Constraint");
}
/** Takes the text apart at the commas between its actions. Undefined where the pieces are not those of the parse tree. */
function alterText(statement) {
	const tokens = tokensOf(statement.sql);
	const first = firstCommand(tokens);
	const commas = topLevelCommas(tokens, first);
	const commands = [first, ...commas.map((index) => index + 1)].map((start, index) => textBetween(statement.sql, tokens, start, commas[index] ?? tokens.length));
	if (read(statement.node, "AlterTableStmt")?.cmds?.length !== commands.length || commands.includes("")) return void 0;
	return {
		head: textBetween(statement.sql, tokens, 0, first),
		commands
	};
}
/** The statement with other text for some of its actions, by their index. Empty text leaves an action out. */
function withCommands({ head, commands }, replaced) {
	const all = commands.map((command, index) => replaced.get(index) ?? command).filter((command) => command !== "");
	return all.length === 0 ? "" : `${head} ${all.join(", ")};`;
}
/** The text of ADD COLUMN without these of its column's constraints; undefined where the text cannot be taken apart. */
function withoutConstraints(statement, command, dropped) {
	const text = alterText(statement)?.commands[command.index];
	if (text === void 0) return void 0;
	const start = statement.sql.indexOf(text);
	const places = placesOf(statement);
	const bounds = [...columnConstraints(command).filter(({ contype }) => !contype?.startsWith("CONSTR_ATTR")).map(({ location }) => location), command.column?.collClause?.location].flatMap((location) => location === void 0 ? [] : places(location) - start).sort((a, b) => a - b);
	let rest = text;
	for (const { location } of dropped.toSorted((a, b) => (b.location ?? 0) - (a.location ?? 0))) {
		const from = places(location ?? 0) - start;
		const to = bounds.find((bound) => bound > from) ?? text.length;
		rest = `${rest.slice(0, from)}${rest.slice(to)}`;
	}
	return rest.trimEnd();
}
/** The parser counts UTF-8 bytes from the start of the message; the table's name is in both. */
function placesOf(statement) {
	const tokens = tokensOf(statement.sql);
	const name = tokens[nameToken(tokens)]?.start ?? 0;
	const known = read(statement.node, "AlterTableStmt")?.relation?.location ?? 0;
	const bytes = Buffer.from(statement.sql);
	const origin = Buffer.byteLength(statement.sql.slice(0, name)) - known;
	return (location) => bytes.subarray(0, location + origin).toString().length;
}
/** Where the name stands: behind `ALTER TABLE [IF EXISTS] [ONLY]`. */
function nameToken(tokens) {
	let at = tokens.findIndex((token) => isWord(token, "TABLE")) + 1;
	if (isWord(tokens[at], "IF")) at += 2;
	return isWord(tokens[at], "ONLY") ? at + 1 : at;
}
/** Where the actions begin: behind `schema.name [*]`. */
function firstCommand(tokens) {
	let at = nameToken(tokens) + 1;
	while (tokens[at]?.text === ".") at += 2;
	return tokens[at]?.text === "*" ? at + 1 : at;
}
function textBetween(sql, tokens, from, to) {
	const [first, last] = [tokens[from], tokens[to - 1]];
	return first && last && from < to ? sql.slice(first.start, last.end) : "";
}

// src/postgres/syntax/columns.ts
/** The type's own name, as the parser has it: `int4`, `json`, `bigserial`. */
function typeName({ column }) {
	return strings(column?.typeName?.names).at(-1) ?? "";
}
/** The type as it is written, of ADD COLUMN or ALTER COLUMN TYPE. */
function typeText(command, statement) {
	const text = textOf(command, statement);
	return wordsFrom(text, command.type === "AT_AlterColumnType" ? afterWord(text, "TYPE") : afterName(text));
}
/** The default as it is written; empty where there is none. */
function defaultText(command, statement) {
	const text = textOf(command, statement);
	const from = afterWord(text, "DEFAULT");
	return from === 0 ? "" : wordsFrom(text, from);
}
function textOf(command, statement) {
	return alterText(statement)?.commands[command.index] ?? "";
}
/** Behind a key word that follows the column's name. */
function afterWord(text, word) {
	const name = afterName(text) - 1;
	return tokensOf(text).findIndex((token, index) => index > name && isWord(token, word)) + 1;
}
/** Behind `ADD [COLUMN] [IF NOT EXISTS] name` or `ALTER [COLUMN] name`. */
function afterName(text) {
	const tokens = tokensOf(text);
	let at = isWord(tokens[1], "COLUMN") ? 2 : 1;
	if (isWord(tokens[at], "IF")) at += 3;
	return at + 1;
}
/** What may follow a column's type or default. */
const next = /^(NOT|NULL|DEFAULT|PRIMARY|UNIQUE|CHECK|REFERENCES|GENERATED|CONSTRAINT|COLLATE|STORAGE|COMPRESSION|USING)$/i;
/** Up to the next such word outside brackets. */
function wordsFrom(text, from) {
	const tokens = tokensOf(text);
	let depth = 0;
	let end = from;
	for (; end < tokens.length; end += 1) {
		const word = tokens[end]?.text ?? "";
		if (end > from && depth === 0 && next.test(word)) break;
		depth += Number(word === "(" || word === "[") - Number(word === ")" || word === "]");
	}
	return text.slice(tokens[from]?.start ?? 0, tokens[end - 1]?.end ?? 0);
}
/** Whether an expression is nothing but this column. */
function isColumn(expression, name) {
	return strings(read(expression, "ColumnRef")?.fields).at(-1) === name;
}

// src/postgres/syntax/constraints.ts
/** Constraints that ALTER TABLE or CREATE TABLE adds, in order, in lines of their own or behind a column. */
function addedConstraints(statement, ...types) {
	const wanted = ({ type }) => types.length === 0 || types.includes(type);
	return [...alterCommands(statement, "AT_AddConstraint", "AT_AddColumn").flatMap((command) => [...command.constraint ? [{
		...toAdded(command.constraint, void 0),
		command
	}] : [], ...columnConstraints(command).map((each) => ({
		...toAdded(each, command.name),
		command
	}))]), ...createdConstraints(read(statement.node, "CreateStmt")?.tableElts)].filter(wanted);
}
function createdConstraints(elements) {
	return (elements ?? []).flatMap((element) => {
		const column = read(element, "ColumnDef");
		const constraint = read(element, "Constraint");
		if (constraint) return [toAdded(constraint, void 0)];
		return readAll(column?.constraints, "Constraint").map((each) => toAdded(each, column?.colname));
	});
}
function toAdded(constraint, inline) {
	const written = strings(constraint.contype === "CONSTR_FOREIGN" ? constraint.fk_attrs : constraint.keys);
	const named = constraint.contype === "CONSTR_CHECK" ? columnsIn(constraint.raw_expr) : written;
	const columns = named.length === 0 && inline !== void 0 ? [inline] : named;
	return {
		constraint,
		type: constraint.contype ?? "CONSTR_NULL",
		columns,
		inline
	};
}
/** Names of columns that an expression reads, each once, in order. */
function columnsIn(expression) {
	const found = /* @__PURE__ */ new Set();
	visit$3(expression, found);
	return [...found];
}
function visit$3(value, found) {
	if (Array.isArray(value)) for (const each of value) visit$3(each, found);
	if (typeof value !== "object" || value === null || Array.isArray(value)) return;
	const last = read(read(value, "ColumnRef")?.fields?.at(-1), "String")?.sval;
	if (last !== void 0) found.add(last);
	else for (const each of Object.values(value)) visit$3(each, found);
}
/** Names of functions that an expression calls, without schema, each once. */
function functionsIn(expression) {
	const found = /* @__PURE__ */ new Set();
	const visitCalls = (value) => {
		if (typeof value !== "object" || value === null) return;
		const name = strings(read(value, "FuncCall")?.funcname).at(-1);
		if (name !== void 0) found.add(name);
		for (const each of Object.values(value)) visitCalls(each);
	};
	visitCalls(expression);
	return [...found];
}

// src/rules/in-use.ts
/** The relation a name meant, where people use it already: it was there before the first pending migration. */
function inUse(facts, { schema, name }) {
	const relation = facts.relation(schema, name);
	return relation?.atBase ? relation : void 0;
}
/** The table that an ALTER TABLE alters, where people use it already. */
function alteredInUse(facts) {
	return inUse(facts, alteredTable(facts.statement));
}

// src/rules/locks.ts
/** Relations that hold rows. */
const tableKinds = [
	"table",
	"partitioned table",
	"materialized view",
	"foreign table"
];
/** Base tables that a statement read whole or rewrote while a lock on them kept writers out, or readers too. */
function blockedTables(observation) {
	return strongest$1([...observation.locks, ...observation.held]).flatMap(({ relation: table, mode, kind, atBase }) => {
		if (!atBase || !tableKinds.includes(kind) || !keepsOut(mode, kind)) return [];
		const rewritten = observation.rewritten.includes(table);
		return rewritten || observation.scanned.includes(table) ? [{
			table,
			mode,
			rewritten
		}] : [];
	});
}
/** Base tables that a statement read whole or rewrote, whatever lock it had. */
function workedOn({ locks, held, scanned, rewritten }) {
	return strongest$1([...locks, ...held]).filter(({ kind, atBase }) => atBase && tableKinds.includes(kind)).map(({ relation }) => relation).filter((each) => scanned.includes(each) || rewritten.includes(each));
}
/** Base tables on which some of these locks are at least so strong and keep others out, each with the strongest. */
function lockedTables(locks, least = "ShareLock") {
	return strongest$1(locks).filter(({ kind, atBase, mode }) => atBase && tableKinds.includes(kind) && atLeast(mode, least) && keepsOut(mode, kind));
}
/** Base tables that a statement itself locked against reads and writes. */
function lockedOut({ observation }) {
	return lockedTables(observation.locks, "AccessExclusiveLock").map(({ relation }) => relation);
}
/** What a strong lock of a moment weighs: while it waits, everybody waits behind it, unless a lock_timeout ends that. */
function momentary({ lockTimeout }) {
	return lockTimeout > 0 ? "notice" : "warning";
}
/** Whether a lock keeps writers from a table; a materialized view has none but REFRESH, so there only readers count. */
function keepsOut(mode, kind) {
	return atLeast(mode, kind === "materialized view" ? "AccessExclusiveLock" : "ShareLock");
}
/** Whether a lock is at least as strong as another. */
function atLeast(mode, least) {
	return mode !== void 0 && strength(mode) >= strength(least);
}
function strongest$1(locks) {
	const found = /* @__PURE__ */ new Map();
	for (const lock of locks) {
		const other = found.get(lock.relation);
		if (!other || strength(lock.mode) > strength(other.mode)) found.set(lock.relation, lock);
	}
	return [...found.values()];
}

// src/rules/observed.ts
/** Gathers what was seen of a table, also where an earlier statement has given it another name. */
function observed(table, { observation }, world) {
	const names = familyOf(table, world);
	const scanned = observation.scanned.filter((name) => names.has(name));
	const rewritten = observation.rewritten.filter((name) => names.has(name));
	const mode = strongest([...observation.locks, ...observation.held].filter(({ relation }) => names.has(relation)));
	const what = mode === void 0 ? "nothing" : blocks(mode);
	const during = rewritten.length > 0 ? "rewrite" : scanned.length > 0 ? "scan" : "moment";
	return {
		table,
		mode,
		scanned,
		rewritten,
		blocking: what === "nothing" ? void 0 : {
			what,
			during
		}
	};
}
/** What was seen of the table that an ALTER TABLE names, where people use it already. */
function observedAlter(facts, world) {
	const table = alteredInUse(facts);
	return table && observed(table, facts, world);
}
/** Undefined where it took but a moment, or nobody uses the table yet. */
function blockingAlter(facts) {
	const table = alteredInUse(facts);
	const tables = blockedTables(facts.observation).map((each) => each.table);
	return table && tables.length > 0 ? {
		table,
		name: printName(alteredTable(facts.statement)),
		tables
	} : void 0;
}
/** What was seen of a table that an ALTER TABLE with one of these actions rewrote. */
function rewrittenBy(facts, world, ...types) {
	if (alterCommands(facts.statement, ...types).length === 0) return void 0;
	const seen = observedAlter(facts, world);
	return seen && seen.rewritten.length > 0 ? seen : void 0;
}
/** The parts of a problem that tell which tables are concerned and who waits. */
function costs({ table, rewritten, scanned, blocking }) {
	return {
		relations: [.../* @__PURE__ */ new Set([
			table.name,
			...rewritten,
			...scanned
		])],
		...blocking && { blocking }
	};
}
/** The names, before the migration, of a table and of all that inherit from it. */
function familyOf({ oid, name }, { before }) {
	const tables = objectsOf(before, "table");
	const first = before.objects.find((each) => each.oid === oid && (each.kind === "table" || each.kind === "view"));
	const names = new Set(first ? [name, first.id] : [name]);
	for (const known of names) for (const { id, parents } of tables.values()) if (parents.includes(known)) names.add(id);
	return names;
}
function strongest(locks) {
	return locks.map(({ mode }) => mode).sort((a, b) => strength(b) - strength(a))[0];
}

// src/rules/column.ts
/** Columns of one kind whose addition was seen to rewrite the table. */
function rewritingColumns(facts, world, kind) {
	const seen = observedAlter(facts, world);
	return seen && seen.rewritten.length > 0 ? addedColumns(facts, world, seen).filter((column) => column.kind === kind) : [];
}
/** Columns that an ALTER TABLE adds. */
function addedColumns(facts, world, observed) {
	return alterCommands(facts.statement, "AT_AddColumn").map((command) => {
		const types = columnConstraints(command).map(({ contype }) => contype);
		const known = [
			"CONSTR_DEFAULT",
			"CONSTR_NOTNULL",
			"CONSTR_NULL",
			"CONSTR_IDENTITY"
		];
		const domain = domainOf(command, world);
		return {
			name: command.name ?? "",
			kind: kindOf$1(command, domain, world),
			type: typeText(command, facts.statement),
			default: defaultText(command, facts.statement),
			notNull: types.includes("CONSTR_NOTNULL") || types.includes("CONSTR_PRIMARY"),
			simple: types.every((type) => known.includes(type ?? "")) && !command.column?.collClause,
			domain,
			command,
			facts,
			observed
		};
	});
}
function kindOf$1(command, domain, world) {
	if (/^(small|big)?serial[248]?$/.test(typeName(command))) return "serial";
	const constraints = columnConstraints(command);
	if (constraints.some(({ contype }) => contype === "CONSTR_IDENTITY")) return "identity";
	const generated = constraints.find(({ contype }) => contype === "CONSTR_GENERATED");
	if (generated) return generated.generated_kind === "v" ? "plain" : "stored";
	if (domain) return "domain";
	const value = constraints.find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr;
	return functionsIn(value).some((name) => mayBeVolatile(name, world)) ? "computed default" : "plain";
}
/** A domain by that name that makes PostgreSQL look at every row: with a check, NOT NULL or a computed default. */
function domainOf(command, { before, after }) {
	const [name, schema] = strings(command.column?.typeName?.names).reverse();
	return [...objectsOf(before, "domain").values(), ...objectsOf(after, "domain").values()].find((each) => each.name === name && (schema === void 0 || each.schema === schema) && (each.checks.length > 0 || each.notNull || each.default !== void 0));
}
/** PostgreSQL's own functions that defaults often call and that have one value through a whole transaction. */
const stable = [
	"now",
	"transaction_timestamp",
	"statement_timestamp",
	"current_setting",
	"timezone",
	"date_trunc"
];
function mayBeVolatile(name, { before, after }) {
	const own = [...before.objects, ...after.objects].filter((each) => each.kind === "function" && each.name === name);
	if (own.length > 0) return own.some((each) => each.kind === "function" && each.volatility === "volatile");
	return !stable.includes(name);
}

// src/rules/columns/add-domain-column.ts
const rule$105 = {
	id: "add-domain-column",
	severity: "error",
	what: "A column is added whose type is a domain with a CHECK, or with a default that is computed for each row.",
	why: "PostgreSQL rewrites the whole table for it, even where the column has no default.",
	instead: "Give the column the base type, and add the check as NOT VALID, to be validated afterwards.",
	sources: ["PostgreSQL source, tablecmds.c, ATExecAddColumn; measured on 12 to 18"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			return rewritingColumns(facts, world, "domain").map(({ name, domain, observed }) => ({
				message: `Adding ${name} of the domain ${domain?.name} rewrites ${observed.rewritten.join(", ")}, as PostgreSQL tries the domain on every row.`,
				...costs(observed),
				instead: { text: `Add ${name} as ${domain?.type}; give the table ${domain?.checks.join(" and ") || "the default"} with NOT VALID, and validate it in a later migration.` }
			}));
		}
	}
};

// src/rules/not-null.ts
/**
* PostgreSQL 18 adds NOT NULL itself as NOT VALID and checks it later. Before, a valid CHECK spares SET NOT NULL its scan
* (documentation, ALTER TABLE, SET NOT NULL); it is dropped by a statement of its own, as a single one would drop it
* first. `table` is SQL text.
*/
function notNullPlan(table, columns, major) {
	const parts = columns.map(({ column, name = `${column}_not_null`.slice(-63) }) => ({
		column: printIdentifier(column),
		name: printIdentifier(name)
	}));
	const alter = (actions) => `ALTER TABLE ${table} ${actions.join(", ")};`;
	const validated = alter(parts.map(({ name }) => `VALIDATE CONSTRAINT ${name}`));
	if (major >= 18) return {
		first: parts.map(({ column, name }) => `ADD CONSTRAINT ${name} NOT NULL ${column} NOT VALID`),
		following: [validated]
	};
	const set = alter(parts.map(({ column }) => `ALTER COLUMN ${column} SET NOT NULL`));
	const clean = alter(parts.map(({ name }) => `DROP CONSTRAINT ${name}`));
	return {
		first: parts.map(({ column, name }) => `ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL) NOT VALID`),
		following: [validated, `${set}\n${clean}`]
	};
}

// src/rules/steps.ts
/** A migration that runs as the tool runs it by itself. */
function inTransaction(...statements) {
	return {
		sql: statements.join("\n"),
		outsideTransaction: false
	};
}
/** A migration that must run outside a transaction. */
function outsideTransaction(sql) {
	return {
		sql,
		outsideTransaction: true
	};
}
/** The suggestion, where there is one. */
function suggesting(migrations, text) {
	return {
		...text !== void 0 && { text },
		...migrations.length > 0 && { migrations }
	};
}

// src/rules/backfill.ts
/** Pages that one batch looks at: 8 MB. */
const pages = 1e3;
/**
* Fills a column page by page, each batch a transaction of its own, so that nobody waits longer than one batch takes.
* A row that moves meanwhile is found at the end. Page ranges are read directly from PostgreSQL 14 on.
*/
function backfill(table, column, value, more = "") {
	const [name, target] = [printId(table), printIdentifier(column)];
	const update = `UPDATE ${name} SET ${target} = ${value} WHERE ${target} IS NULL${more}`;
	const sql = `DO $$
BEGIN
  FOR page IN 0 .. pg_relation_size('${name.replaceAll("'", "''")}') / current_setting('block_size')::int BY ${pages} LOOP
    ${update}
      AND ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + ${pages})::tid;
    COMMIT;
  END LOOP;
  ${update};
END $$;`;
	return outsideTransaction(sql);
}
/** Makes a filled column NOT NULL without reading the table while others are locked out. */
function setNotNull(table, column, major) {
	const { first, following } = notNullPlan(printId(table), [{ column }], major);
	return [`ALTER TABLE ${printId(table)} ${first.join(", ")};`, ...following].map((sql) => inTransaction(sql));
}
/**
* The steps that add a column without rewriting its table: `before` and `actions` (of the same ALTER TABLE) make it
* ready for new rows, then the old ones are filled. Undefined where the column has more to it, or where partitions and children have rows of their own.
*/
function addInSteps(column, { type, before = [], actions }, major) {
	const { command, facts, name, observed } = column;
	const text = alterText(facts.statement);
	const alone = observed.table.kind === "table" && observed.rewritten.length === 1;
	if (!text || !column.simple || !alone) return void 0;
	const added = [`ADD COLUMN ${printIdentifier(name)} ${type}`, ...actions].join(", ");
	const commands = text.commands.map((each, index) => index === command.index ? added : each);
	return [
		inTransaction(...before, `${text.head} ${commands.join(", ")};`),
		backfill(observed.table.name, name, "DEFAULT"),
		...column.notNull ? setNotNull(observed.table.name, name, major) : []
	];
}

// src/rules/columns/add-identity.ts
const rule$104 = {
	id: "add-identity",
	severity: "error",
	what: "An identity column is added to a table that is in use.",
	why: "Every row gets a number of its own: the whole table and its indexes are rewritten while nobody can read or write it.",
	instead: "Add a nullable column, number the old rows in batches, then make it NOT NULL and an identity.",
	sources: ["PostgreSQL documentation, 5.3 \"Identity Columns\"", "pgsafe: add-column-identity"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			return rewritingColumns(facts, world, "identity").map((column) => {
				const migrations = numbered$1(column, world);
				return {
					message: `Adding the identity column ${column.name} numbers every row of ${column.observed.table.name} and rewrites it.`,
					...costs(column.observed),
					instead: {
						text: "A sequence of its own numbers new rows at once and old ones in batches, then the identity takes over.",
						...migrations && { migrations }
					}
				};
			});
		}
	}
};
/** Numbers from a sequence for the time being, and at the end the identity instead of it. */
function numbered$1(column, { major }) {
	const identity = columnConstraints(column.command).find(({ contype }) => contype === "CONSTR_IDENTITY");
	if (!identity || (identity.options ?? []).length > 0) return void 0;
	const { schema, name: table } = splitId(column.observed.table.name);
	const sequence = printName({
		schema,
		name: `${table}_${column.name}_fill`
	});
	const [target, whole] = [printIdentifier(column.name), printId(column.observed.table.name)];
	const actions = [`ALTER COLUMN ${target} SET DEFAULT nextval('${literal(sequence)}')`];
	const before = [`CREATE SEQUENCE ${sequence};`];
	const steps = addInSteps({
		...column,
		notNull: true
	}, {
		type: column.type,
		before,
		actions
	}, major);
	const when = identity.generated_when === "d" ? "BY DEFAULT" : "ALWAYS";
	return steps && [...steps, inTransaction(`ALTER TABLE ${whole} ALTER COLUMN ${target} DROP DEFAULT, ALTER COLUMN ${target} ADD GENERATED ${when} AS IDENTITY;`, `SELECT setval(pg_get_serial_sequence('${literal(whole)}', '${literal(column.name)}'), nextval('${literal(sequence)}'));`, `DROP SEQUENCE ${sequence};`)];
}
function literal(text) {
	return text.replaceAll("'", "''");
}

// src/rules/columns/add-json.ts
const rule$103 = {
	id: "add-json",
	severity: "warning",
	what: "A column of type json is added to a table that is in use.",
	why: "json has no equality: SELECT DISTINCT, GROUP BY and UNION that take all columns fail from then on.",
	instead: "Use jsonb.",
	sources: [
		"PostgreSQL documentation, 8.14 \"JSON Types\"",
		"strong_migrations: add_column_json",
		"eugene: E3"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts) {
			const table = alteredInUse(facts);
			if (!table) return [];
			return alterCommands(facts.statement, "AT_AddColumn").flatMap((command) => {
				if (typeName(command) !== "json") return [];
				return [{
					message: `${command.name} is of type json, which has no equality: SELECT DISTINCT and UNION over all columns of ${table.name} fail from then on.`,
					relations: [table.name],
					instead: { text: `Make ${command.name} a jsonb.` }
				}];
			});
		}
	}
};

// src/rules/columns/add-not-null-no-default.ts
const rule$102 = {
	id: "add-not-null-no-default",
	severity: "error",
	what: "A column is added as NOT NULL without a default.",
	why: "It fails as soon as the table has a row; and what inserts without the column fails from then on.",
	instead: "Give it a default, which costs no rewrite, or add it as nullable, fill it, and make it NOT NULL afterwards.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, ADD COLUMN",
		"atlas: MF103",
		"squawk: adding-required-field",
		"pg-migration-lint: PGM008"
	],
	covers: [
		"migration-fails",
		"fails-on-rows",
		"work-under-lock"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		failed: true,
		check(facts, world) {
			const seen = observedAlter(facts, world);
			const { error } = facts.observation;
			if (!seen || error && error.sqlstate !== "23502") return [];
			return addedColumns(facts, world, seen).filter(({ kind, notNull, default: value }) => kind === "plain" && notNull && value === "").map((column) => toProblem$2(column, error !== void 0));
		}
	}
};
function toProblem$2(column, failed) {
	const { name, observed, facts, command } = column;
	const value = neutral[typeName(command)];
	const text = alterText(facts.statement);
	const commands = text?.commands.map((each, index) => index === command.index ? `${each} DEFAULT ${value}` : each);
	const sql = text && commands && column.simple && value !== void 0 && `${text.head} ${commands.join(", ")};`;
	return {
		message: `${name} is NOT NULL without a default: adding it fails${failed ? " (SQLSTATE 23502)" : ""} when ${observed.table.name} has a row, and rows cannot be inserted without it afterwards.`,
		relations: [observed.table.name],
		instead: {
			text: sql ? `A constant default costs no rewrite; put the value that suits old rows in the place of ${value}.` : `Give ${name} a constant default, which costs no rewrite, or add it as nullable, fill it in batches, then make it NOT NULL.`,
			...sql && { migrations: [inTransaction(sql)] }
		}
	};
}
/** A value of a type that means nothing much, to be replaced by one that does. Types as the parser names them. */
const neutral = {
	int2: "0",
	int4: "0",
	int8: "0",
	numeric: "0",
	float4: "0",
	float8: "0",
	text: "''",
	varchar: "''",
	bool: "false",
	timestamptz: "now()",
	timestamp: "now()",
	date: "CURRENT_DATE",
	jsonb: "'{}'",
	json: "'{}'"
};

// src/rules/columns/add-serial.ts
const rule$101 = {
	id: "add-serial",
	severity: "error",
	what: "A serial column is added to a table that is in use.",
	why: "Every row gets a number of its own: the whole table and its indexes are rewritten while nobody can read or write it.",
	instead: "Add a plain column and a sequence, set the default for new rows, and number the old ones in batches.",
	sources: [
		"PostgreSQL documentation, 8.1.4 \"Serial Types\"",
		"eugene: E11",
		"strong_migrations: add_column_auto_incrementing"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			return rewritingColumns(facts, world, "serial").map((column) => {
				const migrations = numbered(column, world);
				return {
					message: `Adding the serial column ${column.name} numbers every row of ${column.observed.table.name} and rewrites it.`,
					...costs(column.observed),
					instead: {
						text: "New rows are numbered at once, old ones in batches.",
						...migrations && { migrations }
					}
				};
			});
		}
	}
};
/** What serial stands for, step by step. */
function numbered(column, world) {
	const { name, observed } = column;
	const id = `${observed.table.name}.${name}`;
	const owned = [...objectsOf(world.after, "sequence").values()].find(({ ownedBy }) => ownedBy === id);
	if (!owned) return void 0;
	const sequence = printId(owned.id);
	const steps = addInSteps({
		...column,
		notNull: true
	}, {
		type: owned.type,
		before: [`CREATE SEQUENCE ${sequence} AS ${owned.type};`],
		actions: [`ALTER COLUMN ${printIdentifier(name)} SET DEFAULT nextval('${sequence.replaceAll("'", "''")}')`]
	}, world.major);
	const owns = `ALTER SEQUENCE ${sequence} OWNED BY ${printId(observed.table.name)}.${printIdentifier(name)};`;
	return steps && [...steps, inTransaction(owns)];
}

// src/rules/columns/add-stored-generated.ts
const rule$100 = {
	id: "add-stored-generated",
	severity: "error",
	what: "A stored generated column is added to a table that is in use.",
	why: "Its value is computed for every row: the whole table and its indexes are rewritten while nobody can read or write it.",
	instead: "Keep a plain column up to date by a trigger and fill it in batches, or compute it when it is read; PostgreSQL 18 has VIRTUAL columns.",
	sources: [
		"PostgreSQL documentation, 5.4 \"Generated Columns\"",
		"strong_migrations: add_column_generated_stored",
		"eugene: E11"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			return rewritingColumns(facts, world, "stored").map(({ name, observed }) => ({
				message: `Adding the stored generated column ${name} computes it for every row of ${observed.table.name} and rewrites it.`,
				...costs(observed),
				instead: { text: world.major >= 18 ? "VIRTUAL instead of STORED costs nothing: it is computed when it is read. Or let a trigger keep a plain column up to date, and fill it in batches." : "Let a trigger keep a plain column up to date, and fill it in batches." }
			}));
		}
	}
};

// src/rules/columns/add-volatile-default.ts
const rule$99 = {
	id: "add-volatile-default",
	severity: "error",
	what: "A column is added with a default that PostgreSQL must compute for every row, such as random() or gen_random_uuid().",
	why: "The whole table and its indexes are rewritten while nobody can read or write it. A constant, or now(), costs nothing.",
	instead: "Add the column without default, set the default for new rows, and fill the old ones in batches.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, Notes",
		"eugene: E10",
		"strong_migrations: add_column_default_callable",
		"pg-migration-lint: PGM006"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			return rewritingColumns(facts, world, "computed default").map((column) => {
				const actions = [`ALTER COLUMN ${printIdentifier(column.name)} SET DEFAULT ${column.default}`];
				const migrations = addInSteps(column, {
					type: column.type,
					actions
				}, world.major);
				return {
					message: `Adding ${column.name} with the default ${column.default}, which is computed for each row, rewrites ${column.observed.rewritten.join(", ")}.`,
					...costs(column.observed),
					instead: {
						text: "New rows get the default at once, old ones in batches; let code rely on it when they are filled.",
						...migrations && { migrations }
					}
				};
			});
		}
	}
};

// src/rules/schema.ts
/** A relation's table as it was before the pending migrations, whatever it was called then. */
function tableBefore({ oid }, { before }) {
	return objectsOf(before, "table").values().find((table) => table.oid === oid);
}
/** A relation's columns before the pending migrations, by name. */
function columnsBefore(relation, world) {
	const columns = [...objectsOf(world.before, "column").values()].filter(({ oid }) => oid === relation.oid);
	return new Map(columns.map((column) => [column.name, column]));
}
/** Constraints that the pending migrations added. */
function addedConstraintsOf({ before, after }) {
	return added([...objectsOf(before, "constraint").values()], [...objectsOf(after, "constraint").values()]);
}
/** Indexes that the pending migrations added, also those of constraints. */
function addedIndexesOf({ before, after }) {
	return added([...objectsOf(before, "index").values()], [...objectsOf(after, "index").values()]);
}
/** New under a new name: a rename keeps the oid, and a changed column type gives its indexes and checks new ones. */
function added(before, after) {
	const known = new Set(before.flatMap(({ oid, id }) => [oid, id]));
	return after.filter(({ oid, id }) => !known.has(oid) && !known.has(id));
}
/** A constraint of the table before the pending migrations. */
function constraintBefore(table, name, world) {
	const id = tableBefore(table, world)?.id;
	return [...objectsOf(world.before, "constraint").values()].find((each) => each.table === id && each.name === name);
}
/** Whether anybody can wait for a relation of the base: a materialized view that was never filled cannot be read. */
function isReadable(id, { before }) {
	return objectsOf(before, "view").get(id)?.populated !== false;
}
/** All that an object says of itself: definitions, types, names of columns; not its table, nor its comment. */
function textsOf({ table, id, comment, ...rest }) {
	return textsIn(rest);
}
function textsIn(value) {
	if (typeof value === "string") return [value];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

// src/rules/new-column.ts
/** Whether no column of the base has this name just before a statement, so that nobody knows the column yet. */
function isNewColumn(table, column, facts, world) {
	return table.kind !== "composite type" && !baseColumnsAt(table, facts, world).has(column);
}
/** The names that columns of the base have just before a statement. */
function baseColumnsAt(table, { index }, world) {
	const view = [...objectsOf(world.before, "view").values()].find(({ oid }) => oid === table.oid);
	const names = new Set(view?.columns ?? columnsBefore(table, world).keys());
	for (const earlier of world.statements.slice(0, index)) {
		const { statement, relation, observation } = earlier;
		const is = ({ schema, name }) => relation(schema, name)?.oid === table.oid;
		if (observation.error) continue;
		const rename = read(statement.node, "RenameStmt");
		if (rename?.renameType === "OBJECT_COLUMN" && is(nameOf$1(rename.relation)) && names.delete(rename.subname ?? "")) names.add(rename.newname ?? "");
		if (!is(alteredTable(statement))) continue;
		for (const { name } of alterCommands(statement, "AT_DropColumn")) names.delete(name ?? "");
	}
	return names;
}

// src/rules/columns/change-default.ts
const rule$98 = {
	id: "change-default",
	severity: "warning",
	what: "The default of a NOT NULL column is dropped on a table that is in use.",
	why: "Running code that leaves the column out of its INSERTs fails from then on: also code that does not know it yet, where the column is new.",
	instead: "Keep the default until all code that is running gives a value; drop it in a later release.",
	sources: ["PostgreSQL documentation, INSERT", "strong_migrations: change_column_default"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const table = alteredInUse(facts);
			if (!table) return [];
			return alterCommands(facts.statement, "AT_ColumnDefault").flatMap(({ name = "", node }) => node.def || !hadDefault(table, name, facts, world) || !mustBeGiven(table, name, world) ? [] : [{
				message: `Without its default, ${name} must be given by every INSERT into ${table.name}: running code that leaves it out fails.`,
				relations: [table.name],
				instead: { text: `Drop the default of ${name} in a later release, when all running code gives a value.` }
			}]);
		}
	}
};
/** Otherwise there is nothing to drop. */
function hadDefault(table, name, facts, world) {
	return columnsBefore(table, world).get(name)?.default !== void 0 || isNewColumn(table, name, facts, world);
}
/** At the end the column has neither a default, nor an identity, nor room for NULL. */
function mustBeGiven({ oid }, name, { after }) {
	const column = [...objectsOf(after, "column").values()].find((each) => each.oid === oid && each.name === name);
	return column?.notNull === true && [
		column.default,
		column.identity,
		column.generated
	].every((each) => each === void 0);
}

// src/rules/dropped.ts
/**
* Relations of the base that a statement which drops something dropped: it locked them exclusively, which nothing can
* be dropped without, and they are gone at the end.
*/
function droppedRelations({ locks }, { before, after }) {
	const kept = new Set(after.objects.filter(isRelation).map(({ oid }) => oid));
	const locked = new Set(locks.filter(({ mode }) => mode === "AccessExclusiveLock").map(({ relation }) => relation));
	return before.objects.filter(isRelation).filter(({ id, oid }) => locked.has(id) && !kept.has(oid));
}
/** A relation as one says it: `the view public.totals`. */
function called$1(object) {
	const kind = object.kind === "table" || object.kind === "view" ? object.type : object.kind;
	return `the ${object.kind === "constraint" ? `${object.type} constraint` : kind} ${object.table === void 0 ? object.id : object.name}`;
}
/** A trigger or policy of the base that DROP takes from a table in use, and that table: it was locked for it. */
function droppedOnTable({ statement, observation }, known, { before }) {
	const drop = read(statement.node, "DropStmt");
	const [name, table] = strings(read(drop?.objects?.[0], "List")?.items).reverse();
	const locked = new Set([...observation.locks, ...observation.held].map(({ relation }) => relation));
	for (const object of known) {
		if (drop?.removeType !== `OBJECT_${object.kind.toUpperCase()}` || object.name !== name) continue;
		const on = before.objects.find((each) => holdsTriggers(each) && each.id === object.table && locked.has(each.id));
		if (on && holdsTriggers(on) && on.name === table) return {
			object,
			table: {
				oid: on.oid,
				name: on.id,
				kind: on.type,
				atBase: true
			}
		};
	}
}
function holdsTriggers(object) {
	return object.kind === "table" || object.kind === "view";
}
function isRelation(object) {
	return [
		"table",
		"view",
		"index",
		"sequence"
	].includes(object.kind);
}

// src/rules/columns/drop-column.ts
const rule$97 = {
	id: "drop-column",
	severity: "error",
	what: "A column of a table that is in use is dropped.",
	why: "Its data is gone, and with it the constraints and indexes it is part of; code that still names it fails, and an ORM names every column.",
	instead: "First ship code that does not name the column any more, then drop it in a later release.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, DROP COLUMN",
		"strong_migrations: remove_column",
		"squawk: ban-drop-column",
		"atlas: DS103",
		"pg-migration-lint: PGM009 to PGM012"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const table = alteredInUse(facts);
			if (!table) return [];
			return alterCommands(facts.statement, "AT_DropColumn").flatMap(({ name = "", node }) => {
				if (isNewColumn(table, name, facts, world) || node.missing_ok && !columnsBefore(table, world).has(name)) return [];
				const gone = lostWith$1(table, name, facts, world).map(called$1);
				const also = gone.length > 0 ? ` With it ${gone.length === 1 ? "goes" : "go"} ${gone.join(", ")}.` : "";
				return [{
					message: `Dropping ${name} deletes its data in ${table.name}, and running code that names it fails.${also}`,
					relations: [table.name],
					instead: { text: `Release code that does not use ${name} first. Then drop it with a comment above: -- lockkeeper:allow drop-column because no code uses ${name} any more` }
				}];
			});
		}
	}
};
/** What the base had on the column, or what depends on it, and the statement took away. */
function lostWith$1(table, column, { observation }, world) {
	const on = tableBefore(table, world)?.id;
	const dropped = droppedRelations(observation, world).filter((each) => each.kind === "view" || each.kind === "sequence" || each.kind === "index" && each.table === on && each.constraint === void 0 && mentions(each.definition, column));
	const locked = new Set([...observation.locks, ...observation.held].map(({ relation }) => relation));
	const kept = new Set(world.after.objects.map(({ oid, kind }) => `${kind} ${oid}`));
	return [...world.before.objects.filter((each) => each.kind === "constraint" && (each.table === on ? each.columns.includes(column) : pointsTo(each, on, column))).filter(({ oid, index, table: owner, references }) => {
		return [index, references && owner === on ? references.table : owner].every((name) => name === void 0 || locked.has(name)) && !kept.has(`constraint ${oid}`);
	}), ...dropped];
}
function pointsTo({ references }, table, column) {
	return references !== void 0 && references.table === table && references.columns.includes(column);
}

// src/rules/columns/generated-kind-default.ts
const rule$96 = {
	id: "generated-kind-default",
	severity: "notice",
	what: "A generated column is said to be neither STORED nor VIRTUAL.",
	why: "From PostgreSQL 18 on that means VIRTUAL, which is computed at every read and takes no index; before, it is a syntax error.",
	instead: "Write STORED or VIRTUAL.",
	majors: { from: 18 },
	sources: ["PostgreSQL documentation, CREATE TABLE, GENERATED ALWAYS AS; release notes of 18"],
	statement: {
		kinds: ["CreateStmt", "AlterTableStmt"],
		check({ statement }) {
			const created = readAll(read(statement.node, "CreateStmt")?.tableElts, "ColumnDef");
			const added = alterCommands(statement, "AT_AddColumn").flatMap(({ column }) => column ?? []);
			const virtual = [...created, ...added].filter(isVirtual);
			const said = tokensOf(statement.sql).filter((token) => isWord(token, "VIRTUAL")).length;
			if (virtual.length <= said) return [];
			return [{ message: `Without a word, ${virtual.map(({ colname }) => colname).join(", ")} is VIRTUAL: computed at every read, and without an index.` }];
		}
	}
};
function isVirtual({ constraints }) {
	return readAll(constraints, "Constraint").some(({ contype, generated_kind }) => contype === "CONSTR_GENERATED" && generated_kind === "v");
}

// src/rules/transaction.ts
/** The statements that follow in the same transaction; none where it ran outside of one. */
function laterInTransaction(facts, world) {
	return sameTransaction(facts, world).filter(({ index }) => index > facts.index);
}
function sameTransaction({ observation, index }, { statements }) {
	const { transaction } = observation;
	return statements.filter((each) => transaction === null ? each.index === index : each.observation.transaction === transaction);
}
/** The statement of its transaction that first locked one of these tables at least so strongly. */
function firstToLock(facts, tables, world, least) {
	return sameTransaction(facts, world).find(({ observation }) => lockedTables(observation.locks, least).some(({ relation }) => tables.includes(relation)));
}

// src/rules/columns/rename-column.ts
const rule$95 = {
	id: "rename-column",
	severity: "error",
	what: "A column of a table or view that is in use is renamed.",
	why: "Running code asks for the old name and fails from that moment until it is replaced; function bodies keep the old name too. It is a warning where another column takes the name in the same transaction.",
	instead: "Add a column with the new name, write both, move the readers, then drop the old one; or leave the name.",
	sources: [
		"strong_migrations: rename_column",
		"squawk: renaming-column",
		"atlas: BC102",
		"pg-migration-lint: PGM505"
	],
	statement: {
		kinds: ["RenameStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "RenameStmt");
			const table = node?.renameType === "OBJECT_COLUMN" ? inUse(facts, nameOf$1(node.relation)) : void 0;
			const [from, to] = [node?.subname ?? "", node?.newname ?? ""];
			if (!table || table.kind === "composite type" || isNewColumn(table, from, facts, world)) return [];
			if (isSwapped(table, from, to, facts, world)) return [{
				message: `${to} of ${table.name} is another column from then on: code that asks for ${from} fails, and prepared statements fail once.`,
				relations: [table.name],
				severity: "warning"
			}];
			if (takesOver(table, from, facts, world)) return [];
			return [{
				message: `Renaming ${from} to ${to} breaks running code that asks ${table.name} for ${from}.`,
				relations: [table.name],
				instead: { text: `Add ${to} beside ${from}, write both (a trigger can), move the readers, then drop ${from} in a later release.` }
			}];
		}
	}
};
/** The column gets the name of one that lost it earlier in the transaction. */
function isSwapped(table, from, to, facts, world) {
	return columnsBefore(table, world).has(to) && isNewColumn(table, to, facts, world) && from !== to;
}
/** Another column gets the name later in the same transaction, which is told there. */
function takesOver(table, from, facts, world) {
	return laterInTransaction(facts, world).some(({ statement, relation }) => {
		const node = read(statement.node, "RenameStmt");
		const { schema, name } = nameOf$1(node?.relation);
		return node?.renameType === "OBJECT_COLUMN" && node.newname === from && relation(schema, name)?.oid === table.oid;
	});
}

// src/rules/columns/set-expression.ts
const rule$94 = {
	id: "set-expression",
	severity: "error",
	what: "A stored generated column of a table that is in use gets another expression.",
	why: "It is computed anew for every row: the whole table and its indexes are rewritten while nobody can read or write it.",
	instead: "Add a plain column that a trigger keeps up to date, fill it in batches, and let it take the name.",
	majors: { from: 17 },
	sources: ["PostgreSQL documentation, ALTER TABLE, SET EXPRESSION", "PostgreSQL 17 release notes"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const names = alterCommands(facts.statement, "AT_SetExpression").map(({ name }) => name);
			const seen = rewrittenBy(facts, world, "AT_SetExpression");
			if (!seen) return [];
			return [{
				message: `The new expression of ${names.join(", ")} is computed for every row of ${seen.table.name}, which is rewritten.`,
				...costs(seen),
				instead: { text: `Add a plain column beside ${names.join(", ")} that a trigger keeps up to date, fill it in batches, then let it take the name.` }
			}];
		}
	}
};

// src/rules/constraint.ts
const types = {
	CONSTR_CHECK: "check",
	CONSTR_FOREIGN: "foreign key",
	CONSTR_PRIMARY: "primary key",
	CONSTR_UNIQUE: "unique",
	CONSTR_EXCLUSION: "exclusion"
};
/** Constraints that ALTER TABLE … ADD CONSTRAINT adds, checked at once: neither NOT VALID nor NOT ENFORCED. */
function checkedAtOnce(facts, type) {
	return addedConstraints(facts.statement, type).filter(({ inline, constraint }) => inline === void 0 && !constraint.skip_validation && constraint.is_enforced);
}
/**
* The constraint as the catalog has it after the pending migrations, also where the statement gives it no name: of those
* that fit, the first whose name is not given to another.
*/
function inCatalog(facts, added, table, { before, after }) {
	const id = [...objectsOf(after, "table").values()].find(({ oid }) => oid === table.oid)?.id;
	const known = new Set([...objectsOf(before, "constraint").values()].map(({ oid }) => oid));
	const own = [...objectsOf(after, "constraint").values()].filter((each) => each.table === id && !known.has(each.oid));
	const taken = new Set(addedConstraints(facts.statement).map(({ constraint }) => constraint.conname));
	return added.map(({ constraint, type, columns }) => {
		const name = constraint.conname;
		if (name !== void 0) return own.find((each) => each.name === name);
		const found = own.find((each) => each.type === types[type] && !taken.has(each.name) && sameNames(each.columns, columns));
		taken.add(found?.name);
		return found;
	});
}
function sameNames(a, b) {
	return a.length === b.length && a.every((each) => b.includes(each));
}
/** `ALTER TABLE orders VALIDATE CONSTRAINT positive;` for each name. */
function validations(facts, names) {
	const table = printName(alteredTable(facts.statement));
	return names.map((name) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${printIdentifier(name)};`).join("\n");
}
/**
* The user's own statement, with NOT VALID behind the actions that add these constraints, and a migration that checks
* them. Nothing where a name is not known.
*/
function inTwoSteps(facts, added, table, world) {
	const text = alterText(facts.statement);
	const known = inCatalog(facts, added, table, world);
	const names = added.flatMap((each, index) => each.constraint.conname ?? known[index]?.name ?? []);
	if (!text || names.length < added.length) return [];
	const changed = new Map(added.flatMap(({ command }) => command ? [[command.index, `${text.commands[command.index]} NOT VALID`]] : []));
	return [inTransaction(withCommands(text, changed)), inTransaction(validations(facts, names))];
}
/** Names in a sentence: `a, b`. */
function namesOf(added) {
	return added.map(({ constraint, columns }) => constraint.conname ?? `(${columns.join(", ")})`).join(", ");
}

// src/rules/constraints/add-check-validating.ts
const rule$93 = {
	id: "add-check-validating",
	severity: "error",
	what: "ADD CHECK, without NOT VALID, to a table that is in use.",
	why: "It holds ACCESS EXCLUSIVE while it reads every row: nobody reads or writes meanwhile.",
	instead: "Add it NOT VALID, which takes a moment, and VALIDATE it in a later migration, which lets everybody work.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, \"Notes\"",
		"squawk: constraint-missing-not-valid",
		"eugene: E1",
		"strong_migrations: add_check_constraint"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const altered = blockingAlter(facts);
			const added = checkedAtOnce(facts, "CONSTR_CHECK");
			if (!altered || added.length === 0) return [];
			return [{
				message: `Adding the check ${namesOf(added)} keeps everybody from ${altered.name} while every row is checked.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "scan"
				},
				instead: suggesting(inTwoSteps(facts, added, altered.table, world))
			}];
		}
	}
};

// src/rules/constraints/add-exclusion.ts
const rule$92 = {
	id: "add-exclusion",
	severity: "error",
	what: "ADD EXCLUDE to a table that is in use.",
	why: "It holds ACCESS EXCLUSIVE until its index is built, and PostgreSQL offers no way to build that one concurrently.",
	instead: "Use a maintenance window, or a new table with the constraint to which rows are moved in batches.",
	sources: [
		"PostgreSQL documentation, CREATE TABLE, EXCLUDE",
		"eugene: E8",
		"strong_migrations: add_exclusion_constraint"
	],
	covers: ["statement-after-access-exclusive"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts) {
			const added = addedConstraints(facts.statement, "CONSTR_EXCLUSION");
			const altered = blockingAlter(facts);
			if (!altered || added.length === 0) return [];
			return [{
				message: `Adding the exclusion constraint ${namesOf(added)} keeps everybody from ${altered.name} until its index is built.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "index build"
				},
				instead: { text: `No online way exists: plan a window, or move the rows of ${altered.name} to a new table that has the constraint.` }
			}];
		}
	}
};

// src/rules/inline.ts
/**
* The statement without constraints that stand behind new columns; then these, NOT VALID, with the names that
* PostgreSQL gave them; then their validation. Nothing where a name is not known.
*/
function columnFirst(facts, added, table, world) {
	const plain = withoutInline(facts, added);
	const known = inCatalog(facts, added, table, world).flatMap((each) => each ?? []);
	if (plain === void 0 || known.length < added.length) return [];
	const actions = known.map(({ name, definition }) => `ADD CONSTRAINT ${printIdentifier(name)} ${definition} NOT VALID`);
	return [
		inTransaction(plain),
		inTransaction(`ALTER TABLE ${printName(alteredTable(facts.statement))} ${actions.join(", ")};`),
		inTransaction(validations(facts, known.map(({ name }) => name)))
	];
}
/** The user's own statement without constraints that stand behind new columns. */
function withoutInline({ statement }, added) {
	const text = alterText(statement);
	const byCommand = Map.groupBy(added, ({ command }) => command);
	const changed = [...byCommand].flatMap(([command, own]) => {
		if (!command) return [];
		const rest = withoutConstraints(statement, command, own.map(({ constraint }) => constraint));
		return rest === void 0 ? [] : [[command.index, rest]];
	});
	return text && changed.length === byCommand.size ? withCommands(text, new Map(changed)) : void 0;
}

// src/rules/constraints/add-fk-inline-column.ts
const rule$91 = {
	id: "add-fk-inline-column",
	severity: "error",
	what: "ADD COLUMN … REFERENCES on a table that is in use, with a DEFAULT: every row refers to something.",
	why: "It holds ACCESS EXCLUSIVE on the table and SHARE ROW EXCLUSIVE on the one it refers to while it checks every row. Without a DEFAULT there is nothing to check.",
	instead: "Add the column; then the foreign key NOT VALID; then VALIDATE it, each in a migration of its own.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, \"Notes\"",
		"squawk: adding-foreign-key-constraint",
		"pgsafe: add-fk-without-not-valid"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const table = alteredInUse(facts);
			const added = addedConstraints(facts.statement, "CONSTR_FOREIGN").filter(({ inline }) => inline !== void 0);
			if (!table || added.length === 0 || blockedTables(facts.observation).length === 0) return [];
			const tables = lockedTables(facts.observation.locks, "ShareRowExclusiveLock").map(({ relation }) => relation);
			return [{
				message: `Adding ${added.map(({ inline }) => inline).join(", ")} with its foreign key keeps everybody from ${printName(alteredTable(facts.statement))} while every row is checked.`,
				relations: tables,
				blocking: {
					what: "reads and writes",
					during: "scan"
				},
				instead: suggesting(columnFirst(facts, added, table, world))
			}];
		}
	}
};

// src/rules/constraints/add-fk-validating.ts
const rule$90 = {
	id: "add-fk-validating",
	severity: "error",
	what: "ADD FOREIGN KEY, without NOT VALID, to a table that is in use.",
	why: "It holds SHARE ROW EXCLUSIVE on both tables while it looks for every row’s partner: nobody writes to either.",
	instead: "Add it NOT VALID, which takes a moment, and VALIDATE it in a later migration, which lets everybody work.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, \"Notes\"",
		"squawk: adding-foreign-key-constraint",
		"eugene: E1",
		"strong_migrations: add_foreign_key"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const table = alteredInUse(facts);
			const added = checkedAtOnce(facts, "CONSTR_FOREIGN");
			const { locks, held } = facts.observation;
			const locked = lockedTables([...locks, ...held], "ShareRowExclusiveLock");
			if (!table || added.length === 0 || locked.length === 0) return [];
			const tables = locked.map(({ relation }) => relation);
			const targets = added.map(({ constraint }) => printName(nameOf$1(constraint.pktable))).join(", ");
			const early = table.kind === "partitioned table" && world.major < 18;
			return [{
				message: `Adding the foreign key ${namesOf(added)} to ${targets} keeps writes to ${tables.join(" and ")} waiting while every row is checked.`,
				relations: tables,
				blocking: {
					what: "writes",
					during: "scan"
				},
				instead: early ? { text: "Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: add it to each partition NOT VALID, validate those, then add it to the parent." } : suggesting(inTwoSteps(facts, added, table, world))
			}];
		}
	}
};

// src/rules/unique.ts
/** Those whose index can be built first: not of a partitioned table, not WITHOUT OVERLAPS, and the name is known. */
function withIndexes(facts, added, table, world) {
	if (table.kind !== "table") return [];
	const known = inCatalog(facts, added, table, world);
	return added.flatMap((each, index) => {
		const { without_overlaps, options, indexspace } = each.constraint;
		return without_overlaps || options || indexspace ? [] : withIndex(facts, each, known[index]);
	});
}
function withIndex(facts, added, known) {
	const { constraint, columns } = added;
	const name = constraint.conname ?? known?.name;
	if (name === void 0) return [];
	const included = strings(constraint.including);
	const words = [
		`CREATE UNIQUE INDEX CONCURRENTLY ${printIdentifier(name)} ON ${printName(alteredTable(facts.statement))} (${printIdentifiers(columns)})`,
		...included.length > 0 ? [`INCLUDE (${printIdentifiers(included)})`] : [],
		...constraint.nulls_not_distinct ? ["NULLS NOT DISTINCT"] : []
	];
	const kind = added.type === "CONSTR_PRIMARY" ? "PRIMARY KEY" : "UNIQUE";
	const deferrable = constraint.deferrable || known?.deferrable ? " DEFERRABLE" : "";
	const deferred = constraint.initdeferred || known?.deferred ? " INITIALLY DEFERRED" : "";
	const action = `ADD CONSTRAINT ${printIdentifier(name)} ${kind} USING INDEX ${printIdentifier(name)}${deferrable}${deferred}`;
	return [{
		added,
		index: `${words.join(" ")};`,
		action
	}];
}
/** Whether the statement itself adds one of the columns: then no index can be built before it. */
function addsColumnOf({ statement }, { columns }) {
	return alterCommands(statement, "AT_AddColumn").some(({ name }) => name !== void 0 && columns.includes(name));
}

// src/rules/constraints/add-primary-key.ts
const rule$89 = {
	id: "add-primary-key",
	severity: "error",
	what: "ADD PRIMARY KEY, or a new column that is one, on a table that is in use.",
	why: "It holds ACCESS EXCLUSIVE until its index is built and its columns are searched for NULL: nobody reads or writes meanwhile.",
	instead: "Make the columns NOT NULL in steps, CREATE UNIQUE INDEX CONCURRENTLY outside a transaction, then ADD CONSTRAINT … PRIMARY KEY USING INDEX.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, ADD table_constraint_using_index",
		"squawk: adding-serial-primary-key-field",
		"atlas: PG104",
		"pg-migration-lint: PGM016"
	],
	covers: ["statement-after-access-exclusive"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const altered = blockingAlter(facts);
			const [added] = addedConstraints(facts.statement, "CONSTR_PRIMARY").filter(({ constraint }) => !constraint.indexname);
			if (!altered || !added) return [];
			return [{
				message: `Adding the primary key (${added.columns.join(", ")}) keeps everybody from ${altered.name} until its index is built.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "index build"
				},
				instead: suggesting(steps$4(facts, added, altered.table, world), world.outsideTransaction)
			}];
		}
	}
};
function steps$4(facts, added, table, world) {
	const text = alterText(facts.statement);
	const [ready] = withIndexes(facts, [added], table, world);
	if (!text || !ready || !added.command || addsColumnOf(facts, added)) return [];
	const known = columnsBefore(table, world);
	const nullable = added.columns.filter((column) => !known.get(column)?.notNull).map((column) => ({ column }));
	const name = printName(alteredTable(facts.statement));
	const plan = notNullPlan(name, nullable, world.major);
	const first = nullable.length > 0 ? [`ALTER TABLE ${name} ${plan.first.join(", ")};`, ...plan.following] : [];
	const last = withCommands(text, /* @__PURE__ */ new Map([[added.command.index, ready.action]]));
	return [
		...first.map((sql) => inTransaction(sql)),
		outsideTransaction(ready.index),
		inTransaction(last)
	];
}

// src/rules/constraints/add-unique-constraint.ts
const rule$88 = {
	id: "add-unique-constraint",
	severity: "error",
	what: "ADD UNIQUE to a table that is in use.",
	why: "It holds ACCESS EXCLUSIVE until its index is built: nobody reads or writes meanwhile.",
	instead: "CREATE UNIQUE INDEX CONCURRENTLY outside a transaction; then ADD CONSTRAINT … UNIQUE USING INDEX, which takes a moment.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, ADD table_constraint_using_index",
		"squawk: disallowed-unique-constraint",
		"eugene: E7",
		"atlas: PG105"
	],
	covers: ["statement-after-access-exclusive"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const altered = blockingAlter(facts);
			const added = addedConstraints(facts.statement, "CONSTR_UNIQUE").filter(({ inline, constraint }) => inline === void 0 && !constraint.indexname);
			if (!altered || added.length === 0) return [];
			const text = alterText(facts.statement);
			const ready = withIndexes(facts, added.filter((each) => !addsColumnOf(facts, each)), altered.table, world);
			const actions = new Map(ready.flatMap(({ added: { command }, action }) => command ? [[command.index, action]] : []));
			const steps = text && actions.size === added.length ? [...ready.map(({ index }) => outsideTransaction(index)), inTransaction(withCommands(text, actions))] : [];
			return [{
				message: `Adding the unique constraint ${namesOf(added)} keeps everybody from ${altered.name} until its index is built.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "index build"
				},
				instead: suggesting(steps, world.outsideTransaction)
			}];
		}
	}
};

// src/rules/constraints/check-inline-column.ts
const rule$87 = {
	id: "check-inline-column",
	severity: "error",
	what: "ADD COLUMN … CHECK on a table that is in use.",
	why: "It reads every row under ACCESS EXCLUSIVE, even where the new column has no default and nothing can violate it.",
	instead: "Add the column; then the CHECK NOT VALID; then VALIDATE it in a later migration.",
	sources: ["PostgreSQL documentation, ALTER TABLE, \"Notes\"", "pgsafe: add-check-without-not-valid"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const altered = blockingAlter(facts);
			const added = addedConstraints(facts.statement, "CONSTR_CHECK").filter(({ inline }) => inline !== void 0);
			const blocked = blockedTables(facts.observation);
			if (!altered || added.length === 0) return [];
			return [{
				message: `Adding ${added.map(({ inline }) => inline).join(", ")} with its check keeps everybody from ${altered.name} while every row is read.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: blocked.some(({ rewritten }) => rewritten) ? "rewrite" : "scan"
				},
				instead: suggesting(columnFirst(facts, added, altered.table, world))
			}];
		}
	}
};

// src/rules/constraints/create-table-fk-locks-parent.ts
const rule$86 = {
	id: "create-table-fk-locks-parent",
	severity: "notice",
	what: "A new table refers to one that is in use, and its transaction has more to do.",
	why: "SHARE ROW EXCLUSIVE on the table it refers to lasts until the transaction ends: nobody writes to that one meanwhile.",
	instead: "Create the table in a migration of its own, or add the foreign key in the last one.",
	sources: [
		"PostgreSQL documentation, CREATE TABLE",
		"strong_migrations #170, #187",
		"squawk #945, #962"
	],
	statement: {
		kinds: ["CreateStmt", "AlterTableStmt"],
		check(facts, world) {
			const { locks } = facts.observation;
			const parents = addedConstraints(facts.statement, "CONSTR_FOREIGN").flatMap(({ constraint }) => inUse(facts, nameOf$1(constraint.pktable))?.name ?? []);
			const own = locks.some(({ relation, mode }) => !parents.includes(relation) && mode !== "AccessShareLock");
			const locked = locks.filter(({ relation, mode }) => parents.includes(relation) && mode === "ShareRowExclusiveLock");
			const work = locked.length > 0 && !own && workAfter(facts, world);
			if (!work) return [];
			const names = [...new Set(locked.map(({ relation }) => relation))];
			return [{
				message: `Writes to ${names.join(", ")} wait from here until the transaction ends, also while line ${work.statement.line} works.`,
				relations: names,
				blocking: {
					what: "writes",
					during: "transaction"
				}
			}];
		}
	}
};
/** A later statement of the transaction that takes longer than a moment. */
function workAfter(facts, world) {
	return laterInTransaction(facts, world).find(({ observation }) => observation.scanned.length > 0 || observation.rewritten.length > 0);
}

// src/rules/place.ts
/** The last pending statement that names one of these, or else the last of all; undefined where none was run. */
function lastNaming(names, { statements }) {
	const { migration, path, line } = (statements.findLast(({ statement }) => names.some((name) => mentions(statement.sql, name))) ?? statements.at(-1))?.statement ?? {};
	return migration === void 0 || path === void 0 || line === void 0 ? void 0 : {
		migration,
		path,
		line
	};
}

// src/rules/constraints/deferrable-breaks-upsert.ts
const rule$85 = {
	id: "deferrable-breaks-upsert",
	severity: "notice",
	what: "A new unique constraint or primary key is DEFERRABLE.",
	why: "INSERT … ON CONFLICT cannot use it (SQLSTATE 55000), no foreign key can refer to it, and rows are checked one by one at the end.",
	instead: "Leave DEFERRABLE out, unless values must be exchanged within a transaction.",
	sources: ["PostgreSQL documentation, CREATE TABLE, DEFERRABLE; INSERT, ON CONFLICT"],
	whole(world) {
		return addedConstraintsOf(world).filter(({ type, deferrable, inherited }) => deferrable && !inherited && (type === "unique" || type === "primary key")).flatMap(({ name, table, columns }) => {
			const place = lastNaming([name, ...columns], world);
			const message = `${name} of ${table} is DEFERRABLE: ON CONFLICT (${columns.join(", ")}) fails.`;
			return place ? [{
				message,
				relations: [table],
				place
			}] : [];
		});
	}
};

// src/rules/constraints/domain-add-check.ts
const rule$84 = {
	id: "domain-add-check",
	severity: "error",
	what: "ALTER DOMAIN … ADD CONSTRAINT without NOT VALID, or VALIDATE CONSTRAINT, for a domain that tables in use have.",
	why: "It holds SHARE on every table with a column of the domain while it reads all their rows: nobody writes. Validating a NOT VALID constraint later takes the same lock.",
	instead: "Add the constraint NOT VALID and leave it so: new values are checked. Or put a CHECK on each table: NOT VALID, then VALIDATE, which lets everybody write.",
	sources: [
		"PostgreSQL documentation, ALTER DOMAIN, \"Notes\"",
		"squawk: ban-alter-domain-with-add-constraint",
		"pgsafe"
	],
	statement: {
		kinds: ["AlterDomainStmt"],
		check({ statement, observation }) {
			const node = read(statement.node, "AlterDomainStmt");
			const tables = blockedTables(observation).map((each) => each.table);
			if (!node || !["C", "V"].includes(node.subtype ?? "") || tables.length === 0) return [];
			const name = printName(nameOfList(node.typeName));
			return [{
				message: `Checking the domain ${name} keeps writes to ${tables.join(", ")} waiting while every row is read.`,
				relations: tables,
				blocking: {
					what: "writes",
					during: "scan"
				},
				instead: { text: `ALTER DOMAIN ${name} ADD CONSTRAINT … CHECK (…) NOT VALID checks new values at once and reads nothing; to check old rows too, give each table a CHECK that is NOT VALID, and VALIDATE it.` }
			}];
		}
	}
};

// src/rules/constraints/domain-not-null.ts
const rule$83 = {
	id: "domain-not-null",
	severity: "error",
	what: "ALTER DOMAIN … SET NOT NULL for a domain that tables in use have.",
	why: "It holds SHARE on every table with a column of the domain while it reads all their rows: nobody writes, and it has no NOT VALID form.",
	instead: "Make the columns NOT NULL instead, one by one, in the steps of set-not-null-scan.",
	sources: ["PostgreSQL documentation, ALTER DOMAIN, \"Notes\"", "pgsafe: add-domain-not-null"],
	statement: {
		kinds: ["AlterDomainStmt"],
		check({ statement, observation }) {
			const node = read(statement.node, "AlterDomainStmt");
			const tables = blockedTables(observation).map((each) => each.table);
			if (node?.subtype !== "O" || tables.length === 0) return [];
			const name = printName(nameOfList(node.typeName));
			return [{
				message: `Making the domain ${name} NOT NULL keeps writes to ${tables.join(", ")} waiting while every row is read.`,
				relations: tables,
				blocking: {
					what: "writes",
					during: "scan"
				},
				instead: { text: `Leave the domain ${name} nullable, and make its columns NOT NULL one by one.` }
			}];
		}
	}
};

// src/rules/constraints/drop-constraint.ts
const rule$82 = {
	id: "drop-constraint",
	severity: "warning",
	what: "A constraint of a table that is in use is dropped, and no other takes its place.",
	why: "From then on nothing keeps out the rows that it kept out, and ON CONFLICT, upserts and joins may have relied on it.",
	instead: "Make sure that nothing relies on it. To change a constraint, add the new one before the old one goes.",
	sources: [
		"atlas: CD101",
		"pgsafe: drop-constraint",
		"pgfence: drop-constraint"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const table = alteredInUse(facts);
			if (!table) return [];
			return alterCommands(facts.statement, "AT_DropConstraint").flatMap(({ name = "" }) => {
				const constraint = constraintBefore(table, name, world);
				if (!constraint || isKept(constraint, world)) return [];
				const where = printName(alteredTable(facts.statement));
				const keys = keysLostWith(constraint, world);
				const also = keys.map((key) => ` CASCADE drops the foreign key ${key.name} of ${key.table}, too.`).join("");
				const relations = [table.name, ...keys.map((key) => key.table)];
				return [{
					message: `Without ${name}, ${lossOf$1(constraint, where, world)}.${also}`,
					relations
				}];
			});
		}
	}
};
function lossOf$1({ type, columns, references, table: id }, table, { after }) {
	const names = columns.join(", ");
	switch (type) {
		case "foreign key": return `nothing keeps ${names} of ${table} from referring to rows of ${references?.table} that do not exist`;
		case "primary key":
			if ([...objectsOf(after, "constraint").values()].some((each) => each.table === id && each.type === type)) return `nothing keeps ${names} of ${table} unique: another primary key takes its place`;
			return `${table} has no primary key: duplicates get in, and logical replication cannot tell rows apart`;
		case "unique": return `nothing keeps ${names} of ${table} unique, and ON CONFLICT (${names}) fails`;
		default: return `nothing checks ${names || "the rows"} of ${table} any more`;
	}
}
/** Foreign keys of the base that rested on the constraint's columns, and are gone. */
function keysLostWith({ table, columns, type }, { before, after }) {
	if (type !== "primary key" && type !== "unique") return [];
	const kept = new Set([...objectsOf(after, "constraint").values()].map(({ oid }) => oid));
	return [...objectsOf(before, "constraint").values()].filter(({ oid, references }) => references?.table === table && references.columns.join() === columns.join() && !kept.has(oid));
}
/** Another constraint or unique index, or NOT NULL, says the same after the pending migrations. */
function isKept(old, { after }) {
	const same = (columns) => columns.join() === old.columns.join();
	const others = [...objectsOf(after, "constraint").values()];
	if (others.some((each) => each.table === old.table && each.type === old.type && same(each.columns))) return true;
	const hasKey = old.type !== "primary key" || others.some((each) => each.table === old.table && each.type === old.type);
	if (old.type === "unique" || old.type === "primary key") {
		const indexes = [...objectsOf(after, "index").values()];
		return hasKey && indexes.some((index) => index.table === old.table && index.unique && !index.predicate && same(index.columns));
	}
	const column = objectsOf(after, "column").get(`${old.table}.${old.columns[0]}`);
	return old.type === "check" && /^CHECK \(\(\S+ IS NOT NULL\)\)$/.test(old.definition) && column?.notNull === true;
}

// src/rules/constraints/drop-fk-locks-both.ts
const rule$81 = {
	id: "drop-fk-locks-both",
	severity: "notice",
	what: "DROP CONSTRAINT of a foreign key, without a lock_timeout.",
	why: "It needs ACCESS EXCLUSIVE on both tables: it waits for the queries of either, and all later queries of both wait behind it.",
	instead: "Set a lock_timeout before it, and try again when it ends; leave other work out of the transaction.",
	sources: ["PostgreSQL documentation, ALTER TABLE", "django-pg-zero-downtime-migrations"],
	covers: ["no-lock-timeout"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const table = alteredInUse(facts);
			const keys = alterCommands(facts.statement, "AT_DropConstraint").flatMap(({ name = "" }) => (table && constraintBefore(table, name, world)) ?? []).filter(({ type }) => type === "foreign key");
			const tables = lockedOut(facts);
			if (keys.length === 0 || tables.length < 2 || facts.lockTimeout > 0) return [];
			const sql = `SET lock_timeout = '2s';\n${facts.statement.sql};`;
			return [{
				message: `Dropping ${keys.map(({ name }) => name).join(", ")} locks ${tables.join(" and ")} against reads and writes, and nothing ends its wait for them.`,
				relations: tables,
				blocking: {
					what: "reads and writes",
					during: "moment"
				},
				instead: { migrations: [inTransaction(sql)] }
			}];
		}
	}
};

// src/rules/constraints/drop-not-null.ts
const rule$80 = {
	id: "drop-not-null",
	severity: "notice",
	what: "DROP NOT NULL on a column of a table that is in use.",
	why: "Code that reads the column has never met a NULL there, and it cannot be taken back once there are some.",
	instead: "Make sure that every reader, also outside this repository, can live with NULL.",
	sources: ["squawk: ban-drop-not-null", "pg-migration-lint: PGM507"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const table = alteredInUse(facts);
			const known = table ? columnsBefore(table, world) : /* @__PURE__ */ new Map();
			const columns = alterCommands(facts.statement, "AT_DropNotNull").flatMap(({ name = "" }) => known.get(name)?.notNull ? name : []);
			if (!table || columns.length === 0) return [];
			const where = printName(alteredTable(facts.statement));
			return [{
				message: `${columns.join(", ")} of ${where} may be NULL from now on: can all readers handle it?`,
				relations: [table.name]
			}];
		}
	}
};

// src/rules/constraints/fk-type-mismatch.ts
const rule$79 = {
	id: "fk-type-mismatch",
	severity: "warning",
	what: "A new foreign key whose columns have another type than those that they refer to.",
	why: "A column that is smaller cannot hold all keys: an integer that refers to a bigint fails beyond 2,147,483,647. Joins compare values of two types.",
	instead: "Give both the same type.",
	sources: ["PostgreSQL documentation, 5.5.5 \"Foreign Keys\"", "online_migrations: mismatched_foreign_key_type"],
	whole(world) {
		return addedConstraintsOf(world).flatMap((key) => key.inherited ? [] : problem$11(key, world));
	}
};
function problem$11({ name, table, columns, references }, world) {
	const known = objectsOf(world.after, "column");
	const different = columns.flatMap((column, index) => {
		const own = known.get(`${table}.${column}`)?.type;
		const other = references && known.get(`${references.table}.${references.columns[index]}`)?.type;
		return own && other && own !== other && !bothText(own, other) ? [`${column} is ${own}, not ${other}`] : [];
	});
	const place = different.length > 0 ? lastNaming([name, ...columns], world) : void 0;
	if (!place || !references) return [];
	return [{
		message: `A foreign key of ${table} to ${references.table} joins columns of two types: ${different.join(", ")}.`,
		relations: [table, references.table],
		place
	}];
}
/** Lengths of text say what may be written, not how it is compared. */
function bothText(...types) {
	return types.every((type) => /^(text$|character varying)/.test(type));
}

// src/rules/constraints/never-validated.ts
const rule$78 = {
	id: "never-validated",
	severity: "notice",
	what: "A constraint that the pending migrations add NOT VALID is not validated by them.",
	why: "Old rows may violate it, and the planner and later steps (SET NOT NULL, ATTACH PARTITION) cannot rely on it.",
	instead: "VALIDATE CONSTRAINT in a following migration: it lets everybody read and write.",
	sources: ["PostgreSQL documentation, ALTER TABLE, \"Notes\""],
	whole(world) {
		return [...constraints(world), ...columns(world)].flatMap(({ table, name, message }) => {
			const place = placeOf(table, name, world);
			return place ? [{
				message,
				relations: [table],
				place,
				instead: { text: validation(table, name) }
			}] : [];
		});
	}
};
function constraints({ before, after }) {
	const known = objectsOf(before, "constraint");
	return [...objectsOf(after, "constraint").values()].filter(({ id, validated, enforced }) => !validated && enforced && known.get(id)?.validated !== false).map(({ table, name }) => ({
		table,
		name,
		message: `${name} of ${table} stays NOT VALID: rows that are there already may violate it.`
	}));
}
function columns({ before, after }) {
	const known = objectsOf(before, "column");
	return [...objectsOf(after, "column").values()].filter(({ id, notNullUnvalidated }) => notNullUnvalidated && !known.get(id)?.notNullUnvalidated).map(({ table, name: column }) => ({
		table,
		name: void 0,
		message: `NOT NULL of ${table}.${column} stays NOT VALID: rows that are there already may be NULL.`
	}));
}
/** Where the constraint is added NOT VALID. */
function placeOf(table, name, { statements }) {
	const facts = statements.findLast(({ statement, relation }) => {
		const { schema, name: written } = alteredTable(statement);
		if ((relation(schema, written)?.name ?? "") !== table) return false;
		return alterCommands(statement, "AT_AddConstraint").filter(({ constraint }) => constraint?.skip_validation).some(({ constraint }) => name === void 0 || (constraint?.conname ?? name) === name);
	});
	return facts && {
		migration: facts.statement.migration,
		path: facts.statement.path,
		line: facts.statement.line
	};
}
function validation(table, name) {
	return `ALTER TABLE ${printName(splitId(table))} VALIDATE CONSTRAINT ${name === void 0 ? "…" : printIdentifier(name)};`;
}

// src/rules/constraints/not-valid-validate-same-tx.ts
const rule$77 = {
	id: "not-valid-validate-same-tx",
	severity: "error",
	what: "VALIDATE CONSTRAINT in the transaction that added the constraint NOT VALID, or altered its table.",
	why: "The strong lock of the earlier statement lasts until the transaction ends, so every row is checked under it after all.",
	instead: "Validate in a migration of its own, which runs in a transaction of its own.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, \"Notes\"",
		"pgfence: not-valid-validate-same-tx",
		"squawk: constraint-missing-not-valid"
	],
	covers: ["statement-after-access-exclusive"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts) {
			const { statement, observation } = facts;
			const names = alterCommands(statement, "AT_ValidateConstraint").map(({ name }) => name);
			if (names.length === 0 || !alteredInUse(facts)) return [];
			const held = new Set(lockedTables(observation.held).map(({ relation }) => relation));
			const blocked = blockedTables(observation).filter(({ table }) => held.has(table));
			if (blocked.length === 0) return [];
			const what = blocked.some(({ mode }) => mode === "AccessExclusiveLock") ? "reads and writes" : "writes";
			const tables = blocked.map(({ table }) => table);
			return [{
				message: `${names.join(", ")} is validated while this transaction still keeps ${what} of ${tables.join(", ")} waiting.`,
				relations: tables,
				blocking: {
					what,
					during: "scan"
				},
				instead: suggesting([inTransaction(`${statement.sql};`)])
			}];
		}
	}
};

// src/rules/constraints/pk-using-index-nullable.ts
const rule$76 = {
	id: "pk-using-index-nullable",
	severity: "error",
	what: "PRIMARY KEY USING INDEX on columns that may be NULL.",
	why: "The index is there, but each column becomes NOT NULL on the way: every row is searched for NULL under ACCESS EXCLUSIVE.",
	instead: "Make the columns NOT NULL first, in steps that let everybody work.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, ADD table_constraint_using_index",
		"eugene: W14",
		"atlas: PG304"
	],
	covers: ["statement-after-access-exclusive"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const altered = blockingAlter(facts);
			const [added] = addedConstraints(facts.statement, "CONSTR_PRIMARY").filter(({ constraint }) => constraint.indexname);
			if (!altered || !added) return [];
			const known = columnsBefore(altered.table, world);
			const nullable = keysOf(added.constraint, world).filter((column) => !known.get(column)?.notNull);
			const { name } = altered;
			const plan = notNullPlan(name, nullable.map((column) => ({ column })), world.major);
			const steps = [
				`ALTER TABLE ${name} ${plan.first.join(", ")};`,
				...plan.following,
				`${facts.statement.sql};`
			];
			return [{
				message: `The primary key makes ${nullable.join(", ")} NOT NULL and reads all of ${name} for it while nobody can use the table.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "scan"
				},
				instead: suggesting(nullable.length > 0 ? steps.map((sql) => inTransaction(sql)) : [])
			}];
		}
	}
};
/** Columns of the index that becomes the key; afterwards it has the constraint's name. */
function keysOf({ indexname, conname = indexname }, { before, after }) {
	const find = (snapshot, wanted) => [...objectsOf(snapshot, "index").values()].find(({ name }) => name === wanted);
	return ((find(before, indexname) ?? find(after, conname))?.columns ?? []).map((column) => column.replace(/^"(.*)"$/, "$1"));
}

// src/rules/constraints/set-not-null-scan.ts
const rule$75 = {
	id: "set-not-null-scan",
	severity: "error",
	what: "SET NOT NULL, or ADD CONSTRAINT … NOT NULL without NOT VALID, that has to read every row.",
	why: "It holds ACCESS EXCLUSIVE meanwhile: nobody reads or writes. It is a matter of a moment where a valid CHECK says that the column is not NULL.",
	instead: "PostgreSQL 18: ADD CONSTRAINT … NOT NULL … NOT VALID, then VALIDATE. Before: CHECK (… IS NOT NULL) NOT VALID, VALIDATE, SET NOT NULL, drop the CHECK.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, SET NOT NULL",
		"squawk: adding-not-nullable-field",
		"eugene: E2",
		"strong_migrations: change_column_null"
	],
	covers: ["statement-after-access-exclusive"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const altered = blockingAlter(facts);
			const commands = altered ? nullableCommands(facts, altered.table, world) : [];
			if (!altered || commands.length === 0) return [];
			return [{
				message: `Making ${commands.map(({ column }) => column).join(", ")} of ${altered.name} NOT NULL keeps everybody from the table while every row is read; it fails if one is NULL.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "scan"
				},
				instead: suggesting(steps$3(facts, commands, world))
			}];
		}
	}
};
/** Actions that make columns NOT NULL which were not at base. */
function nullableCommands(facts, table, world) {
	const known = columnsBefore(table, world);
	return alterCommands(facts.statement, "AT_SetNotNull", "AT_AddConstraint").flatMap(columnOf).filter(({ column }) => !known.get(column)?.notNull);
}
function columnOf({ type, name, index, constraint }) {
	if (type === "AT_SetNotNull") return name === void 0 ? [] : [{
		column: name,
		index
	}];
	if (constraint?.contype !== "CONSTR_NOTNULL" || constraint.skip_validation) return [];
	const [column] = strings(constraint.keys);
	if (column === void 0) return [];
	return [{
		column,
		index,
		...constraint.conname !== void 0 && { name: constraint.conname }
	}];
}
function steps$3(facts, commands, world) {
	const text = alterText(facts.statement);
	if (!text) return [];
	const plan = notNullPlan(printName(alteredTable(facts.statement)), commands, world.major);
	const changed = new Map(commands.map(({ index }, position) => [index, plan.first[position] ?? ""]));
	return [withCommands(text, changed), ...plan.following].map((sql) => inTransaction(sql));
}

// src/rules/constraints/unique-inline-column.ts
const rule$74 = {
	id: "unique-inline-column",
	severity: "error",
	what: "ADD COLUMN … UNIQUE on a table that is in use.",
	why: "It holds ACCESS EXCLUSIVE until the index of the new column is built over all rows: nobody reads or writes meanwhile.",
	instead: "Add the column; CREATE UNIQUE INDEX CONCURRENTLY outside a transaction; then ADD CONSTRAINT … UNIQUE USING INDEX.",
	sources: ["PostgreSQL documentation, ALTER TABLE, ADD table_constraint_using_index", "squawk: disallowed-unique-constraint"],
	covers: ["statement-after-access-exclusive"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const altered = blockingAlter(facts);
			const added = addedConstraints(facts.statement, "CONSTR_UNIQUE").filter(({ inline }) => inline !== void 0);
			if (!altered || added.length === 0) return [];
			return [{
				message: `Adding ${added.map(({ inline }) => inline).join(", ")} UNIQUE keeps everybody from ${altered.name} until its index is built.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "index build"
				},
				instead: suggesting(steps$2(facts, added, altered.table, world), world.outsideTransaction)
			}];
		}
	}
};
function steps$2(facts, added, table, world) {
	const plain = withoutInline(facts, added);
	const ready = withIndexes(facts, added, table, world);
	if (plain === void 0 || ready.length < added.length) return [];
	const head = `ALTER TABLE ${printName(alteredTable(facts.statement))}`;
	return [
		inTransaction(plain),
		...ready.map(({ index }) => outsideTransaction(index)),
		inTransaction(`${head} ${ready.map(({ action }) => action).join(", ")};`)
	];
}

// src/postgres/syntax/functions.ts
/** What a statement creates; undefined for others. */
function createdFunction(node) {
	const created = read(node, "CreateFunctionStmt");
	if (!created) return void 0;
	const parameters = readAll(created.parameters, "FunctionParameter");
	const inputs = parameters.filter(({ mode }) => mode !== "FUNC_PARAM_OUT" && mode !== "FUNC_PARAM_TABLE");
	return {
		name: nameOfList(created.funcname),
		replace: created.replace === true,
		inputs: inputs.map(({ argType, defexpr, mode }) => ({
			type: `${strings(argType?.names).at(-1)}${argType?.arrayBounds?.length ? "[]" : ""}`,
			optional: defexpr !== void 0 || mode === "FUNC_PARAM_VARIADIC"
		})),
		names: parameters.flatMap(({ name }) => name ?? [])
	};
}
/** The first statement of a text; undefined where PostgreSQL's parser refuses it. */
function parsed$1(sql) {
	return parsedAll(sql)[0];
}
/** The statements of a text; none where PostgreSQL's parser refuses it. */
function parsedAll(sql) {
	try {
		return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => stmt ?? []);
	} catch {
		return [];
	}
}

// src/postgres/syntax/bodies.ts
/** The body of a routine in SQL or PL/pgSQL; undefined for other languages and bodies that PostgreSQL keeps parsed. */
function bodyOf({ language, definition, body }) {
	if (body === "") return void 0;
	if (language === "sql") return {
		queries: parsedAll(body),
		variables: new Set(createdFunction(parsed$1(definition))?.names),
		types: []
	};
	return language === "plpgsql" ? plpgsqlBody(definition) : void 0;
}
function plpgsqlBody(definition) {
	const found = {
		queries: [],
		variables: /* @__PURE__ */ new Set(),
		types: []
	};
	try {
		visit$2(parsePlPgSQLSync(definition), found);
	} catch {
		return;
	}
	return found;
}
/** Goes through PL/pgSQL's parse tree, whose nodes have no types: expressions, names and types are kept as text. */
function visit$2(value, found) {
	if (typeof value !== "object" || value === null) return;
	const { query, parseMode, refname, typname, PLpgSQL_stmt_dynexecute: dynamic } = value;
	if (dynamic) found.queries.push(...parsedAll(constantOf(dynamic.query?.PLpgSQL_expr?.query ?? "")));
	if (typeof query === "string") found.queries.push(...parsedAll(asStatement(query, Number(parseMode ?? 0))));
	if (typeof refname === "string") found.variables.add(refname);
	if (typeof typname === "string") found.types.push(typname);
	for (const each of Object.values(value)) visit$2(each, found);
}
/** What EXECUTE runs, where it is written out as one string; otherwise nothing is known of it. */
function constantOf(expression) {
	const target = readAll(read(parsed$1(`SELECT ${expression}`), "SelectStmt")?.targetList, "ResTarget")[0];
	return read(target?.val, "A_Const")?.sval?.sval ?? "";
}
/** PL/pgSQL parses statements (0), expressions (2) and assignments (3 and up): enum RawParseMode of its source. */
function asStatement(text, mode) {
	if (mode === 0) return text;
	return `SELECT ${mode === 2 ? text : assignmentAsList(text)}`;
}
/** `NEW.total := 5` as `NEW.total , 5`. */
function assignmentAsList(text) {
	const sign = tokensOf(text).find((token) => token.text === ":=" || token.text === "=");
	return sign ? `${text.slice(0, sign.start)},${text.slice(sign.end)}` : text;
}

// src/postgres/syntax/references.ts
/**
* Tables and columns that a query names. Subqueries are not told apart: a column without a table in front of it may
* belong to any table of the query, and none is named whose name the query itself gives to something.
*/
function referencesIn(query) {
	const found = {
		tables: /* @__PURE__ */ new Map(),
		given: /* @__PURE__ */ new Set(),
		columns: []
	};
	visit$1(query, found);
	const tables = [...found.tables.values()].flat().filter(({ schema, name }) => schema || !found.given.has(name));
	return {
		tables,
		columns: found.columns.flatMap((written) => resolved(written, found, tables))
	};
}
function resolved({ name, owner }, { tables, given }, all) {
	if (typeof owner === "object") return [{
		name,
		tables: [nameOf$1(owner)],
		bare: false
	}];
	if (owner === void 0) return given.has(name) ? [] : [{
		name,
		tables: all,
		bare: true
	}];
	if (given.has(owner)) return [];
	return [{
		name,
		tables: tables.get(owner) ?? [],
		bare: false,
		...!tables.has(owner) && { owner }
	}];
}
function visit$1(value, found) {
	if (typeof value !== "object" || value === null) return;
	const node = value;
	noteTable(read(node, "RangeVar") ?? ownRelation(value), found);
	noteColumn(node, found);
	noteWritten(node, found);
	noteGiven(node, found);
	for (const each of Object.values(value)) visit$1(each, found);
}
/** INSERT, UPDATE and DELETE have their table without a node around it. */
function ownRelation(value) {
	const { relation } = value;
	return relation?.relname === void 0 ? void 0 : relation;
}
function noteTable(relation, { tables }) {
	if (relation?.relname === void 0) return;
	const name = relation.alias?.aliasname ?? relation.relname;
	tables.set(name, [...tables.get(name) ?? [], nameOf$1(relation)]);
}
function noteColumn(node, { columns }) {
	const fields = read(node, "ColumnRef")?.fields;
	const names = strings(fields);
	const [name, owner] = names.toReversed();
	if (name !== void 0 && names.length === fields?.length) columns.push({
		name,
		owner
	});
}
/** Columns that INSERT and UPDATE write. */
function noteWritten(node, { columns }) {
	const insert = read(node, "InsertStmt");
	const update = read(node, "UpdateStmt");
	const owner = (insert ?? update)?.relation;
	const written = [
		insert?.cols,
		insert?.onConflictClause?.targetList,
		update?.targetList
	].flatMap((list) => readAll(list, "ResTarget"));
	for (const { name } of written) if (name !== void 0) columns.push({
		name,
		owner
	});
}
/** Common table expressions, aliases of columns and of subqueries. */
function noteGiven(node, { given }) {
	const common = read(node, "CommonTableExpr");
	const alias = read(node, "RangeSubselect")?.alias ?? read(node, "RangeFunction")?.alias;
	const columns = readAll(read(node, "RangeFunction")?.coldeflist, "ColumnDef").map(({ colname }) => colname);
	const targets = readAll(read(node, "SelectStmt")?.targetList, "ResTarget").map(({ name }) => name);
	const names = [
		common?.ctename,
		alias?.aliasname,
		...strings(common?.aliascolnames),
		...strings(alias?.colnames)
	];
	for (const name of [
		...names,
		...columns,
		...targets
	]) if (name !== void 0) given.add(name);
}

// src/rules/catalog.ts
/** What a snapshot has by these names; a name without a schema is looked for in all of them. */
function catalogOf(snapshot) {
	const columns = Map.groupBy(objectsOf(snapshot, "column").values(), ({ table }) => table);
	const own = [...objectsOf(snapshot, "table").values()].map(({ id, schema, name }) => {
		return {
			schema,
			name,
			columns: columns.get(id)?.map((column) => column.name) ?? []
		};
	});
	const byName = Map.groupBy([...own, ...objectsOf(snapshot, "view").values()], ({ name }) => name);
	const find = ({ schema, name }) => (byName.get(name) ?? []).filter((each) => schema === void 0 || each.schema === schema);
	return { has: ({ tables, column }) => tables.flatMap(find).some((each) => column === void 0 || each.columns.includes(column)) };
}

// src/rules/functions/dangling-function-body.ts
const rule$73 = {
	id: "dangling-function-body",
	severity: "error",
	what: "The body of a function names a table or column that is dropped or renamed.",
	why: "PostgreSQL keeps bodies in PL/pgSQL and quoted SQL as text and does not look into them: the migration succeeds, and the function fails when it is called (SQLSTATE 42703 or 42P01); a trigger’s function takes the writes along.",
	instead: "CREATE OR REPLACE the function in the same transaction, or drop it.",
	sources: ["PostgreSQL documentation, 5.15 \"Dependency Tracking\"; 36.5 \"Query Language (SQL) Functions\"", "plpgsql_check"],
	whole(world) {
		if (!world.changes.some(({ kind, action }) => action !== "added" && [
			"table",
			"view",
			"column"
		].includes(kind))) return [];
		const [before, after] = [catalogOf(world.before), catalogOf(world.after)];
		const isGone = (named) => before.has(named) && !after.has(named) && isApart(named, after);
		return [...objectsOf(world.after, "function").values()].flatMap((routine) => {
			const body = bodyOf(routine);
			return (body ? namesIn$1(body, triggered(routine, world)).filter(isGone) : []).filter(once()).flatMap((each) => problem$10(routine, each, world));
		});
	}
};
/** Where the table itself is gone, its columns are not worth a word. */
function isApart({ tables, column }, after) {
	return column === void 0 || after.has({ tables });
}
/** Everything a body names: tables, then columns, each as one of the tables that it may belong to. */
function namesIn$1(body, triggered) {
	return [...body.types.flatMap(typeNames), ...body.queries.flatMap((query) => queryNames(query, body, triggered))];
}
function queryNames(query, { variables }, triggered) {
	const { tables, columns } = referencesIn(query);
	const named = columns.flatMap(({ name, bare, owner, tables }) => {
		if (bare && variables.has(name)) return [];
		const own = owner === "new" || owner === "old" ? triggered : tables;
		return own.length > 0 ? [{
			tables: own,
			column: name
		}] : [];
	});
	return [...tables.map((table) => ({ tables: [table] })), ...named];
}
/** `orders.total%TYPE` and `orders%ROWTYPE`. */
function typeNames(type) {
	const [, path, kind] = /^([^%]+)%(type|rowtype)$/i.exec(type.trim()) ?? [];
	const names = path?.split(".").map((name) => unquoted(name.trim())) ?? [];
	const column = kind?.toLowerCase() === "type" ? names.pop() : void 0;
	const [name, schema] = names.reverse();
	return name === void 0 ? [] : [{
		tables: [{
			schema,
			name
		}],
		...column !== void 0 && { column }
	}];
}
/** Tables whose triggers call the routine: what NEW and OLD are. */
function triggered({ id }, { after }) {
	return [...objectsOf(after, "trigger").values()].filter((each) => each.function === id).map(({ table }) => splitId(table));
}
function once() {
	const seen = /* @__PURE__ */ new Set();
	return (named) => {
		const name = called(named);
		return !seen.has(name) && seen.add(name).has(name);
	};
}
function called({ tables, column }) {
	const table = tables.map(printName).join(" or ");
	return column === void 0 ? table : `the column ${printIdentifier(column)} of ${table}`;
}
function problem$10({ id, type }, named, world) {
	const place = lastNaming([named.column ?? named.tables[0]?.name ?? ""], world);
	const message = `The body of ${id} names ${called(named)}, which is no longer there: it fails when it is called.`;
	const instead = { text: `${`CREATE OR REPLACE ${type === "procedure" ? "PROCEDURE" : "FUNCTION"}`} ${id} in the same transaction, with a body that does without it.` };
	return place ? [{
		message,
		instead,
		place
	}] : [];
}

// src/rules/functions/drop-function.ts
const rule$72 = {
	id: "drop-function",
	severity: "warning",
	what: "A function or procedure is dropped, renamed or moved, and no other has its name.",
	why: "Running code that calls it fails from that moment.",
	instead: "Keep the old one beside the new one until all code is moved, then drop it in a later release.",
	sources: ["PostgreSQL documentation, DROP FUNCTION; 36.6 \"Function Overloading\""],
	whole(world) {
		const kept = new Set([...objectsOf(world.after, "function").values()].map(nameOf));
		return [...objectsOf(world.before, "function").values()].filter((routine) => routine.result !== "trigger" && !kept.has(nameOf(routine)) && !isSchemaGone(routine, world)).flatMap((routine) => problem$9(routine, world));
	}
};
/** Functions by the same name may suit the same calls: that is not known. */
function nameOf({ schema, name }) {
	return `${schema}.${name}`;
}
function isSchemaGone({ schema }, { after }) {
	return schema !== "public" && !objectsOf(after, "schema").has(schema);
}
function problem$9({ id, name, type, oid }, world) {
	const now = [...objectsOf(world.after, "function").values()].find((each) => each.oid === oid);
	const place = lastNaming([name], world);
	const what = now ? `is called ${now.schema}.${now.name}` : "is gone";
	return place ? [{
		message: `The ${type} ${id} ${what}: running code that calls it fails.`,
		place
	}] : [];
}

// src/rules/functions/function-overload-trap.ts
const rule$71 = {
	id: "function-overload-trap",
	severity: "warning",
	what: "CREATE OR REPLACE FUNCTION has other parameters than the function that is there, and so replaces nothing.",
	why: "A second function comes beside the first, which goes on doing what it did. It is an error where both fit the same call, because of a default: every such call then fails as not unique (SQLSTATE 42725).",
	instead: "DROP the old function in the same transaction, or give the new one another name.",
	sources: ["PostgreSQL documentation, 36.6 \"Function Overloading\"; 10.3 \"Functions\"; measured on 12 to 18"],
	statement: {
		kinds: ["CreateFunctionStmt"],
		check(facts, world) {
			const written = createdFunction(facts.statement.node);
			const created = written && routineMade(written, world);
			if (!created) return [];
			const others = beside(created, world);
			const rival = others.find((each) => fitSameCall(inputsOf(each), written.inputs));
			if (rival) return [problem$8(created, rival, "error", facts)];
			const [other, ...more] = others;
			return written.replace && other && more.length === 0 ? [problem$8(created, other, "warning", facts)] : [];
		}
	}
};
/** The new routine that a statement made, if it is still there at the end. */
function routineMade({ name, inputs }, { before, after }) {
	const known = new Set([...objectsOf(before, "function").values()].map(({ oid }) => oid));
	return [...objectsOf(after, "function").values()].find((each) => !known.has(each.oid) && each.name === name.name && (name.schema === void 0 || each.schema === name.schema) && sameTypes(inputsOf(each), inputs, inputs.length) && inputsOf(each).length === inputs.length);
}
/** Routines of the base that have the same name, and are still there at the end. */
function beside({ schema, name }, { before, after }) {
	const kept = new Set([...objectsOf(after, "function").values()].map(({ oid }) => oid));
	return [...objectsOf(before, "function").values()].filter((each) => each.schema === schema && each.name === name && kept.has(each.oid) && each.type !== "aggregate");
}
function inputsOf({ definition }) {
	return createdFunction(parsed$1(definition))?.inputs ?? [];
}
/** Whether some number of arguments suits both, with the same types, so that PostgreSQL cannot choose. */
function fitSameCall(a, b) {
	const needed = Math.max(...[a, b].map((inputs) => inputs.filter(({ optional }) => !optional).length));
	return needed <= Math.min(a.length, b.length) && sameTypes(a, b, needed);
}
function sameTypes(a, b, count) {
	return a.slice(0, count).every(({ type }, index) => type === b[index]?.type);
}
function problem$8(created, other, severity, { statement }) {
	const effect = severity === "error" ? "a call that fits both fails as not unique" : "whoever calls that one still gets what it did before";
	return {
		message: `This makes a second function ${created.id} beside ${other.id}: ${effect}.`,
		severity,
		instead: { text: `Write DROP ${kindOf(other)} ${other.id}; before line ${statement.line}, or choose another name.` }
	};
}
function kindOf({ type }) {
	return type === "procedure" ? "PROCEDURE" : "FUNCTION";
}

// src/rules/history/deleted-applied.ts
const rule$70 = {
	id: "deleted-applied",
	severity: "error",
	what: "A migration that is applied already is gone, or has another version.",
	why: "Databases that have it know a version without a file; many tools refuse to go on, and new databases miss the change.",
	instead: "Put the file back; undo its change by a new migration.",
	sources: ["golang-migrate source/driver", "Flyway validate"],
	whole: ({ base, head }) => {
		const there = new Set(head.migrations.map(({ id }) => id));
		return base.migrations.filter(({ id }) => !there.has(id)).map(({ id, path }) => ({
			message: `${id} is applied already, and its file is gone.`,
			instead: { text: "Put the file back; undo its change by a new migration." },
			place: {
				migration: id,
				path,
				line: 1
			}
		}));
	}
};

// src/rules/history/down-missing.ts
const rule$69 = {
	id: "down-missing",
	severity: "notice",
	what: "A migration has no down script, where the others of this folder have one.",
	why: "It cannot be taken back by the tool.",
	instead: "Write the down script, or say by a comment in an empty one that there is no way back.",
	sources: ["golang-migrate", "goose"],
	whole: ({ head, pending }) => {
		if (head.migrations.filter(({ down }) => down !== void 0).length * 2 <= head.migrations.length) return [];
		return pending.filter(({ down }) => down === void 0).map(({ id, path }) => ({
			message: `${id} has no down script.`,
			place: {
				migration: id,
				path,
				line: 1
			}
		}));
	}
};

// src/rules/history/duplicate-version.ts
const rule$68 = {
	id: "duplicate-version",
	severity: "warning",
	what: "A new migration has the same number as another one of its folder, where all others have a number of their own.",
	why: "Two branches took the next number. A runner that keeps numbers applies only one of the two, and nobody has thought about their order.",
	instead: "Give the new one the next number.",
	sources: [
		"golang-migrate: \"duplicate migration file\"",
		"goose: \"duplicate version\"",
		"Flyway: \"Found more than one\""
	],
	whole: ({ base, head, pending }) => {
		if (shared(base.migrations).length > 0) return [];
		const fresh = new Set(pending.map(({ id }) => id));
		return shared(head.migrations).flatMap((twins) => {
			const late = twins.findLast(({ id }) => fresh.has(id));
			const first = twins.find(({ id }) => id !== late?.id);
			if (!late || !first) return [];
			return [{
				message: `${late.name} has the same number as ${first.name}.`,
				place: {
					migration: late.id,
					path: late.path,
					line: 1
				}
			}];
		});
	}
};
/** Migrations of one folder that have their number in common. */
function shared(migrations) {
	const numbered = migrations.filter(({ id }) => numberOf(id) !== void 0);
	return [...Map.groupBy(numbered, ({ id, path }) => `${path.slice(0, path.lastIndexOf("/"))} ${numberOf(id)}`).values()].filter(({ length }) => length > 1);
}
/** The number that a name begins with; none for a date, of which there may be several, or a version in parts. */
function numberOf(id) {
	const [, digits] = /^0*(\d+)(?![\d]|[._-]\d)/.exec(id) ?? [];
	return digits === void 0 || /^(19|20)\d{6}$/.test(digits) ? void 0 : digits;
}

// src/rules/history/edited-applied.ts
const rule$67 = {
	id: "edited-applied",
	severity: "error",
	what: "A migration that is applied already was changed.",
	why: "Databases that have it will not run it again, and tools that keep checksums refuse to go on.",
	instead: "Put the file back as it was and write a new migration.",
	sources: ["atlas migrate hash", "Flyway validate"],
	whole: ({ base, head }) => {
		const before = new Map(base.migrations.map((each) => [each.id, each]));
		return head.migrations.flatMap(({ id, path, up }) => {
			const applied = before.get(id);
			if (!applied || plain(applied.up.text) === plain(up.text)) return [];
			return [{
				message: `${id} is applied already, and its text was changed: databases that have it will not run it again.`,
				instead: { text: "Put the file back as it was and write a new migration." },
				place: {
					migration: id,
					path,
					line: firstDifference(applied.up.text, up.text)
				}
			}];
		});
	}
};
/** Git changes line ends by itself. */
function plain(text) {
	return text.replaceAll("\r\n", "\n");
}
function firstDifference(before, after) {
	const [old, now] = [plain(before).split("\n"), plain(after).split("\n")];
	const index = now.findIndex((line, at) => line !== old[at]);
	return (index < 0 ? now.length : index) + (index < 0 ? 0 : 1);
}

// src/rules/history/out-of-order.ts
const rule$66 = {
	id: "out-of-order",
	severity: "error",
	what: "A new migration comes before one that is applied already.",
	why: "golang-migrate never runs it, goose refuses to run at all, and others run it late, on a schema that its author did not see.",
	instead: "Give it a version behind the newest one that is applied.",
	sources: [
		"golang-migrate",
		"goose -allow-missing",
		"atlas non_linear"
	],
	whole: ({ base, head, pending }) => {
		const applied = new Set(base.migrations.map(({ id }) => id));
		const last = head.migrations.findLast(({ id }) => applied.has(id));
		const position = last ? head.migrations.indexOf(last) : -1;
		const early = new Set(head.migrations.slice(0, Math.max(0, position)).map(({ id }) => id));
		return pending.filter(({ id }) => early.has(id)).map(({ id, path }) => ({
			message: `${id} comes before ${last?.id}, which is applied already.`,
			instead: { text: "Rename it, so that its version is the newest." },
			place: {
				migration: id,
				path,
				line: 1
			}
		}));
	}
};

// src/postgres/syntax/indexes.ts
/** What a CREATE INDEX says. Undefined for other statements. */
function createdIndex(statement) {
	const node = read(statement.node, "IndexStmt");
	if (!node) return void 0;
	return {
		name: node.idxname,
		table: nameOf$1(node.relation),
		unique: node.unique === true,
		concurrently: node.concurrent === true,
		ifNotExists: node.if_not_exists === true,
		only: node.relation?.inh !== true,
		columns: readAll(node.indexParams, "IndexElem").map(({ name }) => name),
		node
	};
}
/** Whether a statement says CONCURRENTLY: CREATE, DROP, REINDEX INDEX, DETACH PARTITION. */
function saysConcurrently({ node }) {
	return readAll(read(node, "AlterTableStmt")?.cmds, "AlterTableCmd").some(({ def }) => read(def, "PartitionCmd")?.concurrent === true) || read(node, "IndexStmt")?.concurrent === true || read(node, "DropStmt")?.concurrent === true || hasOption(read(node, "ReindexStmt")?.params, "concurrently");
}
/** The same CREATE INDEX with CONCURRENTLY, and without IF NOT EXISTS, which would pass over an invalid index. */
function concurrentIndex(sql) {
	return insertAfter(withoutIfNotExists(withoutWord(sql, "CONCURRENTLY")), "INDEX", "CONCURRENTLY");
}
/** The same CREATE INDEX, on the partitioned table alone and not concurrently. */
function indexOnOnly(sql) {
	const plain = withoutWord(withoutWord(sql, "CONCURRENTLY"), "ONLY");
	return insertAfter(plain, "ON", "ONLY");
}
/** The text without the first token that is this key word. */
function withoutWord(sql, word) {
	const tokens = tokensOf(sql);
	return cut(sql, tokens, tokens.findIndex((token) => isWord(token, word)), 1);
}
function withoutIfNotExists(sql) {
	const tokens = tokensOf(sql);
	return cut(sql, tokens, tokens.findIndex((token, index) => isWord(token, "IF") && isWord(tokens[index + 1], "NOT")), 3);
}
function cut(sql, tokens, at, count) {
	const [first, next] = [tokens[at], tokens[at + count]];
	return first && next ? sql.slice(0, first.start) + sql.slice(next.start) : sql;
}

// src/rules/indexes/concurrent-if-not-exists-trap.ts
const rule$65 = {
	id: "concurrent-if-not-exists-trap",
	severity: "warning",
	what: "CREATE INDEX CONCURRENTLY IF NOT EXISTS.",
	why: "A run that was interrupted leaves an INVALID index under that name; the next run sees it, skips the statement, and the migration is recorded with an index that no query uses and no uniqueness is kept by.",
	instead: "Drop what an interrupted run may have left, then create without IF NOT EXISTS.",
	sources: ["PostgreSQL documentation, CREATE INDEX, \"Building Indexes Concurrently\"", "chatwoot#15885, OpenMetadata#28238: invalid indexes that went unnoticed"],
	statement: {
		kinds: ["IndexStmt"],
		check(facts, world) {
			const index = createdIndex(facts.statement);
			if (!index?.concurrently || !index.ifNotExists || index.name === void 0 || !inUse(facts, index.table)) return [];
			const name = printName({
				schema: index.table.schema,
				name: index.name
			});
			return [{
				message: `If an interrupted run leaves ${name} invalid, the next run skips this statement and keeps the invalid index.`,
				instead: {
					text: world.outsideTransaction,
					migrations: [outsideTransaction(`DROP INDEX CONCURRENTLY IF EXISTS ${name};`), outsideTransaction(`${concurrentIndex(facts.statement.sql)};`)]
				}
			}];
		}
	}
};

// src/rules/indexes/concurrent-mixed-file.ts
const rule$64 = {
	id: "concurrent-mixed-file",
	severity: "warning",
	what: "A CONCURRENTLY statement shares a migration with other statements.",
	why: "The file runs outside a transaction: when one statement fails, those before it stay, the migration is not recorded, and the next run fails on what is already there.",
	instead: "Give the CONCURRENTLY statement a migration of its own. Settings and DROP INDEX CONCURRENTLY IF EXISTS may stand before it.",
	sources: [
		"PostgreSQL documentation, CREATE INDEX, \"Building Indexes Concurrently\"",
		"eugene",
		"atlas: PG110"
	],
	statement: { check(facts, world) {
		const { statement } = facts;
		if (!saysConcurrently(statement)) return [];
		const own = world.statements.filter((each) => each.statement.migration === statement.migration);
		if (own.find(isBuilt) !== facts) return [];
		const others = own.filter((each) => each !== facts && !isRepeatable(each));
		if (others.length === 0) return [];
		return [{
			message: `If this fails half-way, ${`${others.length} other ${others.length === 1 ? "statement" : "statements"}`} of ${statement.path} may already be committed, and the next run begins anew.`,
			instead: {
				text: world.outsideTransaction,
				migrations: [outsideTransaction(`${statement.sql};`)]
			}
		}];
	} }
};
/** The first statement that is not repeatable and says CONCURRENTLY speaks for the file. */
function isBuilt(facts) {
	return saysConcurrently(facts.statement) && !isRepeatable(facts);
}
/** Does no harm when it runs again. An index is left out: IF NOT EXISTS would pass over an invalid one. */
function isRepeatable({ statement: { kind, node, sql } }) {
	if ([
		"VariableSetStmt",
		"VariableShowStmt",
		"TransactionStmt",
		"SelectStmt"
	].includes(kind)) return true;
	if (kind === "DropStmt") return read(node, "DropStmt")?.missing_ok === true;
	return kind !== "IndexStmt" && /^CREATE\s+(OR\s+REPLACE\b|\w+\s+IF\s+NOT\s+EXISTS\b)/i.test(sql);
}

// src/rules/indexes/concurrent-with-short-timeout.ts
/** Milliseconds that may pass until the last transaction that was there before has ended. */
const longWait = 12e4;
/** Milliseconds in which a big index may be built. */
const longBuild = 36e5;
const rule$63 = {
	id: "concurrent-with-short-timeout",
	severity: "warning",
	what: "CREATE INDEX or REINDEX CONCURRENTLY runs with a statement_timeout of less than an hour, or a lock_timeout of less than two minutes.",
	why: "It waits until all transactions that were there before have ended, and that counts: where a timeout ends it, an invalid index stays behind. While it waits nobody waits behind it.",
	instead: "SET statement_timeout = 0 and a long lock_timeout in the migration of the index.",
	sources: ["PostgreSQL documentation, CREATE INDEX, \"Building Indexes Concurrently\"; measured on 12 to 18"],
	statement: {
		kinds: ["IndexStmt", "ReindexStmt"],
		check(facts) {
			const limits = saysConcurrently(facts.statement) ? shortLimits(facts) : [];
			if (limits.length === 0) return [];
			return [{
				message: `${read(facts.statement.node, "IndexStmt") ? "CREATE INDEX" : "REINDEX"} CONCURRENTLY waits for older transactions, and ${limits.join(" and ")} may end it half-way: an invalid index stays behind.`,
				instead: { text: `SET statement_timeout = 0; SET lock_timeout = '10min'; before it.` }
			}];
		}
	}
};
function shortLimits({ lockTimeout, statementTimeout }) {
	return [...statementTimeout > 0 && statementTimeout < longBuild ? [`the statement_timeout of ${seconds(statementTimeout)}`] : [], ...lockTimeout > 0 && lockTimeout < longWait ? [`the lock_timeout of ${seconds(lockTimeout)}`] : []];
}
function seconds(milliseconds) {
	return `${milliseconds / 1e3} s`;
}

// src/rules/indexes/concurrently-in-transaction.ts
const rule$62 = {
	id: "concurrently-in-transaction",
	severity: "error",
	what: "CREATE, DROP or REINDEX INDEX CONCURRENTLY, or DETACH PARTITION CONCURRENTLY, inside a transaction.",
	why: "PostgreSQL refuses it (SQLSTATE 25001): it has to commit by itself between its phases. Several statements in one message are a transaction too.",
	instead: "Give it a migration of its own that runs outside a transaction, in the way your tool knows.",
	sources: [
		"PostgreSQL documentation, CREATE INDEX, and 55.2.2.1 \"Multiple Statements in a Simple Query\"",
		"squawk: ban-concurrent-index-creation-in-transaction",
		"pg-migration-lint: PGM003"
	],
	covers: ["migration-fails"],
	statement: {
		failed: true,
		check({ statement, observation: { error } }, world) {
			if (error?.sqlstate !== "25001" || !saysConcurrently(statement)) return [];
			return [{
				message: `This fails: ${error.message} (SQLSTATE 25001).`,
				instead: {
					text: world.outsideTransaction,
					migrations: [outsideTransaction(`${statement.sql};`)]
				}
			}];
		}
	}
};

// src/rules/indexes/concurrently-on-partitioned.ts
const rule$61 = {
	id: "concurrently-on-partitioned",
	severity: "error",
	what: "CREATE or DROP INDEX CONCURRENTLY on a partitioned table.",
	why: "PostgreSQL refuses it (SQLSTATE 0A000).",
	instead: "Create the index ON ONLY the parent, CONCURRENTLY on each partition, and attach those. Drop it without CONCURRENTLY, with a lock_timeout.",
	sources: ["PostgreSQL documentation, 5.12.2.2 \"Partition Maintenance\""],
	covers: ["migration-fails"],
	statement: {
		kinds: [
			"IndexStmt",
			"DropStmt",
			"ReindexStmt"
		],
		failed: true,
		check({ statement, observation: { error } }, world) {
			if (error?.sqlstate !== "0A000" || !saysConcurrently(statement) || !/partitioned/.test(error.message)) return [];
			return [{
				message: `This fails: ${error.message} (SQLSTATE 0A000).`,
				instead: insteadOf(statement, world)
			}];
		}
	}
};
function insteadOf(statement, world) {
	const index = createdIndex(statement);
	if (!index) return { text: `Without CONCURRENTLY it waits for every query and others wait behind it: begin with SET lock_timeout = '2s';` };
	const tables = [...objectsOf(world.before, "table").values()];
	const parent = tables.find(({ name, schema }) => name === index.table.name && schema === (index.table.schema ?? schema));
	const partitions = parent ? tables.filter(({ parents }) => parents.includes(parent.id)) : [];
	const plain = partitions.every(({ type }) => type === "table");
	if (!parent || !plain || index.name === void 0) return { text: world.outsideTransaction };
	return {
		text: world.outsideTransaction,
		migrations: piecemeal$1(statement, index, index.name, partitions)
	};
}
function piecemeal$1(statement, index, name, partitions) {
	const own = (table) => printIdentifier(`${table.name}_${name}`.slice(0, 63));
	const { schema } = index.table;
	const attach = partitions.map((table) => `ALTER INDEX ${printName({
		schema,
		name
	})} ATTACH PARTITION ${printIdentifier(table.schema)}.${own(table)};`);
	return [
		inTransaction(`${indexOnOnly(statement.sql)};`),
		...partitions.map((table) => outsideTransaction(`${onPartition(statement.sql, name, own(table), table)};`)),
		inTransaction(attach.join("\n"))
	];
}
/** The user's own statement with the names of index and table exchanged. */
function onPartition(sql, name, own, table) {
	const written = `(?:"${name}"|${name})`;
	return concurrentIndex(sql).replace(new RegExp(`${written}\\s+ON\\s+(?:ONLY\\s+)?(?:(?:"[^"]+"|\\w+)\\.)?(?:"[^"]+"|[\\w$]+)`, "i"), () => `${own} ON ${printName(splitId(table.id))}`);
}

// src/rules/indexes/drop-index-not-concurrent.ts
const rule$60 = {
	id: "drop-index-not-concurrent",
	severity: "warning",
	what: "DROP INDEX without CONCURRENTLY on a table that is in use.",
	why: "It asks for ACCESS EXCLUSIVE on the table: it waits for every running query, and every later query waits behind it.",
	instead: "DROP INDEX CONCURRENTLY, alone in a migration that runs outside a transaction. With a lock_timeout it is a notice.",
	sources: [
		"PostgreSQL documentation, DROP INDEX, CONCURRENTLY",
		"squawk: require-concurrent-index-deletion",
		"pg-migration-lint: PGM002"
	],
	statement: {
		kinds: ["DropStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "DropStmt");
			if (node?.removeType !== "OBJECT_INDEX" || node.concurrent) return [];
			const tables = lockedOut(facts);
			if (tables.length === 0) return [];
			return [problem$7(facts, world, droppedNames(node.objects), tables, node.behavior === "DROP_CASCADE")];
		}
	}
};
function problem$7(facts, world, names, tables, cascade) {
	const partitioned = names.some(({ schema, name }) => facts.relation(schema, name)?.kind === "partitioned index");
	const exists = /\bIF\s+EXISTS\b/i.test(facts.statement.sql) ? "IF EXISTS " : "";
	const migrations = names.map((name) => outsideTransaction(`DROP INDEX CONCURRENTLY ${exists}${printName(name)};`));
	const text = partitioned ? "The index of a partitioned table cannot be dropped concurrently: set a lock_timeout and try again when it ends." : world.outsideTransaction;
	return {
		message: `DROP INDEX ${names.map(printName).join(", ")} waits for every query on ${tables.join(", ")}, and every later query waits behind it.`,
		relations: tables,
		blocking: {
			what: "reads and writes",
			during: "moment"
		},
		severity: momentary(facts),
		instead: partitioned || cascade ? { text } : {
			text,
			migrations
		}
	};
}

// src/rules/created.ts
/** The new table that CREATE TABLE or CREATE TABLE AS made, if it is still there at the end. */
function createdTable({ node }, world) {
	const relation = read(node, "CreateStmt")?.relation ?? read(node, "CreateTableAsStmt")?.into?.rel;
	return relation && newTable(nameOf$1(relation), world);
}
function newTable({ schema, name }, { before, after }) {
	const known = new Set([...objectsOf(before, "table").values()].map(({ oid }) => oid));
	return [...objectsOf(after, "table").values()].filter((table) => table.name === name && !known.has(table.oid)).find((table) => schema === void 0 || table.schema === schema);
}
/** The CREATE INDEX that made an index, also where PostgreSQL chose the name. */
function creatorOf({ name, table, columns }, { statements }) {
	return statements.findLast(({ statement, relation }) => {
		const index = createdIndex(statement);
		if (!index || index.name !== void 0) return index?.name === name;
		const on = relation(index.table.schema, index.table.name)?.name ?? index.table.name;
		return index.columns.every((column, at) => column === void 0 || printIdentifier(column) === columns[at]) && (on === table || on === splitId(table).name);
	});
}

// src/rules/indexes/duplicate-index.ts
const rule$59 = {
	id: "duplicate-index",
	severity: "notice",
	what: "A new index that is the same as another one of its table.",
	why: "Every write maintains both, and queries use one.",
	instead: "Leave it out, or drop the other one. A primary key or unique constraint has an index already.",
	sources: ["pg-migration-lint: PGM508", "splinter: 0009_duplicate_index"],
	whole(world) {
		const indexes = [...objectsOf(world.after, "index").values()].filter(({ valid }) => valid);
		const added = addedIndexesOf(world).filter(({ constraint, parent }) => !constraint && !parent);
		return added.flatMap((index) => {
			const twin = indexes.find((other) => other.id !== index.id && isTwin(index, other, added));
			const facts = creatorOf(index, world);
			if (!twin || !facts) return [];
			const { migration, path, line } = facts.statement;
			return [{
				message: `The index ${index.name} is the same as ${twin.name} of ${index.table}.`,
				relations: [index.table],
				place: {
					migration,
					path,
					line
				},
				instead: { text: `DROP INDEX CONCURRENTLY ${printName(splitId(index.id))};` }
			}];
		});
	}
};
/** The other does all that this one does; of two new ones only the later is told. */
function isTwin(index, other, added) {
	if (other.table !== index.table || index.unique && !other.unique) return false;
	if (added.some(({ id }) => id === other.id) && other.oid > index.oid && other.unique === index.unique) return false;
	return shapeOf(other) === shapeOf(index);
}
/** What follows the names in `CREATE [UNIQUE] INDEX name ON table USING …`. */
function shapeOf({ definition }) {
	return definition.slice(definition.indexOf(" USING "));
}

// src/rules/indexes/fk-without-index.ts
const rule$58 = {
	id: "fk-without-index",
	severity: "notice",
	what: "A new foreign key whose columns no index begins with.",
	why: "Each DELETE of a referenced row, and each UPDATE of its key, reads the whole referencing table to look for rows that refer to it.",
	instead: "Create an index that begins with the foreign key’s columns.",
	sources: [
		"PostgreSQL documentation, 5.5.5 \"Foreign Keys\"",
		"eugene: E15",
		"pg-migration-lint: PGM501",
		"splinter: 0001_unindexed_foreign_keys"
	],
	whole(world) {
		const indexes = [...objectsOf(world.after, "index").values()];
		return addedConstraintsOf(world).filter((each) => each.type === "foreign key" && !each.inherited && !indexes.some((index) => serves(index, each))).flatMap((each) => problem$6(each, world));
	}
};
/** The index finds the rows by the columns of the key: they are its first columns, in any order. */
function serves({ table, columns, predicate, valid }, key) {
	const wanted = key.columns.map(printIdentifier);
	const whole = predicate === void 0 || wanted.some((column) => predicate === `(${column} IS NOT NULL)`);
	const first = columns.slice(0, wanted.length);
	return table === key.table && valid && whole && wanted.every((column) => first.includes(column));
}
function problem$6(key, world) {
	const facts = world.statements.findLast(({ statement, relation }) => {
		const { schema, name } = read(statement.node, "CreateStmt") ? nameOf$1(read(statement.node, "CreateStmt")?.relation) : alteredTable(statement);
		return (relation(schema, name)?.name ?? `${schema ?? key.schema}.${name}`) === key.table && addedConstraints(statement, "CONSTR_FOREIGN").some(({ columns }) => columns.join() === key.columns.join());
	});
	if (!facts) return [];
	const { migration, path, line } = facts.statement;
	const table = printName(splitId(key.table));
	const columns = printIdentifiers(key.columns);
	return [{
		message: `No index of ${table} begins with ${columns}: deleting a row of ${key.references?.table} will read all of ${table}.`,
		relations: [key.table],
		place: {
			migration,
			path,
			line
		},
		instead: { text: `CREATE INDEX CONCURRENTLY ON ${table} (${columns});` }
	}];
}

// src/rules/indexes/index-not-concurrent.ts
const rule$57 = {
	id: "index-not-concurrent",
	severity: "error",
	what: "CREATE INDEX without CONCURRENTLY on a table that is in use.",
	why: "It holds SHARE on the table until the whole index is built: every INSERT, UPDATE and DELETE waits.",
	instead: "CREATE INDEX CONCURRENTLY, alone in a migration that runs outside a transaction.",
	sources: [
		"PostgreSQL documentation, CREATE INDEX, \"Building Indexes Concurrently\"",
		"squawk: require-concurrent-index-creation",
		"eugene: E6",
		"strong_migrations: add_index"
	],
	covers: ["statement-after-access-exclusive"],
	statement: {
		kinds: ["IndexStmt"],
		check(facts, world) {
			const index = createdIndex(facts.statement);
			const table = index && inUse(facts, index.table);
			if (!table || index.concurrently || table.kind === "partitioned table") return [];
			const blocked = blockedTables(facts.observation);
			if (blocked.length === 0) return [];
			const sql = `${concurrentIndex(facts.statement.sql)};`;
			return [{
				message: `CREATE INDEX keeps every write to ${printName(index.table)} waiting until the index is built.`,
				relations: blocked.map((each) => each.table),
				blocking: {
					what: "writes",
					during: "index build"
				},
				instead: {
					text: world.outsideTransaction,
					migrations: [outsideTransaction(sql)]
				}
			}];
		}
	}
};

// src/rules/indexes/invalid-index-at-head.ts
const rule$56 = {
	id: "invalid-index-at-head",
	severity: "warning",
	what: "After the pending migrations an index is invalid that was not there, or valid, before.",
	why: "No query uses it, every write maintains it, and a unique one may not keep its promise. A failed CONCURRENTLY leaves such an index, and so does ON ONLY until every partition’s index is attached.",
	instead: "Drop it and build it again; attach an index of every partition to the index of a partitioned table.",
	sources: ["PostgreSQL documentation, CREATE INDEX, \"Building Indexes Concurrently\"", "PostgreSQL documentation, 5.12.2.2"],
	whole(world) {
		const before = objectsOf(world.before, "index");
		return [...objectsOf(world.after, "index").values()].filter(({ id, valid }) => !valid && before.get(id)?.valid !== false).flatMap((index) => problem$5(index, world));
	}
};
function problem$5(index, world) {
	const cause = creatorOf(index, world) ?? world.statements.findLast((facts) => names$1(facts, index.name));
	if (!cause) return [];
	const { migration, path, line, sql } = cause.statement;
	const text = read(cause.statement.node, "IndexStmt")?.relation?.inh !== true && / ON ONLY /.test(index.definition) ? `ALTER INDEX ${printIdentifier(index.name)} ATTACH PARTITION … for an index of every partition.` : `DROP INDEX CONCURRENTLY ${printName(splitId(index.id))};\n${sql};`;
	return [{
		message: `The index ${index.id} is invalid after these migrations: no query uses it.`,
		relations: [index.table],
		place: {
			migration,
			path,
			line
		},
		instead: { text }
	}];
}
function names$1({ statement: { sql } }, index) {
	return sql.includes(index);
}

// src/rules/indexes/partitioned-index-recurses.ts
const rule$55 = {
	id: "partitioned-index-recurses",
	severity: "error",
	what: "CREATE INDEX on a partitioned table, which builds the index on every partition too.",
	why: "It holds SHARE on the parent and on every partition until the last one is indexed: all writes wait. CONCURRENTLY is refused there.",
	instead: "CREATE INDEX ON ONLY the parent, CREATE INDEX CONCURRENTLY on each partition, then ALTER INDEX … ATTACH PARTITION.",
	sources: ["PostgreSQL documentation, 5.12.2.2 \"Partition Maintenance\"", "pg-migration-lint: PGM001"],
	covers: ["statement-after-access-exclusive"],
	statement: {
		kinds: ["IndexStmt"],
		check(facts, world) {
			const index = createdIndex(facts.statement);
			const table = index && inUse(facts, index.table);
			if (!index || index.only || table?.kind !== "partitioned table") return [];
			const blocked = blockedTables(facts.observation).map((each) => each.table);
			if (blocked.length === 0) return [];
			const partitions = blocked.length === 1 ? "its partition is" : `${blocked.length} partitions are`;
			return [{
				message: `CREATE INDEX on the partitioned table ${printName(index.table)} keeps every write to it waiting until ${partitions} indexed.`,
				relations: [table.name, ...blocked],
				blocking: {
					what: "writes",
					during: "index build"
				},
				instead: {
					text: world.outsideTransaction,
					...piecemeal(facts, world, table.name, index.name)
				}
			}];
		}
	}
};
/** One partition at a time, under the names that PostgreSQL chose. */
function piecemeal(facts, world, table, name) {
	const added = addedIndexesOf(world);
	const roots = added.filter((each) => each.table === table && !each.parent && each.name === (name ?? each.name));
	const [root] = roots;
	if (!root || roots.length > 1) return {};
	const children = descendants(root, added);
	const attach = children.map(({ parent = "", id }) => `ALTER INDEX ${printId(parent)} ATTACH PARTITION ${printId(id)};`);
	const own = children.map(({ definition }) => / ON ONLY /.test(definition) ? inTransaction(`${definition};`) : outsideTransaction(`${concurrentIndex(definition)};`));
	return { migrations: [
		inTransaction(`${named(indexOnOnly(facts.statement.sql), name, root)};`),
		...own,
		inTransaction(attach.reverse().join("\n"))
	] };
}
/** Parents come before their children. */
function descendants(root, all) {
	return all.filter(({ parent }) => parent === root.id).flatMap((child) => [child, ...descendants(child, all)]);
}
function named(sql, name, index) {
	return name === void 0 ? sql.replace(/\bINDEX\b/i, `$& ${printIdentifier(index.name)}`) : sql;
}

// src/rules/indexes/reindex-not-concurrent.ts
const keywords = {
	REINDEX_OBJECT_INDEX: "INDEX",
	REINDEX_OBJECT_TABLE: "TABLE",
	REINDEX_OBJECT_SCHEMA: "SCHEMA",
	REINDEX_OBJECT_DATABASE: "DATABASE"
};
const rule$54 = {
	id: "reindex-not-concurrent",
	severity: "error",
	what: "REINDEX without CONCURRENTLY on a table that is in use.",
	why: "It keeps writes out, and holds ACCESS EXCLUSIVE on each index while that is rebuilt: planning a query opens every index, so reads wait as well.",
	instead: "REINDEX … CONCURRENTLY, alone in a migration that runs outside a transaction.",
	sources: ["PostgreSQL documentation, REINDEX, \"Rebuilding Indexes Concurrently\"", "squawk: require-concurrent-reindex"],
	statement: {
		kinds: ["ReindexStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "ReindexStmt");
			const keyword = keywords[node?.kind ?? ""];
			const { observation } = facts;
			const locked = lockedTables(observation.locks, "ShareLock").map(({ relation }) => relation);
			const tables = locked.length > 0 ? locked : observation.scanned;
			if (!node || hasOption(node.params, "concurrently") || tables.length === 0) return [];
			const sql = keyword && `${insertAfter(facts.statement.sql, keyword, "CONCURRENTLY")};`;
			return [{
				message: `REINDEX keeps every write to ${tables.join(", ")} waiting until its indexes are rebuilt, and most reads too.`,
				relations: tables,
				blocking: {
					what: "reads and writes",
					during: "index build"
				},
				instead: {
					text: world.outsideTransaction,
					...sql && { migrations: [outsideTransaction(sql)] }
				}
			}];
		}
	}
};

// src/rules/indexes/replace-index-gap.ts
const rule$53 = {
	id: "replace-index-gap",
	severity: "warning",
	what: "An index is dropped before the one that takes its place is there.",
	why: "Until the new one is built, queries that used the old one read the whole table; on a busy one that is an outage.",
	instead: "Build the new index first, under another name, then drop the old one.",
	sources: ["online_migrations: replace_index", "stripe/pg-schema-diff: INDEX_DROPPED"],
	statement: {
		kinds: ["IndexStmt"],
		check(facts, world) {
			const index = createdIndex(facts.statement);
			const table = index && inUse(facts, index.table);
			const [first] = index?.columns ?? [];
			if (!table || first === void 0) return [];
			const serves = (each) => each.table === table.name && each.columns[0] === printIdentifier(first);
			const old = droppedBefore(facts, world).find(serves);
			const others = [...objectsOf(world.after, "index").values()].filter(serves);
			if (!old || others.some((each) => creatorOf(each, world) !== facts)) return [];
			return [{
				message: `${old.name} is dropped already: until this index is built, queries by ${first} read all of ${table.name}.`,
				relations: [table.name]
			}];
		}
	}
};
/** Valid indexes of the base that earlier statements by themselves dropped. */
function droppedBefore({ index }, { statements, before, after }) {
	const kept = new Set([...objectsOf(after, "index").values()].map(({ oid }) => oid));
	const locked = new Set(statements.slice(0, index).filter(({ statement }) => statement.kind === "DropStmt").flatMap(({ observation }) => observation.locks.map(({ relation }) => relation)));
	return [...objectsOf(before, "index").values()].filter(({ id, oid, valid }) => valid && locked.has(id) && !kept.has(oid));
}

// src/rules/indexes/unique-index-may-fail.ts
const rule$52 = {
	id: "unique-index-may-fail",
	severity: "warning",
	what: "A unique index, UNIQUE or PRIMARY KEY on columns that already hold rows.",
	why: "It fails (SQLSTATE 23505) where two rows are the same; a failed CREATE UNIQUE INDEX CONCURRENTLY leaves an invalid index behind.",
	instead: "Ask the target for duplicates first, with the query of the finding, and clean them up in an earlier migration.",
	sources: ["PostgreSQL documentation, 11.6 \"Unique Indexes\"", "atlas: MF101"],
	covers: ["fails-on-rows"],
	statement: {
		kinds: ["IndexStmt", "AlterTableStmt"],
		check(facts, world) {
			return uniqueSets(facts).flatMap((set) => {
				const table = inUse(facts, set.table);
				return table && isNews(table, set, world) ? [problem$4(set, table, world)] : [];
			});
		}
	}
};
function uniqueSets({ statement }) {
	const index = createdIndex(statement);
	if (index) {
		const { table, columns, name, unique, node } = index;
		return unique ? [{
			table,
			columns,
			index: name,
			nullsAreEqual: node.nulls_not_distinct === true
		}] : [];
	}
	return addedConstraints(statement, "CONSTR_UNIQUE", "CONSTR_PRIMARY").filter(({ constraint, inline }) => !constraint.indexname && inline === void 0).map(({ columns, constraint }) => ({
		table: alteredTable(statement),
		columns,
		index: constraint.conname,
		nullsAreEqual: constraint.nulls_not_distinct === true
	}));
}
/** All its columns hold rows already, and nothing has kept them unique so far. */
function isNews(table, { columns }, world) {
	const known = columnsBefore(table, world);
	if (columns.some((column) => column !== void 0 && !known.has(column))) return false;
	return ![...objectsOf(world.before, "index").values()].filter((index) => index.unique && index.valid && !index.predicate).some((index) => known.values().some((column) => column.table === index.table) && isPart(index.columns, columns));
}
function isPart(smaller, larger) {
	return smaller.every((each) => larger.some((column) => column !== void 0 && printIdentifier(column) === each));
}
function problem$4(set, table, world) {
	const written = set.columns.flatMap((column) => column ?? []);
	const named = addedIndexesOf(world).find((index) => index.table === table.name && isOf(set, index));
	const keys = named?.columns ?? (written.length === set.columns.length ? written.map(printIdentifier) : void 0);
	const what = keys?.join(", ") ?? (written.length > 0 ? printIdentifiers(written) : "value of its expression");
	const among = named?.predicate ? ` where ${named.predicate}` : "";
	return {
		message: `This fails if two rows of ${printName(set.table)}${among} have the same ${what}.`,
		relations: [table.name],
		...keys && { instead: { text: probe(set, keys, named?.predicate) } }
	};
}
/** By its name, or, where PostgreSQL chose that, by its keys. */
function isOf({ index, columns }, { name, unique, columns: keys }) {
	if (index !== void 0) return name === index;
	return unique && columns.every((column, at) => column === void 0 || printIdentifier(column) === keys[at]);
}
/** The read-only query that decides it. Rows with a NULL in the key are never the same, unless they are told to be. */
function probe({ table, nullsAreEqual }, keys, predicate) {
	const conditions = [...nullsAreEqual ? [] : keys.map((key) => `${key} IS NOT NULL`), ...predicate ? [predicate] : []];
	const where = conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "";
	return `Ask the target first: SELECT ${keys.join(", ")}, count(*) FROM ${printName(table)}${where} GROUP BY ${keys.join(", ")} HAVING count(*) > 1;`;
}

// src/rules/partitioning.ts
/**
* A partition's bounds as a condition on its rows, in the words of PostgreSQL's own partition constraint, which a CHECK
* must imply (documentation, 5.12.2.2). Undefined for hashes, several keys, NULL, and DEFAULT.
*/
function boundsOf(key = "", bound = "") {
	const [, method, column] = /^(RANGE|LIST) \(("[^"]+"|[a-z_][\w$]*)\)$/.exec(key) ?? [];
	const [, values] = /^FOR VALUES IN \((.+)\)$/s.exec(bound) ?? [];
	if (method === "LIST" && values !== void 0 && !/\bNULL\b/.test(values)) return `${column} IS NOT NULL AND ${column} IN (${values})`;
	const [, from, to] = /^FOR VALUES FROM \((.+)\) TO \((.+)\)$/s.exec(bound) ?? [];
	if (method !== "RANGE" || from === void 0 || to === void 0) return void 0;
	return `${column} IS NOT NULL${from === "MINVALUE" ? "" : ` AND ${column} >= ${from}`}${to === "MAXVALUE" ? "" : ` AND ${column} < ${to}`}`;
}
/** The default partition of a table. */
function defaultOf(parent, { before }) {
	return objectsOf(before, "table").values().find(({ partitionBound, parents }) => partitionBound === "DEFAULT" && parents.includes(parent));
}
/** The partitioned table that a statement locks against reads and writes because it touches this partition of it. */
function lockedParent({ oid }, facts, { before }) {
	const table = [...objectsOf(before, "table").values()].find((each) => each.oid === oid);
	const parent = table?.partition ? table.parents[0] : void 0;
	return parent !== void 0 && lockedOut(facts).includes(parent) ? parent : void 0;
}
/** A check that proves where rows belong, validated while others write; then the work; then the check goes. */
function proved(table, condition, work) {
	const [name, constraint] = [printId(table), printIdentifier(`${table.split(".").at(-1)}_bounds`)];
	return [
		inTransaction(`ALTER TABLE ${name} ADD CONSTRAINT ${constraint} CHECK (${condition}) NOT VALID;`),
		inTransaction(`ALTER TABLE ${name} VALIDATE CONSTRAINT ${constraint};`),
		...work,
		inTransaction(`ALTER TABLE ${name} DROP CONSTRAINT ${constraint};`)
	];
}

// src/rules/partitions/attach-partition-scan.ts
const rule$51 = {
	id: "attach-partition-scan",
	severity: "error",
	what: "A table that is in use is attached as a partition and read whole: nothing proves that its rows belong there, or indexes of the partitioned table are built on it.",
	why: "Nobody can read or write the table meanwhile.",
	instead: "Give the table a CHECK that implies the bounds, as NOT VALID, validate it, build its indexes concurrently, then attach.",
	sources: [
		"PostgreSQL documentation, 5.12.2.2 \"Partition Maintenance\"",
		"pg-migration-lint: PGM005",
		"pgsafe: attach-partition"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const [command] = alterCommands(facts.statement, "AT_AttachPartition");
			const table = inUse(facts, nameOf$1(read(command?.node.def, "PartitionCmd")?.name));
			const seen = table && observed(table, facts, world);
			if (!seen || seen.scanned.length === 0) return [];
			const attached = [...objectsOf(world.after, "table").values()].find(({ oid }) => oid === table.oid);
			const migrations = attached && steps$1(attached, facts, world);
			return [{
				message: `ATTACH PARTITION reads all of ${table.name}, which nobody can read or write meanwhile.`,
				...costs(seen),
				instead: {
					text: migrations ? "The check proves where the rows belong, and the indexes are there already: attaching takes a moment." : `Before it, give ${table.name} a CHECK that implies the bounds, NOT VALID, validate it in a transaction of its own, and build the indexes of the partitioned table on it concurrently.`,
					...migrations && { migrations }
				}
			}];
		}
	}
};
/** Undefined where more than bounds and indexes is to be proved: foreign keys, partitions below. */
function steps$1(table, { statement }, world) {
	const parent = objectsOf(world.after, "table").get(table.parents[0] ?? "");
	const condition = boundsOf(parent?.partitionKey, table.partitionBound);
	const bound = [...objectsOf(world.before, "constraint").values()].some((each) => each.table === parent?.id && each.type === "foreign key");
	if (condition === void 0 || bound || table.type !== "table") return void 0;
	return proved(table.id, condition, [...missingIndexes(table, world), inTransaction(`${statement.sql};`)]);
}
/** The indexes that attaching built, concurrently, and the constraints that they hold up. */
function missingIndexes({ id }, { before, after }) {
	const known = new Set(before.objects.map(({ kind, oid }) => `${kind} ${oid}`));
	return [...objectsOf(after, "index").values()].filter((index) => index.table === id && index.parent !== void 0 && !known.has(`index ${index.oid}`)).flatMap((index) => {
		const create = outsideTransaction(`${concurrentIndex(index.definition)};`);
		const name = printIdentifier(index.name);
		const type = index.primary ? "PRIMARY KEY" : "UNIQUE";
		const constraint = `ALTER TABLE ${printId(id)} ADD CONSTRAINT ${name} ${type} USING INDEX ${name};`;
		return index.constraint === void 0 ? [create] : [create, inTransaction(constraint)];
	});
}

// src/rules/partitions/attach-scans-default.ts
const rule$50 = {
	id: "attach-scans-default",
	severity: "error",
	what: "A partition is added beside a default partition, which is read whole to see that it holds no row of the new one.",
	why: "Nobody can read or write the default partition meanwhile, nor, with CREATE TABLE … PARTITION OF, any other.",
	instead: "Give the default partition a CHECK that excludes the new bounds, as NOT VALID, and validate it before.",
	sources: ["PostgreSQL documentation, 5.12.2.2 \"Partition Maintenance\"; measured on 12 to 18"],
	covers: ["create-partition-of"],
	statement: {
		kinds: ["AlterTableStmt", "CreateStmt"],
		check(facts, world) {
			const parent = partitioned(facts);
			const table = parent && tableBefore(parent, world);
			const rest = table && defaultOf(table.id, world);
			const { scanned, rewritten } = facts.observation;
			if (!rest || !scanned.includes(rest.id) || rewritten.includes(rest.id)) return [];
			const others = lockedOut(facts).filter((each) => each === table.id);
			const condition = boundsOf(table.partitionKey, newBound(facts, world));
			const work = inTransaction(`${facts.statement.sql};`);
			return [{
				message: `The new partition makes PostgreSQL read all of ${rest.id}, while nobody can read or write ${[rest.id, ...others].join(" and ")}; it fails where a row there belongs to the new one.`,
				relations: [rest.id, ...others],
				blocking: {
					what: "reads and writes",
					during: "scan"
				},
				instead: {
					text: condition ? "The check proves that no row has to move, and is validated while others read and write." : `Before it, give ${rest.id} a CHECK that excludes the new bounds, NOT VALID, and validate it in a transaction of its own.`,
					...condition && { migrations: proved(rest.id, `NOT (${condition})`, [work]) }
				}
			}];
		}
	}
};
/** The table that gets a partition by ATTACH PARTITION or PARTITION OF. */
function partitioned(facts) {
	const attaches = alterCommands(facts.statement, "AT_AttachPartition").length > 0;
	const node = read(facts.statement.node, "CreateStmt");
	if (attaches) return inUse(facts, alteredTable(facts.statement));
	return node?.partbound ? inUse(facts, nameOf$1(read(node.inhRelations?.[0], "RangeVar"))) : void 0;
}
function newBound({ statement }, { after }) {
	const [command] = alterCommands(statement, "AT_AttachPartition");
	const { name } = nameOf$1(read(command?.node.def, "PartitionCmd")?.name ?? read(statement.node, "CreateStmt")?.relation);
	return [...objectsOf(after, "table").values()].find((table) => table.name === name && table.partition)?.partitionBound;
}

// src/rules/partitions/create-partition-of.ts
const rule$49 = {
	id: "create-partition-of",
	severity: "warning",
	what: "A partition of a table that is in use is created in place with PARTITION OF.",
	why: "The partitioned table is locked against reads and writes, with all its partitions: it waits for every query, and every later one waits behind it. With a lock_timeout it is a notice.",
	instead: "Create the table by itself and attach it: ATTACH PARTITION lets others read and write.",
	sources: ["PostgreSQL documentation, 5.12.2.2 \"Partition Maintenance\"; measured on 12 to 18"],
	statement: {
		kinds: ["CreateStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "CreateStmt");
			const parent = node?.partbound ? inUse(facts, nameOf$1(read(node.inhRelations?.[0], "RangeVar"))) : void 0;
			if (!parent || !lockedOut(facts).includes(parent.name)) return [];
			const created = createdTable(facts.statement, world);
			const migrations = created && attached(created, parent.name, facts);
			return [{
				message: `Creating the partition ${node?.relation?.relname} in place waits for every query on ${parent.name}, and every later query waits behind it.`,
				relations: [parent.name],
				severity: momentary(facts),
				blocking: {
					what: "reads and writes",
					during: "moment"
				},
				instead: {
					text: "A table that is created by itself and then attached keeps nobody waiting.",
					...migrations && { migrations }
				}
			}];
		}
	}
};
/** Undefined where the partition has columns, options or partitions of its own. */
function attached({ partitionBound }, parent, { statement }) {
	const node = read(statement.node, "CreateStmt");
	if ((node?.tableElts ?? node?.partspec ?? node?.options ?? node?.tablespacename ?? node?.accessMethod) !== void 0 || node?.if_not_exists || partitionBound === void 0) return void 0;
	const table = printName(nameOf$1(node?.relation));
	return [inTransaction(`CREATE TABLE ${table} (LIKE ${printId(parent)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE);`, `ALTER TABLE ${printId(parent)} ATTACH PARTITION ${table} ${partitionBound};`)];
}

// src/rules/partitions/detach-not-concurrent.ts
const rule$48 = {
	id: "detach-not-concurrent",
	severity: "warning",
	what: "A partition is detached without CONCURRENTLY.",
	why: "The partitioned table, the partition and a default partition are locked against reads and writes: it waits for every query, and every later one waits behind it. With a lock_timeout it is a notice.",
	instead: "DETACH PARTITION … CONCURRENTLY, outside a transaction; a table with a default partition does not allow it.",
	majors: { from: 14 },
	sources: [
		"PostgreSQL documentation, ALTER TABLE, DETACH PARTITION",
		"squawk: require-concurrent-partition-detach",
		"pg-migration-lint: PGM004"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const [command] = alterCommands(facts.statement, "AT_DetachPartition");
			const parent = inUse(facts, alteredTable(facts.statement));
			if (!command || !parent || !lockedOut(facts).includes(parent.name)) return [];
			const [table, partition] = [alteredTable(facts.statement), nameOf$1(read(command.node.def, "PartitionCmd")?.name)];
			const concurrent = `ALTER TABLE ${printName(table)} DETACH PARTITION ${printName(partition)} CONCURRENTLY;`;
			const text = defaultOf(parent.name, world) ? "CONCURRENTLY is not possible beside a default partition: set a lock_timeout, and try again when it ends." : `${concurrent} It leaves a CHECK of the bounds behind, which can be dropped. ${world.outsideTransaction}`;
			return [{
				message: `Detaching ${partition.name} waits for every query on ${parent.name}, and every later query waits behind it.`,
				relations: lockedOut(facts),
				severity: momentary(facts),
				blocking: {
					what: "reads and writes",
					during: "moment"
				},
				instead: { text }
			}];
		}
	}
};

// src/rules/partitions/drop-partition.ts
const rule$47 = {
	id: "drop-partition",
	severity: "error",
	what: "A partition is dropped while it is attached.",
	why: "Its data is gone, and the partitioned table and a default partition are locked against reads and writes: every query waits behind it.",
	instead: "See that nobody needs the rows; DETACH PARTITION … CONCURRENTLY (from PostgreSQL 14 on), then drop the table.",
	sources: ["PostgreSQL documentation, 5.12.2.2 \"Partition Maintenance\"; measured on 12 to 18"],
	statement: {
		kinds: ["DropStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "DropStmt");
			const names = node?.removeType === "OBJECT_TABLE" ? droppedNames(node.objects) : [];
			return names.flatMap((written) => {
				const table = inUse(facts, written);
				const parent = table && lockedParent(table, facts, world);
				if (!parent) return [];
				const others = lockedOut(facts).filter((each) => each !== table.name);
				const alone = world.major >= 14 && !defaultOf(parent, world) && names.length === 1;
				const detach = `ALTER TABLE ${printId(parent)} DETACH PARTITION ${printName(written)} CONCURRENTLY;`;
				const migrations = [outsideTransaction(detach), inTransaction(`${facts.statement.sql};`)];
				return [{
					message: `Dropping the partition ${table.name} deletes its data, and locks ${others.join(", ")} against reads and writes.`,
					relations: [table.name, ...others],
					blocking: {
						what: "reads and writes",
						during: "moment"
					},
					instead: alone ? {
						text: world.outsideTransaction,
						migrations
					} : { text: "Set a lock_timeout before it, and try again when it ends." }
				}];
			});
		}
	}
};

// src/rules/partitions/inherit.ts
const rule$46 = {
	id: "inherit",
	severity: "notice",
	what: "A table that is in use becomes a child of another by INHERIT, or stops being one.",
	why: "Queries on the parent see its rows from then on, or no longer; the child is locked against reads and writes for a moment.",
	instead: "Look at what is asked of the parent; ONLY leaves the children out.",
	sources: ["PostgreSQL documentation, 5.11 \"Inheritance\"; measured on 12 to 18"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const seen = observedAlter(facts, world);
			if (!seen) return [];
			return alterCommands(facts.statement, "AT_AddInherit", "AT_DropInherit").map(({ type, node }) => {
				return {
					message: `A query on ${printName(nameOf$1(read(node.def, "RangeVar")))} ${type === "AT_AddInherit" ? "also returns" : "no longer returns"} the rows of ${seen.table.name}.`,
					...costs(seen)
				};
			});
		}
	}
};

// src/rules/security/create-trigger.ts
const rule$45 = {
	id: "create-trigger",
	severity: "notice",
	what: "A trigger is created on a table that is in use.",
	why: "From then on every write runs its function, which costs time and may refuse what running code does; writes wait for a moment while it is created.",
	instead: "See that the function is quick and lets through what running code writes; set a lock_timeout.",
	sources: [
		"PostgreSQL documentation, CREATE TRIGGER",
		"pgfence: create-trigger",
		"pgsafe: add-trigger"
	],
	statement: {
		kinds: ["CreateTrigStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "CreateTrigStmt");
			const table = node && inUse(facts, nameOf$1(node.relation));
			if (!table) return [];
			return [{
				message: `What writes to ${table.name} runs ${printName(nameOfList(node.funcname))} from then on.`,
				...costs(observed(table, facts, world))
			}];
		}
	}
};

// src/rules/security/disable-trigger.ts
const rule$44 = {
	id: "disable-trigger",
	severity: "warning",
	what: "Triggers of a table that is in use are disabled.",
	why: "DISABLE TRIGGER ALL switches foreign keys off as well: what is written meanwhile is never checked. Writes wait until the transaction ends. A notice where the same transaction enables them again.",
	instead: "Enable them again in the same transaction, disable by name only what must be, and check the rows afterwards.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, DISABLE TRIGGER",
		"pg-migration-lint: PGM020",
		"pgfence: enable-disable-trigger"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const seen = observedAlter(facts, world);
			const disabled = alterCommands(facts.statement, "AT_DisableTrig", "AT_DisableTrigAll", "AT_DisableTrigUser");
			const [first] = disabled;
			if (!seen || !first) return [];
			const what = disabled.some(({ type }) => type === "AT_DisableTrigAll") ? "Foreign keys and triggers" : `Triggers (${disabled.map(({ name }) => name ?? "all").join(", ")})`;
			const back = isUndone(facts, world);
			const until = back ? "until the transaction enables them again, and writes wait that long" : "from then on";
			return [{
				message: `${what} of ${seen.table.name} do nothing ${until}.`,
				...costs(seen),
				severity: back ? "notice" : "warning"
			}];
		}
	}
};
/** A later statement of the same transaction enables triggers of the table again. */
function isUndone(facts, world) {
	const { schema, name } = alteredTable(facts.statement);
	return laterInTransaction(facts, world).some(({ statement }) => {
		const table = alteredTable(statement);
		return alterCommands(statement, "AT_EnableTrig", "AT_EnableTrigAll", "AT_EnableTrigUser").length > 0 && table.name === name && table.schema === schema;
	});
}

// src/rules/security/drop-trigger.ts
const rule$43 = {
	id: "drop-trigger",
	severity: "notice",
	what: "A trigger of a table that is in use is dropped, and not created again.",
	why: "What it did no longer happens: values are not filled in, copies and logs not kept. The table is locked against reads and writes for a moment.",
	instead: "See that nobody counts on it any more; set a lock_timeout.",
	sources: [
		"PostgreSQL documentation, DROP TRIGGER",
		"pgfence: drop-trigger",
		"postgres-language-server: ban_drop_trigger"
	],
	statement: {
		kinds: ["DropStmt"],
		check(facts, world) {
			const { object, table } = droppedOnTable(facts, objectsOf(world.before, "trigger").values(), world) ?? {};
			if (!object || !table || objectsOf(world.after, "trigger").has(object.id)) return [];
			return [{
				message: `${object.name} no longer runs ${object.function} when ${table.name} is written.`,
				...costs(observed(table, facts, world))
			}];
		}
	}
};

// src/rules/security/grants.ts
const rule$42 = {
	id: "grants",
	severity: "notice",
	what: "Privileges on tables, sequences or schemas are granted to PUBLIC, or on everything in a schema at once.",
	why: "PUBLIC is every role there is and every one to come; a grant on everything reaches tables that nobody thought of.",
	instead: "Grant what is needed, by name, to roles that need it.",
	sources: ["PostgreSQL documentation, 5.8 \"Privileges\"", "safe-migrate: overbroad-grant"],
	statement: {
		kinds: ["GrantStmt", "AlterDefaultPrivilegesStmt"],
		check({ statement: { node } }) {
			const later = read(node, "AlterDefaultPrivilegesStmt")?.action;
			const grant = later ?? read(node, "GrantStmt");
			if (!grant?.is_grant || !sensitive.includes(grant.objtype ?? "")) return [];
			const rights = readAll(grant.privileges, "AccessPriv").map(({ priv_name }) => (priv_name ?? "all").toUpperCase());
			const what = rights.length > 0 ? rights.join(", ") : "ALL PRIVILEGES";
			if (isPublic(grant)) return [{ message: `Every role, also those to come, gets ${what}${later ? " on all that is created later" : ""}.` }];
			return grant.targtype === "ACL_TARGET_ALL_IN_SCHEMA" && what === "ALL PRIVILEGES" ? [{ message: "ALL PRIVILEGES are granted on everything that the schema holds." }] : [];
		}
	}
};
/** Functions, types and languages are PUBLIC's by default. */
const sensitive = [
	"OBJECT_TABLE",
	"OBJECT_SEQUENCE",
	"OBJECT_SCHEMA",
	"OBJECT_COLUMN",
	"OBJECT_DATABASE"
];
function isPublic({ grantees }) {
	return readAll(grantees, "RoleSpec").some(({ roletype }) => roletype === "ROLESPEC_PUBLIC");
}

// src/rules/security/rls-and-policies.ts
const rule$41 = {
	id: "rls-and-policies",
	severity: "notice",
	what: "Row level security of a table that is in use is switched, or its policies change.",
	why: "Who may see and change which rows is different afterwards. Switched on without a policy, nobody but the owner sees any row.",
	instead: "Have somebody look at it who knows who may see what; create the policies before row level security is switched on.",
	sources: ["PostgreSQL documentation, 5.9 \"Row Security Policies\"", "stripe/pg-schema-diff: AUTHZ_UPDATE"],
	statement: {
		kinds: [
			"CreatePolicyStmt",
			"AlterPolicyStmt",
			"DropStmt",
			"AlterTableStmt"
		],
		check(facts, world) {
			const { node } = facts.statement;
			const policy = read(node, "CreatePolicyStmt") ?? read(node, "AlterPolicyStmt");
			const dropped = droppedOnTable(facts, objectsOf(world.before, "policy").values(), world);
			if (dropped) return [problem$3(dropped.table, `the policy ${dropped.object.name} is dropped`, facts, world)];
			const change = policy ? `the policy ${policy.policy_name}` : switched(facts);
			const table = change && inUse(facts, nameOf$1(policy?.table ?? read(node, "AlterTableStmt")?.relation));
			return table ? [problem$3(table, change, facts, world)] : [];
		}
	}
};
function problem$3(table, change, facts, world) {
	const seen = costs(observed(table, facts, world));
	if (alterCommands(facts.statement, "AT_EnableRowSecurity").length > 0 && !hasPolicy(table, world)) return {
		message: `Row level security without a policy hides all rows of ${table.name} from everybody but its owner.`,
		...seen,
		severity: "warning",
		instead: { text: "Create the policies in the same transaction." }
	};
	return {
		message: `Who may see or change rows of ${table.name} is different afterwards: ${change}.`,
		...seen
	};
}
function switched({ statement }) {
	const [command] = alterCommands(statement, ...Object.keys(switches));
	return command && switches[command.type];
}
const switches = {
	AT_EnableRowSecurity: "row level security is switched on",
	AT_DisableRowSecurity: "row level security is switched off, and all rows are there for all who may read the table",
	AT_ForceRowSecurity: "row level security holds for the owner too",
	AT_NoForceRowSecurity: "row level security no longer holds for the owner"
};
function hasPolicy({ oid }, { after }) {
	const table = [...objectsOf(after, "table").values()].find((each) => each.oid === oid)?.id;
	return [...objectsOf(after, "policy").values()].some((policy) => policy.table === table);
}

// src/rules/tables/cluster.ts
const rule$40 = {
	id: "cluster",
	severity: "error",
	what: "CLUSTER writes a table that is in use anew.",
	why: "Nobody can read or write the table until it and its indexes are written.",
	instead: "pg_repack orders a table while others read and write; or use a maintenance window.",
	sources: ["PostgreSQL documentation, CLUSTER", "pg-migration-lint: PGM018"],
	statement: {
		kinds: ["ClusterStmt"],
		check(facts) {
			return lockedOut(facts).filter((table) => facts.observation.rewritten.includes(table)).map((table) => ({
				message: `CLUSTER writes ${table} and its indexes anew.`,
				relations: [table],
				blocking: {
					what: "reads and writes",
					during: "rewrite"
				},
				instead: { text: "pg_repack orders a table while others read and write; or use a maintenance window." }
			}));
		}
	}
};

// src/rules/tables/drop-cascade.ts
const rule$39 = {
	id: "drop-cascade",
	severity: "warning",
	what: "DROP … CASCADE takes away more than it names.",
	why: "What depends on it goes without being asked for: views, foreign keys, triggers, columns with their data. It depends on what is there on the day.",
	instead: "Drop what depends on it by name, so that a reviewer sees it, and leave CASCADE out.",
	sources: ["PostgreSQL documentation, 5.15 \"Dependency Tracking\"", "pg-migration-lint: PGM202 and PGM205"],
	statement: {
		kinds: ["DropStmt"],
		check(facts, world) {
			if (read(facts.statement.node, "DropStmt")?.behavior !== "DROP_CASCADE") return [];
			const gone = unnamed(facts, world);
			const defaults = lostDefaults(facts, world);
			if (gone.length + defaults.length === 0) return [];
			const data = gone.some(({ kind }) => kind === "table" || kind === "column") || defaults.length > 0;
			return [{
				message: `CASCADE also drops ${[...gone.map(calledFully), ...defaults.map(({ name, table }) => `the default of ${name} of ${table}`)].join(", ")}.`,
				relations: [...new Set([...gone, ...defaults].flatMap(({ kind, id, table }) => table ?? (kind === "table" ? id : [])))],
				severity: data ? "error" : "warning",
				instead: { text: "Drop each of them by name before, and leave CASCADE out." }
			}];
		}
	}
};
function calledFully(object) {
	return object.table === void 0 ? called$1(object) : `${called$1(object)} of ${object.table}`;
}
/** What the base had and the statement took away without naming it, with what lies in a schema that it names. */
function unnamed(facts, world) {
	const named = namesIn(facts);
	const isNamed = ({ name, schema }) => named.includes(name) || named.includes(schema);
	const dropped = droppedRelations(facts.observation, world);
	const relations = dropped.filter((each) => (each.kind === "table" || each.kind === "view") && !isNamed(each) && !isNamedElsewhere(each, facts, world));
	const gone = new Set(dropped.map(({ id }) => id));
	const locked = lockedByNow(facts).filter((table) => !gone.has(table));
	const kept = new Set(world.after.objects.map(keyOf));
	const others = world.before.objects.filter((each) => {
		if (kept.has(keyOf(each)) || isNamed(each) || isNamedElsewhere(each, facts, world)) return false;
		if (each.kind !== "function" && !(dependent.includes(each.kind) && locked.includes(each.table ?? ""))) return false;
		return named.some((name) => textsOf(each).some((text) => mentions(text, name)));
	});
	return [...relations, ...others];
}
/** What goes with something else and leaves its table behind. */
const dependent = [
	"constraint",
	"trigger",
	"policy",
	"rule",
	"column"
];
/** Columns that stay, but lost a default that came from what was dropped. */
function lostDefaults(facts, { before, after }) {
	const locked = lockedByNow(facts);
	const now = new Map([...objectsOf(after, "column").values()].map((column) => [keyOf(column), column]));
	return [...objectsOf(before, "column").values()].filter((column) => {
		const left = now.get(keyOf(column));
		if (!left || left.default !== void 0 || left.identity || !locked.includes(column.table)) return false;
		return namesIn(facts).some((name) => column.default?.includes(name));
	});
}
function namesIn({ statement }) {
	return (read(statement.node, "DropStmt")?.objects ?? []).flatMap((object) => {
		const routine = read(object, "ObjectWithArgs")?.objname ?? read(object, "TypeName")?.names;
		return strings(routine ?? read(object, "List")?.items ?? [object]).at(-1) ?? [];
	});
}
function lockedByNow({ observation: { locks, held } }) {
	return lockedTables([...locks, ...held], "AccessExclusiveLock").map(({ relation }) => relation);
}
function keyOf(object) {
	return object.kind === "column" ? `column ${object.oid} ${object.position}` : `${object.kind} ${object.oid}`;
}
/** Another statement drops it, or a column that it rests on. */
function isNamedElsewhere(object, { index }, { statements }) {
	const names = [object.name, ...object.kind === "constraint" ? object.columns : []];
	return statements.filter((each) => each.index !== index && /\bDROP\b/i.test(each.statement.sql)).some(({ statement }) => names.some((name) => mentions(statement.sql, name)));
}

// src/rules/tables/drop-in-code.ts
const rule$38 = {
	id: "drop-in-code",
	severity: "error",
	what: "A DO block, function or procedure was seen to drop or rename a table, view or column that is in use.",
	why: "Its data is gone, or running code that names it fails, and the statement does not say so: neither reviewers nor other rules can see it.",
	instead: "Say it by a statement of its own.",
	sources: ["safe-migrate: opaque-dynamic-sql", "pgsafe: unchecked-do-block"],
	whole(world) {
		return world.changes.filter(isLoss).filter((change) => !isOfGoneTable(change, world)).flatMap((change) => {
			const code = isSaid(change, world) ? void 0 : culprit$1(change, world);
			return code ? [problem$2(change, code)] : [];
		});
	}
};
function isLoss({ action, kind }) {
	return (action === "removed" || action === "renamed") && [
		"table",
		"view",
		"column"
	].includes(kind);
}
/** The table that goes is told, and its columns with it. */
function isOfGoneTable({ table }, { changes }) {
	return changes.some(({ action, kind, id }) => kind === "table" && action === "removed" && id === table);
}
/** Statements that do what their text says: what they take away, other rules tell. */
function isSaid(change, { statements }) {
	const name = splitId(change.from ?? change.id).name.split(".").at(-1) ?? "";
	return statements.some(({ statement }) => !runsCode(statement.kind) && (/\bCASCADE\b/i.test(statement.sql) || mentions(statement.sql, name)));
}
function runsCode(kind) {
	return [
		"DoStmt",
		"CallStmt",
		"SelectStmt",
		"InsertStmt",
		"UpdateStmt",
		"DeleteStmt"
	].includes(kind);
}
/** The last code that took the table for itself, or else that had it so. */
function culprit$1({ id, from, table }, { statements }) {
	const names = [
		table,
		from,
		id
	];
	const code = statements.filter(({ statement }) => runsCode(statement.kind));
	const among = (locks) => locks.some(({ relation, mode }) => mode === "AccessExclusiveLock" && names.includes(relation));
	return code.findLast(({ observation }) => among(observation.locks)) ?? code.findLast(({ observation }) => among(observation.held));
}
function problem$2({ action, kind, id, from, table }, { statement }) {
	const what = `the ${kind} ${from ?? id}`;
	const { migration, path, line } = statement;
	return {
		message: action === "renamed" ? `The code that this runs renames ${what} to ${id}: running code that names it fails.` : `The code that this runs drops ${what}${kind === "view" ? "" : " with its data"}: running code that names it fails.`,
		relations: [table ?? from ?? id],
		place: {
			migration,
			path,
			line
		}
	};
}

// src/rules/tables/drop-schema.ts
const rule$37 = {
	id: "drop-schema",
	severity: "error",
	what: "A schema is dropped with what lies in it.",
	why: "All tables in it are gone with their data, and code that names anything of it fails.",
	instead: "Drop what is in it by name, step by step, and the empty schema last.",
	sources: [
		"PostgreSQL documentation, DROP SCHEMA",
		"pg-migration-lint: PGM205",
		"atlas: DS101"
	],
	covers: ["drop-table-locks-parents"],
	statement: {
		kinds: ["DropStmt"],
		check({ statement }, { before, after }) {
			const node = read(statement.node, "DropStmt");
			if (node?.removeType !== "OBJECT_SCHEMA") return [];
			return strings(node.objects).flatMap((schema) => {
				const inside = before.objects.filter((each) => each.schema === schema && each.table === void 0);
				const kept = new Set(after.objects.map(({ kind, oid }) => `${kind} ${oid}`));
				const gone = inside.filter(({ kind, oid }) => !kept.has(`${kind} ${oid}`));
				if (gone.length === 0) return [];
				const tables = gone.filter(({ kind }) => kind === "table").map(({ id }) => id);
				return [{
					message: `Dropping the schema ${schema} ${tables.length > 0 ? `deletes ${tables.join(", ")} with all data` : `takes ${gone.map(({ id }) => id).join(", ")} away`}, and running code that names anything of it fails.`,
					relations: tables,
					severity: tables.length > 0 ? "error" : "warning"
				}];
			});
		}
	}
};

// src/rules/tables/drop-table.ts
const rule$36 = {
	id: "drop-table",
	severity: "error",
	what: "A table that is in use is dropped.",
	why: "Its data is gone, and code that still names it fails.",
	instead: "First see that nothing reads or writes it any more; rename it for a while, then drop it in a later release.",
	sources: [
		"squawk: ban-drop-table",
		"atlas: DS102",
		"pg-migration-lint: PGM201"
	],
	statement: {
		kinds: ["DropStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "DropStmt");
			if (node?.removeType !== "OBJECT_TABLE" && node?.removeType !== "OBJECT_FOREIGN_TABLE") return [];
			return droppedNames(node.objects).flatMap((written) => {
				const table = inUse(facts, written);
				if (!table || lockedParent(table, facts, world)) return [];
				const again = objectsOf(world.after, "table").has(table.name) ? " Another table has its name at the end." : "";
				return [{
					message: `Dropping ${table.name} ${table.kind === "foreign table" ? "leaves its data out of reach" : "deletes its data"}, and running code that names it fails.${again}`,
					relations: [table.name],
					instead: { text: `See that nothing uses ${table.name} any more. Then drop it with a comment above: -- lockkeeper:allow drop-table because no code uses it any more` }
				}];
			});
		}
	}
};

// src/rules/tables/drop-table-locks-parents.ts
const rule$35 = {
	id: "drop-table-locks-parents",
	severity: "warning",
	what: "A table is dropped whose foreign keys refer to tables that stay.",
	why: "DROP TABLE locks each of them against reads and writes, all at once, until the transaction ends. With a lock_timeout it is a notice.",
	instead: "Drop the foreign keys first, each in a migration of its own, with a lock_timeout.",
	sources: ["online_migrations: drop_table_multiple_foreign_keys", "measured on 12 to 18"],
	statement: {
		kinds: ["DropStmt"],
		check(facts, world) {
			const dropped = new Set(droppedRelations(facts.observation, world).map(({ id }) => id));
			const keys = [...objectsOf(world.before, "constraint").values()].filter(({ table }) => dropped.has(table));
			const locked = lockedOut(facts).filter((table) => !dropped.has(table));
			const binding = keys.filter(({ references }) => references && locked.includes(references.table));
			const parents = [...new Set(binding.flatMap(({ references }) => references?.table ?? []))];
			if (parents.length === 0) return [];
			const text = "Set a lock_timeout before it, and try again when it ends.";
			return [{
				message: `Dropping ${tablesOf(binding).join(", ")} also locks ${parents.join(", ")} against reads and writes, as foreign keys refer there.`,
				relations: parents,
				severity: momentary(facts),
				blocking: {
					what: "reads and writes",
					during: "moment"
				},
				instead: parents.length > 1 ? {
					text,
					migrations: keyByKey(binding, facts.statement.sql)
				} : { text }
			}];
		}
	}
};
function tablesOf(keys) {
	return [...new Set(keys.map(({ table }) => table))];
}
function keyByKey(keys, drop) {
	return [...keys.map(({ table, name }) => `ALTER TABLE ${printId(table)} DROP CONSTRAINT ${printIdentifier(name)};`), `${drop};`].map((sql) => inTransaction(sql));
}

// src/postgres/syntax/types.ts
/** A written type as `format_type` says it; undefined for types that are not PostgreSQL's own, or have fields or precisions of time. */
function builtInType(type) {
	const name = strings(type?.names).at(-1) ?? "";
	const known = formatted[name];
	const sizes = (type?.typmods ?? []).map((each) => read(each, "A_Const")?.ival?.ival);
	if (known === void 0 || sizes.includes(void 0) || sizes.length > 0 && !sized.includes(name)) return void 0;
	return `${known}${sizes.length > 0 ? `(${name === "numeric" && sizes.length === 1 ? `${sizes[0]},0` : sizes.join(",")})` : ""}${type?.arrayBounds?.length ? "[]" : ""}`;
}
const sized = [
	"varchar",
	"bpchar",
	"numeric"
];
/** The parser's name → the catalog's. */
const formatted = {
	int2: "smallint",
	int4: "integer",
	int8: "bigint",
	smallserial: "smallint",
	serial: "integer",
	bigserial: "bigint",
	bool: "boolean",
	float4: "real",
	float8: "double precision",
	numeric: "numeric",
	varchar: "character varying",
	bpchar: "character",
	text: "text",
	uuid: "uuid",
	json: "json",
	jsonb: "jsonb",
	date: "date",
	timestamp: "timestamp without time zone",
	timestamptz: "timestamp with time zone",
	bytea: "bytea",
	inet: "inet"
};

// src/rules/tables/if-not-exists-noop.ts
const rule$34 = {
	id: "if-not-exists-noop",
	severity: "warning",
	what: "CREATE TABLE IF NOT EXISTS names a table that exists already, with other columns.",
	why: "Nothing is created and nothing is said: databases differ from then on, and code that counts on the new columns fails.",
	instead: "ALTER the table that is there, and leave IF NOT EXISTS out.",
	sources: ["PostgreSQL documentation, CREATE TABLE, IF NOT EXISTS", "pg-migration-lint: PGM403"],
	statement: {
		kinds: ["CreateStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "CreateStmt");
			const { schema, name } = nameOf$1(node?.relation);
			const known = node?.if_not_exists ? facts.relation(schema, name) : void 0;
			if (!known || isElsewhere(known, facts.statement, world)) return [];
			if (![
				"table",
				"partitioned table",
				"foreign table"
			].includes(known.kind)) return [{
				message: `${known.name} is a ${known.kind}: IF NOT EXISTS says nothing, and no table is created.`,
				relations: [known.name]
			}];
			const elements = node?.tableElts ?? [];
			const written = readAll(elements, "ColumnDef");
			if (written.length === 0 || elements.some((each) => read(each, "TableLikeClause")) || node?.inhRelations) return [];
			const differences = differencesOf(written, columnsOf(known.oid, world));
			if (differences.length === 0) return [];
			return [{
				message: `IF NOT EXISTS leaves ${known.name} as it is, without a word, and it differs: ${differences.join(", ")}.`,
				relations: [known.name]
			}];
		}
	}
};
/** The name was found in another schema of the search_path than the one that new tables come into. */
function isElsewhere(known, statement, world) {
	const created = createdTable(statement, world);
	return read(statement.node, "CreateStmt")?.relation?.relpersistence === "t" || created !== void 0 && created.oid !== known.oid;
}
/** As they were when the statement ran, as far as is known: at the base, or at the end for a new table. */
function columnsOf(oid, { before, after }) {
	const at = [before, after].map((snapshot) => [...objectsOf(snapshot, "column").values()].filter((column) => column.oid === oid));
	return new Map((at.find((columns) => columns.length > 0) ?? []).map((column) => [column.name, column]));
}
function differencesOf(written, known) {
	const names = new Set(written.map(({ colname }) => colname));
	const missing = written.flatMap(({ colname = "", typeName }) => {
		const column = known.get(colname);
		if (!column) return [`it has no ${colname}`];
		const type = builtInType(typeName);
		return type === void 0 || type === column.type ? [] : [`${colname} is ${column.type}, not ${type}`];
	});
	const more = [...known.keys()].filter((name) => !names.has(name)).map((name) => `it has ${name} besides`);
	return [...missing, ...more];
}

// src/rules/tables/protected-table.ts
const rule$33 = {
	id: "protected-table",
	severity: "error",
	what: "A table that the setting `protected` names is dropped, truncated, renamed, moved, detached, or loses or renames a column; also by CASCADE, and also where the statement fails.",
	why: "Somebody decided that no migration may do that.",
	instead: "Leave the table as it is, or take it out of `protected` in a change of its own.",
	sources: ["Lockkeeper, setting `protected`"],
	covers: [
		"drop-table",
		"drop-column",
		"truncate",
		"rename-table",
		"rename-column",
		"detach-not-concurrent",
		"drop-schema",
		"drop-cascade",
		"rename-schema",
		"set-schema",
		"drop-table-locks-parents"
	],
	waivable: false,
	whole(world) {
		return [...objectsOf(world.before, "table").values()].filter(({ id }) => world.isProtected(id)).flatMap((table) => {
			const said = world.statements.flatMap((facts) => {
				const harm = harmSaid(table, facts);
				return harm ? [problem$1(table, harm, facts)] : [];
			});
			const seen = said.length === 0 ? harmSeen(table, world) : void 0;
			return seen ? [problem$1(table, seen, culprit(table, world))] : said;
		});
	}
};
function problem$1({ id }, harm, facts) {
	const { migration, path = "", line = 1 } = facts?.statement ?? {};
	const place = {
		path,
		line,
		...migration !== void 0 && { migration }
	};
	return {
		message: `${id} is protected, and this ${harm}.`,
		relations: [id],
		place
	};
}
/** What the statement says that it does to the table. */
function harmSaid(table, facts) {
	const { node } = facts.statement;
	const is = (name) => means$1(facts, name, table);
	const drop = read(node, "DropStmt");
	if (drop?.removeType === "OBJECT_TABLE" && droppedNames(drop.objects).some(is)) return "drops it";
	if (readAll(read(node, "TruncateStmt")?.relations, "RangeVar").map(nameOf$1).some(is)) return "truncates it";
	const rename = read(node, "RenameStmt");
	if (rename && is(nameOf$1(rename.relation))) {
		if (rename.renameType === "OBJECT_TABLE") return "renames it";
		if (rename.renameType === "OBJECT_COLUMN") return `renames its column ${rename.subname}`;
	}
	if (is(nameOf$1(read(node, "AlterObjectSchemaStmt")?.relation))) return "moves it to another schema";
	return harmByAlter(facts, is);
}
function harmByAlter({ statement }, is) {
	for (const { type, name, node } of alterCommands(statement, "AT_DropColumn", "AT_DetachPartition")) {
		if (type === "AT_DropColumn" && is(alteredTable(statement))) return `takes its column ${name}`;
		if (type === "AT_DetachPartition" && is(nameOf$1(read(node.def, "PartitionCmd")?.name))) return "detaches it";
	}
}
/** Of statements that failed nothing but their text is known. */
function means$1(facts, written, table) {
	if (written.name === "") return false;
	const relation = facts.relation(written.schema, written.name);
	if (relation) return relation.oid === table.oid;
	return facts.observation.error !== void 0 && written.name === table.name && (written.schema ?? table.schema) === table.schema;
}
/** What became of it in the end, or was seen of TRUNCATE … CASCADE. */
function harmSeen(table, { before, after, statements }) {
	const now = [...objectsOf(after, "table").values()].find(({ oid }) => oid === table.oid);
	if (!now) return "drops it";
	if (now.schema !== table.schema) return "moves it to another schema";
	if (now.name !== table.name) return "renames it";
	if (table.partition && !now.partition) return "detaches it";
	const positions = new Set([...objectsOf(after, "column").values()].flatMap(({ oid, position }) => oid === now.oid ? position : []));
	const lost = [...objectsOf(before, "column").values()].find(({ oid, position }) => oid === table.oid && !positions.has(position));
	if (lost) return `takes its column ${lost.name}`;
	return statements.some(({ statement, observation }) => statement.kind === "TruncateStmt" && observation.rewritten.includes(table.id)) ? "truncates it" : void 0;
}
/** The last statement that had the table to itself and is not known to do something else. */
function culprit({ id }, { statements }) {
	const locking = statements.filter(({ observation: { locks, held } }) => [...locks, ...held].some(({ relation, mode }) => relation === id && mode === "AccessExclusiveLock"));
	return locking.findLast(({ statement: { kind } }) => /^(Drop|Truncate|Rename|AlterObjectSchema|Do|Call|Select)/.test(kind)) ?? locking.at(-1) ?? statements.at(-1);
}

// src/rules/tables/publication-without-identity.ts
const rule$32 = {
	id: "publication-without-identity",
	severity: "error",
	what: "A table comes into a publication that sends UPDATE or DELETE, or loses its primary key there, and has nothing to tell its rows by.",
	why: "Every UPDATE and DELETE on it fails from then on (SQLSTATE 55000).",
	instead: "Give the table a primary key, or set its REPLICA IDENTITY to a unique index, or to FULL.",
	sources: ["PostgreSQL documentation, 29.1 \"Publication\""],
	covers: ["table-without-pk"],
	whole(world) {
		const known = nameless(world.before);
		return [...nameless(world.after)].flatMap(([oid, { table, publication }]) => known.has(oid) ? [] : problem(table, publication, world));
	}
};
/** Published tables, by oid, whose changed rows cannot be named. */
function nameless(snapshot) {
	const keyed = new Set([...objectsOf(snapshot, "constraint").values()].filter(({ type, deferrable }) => type === "primary key" && !deferrable).map(({ table }) => table));
	const found = /* @__PURE__ */ new Map();
	for (const publication of objectsOf(snapshot, "publication").values()) {
		if (!publication.actions.some((action) => action === "update" || action === "delete")) continue;
		for (const table of objectsOf(snapshot, "table").values()) if (!(table.replicaIdentity === "default" ? keyed.has(table.id) : table.replicaIdentity !== "nothing") && table.type === "table" && table.persistence === "permanent" && sends(publication, table)) found.set(table.oid, {
			table,
			publication
		});
	}
	return found;
}
function sends({ allTables, members }, { id, schema, parents }) {
	const names = [id, ...parents];
	return allTables || members.some((member) => member === `schema ${schema}` || names.includes(member.split(" ")[0] ?? ""));
}
function problem(table, publication, world) {
	const place = lastNaming([table.name, publication.name], world);
	const message = `${table.id} is published by ${publication.name} and has neither a primary key nor another replica identity: every UPDATE and DELETE on it fails.`;
	return place ? [{
		message,
		relations: [table.id],
		place
	}] : [];
}

// src/rules/tables/rename-schema.ts
const rule$31 = {
	id: "rename-schema",
	severity: "error",
	what: "A schema with something in it is renamed.",
	why: "Running code, search_path settings and function bodies say the old name, and fail from that moment on.",
	instead: "Create the new schema, move or mirror what is in it step by step, and drop the old one when nobody uses it.",
	sources: ["strong_migrations: rename_schema", "pgfence: rename-schema"],
	statement: {
		kinds: ["RenameStmt"],
		check({ statement }, { before }) {
			const node = read(statement.node, "RenameStmt");
			if (node?.renameType !== "OBJECT_SCHEMA") return [];
			const inside = before.objects.filter(({ schema, table }) => schema === node.subname && table === void 0);
			if (inside.length === 0) return [];
			const tables = inside.filter(({ kind }) => kind === "table").map(({ id }) => id);
			const some = inside.slice(0, 3).map(({ id }) => id);
			const more = inside.length > some.length ? ` and ${inside.length - some.length} more` : "";
			return [{
				message: `Renaming the schema ${node.subname} to ${node.newname} breaks running code that uses ${some.join(", ")}${more}.`,
				relations: tables
			}];
		}
	}
};

// src/rules/old-name.ts
/** Whether the same transaction creates a view by the name that a table or view loses, so that code can go on using it. */
function keepsName(relation, facts, world) {
	return laterInTransaction(facts, world).some(({ statement: { node } }) => {
		const view = read(node, "ViewStmt")?.view ?? read(node, "CreateTableAsStmt")?.into?.rel;
		return means(nameOf$1(view), relation);
	});
}
/** Whether another table gets the name in the same transaction: it is created, or renamed. */
function losesNameToTable(relation, facts, world) {
	return laterInTransaction(facts, world).some(({ statement: { node } }) => {
		const { schema, name } = nameOf$1(read(node, "RenameStmt")?.relation);
		return means({
			schema,
			name: name === "" ? "" : read(node, "RenameStmt")?.newname ?? ""
		}, relation) || means(nameOf$1(read(node, "CreateStmt")?.relation), relation);
	});
}
function means({ schema, name }, relation) {
	const old = splitId(relation.name);
	return name === old.name && (schema === void 0 || schema === old.schema);
}

// src/rules/tables/rename-table.ts
const rule$30 = {
	id: "rename-table",
	severity: "error",
	what: "A table or view that is in use is renamed.",
	why: "Running code asks for the old name and fails from that moment until it is replaced; function bodies keep the old name too. It is a warning where another table takes the name in the same transaction.",
	instead: "Leave the name, or create a view with the old name in the same transaction, until all code is moved.",
	sources: [
		"strong_migrations: rename_table",
		"squawk: renaming-table",
		"atlas: BC101",
		"pg-migration-lint: PGM504"
	],
	statement: {
		kinds: ["RenameStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "RenameStmt");
			const table = [
				"OBJECT_TABLE",
				"OBJECT_VIEW",
				"OBJECT_MATVIEW",
				"OBJECT_FOREIGN_TABLE"
			].includes(node?.renameType ?? "") ? inUse(facts, nameOf$1(node?.relation)) : void 0;
			if (!table || /index|sequence|composite/.test(table.kind) || keepsName(table, facts, world)) return [];
			const to = node?.newname ?? "";
			if (losesNameToTable(table, facts, world)) return [takenOver(table.name, to)];
			const { schema } = splitId(table.name);
			const view = `CREATE VIEW ${printId(table.name)} AS SELECT * FROM ${printName({
				schema,
				name: to
			})};`;
			return [{
				message: `Renaming ${table.name} to ${to} breaks running code that uses the old name.`,
				relations: [table.name],
				instead: {
					text: `A view keeps the old name alive until all code says ${printIdentifier(to)}; the second migration belongs to a later release.`,
					migrations: [inTransaction(`${facts.statement.sql};`, view), inTransaction(`DROP VIEW ${printId(table.name)};`)]
				}
			}];
		}
	}
};
function takenOver(table, to) {
	return {
		message: `Another table takes the name of ${table}: foreign keys, views and triggers stay with ${to}, and so do rows that are written before both are locked.`,
		relations: [table],
		severity: "warning",
		instead: { text: `LOCK TABLE ${printId(table)} before its rows are copied, and move what refers to it.` }
	};
}

// src/rules/tables/set-access-method.ts
const rule$29 = {
	id: "set-access-method",
	severity: "error",
	what: "A table that is in use gets another access method.",
	why: "The whole table and its indexes are written anew while nobody can read or write it.",
	instead: "Do it in a maintenance window, or create the table as it shall be and move the rows.",
	majors: { from: 15 },
	sources: ["PostgreSQL documentation, ALTER TABLE, SET ACCESS METHOD", "pgsafe: set-access-method"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const seen = rewrittenBy(facts, world, "AT_SetAccessMethod");
			if (!seen) return [];
			return [{
				message: `The other access method writes ${seen.table.name} and its indexes anew.`,
				...costs(seen)
			}];
		}
	}
};

// src/rules/tables/set-logged.ts
const rule$28 = {
	id: "set-logged",
	severity: "error",
	what: "A table that is in use becomes LOGGED or UNLOGGED.",
	why: "The whole table and its indexes are written anew while nobody can read or write it.",
	instead: "Do it in a maintenance window, or create the table as it shall be and move the rows.",
	sources: ["PostgreSQL documentation, ALTER TABLE, SET LOGGED", "pgfence: set-logged-unlogged"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const seen = rewrittenBy(facts, world, "AT_SetLogged", "AT_SetUnLogged");
			if (!seen) return [];
			return [{
				message: `Changing whether ${seen.table.name} is logged writes it and its indexes anew.`,
				...costs(seen)
			}];
		}
	}
};

// src/rules/tables/set-schema.ts
const rule$27 = {
	id: "set-schema",
	severity: "error",
	what: "A table or view that is in use is moved to another schema.",
	why: "Running code that names the old schema, or whose search_path has not the new one, fails from that moment on.",
	instead: "Leave a view in its place in the same transaction, until all code is moved.",
	sources: ["PostgreSQL documentation, ALTER TABLE, SET SCHEMA"],
	statement: {
		kinds: ["AlterObjectSchemaStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "AlterObjectSchemaStmt");
			const table = node?.relation ? inUse(facts, nameOf$1(node.relation)) : void 0;
			if (!table || /index|sequence|composite/.test(table.kind) || keepsName(table, facts, world)) return [];
			const { name } = splitId(table.name);
			const to = node?.newschema ?? "";
			const view = `CREATE VIEW ${printId(table.name)} AS SELECT * FROM ${printName({
				schema: to,
				name
			})};`;
			return [{
				message: `Moving ${table.name} to the schema ${to} breaks running code that looks for it where it was.`,
				relations: [table.name],
				instead: {
					text: `A view stays in its place until all code looks into ${printIdentifier(to)}; the second migration belongs to a later release.`,
					migrations: [inTransaction(`${facts.statement.sql};`, view), inTransaction(`DROP VIEW ${printId(table.name)};`)]
				}
			}];
		}
	}
};

// src/rules/tables/set-tablespace.ts
const rule$26 = {
	id: "set-tablespace",
	severity: "error",
	what: "A table or index that is in use moves to another tablespace.",
	why: "Its files are copied while nobody can read or write it.",
	instead: "REINDEX with TABLESPACE and CONCURRENTLY moves an index from PostgreSQL 14 on; move a table in a maintenance window, or with pg_repack.",
	sources: ["PostgreSQL documentation, ALTER TABLE, SET TABLESPACE", "safe-migrate"],
	statement: {
		kinds: ["AlterTableStmt", "AlterTableMoveAllStmt"],
		check(facts, world) {
			const seen = rewrittenBy(facts, world, "AT_SetTableSpace");
			if (seen) return [{
				message: `The files of ${seen.table.name} are copied to the other tablespace.`,
				...costs(seen)
			}];
			if (facts.statement.kind !== "AlterTableMoveAllStmt") return [];
			return lockedOut(facts).filter((table) => facts.observation.rewritten.includes(table)).map((table) => ({
				message: `The files of ${table} are copied to the other tablespace.`,
				relations: [table],
				blocking: {
					what: "reads and writes",
					during: "rewrite"
				}
			}));
		}
	}
};

// src/rules/tables/table-without-pk.ts
const rule$25 = {
	id: "table-without-pk",
	severity: "notice",
	what: "A new table has no primary key.",
	why: "Its rows cannot be told apart: logical replication refuses UPDATE and DELETE, and tools that go through tables in batches have nothing to go by.",
	instead: "Give it a primary key.",
	sources: [
		"PostgreSQL documentation, 5.5.4 \"Primary Keys\"",
		"splinter: 0004_no_primary_key",
		"pg-migration-lint: PGM502"
	],
	statement: {
		kinds: ["CreateStmt", "CreateTableAsStmt"],
		check({ statement }, world) {
			const table = createdTable(statement, world);
			if (!table || table.type === "foreign table" || table.parents.length > 0) return [];
			return [...objectsOf(world.after, "constraint").values()].some((each) => each.table === table.id && each.type === "primary key") ? [] : [{
				message: `${table.id} has no primary key.`,
				relations: [table.id]
			}];
		}
	}
};

// src/rules/tables/truncate.ts
const rule$24 = {
	id: "truncate",
	severity: "error",
	what: "A table that is in use is emptied by TRUNCATE.",
	why: "Its data is gone at once, and with CASCADE that of all tables that refer to it.",
	instead: "Delete what is to go in batches, outside the migration.",
	sources: [
		"PostgreSQL documentation, TRUNCATE",
		"squawk: ban-truncate-cascade",
		"pg-migration-lint: PGM203 and PGM204"
	],
	statement: {
		kinds: ["TruncateStmt"],
		check(facts) {
			const emptied = lockedOut(facts);
			if (emptied.length === 0) return [];
			const named = readAll(read(facts.statement.node, "TruncateStmt")?.relations, "RangeVar").map(nameOf$1).flatMap(({ schema, name }) => facts.relation(schema, name)?.name ?? []);
			const others = emptied.filter((table) => !named.includes(table));
			const cascade = read(facts.statement.node, "TruncateStmt")?.behavior === "DROP_CASCADE" && others.length > 0;
			const also = cascade ? `, and CASCADE also those of ${others.join(", ")}` : "";
			return [{
				message: `TRUNCATE deletes all rows of ${(cascade ? emptied.filter((table) => !others.includes(table)) : emptied).join(", ")}${also}.`,
				relations: emptied
			}];
		}
	}
};

// src/rules/tables/vacuum-full.ts
const rule$23 = {
	id: "vacuum-full",
	severity: "error",
	what: "VACUUM FULL writes a table that is in use anew.",
	why: "Nobody can read or write the table until it and its indexes are written.",
	instead: "Plain VACUUM blocks nobody; pg_repack gives room back while others read and write.",
	sources: ["PostgreSQL documentation, VACUUM", "pg-migration-lint: PGM021"],
	statement: {
		kinds: ["VacuumStmt"],
		check(facts) {
			return lockedOut(facts).filter((table) => facts.observation.rewritten.includes(table)).map((table) => ({
				message: `VACUUM FULL writes ${table} and its indexes anew.`,
				relations: [table],
				blocking: {
					what: "reads and writes",
					during: "rewrite"
				},
				instead: { text: "Plain VACUUM blocks nobody; pg_repack gives room back while others read and write." }
			}));
		}
	}
};

// src/rules/transactions/commit-in-transaction.ts
const rule$22 = {
	id: "commit-in-transaction",
	severity: "warning",
	what: "A migration that its tool runs in a transaction ends that transaction itself, with COMMIT or ROLLBACK.",
	why: "What comes behind it runs without one, statement by statement; the tool’s own record of the migration is no longer part of it.",
	instead: "Leave transactions to the tool, or tell the tool to run this migration without one.",
	sources: ["PostgreSQL documentation, COMMIT and ROLLBACK", "squawk: transaction-nesting"],
	statement: {
		kinds: ["TransactionStmt"],
		check({ statement }, world) {
			const end = ends[read(statement.node, "TransactionStmt")?.kind ?? ""];
			const wrapped = world.pending.find(({ id }) => id === statement.migration)?.up.delivery === "wrapped";
			if (!end || !wrapped) return [];
			return [{
				message: `${end.word} ends the transaction that the tool opened: ${end.effect}, and what follows is not undone when it fails.`,
				instead: { text: `Leave it out. Where a statement must run outside a transaction: ${world.outsideTransaction}` }
			}];
		}
	}
};
const ends = {
	TRANS_STMT_COMMIT: {
		word: "COMMIT",
		effect: "everything before it stays"
	},
	TRANS_STMT_ROLLBACK: {
		word: "ROLLBACK",
		effect: "everything before it is undone"
	}
};

// src/postgres/syntax/changed-rows.ts
/** All UPDATEs and DELETEs of a statement, the outermost first. */
function changedRows({ node }) {
	const found = [];
	visit(node, node, found);
	return found;
}
function visit(value, top, found) {
	if (typeof value !== "object" || value === null) return;
	const update = read(value, "UpdateStmt");
	const remove = read(value, "DeleteStmt");
	const node = update ?? remove;
	if (node) found.push({
		verb: update ? "UPDATE" : "DELETE",
		table: nameOf$1(node.relation),
		where: saysSomething(node.whereClause) ? node.whereClause : void 0,
		lists: listsIn(update?.fromClause ?? remove?.usingClause),
		plain: value === top && !node.withClause && !node.relation?.alias && !(update?.fromClause ?? remove?.usingClause) && !node.returningClause,
		sets: readAll(update?.targetList, "ResTarget").map(({ name = "", val }) => ({
			column: name,
			value: read(val, "MultiAssignRef") ? void 0 : val
		}))
	});
	for (const each of Object.values(value)) visit(each, top, found);
}
function listsIn(from) {
	return readAll(from, "RangeSubselect").flatMap(({ subquery, alias }) => read(subquery, "SelectStmt")?.valuesLists ? alias?.aliasname ?? [] : []);
}
/** Whether a condition depends on a row, or on anything that could keep rows out. */
function saysSomething(where) {
	return where !== void 0 && /"(ColumnRef|SubLink|FuncCall|CurrentOfExpr|ParamRef)"/.test(JSON.stringify(where));
}
/** Columns that a condition asks to be equal to values that are written out; none where it lets other rows in as well. */
function columnsOfKey(where, lists) {
	const all = read(where, "BoolExpr");
	if (all) return all.boolop === "AND_EXPR" ? (all.args ?? []).flatMap((each) => columnsOfKey(each, lists)) : [];
	const equal = read(where, "A_Expr");
	if (![
		"AEXPR_OP",
		"AEXPR_IN",
		"AEXPR_OP_ANY"
	].includes(equal?.kind ?? "") || strings(equal?.name).at(-1) !== "=") return [];
	const isWritten = (side) => side !== void 0 && (!saysSomething(side) || lists.includes(fieldsOf(side).at(-2) ?? ""));
	const [left, right] = [equal?.lexpr, equal?.rexpr];
	return fieldsOf(isWritten(right) ? left : isWritten(left) ? right : void 0).slice(-1);
}
function fieldsOf(expression) {
	return strings(read(expression, "ColumnRef")?.fields);
}
/** The column that a condition asks to be NULL, and nothing else. */
function columnIsNull(where) {
	const test = read(where, "NullTest");
	return test?.nulltesttype === "IS_NULL" ? fieldsOf(test.arg).at(-1) : void 0;
}
/** What stands behind `SET column =`, as written. */
function firstValue({ sql }) {
	const tokens = tokensOf(sql);
	const start = tokens.findIndex(({ text }) => text === "=") + 1;
	let depth = 0;
	const end = tokens.findIndex((token, index) => {
		depth += Number(token.text === "(") - Number(token.text === ")");
		return index > start && depth === 0 && isWord(token, "WHERE");
	});
	const last = end < 0 ? tokens.at(-1) : tokens[end - 1];
	return sql.slice(tokens[start]?.start, last?.end);
}

// src/rules/changed-rows.ts
/** Whether a condition picks rows by all columns of a unique index, so that it can be only a few. */
function isByKey({ where, lists }, table, world) {
	const named = columnsOfKey(where, lists);
	const id = tableBefore(table, world)?.id;
	return [...objectsOf(world.before, "index").values()].some((index) => index.table === id && index.unique && !index.predicate && index.columns.every((column) => named.includes(column)));
}
/** An UPDATE that fills a column where it is NULL, page by page; undefined where it does anything else. */
function inBatches(changed, table, facts, world) {
	const [set, ...more] = changed.sets;
	if (!set?.value || more.length > 0 || !changed.plain || table.kind !== "table") return void 0;
	const { column } = set;
	const isEmpty = !changed.where && isNewColumn(table, column, facts, world) && !hasDefault(table, column, world);
	if (columnIsNull(changed.where) !== column && !isEmpty) return void 0;
	return [backfill(table.name, column, firstValue(facts.statement))];
}
function hasDefault({ oid }, name, { after }) {
	return [...objectsOf(after, "column").values()].some((each) => each.oid === oid && each.name === name && each.default !== void 0);
}

// src/rules/transactions/ddl-plus-backfill.ts
const rule$21 = {
	id: "ddl-plus-backfill",
	severity: "error",
	what: "An UPDATE of rows that no key picks shares its transaction with a change of a table’s definition.",
	why: "The lock of the change lasts until the transaction ends: while the rows are written, nobody can read or write that table. It is a warning where the change comes after the UPDATE: then the rows stay locked, and the change may be refused because of pending trigger events (SQLSTATE 55006).",
	instead: "Give the UPDATE a migration of its own, after this one, and change rows in batches that commit.",
	sources: [
		"strong_migrations: \"Backfilling data\"",
		"pg-migration-lint: PGM302",
		"PostgreSQL documentation, 13.3.1 \"Table-Level Locks\""
	],
	covers: [
		"statement-after-access-exclusive",
		"update-delete-without-where",
		"work-under-lock"
	],
	statement: {
		kinds: [
			"UpdateStmt",
			"DeleteStmt",
			"InsertStmt",
			"SelectStmt"
		],
		check(facts, world) {
			const [changed] = changedRows(facts.statement).filter(({ verb, where }) => verb === "UPDATE" || where);
			const table = changed && inUse(facts, changed.table);
			if (!table || isByKey(changed, table, world)) return [];
			const told = meanwhile(changed, table, facts, world) ?? before(changed, table, facts, world);
			if (!told) return [];
			const migrations = inBatches(changed, table, facts, world) ?? [inTransaction(`${facts.statement.sql};`)];
			return [{
				...told,
				instead: suggesting(migrations, "Its own migration, after this one, locks nobody out.")
			}];
		}
	}
};
/** Tables that the transaction keeps others from while rows are written. */
function meanwhile({ verb }, table, facts, world) {
	const held = lockedTables(facts.observation.held);
	if (held.length === 0) return void 0;
	const tables = held.map(({ relation }) => relation);
	const what = held.some(({ mode }) => mode === "AccessExclusiveLock") ? "reads and writes" : "writes";
	const since = firstToLock(facts, tables, world);
	const origin = since ? ` since line ${since.statement.line}` : "";
	return {
		message: `${verb} goes through ${table.name} while its transaction keeps ${what} of ${tables.join(", ")} waiting${origin}.`,
		relations: [.../* @__PURE__ */ new Set([...tables, table.name])],
		blocking: {
			what,
			during: "scan"
		}
	};
}
/** A later statement of the transaction that locks others out: it waits while rows are locked, and locks them longer. */
function before({ verb }, table, facts, world) {
	const later = laterInTransaction(facts, world).find(({ observation }) => lockedTables(observation.locks).length > 0);
	if (!later) return void 0;
	return {
		message: `Rows that ${verb} changes in ${table.name} stay locked until the change of line ${later.statement.line} has got its lock as well.`,
		relations: [table.name],
		severity: "warning"
	};
}

// src/rules/transactions/fails-on-rows.ts
const rule$20 = {
	id: "fails-on-rows",
	severity: "warning",
	what: "A statement fails on rows that were made up for the check, and succeeds on empty tables.",
	why: "Whether it succeeds on production depends on the rows there, which the check has not seen.",
	instead: "Ask the target for rows that do not fit, and correct them in an earlier migration.",
	sources: ["PostgreSQL documentation, appendix A, \"PostgreSQL Error Codes\""],
	statement: { check({ statement, observation: { errorOnRows } }) {
		return errorOnRows ? [toProblem$1(statement, errorOnRows)] : [];
	} }
};
function toProblem$1({ kind, migration, path }, { message, detail, sqlstate, line }) {
	const told = [message, detail].filter(Boolean).join(". ").replace(/\.$/, "");
	const advice = sqlstate.startsWith("P0") ? "It says so itself: look at its conditions." : whatToAsk[sqlstate];
	return {
		message: `It fails on made-up rows, not on empty tables: ${told} (SQLSTATE ${sqlstate}).`,
		place: {
			migration,
			path,
			line
		},
		...advice && { instead: { text: advice } },
		...writesRows.has(kind) && { severity: "notice" },
		...isCertain(kind, sqlstate) && { severity: "error" }
	};
}
/** What writes rows depends on which ones it meets: made-up ones say little of it. */
const writesRows = /* @__PURE__ */ new Set([
	"InsertStmt",
	"UpdateStmt",
	"DeleteStmt",
	"MergeStmt",
	"SelectStmt",
	"DoStmt",
	"CallStmt"
]);
/** Made-up rows leave no column empty: only the migrations themselves can have left one without values. */
function isCertain(kind, sqlstate) {
	return sqlstate === "23502" && kind === "AlterTableStmt";
}
const whatToAsk = {
	"23502": "Fill the column first, in a migration before: every row needs a value.",
	"23505": "Ask the target for duplicates, and clean them up in an earlier migration.",
	"23503": "Ask the target for rows that refer to nothing. NOT VALID adds the foreign key without looking at old rows.",
	"23514": "Ask the target for rows that violate it. NOT VALID adds the check without looking at old rows.",
	"23P01": "Ask the target for rows that exclude each other, and clean them up in an earlier migration.",
	"22001": "Ask the target for max(length(…)) of the column.",
	"22003": "Ask the target for min(…) and max(…) of the column.",
	"22P02": "Ask the target for values that do not look like the new type."
};

// src/rules/transactions/migration-fails.ts
const rule$19 = {
	id: "migration-fails",
	severity: "error",
	what: "PostgreSQL refuses a statement.",
	why: "The migration stops there: at its tool’s next run, in the pipeline, or on production.",
	instead: "Read what PostgreSQL says, and correct the statement.",
	sources: ["PostgreSQL documentation, appendix A, \"PostgreSQL Error Codes\""],
	waivable: false,
	statement: {
		failed: true,
		check({ statement, observation: { error } }) {
			if (!error) return [];
			const { message, detail, hint, sqlstate, line } = error;
			const told = [message, detail].filter(Boolean).join(". ").replace(/\.$/, "");
			const particular = explain(error);
			const help = [particular === hint ? adviceOn(error) : particular, hint].filter(Boolean).join(" ");
			return [{
				message: `It fails: ${told} (SQLSTATE ${sqlstate}).`,
				...help && { instead: { text: help } },
				place: {
					migration: statement.migration,
					path: statement.path,
					line
				}
			}];
		}
	}
};
function adviceOn({ sqlstate, message }) {
	return sqlstate === "42704" && message.startsWith("role ") ? missingRole : advice[sqlstate];
}
const missingRole = "If production has it, made by hand, say so in the migrations: create it there unless it exists. Roles that applied migrations name are made for the rehearsal.";
/** What an error often means in a migration. */
const advice = {
	"25001": "The statement must run outside a transaction block: give it a migration of its own, marked as the tool wants it.",
	"55P04": "A new enum value can be used only after its transaction has been committed: add it in a migration of its own before.",
	"55006": "Rows that were changed have triggers or foreign keys to be checked at the end: change rows and table in two migrations.",
	"2BP01": "Other objects depend on it: drop or change them first, by name rather than with CASCADE.",
	"42804": "There is no cast from the old type to the new one by itself: say how with USING, and drop the default before.",
	"23502": "There are rows without a value: fill them first. On production a probe tells: SELECT count(*) … WHERE … IS NULL.",
	"23505": "Two rows are the same: clean them up in an earlier migration.",
	"23503": "A row refers to nothing. NOT VALID adds the foreign key without looking at old rows.",
	"23514": "A row violates it. NOT VALID adds the check without looking at old rows.",
	"23P01": "Two rows exclude each other: clean them up in an earlier migration.",
	"22001": "A value is too long for the type.",
	"22003": "A value is out of range of the type.",
	"0A000": "PostgreSQL cannot do this, or not on this major: see what its message says.",
	"42703": "The column is not there: look at earlier migrations that add, drop or rename it.",
	"42701": "The column is there already, from an earlier migration.",
	"42710": "It is there already, from an earlier migration.",
	"42P07": "It is there already, from an earlier migration.",
	"42P01": "Look at the order of the migrations and at search_path.",
	"57014": "A timeout that the migrations themselves set ended it."
};

// src/rules/transactions/no-lock-timeout.ts
const rule$18 = {
	id: "no-lock-timeout",
	severity: "notice",
	what: "A statement takes a lock that blocks reads or writes of a table that is in use, and no lock_timeout is set. Told once for a migration.",
	why: "While it waits behind one long query, everybody who comes after it waits too: a change of a moment becomes an outage, also on a tiny table.",
	instead: "Set a lock_timeout before it, and try again when it ends.",
	sources: [
		"PostgreSQL documentation, 19.11 \"Client Connection Defaults\", lock_timeout",
		"squawk: require-lock-timeout",
		"eugene: E9",
		"pgfence: missing-lock-timeout"
	],
	fallback: true,
	statement: { check(facts, world) {
		const [first] = strongLocks(facts);
		if (!first || isToldAlready(facts, world)) return [];
		const what = blocks(first.mode);
		if (what === "nothing") return [];
		return [{
			message: `While this waits for its lock on ${first.relation}, ${what} that come later wait behind it, and nothing ends the wait.`,
			relations: [first.relation],
			blocking: {
				what,
				during: "moment"
			},
			instead: { text: "Begin the migration with SET lock_timeout = '5s'; and run it again when that ends it." }
		}];
	} }
};
/** Locks on tables that may be waited for without end, the strongest first. */
function strongLocks(facts) {
	if (facts.lockTimeout > 0) return [];
	return lockedTables(facts.observation.locks, "ShareLock").toSorted((a, b) => Number(b.mode === "AccessExclusiveLock") - Number(a.mode === "AccessExclusiveLock"));
}
function isToldAlready({ index, statement }, { statements }) {
	return statements.slice(0, index).filter((each) => each.statement.migration === statement.migration).some((each) => strongLocks(each).length > 0);
}

// src/rules/transactions/statement-after-access-exclusive.ts
const rule$17 = {
	id: "statement-after-access-exclusive",
	severity: "error",
	what: "A statement reads or rewrites a whole table while its transaction holds ACCESS EXCLUSIVE on a table that is in use.",
	why: "The lock of an earlier statement lasts until the transaction ends: nobody reads or writes that table while this one works.",
	instead: "Give the work a migration of its own; fill columns in batches that commit.",
	sources: [
		"PostgreSQL documentation, 13.3.1 \"Table-Level Locks\"",
		"eugene: E4",
		"pgfence: statement-after-access-exclusive",
		"postgres-language-server: running_statement_while_holding_access_exclusive"
	],
	fallback: true,
	covers: ["work-under-lock"],
	statement: { check(facts, world) {
		const { observation, statement } = facts;
		const held = lockedTables(observation.held, "AccessExclusiveLock");
		const worked = workedOn(observation);
		if (held.length === 0 || worked.length === 0) return [];
		const tables = held.map(({ relation }) => relation);
		const since = firstToLock(facts, tables, world, "AccessExclusiveLock");
		const origin = since ? ` since line ${since.statement.line}` : "";
		return [{
			message: `${tables.join(", ")}, locked against reads and writes${origin}, stays so while this works on all of ${worked.join(", ")}.`,
			relations: tables,
			blocking: {
				what: "reads and writes",
				during: observation.rewritten.length > 0 ? "rewrite" : "scan"
			},
			instead: {
				text: "Move it to a migration of its own, whose transaction does not hold that lock.",
				migrations: [inTransaction(`${statement.sql};`)]
			}
		}];
	} }
};

// src/rules/transactions/update-delete-without-where.ts
const rule$16 = {
	id: "update-delete-without-where",
	severity: "warning",
	what: "An UPDATE or DELETE has no WHERE, or one that every row passes, on a table that is in use.",
	why: "UPDATE writes every row anew and keeps all of them locked until its transaction ends; DELETE, which is an error here, leaves nothing.",
	instead: "Change rows in batches that commit, outside the migration; say by WHERE which rows are meant.",
	sources: [
		"pgfence: delete-without-where, update-in-migration",
		"postgres-language-server: ban_delete_without_where, ban_update_without_where",
		"pg-migration-lint: PGM302 and PGM303"
	],
	statement: {
		kinds: [
			"UpdateStmt",
			"DeleteStmt",
			"InsertStmt",
			"SelectStmt",
			"CreateTableAsStmt",
			"MergeStmt"
		],
		check(facts, world) {
			return changedRows(facts.statement).flatMap((changed) => changed.where ? [] : problems$1(changed, facts, world));
		}
	}
};
function problems$1(changed, facts, world) {
	const table = inUse(facts, changed.table);
	if (!table) return [];
	const relations = [table.name];
	if (changed.verb === "DELETE") return [{
		message: `DELETE takes all rows of ${table.name}.`,
		relations,
		severity: "error",
		instead: { text: "Say by WHERE which rows are meant; delete many in batches that commit, outside the migration." }
	}];
	const message = `UPDATE writes every row of ${table.name} anew, and all of them stay locked until its transaction ends.`;
	const migrations = inBatches(changed, table, facts, world);
	return [{
		message,
		relations,
		instead: migrations ? {
			text: world.outsideTransaction,
			migrations
		} : { text: "Change rows in batches that commit, by ranges of the key, outside the migration." }
	}];
}

// src/rules/transactions/work-under-lock.ts
const rule$15 = {
	id: "work-under-lock",
	severity: "error",
	what: "A statement was seen to read or rewrite a whole table while it kept others from it, and no other rule says why: a function, a DO block, an unusual command.",
	why: "Others wait for as long as the table is big.",
	instead: "Look at the locks of the statement, and find a way that does the work without them.",
	sources: ["PostgreSQL documentation, 13.3.1 \"Table-Level Locks\"", "eugene: E10"],
	fallback: true,
	statement: { check({ statement, observation }, world) {
		if (statement.kind === "TruncateStmt") return [];
		const blocked = blockedTables(observation).filter(({ table }) => isReadable(table, world));
		if (blocked.length === 0) return [];
		const all = blocked.some(({ mode }) => mode === "AccessExclusiveLock");
		const rewrites = blocked.some(({ rewritten }) => rewritten);
		const tables = blocked.map(({ table }) => table);
		return [{
			message: `This ${rewrites ? "rewrites" : "reads"} all of ${tables.join(", ")} and keeps ${all ? "reads and writes" : "writes"} waiting meanwhile.`,
			relations: tables,
			blocking: {
				what: all ? "reads and writes" : "writes",
				during: rewrites ? "rewrite" : "scan"
			}
		}];
	} }
};

// src/rules/types/domain-with-check-created.ts
const rule$14 = {
	id: "domain-with-check-created",
	severity: "notice",
	what: "A domain with a CHECK is created.",
	why: "A column of the domain that is added later rewrites its table, and a changed check reads every table that uses the domain, while nobody can write to them.",
	instead: "Use the base type with a CHECK on the table, which can be added as NOT VALID and validated while others write.",
	sources: ["squawk: ban-create-domain-with-constraint", "measured on 12 to 18"],
	statement: {
		kinds: ["CreateDomainStmt"],
		check({ statement }) {
			const node = read(statement.node, "CreateDomainStmt");
			const checked = readAll(node?.constraints, "Constraint").some(({ contype }) => contype === "CONSTR_CHECK");
			const name = printName(nameOfList(node?.domainname));
			return checked ? [{ message: `${name} has a check: adding a column of it, or changing the check, will be expensive for big tables.` }] : [];
		}
	}
};

// src/rules/types/enum-rename-value.ts
const rule$13 = {
	id: "enum-rename-value",
	severity: "warning",
	what: "A value of an enum that is in use is renamed.",
	why: "Running code that writes or asks for the old value fails (SQLSTATE 22P02), and what it reads is a value that it does not know.",
	instead: "Add the new value, move rows and code to it, and leave the old one.",
	sources: ["PostgreSQL documentation, ALTER TYPE", "strong_migrations: rename_enum_value"],
	statement: {
		kinds: ["AlterEnumStmt"],
		check({ statement }, { before }) {
			const node = read(statement.node, "AlterEnumStmt");
			const [from, to] = [node?.oldVal, node?.newVal];
			if (from === void 0) return [];
			const { schema, name } = nameOfList(node?.typeName);
			const known = [...objectsOf(before, "enum").values()].some((each) => each.name === name && (schema === void 0 || each.schema === schema) && each.labels.includes(from));
			const message = `Running code that knows ${name} '${from}' fails once it is called '${to}'.`;
			return known ? [{
				message,
				instead: { text: `Add '${to}' beside '${from}', and move rows and code to it.` }
			}] : [];
		}
	}
};

// src/rules/types/int-primary-key.ts
const rule$12 = {
	id: "int-primary-key",
	severity: "notice",
	what: "A new table has a primary key of type integer or smallint.",
	why: "It ends at 2,147,483,647 (32,767); changing it later rewrites the table and everything that refers to it.",
	instead: "Use bigint.",
	sources: [
		"PostgreSQL documentation, 8.1.1 \"Integer Types\"",
		"squawk: prefer-bigint-over-int",
		"pg-migration-lint: PGM107"
	],
	statement: {
		kinds: ["CreateStmt"],
		check({ statement }, world) {
			const table = createdTable(statement, world);
			if (!table || table.partition) return [];
			const constraints = [...objectsOf(world.after, "constraint").values()].filter((each) => each.table === table.id);
			const key = constraints.find(({ type }) => type === "primary key")?.columns ?? [];
			const [name = ""] = key;
			const column = objectsOf(world.after, "column").get(`${table.id}.${name}`);
			const borrowed = constraints.some(({ type, columns }) => type === "foreign key" && columns.includes(name));
			if (key.length !== 1 || borrowed || !column || !["integer", "smallint"].includes(column.type)) return [];
			const last = column.type === "integer" ? "2,147,483,647" : "32,767";
			return [{
				message: `The primary key ${name} of ${table.id} ends at ${last}.`,
				relations: [table.id],
				instead: { text: `Make ${name} a bigint.` }
			}];
		}
	}
};

// src/rules/retyped.ts
/** Columns whose type an ALTER TABLE on a table in use changes. */
function retypedColumns(facts, world) {
	const commands = alterCommands(facts.statement, "AT_AlterColumnType");
	const seen = commands.length > 0 ? observedAlter(facts, world) : void 0;
	if (!seen) return [];
	const before = columnsBefore(seen.table, world);
	return commands.map((command) => {
		const name = command.name ?? "";
		const column = before.get(name);
		const written = typeText(command, facts.statement);
		const now = [...objectsOf(world.after, "column").values()].find((each) => each.oid === seen.table.oid && each.name === name);
		const to = facts.observation.error ? canonical(written) : now?.type ?? canonical(written);
		const using = command.column?.raw_default;
		return {
			name,
			column,
			from: column?.type,
			to,
			written,
			using,
			command,
			facts,
			observed: seen
		};
	});
}
/**
* Between moments without and with a time zone: what it costs depends on the session's TimeZone. A type with a precision
* of its own is rounded to it, which rewrites the table in every zone.
*/
function changesTimeZone({ from = "", to, using }) {
	const [old] = /(?<=^timestamp(\(\d\))? )with(out)?(?= time zone$)/.exec(from) ?? [];
	const [now] = /(?<=^timestamp )with(out)?(?= time zone$)/.exec(to) ?? [];
	return old !== void 0 && now !== void 0 && old !== now && !using;
}
/**
* Changes that never touch rows (documentation, ALTER TABLE, Notes): a longer or unlimited varchar, a numeric with more
* digits in front of the same scale, a finer time. What a rewrite was for, where a statement does several things.
*/
function onlyWidens({ from = "", to, column, command }) {
	if (command.column?.collClause || column === void 0) return false;
	const [old, now] = [typeOf(from), typeOf(to)];
	if (from === to) return true;
	const text = ["text", "character varying"];
	if (text.includes(old.name) && text.includes(now.name)) return !now.size || (old.size ?? NaN) <= now.size;
	if (old.name !== now.name) return old.name === "cidr" && now.name === "inet";
	if (["character", "bit"].includes(old.name)) return false;
	return now.size === void 0 || old.scale === now.scale && (old.size ?? NaN) <= now.size;
}
/** A type as `format_type` writes it, in its parts. */
function typeOf(type) {
	const [, size, scale] = /\((\d+)(?:,(-?\d+))?\)/.exec(type) ?? [];
	return {
		name: type.replace(/\([^)]*\)/, ""),
		size: size === void 0 ? void 0 : Number(size),
		scale: Number(scale ?? 0)
	};
}
/** A written type as `format_type` would write it, for PostgreSQL's own types. */
function canonical(written) {
	const [, name = written, size = ""] = /^([^(]*?)\s*(\([^)]*\))?$/s.exec(written.toLowerCase().trim()) ?? [];
	return `${aliases[name] ?? name}${size.replaceAll(" ", "")}`;
}
const aliases = {
	int: "integer",
	int4: "integer",
	int8: "bigint",
	int2: "smallint",
	decimal: "numeric",
	varchar: "character varying",
	char: "character",
	float8: "double precision",
	float4: "real",
	bool: "boolean",
	timestamptz: "timestamp with time zone",
	timestamp: "timestamp without time zone"
};
/** The valid checks of the base that speak of the column. */
function checksOf({ name, observed: { table } }, world) {
	const id = tableBefore(table, world)?.id;
	return [...objectsOf(world.before, "constraint").values()].filter((each) => each.table === id && each.type === "check" && each.validated && each.columns.includes(name));
}

// src/rules/types/timestamp-to-timestamptz.ts
const rule$11 = {
	id: "timestamp-to-timestamptz",
	severity: "error",
	what: "A timestamp column becomes one with time zone, or the other way round, in a session whose TimeZone is another than UTC or not known.",
	why: "Old values are read in the session’s TimeZone. With any other than UTC the whole table is rewritten while nobody can read or write it, and another server may read other moments from it.",
	instead: "Where the values are UTC, set the TimeZone of the session to UTC in the same migration: nothing is rewritten.",
	sources: ["PostgreSQL 12 release notes", "strong_migrations: change_column"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const changed = retypedColumns(facts, world).filter(changesTimeZone);
			const [first] = changed;
			const rewritten = (first?.observed.rewritten.length ?? 0) > 0;
			if (!first || !rewritten && setsTimeZone(facts, world)) return [];
			return [toProblem(first, changed.map(({ name }) => name).join(", "), rewritten)];
		}
	}
};
function toProblem({ observed, facts }, names, rewritten) {
	const told = rewritten ? `${names} is converted in every row, as the session's TimeZone is not UTC: ${observed.table.name} is rewritten.` : `${names} is read in the session's TimeZone, which this migration leaves to chance: with another than UTC ${observed.table.name} is rewritten, and its moments are others.`;
	const sql = [
		`SET timezone = 'UTC';`,
		`${facts.statement.sql};`,
		"RESET timezone;"
	];
	return {
		message: told,
		...rewritten ? costs(observed) : {
			severity: "warning",
			relations: [observed.table.name]
		},
		instead: {
			text: "If the stored values are UTC. If they are not, say which zone they are in: USING … AT TIME ZONE rewrites the table.",
			migrations: [inTransaction(...sql)]
		}
	};
}
/** An earlier statement of the same migration says which TimeZone the session has. */
function setsTimeZone({ index, statement: { migration } }, { statements }) {
	return statements.slice(0, index).some(({ statement }) => {
		const { kind, name } = read(statement.node, "VariableSetStmt") ?? {};
		return statement.migration === migration && name?.toLowerCase() === "timezone" && kind === "VAR_SET_VALUE";
	});
}

// src/rules/types/type-fk-column.ts
const rule$10 = {
	id: "type-fk-column",
	severity: "error",
	what: "A column that a foreign key ties to another table gets another type.",
	why: "The foreign key is made anew: the other table is locked against reads and writes too, and rows are checked again where the types compare differently.",
	instead: "Drop the foreign key first and add it again as NOT VALID, to be validated later; a type that needs a rewrite calls for a second column.",
	sources: ["PostgreSQL source, tablecmds.c, ATPostAlterTypeCleanup; measured on 12 to 18"],
	covers: [
		"type-rewrite",
		"type-rebuilds-index",
		"type-rescans-check"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const locked = lockedOut(facts);
			return retypedColumns(facts, world).flatMap((retyped) => {
				const { observed, name, to } = retyped;
				const others = othersOf(retyped, world).filter((table) => locked.includes(table));
				if (others.length === 0) return [];
				const work = observed.rewritten.length > 0 ? "rewritten" : observed.scanned.length > 0 ? "read whole" : void 0;
				const meanwhile = work ? ` while ${observed.table.name} is ${work}` : "";
				const relations = [.../* @__PURE__ */ new Set([observed.table.name, ...others])];
				return [{
					message: `Changing ${name} to ${to} also locks ${others.join(", ")} against reads and writes${meanwhile}, as a foreign key ties them.`,
					...costs(observed),
					relations,
					severity: work ? "error" : momentary(facts),
					instead: { text: `Drop the foreign key in a migration of its own, change ${name}${work === "rewritten" ? " by way of a second column" : ""}, then add the key again as NOT VALID and validate it.` }
				}];
			});
		}
	}
};
/** The tables at the other ends of the column's foreign keys. */
function othersOf({ name, observed: { table } }, world) {
	const id = tableBefore(table, world)?.id;
	return [...objectsOf(world.before, "constraint").values()].flatMap(({ table: owner, columns, references }) => {
		if (!references) return [];
		const child = owner === id && columns.includes(name) ? [references.table] : [];
		const parent = references.table === id && references.columns.includes(name) ? [owner] : [];
		return [...child, ...parent].filter((other) => other !== id);
	});
}

// src/rules/types/type-narrow-fails.ts
const rule$9 = {
	id: "type-narrow-fails",
	severity: "warning",
	what: "A column gets a type that holds less than the old one, or that its texts must first be read as.",
	why: "It fails on the first value that does not fit (SQLSTATE 22001, 22003 or 22P02); an explicit cast to a shorter varchar cuts values off without a word.",
	instead: "Ask the target first, with the query of the finding, and correct the values in an earlier migration.",
	sources: ["PostgreSQL documentation, 8.1 to 8.3", "PostgreSQL documentation, 4.2.9 \"Type Casts\""],
	covers: ["migration-fails", "fails-on-rows"],
	statement: {
		kinds: ["AlterTableStmt"],
		failed: true,
		check(facts, world) {
			const state = facts.observation.error?.sqlstate;
			if (state !== void 0 && ![
				"22001",
				"22003",
				"22P02"
			].includes(state)) return [];
			return retypedColumns(facts, world).flatMap((retyped) => {
				const loss = lossOf(retyped);
				if (!loss) return [];
				const { name, from, to, observed } = retyped;
				const probe = `SELECT ${loss.asks} FROM ${printId(observed.table.name)}${loss.where ? ` WHERE ${loss.where}` : ""};`;
				return [{
					message: `Changing ${name} from ${from} to ${to} ${loss.ends}.`,
					relations: [observed.table.name],
					instead: { text: `Ask the target first: ${probe} ${loss.wanted}` }
				}];
			});
		}
	}
};
const integers = [
	"smallint",
	"integer",
	"bigint"
];
const limits = [
	"32767",
	"2147483647",
	"9223372036854775807"
];
const texts = [
	"text",
	"character varying",
	"character"
];
function lossOf(retyped) {
	const { from, to, using, name } = retyped;
	if (from === void 0) return void 0;
	const [old, now] = [typeOf(from), typeOf(to)];
	const cast = isColumn(read(using, "TypeCast")?.arg, name);
	if (using && !cast && !isColumn(using, name)) return void 0;
	const column = printIdentifier(name);
	if (texts.includes(old.name)) return texts.includes(now.name) ? shorter(old.size, now.size, column, cast) : parsed(now.name, column);
	const limit = integers.indexOf(now.name);
	const wider = integers.indexOf(old.name) > limit || [
		"numeric",
		"real",
		"double precision"
	].includes(old.name);
	if (limit >= 0 && wider) return smaller(column, `${limits[limit]}`);
	const digits = (size) => (size.size ?? 131072) - size.scale;
	if (now.name === "numeric" && now.size !== void 0 && digits(now) < digitsOf(old.name, digits(old))) return smaller(column, "9".repeat(Math.max(digits(now), 1)));
}
/** Digits that a number of this type can have before the point. */
function digitsOf(type, numeric) {
	return {
		smallint: 5,
		integer: 10,
		bigint: 19,
		numeric,
		real: 39,
		"double precision": 309
	}[type] ?? 0;
}
function smaller(column, limit) {
	return {
		ends: `fails on the first value beyond ${limit} (SQLSTATE 22003)`,
		asks: `min(${column}), max(${column})`,
		wanted: `Both must lie within ±${limit}.`
	};
}
function shorter(old, now, column, cast) {
	if (now === void 0 || old !== void 0 && old <= now) return void 0;
	return {
		ends: cast ? `cuts off what is longer than ${now} characters, without an error` : `fails on the first value longer than ${now} characters (SQLSTATE 22001)`,
		asks: `max(length(${column}))`,
		wanted: `It must be at most ${now}.`
	};
}
/** What a text must look like to be read as another type. */
const patterns = {
	...Object.fromEntries(integers.map((type) => [type, "^\\s*[-+]?\\d+\\s*$"])),
	numeric: "^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*$",
	uuid: "^\\{?[0-9A-Fa-f]{8}(-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}\\}?$",
	boolean: "^\\s*([tTfFyYnN]|true|false|yes|no|on|off|0|1)\\s*$"
};
function parsed(type, column) {
	const pattern = patterns[type];
	return {
		ends: `fails on the first value that is no ${type} (SQLSTATE 22P02)`,
		asks: "count(*)",
		where: pattern ? `${column} !~ '${pattern}'` : `${column} IS NOT NULL`,
		wanted: pattern ? "It must be 0." : `Each of these values must be one of ${type}.`
	};
}

// src/rules/types/type-rebuilds-index.ts
const rule$8 = {
	id: "type-rebuilds-index",
	severity: "error",
	what: "A type or collation change builds indexes anew, though the table itself is not rewritten.",
	why: "Nobody can read or write the table until they are built.",
	instead: "Drop the indexes concurrently before, change the type, and build them again with CREATE INDEX CONCURRENTLY.",
	sources: ["PostgreSQL documentation, ALTER TABLE, Notes", "PostgreSQL source, indexcmds.c, CheckIndexCompatible"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			return retypedColumns(facts, world).flatMap((retyped) => {
				const { observed, name } = retyped;
				const indexes = indexesOf(retyped, world).map((index) => index.name);
				const onlyChecks = checksOf(retyped, world).length > 0 && !recollated(retyped, world);
				if (observed.rewritten.length > 0 || observed.scanned.length === 0 || indexes.length === 0 || onlyChecks) return [];
				return [{
					message: `Changing ${name} builds ${indexes.join(", ")} anew, and ${observed.table.name} can be neither read nor written meanwhile.`,
					...costs(observed),
					...observed.blocking && { blocking: {
						...observed.blocking,
						during: "index build"
					} },
					instead: { text: `Drop ${indexes.join(", ")} with DROP INDEX CONCURRENTLY before, and build it again with CREATE INDEX CONCURRENTLY afterwards.` }
				}];
			});
		}
	}
};
function indexesOf({ name, observed: { table } }, world) {
	const id = tableBefore(table, world)?.id;
	return [...objectsOf(world.before, "index").values()].filter((index) => index.table === id && mentions(index.definition, name));
}
function recollated({ column, observed: { table }, name }, { after }) {
	const now = [...objectsOf(after, "column").values()].find((each) => each.oid === table.oid && each.name === name);
	return column?.collation !== now?.collation;
}

// src/rules/types/type-rescans-check.ts
const rule$7 = {
	id: "type-rescans-check",
	severity: "error",
	what: "A column that a CHECK speaks of gets another type, though one that costs no rewrite.",
	why: "The check is made anew and tried on every row, while nobody can read or write the table.",
	instead: "Drop the check, change the type, and add the check again as NOT VALID in one statement; validate it in a later migration.",
	sources: ["PostgreSQL source, tablecmds.c, ATPostAlterTypeCleanup; measured on 12 to 18", "strong_migrations: change_column"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			return retypedColumns(facts, world).flatMap((retyped) => {
				const { observed, name } = retyped;
				const checks = checksOf(retyped, world);
				if (observed.rewritten.length > 0 || observed.scanned.length === 0 || checks.length === 0) return [];
				const migrations = retyped.column && steps(retyped, checks);
				return [{
					message: `Changing ${name} tries ${checks.map((check) => check.name).join(", ")} again on every row of ${observed.table.name}.`,
					...costs(observed),
					instead: {
						text: "The check is validated afterwards, while others read and write.",
						...migrations && { migrations }
					}
				}];
			});
		}
	}
};
function steps({ facts }, checks) {
	const text = alterText(facts.statement);
	if (!text || checks.some(({ inherited }) => inherited)) return void 0;
	const names = checks.map(({ name }) => printIdentifier(name));
	const drops = names.map((name) => `DROP CONSTRAINT ${name}`);
	const adds = checks.map(({ definition }, index) => `ADD CONSTRAINT ${names[index]} ${definition} NOT VALID`);
	return [inTransaction(`${text.head} ${[
		...drops,
		...text.commands,
		...adds
	].join(", ")};`), inTransaction(...names.map((name) => `${text.head} VALIDATE CONSTRAINT ${name};`))];
}

// src/rules/swap-column.ts
/**
* The steps that give a column another type beside the old one: a second column, kept up to date by a trigger, filled in
* batches, that takes the name at the end. Undefined where something depends on the column that would have to move too.
*/
function swapColumn(retyped, { before, after, major }) {
	const { name, column, observed, using, facts, written } = retyped;
	const kept = after.objects.find((each) => each.kind === "column" && each.id === column?.id);
	const alone = alterText(facts.statement)?.commands.length === 1 && observed.rewritten.length === 1;
	const simple = observed.table.kind === "table" && !retyped.command.column?.collClause && isCast(using, name);
	if (!column || !kept || !alone || !simple || isBusy(column, before.objects)) return void 0;
	const table = observed.table.name;
	const other = `${name}_new`;
	const [old, now] = [name, other].map(printIdentifier);
	const end = [
		`ALTER TABLE ${printId(table)} DROP COLUMN ${old};`,
		`ALTER TABLE ${printId(table)} RENAME COLUMN ${now} TO ${old};`,
		...kept.default === void 0 ? [] : [`ALTER TABLE ${printId(table)} ALTER COLUMN ${old} SET DEFAULT ${kept.default};`]
	];
	const sync = inStep(table, name, other);
	return [
		inTransaction(`ALTER TABLE ${printId(table)} ADD COLUMN ${now} ${written};`, ...sync.create),
		backfill(table, other, using ? `${old}::${written}` : `${old}`, ` AND ${old} IS NOT NULL`),
		...column.notNull ? setNotNull(table, other, major) : [],
		inTransaction(...sync.drop, ...end)
	];
}
/** A trigger that writes the new column whenever the old one is written. */
function inStep(table, from, to) {
	const { schema, name } = splitId(table);
	const [trigger, routine] = [printIdentifier(to), printName({
		schema,
		name: `${name}_${to}`
	})];
	return {
		create: [`CREATE FUNCTION ${routine}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.${printIdentifier(to)} := NEW.${printIdentifier(from)}; RETURN NEW; END $$;`, `CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${printId(table)} FOR EACH ROW EXECUTE FUNCTION ${routine}();`],
		drop: [`DROP TRIGGER ${trigger} ON ${printId(table)};`, `DROP FUNCTION ${routine}();`]
	};
}
/** No USING, or one that says no more than the type. */
function isCast(using, name) {
	return using === void 0 || isColumn(read(using, "TypeCast")?.arg, name);
}
/** Whether the column carries more than a type, a default and NOT NULL, or anything else names it. */
function isBusy(column, objects) {
	const { comment, grants, options, statistics, compression, storage, identity, generated, inherited } = column;
	if ([
		comment,
		grants,
		options,
		statistics,
		compression,
		storage,
		identity,
		generated
	].some(Boolean) || inherited) return true;
	const table = splitId(column.table).name;
	return objects.some((each) => {
		if (each.kind === "view") return mentions(each.definition, table);
		if (each.kind === "sequence") return each.ownedBy === column.id;
		if (each.kind === "constraint") return each.references?.table === column.table || names(each, column);
		return each.kind === "column" ? names(each, column) && each.id !== column.id : names(each, column);
	});
}
/** In any of its texts: a definition, an expression, a list of columns. */
function names(object, column) {
	return object.table === column.table && textsOf(object).some((text) => mentions(text, column.name));
}

// src/rules/types/type-rewrite.ts
const rule$6 = {
	id: "type-rewrite",
	severity: "error",
	what: "A column gets another type that its stored values do not have, so that every row is converted.",
	why: "The whole table and its indexes are rewritten while nobody can read or write it. A longer varchar, varchar to text, or more digits in a numeric cost nothing.",
	instead: "Add a column of the new type, keep both in step, fill it in batches, and let it take the name.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, Notes",
		"strong_migrations: change_column",
		"eugene: E5",
		"pg-migration-lint: PGM007"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const [first, ...more] = causes(facts, world);
			if (!first || first.observed.rewritten.length === 0) return [];
			const { observed } = first;
			const changes = [first, ...more].map(({ name, from, to }) => `${name} ${from ? `from ${from} ` : ""}to ${to}`);
			const migrations = more.length === 0 ? swapColumn(first, world) : void 0;
			return [{
				message: `Changing ${changes.join(", ")} rewrites ${observed.rewritten.join(", ")} and all indexes.`,
				...costs(observed),
				instead: {
					text: migrations ? "A second column is kept in step by a trigger, filled in batches, and takes the name in one short transaction." : `Add a column of the new type beside ${first.name}, keep it in step by a trigger, fill it in batches, build what depends on ${first.name} for it, then swap the names in one short transaction.`,
					...migrations && { migrations }
				}
			}];
		}
	}
};
/** The changes that the rewrite was for: those that are not free, unless nothing else explains it. */
function causes(facts, world) {
	const changed = retypedColumns(facts, world).filter((each) => !changesTimeZone(each));
	const costly = changed.filter((each) => !onlyWidens(each));
	const [first] = changed;
	const others = first && addedColumns(facts, world, first.observed).some(({ kind }) => kind !== "plain");
	return costly.length > 0 || others ? costly : changed;
}

// src/rules/views/create-rule.ts
const rule$5 = {
	id: "create-rule",
	severity: "notice",
	what: "A rule is created on a table or view that is in use.",
	why: "From then on statements are rewritten before they run, with surprises for functions that are called twice, and for RETURNING; the table is locked against reads and writes for a moment.",
	instead: "A trigger does what most rules are for, and is easier to understand.",
	sources: ["PostgreSQL documentation, 39.7 \"Rules Versus Triggers\""],
	statement: {
		kinds: ["RuleStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "RuleStmt");
			const table = node && inUse(facts, nameOf$1(node.relation));
			if (!table) return [];
			return [{
				message: `Every ${node.event?.replace("CMD_", "") ?? "statement"} on ${table.name} is rewritten by ${node.rulename} from then on.`,
				...costs(observed(table, facts, world)),
				instead: { text: "A trigger is easier to understand." }
			}];
		}
	}
};

// src/rules/views/drop-view.ts
const rule$4 = {
	id: "drop-view",
	severity: "error",
	what: "A view that is in use is dropped, or created anew with fewer columns or privileges, or in another transaction.",
	why: "Running code that reads it fails: from then on, or until it is there again. What comes back with fewer columns or privileges is a warning.",
	instead: "First see that nothing reads it any more. To change it, DROP and CREATE it in one transaction, and GRANT again what was granted.",
	sources: ["PostgreSQL documentation, DROP VIEW; CREATE VIEW, OR REPLACE"],
	statement: {
		kinds: ["DropStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "DropStmt");
			if (node?.removeType !== "OBJECT_VIEW" && node?.removeType !== "OBJECT_MATVIEW") return [];
			return droppedNames(node.objects).flatMap((written) => {
				const view = inUse(facts, written);
				return view ? problems(view, keepsName(view, facts, world), world) : [];
			});
		}
	}
};
function problems({ oid, name }, atOnce, { before, after }) {
	const old = [...objectsOf(before, "view").values()].find((view) => view.oid === oid);
	const now = objectsOf(after, "view").get(name) ?? objectsOf(after, "table").get(name);
	const relations = [name];
	if (!now) return [{
		message: `Dropping ${name} makes running code that reads it fail.`,
		relations
	}];
	const lost = old && now.kind === "view" ? lostWith(old, now) : [];
	const changes = [...atOnce ? [] : ["it is not there until another transaction creates it again"], ...lost];
	if (changes.length === 0) return [];
	return [{
		message: `${name} comes back, but ${changes.join(", and ")}.`,
		relations,
		severity: "warning"
	}];
}
function lostWith(old, now) {
	const columns = old.columns.filter((column) => !now.columns.includes(column));
	const grants = (old.grants ?? []).filter((grant) => !now.grants?.includes(grant));
	return [...columns.length > 0 ? [`without ${columns.join(", ")}`] : [], ...grants.length > 0 ? [`without the privileges ${grants.join("; ")}`] : []];
}

// src/rules/views/refresh-matview.ts
const rule$3 = {
	id: "refresh-matview",
	severity: "error",
	what: "A materialized view that is in use is refreshed without CONCURRENTLY, or emptied by WITH NO DATA.",
	why: "Nobody can read it until its query has run; WITH NO DATA makes every query on it fail until it is refreshed.",
	instead: "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.",
	sources: ["PostgreSQL documentation, REFRESH MATERIALIZED VIEW", "pgfence: refresh-matview-blocking"],
	covers: ["statement-after-access-exclusive", "work-under-lock"],
	statement: {
		kinds: ["RefreshMatViewStmt"],
		check(facts, world) {
			const node = read(facts.statement.node, "RefreshMatViewStmt");
			const view = inUse(facts, nameOf$1(node?.relation));
			if (!view || !lockedOut(facts).includes(view.name) || !isReadable(view.name, world)) return [];
			const name = printName(nameOf$1(node?.relation));
			if (node?.skipData) return [{
				message: `Every query on ${view.name} fails until it is refreshed with data.`,
				relations: [view.name]
			}];
			const concurrent = inTransaction(`REFRESH MATERIALIZED VIEW CONCURRENTLY ${name};`);
			return [{
				message: `Refreshing ${view.name} keeps its readers waiting until its query has run.`,
				relations: [view.name],
				blocking: {
					what: "reads and writes",
					during: "rewrite"
				},
				instead: hasKey(view, world) ? {
					text: "Only writers wait, which it has none of.",
					migrations: [concurrent]
				} : { text: `Create a unique index on columns of ${name} that tell its rows apart; then ${concurrent.sql}` }
			}];
		}
	}
};
/** What CONCURRENTLY needs: a unique index on columns only, over all rows. */
function hasKey({ name }, { before }) {
	return [...objectsOf(before, "index").values()].some(({ table, unique, valid, predicate, columns }) => table === name && unique && valid && !predicate && columns.every((column) => /^("[^"]+"|[a-z_][\w$]*)$/.test(column)));
}

// src/rules/waivers/expired-waiver.ts
const rule$2 = {
	id: "expired-waiver",
	severity: "warning",
	what: "A waiver comment has an end date that has passed; the finding it accepted is open again.",
	why: "Somebody accepted the risk for a time that is over.",
	instead: "Change the statement, or give the waiver a later date and a reason that still holds.",
	sources: ["Lockkeeper, \"Waivers\""],
	waivable: false
};

// src/rules/waivers/invalid-waiver.ts
const rule$1 = {
	id: "invalid-waiver",
	severity: "warning",
	what: "A waiver comment has no reason, names a rule that does not exist or cannot be waived, or has a malformed date.",
	why: "It accepts nothing, although whoever wrote it believes so.",
	instead: "Write `-- lockkeeper:allow rule-id because …`, with `until YYYY-MM-DD` before the reason where it shall end.",
	sources: ["Lockkeeper, \"Waivers\""],
	waivable: false
};

// src/rules/waivers/unused-waiver.ts
const rule = {
	id: "unused-waiver",
	severity: "notice",
	what: "A waiver comment accepts a rule that finds nothing at its place.",
	why: "It would silently accept the next statement that somebody writes there.",
	instead: "Remove the waiver, or move it to the statement it was meant for: before it, inside it, or on its last line.",
	sources: ["squawk: unused-ignore"],
	waivable: false
};

// src/rules/index.ts
/** All rules, by group, then id. */
const rules = [
	rule$105,
	rule$104,
	rule$103,
	rule$102,
	rule$101,
	rule$100,
	rule$99,
	rule$98,
	rule$97,
	rule$96,
	rule$95,
	rule$94,
	rule$93,
	rule$92,
	rule$91,
	rule$90,
	rule$89,
	rule$88,
	rule$87,
	rule$86,
	rule$85,
	rule$84,
	rule$83,
	rule$82,
	rule$81,
	rule$80,
	rule$79,
	rule$78,
	rule$77,
	rule$76,
	rule$75,
	rule$74,
	rule$73,
	rule$72,
	rule$71,
	rule$70,
	rule$69,
	rule$68,
	rule$67,
	rule$66,
	rule$65,
	rule$64,
	rule$63,
	rule$62,
	rule$61,
	rule$60,
	rule$59,
	rule$58,
	rule$57,
	rule$56,
	rule$55,
	rule$54,
	rule$53,
	rule$52,
	rule$51,
	rule$50,
	rule$49,
	rule$48,
	rule$47,
	rule$46,
	rule$45,
	rule$44,
	rule$43,
	rule$42,
	rule$41,
	rule$40,
	rule$39,
	rule$38,
	rule$37,
	rule$36,
	rule$35,
	rule$34,
	rule$33,
	rule$32,
	rule$31,
	rule$30,
	rule$29,
	rule$28,
	rule$27,
	rule$26,
	rule$25,
	rule$24,
	rule$23,
	rule$22,
	rule$21,
	rule$20,
	rule$19,
	rule$18,
	rule$17,
	rule$16,
	rule$15,
	rule$14,
	rule$13,
	rule$12,
	rule$11,
	rule$10,
	rule$9,
	rule$8,
	rule$7,
	rule$6,
	rule$5,
	rule$4,
	rule$3,
	rule$2,
	rule$1,
	rule
];

export { rules as t };
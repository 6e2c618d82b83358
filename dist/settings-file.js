import { t as require_dist } from "./dist2.js";
import { t as KnownError } from "./error.js";
import { t as definitionOf } from "./settings.js";

// src/settings-file.ts
var import_dist = require_dist();
/** What the text of a settings file gives. Throws `KnownError` for text that is not YAML, or no map. */
function settingsIn(text, path) {
	const lines = new import_dist.LineCounter();
	const document = (0, import_dist.parseDocument)(text, {
		lineCounter: lines,
		prettyErrors: false
	});
	const lineOf = (node) => lines.linePos(node?.range?.[0] ?? 0).line;
	const [error] = document.errors;
	if (error) throw refused(`The file is not valid YAML: ${error.message}.`, path, lines.linePos(error.pos[0]).line);
	(0, import_dist.visit)(document, { Alias: (_key, alias) => {
		if (!alias.resolve(document)) throw refused(`There is no anchor &${alias.source}.`, path, lineOf(alias));
	} });
	const { contents } = document;
	if (contents === null) return [];
	if (!(0, import_dist.isMap)(contents)) throw refused("The file must hold settings, one `name: value` a line.", path, 1);
	return contents.items.map(({ key, value }) => ({
		name: textOf(key),
		source: `${path}:${lineOf(key)}`,
		...valueIn(textOf(key), value, document)
	}));
}
function refused(message, path, line) {
	return new KnownError(message.replace(/\.+$/, "."), { place: {
		path,
		line
	} });
}
/** A scalar as it was written: `0041` is no number, `1e5` may be a commit. */
function valueIn(name, written, document) {
	if (definitionOf(name)?.eachRun) return {
		value: "",
		fault: `\`${name}\` is decided anew for each run, not in the file.`
	};
	const node = (0, import_dist.isAlias)(written) ? written.resolve(document) : written;
	if (node === null || node === void 0) return { value: "" };
	if ((0, import_dist.isScalar)(node)) return { value: textOf(node) };
	const isList = definitionOf(name)?.type === "list";
	if ((0, import_dist.isSeq)(node) && isList && node.items.every(import_dist.isScalar)) return { value: node.items.map(textOf).join("\n") };
	const kind = (0, import_dist.isSeq)(node) ? isList ? "lists in it" : "a list" : "a map";
	return {
		value: "",
		fault: `\`${name}\` takes ${isList ? "a list of values" : "one value"}, not ${kind}.`
	};
}
function textOf(node) {
	if (!(0, import_dist.isScalar)(node)) return "";
	return node.value === null ? "" : node.source ?? String(node.value);
}

export { settingsIn };
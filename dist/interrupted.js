import { i as __toESM, t as __commonJSMin } from "./rolldown-runtime.js";
import { t as KnownError } from "./error.js";
import { t as nearest } from "./nearest.js";
import { n as severities, t as fails } from "./finding.js";
import { i as connect, n as SessionEnded, r as SqlError, t as ConnectionLost } from "./connect.js";
import { r as quote, t as inlined } from "./quote.js";
import { a as scanSync, i as parseSync, n as loadModule, r as parsePlPgSQLSync, t as hasSqlDetails } from "./grammar.js";
import { a as takeSnapshot, c as incidental, o as notOfExtension, s as ourSchemas } from "./contents.js";
import { C as topLevelCommas, D as readAll, E as read$1, O as strings, S as tokensOf, T as hasOption, _ as mayLeavePart, b as isWord, c as makeSchemas, d as explain, f as faultOf, g as mayCommit, h as controlsTransaction, l as onPath, m as batchesOf, p as lineOf, v as mustRunOutside, w as unquoted, x as mentions$1, y as insertAfter } from "./records.js";
import { a as roleMark, c as literal$1, d as openLease, f as waitForTurn, i as markingSql, o as restoreCluster, r as isRoleMark, s as snapshotCluster, t as createScratch, u as isGone$1 } from "./scratch.js";
import { n as lockModes, r as strength, t as blocks } from "./observation.js";
import { a as noteDone, c as startEntry, l as wholeEntry, r as finishEntry } from "./journal.js";
import { createHash, randomInt } from "node:crypto";
import { setTimeout as setTimeout$1 } from "node:timers/promises";

// node_modules/picomatch/lib/constants.js
var require_constants = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const WIN_SLASH = "\\\\/";
	const WIN_NO_SLASH = `[^${WIN_SLASH}]`;
	const DEFAULT_MAX_EXTGLOB_RECURSION = 0;
	/**
	* Posix glob regex
	*/
	const DOT_LITERAL = "\\.";
	const PLUS_LITERAL = "\\+";
	const QMARK_LITERAL = "\\?";
	const SLASH_LITERAL = "\\/";
	const ONE_CHAR = "(?=.)";
	const QMARK = "[^/]";
	const END_ANCHOR = `(?:${SLASH_LITERAL}|$)`;
	const START_ANCHOR = `(?:^|${SLASH_LITERAL})`;
	const DOTS_SLASH = `${DOT_LITERAL}{1,2}${END_ANCHOR}`;
	const POSIX_CHARS = {
		DOT_LITERAL,
		PLUS_LITERAL,
		QMARK_LITERAL,
		SLASH_LITERAL,
		ONE_CHAR,
		QMARK,
		END_ANCHOR,
		DOTS_SLASH,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!${START_ANCHOR}${DOTS_SLASH})`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}${END_ANCHOR})`,
		NO_DOTS_SLASH: `(?!${DOTS_SLASH})`,
		QMARK_NO_DOT: `[^.${SLASH_LITERAL}]`,
		STAR: `${QMARK}*?`,
		START_ANCHOR,
		SEP: "/"
	};
	/**
	* Windows glob regex
	*/
	const WINDOWS_CHARS = {
		...POSIX_CHARS,
		SLASH_LITERAL: `[${WIN_SLASH}]`,
		QMARK: WIN_NO_SLASH,
		STAR: `${WIN_NO_SLASH}*?`,
		DOTS_SLASH: `${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$)`,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!(?:^|[${WIN_SLASH}])${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}(?:[${WIN_SLASH}]|$))`,
		NO_DOTS_SLASH: `(?!${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		QMARK_NO_DOT: `[^.${WIN_SLASH}]`,
		START_ANCHOR: `(?:^|[${WIN_SLASH}])`,
		END_ANCHOR: `(?:[${WIN_SLASH}]|$)`,
		SEP: "\\"
	};
	/**
	* POSIX Bracket Regex
	*/
	const POSIX_REGEX_SOURCE = {
		__proto__: null,
		alnum: "a-zA-Z0-9",
		alpha: "a-zA-Z",
		ascii: "\\x00-\\x7F",
		blank: " \\t",
		cntrl: "\\x00-\\x1F\\x7F",
		digit: "0-9",
		graph: "\\x21-\\x7E",
		lower: "a-z",
		print: "\\x20-\\x7E ",
		punct: "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~",
		space: " \\t\\r\\n\\v\\f",
		upper: "A-Z",
		word: "A-Za-z0-9_",
		xdigit: "A-Fa-f0-9"
	};
	module.exports = {
		DEFAULT_MAX_EXTGLOB_RECURSION,
		MAX_LENGTH: 65536,
		POSIX_REGEX_SOURCE,
		REGEX_BACKSLASH: /\\(?![*+?^${}(|)[\]])/g,
		REGEX_NON_SPECIAL_CHARS: /^[^@![\].,$*+?^{}()|\\/]+/,
		REGEX_SPECIAL_CHARS: /[-*+?.^${}(|)[\]]/,
		REGEX_SPECIAL_CHARS_BACKREF: /(\\?)((\W)(\3*))/g,
		REGEX_SPECIAL_CHARS_GLOBAL: /([-*+?.^${}(|)[\]])/g,
		REGEX_REMOVE_BACKSLASH: /(?:\[.*?[^\\]\]|\\(?=.))/g,
		REPLACEMENTS: {
			__proto__: null,
			"***": "*",
			"**/**": "**",
			"**/**/**": "**"
		},
		CHAR_0: 48,
		CHAR_9: 57,
		CHAR_UPPERCASE_A: 65,
		CHAR_LOWERCASE_A: 97,
		CHAR_UPPERCASE_Z: 90,
		CHAR_LOWERCASE_Z: 122,
		CHAR_LEFT_PARENTHESES: 40,
		CHAR_RIGHT_PARENTHESES: 41,
		CHAR_ASTERISK: 42,
		CHAR_AMPERSAND: 38,
		CHAR_AT: 64,
		CHAR_BACKWARD_SLASH: 92,
		CHAR_CARRIAGE_RETURN: 13,
		CHAR_CIRCUMFLEX_ACCENT: 94,
		CHAR_COLON: 58,
		CHAR_COMMA: 44,
		CHAR_DOT: 46,
		CHAR_DOUBLE_QUOTE: 34,
		CHAR_EQUAL: 61,
		CHAR_EXCLAMATION_MARK: 33,
		CHAR_FORM_FEED: 12,
		CHAR_FORWARD_SLASH: 47,
		CHAR_GRAVE_ACCENT: 96,
		CHAR_HASH: 35,
		CHAR_HYPHEN_MINUS: 45,
		CHAR_LEFT_ANGLE_BRACKET: 60,
		CHAR_LEFT_CURLY_BRACE: 123,
		CHAR_LEFT_SQUARE_BRACKET: 91,
		CHAR_LINE_FEED: 10,
		CHAR_NO_BREAK_SPACE: 160,
		CHAR_PERCENT: 37,
		CHAR_PLUS: 43,
		CHAR_QUESTION_MARK: 63,
		CHAR_RIGHT_ANGLE_BRACKET: 62,
		CHAR_RIGHT_CURLY_BRACE: 125,
		CHAR_RIGHT_SQUARE_BRACKET: 93,
		CHAR_SEMICOLON: 59,
		CHAR_SINGLE_QUOTE: 39,
		CHAR_SPACE: 32,
		CHAR_TAB: 9,
		CHAR_UNDERSCORE: 95,
		CHAR_VERTICAL_LINE: 124,
		CHAR_ZERO_WIDTH_NOBREAK_SPACE: 65279,
		/**
		* Create EXTGLOB_CHARS
		*/
		extglobChars(chars) {
			return {
				"!": {
					type: "negate",
					open: "(?:(?!(?:",
					close: `))${chars.STAR})`
				},
				"?": {
					type: "qmark",
					open: "(?:",
					close: ")?"
				},
				"+": {
					type: "plus",
					open: "(?:",
					close: ")+"
				},
				"*": {
					type: "star",
					open: "(?:",
					close: ")*"
				},
				"@": {
					type: "at",
					open: "(?:",
					close: ")"
				}
			};
		},
		/**
		* Create GLOB_CHARS
		*/
		globChars(win32) {
			return win32 === true ? WINDOWS_CHARS : POSIX_CHARS;
		}
	};
}));

// node_modules/picomatch/lib/utils.js
var require_utils = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { REGEX_BACKSLASH, REGEX_REMOVE_BACKSLASH, REGEX_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_GLOBAL } = require_constants();
	exports.isObject = (val) => val !== null && typeof val === "object" && !Array.isArray(val);
	exports.hasRegexChars = (str) => REGEX_SPECIAL_CHARS.test(str);
	exports.isRegexChar = (str) => str.length === 1 && exports.hasRegexChars(str);
	exports.escapeRegex = (str) => str.replace(REGEX_SPECIAL_CHARS_GLOBAL, "\\$1");
	exports.toPosixSlashes = (str) => str.replace(REGEX_BACKSLASH, "/");
	exports.isWindows = () => {
		if (typeof navigator !== "undefined" && navigator.platform) {
			const platform = navigator.platform.toLowerCase();
			return platform === "win32" || platform === "windows";
		}
		if (typeof process !== "undefined" && process.platform) return process.platform === "win32";
		return false;
	};
	exports.removeBackslashes = (str) => {
		return str.replace(REGEX_REMOVE_BACKSLASH, (match) => {
			return match === "\\" ? "" : match;
		});
	};
	exports.escapeLast = (input, char, lastIdx) => {
		const idx = input.lastIndexOf(char, lastIdx);
		if (idx === -1) return input;
		if (input[idx - 1] === "\\") return exports.escapeLast(input, char, idx - 1);
		return `${input.slice(0, idx)}\\${input.slice(idx)}`;
	};
	exports.removePrefix = (input, state = {}) => {
		let output = input;
		if (output.startsWith("./")) {
			output = output.slice(2);
			state.prefix = "./";
		}
		return output;
	};
	exports.wrapOutput = (input, state = {}, options = {}) => {
		let output = `${options.contains ? "" : "^"}(?:${input})${options.contains ? "" : "$"}`;
		if (state.negated === true) output = `(?:^(?!${output}).*$)`;
		return output;
	};
	exports.basename = (path, { windows } = {}) => {
		const segs = path.split(windows ? /[\\/]/ : "/");
		const last = segs[segs.length - 1];
		if (last === "") return segs[segs.length - 2];
		return last;
	};
}));

// node_modules/picomatch/lib/scan.js
var require_scan = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const utils = require_utils();
	const { CHAR_ASTERISK, CHAR_AT, CHAR_BACKWARD_SLASH, CHAR_COMMA, CHAR_DOT, CHAR_EXCLAMATION_MARK, CHAR_FORWARD_SLASH, CHAR_LEFT_CURLY_BRACE, CHAR_LEFT_PARENTHESES, CHAR_LEFT_SQUARE_BRACKET, CHAR_PLUS, CHAR_QUESTION_MARK, CHAR_RIGHT_CURLY_BRACE, CHAR_RIGHT_PARENTHESES, CHAR_RIGHT_SQUARE_BRACKET } = require_constants();
	const isPathSeparator = (code) => {
		return code === CHAR_FORWARD_SLASH || code === CHAR_BACKWARD_SLASH;
	};
	const depth = (token) => {
		if (token.isPrefix !== true) token.depth = token.isGlobstar ? 1e400 : 1;
	};
	/**
	* Quickly scans a glob pattern and returns an object with a handful of
	* useful properties, like `isGlob`, `path` (the leading non-glob, if it exists),
	* `glob` (the actual pattern), `negated` (true if the path starts with `!` but not
	* with `!(`) and `negatedExtglob` (true if the path starts with `!(`).
	*
	* ```js
	* const pm = require('picomatch');
	* console.log(pm.scan('foo/bar/*.js'));
	* { isGlob: true, input: 'foo/bar/*.js', base: 'foo/bar', glob: '*.js' }
	* ```
	* @param {String} `str`
	* @param {Object} `options`
	* @return {Object} Returns an object with tokens and regex source string.
	* @api public
	*/
	const scan = (input, options) => {
		const opts = options || {};
		const length = input.length - 1;
		const scanToEnd = opts.parts === true || opts.tokens === true || opts.scanToEnd === true;
		const slashes = [];
		const tokens = [];
		const parts = [];
		let str = input;
		let index = -1;
		let start = 0;
		let lastIndex = 0;
		let isBrace = false;
		let isBracket = false;
		let isGlob = false;
		let isExtglob = false;
		let isGlobstar = false;
		let braceEscaped = false;
		let backslashes = false;
		let negated = false;
		let negatedExtglob = false;
		let finished = false;
		let braces = 0;
		let prev;
		let code;
		let token = {
			value: "",
			depth: 0,
			isGlob: false
		};
		const eos = () => index >= length;
		const peek = () => str.charCodeAt(index + 1);
		const advance = () => {
			prev = code;
			return str.charCodeAt(++index);
		};
		while (index < length) {
			code = advance();
			let next;
			if (code === CHAR_BACKWARD_SLASH) {
				backslashes = token.backslashes = true;
				code = advance();
				if (code === CHAR_LEFT_CURLY_BRACE) braceEscaped = true;
				continue;
			}
			if (braceEscaped === true || code === CHAR_LEFT_CURLY_BRACE) {
				braces++;
				while (eos() !== true && (code = advance())) {
					if (code === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (code === CHAR_LEFT_CURLY_BRACE) {
						braces++;
						continue;
					}
					if (braceEscaped !== true && code === CHAR_DOT && (code = advance()) === CHAR_DOT) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (braceEscaped !== true && code === CHAR_COMMA) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (code === CHAR_RIGHT_CURLY_BRACE) {
						braces--;
						if (braces === 0) {
							braceEscaped = false;
							isBrace = token.isBrace = true;
							finished = true;
							break;
						}
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_FORWARD_SLASH) {
				slashes.push(index);
				tokens.push(token);
				token = {
					value: "",
					depth: 0,
					isGlob: false
				};
				if (finished === true) continue;
				if (prev === CHAR_DOT && index === start + 1) {
					start += 2;
					continue;
				}
				lastIndex = index + 1;
				continue;
			}
			if (opts.noext !== true) {
				if ((code === CHAR_PLUS || code === CHAR_AT || code === CHAR_ASTERISK || code === CHAR_QUESTION_MARK || code === CHAR_EXCLAMATION_MARK) === true && peek() === CHAR_LEFT_PARENTHESES) {
					isGlob = token.isGlob = true;
					isExtglob = token.isExtglob = true;
					finished = true;
					if (code === CHAR_EXCLAMATION_MARK && index === start) negatedExtglob = true;
					if (scanToEnd === true) {
						let parens = 0;
						while (eos() !== true && (code = advance())) {
							if (code === CHAR_BACKWARD_SLASH) {
								backslashes = token.backslashes = true;
								advance();
								continue;
							}
							if (code === CHAR_LEFT_PARENTHESES) {
								parens++;
								continue;
							}
							if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
								finished = true;
								break;
							}
						}
						continue;
					}
					break;
				}
			}
			if (code === CHAR_ASTERISK) {
				if (prev === CHAR_ASTERISK) isGlobstar = token.isGlobstar = true;
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_QUESTION_MARK) {
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_LEFT_SQUARE_BRACKET) {
				while (eos() !== true && (next = advance())) {
					if (next === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (next === CHAR_RIGHT_SQUARE_BRACKET) {
						isBracket = token.isBracket = true;
						isGlob = token.isGlob = true;
						finished = true;
						break;
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (opts.nonegate !== true && code === CHAR_EXCLAMATION_MARK && index === start) {
				negated = token.negated = true;
				start++;
				continue;
			}
			if (opts.noparen !== true && code === CHAR_LEFT_PARENTHESES) {
				isGlob = token.isGlob = true;
				if (scanToEnd === true) {
					let parens = 1;
					while (eos() !== true && (code = advance())) {
						if (code === CHAR_BACKWARD_SLASH) {
							backslashes = token.backslashes = true;
							advance();
							continue;
						}
						if (code === CHAR_LEFT_PARENTHESES) {
							parens++;
							continue;
						}
						if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
							finished = true;
							break;
						}
					}
					continue;
				}
				break;
			}
			if (isGlob === true) {
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
		}
		if (opts.noext === true) {
			isExtglob = false;
			isGlob = false;
		}
		let base = str;
		let prefix = "";
		let glob = "";
		if (start > 0) {
			prefix = str.slice(0, start);
			str = str.slice(start);
			lastIndex -= start;
		}
		if (base && isGlob === true && lastIndex > 0) {
			base = str.slice(0, lastIndex);
			glob = str.slice(lastIndex);
		} else if (isGlob === true) {
			base = "";
			glob = str;
		} else base = str;
		if (base && base !== "" && base !== "/" && base !== str) {
			if (isPathSeparator(base.charCodeAt(base.length - 1))) base = base.slice(0, -1);
		}
		if (opts.unescape === true) {
			if (glob) glob = utils.removeBackslashes(glob);
			if (base && backslashes === true) base = utils.removeBackslashes(base);
		}
		const state = {
			prefix,
			input,
			start,
			base,
			glob,
			isBrace,
			isBracket,
			isGlob,
			isExtglob,
			isGlobstar,
			negated,
			negatedExtglob
		};
		if (opts.tokens === true) {
			state.maxDepth = 0;
			if (!isPathSeparator(code)) tokens.push(token);
			state.tokens = tokens;
		}
		if (opts.parts === true || opts.tokens === true) {
			let prevIndex;
			for (let idx = 0; idx < slashes.length; idx++) {
				const n = prevIndex !== void 0 ? prevIndex + 1 : start;
				const i = slashes[idx];
				const value = input.slice(n, i);
				if (opts.tokens) {
					if (idx === 0 && start !== 0) {
						tokens[idx].isPrefix = true;
						tokens[idx].value = prefix;
					} else tokens[idx].value = value;
					depth(tokens[idx]);
					state.maxDepth += tokens[idx].depth;
				}
				if (i >= start) {
					parts.push(value);
					prevIndex = i;
				}
			}
			const n = prevIndex !== void 0 ? prevIndex + 1 : start;
			const value = input.slice(n);
			parts.push(value);
			if (opts.tokens && prevIndex && prevIndex + 1 < input.length) {
				tokens[tokens.length - 1].value = value;
				depth(tokens[tokens.length - 1]);
				state.maxDepth += tokens[tokens.length - 1].depth;
			}
			state.slashes = slashes;
			state.parts = parts;
		}
		return state;
	};
	module.exports = scan;
}));

// node_modules/picomatch/lib/parse.js
var require_parse = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const constants = require_constants();
	const utils = require_utils();
	/**
	* Constants
	*/
	const { MAX_LENGTH, POSIX_REGEX_SOURCE, REGEX_NON_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_BACKREF, REPLACEMENTS } = constants;
	/**
	* Helpers
	*/
	const expandRange = (args, options) => {
		if (typeof options.expandRange === "function") return options.expandRange(...args, options);
		args.sort();
		const value = `[${args.join("-")}]`;
		try {
			new RegExp(value);
		} catch (ex) {
			return args.map((v) => utils.escapeRegex(v)).join("..");
		}
		return value;
	};
	/**
	* Create the message for a syntax error
	*/
	const syntaxError = (type, char) => {
		return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
	};
	const splitTopLevel = (input) => {
		const parts = [];
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let value = "";
		let escaped = false;
		for (const ch of input) {
			if (escaped === true) {
				value += ch;
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				value += ch;
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				value += ch;
				continue;
			}
			if (quote === 0) {
				if (ch === "[") bracket++;
				else if (ch === "]" && bracket > 0) bracket--;
				else if (bracket === 0) {
					if (ch === "(") paren++;
					else if (ch === ")" && paren > 0) paren--;
					else if (ch === "|" && paren === 0) {
						parts.push(value);
						value = "";
						continue;
					}
				}
			}
			value += ch;
		}
		parts.push(value);
		return parts;
	};
	const isPlainBranch = (branch) => {
		let escaped = false;
		for (const ch of branch) {
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (/[?*+@!()[\]{}]/.test(ch)) return false;
		}
		return true;
	};
	const normalizeSimpleBranch = (branch) => {
		let value = branch.trim();
		let changed = true;
		while (changed === true) {
			changed = false;
			if (/^@\([^\\()[\]{}|]+\)$/.test(value)) {
				value = value.slice(2, -1);
				changed = true;
			}
		}
		if (!isPlainBranch(value)) return;
		return value.replace(/\\(.)/g, "$1");
	};
	const hasRepeatedCharPrefixOverlap = (branches) => {
		const values = branches.map(normalizeSimpleBranch).filter(Boolean);
		for (let i = 0; i < values.length; i++) for (let j = i + 1; j < values.length; j++) {
			const a = values[i];
			const b = values[j];
			const char = a[0];
			if (!char || a !== char.repeat(a.length) || b !== char.repeat(b.length)) continue;
			if (a === b || a.startsWith(b) || b.startsWith(a)) return true;
		}
		return false;
	};
	const parseRepeatedExtglob = (pattern, requireEnd = true) => {
		if (pattern[0] !== "+" && pattern[0] !== "*" || pattern[1] !== "(") return;
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let escaped = false;
		for (let i = 1; i < pattern.length; i++) {
			const ch = pattern[i];
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				continue;
			}
			if (quote === 1) continue;
			if (ch === "[") {
				bracket++;
				continue;
			}
			if (ch === "]" && bracket > 0) {
				bracket--;
				continue;
			}
			if (bracket > 0) continue;
			if (ch === "(") {
				paren++;
				continue;
			}
			if (ch === ")") {
				paren--;
				if (paren === 0) {
					if (requireEnd === true && i !== pattern.length - 1) return;
					return {
						type: pattern[0],
						body: pattern.slice(2, i),
						end: i
					};
				}
			}
		}
	};
	const buildCharClassStar = (chars) => {
		return `${chars.length === 1 ? utils.escapeRegex(chars[0]) : `[${chars.map((ch) => utils.escapeRegex(ch)).join("")}]`}*`;
	};
	const getStarExtglobSequenceChars = (pattern) => {
		let index = 0;
		const chars = [];
		while (index < pattern.length) {
			const match = parseRepeatedExtglob(pattern.slice(index), false);
			if (!match || match.type !== "*") return;
			const branches = splitTopLevel(match.body).map((branch) => branch.trim());
			if (branches.length !== 1) return;
			const branch = normalizeSimpleBranch(branches[0]);
			if (!branch || branch.length !== 1) return;
			chars.push(branch);
			index += match.end + 1;
		}
		if (chars.length < 1) return;
		return chars;
	};
	const repeatedExtglobRecursion = (pattern) => {
		let depth = 0;
		let value = pattern.trim();
		let match = parseRepeatedExtglob(value);
		while (match) {
			depth++;
			value = match.body.trim();
			match = parseRepeatedExtglob(value);
		}
		return depth;
	};
	const analyzeRepeatedExtglob = (body, options) => {
		if (options.maxExtglobRecursion === false) return { risky: false };
		const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants.DEFAULT_MAX_EXTGLOB_RECURSION;
		const branches = splitTopLevel(body).map((branch) => branch.trim());
		if (branches.length > 1) {
			if (branches.some((branch) => branch === "") || branches.some((branch) => /^[*?]+$/.test(branch)) || hasRepeatedCharPrefixOverlap(branches)) return { risky: true };
		}
		const safeChars = [];
		let sawStarSequence = false;
		let combinable = true;
		for (const branch of branches) {
			const chars = getStarExtglobSequenceChars(branch);
			if (chars) {
				sawStarSequence = true;
				safeChars.push(...chars);
				continue;
			}
			const literal = normalizeSimpleBranch(branch);
			if (literal && literal.length === 1) {
				safeChars.push(literal);
				continue;
			}
			combinable = false;
			if (repeatedExtglobRecursion(branch) > max) return { risky: true };
		}
		if (sawStarSequence) return combinable ? {
			risky: true,
			safeOutput: buildCharClassStar([...new Set(safeChars)])
		} : { risky: true };
		return { risky: false };
	};
	/**
	* Parse the given input string.
	* @param {String} input
	* @param {Object} options
	* @return {Object}
	*/
	const parse = (input, options) => {
		if (typeof input !== "string") throw new TypeError("Expected a string");
		input = REPLACEMENTS[input] || input;
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		let len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		const bos = {
			type: "bos",
			value: "",
			output: opts.prepend || ""
		};
		const tokens = [bos];
		const capture = opts.capture ? "" : "?:";
		const PLATFORM_CHARS = constants.globChars(opts.windows);
		const EXTGLOB_CHARS = constants.extglobChars(PLATFORM_CHARS);
		const { DOT_LITERAL, PLUS_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOT_SLASH, NO_DOTS_SLASH, QMARK, QMARK_NO_DOT, STAR, START_ANCHOR } = PLATFORM_CHARS;
		const globstar = (opts) => {
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const nodot = opts.dot ? "" : NO_DOT;
		const qmarkNoDot = opts.dot ? QMARK : QMARK_NO_DOT;
		let star = opts.bash === true ? globstar(opts) : STAR;
		if (opts.capture) star = `(${star})`;
		if (typeof opts.noext === "boolean") opts.noextglob = opts.noext;
		const state = {
			input,
			index: -1,
			start: 0,
			dot: opts.dot === true,
			consumed: "",
			output: "",
			prefix: "",
			backtrack: false,
			negated: false,
			brackets: 0,
			braces: 0,
			parens: 0,
			quotes: 0,
			globstar: false,
			tokens
		};
		input = utils.removePrefix(input, state);
		len = input.length;
		const extglobs = [];
		const braces = [];
		const stack = [];
		let prev = bos;
		let value;
		/**
		* Tokenizing helpers
		*/
		const eos = () => state.index === len - 1;
		const peek = state.peek = (n = 1) => input[state.index + n];
		const advance = state.advance = () => input[++state.index] || "";
		const remaining = () => input.slice(state.index + 1);
		const consume = (value = "", num = 0) => {
			state.consumed += value;
			state.index += num;
		};
		const append = (token) => {
			state.output += token.output != null ? token.output : token.value;
			consume(token.value);
		};
		const negate = () => {
			let count = 1;
			while (peek() === "!" && (peek(2) !== "(" || peek(3) === "?")) {
				advance();
				state.start++;
				count++;
			}
			if (count % 2 === 0) return false;
			state.negated = true;
			state.start++;
			return true;
		};
		const increment = (type) => {
			state[type]++;
			stack.push(type);
		};
		const decrement = (type) => {
			state[type]--;
			stack.pop();
		};
		/**
		* Push tokens onto the tokens array. This helper speeds up
		* tokenizing by 1) helping us avoid backtracking as much as possible,
		* and 2) helping us avoid creating extra tokens when consecutive
		* characters are plain text. This improves performance and simplifies
		* lookbehinds.
		*/
		const push = (tok) => {
			if (prev.type === "globstar") {
				const isBrace = state.braces > 0 && (tok.type === "comma" || tok.type === "brace");
				const isExtglob = tok.extglob === true || extglobs.length && (tok.type === "pipe" || tok.type === "paren");
				if (tok.type !== "slash" && tok.type !== "paren" && !isBrace && !isExtglob) {
					state.output = state.output.slice(0, -prev.output.length);
					prev.type = "star";
					prev.value = "*";
					prev.output = star;
					state.output += prev.output;
				}
			}
			if (extglobs.length && tok.type !== "paren") extglobs[extglobs.length - 1].inner += tok.value;
			if (tok.value || tok.output) append(tok);
			if (prev && prev.type === "text" && tok.type === "text") {
				prev.output = (prev.output || prev.value) + tok.value;
				prev.value += tok.value;
				return;
			}
			tok.prev = prev;
			tokens.push(tok);
			prev = tok;
		};
		const extglobOpen = (type, value) => {
			const token = {
				...EXTGLOB_CHARS[value],
				conditions: 1,
				inner: ""
			};
			token.prev = prev;
			token.parens = state.parens;
			token.output = state.output;
			token.startIndex = state.index;
			token.tokensIndex = tokens.length;
			const output = (opts.capture ? "(" : "") + token.open;
			increment("parens");
			push({
				type,
				value,
				output: state.output ? "" : ONE_CHAR
			});
			push({
				type: "paren",
				extglob: true,
				value: advance(),
				output
			});
			extglobs.push(token);
		};
		const extglobClose = (token) => {
			const literal = input.slice(token.startIndex, state.index + 1);
			const body = input.slice(token.startIndex + 2, state.index);
			const analysis = analyzeRepeatedExtglob(body, opts);
			if ((token.type === "plus" || token.type === "star") && analysis.risky) {
				const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
				const open = tokens[token.tokensIndex];
				open.type = "text";
				open.value = literal;
				open.output = safeOutput || utils.escapeRegex(literal);
				for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
					tokens[i].value = "";
					tokens[i].output = "";
					delete tokens[i].suffix;
				}
				state.output = token.output + open.output;
				state.backtrack = true;
				push({
					type: "paren",
					extglob: true,
					value,
					output: ""
				});
				decrement("parens");
				return;
			}
			let output = token.close + (opts.capture ? ")" : "");
			let rest;
			if (token.type === "negate") {
				let extglobStar = star;
				if (token.inner && token.inner.length > 1 && token.inner.includes("/")) extglobStar = globstar(opts);
				if (extglobStar !== star || eos() || /^\)+$/.test(remaining())) output = token.close = `)$))${extglobStar}`;
				if (token.inner.includes("*") && (rest = remaining()) && /^\.[^\\/.]+$/.test(rest)) output = token.close = `)${parse(rest, {
					...options,
					fastpaths: false
				}).output})${extglobStar})`;
				if (token.prev.type === "bos") state.negatedExtglob = true;
			}
			push({
				type: "paren",
				extglob: true,
				value,
				output
			});
			decrement("parens");
		};
		/**
		* Fast paths
		*/
		if (opts.fastpaths !== false && !/(^[*!]|[/()[\]{}"])/.test(input)) {
			let backslashes = false;
			let output = input.replace(REGEX_SPECIAL_CHARS_BACKREF, (m, esc, chars, first, rest, index) => {
				if (first === "\\") {
					backslashes = true;
					return m;
				}
				if (first === "?") {
					if (esc) return esc + first + (rest ? QMARK.repeat(rest.length) : "");
					if (index === 0) return qmarkNoDot + (rest ? QMARK.repeat(rest.length) : "");
					return QMARK.repeat(chars.length);
				}
				if (first === ".") return DOT_LITERAL.repeat(chars.length);
				if (first === "*") {
					if (esc) return esc + first + (rest ? star : "");
					return star;
				}
				return esc ? m : `\\${m}`;
			});
			if (backslashes === true) {
				if (opts.unescape === true) output = output.replace(/\\/g, "");
				else output = output.replace(/\\+/g, (m) => {
					return m.length % 2 === 0 ? "\\\\" : m ? "\\" : "";
				});
			}
			if (output === input && opts.contains === true) {
				state.output = input;
				return state;
			}
			state.output = utils.wrapOutput(output, state, options);
			return state;
		}
		/**
		* Tokenize input until we reach end-of-string
		*/
		while (!eos()) {
			value = advance();
			if (value === "\0") continue;
			/**
			* Escaped characters
			*/
			if (value === "\\") {
				const next = peek();
				if (next === "/" && opts.bash !== true) continue;
				if (next === "." || next === ";") continue;
				if (!next) {
					value += "\\";
					push({
						type: "text",
						value
					});
					continue;
				}
				const match = /^\\+/.exec(remaining());
				let slashes = 0;
				if (match && match[0].length > 2) {
					slashes = match[0].length;
					state.index += slashes;
					if (slashes % 2 !== 0) value += "\\";
				}
				if (opts.unescape === true) value = advance();
				else value += advance();
				if (state.brackets === 0) {
					push({
						type: "text",
						value
					});
					continue;
				}
			}
			/**
			* If we're inside a regex character class, continue
			* until we reach the closing bracket.
			*/
			if (state.brackets > 0 && (value !== "]" || prev.value === "[" || prev.value === "[^")) {
				if (opts.posix !== false && value === ":") {
					const inner = prev.value.slice(1);
					if (inner.includes("[")) {
						prev.posix = true;
						if (inner.includes(":")) {
							const idx = prev.value.lastIndexOf("[");
							const pre = prev.value.slice(0, idx);
							const rest = prev.value.slice(idx + 2);
							const posix = POSIX_REGEX_SOURCE[rest];
							if (posix) {
								prev.value = pre + posix;
								state.backtrack = true;
								advance();
								if (!bos.output && tokens.indexOf(prev) === 1) bos.output = ONE_CHAR;
								continue;
							}
						}
					}
				}
				if (value === "[" && peek() !== ":" || value === "-" && peek() === "]") value = `\\${value}`;
				if (value === "]" && (prev.value === "[" || prev.value === "[^")) value = `\\${value}`;
				if (opts.posix === true && value === "!" && prev.value === "[") value = "^";
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* If we're inside a quoted string, continue
			* until we reach the closing double quote.
			*/
			if (state.quotes === 1 && value !== "\"") {
				value = utils.escapeRegex(value);
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* Double quotes
			*/
			if (value === "\"") {
				state.quotes = state.quotes === 1 ? 0 : 1;
				if (opts.keepQuotes === true) push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Parentheses
			*/
			if (value === "(") {
				increment("parens");
				push({
					type: "paren",
					value
				});
				continue;
			}
			if (value === ")") {
				if (state.parens === 0 && opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "("));
				const extglob = extglobs[extglobs.length - 1];
				if (extglob && state.parens === extglob.parens + 1) {
					extglobClose(extglobs.pop());
					continue;
				}
				push({
					type: "paren",
					value,
					output: state.parens ? ")" : "\\)"
				});
				decrement("parens");
				continue;
			}
			/**
			* Square brackets
			*/
			if (value === "[") {
				if (opts.nobracket === true || !remaining().includes("]")) {
					if (opts.nobracket !== true && opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
					value = `\\${value}`;
				} else increment("brackets");
				push({
					type: "bracket",
					value
				});
				continue;
			}
			if (value === "]") {
				if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				if (state.brackets === 0) {
					if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "["));
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				decrement("brackets");
				const prevValue = prev.value.slice(1);
				if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) value = `/${value}`;
				prev.value += value;
				append({ value });
				if (opts.literalBrackets === false || utils.hasRegexChars(prevValue)) continue;
				const escaped = utils.escapeRegex(prev.value);
				state.output = state.output.slice(0, -prev.value.length);
				if (opts.literalBrackets === true) {
					state.output += escaped;
					prev.value = escaped;
					continue;
				}
				prev.value = `(${capture}${escaped}|${prev.value})`;
				state.output += prev.value;
				continue;
			}
			/**
			* Braces
			*/
			if (value === "{" && opts.nobrace !== true) {
				increment("braces");
				const open = {
					type: "brace",
					value,
					output: "(",
					outputIndex: state.output.length,
					tokensIndex: state.tokens.length
				};
				braces.push(open);
				push(open);
				continue;
			}
			if (value === "}") {
				const brace = braces[braces.length - 1];
				if (opts.nobrace === true || !brace) {
					push({
						type: "text",
						value,
						output: value
					});
					continue;
				}
				let output = ")";
				if (brace.dots === true) {
					const arr = tokens.slice();
					const range = [];
					for (let i = arr.length - 1; i >= 0; i--) {
						tokens.pop();
						if (arr[i].type === "brace") break;
						if (arr[i].type !== "dots") range.unshift(arr[i].value);
					}
					output = expandRange(range, opts);
					state.backtrack = true;
				}
				if (brace.comma !== true && brace.dots !== true) {
					const out = state.output.slice(0, brace.outputIndex);
					const toks = state.tokens.slice(brace.tokensIndex);
					brace.value = brace.output = "\\{";
					value = output = "\\}";
					state.output = out;
					for (const t of toks) state.output += t.output || t.value;
				}
				push({
					type: "brace",
					value,
					output
				});
				decrement("braces");
				braces.pop();
				continue;
			}
			/**
			* Pipes
			*/
			if (value === "|") {
				if (extglobs.length > 0) extglobs[extglobs.length - 1].conditions++;
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Commas
			*/
			if (value === ",") {
				let output = value;
				const brace = braces[braces.length - 1];
				if (brace && stack[stack.length - 1] === "braces") {
					brace.comma = true;
					output = "|";
				}
				push({
					type: "comma",
					value,
					output
				});
				continue;
			}
			/**
			* Slashes
			*/
			if (value === "/") {
				if (prev.type === "dot" && state.index === state.start + 1) {
					state.start = state.index + 1;
					state.consumed = "";
					state.output = "";
					tokens.pop();
					prev = bos;
					continue;
				}
				push({
					type: "slash",
					value,
					output: SLASH_LITERAL
				});
				continue;
			}
			/**
			* Dots
			*/
			if (value === ".") {
				if (state.braces > 0 && prev.type === "dot") {
					if (prev.value === ".") prev.output = DOT_LITERAL;
					const brace = braces[braces.length - 1];
					prev.type = "dots";
					prev.output += value;
					prev.value += value;
					brace.dots = true;
					continue;
				}
				if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
					push({
						type: "text",
						value,
						output: DOT_LITERAL
					});
					continue;
				}
				push({
					type: "dot",
					value,
					output: DOT_LITERAL
				});
				continue;
			}
			/**
			* Question marks
			*/
			if (value === "?") {
				if (!(prev && prev.value === "(") && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("qmark", value);
					continue;
				}
				if (prev && prev.type === "paren") {
					const next = peek();
					let output = value;
					if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) output = `\\${value}`;
					push({
						type: "text",
						value,
						output
					});
					continue;
				}
				if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
					push({
						type: "qmark",
						value,
						output: QMARK_NO_DOT
					});
					continue;
				}
				push({
					type: "qmark",
					value,
					output: QMARK
				});
				continue;
			}
			/**
			* Exclamation
			*/
			if (value === "!") {
				if (opts.noextglob !== true && peek() === "(") {
					if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
						extglobOpen("negate", value);
						continue;
					}
				}
				if (opts.nonegate !== true && state.index === 0) {
					negate();
					continue;
				}
			}
			/**
			* Plus
			*/
			if (value === "+") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("plus", value);
					continue;
				}
				if (prev && prev.value === "(" || opts.regex === false) {
					push({
						type: "plus",
						value,
						output: PLUS_LITERAL
					});
					continue;
				}
				if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
					push({
						type: "plus",
						value
					});
					continue;
				}
				push({
					type: "plus",
					value: PLUS_LITERAL
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value === "@") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					push({
						type: "at",
						extglob: true,
						value,
						output: ""
					});
					continue;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value !== "*") {
				if (value === "$" || value === "^") value = `\\${value}`;
				const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
				if (match) {
					value += match[0];
					state.index += match[0].length;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Stars
			*/
			if (prev && (prev.type === "globstar" || prev.star === true)) {
				prev.type = "star";
				prev.star = true;
				prev.value += value;
				prev.output = star;
				state.backtrack = true;
				state.globstar = true;
				consume(value);
				continue;
			}
			let rest = remaining();
			if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
				extglobOpen("star", value);
				continue;
			}
			if (prev.type === "star") {
				if (opts.noglobstar === true) {
					consume(value);
					continue;
				}
				const prior = prev.prev;
				const before = prior.prev;
				const isStart = prior.type === "slash" || prior.type === "bos";
				const afterStar = before && (before.type === "star" || before.type === "globstar");
				if (opts.bash === true && (!isStart || rest[0] && rest[0] !== "/")) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
				const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
				if (!isStart && prior.type !== "paren" && !isBrace && !isExtglob) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				while (rest.slice(0, 3) === "/**") {
					const after = input[state.index + 4];
					if (after && after !== "/") break;
					rest = rest.slice(3);
					consume("/**", 3);
				}
				const isEnd = eos() || state.parens > 0 && rest === ")".repeat(state.parens) && !extglobs.some((extglob) => extglob.type === "negate");
				if (prior.type === "bos" && eos()) {
					prev.type = "globstar";
					prev.value += value;
					prev.output = globstar(opts);
					state.output = prev.output;
					state.globstar = true;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && isEnd) {
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
					prev.value += value;
					state.globstar = true;
					state.output += prior.output + prev.output;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
					const end = rest[1] !== void 0 ? "|$" : "";
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end})`;
					prev.value += value;
					state.output += prior.output + prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				if (prior.type === "bos" && rest[0] === "/") {
					prev.type = "globstar";
					prev.value += value;
					prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
					state.output = prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				state.output = state.output.slice(0, -prev.output.length);
				prev.type = "globstar";
				prev.output = globstar(opts);
				prev.value += value;
				state.output += prev.output;
				state.globstar = true;
				consume(value);
				continue;
			}
			const token = {
				type: "star",
				value,
				output: star
			};
			if (opts.bash === true) {
				token.output = ".*?";
				if (prev.type === "bos" || prev.type === "slash") token.output = nodot + token.output;
				push(token);
				continue;
			}
			if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
				token.output = value;
				push(token);
				continue;
			}
			if (state.index === state.start || prev.type === "slash" || prev.type === "dot") {
				if (prev.type === "dot") {
					state.output += NO_DOT_SLASH;
					prev.output += NO_DOT_SLASH;
				} else if (opts.dot === true) {
					state.output += NO_DOTS_SLASH;
					prev.output += NO_DOTS_SLASH;
				} else {
					state.output += nodot;
					prev.output += nodot;
				}
				if (peek() !== "*") {
					state.output += ONE_CHAR;
					prev.output += ONE_CHAR;
				}
			}
			push(token);
		}
		while (state.brackets > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
			state.output = utils.escapeLast(state.output, "[");
			decrement("brackets");
		}
		while (state.parens > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", ")"));
			state.output = utils.escapeLast(state.output, "(");
			decrement("parens");
		}
		while (state.braces > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "}"));
			state.output = utils.escapeLast(state.output, "{");
			decrement("braces");
		}
		if (opts.strictSlashes !== true && (prev.type === "star" || prev.type === "bracket")) push({
			type: "maybe_slash",
			value: "",
			output: `${SLASH_LITERAL}?`
		});
		if (state.backtrack === true) {
			state.output = "";
			for (const token of state.tokens) {
				state.output += token.output != null ? token.output : token.value;
				if (token.suffix) state.output += token.suffix;
			}
		}
		return state;
	};
	/**
	* Fast paths for creating regular expressions for common glob patterns.
	* This can significantly speed up processing and has very little downside
	* impact when none of the fast paths match.
	*/
	parse.fastpaths = (input, options) => {
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		const len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		input = REPLACEMENTS[input] || input;
		const { DOT_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOTS, NO_DOTS_SLASH, STAR, START_ANCHOR } = constants.globChars(opts.windows);
		const nodot = opts.dot ? NO_DOTS : NO_DOT;
		const slashDot = opts.dot ? NO_DOTS_SLASH : NO_DOT;
		const capture = opts.capture ? "" : "?:";
		const state = {
			negated: false,
			prefix: ""
		};
		let star = opts.bash === true ? ".*?" : STAR;
		if (opts.capture) star = `(${star})`;
		const globstar = (opts) => {
			if (opts.noglobstar === true) return star;
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const create = (str) => {
			switch (str) {
				case "*": return `${nodot}${ONE_CHAR}${star}`;
				case ".*": return `${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*.*": return `${nodot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*/*": return `${nodot}${star}${SLASH_LITERAL}${ONE_CHAR}${slashDot}${star}`;
				case "**": return nodot + globstar(opts);
				case "**/*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${ONE_CHAR}${star}`;
				case "**/*.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "**/.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${DOT_LITERAL}${ONE_CHAR}${star}`;
				default: {
					const match = /^(.*?)\.(\w+)$/.exec(str);
					if (!match) return;
					const source = create(match[1]);
					if (!source) return;
					return source + DOT_LITERAL + match[2];
				}
			}
		};
		let source = create(utils.removePrefix(input, state));
		if (source && opts.strictSlashes !== true) source += `${SLASH_LITERAL}?`;
		return source;
	};
	module.exports = parse;
}));

// node_modules/picomatch/lib/picomatch.js
var require_picomatch$1 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const scan = require_scan();
	const parse = require_parse();
	const utils = require_utils();
	const constants = require_constants();
	const isObject = (val) => val && typeof val === "object" && !Array.isArray(val);
	/**
	* Creates a matcher function from one or more glob patterns. The
	* returned function takes a string to match as its first argument,
	* and returns true if the string is a match. The returned matcher
	* function also takes a boolean as the second argument that, when true,
	* returns an object with additional information.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch(glob[, options]);
	*
	* const isMatch = picomatch('*.!(*a)');
	* console.log(isMatch('a.a')); //=> false
	* console.log(isMatch('a.b')); //=> true
	*
	* // For environments without `node.js`, `picomatch/posix` provides you a dependency-free matcher, without automatic OS detection.
	* const picomatch = require('picomatch/posix');
	* // the same API, defaulting to posix paths
	* const isMatch = picomatch('a/*');
	* console.log(isMatch('a\\b')); //=> false
	* console.log(isMatch('a/b')); //=> true
	*
	* // you can still configure the matcher function to accept windows paths
	* const isMatch = picomatch('a/*', { options: windows });
	* console.log(isMatch('a\\b')); //=> true
	* console.log(isMatch('a/b')); //=> true
	* ```
	* @name picomatch
	* @param {String|Array} `globs` One or more glob patterns.
	* @param {Object=} `options`
	* @return {Function=} Returns a matcher function.
	* @api public
	*/
	const picomatch = (glob, options, returnState = false) => {
		if (Array.isArray(glob)) {
			const fns = glob.map((input) => picomatch(input, options, returnState));
			const arrayMatcher = (str) => {
				for (const isMatch of fns) {
					const state = isMatch(str);
					if (state) return state;
				}
				return false;
			};
			return arrayMatcher;
		}
		const isState = isObject(glob) && glob.tokens && glob.input;
		if (glob === "" || typeof glob !== "string" && !isState) throw new TypeError("Expected pattern to be a non-empty string");
		const opts = options || {};
		const posix = opts.windows;
		const regex = isState ? picomatch.compileRe(glob, options) : picomatch.makeRe(glob, options, false, true);
		const state = regex.state;
		delete regex.state;
		let isIgnored = () => false;
		if (opts.ignore) {
			const ignoreOpts = {
				...options,
				ignore: null,
				onMatch: null,
				onResult: null
			};
			isIgnored = picomatch(opts.ignore, ignoreOpts, returnState);
		}
		const matcher = (input, returnObject = false) => {
			const { isMatch, match, output } = picomatch.test(input, regex, options, {
				glob,
				posix
			});
			const result = {
				glob,
				state,
				regex,
				posix,
				input,
				output,
				match,
				isMatch
			};
			if (typeof opts.onResult === "function") opts.onResult(result);
			if (isMatch === false) {
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (isIgnored(input)) {
				if (typeof opts.onIgnore === "function") opts.onIgnore(result);
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (typeof opts.onMatch === "function") opts.onMatch(result);
			return returnObject ? result : true;
		};
		if (returnState) matcher.state = state;
		return matcher;
	};
	/**
	* Test `input` with the given `regex`. This is used by the main
	* `picomatch()` function to test the input string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.test(input, regex[, options]);
	*
	* console.log(picomatch.test('foo/bar', /^(?:([^/]*?)\/([^/]*?))$/));
	* // { isMatch: true, match: [ 'foo/', 'foo', 'bar' ], output: 'foo/bar' }
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp} `regex`
	* @return {Object} Returns an object with matching info.
	* @api public
	*/
	picomatch.test = (input, regex, options, { glob, posix } = {}) => {
		if (typeof input !== "string") throw new TypeError("Expected input to be a string");
		if (input === "") return {
			isMatch: false,
			output: ""
		};
		const opts = options || {};
		const format = opts.format || (posix ? utils.toPosixSlashes : null);
		let match = input === glob;
		let output = match && format ? format(input) : input;
		if (match === false) {
			output = format ? format(input) : input;
			match = output === glob;
		}
		if (match === false || opts.capture === true) {
			if (opts.matchBase === true || opts.basename === true) match = picomatch.matchBase(input, regex, options, posix);
			else match = regex.exec(output);
		}
		return {
			isMatch: Boolean(match),
			match,
			output
		};
	};
	/**
	* Match the basename of a filepath.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.matchBase(input, glob[, options]);
	* console.log(picomatch.matchBase('foo/bar.js', '*.js'); // true
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp|String} `glob` Glob pattern or regex created by [.makeRe](#makeRe).
	* @return {Boolean}
	* @api public
	*/
	picomatch.matchBase = (input, glob, options, posix = options && options.windows) => {
		return (glob instanceof RegExp ? glob : picomatch.makeRe(glob, options)).test(utils.basename(input, { windows: posix }));
	};
	/**
	* Returns true if **any** of the given glob `patterns` match the specified `string`.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.isMatch(string, patterns[, options]);
	*
	* console.log(picomatch.isMatch('a.a', ['b.*', '*.a'])); //=> true
	* console.log(picomatch.isMatch('a.a', 'b.*')); //=> false
	* ```
	* @param {String|Array} str The string to test.
	* @param {String|Array} patterns One or more glob patterns to use for matching.
	* @param {Object} [options] See available [options](#options).
	* @return {Boolean} Returns true if any patterns match `str`
	* @api public
	*/
	picomatch.isMatch = (str, patterns, options) => picomatch(patterns, options)(str);
	/**
	* Parse a glob pattern to create the source string for a regular
	* expression.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const result = picomatch.parse(pattern[, options]);
	* ```
	* @param {String} `pattern`
	* @param {Object} `options`
	* @return {Object} Returns an object with useful properties and output to be used as a regex source string.
	* @api public
	*/
	picomatch.parse = (pattern, options) => {
		if (Array.isArray(pattern)) return pattern.map((p) => picomatch.parse(p, options));
		return parse(pattern, {
			...options,
			fastpaths: false
		});
	};
	/**
	* Scan a glob pattern to separate the pattern into segments.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.scan(input[, options]);
	*
	* const result = picomatch.scan('!./foo/*.js');
	* console.log(result);
	* { prefix: '!./',
	*   input: '!./foo/*.js',
	*   start: 3,
	*   base: 'foo',
	*   glob: '*.js',
	*   isBrace: false,
	*   isBracket: false,
	*   isGlob: true,
	*   isExtglob: false,
	*   isGlobstar: false,
	*   negated: true }
	* ```
	* @param {String} `input` Glob pattern to scan.
	* @param {Object} `options`
	* @return {Object} Returns an object with
	* @api public
	*/
	picomatch.scan = (input, options) => scan(input, options);
	/**
	* Compile a regular expression from the `state` object returned by the
	* [parse()](#parse) method.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const state = picomatch.parse('*.js');
	* // picomatch.compileRe(state[, options]);
	*
	* console.log(picomatch.compileRe(state));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {Object} `state`
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Intended for implementors, this argument allows you to return the raw output from the parser.
	* @param {Boolean} `returnState` Adds the state to a `state` property on the returned regex. Useful for implementors and debugging.
	* @return {RegExp}
	* @api public
	*/
	picomatch.compileRe = (state, options, returnOutput = false, returnState = false) => {
		if (returnOutput === true) return state.output;
		const opts = options || {};
		const prepend = opts.contains ? "" : "^";
		const append = opts.contains ? "" : "$";
		let source = `${prepend}(?:${state.output})${append}`;
		if (state && state.negated === true) source = `^(?!${source}).*$`;
		const regex = picomatch.toRegex(source, options);
		if (returnState === true) regex.state = state;
		return regex;
	};
	/**
	* Create a regular expression from a parsed glob pattern.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.makeRe(state[, options]);
	*
	* const result = picomatch.makeRe('*.js');
	* console.log(result);
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `state` The object returned from the `.parse` method.
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Implementors may use this argument to return the compiled output, instead of a regular expression. This is not exposed on the options to prevent end-users from mutating the result.
	* @param {Boolean} `returnState` Implementors may use this argument to return the state from the parsed glob with the returned regular expression.
	* @return {RegExp} Returns a regex created from the given pattern.
	* @api public
	*/
	picomatch.makeRe = (input, options = {}, returnOutput = false, returnState = false) => {
		if (!input || typeof input !== "string") throw new TypeError("Expected a non-empty string");
		let parsed = {
			negated: false,
			fastpaths: true
		};
		if (options.fastpaths !== false && (input[0] === "." || input[0] === "*")) parsed.output = parse.fastpaths(input, options);
		if (!parsed.output) parsed = parse(input, options);
		return picomatch.compileRe(parsed, options, returnOutput, returnState);
	};
	/**
	* Create a regular expression from the given regex source string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.toRegex(source[, options]);
	*
	* const { output } = picomatch.parse('*.js');
	* console.log(picomatch.toRegex(output));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `source` Regular expression source string.
	* @param {Object} `options`
	* @return {RegExp}
	* @api public
	*/
	picomatch.toRegex = (source, options) => {
		try {
			const opts = options || {};
			return new RegExp(source, opts.flags || (opts.nocase ? "i" : ""));
		} catch (err) {
			if (options && options.debug === true) throw err;
			return /$^/;
		}
	};
	/**
	* Picomatch constants.
	* @return {Object}
	*/
	picomatch.constants = constants;
	/**
	* Expose "picomatch"
	*/
	module.exports = picomatch;
}));

// node_modules/picomatch/index.js
var require_picomatch = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const pico = require_picomatch$1();
	const utils = require_utils();
	function picomatch(glob, options, returnState = false) {
		if (options && (options.windows === null || options.windows === void 0)) options = {
			...options,
			windows: utils.isWindows()
		};
		return pico(glob, options, returnState);
	}
	Object.assign(picomatch, pico);
	module.exports = picomatch;
}));

// src/postgres/touched.ts
var import_picomatch = /* @__PURE__ */ __toESM(require_picomatch(), 1);
/** The tables that changes touch, with columns and constraints, and those that they refer to: enough to draw them. */
function touchedObjects(changes, before, after) {
	const names = new Set(changes.flatMap(({ id, from, table, kind }) => kind === "table" ? [id, from ?? id] : table ?? []));
	return {
		before: objectsOfTables(before, names),
		after: objectsOfTables(after, names)
	};
}
function objectsOfTables({ objects }, names) {
	const near = new Set(names);
	for (const each of objects) if (each.kind === "constraint" && each.references && names.has(each.table)) near.add(each.references.table);
	return objects.filter((each) => {
		if (each.kind === "table") return near.has(each.id);
		return (each.kind === "column" || each.kind === "constraint") && near.has(each.table);
	});
}

// src/jobs/waiver-comments.ts
const form = "`lockkeeper:allow rule-id because …`";
/** Every waiver of a comment, also those that are not well written. A comment that only mentions Lockkeeper has none. */
function waiversIn(comment) {
	const text = withoutMarks(comment.text);
	const starts = [...text.matchAll(/\blockkeeper[ \t]*:[ \t]*(?=allow\b)|^[ \t]*lockkeeper[ \t]*(:[ \t]*|(?=allow\b))/gim)];
	return starts.map(({ index, 0: word }, position) => {
		const line = comment.line + text.slice(0, index).split("\n").length - 1;
		return {
			line,
			...read(text.slice(index + word.length, starts[position + 1]?.index).trim(), line)
		};
	});
}
/** Comments at the top of a file, before its first statement. */
function topComments(text) {
	const comments = [];
	const next = /(\s*)(--[^\n]*|\/\*[\s\S]*?\*\/)/y;
	for (let match = next.exec(text); match; match = next.exec(text)) {
		const line = text.slice(0, match.index + (match[1] ?? "").length).split("\n").length;
		comments.push({
			text: match[2] ?? "",
			line
		});
	}
	return comments;
}
/** Keeps line breaks, so that lines can be counted. */
function withoutMarks(text) {
	if (text.startsWith("--")) return text.slice(2);
	return text.replace(/^\/\*/, "").replace(/\*\/$/, "").replaceAll(/^[ \t]*\*/gm, "");
}
function read(text, line) {
	const [, names, tail = ""] = /^allow\b[\s:]*((?!because\b|until\b)[a-z][\w-]*(?:\s*,\s*[a-z][\w-]*)*)?([\s\S]*)$/i.exec(text) ?? [];
	if (!/^allow\b/i.test(text)) return { fault: `begins with "${firstWord(text)}", which is no known word. Write ${form}.` };
	if (names === void 0) return { fault: `names no rule. Write ${form}.` };
	const { until, reason } = conditionsOf$1(tail);
	if (until !== void 0 && !isDate(until)) return { fault: `ends on "${until}", which is no date. Write \`until 2031-12-31\`.` };
	if (!/\w/.test(reason)) return { fault: "has no reason. Add `because …` for whoever reads it next." };
	return { waiver: {
		rules: names.split(",").map((rule) => rule.trim().toLowerCase()),
		reason,
		line,
		...until !== void 0 && { until }
	} };
}
/** `until 2031-12-31 because it is small`, or `because it is small, until 2031-12-31`. */
function conditionsOf$1(tail) {
	const [, first, rest = tail] = /^\s+until\b\s*([^\s:,]*)([\s\S]*)$/i.exec(tail) ?? [];
	const reason = (/^[\s,]*(?:because\b|:|--|—|-)[\s:]*([\s\S]*)$/i.exec(rest)?.[1] ?? "").replaceAll(/\s+/g, " ").trim();
	const [, words, last] = /^(.*?)[\s,;(]+until (\d{4}-\d\d-\d\d)[.)]*$/i.exec(reason) ?? [];
	return first === void 0 ? {
		until: last,
		reason: words ?? reason
	} : {
		until: first,
		reason
	};
}
function isDate(text) {
	const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
function firstWord(text) {
	return /^\S+/.exec(text)?.[0] ?? "";
}

// src/jobs/waivers.ts
/** Accepts what waivers accept, and tells what is wrong with them. `today` is `YYYY-MM-DD`. */
function applyWaivers(found, world, rules, today) {
	const waivers = waiversOf(world);
	const uses = new Map(waivers.map((waiver) => [waiver, /* @__PURE__ */ new Set()]));
	const judged = found.map((each) => {
		const matching = each.rule.waivable === false ? [] : waivers.filter((waiver) => speaksOf(waiver, each));
		for (const waiver of matching) uses.get(waiver)?.add(each.rule.id);
		const holding = matching.find((waiver) => !hasEnded(waiver, today))?.waiver;
		if (!holding) return each;
		const { reason, until, line } = holding;
		const waiver = {
			reason,
			line,
			...until !== void 0 && { until }
		};
		return {
			...each,
			finding: {
				...each.finding,
				status: "waived",
				waiver
			}
		};
	});
	const pending = new Set(world.pending.map(({ id }) => id));
	return {
		found: judged,
		complaints: [...uses].filter(([{ migration }]) => pending.has(migration)).flatMap(([waiver, used]) => complaintsAbout(waiver, used, {
			rules,
			today,
			world
		}))
	};
}
/** All waivers of the history. One above a file's first statement belongs to both. */
function waiversOf({ statements, head, pending }) {
	const found = /* @__PURE__ */ new Map();
	const add = (comments, place) => {
		for (const each of comments.flatMap(waiversIn)) {
			const key = JSON.stringify([place.path, each]);
			found.set(key, {
				...each,
				...place,
				top: place.top || found.get(key)?.top === true
			});
		}
	};
	for (const { id: migration, up } of /* @__PURE__ */ new Set([...pending, ...head.migrations])) add(topComments(up.text), {
		migration,
		path: up.path,
		statement: void 0,
		top: true
	});
	for (const { statement } of statements) {
		const { migration, path, comments } = statement;
		add(comments, {
			migration,
			path,
			statement,
			top: false
		});
	}
	return [...found.values()];
}
function speaksOf({ waiver, path, statement, top }, about) {
	if (!waiver?.rules.includes(about.rule.id) || path !== about.finding.path) return false;
	return statement !== void 0 && statement === about.statement || top && about.ofFolder;
}
function hasEnded({ waiver }, today) {
	return waiver?.until !== void 0 && waiver.until < today;
}
function complaintsAbout(placed, used, around) {
	const { migration, path, line, fault } = placed;
	const complain = (rule, message) => [{
		rule,
		migration,
		path,
		line,
		message
	}];
	if (fault !== void 0) return complain("invalid-waiver", `This waiver ${fault}`);
	return (placed.waiver?.rules ?? []).flatMap((id) => {
		const rule = around.rules.find((each) => each.id === id);
		if (!rule) return complain("invalid-waiver", unknown$1(id, around.rules));
		if (rule.waivable === false) return complain("invalid-waiver", `The rule ${id} cannot be waived.`);
		const { until } = placed.waiver ?? {};
		if (used.has(id)) return hasEnded(placed, around.today) ? complain("expired-waiver", `The waiver of ${id} ended on ${until}; the finding is open again.`) : [];
		return wasJudged(placed, rule, around.world) ? complain("unused-waiver", `The waiver of ${id} accepts nothing here: remove it.`) : [];
	});
}
function unknown$1(id, rules) {
	const [near] = nearest(id, rules.map((each) => each.id), 1);
	return `This waiver names the rule ${id}, which does not exist${near ? `; did you mean ${near}?` : "."}`;
}
/** Whether everything that the waiver could accept was looked at; otherwise nobody knows if it is of use. */
function wasJudged({ migration }, { majors }, { statements, major }) {
	const own = statements.filter(({ statement }) => statement.migration === migration);
	return own.length > 0 && own.every(({ observation }) => observation.error === void 0) && major >= (majors?.from ?? major) && major <= (majors?.to ?? major);
}

// src/jobs/judge.ts
/**
* Asks every rule that speaks of this major, applies waivers, and leaves out what a finding of the same statement says
* better. Open findings come first, the most severe first, then in the order of the statements.
*/
function judge(world, rules, { today }) {
	const asked = rules.filter(({ majors }) => world.major >= (majors?.from ?? 0) && world.major <= (majors?.to ?? 999));
	const { found, complaints } = applyWaivers(asked.flatMap((rule) => findingsOf(rule, world)), world, rules, today);
	return [...folded(found), ...complaints.flatMap((complaint) => toFinding(complaint, rules, world))].filter(once$1()).sort(byWeight(world));
}
function findingsOf(rule, world) {
	const ofStatements = world.statements.flatMap((facts) => {
		const { statement, observation } = facts;
		const { kinds, failed, check } = rule.statement ?? {};
		if (!check || kinds && !kinds.includes(statement.kind) || observation.error && !failed) return [];
		const { migration, path, line } = statement;
		return check(facts, world).map((problem) => {
			return {
				rule,
				finding: findingOf(rule, problem, problem.place ?? {
					migration,
					path,
					line
				}, world),
				statement,
				ofFolder: false
			};
		});
	});
	const ofAll = (rule.whole?.(world) ?? []).flatMap((problem) => {
		if (!problem.place) throw new Error(`The rule ${rule.id} found a problem without a place.`);
		const finding = findingOf(rule, problem, problem.place, world);
		return [{
			rule,
			finding,
			statement: statementAt(finding, world),
			ofFolder: true
		}];
	});
	return [...ofStatements, ...ofAll];
}
function findingOf(rule, problem, place, world) {
	const { message, severity = rule.severity, relations = [], blocking } = problem;
	const instead = problem.instead && adviceOf(problem.instead, place, world);
	return {
		rule: rule.id,
		severity,
		status: "open",
		...place,
		message,
		relations,
		...instead && { instead },
		...blocking && { blocking }
	};
}
/** How to run a statement outside a transaction is not worth a word where its file does so already. */
function adviceOf(instead, { migration }, world) {
	const { text, ...rest } = instead;
	if (text !== world.outsideTransaction) return instead;
	const script = world.pending.find(({ id }) => id === migration)?.up;
	const count = world.statements.filter(({ statement }) => statement.migration === migration).length;
	const alone = script?.messages.length !== 1 || count === 1;
	if (!(script?.delivery === "statement" || script?.delivery === "message" && alone)) return instead;
	return rest.migrations ? rest : void 0;
}
function statementAt({ path, line }, { statements }) {
	return statements.find(({ statement }) => statement.path === path && statement.line <= line && line <= statement.endLine)?.statement;
}
/** Of several findings about one statement that say the same, the one that says most. */
function folded(found) {
	const groups = Map.groupBy(found, ({ statement }) => statement);
	return found.filter((each) => each.statement === void 0 || !isSaid$1(each, groups.get(each.statement) ?? [])).map(({ finding }) => finding);
}
function isSaid$1({ rule, finding }, others) {
	return others.some((other) => {
		if (other.rule === rule) return false;
		if (other.rule.covers?.includes(rule.id)) return true;
		return rule.fallback && !other.rule.fallback && other.finding.blocking && weight(other.finding) >= weight(finding);
	});
}
function toFinding({ rule: id, message, ...place }, rules, world) {
	const rule = rules.find((each) => each.id === id);
	return rule ? [findingOf(rule, { message }, place, world)] : [];
}
/** What two statements of one line say alike is told once, and once more where a waiver accepts it of one of them only. */
function once$1() {
	const seen = /* @__PURE__ */ new Set();
	return ({ rule, path, line, message, status }) => {
		const key = JSON.stringify([
			rule,
			path,
			line,
			message,
			status
		]);
		return !seen.has(key) && seen.add(key).has(key);
	};
}
function weight({ severity }) {
	return severities.indexOf(severity);
}
function byWeight({ head, pending }) {
	const paths = [...new Set([...head.migrations, ...pending].map(({ up }) => up.path))];
	const place = ({ path }) => paths.indexOf(path);
	return (a, b) => Number(a.status === "waived") - Number(b.status === "waived") || weight(b) - weight(a) || place(a) - place(b) || a.line - b.line;
}

// src/postgres/cluster/names.ts
const creations = /\bcreate\s+(?:role|user|group)\b(?!\s+mapping)|\brename\s+to\b/gi;
const roleWork = /\b(?:create|alter|drop)\s+(?:role|user|group)\b(?!\s+mapping)/i;
const words$1 = /"((?:[^"]|"")+)"|'((?:[^']|'')+)'|[\p{L}\p{N}_$-]+/gu;
/** Characters around CREATE ROLE in which a role's name stands, also where a loop in a code block makes the text. */
const vicinity = 2e3;
/** Whether a text creates, changes or drops roles, itself or inside a code block. */
function worksWithRoles(text) {
	return roleWork.test(text);
}
/** Whether a text creates a role, itself or inside a code block. */
function createsRoles(text) {
	return text.search(creations) >= 0 && worksWithRoles(text);
}
/** What can be the name of a role that a text creates: everything near CREATE ROLE that can be a name. */
function rolesPerhapsCreatedBy(text) {
	const names = /* @__PURE__ */ new Set();
	if (!worksWithRoles(text)) return names;
	for (const { index } of text.matchAll(creations)) {
		const near = text.slice(Math.max(0, index - vicinity), index + vicinity);
		for (const name of namesIn$6(near)) names.add(name);
	}
	return names;
}
function* namesIn$6(text) {
	for (const [word, identifier, string] of text.matchAll(words$1)) {
		if (identifier === void 0 && string === void 0) yield word.toLowerCase();
		const content = identifier?.replaceAll("\"\"", "\"") ?? string?.replaceAll("''", "'");
		if (content === void 0) continue;
		if (content.length < 64) yield content;
		if (/[\s%]/.test(content)) yield* namesIn$6(content);
	}
}
/** Whether any of the texts names this: its name stands there as a word. */
function mentions(texts) {
	const known = /* @__PURE__ */ new Map();
	return (name) => {
		const answer = known.get(name) ?? ((word) => texts.some((text) => word.test(text)))(new RegExp(`(?<![\\p{L}\\p{N}_$])${RegExp.escape(name)}(?![\\p{L}\\p{N}_$])`, "iu"));
		known.set(name, answer);
		return answer;
	};
}

// src/postgres/cluster/marking.ts
/** A session whose statements that create roles are each followed by SQL that marks them, in the same transaction. */
var MarkingConnection = class {
	#inner;
	#marking;
	constructor(inner, marking) {
		this.#inner = inner;
		this.#marking = marking;
	}
	get pid() {
		return this.#inner.pid;
	}
	get transaction() {
		return this.#inner.transaction;
	}
	query(sql, values) {
		return this.#inner.query(sql, values);
	}
	async send(sql) {
		const tags = await this.#inner.send(sql);
		if (mayCreateRoles(sql) && this.transaction !== "failed") await this.#inner.send(this.#marking);
		return tags;
	}
	async sequence(statements) {
		if (!statements.some(mayCreateRoles)) return this.#inner.sequence(statements);
		for (const [index, statement] of statements.entries()) try {
			await this.send(statement);
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
			throw new SqlError(error.fault, error.position, error.completed, index);
		}
	}
	cancel() {
		return this.#inner.cancel();
	}
	async [Symbol.asyncDispose]() {
		await this.#inner[Symbol.asyncDispose]();
	}
};
/** Also what calls a function that may. */
function mayCreateRoles(sql) {
	return createsRoles(sql) || /^\s*(select|with|call|execute|insert)\b/i.test(sql);
}

// src/postgres/cluster/missing-roles.ts
const words = /\b(grant|revoke|owner|owned|role|user|group|policy|authorization|privileges)\b/i;
/** Whether a text may name roles. */
function namesRoles(text) {
	return words.test(text);
}
/**
* Roles that migrations name and none of them creates: on production somebody made them by hand, or the migrations
* would not have been applied there.
*/
async function missingRoles(migrations, there) {
	const created = /* @__PURE__ */ new Set();
	const named = /* @__PURE__ */ new Set();
	for (const migration of migrations) {
		if (!namesRoles(migration.up.text)) continue;
		for (const statement of (await batchesOf(migration)).flatMap(({ statements }) => statements)) {
			collect$1(statement.node, named);
			for (const role of createdBy(statement)) created.add(role);
		}
	}
	return [...named].filter((name) => !there.has(name) && !created.has(name) && !name.startsWith("pg_"));
}
/** Of a code block everything that may be the name of a role that it creates. */
function createdBy({ node, sql }) {
	if ("CreateRoleStmt" in node) return [node.CreateRoleStmt.role ?? ""];
	return rolesPerhapsCreatedBy(sql);
}
/** Every RoleSpec of a parse tree that is a name, not CURRENT_USER or PUBLIC. */
function collect$1(node, into) {
	JSON.stringify(node, (_, value) => {
		const { roletype, rolename } = value ?? {};
		if (roletype === "ROLESPEC_CSTRING" && rolename !== void 0) into.add(rolename);
		return value;
	});
}

// src/postgres/cluster/prepare.ts
/**
* Blanks out the statements that are not to be run, and has `marking` follow those that create roles, in the same
* transaction. Line numbers stay as they are.
*/
async function prepare$1(migration, refusals, marking) {
	if (!refusals.words.test(migration.up.text)) return {
		migration,
		leftOut: []
	};
	const statements = (await batchesOf(migration)).flatMap((batch) => batch.statements);
	const refused = statements.filter((each) => refusals.of(each) !== void 0);
	const marked = statements.filter((each) => marking && !refused.includes(each) && mayBeFollowed(each));
	const up = insertAll(blank$1(migration.up, refused), marked, `; ${marking}`);
	const leftOut = refused.map((each) => `${each.path}:${each.line}: ${refusals.of(each)}`);
	return {
		migration: {
			...migration,
			up
		},
		leftOut
	};
}
/** A code block that commits by itself must be alone in its message. */
function mayBeFollowed({ sql }) {
	return createsRoles(sql) && !/\bcommit\b/i.test(sql);
}
function blank$1(script, statements) {
	let { text } = script;
	for (const { offset, sql } of statements) text = text.slice(0, offset) + sql.replaceAll(/[^\n]/g, " ") + text.slice(offset + sql.length);
	return {
		...script,
		text
	};
}
function insertAll(script, behind, addition) {
	const places = behind.map(({ offset, sql }) => offset + sql.length);
	const moved = (offset) => offset + addition.length * places.filter((place) => place <= offset).length;
	const pieces = [0, ...places].map((start, index) => script.text.slice(start, places[index]));
	const messages = script.messages.map(({ start, end }) => ({
		start: moved(start),
		end: moved(end)
	}));
	return {
		...script,
		text: pieces.join(addition),
		messages
	};
}

// src/postgres/cluster/refusals.ts
/**
* What is not run on any server: what reaches out to another server, and what names a database that is not there where
* migrations are rehearsed, such as production's by its name.
*/
function refusalsAnywhere({ databases }) {
	const of = ({ kind, node }) => {
		if (/SubscriptionStmt$/.test(kind)) return "It was not run: it would reach out to another server.";
		const name = databaseIn(kind, body(node));
		return name === void 0 || databases.has(name) ? void 0 : `It was not run: the database ${name}, which it names, is not there where migrations are rehearsed.`;
	};
	return {
		of,
		words: /\b(subscription|database)\b/i
	};
}
/**
* What is not run on a lent server besides: everything that changes what was there before and belongs to others. Roles
* that exist there are taken as they are: they are neither created, changed nor dropped.
*/
function refusalsOnLent(existing) {
	const anywhere = refusalsAnywhere(existing);
	const of = (statement) => {
		const { kind, node } = statement;
		const general = anywhere.of(statement);
		if (general) return general;
		if (changesServer(kind, body(node)) || callsForServer(statement)) return wholeServer;
		if (databaseIn(kind, body(node)) !== void 0) return wholeServer;
		const role = roleChangedBy(kind, body(node), existing) ?? roleChangedInside(statement, existing);
		return role === void 0 ? void 0 : `It was not run: it concerns ${role}, which this lent server had before, and which is left as it is.`;
	};
	return {
		of,
		words: wordsOfServers
	};
}
const wordsOfServers = /\b(role|user|group|owned|database|system|tablespace|subscription|copy|grant|revoke)\b|\bpg_\w+\s*\(/i;
const wholeServer = "It was not run: it changes the whole server, and this one is lent.";
function body(node) {
	return Object.values(node)[0] ?? {};
}
const sharedObjects = [
	"OBJECT_DATABASE",
	"OBJECT_TABLESPACE",
	"OBJECT_PARAMETER_ACL"
];
function changesServer(kind, node) {
	if (/^(AlterSystem|Createdb|Dropdb|CreateTableSpace|DropTableSpace|AlterTableSpaceOptions)Stmt$/.test(kind)) return true;
	if (kind === "CopyStmt") return node.is_program === true || node.filename !== void 0 && node.is_from !== true;
	return [
		node.objtype,
		node.objectType,
		node.renameType
	].some((type) => sharedObjects.includes(String(type)));
}
/** The database that a statement changes by name. */
function databaseIn(kind, node) {
	if (/^AlterDatabase/.test(kind)) return String(node.dbname);
	if (kind === "AlterRoleSetStmt" && node.database) return String(node.database);
	if (kind === "RenameStmt" && node.renameType === "OBJECT_DATABASE") return String(node.subname);
	if (![node.objtype, node.objectType].includes("OBJECT_DATABASE")) return void 0;
	const [first] = kind === "GrantStmt" ? node.objects : [node.object];
	return first && "String" in first ? first.String.sval : void 0;
}
/** Functions that act on the server rather than on the database (documentation, chapter 9.28). */
const serverFunctions = /\bpg_(terminate_backend|cancel_backend|reload_conf|rotate_logfile|switch_wal|promote|create_restore_point|(backup|wal_replay)_\w+|(start|stop)_backup|(create|copy)_(physical|logical)_replication_slot|drop_replication_slot|replication_\w+)\s*\(/i;
function callsForServer({ kind, sql }) {
	return [
		"SelectStmt",
		"DoStmt",
		"CallStmt",
		"InsertStmt",
		"ExecuteStmt"
	].includes(kind) && serverFunctions.test(sql);
}
/** The role of others that a statement changes, in words; undefined when there is none. */
function roleChangedBy(kind, node, { roles }) {
	const had = (each) => nameOf$3(each, roles);
	switch (kind) {
		case "CreateRoleStmt": return roles.has(String(node.role)) ? `the role ${node.role}` : void 0;
		case "AlterRoleStmt": return had({ RoleSpec: node.role });
		case "AlterRoleSetStmt": return node.role ? had({ RoleSpec: node.role }) : "all roles";
		case "DropRoleStmt":
		case "DropOwnedStmt":
		case "ReassignOwnedStmt": return node.roles.map(had).find((each) => each !== void 0);
		case "RenameStmt": return node.renameType === "OBJECT_ROLE" && roles.has(String(node.subname)) ? `the role ${node.subname}` : void 0;
		case "CommentStmt":
		case "SecLabelStmt": return node.objtype === "OBJECT_ROLE" ? had(node.object) : void 0;
		case "GrantRoleStmt": return membershipOf(node, had);
		default: return;
	}
}
/** Memberships of a role that the migrations create go with it. */
function membershipOf(node, had) {
	const group = node.granted_roles.map(had).find((each) => each !== void 0);
	const member = node.grantee_roles.map(had).find((each) => each !== void 0);
	return group && member ? `${group} and ${member}` : void 0;
}
function nameOf$3(node, roles) {
	if (!node) return void 0;
	if ("RoleSpec" in node && node.RoleSpec.roletype !== "ROLESPEC_CSTRING") return "the role that is connected";
	const name = "RoleSpec" in node ? node.RoleSpec.rolename : "AccessPriv" in node ? node.AccessPriv.priv_name : "String" in node ? node.String.sval : void 0;
	return name !== void 0 && roles.has(name) ? `the role ${name}` : void 0;
}
/** ALTER and DROP inside a code block, also as text that it executes: the role's name, or how the text goes on. */
const inside = /\b(?:alter|drop)\s+(?:role|user(?!\s+mapping)|group)\s+(?:if\s+exists\s+)?(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))?/giu;
function roleChangedInside({ kind, sql }, { roles }) {
	if (kind !== "DoStmt") return void 0;
	for (const [, quoted, plain] of sql.matchAll(inside)) {
		const name = quoted?.replaceAll("\"\"", "\"") ?? plain?.toLowerCase();
		if (name === void 0 || /^(all|current_user|session_user|current_role)$/.test(name)) return "roles named only as it runs";
		if (roles.has(name)) return `the role ${name}`;
	}
}

// src/postgres/cluster/guard.ts
/**
* Looks at the server before migrations run. On a lent one only one check at a time works with roles, as two that both
* create `app` would meet each other's; the others wait here.
*/
async function openGuard({ server, migrations, signal, progress }) {
	const lease = await openLease(server);
	try {
		const texts = migrations.flatMap(({ up, down }) => [up.text, ...down ? [down.text] : []]);
		if (server.lent && texts.some((text) => worksWithRoles(text) || namesRoles(text))) await waitForTurn(lease.session, signal, progress);
		return new ServerGuard(lease, server.lent, texts, await snapshotCluster(lease.session));
	} catch (error) {
		await lease[Symbol.asyncDispose]();
		throw error;
	}
}
var ServerGuard = class {
	refusal;
	#refusals;
	#lease;
	#lent;
	#before;
	#mentioned;
	/** SQL that marks roles; undefined where none will be created, or the server is our own. */
	#marking;
	#leftOut = [];
	/** Roles that were missing, and that nobody needs to be told of again. */
	#made = [];
	constructor(lease, lent, texts, before) {
		this.#lease = lease;
		this.#lent = lent;
		this.#before = before;
		this.#mentioned = mentions(texts);
		this.#refusals = lent ? refusalsOnLent(before) : refusalsAnywhere(before);
		this.refusal = this.#refusals.of;
		const created = texts.filter(createsRoles).flatMap((text) => [...rolesPerhapsCreatedBy(text)]);
		const names = [...new Set(created)].filter((name) => !before.roles.has(name));
		this.#marking = lent && names.length > 0 ? markingSql(lease.key, names) : void 0;
	}
	async prepare(migrations) {
		const prepared = [];
		const leftOut = await this.#makeMissingRoles(migrations);
		for (const each of migrations) {
			const done = await prepare$1(each, this.#refusals, this.#marking);
			prepared.push(done.migration);
			leftOut.push(...done.leftOut);
		}
		this.#leftOut = leftOut;
		return prepared;
	}
	/** Where the check may not, the replay says which role is missing. */
	async #makeMissingRoles(migrations) {
		const { session, key } = this.#lease;
		const notes = [];
		for (const name of await missingRoles(migrations, this.#before.roles)) try {
			await session.send(`CREATE ROLE ${quote(name)} NOLOGIN; COMMENT ON ROLE ${quote(name)} IS '${roleMark(key)}'`);
			this.#made.push(name);
			notes.push(`The role ${name}, which no migration creates, was made for the rehearsal.`);
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
		}
		return notes;
	}
	marking(session) {
		return this.#marking ? new MarkingConnection(session, this.#marking) : session;
	}
	async undo() {
		const mark = roleMark(this.#lease.key);
		const isOurs = (name, comment = "") => comment === mark || !isRoleMark(comment) && this.#mentioned(name);
		const told = (await restoreCluster(this.#lease.session, this.#before, {
			lent: this.#lent,
			isOurs
		})).filter((note) => !this.#made.some((role) => note.startsWith(`The role ${role},`)));
		return [...this.#leftOut, ...this.#lent ? told : []];
	}
	async [Symbol.asyncDispose]() {
		try {
			if (this.#lent) await this.undo();
		} catch (error) {
			if (!isGone$1(error)) throw error;
		} finally {
			await this.#lease[Symbol.asyncDispose]();
		}
	}
};

// src/postgres/diff.ts
/**
* What became different between two snapshots of the same database. An object that has kept its oid (a column: its
* table and number) under another name was renamed, so nothing is guessed; what is named after it follows. An index
* that a constraint brings is told by the constraint alone.
*/
function diffSnapshots(before, after) {
	const names = renamesBetween(before, after);
	const old = new Map(before.objects.map((object) => [keyOf$3(object, names), object]));
	const changes = [];
	for (const object of after.objects) {
		const key = keyOf$3(object, /* @__PURE__ */ new Map());
		const previous = old.get(key);
		old.delete(key);
		const change = previous ? changeOf$1(previous, object, names) : added$1(object);
		if (change && !isImplied(object)) changes.push(change);
	}
	for (const object of old.values()) if (!isImplied(object)) changes.push(removed(object));
	return changes.sort((a, b) => compare$1(placeOf$3(a), placeOf$3(b)));
}
function renamesBetween(before, after) {
	const now = new Map(after.objects.map((object) => [identityOf$2(object), object]));
	const names = /* @__PURE__ */ new Map();
	for (const object of before.objects) {
		const same = now.get(identityOf$2(object));
		if (same && same.id !== object.id) names.set(`${object.kind} ${object.id}`, same.id);
	}
	return names;
}
/** What stays the same through a rename. */
function identityOf$2(object) {
	return object.kind === "column" ? `column ${object.oid} ${object.position}` : `${object.kind} ${object.oid}`;
}
function keyOf$3(object, names) {
	return `${object.kind} ${names.get(`${object.kind} ${object.id}`) ?? object.id}`;
}
function added$1({ kind, id, table }) {
	return {
		action: "added",
		kind,
		id,
		...table !== void 0 && { table },
		details: []
	};
}
function removed({ kind, id, table }) {
	return {
		action: "removed",
		kind,
		id,
		...table !== void 0 && { table },
		details: []
	};
}
function changeOf$1(previous, object, names) {
	const details = detailsOf(previous, object, names);
	const renamed = previous.name !== object.name || previous.table === void 0 && previous.schema !== object.schema;
	if (!renamed && details.length === 0) return void 0;
	return {
		action: renamed ? "renamed" : "changed",
		kind: object.kind,
		id: object.id,
		...renamed && { from: previous.id },
		...object.table !== void 0 && { table: object.table },
		details
	};
}
/** What an object's names say is told by its renames and those of its table. */
const naming = /* @__PURE__ */ new Set([
	"kind",
	"id",
	"schema",
	"name",
	"table"
]);
function detailsOf(previous, object, names) {
	const [a, b] = [previous, object].map((each) => each);
	return [...new Set([...Object.keys(a), ...Object.keys(b)].filter((each) => !naming.has(each) && !incidental.has(each)))].flatMap((property) => {
		const [from, to] = [text(a[property]), text(b[property])];
		return from === to || text(renamed$1(a[property], names)) === to ? [] : [{
			property,
			before: from,
			after: to
		}];
	});
}
/** A text that names renamed tables or columns, as it reads afterwards. */
function renamed$1(value, names) {
	if (Array.isArray(value)) return value.map((each) => renamed$1(each, names));
	if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamed$1(each, names)]));
	if (typeof value !== "string") return value;
	let result = value;
	for (const [key, now] of names) {
		const [kind] = key.split(" ", 1);
		const old = key.slice(kind.length + 1);
		for (const [from, to] of [[old, now], [lastOf(old), lastOf(now)]]) result = result.replaceAll(new RegExp(`(?<![\\w."])"?${pattern(from)}"?(?![\\w"])`, "g"), () => to);
	}
	return result;
}
const lastOf = (id) => id.split(".").at(-1);
const pattern = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\\.", "\"?\\.\"?");
function text(value) {
	if (value === void 0 || value === null) return null;
	return typeof value === "object" ? JSON.stringify(value) : String(value);
}
function isImplied(object) {
	return object.kind === "index" && object.constraint !== void 0;
}
const order = [
	"schema",
	"extension",
	"enum",
	"domain",
	"composite type",
	"range type",
	"sequence",
	"table",
	"view",
	"column",
	"constraint",
	"index"
];
/** Objects of a table stand behind it. */
function placeOf$3({ kind, id, table }) {
	const rank = order.indexOf(kind);
	return [
		table ?? id,
		table === void 0 ? 0 : 1,
		String(rank < 0 ? order.length : rank).padStart(2, "0"),
		id
	].join("\0");
}
function compare$1(a, b) {
	return a < b ? -1 : Number(a > b);
}

// src/postgres/execute.ts
/** A statement, or the COMMIT behind it, that PostgreSQL refused. */
var StatementFailed = class extends Error {
	statement;
	error;
	constructor(statement, error) {
		super(error.message, { cause: error });
		this.statement = statement;
		this.error = error;
	}
};
/**
* Runs a script's statements one by one, inside the transactions that its tool and PostgreSQL would put around them.
* `run` executes one statement. Throws `StatementFailed`; the session is then outside any transaction again.
*/
async function execute(session, batches, run) {
	let last;
	try {
		for (const batch of batches) {
			for (const statement of batch.statements) {
				await openBlock(session, batch, statement);
				last = statement;
				await run(statement);
			}
			if (batch.block === "explicit" || !ownBlock(batch)) await commit(session);
		}
		if (session.transaction !== "none") throw leftOpen(batches);
	} catch (error) {
		if (!(error instanceof SqlError) || !last) throw error;
		if (session.transaction !== "none") await session.send("ROLLBACK");
		throw new StatementFailed(last, error);
	}
}
/** A message with several statements is a transaction block, and one again after it committed by itself. */
async function openBlock(session, batch, next) {
	if (batch.block === "none" || session.transaction !== "none" || controlsTransaction(next)) return;
	if (batch.block === "explicit" && next !== batch.statements[0]) return;
	await session.send("BEGIN");
}
/** Whether the script itself began a block that it has not ended: PostgreSQL then does not end it either. */
function ownBlock(batch) {
	const last = batch.statements.findLast(controlsTransaction);
	return batch.block === "none" || last !== void 0 && begins$1(last);
}
function begins$1(statement) {
	const node = statement.node;
	return "TransactionStmt" in node && /_(BEGIN|START)$/.test(node.TransactionStmt.kind ?? "");
}
async function commit(session) {
	if (session.transaction !== "none") await session.send("COMMIT");
}
function leftOpen(batches) {
	const first = batches.flatMap(({ statements }) => statements).findLast(begins$1);
	const message = `the transaction${first ? ` that line ${first.line} begins` : ""} is never committed, and the end of the session rolls it back`;
	return new SqlError({
		sqlstate: "25000",
		message,
		hint: "Add the missing COMMIT, or leave BEGIN out."
	}, void 0, []);
}

// src/postgres/limit.ts
/** How often a statement is asked to end before its session is: a function body may catch a cancel. */
const patience$6 = 3;
/**
* Does `work` on a session, and cancels what runs there when it takes longer than the limit. The limit is kept from
* outside, as a script may set its own `statement_timeout`. The work then ends with SQLSTATE 57014 (query_canceled).
* A statement that ended its own session is a `SessionEnded`; `ConnectionLost` is left for a server that is gone.
*/
async function limited(session, limit, work) {
	let asked = 0;
	let asking;
	let over = false;
	const ask = async () => {
		asked += 1;
		await stop(session.pid, limit.address, {
			session: asked > patience$6,
			unless: () => over
		}).catch(() => {});
		if (!over) timer = setTimeout(expire, 1e3);
	};
	const expire = () => {
		asking = ask();
	};
	let timer = setTimeout(expire, limit.seconds * 1e3);
	try {
		return await work();
	} catch (error) {
		const known = error instanceof ConnectionLost ? await judged(error, limit.address) : error;
		throw asked > 0 && known instanceof SqlError ? tooLong(known, limit) : known;
	} finally {
		over = true;
		clearTimeout(timer);
		await asking;
	}
}
/** Ends a statement, and those of other sessions that wait for its locks: they may be what it waits for (dblink). */
async function stop(pid, address, { session, unless }) {
	await using other = await connect(address);
	if (unless()) return;
	await other.query(`SELECT pg_catalog.${session ? "pg_terminate_backend" : "pg_cancel_backend"}(pid) FROM pg_catalog.pg_stat_activity
      WHERE pid = $1 OR (datname = pg_catalog.current_database() AND $1 = ANY (pg_catalog.pg_blocking_pids(pid)))`, [pid]);
}
/** Whether the server goes on without the session. */
async function judged(lost, address) {
	try {
		await using _other = await connect(address);
	} catch {
		return lost;
	}
	const { fault = {
		sqlstate: "08006",
		message: lost.message
	}, completed } = lost;
	return new SessionEnded({
		...fault,
		message: `it ends its own session: ${fault.message}`
	}, void 0, completed);
}
function tooLong(error, { seconds }) {
	const isEnded = error instanceof SessionEnded;
	if (!isEnded && error.fault.sqlstate !== "57014") return error;
	const Kind = isEnded ? SessionEnded : SqlError;
	const message = `it ran longer than ${seconds} s, the statement-limit, and was cancelled`;
	return new Kind({
		...error.fault,
		sqlstate: "57014",
		message
	}, void 0, error.completed);
}

// src/postgres/replay.ts
/** What a session of its own for every migration means: nothing of the session before is left. */
const freshening = [
	"RESET SESSION AUTHORIZATION",
	"RESET ROLE",
	"RESET ALL",
	"DISCARD TEMP"
];
/** The same as one text. */
const freshSession = `${freshening.join("; ")};\n`;
/** Characters of SQL sent as one message at most. */
const messageSize = 1e6;
/**
* Applies base migrations, as fast as one session can: many files in one message, every migration in a transaction of
* its own as its tool would have it. Where that is not possible, or fails, statements are sent one by one.
* Throws `KnownError` with the place of the statement that PostgreSQL refused.
*/
async function replay(session, migrations, options) {
	for (const group of await groupsOf(migrations)) {
		const done = group.plain ? await replayTogether(session, group.migrations, options) : 0;
		for (const migration of group.migrations.slice(done)) await replayOne(session, migration, options);
	}
}
async function groupsOf(migrations) {
	const groups = [];
	let size = 0;
	for (const migration of migrations) {
		const plain = await isPlain(migration);
		size += migration.up.text.length;
		const last = groups.at(-1);
		if (plain && last?.plain && size < messageSize) last.migrations.push(migration);
		else {
			groups.push({
				plain,
				migrations: [migration]
			});
			size = migration.up.text.length;
		}
	}
	return groups;
}
/** Words without which a script can hold no statement that must stand outside a transaction block, nor end one. */
const suspicious = /\b(concurrently|vacuum|cluster|reindex|database|tablespace|subscription|system|discard|begin|start|commit|end|rollback|abort|prepare|call|do)\b/i;
/** Whether BEGIN, the script, COMMIT is what its tool would do. */
async function isPlain(migration) {
	const { delivery, messages, text } = migration.up;
	if (delivery === "statement" || delivery === "message" && messages.length > 1) return false;
	if (!suspicious.test(text)) return true;
	return (await batchesOf(migration)).every(({ block, statements }) => (block === "explicit" || statements.length <= 1 || delivery === "message") && !statements.some((each) => mustRunOutside(each) || controlsTransaction(each) || mayCommit(each)));
}
/** Returns how many migrations are applied: all, or those before the first that failed. */
async function replayTogether(session, migrations, { fresh, limit }) {
	const message = migrations.map((each) => `${fresh ? freshSession : ""}BEGIN;\n${textOf$4(each)}\n;COMMIT;\n`).join("");
	try {
		await limited(session, {
			...limit,
			seconds: limit.seconds * migrations.length
		}, () => session.send(message));
		return migrations.length;
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		const done = error.completed.filter((tag) => tag === "COMMIT").length;
		if (error instanceof SessionEnded) throw failure(migrations[done], error);
		if (session.transaction !== "none") await session.send("ROLLBACK");
		return done;
	}
}
function textOf$4({ up }) {
	return up.messages.map(({ start, end }) => up.text.slice(start, end)).join("\n;\n");
}
async function replayOne(session, migration, { fresh, limit }) {
	if (fresh) await session.send(freshSession);
	try {
		await execute(session, await batchesOf(migration), ({ sql }) => limited(session, limit, () => session.send(sql)));
	} catch (error) {
		if (!(error instanceof StatementFailed)) throw error;
		throw failure(migration, error.error, error.statement);
	}
}
/** `statement` is absent where it is not known which one it was. */
function failure({ id, path }, cause, statement) {
	const { message, sqlstate } = cause.fault;
	return new KnownError(`The base migration ${id} fails: ${message} (SQLSTATE ${sqlstate}).`, {
		place: statement ? {
			path: statement.path,
			line: lineOf(statement, cause)
		} : { path },
		help: explain(cause.fault) ?? "The migrations before the pending ones must apply to an empty database.",
		cause
	});
}

// src/postgres/seed/catalog.ts
/** Reads it all. Source: documentation, part VII, "System Catalogs". */
async function readCatalog(connection) {
	const [version] = await connection.query("SELECT current_setting('server_version_num')::int AS number");
	const relations = await connection.query(relationsSql);
	const oids = [relations.map(({ oid }) => oid)];
	return {
		relations,
		columns: await connection.query(columnsSql, oids),
		constraints: await connection.query(constraintsSql, oids),
		indexes: await connection.query(indexesSql, oids),
		types: new Map((await connection.query(typesSql(version?.number ?? 0), oids)).map((each) => [each.oid, each]))
	};
}
const relationsSql = `
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind = 'p' AS partitioned,
       CASE WHEN c.relispartition THEN ARRAY(SELECT a.relid::oid FROM pg_partition_ancestors(c.oid) AS a(relid))
            ELSE '{}' END AS lineage,
       CASE WHEN c.relispartition THEN pg_get_partition_constraintdef(c.oid) END AS bound,
       c.relkind = 'r' AND pg_relation_size(c.oid) > 0 AS stored, NOT (${notOfExtension("pg_class", "c.oid")}) AS extension
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND ${ourSchemas}
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;
const columnsSql = `
SELECT a.attrelid AS relation, a.attnum AS number, a.attname::text AS name, a.atttypid AS type, a.atttypmod AS modifier,
       a.attnotnull AS required, a.attgenerated <> '' AS generated, d.expression AS default,
       a.attidentity <> '' OR COALESCE(d.expression LIKE 'nextval(%', false) AS counted
  FROM pg_attribute a
  LEFT JOIN (SELECT adrelid, adnum, pg_get_expr(adbin, adrelid) AS expression FROM pg_attrdef) d
    ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum`;
/** Foreign keys that PostgreSQL made for partitions are left out: those they were made from stand for them. */
const constraintsSql = `
SELECT conrelid AS relation, contype AS kind, COALESCE(conkey, '{}') AS columns,
       CASE contype WHEN 'c' THEN pg_get_expr(conbin, conrelid) END AS expression,
       confrelid AS target, confkey AS keys, condeferrable AS deferrable, confmatchtype = 'f' AS full
  FROM pg_constraint
 WHERE conrelid = ANY ($1::oid[]) AND (contype = 'c' OR contype = 'f' AND conparentid = 0)
 ORDER BY conrelid, conname COLLATE "C"`;
const indexesSql = `
SELECT i.indrelid AS relation, i.indisunique AS unique, i.indisprimary AS primary,
       pg_get_expr(i.indpred, i.indrelid) AS predicate,
       ARRAY(SELECT i.indkey[k] FROM generate_series(0, i.indnkeyatts - 1) AS k) AS columns
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
 WHERE i.indrelid = ANY ($1::oid[]) AND (i.indisunique OR i.indpred IS NOT NULL)
 ORDER BY i.indrelid, x.relname COLLATE "C"`;
/** The types of the columns, and those that these are made of. Multiranges came with PostgreSQL 14. */
const typesSql = (version) => {
	const ranges = version >= 14e4 ? "r.rngtypid = t.oid OR r.rngmultitypid = t.oid" : "r.rngtypid = t.oid";
	const subtype = version >= 14e4 ? "CASE t.oid WHEN r.rngtypid THEN r.rngsubtype ELSE r.rngtypid END" : "r.rngsubtype";
	const element = `CASE WHEN t.typcategory = 'A' AND t.typname NOT IN ('int2vector', 'oidvector') THEN t.typelem ELSE 0 END`;
	return `
WITH RECURSIVE used(oid) AS (
  SELECT DISTINCT atttypid FROM pg_attribute WHERE attrelid = ANY ($1::oid[]) AND attnum > 0 AND NOT attisdropped
  UNION
  SELECT part.oid FROM used u JOIN pg_type t ON t.oid = u.oid CROSS JOIN LATERAL (
    SELECT ${element} AS oid UNION ALL SELECT t.typbasetype
    UNION ALL SELECT ${subtype} FROM pg_range r WHERE ${ranges}
    UNION ALL SELECT a.atttypid FROM pg_attribute a
     WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) part
   WHERE part.oid <> 0)
SELECT t.oid, n.nspname AS schema, t.typname::text AS name, t.typtype AS kind, ${element} AS element,
       t.typbasetype AS base, t.typtypmod AS modifier, t.typnotnull AS required,
       COALESCE((SELECT ${subtype} FROM pg_range r WHERE ${ranges}), 0) AS subtype,
       CASE t.typtype WHEN 'd' THEN ARRAY(SELECT pg_get_expr(c.conbin, 0) FROM pg_constraint c
          WHERE c.contypid = t.oid AND c.contype = 'c' ORDER BY c.conname COLLATE "C") ELSE '{}' END AS checks,
       CASE t.typtype WHEN 'e' THEN ARRAY(SELECT e.enumlabel::text FROM pg_enum e
          WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) ELSE '{}' END AS labels,
       CASE t.typtype WHEN 'c' THEN (SELECT COALESCE(json_agg(json_build_object(
            'type', a.atttypid::bigint, 'modifier', a.atttypmod) ORDER BY a.attnum), '[]') FROM pg_attribute a
          WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) ELSE '[]' END AS attributes
  FROM used u JOIN pg_type t ON t.oid = u.oid JOIN pg_namespace n ON n.oid = t.typnamespace`;
};

// src/postgres/seed/checks/patterns.ts
/** Regular expressions of PostgreSQL in JavaScript's spelling. Sources: documentation, chapter 9.7; ECMA-262. */
function fromPosix(pattern) {
	return pattern.replace(/^\*\*\*[:=]|^\(\?[a-z]+\)/, "").replace(/\[:(\w+):\]/g, (_, name) => classes[name] ?? "").replace(/\\[mMyY]/g, "\\b").replace(/\\A/g, "^").replace(/\\Z/g, "$");
}
const classes = {
	alpha: "a-zA-Z",
	digit: "0-9",
	alnum: "a-zA-Z0-9",
	lower: "a-z",
	upper: "A-Z",
	space: "\\s",
	xdigit: "0-9a-fA-F",
	word: "\\w",
	punct: "!-\\/:-@\\[-`{-~",
	blank: " \\t"
};
/** A LIKE pattern as a regular expression. */
function fromLike(pattern) {
	return `^${pattern.replace(/\\(.)|[%_]|[.*+?^${}()|[\]]/gs, (token, escaped) => {
		if (escaped !== void 0) return escaped.replace(/[^\w\s]/, "\\$&");
		return {
			"%": ".*",
			_: "."
		}[token] ?? `\\${token}`;
	})}$`;
}

// src/postgres/seed/checks/terms.ts
/** Stands for the present in comparisons; values before and after it are chosen far away, so that every day gives the same. */
const present = Symbol("now");
const measures = {
	length: "length",
	char_length: "length",
	character_length: "length",
	octet_length: "length",
	cardinality: "items",
	array_length: "items",
	jsonb_array_length: "items",
	json_array_length: "items",
	jsonb_typeof: "json kind",
	json_typeof: "json kind"
};
/** Functions that leave the usual value as it is. */
const transparent = /* @__PURE__ */ new Set([
	"btrim",
	"ltrim",
	"rtrim",
	"abs",
	"date_trunc",
	"timezone",
	"round",
	"floor"
]);
/** A node without the casts, collations and row marks around it. */
function bare(node) {
	if (node && "TypeCast" in node) return bare(node.TypeCast.arg);
	if (node && "CollateClause" in node) return bare(node.CollateClause.arg);
	return node;
}
function subjectOf(wrapped) {
	const node = bare(wrapped);
	if (!node) return void 0;
	if ("ColumnRef" in node) return columnOf$1(node.ColumnRef.fields ?? []);
	if ("CoalesceExpr" in node) return subjectOf(node.CoalesceExpr.args?.[0]);
	if ("FuncCall" in node) return measured(lastName(node.FuncCall.funcname), node.FuncCall.args ?? []);
	if ("A_Expr" in node && ["->", "->>"].includes(lastName(node.A_Expr.name))) {
		const [inner, key] = [subjectOf(node.A_Expr.lexpr), constantOf$1(node.A_Expr.rexpr)];
		return inner?.measure === "value" && typeof key === "string" ? {
			...inner,
			key
		} : void 0;
	}
}
/** `x`, or in a trigger's function `new.x`. */
function columnOf$1(fields) {
	const [first = "*", second] = fields.map((each) => "String" in each ? each.String.sval ?? "" : "*");
	const column = second === void 0 ? first : first.toLowerCase() === "new" ? second : "*";
	return column === "*" ? void 0 : {
		column,
		measure: "value"
	};
}
function measured(name, args) {
	const inner = args.map(subjectOf).find((each) => each !== void 0);
	if (inner?.measure !== "value") return void 0;
	const measure = measures[name];
	if (measure) return {
		...inner,
		measure
	};
	if (name === "lower" || name === "upper") return {
		...inner,
		letters: name
	};
	const part = args.map(constantOf$1).find((each) => typeof each === "string");
	if ((name === "position" || name === "strpos") && part !== void 0) return {
		...inner,
		measure: "position",
		part
	};
	return transparent.has(name) ? inner : void 0;
}
/** A constant's text, null for NULL, or the present; undefined for everything else. */
function constantOf$1(wrapped) {
	const node = bare(wrapped);
	if (!node) return void 0;
	if ("SQLValueFunction" in node) return present;
	if ("FuncCall" in node) return constantCall(node.FuncCall);
	if ("A_Expr" in node) return calculated(node.A_Expr);
	if (!("A_Const" in node)) return void 0;
	const { isnull, ival, fval, sval, boolval, bsval } = node.A_Const;
	if (isnull) return null;
	if (ival) return String(ival.ival ?? 0);
	if (boolval) return String(boolval.boolval ?? false);
	if (bsval) return (bsval.bsval ?? "").slice(1);
	return fval?.fval ?? sval?.sval ?? "";
}
const presents = /* @__PURE__ */ new Set([
	"now",
	"clock_timestamp",
	"statement_timestamp",
	"transaction_timestamp",
	"timezone"
]);
function constantCall({ funcname, args = [] }) {
	const name = lastName(funcname);
	if (name === "timezone" || name === "date_trunc") return args.some((each) => constantOf$1(each) === present) ? present : void 0;
	return presents.has(name) ? present : void 0;
}
function calculated({ name, lexpr, rexpr }) {
	const [operator, left, right] = [
		lastName(name),
		constantOf$1(lexpr),
		constantOf$1(rexpr)
	];
	if (!lexpr && operator === "-" && typeof right === "string") return `-${right}`;
	return left === present && right !== void 0 ? present : void 0;
}
/** The constants of `ARRAY[…]`, `(…, …)` or `'{…}'`. */
function constantsOf(wrapped) {
	const node = bare(wrapped);
	if (!node) return void 0;
	if ("A_ArrayExpr" in node) return listOf(node.A_ArrayExpr.elements);
	if ("List" in node) return listOf(node.List.items);
	const text = constantOf$1(node);
	return typeof text === "string" && /^\{[^{}"\\]*\}$/.test(text) ? text.slice(1, -1).split(",").filter(Boolean) : void 0;
}
function listOf(nodes = []) {
	return nodes.map(constantOf$1).filter((each) => typeof each === "string");
}
/** The unqualified name. */
function lastName(names) {
	const last = names?.at(-1);
	return last && "String" in last ? last.String.sval ?? "" : "";
}

// src/postgres/seed/checks/comparison.ts
const anything = { all: [] };
const opposites = {
	"=": "<>",
	"<>": "=",
	"<": ">=",
	">=": "<",
	">": "<=",
	"<=": ">",
	"~": "!~",
	"!~": "~",
	"~*": "!~*",
	"!~*": "~*",
	"~~": "!~~",
	"!~~": "~~",
	"~~*": "!~~*",
	"!~~*": "~~*"
};
const mirrored = {
	"=": "=",
	"<>": "<>",
	"<": ">",
	">": "<",
	"<=": ">=",
	">=": "<="
};
/** `left operator right`, true or false, where one side is about a column and the other is a constant or a column too. */
function compared(left, operator, right, holds) {
	const [a, b] = [subjectOf(left), subjectOf(right)];
	const x = constantOf$1(left);
	const y = constantOf$1(right);
	const effective = holds ? operator : opposites[operator];
	if (typeof x === "string" && typeof y === "string") return constants(x, operator, y, holds);
	if (a && !b) return contained(a, operator, right, holds) ?? (effective ? against(a, effective, y) : anything);
	const turned = mirrored[effective ?? ""];
	if (b && !a) return turned ? against(b, turned, x) : anything;
	return a && b && effective ? columns$1(a, effective, b) : anything;
}
/** `x = ANY (…)`, `x IN (…)`, `x <> ALL (…)`. */
function listed(subject, operator, list, any, holds) {
	if (!subject) return anything;
	const inside = holds === (operator === "=");
	if (operator === "=" || operator === "<>") return inside ? { any: [oneOf$1(subject, list)] } : { all: list.map((each) => against(subject, "<>", each)) };
	const effective = holds ? operator : opposites[operator];
	const parts = effective ? list.map((each) => against(subject, effective, each)) : [];
	return any === holds ? { any: parts } : { all: parts };
}
function oneOf$1(subject, list) {
	if (subject.measure === "value" && subject.key === void 0) return of(subject, { oneOf: list });
	return { any: list.map((each) => against(subject, "=", each)) };
}
function constants(x, operator, y, holds) {
	if (operator !== "=" && operator !== "<>") return anything;
	return x === y === (operator === "=") === holds ? anything : { any: [] };
}
/** `tags <@ ARRAY[…]`, `tags @> ARRAY[…]`, `data ? 'key'`. */
function contained(subject, operator, right, holds) {
	if (!holds || subject.measure !== "value") return void 0;
	const list = constantsOf(right);
	if (list && (operator === "<@" || operator === "@>" || operator === "&&")) return of(subject, {
		elements: list,
		items: {
			min: 1,
			max: 16
		}
	});
	const key = constantOf$1(right);
	if (operator === "?" && typeof key === "string") return of(subject, { json: {
		kind: "object",
		keys: { [key]: void 0 }
	} });
}
function of(subject, limits) {
	const { column, letters } = subject;
	return {
		column,
		limits: letters ? {
			...limits,
			letters
		} : limits
	};
}
function against(subject, operator, constant) {
	if (constant === present) return of(subject, beside$1(operator));
	if (typeof constant !== "string") return anything;
	if (subject.measure === "length" || subject.measure === "items") {
		const interval = intervalOf(operator, Number(constant));
		return interval ? of(subject, { [subject.measure]: interval }) : anything;
	}
	if (subject.measure === "json kind") return operator === "=" ? of(subject, { json: { kind: constant } }) : anything;
	if (subject.measure === "position") return found(subject, operator);
	if (subject.key !== void 0) return of(subject, { json: {
		kind: "object",
		keys: { [subject.key]: operator === "=" ? constant : void 0 }
	} });
	return of(subject, limitsOf(operator, constant));
}
/** Far from every present. */
function beside$1(operator) {
	if (operator.startsWith(">")) return { min: {
		value: "2200-01-01",
		open: false
	} };
	return operator.startsWith("<") ? { max: {
		value: "1990-01-01",
		open: false
	} } : {};
}
function found(subject, operator) {
	return of(subject, { patterns: [{
		source: (subject.part ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
		insensitive: false,
		matches: operator !== "=" && operator !== "<=" && operator !== "<"
	}] });
}
function limitsOf(operator, value) {
	const bound = (open) => ({
		value,
		open
	});
	switch (operator) {
		case "=": return { oneOf: [value] };
		case "<>": return { noneOf: [value] };
		case ">":
		case ">=": return { min: bound(operator === ">") };
		case "<":
		case "<=": return { max: bound(operator === "<") };
		default: {
			const source = operator.includes("~~") ? fromLike(value) : operator.includes("~") ? fromPosix(value) : void 0;
			if (source === void 0) return {};
			return { patterns: [{
				source,
				insensitive: operator.endsWith("*"),
				matches: !operator.startsWith("!")
			}] };
		}
	}
}
function intervalOf(operator, bound) {
	const most = 1e6;
	if (Number.isNaN(bound)) return void 0;
	switch (operator) {
		case "=": return {
			min: bound,
			max: bound
		};
		case ">": return {
			min: bound + 1,
			max: most
		};
		case ">=": return {
			min: bound,
			max: most
		};
		case "<": return {
			min: 0,
			max: bound - 1
		};
		case "<=": return {
			min: 0,
			max: bound
		};
		case "<>": return bound === 0 ? {
			min: 1,
			max: most
		} : void 0;
		default: return;
	}
}
function columns$1(a, operator, b) {
	if (a.column === b.column) return a.letters || b.letters ? of({
		...a,
		letters: a.letters ?? b.letters
	}, {}) : anything;
	if (a.measure !== "value" || b.measure !== "value" || a.key !== void 0 || b.key !== void 0) return anything;
	if (operator === ">" || operator === ">=") return {
		left: b.column,
		order: operator === ">" ? "<" : "<=",
		right: a.column
	};
	if (operator !== "<" && operator !== "<=" && operator !== "=" && operator !== "<>") return anything;
	return {
		left: a.column,
		order: operator,
		right: b.column
	};
}

// src/postgres/seed/checks/formula.ts
const always = { all: [] };
const never = { any: [] };
/** Reads conditions as PostgreSQL writes them. The parser is only loaded where there is one. */
async function readerOf(expressions) {
	if (!expressions[Symbol.iterator]().next().done) await loadModule();
	const known = /* @__PURE__ */ new Map();
	return (expression, holds) => {
		const id = `${holds} ${expression}`;
		const formula = known.get(id) ?? parse(expression, holds);
		known.set(id, formula);
		return formula;
	};
}
function parse(expression, holds) {
	const [raw] = statementsOf(`SELECT ${expression}`);
	const [target] = (raw?.stmt && "SelectStmt" in raw.stmt ? raw.stmt.SelectStmt : void 0)?.targetList ?? [];
	return target && "ResTarget" in target ? formulaOf(target.ResTarget.val, holds) : always;
}
function statementsOf(sql) {
	try {
		return parseSync(sql).stmts ?? [];
	} catch (error) {
		if (!hasSqlDetails(error)) throw error;
		return [];
	}
}
/** What must hold for the condition to be true, or to be false. */
function formulaOf(wrapped, holds) {
	const node = bare(wrapped);
	if (!node) return always;
	if ("BoolExpr" in node) return junction(node.BoolExpr, holds);
	if ("NullTest" in node) return nullTest(node.NullTest, holds);
	if ("BooleanTest" in node) return booleanTest(node.BooleanTest, holds);
	if ("A_Expr" in node) return expression(node.A_Expr, holds);
	if ("FuncCall" in node) return call(node.FuncCall, holds);
	const constant = constantOf$1(node);
	if (constant === "true" || constant === "false") return constant === "true" === holds ? always : never;
	const subject = subjectOf(node);
	return subject && !subject.key ? valued(subject.column, String(holds)) : always;
}
function junction({ boolop, args = [] }, holds) {
	if (boolop === "NOT_EXPR") return formulaOf(args[0], !holds);
	const parts = args.map((each) => formulaOf(each, holds));
	return boolop === "AND_EXPR" === holds ? { all: parts } : { any: parts };
}
function nullTest({ arg, nulltesttype }, holds) {
	const subject = subjectOf(arg);
	if (!subject) return always;
	const isNull = nulltesttype === "IS_NULL" === holds;
	if (subject.key === void 0) return {
		column: subject.column,
		limits: { null: isNull }
	};
	return isNull ? always : {
		column: subject.column,
		limits: { json: {
			kind: "object",
			keys: { [subject.key]: void 0 }
		} }
	};
}
function booleanTest({ arg, booltesttype }, holds) {
	if (booltesttype === "IS_UNKNOWN" || booltesttype === "IS_NOT_UNKNOWN") return always;
	return formulaOf(arg, (booltesttype === "IS_TRUE" || booltesttype === "IS_NOT_FALSE") === holds);
}
function valued(column, value) {
	return {
		column,
		limits: { oneOf: [value] }
	};
}
function expression(expr, holds) {
	const { kind, lexpr, rexpr } = expr;
	const operator = lastName(expr.name);
	const list = constantsOf(rexpr);
	if (list && (kind === "AEXPR_OP_ANY" || kind === "AEXPR_OP_ALL" || kind === "AEXPR_IN")) return listed(subjectOf(lexpr), operator, list, kind !== "AEXPR_OP_ALL", holds);
	if (kind === "AEXPR_BETWEEN" || kind === "AEXPR_NOT_BETWEEN") return between(lexpr, rexpr, holds === (kind === "AEXPR_BETWEEN"));
	if (kind === "AEXPR_DISTINCT") return compared(lexpr, "<>", rexpr, holds);
	if (kind === "AEXPR_NOT_DISTINCT") return compared(lexpr, "=", rexpr, holds);
	return kind === "AEXPR_OP" || kind === "AEXPR_LIKE" || kind === "AEXPR_ILIKE" ? counted(expr, holds) ?? equivalent(expr, holds) ?? compared(lexpr, operator, rexpr, holds) : always;
}
function between(value, bounds, holds) {
	const [low, high] = bounds && "List" in bounds ? bounds.List.items ?? [] : [];
	const ends = [compared(value, ">=", low, holds), compared(value, "<=", high, holds)];
	return holds ? { all: ends } : { any: ends };
}
/** `(a IS NULL) = (b IS NULL)` and `<>` of such. */
function equivalent({ name, lexpr, rexpr }, holds) {
	const operator = lastName(name);
	if (!isCondition(lexpr) || !isCondition(rexpr) || !["=", "<>"].includes(operator)) return void 0;
	const same = operator === "=" === holds;
	const pair = (left) => ({ all: [formulaOf(lexpr, left), formulaOf(rexpr, same === left)] });
	return { any: [pair(true), pair(false)] };
}
function isCondition(wrapped) {
	const node = bare(wrapped);
	if (!node) return false;
	if ("A_Expr" in node) return /[<>=~]/.test(lastName(node.A_Expr.name)) && !lastName(node.A_Expr.name).startsWith("-");
	return "NullTest" in node || "BoolExpr" in node || "BooleanTest" in node;
}
/** `num_nonnulls(a, b) = 1`, `num_nulls(…)`, `(a IS NULL)::int + (b IS NULL)::int = 1`, and with other comparisons. */
function counted({ name, lexpr, rexpr }, holds) {
	const [terms, wanted] = [countedTerms(lexpr), constantOf$1(rexpr)];
	if (!terms || typeof wanted !== "string") return void 0;
	const fitting = (chosen) => accepts(lastName(name), chosen.length, Number(wanted)) === holds;
	return { any: subsetsOf(terms.length).filter(fitting).map((chosen) => ({ all: terms.map((term, index) => formulaOf(term, chosen.includes(index))) })) };
}
/** The conditions whose number is compared. */
function countedTerms(wrapped) {
	const node = bare(wrapped);
	if (!node) return void 0;
	if ("A_Expr" in node && lastName(node.A_Expr.name) === "+") {
		const [left, right] = [countedTerms(node.A_Expr.lexpr), countedTerms(node.A_Expr.rexpr)];
		return left && right && [...left, ...right];
	}
	if ("CaseExpr" in node) return zeroOrOne(node.CaseExpr);
	if (wrapped && "TypeCast" in wrapped && isCondition(node)) return [node];
	if (!("FuncCall" in node)) return void 0;
	const type = {
		num_nonnulls: "IS_NOT_NULL",
		num_nulls: "IS_NULL"
	}[lastName(node.FuncCall.funcname)];
	return type && node.FuncCall.args?.map((arg) => ({ NullTest: {
		arg,
		nulltesttype: type
	} }));
}
/** `CASE WHEN a IS NULL THEN 0 ELSE 1 END`. */
function zeroOrOne({ args = [], defresult }) {
	const [first] = args;
	if (args.length !== 1 || !first || !("CaseWhen" in first) || !first.CaseWhen.expr) return void 0;
	const [then, otherwise] = [constantOf$1(first.CaseWhen.result), constantOf$1(defresult)];
	if (then === "1" && otherwise === "0") return [first.CaseWhen.expr];
	if (then !== "0" || otherwise !== "1") return void 0;
	return [{ BoolExpr: {
		boolop: "NOT_EXPR",
		args: [first.CaseWhen.expr]
	} }];
}
/** All sets of indexes below `size`, as far as there are not too many. */
function subsetsOf(size) {
	if (size > 8) return [[], ...Array.from({ length: size }, (_, index) => [index])];
	return Array.from({ length: 2 ** size }, (_, bits) => Array.from({ length: size }, (_, index) => index).filter((index) => bits & 1 << index));
}
function accepts(operator, count, wanted) {
	switch (operator) {
		case "=": return count === wanted;
		case "<>": return count !== wanted;
		case "<": return count < wanted;
		case "<=": return count <= wanted;
		case ">": return count > wanted;
		case ">=": return count >= wanted;
		default: return;
	}
}
/** Functions that are conditions. */
function call({ funcname, args = [] }, holds) {
	const [subject, start] = [subjectOf(args[0]), constantOf$1(args[1])];
	if (lastName(funcname) !== "starts_with" || !subject || typeof start !== "string") return always;
	const source = `^${start.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`;
	return {
		column: subject.column,
		limits: { patterns: [{
			source,
			insensitive: false,
			matches: holds
		}] }
	};
}

// src/postgres/seed/checks/limits.ts
/** Both at once; undefined where that is impossible. */
function combine(a, b) {
	if (a.null !== void 0 && b.null !== void 0 && a.null !== b.null) return void 0;
	const shared = Object.keys(b).filter((key) => key in a);
	const both = {
		...a,
		...b,
		...Object.fromEntries(shared.map((key) => [key, merged$1(key, a, b)]))
	};
	if (isEmpty(both)) return void 0;
	const oneOf = both.oneOf?.filter((each) => fits(each, both));
	if (oneOf?.length === 0) return void 0;
	return oneOf ? {
		...both,
		oneOf
	} : both;
}
/** What both say of one thing. */
function merged$1(key, a, b) {
	switch (key) {
		case "null":
		case "letters": return a[key];
		case "oneOf":
		case "elements": return a[key]?.filter((each) => b[key]?.includes(each));
		case "noneOf": return [...a.noneOf ?? [], ...b.noneOf ?? []];
		case "patterns": return [...a.patterns ?? [], ...b.patterns ?? []];
		case "min": return tighter(a.min, b.min, 1);
		case "max": return tighter(a.max, b.max, -1);
		case "length":
		case "items": return intersect(a[key], b[key]);
		case "json": return {
			...a.json,
			...b.json,
			keys: {
				...a.json?.keys,
				...b.json?.keys
			}
		};
	}
}
/** Whether a text meets bounds, exclusions and patterns. */
function fits(value, { noneOf, min, max, patterns }) {
	if (noneOf?.includes(value)) return false;
	if (min && !beyond(value, min, 1)) return false;
	if (max && !beyond(value, max, -1)) return false;
	return (patterns ?? []).every((each) => expressionOf(each)?.test(value) !== !each.matches);
}
const expressions = /* @__PURE__ */ new Map();
/** The pattern for JavaScript; undefined where only PostgreSQL reads it. */
function expressionOf({ source, insensitive }) {
	const key = `${insensitive ? "i" : ""}/${source}`;
	if (!expressions.has(key)) try {
		expressions.set(key, new RegExp(source, insensitive ? "is" : "s"));
	} catch {
		expressions.set(key, void 0);
	}
	return expressions.get(key);
}
/** Order of two values: as numbers where both are, else as texts, which is right for dates. */
function compare(a, b) {
	const [x, y] = [Number(a), Number(b)];
	if (a.trim() !== "" && b.trim() !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return Math.sign(x - y);
	return a < b ? -1 : Number(a > b);
}
function beyond(value, bound, direction) {
	const order = compare(value, bound.value) * direction;
	return bound.open ? order > 0 : order >= 0;
}
function tighter(a, b, direction) {
	if (!a || !b) return a ?? b;
	const order = compare(a.value, b.value) * direction;
	if (order === 0) return a.open ? a : b;
	return order > 0 ? a : b;
}
function intersect(a, b) {
	return a && b ? {
		min: Math.max(a.min, b.min),
		max: Math.min(a.max, b.max)
	} : a ?? b;
}
function isEmpty({ min, max, length, items, elements }) {
	if ([length, items].some((each) => each && each.min > each.max)) return true;
	if (elements?.length === 0 || !min || !max) return elements?.length === 0;
	const order = compare(min.value, max.value);
	return order > 0 || order === 0 && (min.open || max.open);
}

// src/postgres/seed/checks/solve.ts
/** Steps after which the search ends: conditions that people write need a few dozen. */
const patience$5 = 2e3;
/**
* The ways to meet all conditions at once, depth first: alternatives that contradict what is already chosen are left
* out. Alternatives with fewer NULLs come first.
*/
function* solutions(formulas) {
	yield* search(formulas, {
		limits: /* @__PURE__ */ new Map(),
		relations: []
	}, { steps: patience$5 });
}
function* search(goals, at, budget) {
	budget.steps -= 1;
	if (budget.steps < 0) return;
	const goal = goals.find((each) => !("any" in each)) ?? goals[0];
	if (!goal) return yield at;
	const rest = goals.filter((each) => each !== goal);
	if ("all" in goal) yield* search([...goal.all, ...rest], at, budget);
	else if ("any" in goal) for (const each of byNulls(goal.any)) yield* search([each, ...rest], at, budget);
	else {
		const next = "left" in goal ? {
			...at,
			relations: [...at.relations, goal]
		} : narrowed(at, goal.column, goal.limits);
		if (next) yield* search(rest, next, budget);
	}
}
function narrowed(at, column, limits) {
	const present = at.limits.get(column);
	const combined = present ? combine(present, limits) : limits;
	return combined && {
		...at,
		limits: new Map(at.limits).set(column, combined)
	};
}
function byNulls(alternatives) {
	return alternatives.toSorted((a, b) => nullsOf(a) - nullsOf(b));
}
/** The first ways, without those that need more NULLs than another: `x IS NULL OR x > 0` is met by a value. */
function fullest(formulas, count) {
	const found = solutions(formulas).take(4 * count).map((solution) => ({
		solution,
		nulls: nullsIn(solution)
	})).toArray();
	return found.filter(({ nulls }) => !found.some((other) => other.nulls.size < nulls.size && other.nulls.isSubsetOf(nulls))).slice(0, count).map(({ solution }) => solution);
}
function nullsIn({ limits }) {
	return new Set([...limits].filter(([, each]) => each.null).map(([column]) => column));
}
/** How many columns a condition wants to be NULL, on its cheapest way. */
function nullsOf(formula) {
	if ("all" in formula) return formula.all.reduce((sum, each) => sum + nullsOf(each), 0);
	if ("any" in formula) return Math.min(...formula.any.map(nullsOf));
	return "limits" in formula && formula.limits.null ? 1 : 0;
}

// src/postgres/seed/conditions.ts
async function conditionsOf(catalog, targets) {
	const domains = [...catalog.types.values()].flatMap(({ checks }) => checks);
	const expressions = targets.flatMap(({ checks, predicates }) => [...checks, ...predicates]);
	const read = await readerOf([...domains, ...expressions]);
	const types = typesOf(catalog, read);
	return {
		types,
		read,
		of: (target) => [...target.checks.map((each) => read(each, true)), ...target.columns.flatMap((each) => ofColumn(each, types, read))],
		known: (target, column) => knownOf(target, column, read)
	};
}
function typesOf(catalog, read) {
	const limits = /* @__PURE__ */ new Map();
	const first = (type) => {
		const formulas = domainChecks(type, (oid) => catalog.types.get(oid)).map((each) => read(each, true));
		const [solution] = solutions(formulas);
		return solution?.limits.get("value") ?? {};
	};
	return {
		get: (oid) => catalog.types.get(oid),
		limitsOf(type) {
			const found = limits.get(type) ?? first(type);
			limits.set(type, found);
			return found;
		}
	};
}
/** NOT NULL, and the checks of a column's domain with the column's name for VALUE. */
function ofColumn(column, types, read) {
	const type = types.get(column.type);
	const checks = type?.kind === "d" ? domainChecks(type, types.get) : [];
	return [...column.required ? [{
		column: column.name,
		limits: { null: false }
	}] : [], ...checks.map((each) => renamed(read(each, true), column.name))];
}
/** Its own checks and those of the domains below it. */
function domainChecks(type, get) {
	const base = get(type.base);
	return [...type.checks, ...base?.kind === "d" ? domainChecks(base, get) : []];
}
function renamed(formula, name) {
	if ("all" in formula) return { all: formula.all.map((each) => renamed(each, name)) };
	if ("any" in formula) return { any: formula.any.map((each) => renamed(each, name)) };
	return "limits" in formula && formula.column === "value" ? {
		...formula,
		column: name
	} : formula;
}
function knownOf(target, { name, default: standard }, read) {
	const [, text, word] = /^(?:'((?:[^']|'')+)'::.*|(true|false))$/s.exec(standard ?? "") ?? [];
	const usual = text?.replaceAll("''", "'") ?? word;
	const compared = target.predicates.flatMap((each) => valuesIn(read(each, true), name));
	return [.../* @__PURE__ */ new Set([...usual === void 0 ? [] : [usual], ...compared])];
}
/** The values that a condition allows a column. */
function valuesIn(formula, column) {
	if ("all" in formula) return formula.all.flatMap((each) => valuesIn(each, column));
	if ("any" in formula) return formula.any.flatMap((each) => valuesIn(each, column));
	return "limits" in formula && formula.column === column ? formula.limits.oneOf ?? [] : [];
}

// src/postgres/seed/closing.ts
/**
* Foreign keys that stayed NULL while what they refer to was not there yet: one UPDATE for each row. In a reference of
* a table to itself the first row stays a root, and the others are below it.
*/
function closingsOf({ target, later }, keys, count) {
	return later.filter(({ optional }) => optional.length > 0).flatMap((reference) => {
		const itself = target.lineage.includes(reference.to.oid);
		const choices = keys.of(reference);
		return Array.from({ length: itself ? count - 1 : count }, (_, index) => choices[itself ? 0 : index % choices.length]).filter((key) => key !== void 0).map((key) => closing(target, reference, key, itself));
	});
}
function closing({ only }, { columns, keys, optional }, key, itself) {
	const pairs = columns.map((column, at) => ({
		column,
		text: `${quote(column)} = ${literal$1(key[at] ?? "")}`
	}));
	const set = pairs.filter(({ column }) => optional.includes(column)).map(({ text }) => text);
	const fixed = pairs.filter(({ column }) => !optional.includes(column)).map(({ text }) => text);
	const open = optional.map((each) => `${quote(each)} IS NULL`);
	const other = itself ? [`(${keys.map(quote).join(", ")}) <> (${key.map(literal$1).join(", ")})`] : [];
	const row = `SELECT ctid FROM ${only} WHERE ${[
		...open,
		...fixed,
		...other
	].join(" AND ")} LIMIT 1`;
	return `UPDATE ${only} SET ${set.join(", ")} WHERE ctid = (${row})`;
}

// src/postgres/seed/insertion.ts
/** One INSERT of all rows. Values are untyped literals, to which PostgreSQL gives their columns' types. */
function insertionOf({ into, columns }, rows, overriding = false) {
	const named = columns.filter(({ name }) => rows.some((row) => row.has(name)));
	const listed = named.length > 0 ? named : columns.slice(0, 1);
	if (listed.length === 0) return `INSERT INTO ${into} DEFAULT VALUES`;
	const tuples = rows.map((row) => `(${listed.map(({ name }) => written$1(row.get(name))).join(", ")})`);
	return `INSERT INTO ${into} (${listed.map(({ name }) => quote(name)).join(", ")})${overriding ? " OVERRIDING SYSTEM VALUE" : ""} VALUES ${tuples.join(", ")}`;
}
function written$1(value) {
	if (value === void 0) return "DEFAULT";
	return value === null ? "NULL" : literal$1(value);
}

// src/postgres/seed/words.ts
/** The words of a name in snake or camel case, in lower case. */
function wordsOf$1(name) {
	return name.split(/[^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u).filter(Boolean).map((each) => each.toLowerCase());
}
/** Whether a column seems to tell rows apart, its own or another table's: `id`, `ownerId`, `created_by`. */
function isKeyLike(name) {
	return [
		"id",
		"uid",
		"uuid",
		"guid",
		"by"
	].includes(wordsOf$1(name).at(-1) ?? "");
}
/** A table's name as columns elsewhere say it: `order item` for `order_items`. */
function singular(words) {
	return words.join(" ").replace(/ies$/, "y").replace(/(?<=(?<![ao])us|ss|x|ch|sh)es$/, "").replace(/(?<!s|u|i)s$/, "");
}

// src/postgres/seed/ranks.ts
/** Orders columns by what conditions say of them, and else by what their names and places suggest. */
function ranksOf({ columns, references }, relations) {
	const numbers = columns.map(({ name }) => [name, isUpper(name) ? 1 : 0]);
	const steps = new Map([...numbers, ...turnsOf$1(references)]);
	const chronological = columns.toSorted((a, b) => stageOf(a.name) - stageOf(b.name));
	const moments = new Map(chronological.map(({ name }, index) => [name, index]));
	return {
		steps: settled$1(steps, relations),
		moments: settled$1(moments, relations)
	};
}
/**
* Where all references lead to one table they take turns, so that nobody follows himself. Elsewhere they keep step:
* the user and the author of one tenant's row belong to that tenant.
*/
function turnsOf$1(references) {
	if (new Set(references.map(({ to }) => to)).size > 1) return [];
	return references.flatMap(({ columns }, turn) => columns.map((each) => [each, turn]));
}
function settled$1(ranks, relations) {
	for (const _ of relations) for (const { left, order, right } of relations) {
		const [low, high] = [ranks.get(left) ?? 0, ranks.get(right) ?? 0];
		const least = order === "<" || order === "<>" ? low + 1 : low;
		if (order === "<>" ? low === high : high < least) ranks.set(right, least);
		if (order === "=") ranks.set(left, ranks.get(right) ?? 0);
	}
	return ranks;
}
/** The greater of two numbers, by its name: `max_size`, `range_end`. */
function isUpper(name) {
	const words = wordsOf$1(name);
	return !isKeyLike(name) && [words[0], words.at(-1)].some((each) => /^(max|maximum|upper|high|end)$/.test(each ?? ""));
}
function stageOf(name) {
	const words = wordsOf$1(name);
	if (words.some((each) => late.test(each))) return 2;
	return words.some((each) => early.test(each)) ? 0 : 1;
}
const early = /^(created|starts?|started|begins?|began|from|since|opens?|opened|issued|min|low|lower|first|birth|born)$/;
const late = /^(ends?|ended|until|till|expires?|expired|expiry|expiration|finish|finished|completed|closes?|closed|updated|modified|deleted|removed|last|max|high|upper|due)$/;

// src/postgres/seed/recipe.ts
/** The usual way to make rows for a table: everything filled, conditions met as far as they are understood. */
function recipeOf({ target, later }, conditions, keys, options) {
	const absent = target.references.filter((each) => each.optional.length > 0 && (later.includes(each) || keys.of(each).length === 0));
	const nulls = absent.flatMap(({ optional }) => optional.map((column) => ({
		column,
		limits: { null: true }
	})));
	const own = conditions.of(target);
	const more = options.more ?? [];
	return {
		target,
		conditions,
		keys,
		later: absent,
		ways: ([
			[
				...own,
				...more,
				...nulls
			],
			[...own, ...nulls],
			own
		].map((each) => fullest(each, options.ways)).find((each) => each.length > 0) ?? [nothing$1]).map(({ limits, relations }) => ({
			limits,
			ranks: ranksOf(target, relations)
		})),
		first: 1,
		style: "filled"
	};
}
const nothing$1 = {
	limits: /* @__PURE__ */ new Map(),
	relations: []
};

// src/postgres/seed/samples/bits.ts
/** Bit strings and byte strings, whose length is limited. Undefined for other types. */
function bitsOf(type, modifier, { n, limits: { length } }) {
	switch (type) {
		case "bit": return n.toString(2).padStart(modifier, "0").slice(-modifier);
		case "varbit": return n.toString(2).slice(modifier > 0 ? -modifier : 0);
		case "bytea": {
			const size = Math.min(Math.max(length?.min ?? 1, 1), length?.max ?? 1e6);
			return `\\x${n.toString(16).padStart(2 * size, "0").slice(-2 * size)}`;
		}
		default: return;
	}
}

// src/postgres/seed/samples/documents.ts
/** A JSON document of the kind that checks ask for; else the column's default, or an object. */
function documentOf({ n, limits, known = [] }) {
	const { json, items } = limits;
	const [usual] = known;
	if (usual !== void 0 && !json && !items) return usual;
	switch (json?.kind ?? (items ? "array" : "object")) {
		case "array": return JSON.stringify(Array.from({ length: Math.min(Math.max(items?.min ?? 1, 1), items?.max ?? 1) }, () => ({ n })));
		case "string": return JSON.stringify(String(n));
		case "number": return String(n);
		case "boolean": return n % 2 === 1 ? "true" : "false";
		case "null": return "null";
		default: return JSON.stringify({
			n,
			...valuesOf(json?.keys ?? {}, n)
		});
	}
}
function valuesOf(keys, n) {
	return Object.fromEntries(Object.entries(keys).map(([key, text]) => [key, text === void 0 ? String(n) : parsed$3(text)]));
}
/** A text that may itself be JSON: `->> 'x' = '1'` is met by the number too, `-> 'x' = '"a"'` only by the text a. */
function parsed$3(text) {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

// src/postgres/seed/samples/forms.ts
const hex = (n) => (n % 256).toString(16).padStart(2, "0");
const vector = (n, size) => `[${Array.from({ length: size > 0 ? size : 3 }, (_, at) => at % 7 + n).join(",")}]`;
/** Base types whose text form is told by a pattern alone, those of extensions included (by name, as they live in any schema). */
const forms = {
	uuid: (n) => `00000000-0000-0000-0000-${String(n).padStart(12, "0")}`,
	xml: (n) => `<n>${n}</n>`,
	jsonpath: (n) => `$."n${n}"`,
	inet: (n) => `192.0.${Math.floor(n / 250) % 250}.${n % 250 + 1}`,
	cidr: (n) => `10.${Math.floor(n / 250) % 250}.${n % 250}.0/24`,
	macaddr: (n) => `08:00:2b:01:${hex(n >> 8)}:${hex(n)}`,
	macaddr8: (n) => `08:00:2b:01:02:03:${hex(n >> 8)}:${hex(n)}`,
	tsvector: (n) => `'n${n}'`,
	tsquery: (n) => `'n${n}'`,
	point: (n) => `(${n * 10},${n})`,
	line: (n) => `{1,-1,${n}}`,
	lseg: (n) => `[(${n * 10},0),(${n * 10 + 1},1)]`,
	box: (n) => `(${n * 10 + 1},1),(${n * 10},0)`,
	path: (n) => `((${n * 10},0),(${n * 10 + 1},1),(${n * 10},1))`,
	polygon: (n) => `((${n * 10},0),(${n * 10 + 1},1),(${n * 10},1))`,
	circle: (n) => `<(${n * 10},0),1>`,
	pg_lsn: (n) => `0/${n.toString(16).toUpperCase()}`,
	txid_snapshot: (n) => `${n}:${n}:`,
	pg_snapshot: (n) => `${n}:${n}:`,
	xid: String,
	xid8: String,
	cid: String,
	tid: (n) => `(0,${n})`,
	char: (n) => "abcdefghijklmnopqrstuvwxyz"[(n - 1) % 26],
	refcursor: (n) => `cursor${n}`,
	int2vector: (n) => `${n} ${n + 1}`,
	oidvector: (n) => `${n} ${n + 1}`,
	aclitem: () => "=r/pg_monitor",
	regclass: (n) => [
		"pg_catalog.pg_class",
		"pg_catalog.pg_type",
		"pg_catalog.pg_proc"
	][n % 3],
	regtype: (n) => [
		"integer",
		"text",
		"boolean"
	][n % 3],
	regproc: () => "pg_catalog.pg_backend_pid",
	regprocedure: () => "pg_catalog.pg_backend_pid()",
	regoper: () => "pg_catalog.||/",
	regoperator: () => "pg_catalog.+(integer,integer)",
	regrole: () => "pg_monitor",
	regnamespace: () => "pg_catalog",
	regconfig: () => "pg_catalog.simple",
	regdictionary: () => "pg_catalog.simple",
	regcollation: () => "pg_catalog.\"C\"",
	hstore: (n) => `"n"=>"${n}"`,
	ltree: (n) => `top.n${n}`,
	lquery: (n) => `top.n${n}`,
	ltxtquery: (n) => `n${n}`,
	cube: (n) => `(${n * 10}, 1)`,
	seg: String,
	earth: (n) => `(${n}, 1, 1)`,
	semver: (n) => `1.${n}.0`,
	vector,
	halfvec: vector,
	sparsevec: (n, size) => `{1:${n}}/${size > 0 ? size : 3}`,
	geometry: (n, modifier) => geometry(n, modifier, 0),
	geography: (n, modifier) => geometry(n, modifier, 4326)
};
/** PostGIS packs reference system, kind and dimensions into the type's modifier (liblwgeom.h, `TYPMOD_GET_*`). */
function geometry(n, modifier, otherwise) {
	const bits = Math.max(modifier, 0);
	const srid = (bits & 268435200) >> 8 || otherwise;
	const extra = " 0".repeat((bits >> 1 & 1) + (bits & 1));
	const at = (x, y) => `${n + x} ${n + y}${extra}`;
	const ring = `((${[
		at(0, 0),
		at(1, 0),
		at(1, 1),
		at(0, 0)
	].join(",")}))`;
	const shapes = {
		2: `LINESTRING(${at(0, 0)},${at(1, 1)})`,
		3: `POLYGON${ring}`,
		4: `MULTIPOINT(${at(0, 0)})`,
		5: `MULTILINESTRING((${at(0, 0)},${at(1, 1)}))`,
		6: `MULTIPOLYGON(${ring})`,
		7: `GEOMETRYCOLLECTION(POINT(${at(0, 0)}))`
	};
	return `${srid ? `SRID=${srid};` : ""}${shapes[(bits & 252) >> 2] ?? `POINT(${at(0, 0)})`}`;
}

// src/postgres/seed/samples/numbers.ts
/** The greatest number of each type, as far as JavaScript counts. */
const greatest = {
	int2: 32767,
	int4: 2147483647,
	int8: Number.MAX_SAFE_INTEGER,
	oid: 4294967295,
	float4: 1e6,
	float8: 0x38d7ea4c68000,
	money: 0xe8d4a51000,
	numeric: 0x38d7ea4c68000
};
/** A number: small, positive and whole where nothing else is asked for. Undefined for types that are no numbers. */
function numberOf$1(type, modifier, { n, limits: { min, max } }) {
	const most = type === "numeric" && modifier >= 0 ? greatestDecimal(modifier) : greatest[type];
	if (most === void 0) return void 0;
	const low = numeric(min, most < 1 ? 0 : -most);
	const high = Math.min(numeric(max, most), most);
	const whole = within(n, step$1(min, low, 1), step$1(max, high, -1));
	if (Number.isInteger(whole) && whole <= high && whole >= low) return String(whole);
	return (low + (high - low) * n / (n + 2)).toFixed(6).replace(/\.?0+$/, "");
}
/** A constant as a number; what is none (a text, `Infinity`) does not bound. */
function numeric(bound, otherwise) {
	const value = Number(bound?.value ?? NaN);
	return Number.isFinite(value) ? value : otherwise;
}
/** The nearest whole number inside a bound. */
function step$1(bound, value, direction) {
	const nearest = direction === 1 ? Math.ceil(value) : Math.floor(value);
	return bound?.open && nearest === value ? nearest + direction : nearest;
}
function within(wanted, low, high) {
	if (wanted >= low && wanted <= high) return wanted;
	if (wanted < low) return low + wanted <= high ? low + wanted : low + wanted % (high - low + 1 || 1);
	const floor = low > 0 || high < 1 ? Math.max(low, high - 1e3) : 1;
	return floor + (wanted - 1) % (high - floor + 1);
}
/** `numeric(precision, scale)`; from PostgreSQL 15 on the scale may be negative (catalog: `atttypmod`). */
function greatestDecimal(modifier) {
	const precision = modifier - 4 >> 16 & 65535;
	const scale = (modifier - 4 & 2047 ^ 1024) - 1024;
	return 10 ** Math.min(precision - scale, 15) - 10 ** -Math.min(scale, precision);
}

// src/postgres/seed/samples/matching.ts
/** Characters that stand for `.` and for "any but these", the plainest first. */
const plain$1 = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. /:@#+,;!$%&*()=?";
/**
* Texts that match a regular expression, shorter ones first; another `seed` gives others. None for what is too hard to
* read: look-around, back references.
*/
function* matching(pattern, seed) {
	const expression = expressionOf(pattern);
	if (!expression) return;
	const seen = /* @__PURE__ */ new Set();
	for (const stretch of [
		0,
		1,
		2,
		3,
		5,
		8,
		12,
		16,
		24,
		32,
		40,
		64
	]) {
		const text = new Reader(pattern.source, seed, stretch).read();
		if (text === void 0 || seen.has(text) || !expression.test(text)) continue;
		seen.add(text);
		yield text;
	}
}
/** Walks along a pattern and writes down one text that it describes. */
var Reader = class {
	#source;
	#seed;
	#stretch;
	#at = 0;
	constructor(source, seed, stretch) {
		this.#source = source;
		this.#seed = seed;
		this.#stretch = stretch;
	}
	read() {
		try {
			const text = this.#alternatives();
			return this.#at === this.#source.length ? text : void 0;
		} catch (error) {
			if (error instanceof TooHard) return void 0;
			throw error;
		}
	}
	#alternatives() {
		const options = [this.#sequence()];
		while (this.#take("|")) options.push(this.#sequence());
		return options[(this.#seed - 1) % options.length];
	}
	#sequence() {
		let text = "";
		while (this.#at < this.#source.length && this.#peek() !== "|" && this.#peek() !== ")") text += this.#repeated();
		return text;
	}
	#repeated() {
		const piece = this.#atom();
		const [least, most] = this.#quantifier();
		return piece.repeat(Math.min(most, Math.max(least, this.#stretch), least + this.#stretch));
	}
	#quantifier() {
		const [found, symbol, least, comma, most] = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at)) ?? [];
		if (found === void 0) return [1, 1];
		this.#at += found.length;
		if (symbol) return [symbol === "+" ? 1 : 0, symbol === "?" ? 1 : 1e3];
		const low = Number(least);
		return [low, comma ? Number(most || 1e3) : low];
	}
	#atom() {
		const token = this.#next();
		if (token === "^" || token === "$") return "";
		if (token === ".") return this.#choose(plain$1);
		if (token === "[") return this.#choose(this.#bracket());
		if (token === "\\") return this.#escape();
		return token === "(" ? this.#group() : token;
	}
	#group() {
		if (this.#take("?") && !this.#take(":")) throw new TooHard();
		const text = this.#alternatives();
		if (!this.#take(")")) throw new TooHard();
		return text;
	}
	#escape() {
		const letter = this.#next();
		if (letter === "b") return "";
		const set = sets[letter];
		if (set) return this.#choose(set);
		if (/[0-9a-zA-Z]/.test(letter)) return this.#control(letter);
		return letter;
	}
	#control(letter) {
		const control = {
			n: "\n",
			t: "	",
			r: "\r"
		}[letter];
		if (control === void 0) throw new TooHard();
		return control;
	}
	/** The characters that a bracket expression allows. */
	#bracket() {
		const negated = this.#take("^");
		let members = "";
		for (let first = true; first || this.#peek() !== "]"; first = false) members += this.#members();
		this.#next();
		return negated ? [...plain$1].filter((each) => !members.includes(each)).join("") : members;
	}
	#members() {
		const low = this.#member();
		if (low.length > 1 || this.#peek() !== "-" || this.#source[this.#at + 1] === "]") return low;
		this.#next();
		const [from, to] = [low.codePointAt(0) ?? 0, this.#member().codePointAt(0) ?? 0];
		return Array.from({ length: Math.min(Math.max(to - from + 1, 0), 200) }, (_, index) => String.fromCodePoint(from + index)).join("");
	}
	#member() {
		const letter = this.#next();
		if (letter !== "\\") return letter;
		const escaped = this.#next();
		return sets[escaped] ?? {
			n: "\n",
			t: "	",
			r: "\r"
		}[escaped] ?? escaped;
	}
	#choose(characters) {
		if (characters === "") throw new TooHard();
		return characters[(this.#seed - 1) % characters.length];
	}
	#peek() {
		return this.#source[this.#at] ?? "";
	}
	#next() {
		const letter = this.#peek();
		if (letter === "") throw new TooHard();
		this.#at += 1;
		return letter;
	}
	#take(letter) {
		if (this.#peek() !== letter) return false;
		this.#at += 1;
		return true;
	}
};
var TooHard = class extends Error {};
const sets = {
	d: "123456789",
	w: "abcdefghijklmnopqrstuvwxyz0123456789_",
	s: " ",
	D: plain$1.replace(/\d/g, ""),
	W: plain$1.replace(/\w/g, ""),
	S: plain$1.replace(/\s/g, "")
};

// src/postgres/seed/samples/texts.ts
/** Longest text that is made where a check asks for a long one. */
const longest$1 = 1e4;
/** A text of at most `room` characters; undefined where no text is found that the limits allow. */
function textOf$3(room, wish) {
	const length = {
		min: wish.limits.length?.min ?? 0,
		max: Math.min(wish.limits.length?.max ?? room, room)
	};
	for (const candidate of candidates(wish, length, room)) {
		const value = cased(candidate, wish.limits);
		const { length: size } = [...value];
		if (size >= length.min && size <= length.max && fits(value, wish.limits)) return value;
	}
}
/**
* What a text may be, the best first: what its pattern says, what the schema names for this column, what its name
* tells, and else digits, which outlive most casts that a pending migration may try.
*/
function* candidates({ n, limits, of, known = [] }, length, room) {
	const pattern = limits.patterns?.find((each) => each.matches);
	if (pattern) for (const seed of [n, n + 1]) yield* matching(pattern, seed);
	for (const index of known.keys()) yield known[(n - 1 + index) % known.length];
	for (const [words, make] of meanings) if (words.test(of?.column ?? "")) yield make(n);
	if (isIdentifier(of, room)) yield String(n).padStart(32, "0");
	for (let number = n; number < n + 4; number += 1) {
		yield `${of ? prefixOf(of) : ""}${number}`.padStart(Math.min(length.min, longest$1), "0");
		yield number.toString(36).padStart(Math.max(1, length.min), "0").slice(-Math.max(1, length.max));
	}
	const { min, max } = limits;
	if (min) yield min.open || n > 1 ? `${min.value}${n}` : min.value;
	if (max && max.value > " ") yield String.fromCodePoint(Math.max(33, (max.value.codePointAt(0) ?? 34) - 1)) + String(n);
}
/** Texts that hold a key are the same in all tables; 32 digits can be read as a UUID and as a number. */
function isIdentifier(of, room) {
	return of !== void 0 && (isKeyLike(of.column) || room === 36 || /uuid/i.test(of.default ?? ""));
}
/** Three digits that other columns hardly share: a pending migration may gather several of them under one unique index. */
function prefixOf({ table, column }) {
	return 100 + [...`${table}.${column}`].reduce((hash, each) => (hash * 31 + (each.codePointAt(0) ?? 0)) % 900, 0);
}
function cased(text, { letters, patterns }) {
	if (letters === void 0 || patterns) return text;
	return letters === "lower" ? text.toLowerCase() : text.toUpperCase();
}
/** Texts in the forms that conditions commonly want, for columns about which nothing else is known. */
function commonTexts(n) {
	const words = [
		"a",
		"abc",
		"Abc",
		"ABC",
		"AB",
		"en-US",
		"abc-def",
		"abc_def",
		"a/b",
		"/a",
		"a.b",
		"example.com"
	];
	const forms = [
		`v1.${n}.0`,
		`2024-01-0${n % 9 + 1}`,
		"12:00",
		"{}",
		"[]",
		`{"n": ${n}}`,
		"#aabbcc",
		"+15551234567",
		`00000000-0000-4000-8000-00000000000${n % 10}`
	];
	return [
		...meanings.map(([, make]) => make(n)),
		...forms,
		...words,
		"f".repeat(32),
		"f".repeat(40),
		"f".repeat(64)
	];
}
const meanings = [
	[/e?mail(_?addr(ess)?)?$/i, (n) => `user${n}@example.com`],
	[/(^|_)(ur[il]|link|website|href)$|Ur[il]$/, (n) => `https://example.com/${n}`],
	[/(phone|mobile|fax)(_?(number|no))?$/i, (n) => `+1555000${n}`],
	[/(^|_)(json|jsonb|payload|metadata)$/i, (n) => `{"n": ${n}}`],
	[/(_at|_on|_date|_time|timestamp)$|^date$|[a-z]At$/, (n) => `2024-01-${String(n % 28 + 1).padStart(2, "0")} 12:00:00`],
	[/(^|_)(ip|ip_?addr(ess)?)$/i, (n) => `192.0.2.${n % 250}`],
	[/(^|_)(version|semver)$/i, (n) => `1.${n}.0`],
	[/(^|_)(time_?zone|tz)$|[a-z]TimeZone$/, () => "UTC"],
	[/^(is|has)_/, (n) => n % 2 === 1 ? "true" : "false"]
];

// src/postgres/seed/samples/times.ts
const day = 864e5;
const start = Date.UTC(2024, 0, 1);
/** A date, time of day or moment; the same every day this runs. Undefined for other types. */
function timeOf(type, wish) {
	switch (type) {
		case "date": return momentOf(wish, day).slice(0, 10);
		case "timestamp": return momentOf(wish, 6e4).replace("T", " ").slice(0, 19);
		case "timestamptz": return `${momentOf(wish, 6e4).replace("T", " ").slice(0, 19)}+00`;
		case "time": return clock(wish);
		case "timetz": return `${clock(wish)}+00`;
		case "interval": return interval(wish);
		default: return;
	}
}
/** An ISO time. Rows lie weeks apart, columns of a row one `unit`: so ranges that begin and end in one row do not overlap. */
function momentOf({ row, moment, limits: { min, max } }, unit) {
	const [low, high] = [parsed$2(min), parsed$2(max)];
	let at = start + (row - 1) * 40 * day + moment * unit;
	if (low !== void 0 && at < low) at = Math.ceil(low / day) * day + (row - 1) * 40 * day + (moment + (min?.open ? 1 : 0)) * unit;
	if (high !== void 0 && at >= high) at = squeezed(row + moment, low, high, unit);
	return new Date(at).toISOString();
}
/** Near the lower bound, else as near below the upper one as rows and columns allow. */
function squeezed(wanted, low, high, unit) {
	if (low === void 0) return high - 400 * day + wanted * unit;
	const room = Math.max(1, Math.floor((high - low) / unit) - 1);
	return low + (1 + (wanted - 1) % room) * unit >= high ? low : low + (1 + (wanted - 1) % room) * unit;
}
/** A bound of PostgreSQL's ISO form as milliseconds. Infinity and years before Christ do not bound. */
function parsed$2(bound) {
	const [, date, time = "00:00:00", zone = "+00"] = /^(\d{4,}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\d*)?([+-]\d\d(?::?\d\d)?)?$/.exec(bound?.value ?? "") ?? [];
	const offset = zone.length === 3 ? `${zone}:00` : zone;
	const at = date ? Date.parse(`${date}T${time}${offset}`) : NaN;
	return Number.isNaN(at) ? void 0 : at;
}
function clock({ row, moment }) {
	return `${two(8 + row % 12)}:${two(moment % 60)}:00`;
}
function interval({ n, limits: { min } }) {
	return min && /^\d+ (year|mon)/.test(min.value) ? `${Number.parseInt(min.value, 10) + n} years` : `${n} days`;
}
function two(number) {
	return String(number).padStart(2, "0");
}

// src/postgres/seed/samples/wish.ts
/** A wish for a part of a value. */
function partOf({ n, row, moment }, limits = {}) {
	return {
		n,
		row,
		moment,
		limits
	};
}

// src/postgres/seed/samples/sample.ts
/** A value of a type, as the wish has it. */
function sample$1(oid, modifier, wish, types) {
	const { limits, n } = wish;
	if (limits.null) return null;
	const type = types.get(oid);
	if (!type) return void 0;
	if (limits.oneOf) return oneOf(limits.oneOf, wish);
	for (let next = n; next < n + 8; next += 1) {
		const value = made$1(type, modifier, {
			...wish,
			n: next
		}, types);
		if (value === void 0 || value === null || !limits.noneOf?.includes(value)) return value;
	}
}
function made$1(type, modifier, wish, types) {
	switch (type.kind) {
		case "d": return sample$1(type.base, type.modifier, domainWish(type, wish, types), types);
		case "e": return oneOf(type.labels.filter((each) => !wish.limits.noneOf?.includes(each)), wish);
		case "c": return rowOf$1(type, wish, types);
		case "r": return rangeOf(type, wish, types);
		case "m": {
			const range = sample$1(type.subtype, -1, partOf(wish), types);
			return typeof range === "string" ? `{${range}}` : void 0;
		}
		default: return type.element ? arrayOf(type, modifier, wish, types) : base(type, modifier, wish);
	}
}
function domainWish(domain, wish, types) {
	return Object.keys(wish.limits).some((key) => key !== "null") ? wish : {
		...wish,
		limits: types.limitsOf(domain)
	};
}
/** One of a few values: those that the schema names, where it names some; else one after the other. */
function oneOf(values, { n, known = [] }) {
	const named = known.filter((each) => values.includes(each));
	const chosen = named.length > 0 ? named : values;
	return chosen[(n - 1) % chosen.length];
}
/** A base type. Those of PostgreSQL go before those of extensions that share their name. */
function base({ name }, modifier, wish) {
	if (name === "json" || name === "jsonb") return documentOf(wish);
	if (name === "bool") return oneOf(["true", "false"], wish);
	const room = rooms[name]?.(modifier);
	if (room !== void 0) return textOf$3(room, wish);
	return numberOf$1(name, modifier, wish) ?? timeOf(name, wish) ?? bitsOf(name, modifier, wish) ?? forms[name]?.(wish.n, modifier);
}
const unlimited = 1e6;
const declared = (modifier) => modifier > 4 ? modifier - 4 : unlimited;
/** Characters that the text types hold. */
const rooms = {
	text: () => unlimited,
	citext: () => unlimited,
	varchar: declared,
	bpchar: declared,
	name: () => 63
};
function arrayOf(type, modifier, wish, types) {
	const { items, elements } = wish.limits;
	const limits = elements ? { oneOf: elements } : {};
	const size = Math.min(Math.max(items?.min ?? 1, 1), items?.max ?? 1);
	const values = Array.from({ length: size }, (_, index) => sample$1(type.element, modifier, {
		...partOf(wish, limits),
		n: wish.n + index
	}, types));
	if (values.includes(void 0)) return void 0;
	const separator = types.get(type.element)?.name === "box" ? ";" : ",";
	return `{${values.map((each) => quoted(each ?? null, "NULL")).join(separator)}}`;
}
function rowOf$1(type, wish, types) {
	return `(${type.attributes.map((each) => sample$1(each.type, each.modifier, partOf(wish), types)).map((each) => quoted(each ?? null, "")).join(",")})`;
}
/** A range of its own for each row: none overlaps another. */
function rangeOf(type, wish, types) {
	const end = (at) => sample$1(type.subtype, -1, {
		n: wish.n * 10 + at,
		row: wish.row,
		moment: at,
		limits: {}
	}, types);
	const [low, high] = [end(0), end(5)];
	if (typeof low !== "string" || typeof high !== "string") return void 0;
	return `[${quoted(low, "")},${quoted(high, "")})`;
}
/** A part of an array, row or range (documentation, chapters 8.15.6, 8.16.6, 8.17.5). */
function quoted(value, missing) {
	return value === null ? missing : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

// src/postgres/seed/rows.ts
/** Why no row can be made. */
var NoRow = class extends Error {};
/** Makes up to `count` rows that differ in what is unique: fewer where there are not so many. Throws `NoRow` where there is none. */
function rowsOf$1(recipe, count) {
	const rows = [];
	const seen = recipe.target.uniques.map(() => /* @__PURE__ */ new Set());
	for (let index = 0; index < count; index += 1) {
		const row = distinctRow(recipe, index, seen);
		if (!row) break;
		for (const [at, columns] of recipe.target.uniques.entries()) {
			const id = identityOf$1(row, columns);
			if (id !== void 0) seen[at]?.add(id);
		}
		rows.push(row);
	}
	return rows;
}
/** Values tried for a column of a unique set, and turns of all of them together. */
const choices = 4;
const turns = 64;
function distinctRow(recipe, index, seen) {
	const { uniques } = recipe.target;
	let colliding = [];
	for (let turn = 0; turn < turns; turn += 1) {
		const row = rowOf(recipe, index, offsetsOf(colliding, turn));
		const at = uniques.findIndex((columns, each) => seen[each]?.has(identityOf$1(row, columns) ?? ""));
		if (at < 0) return row;
		colliding = uniques[at] ?? [];
	}
}
/** The turn's digits, one for each column. */
function offsetsOf(columns, turn) {
	const digits = columns.length === 1 ? turns : choices;
	return new Map(columns.map((each, index) => [each, Math.floor(turn / digits ** index) % digits]));
}
/** What is unique of a row; undefined where a part of it is NULL, or PostgreSQL's to choose. */
function identityOf$1(row, columns) {
	const values = columns.map((each) => row.get(each));
	return values.every((each) => typeof each === "string") ? JSON.stringify(values) : void 0;
}
function rowOf(recipe, index, offsets) {
	let problem;
	const { ways } = recipe;
	for (const shift of ways.keys()) {
		const way = ways[(index + shift) % ways.length];
		try {
			return rowBy(way, recipe, recipe.first + index, offsets);
		} catch (error) {
			if (!(error instanceof NoRow)) throw error;
			problem ??= error;
		}
	}
	throw problem;
}
function rowBy({ limits, ranks: { steps, moments } }, recipe, n, offsets) {
	const row = new Map(recipe.fixed);
	const { columns, references } = recipe.target;
	for (const reference of references) {
		const offset = Math.max(...reference.columns.map((each) => (offsets.get(each) ?? 0) + (steps.get(each) ?? 0)));
		refer(row, reference, n - 1 + offset, limits, recipe);
	}
	for (const column of columns) {
		const { name } = column;
		if (row.has(name) || column.generated || column.counted) continue;
		const number = n + (offsets.get(name) ?? 0);
		const value = valueFor(column, {
			n: number + (steps.get(name) ?? 0),
			row: number,
			moment: moments.get(name) ?? 0,
			limits: limits.get(name) ?? {}
		}, recipe);
		if (value !== void 0) row.set(name, value);
	}
	return row;
}
/** Sets a reference's columns to a key that agrees with what is set already. */
function refer(row, reference, index, limits, recipe) {
	const { columns, optional, presumed } = reference;
	const wanted = columns.map((each) => limits.get(each) ?? {});
	const absent = recipe.later.includes(reference) || wanted.some((each) => each.null) || columns.some((each) => row.get(each) === null);
	const least = recipe.style.startsWith("least") && !wanted.some((each) => each.null === false);
	if ((absent || least) && optional.length > 0) return empty$1(row, optional);
	if (presumed && (absent || least || wanted.some(asks))) return;
	const fitting = recipe.keys.of(reference).filter((key) => agrees(key, columns, wanted, row));
	const key = fitting[index % fitting.length];
	if (key) for (const [at, column] of columns.entries()) row.set(column, key[at]);
	else if (optional.length > 0) empty$1(row, optional);
	else if (!presumed && columns.some((each) => !row.has(each))) throw new NoRow(`${reference.to.schema}.${reference.to.name}, to which it must refer, has no rows that fit`);
}
/** Whether a condition asks more of a column than to be NULL, or not to be. */
function asks(limits) {
	return Object.keys(limits).some((key) => key !== "null");
}
function empty$1(row, columns) {
	for (const column of columns) if (!row.has(column)) row.set(column, null);
}
function agrees(key, columns, wanted, row) {
	return columns.every((column, at) => {
		const [value, limits] = [key[at], wanted[at] ?? {}];
		if (row.has(column) && row.get(column) !== value) return false;
		return (limits.oneOf?.includes(value) ?? true) && fits(value, limits);
	});
}
/** The column's value; undefined to leave it to its default. */
function valueFor(column, wish, { target, conditions, style }) {
	const { limits } = wish;
	if (style.includes("defaults") && column.default !== null && !asks(limits)) return void 0;
	if (style.startsWith("least") && !column.required && limits.null !== false) return null;
	const known = target.uniques.some((each) => each.includes(column.name)) ? [] : conditions.known(target, column);
	const of = {
		table: target.name,
		column: column.name,
		default: column.default
	};
	const value = sample$1(column.type, column.modifier, {
		...wish,
		of,
		known
	}, conditions.types);
	if (value !== void 0) return value;
	if (column.default !== null) return void 0;
	if (!column.required && limits.null !== false) return null;
	const { schema, name } = conditions.types.get(column.type) ?? {
		schema: "",
		name: "unknown"
	};
	throw new NoRow(`no value is known for ${column.name} of type ${schema}.${name}`);
}

// src/postgres/seed/send.ts
/** Statements of one message: enough to save round trips, few enough to end within the limit. */
const together = 100;
/** Ends with the transaction. Deferred constraints are checked at once, so that an error belongs to its statement. */
const settings = "SET LOCAL statement_timeout = '1s'; SET LOCAL synchronous_commit = off; SET LOCAL standard_conforming_strings = on";
/**
* Runs statements, many to a message, each of which succeeds or fails by itself. A message that fails at one statement
* is rolled back; those before it are sent again, and then those behind it.
*/
async function sendEach(connection, statements) {
	const outcomes = [];
	while (outcomes.length < statements.length) {
		const batch = statements.slice(outcomes.length, outcomes.length + together);
		outcomes.push(...await sendBatch(connection, batch));
	}
	return outcomes;
}
/** The outcomes up to and with the first error. */
async function sendBatch(connection, statements) {
	const sent = await sendAll(connection, statements);
	if (Array.isArray(sent)) return sent;
	const { at, error } = sent;
	if (at === 0) return [error];
	if (at < statements.length) return [...await sendBatch(connection, statements.slice(0, at)), error].slice(0, at + 1);
	if (statements.length === 1) return [error];
	return sendBatch(connection, statements.slice(0, Math.ceil(statements.length / 2)));
}
/** Runs statements in one transaction: all of them, or none and the first that failed; behind the last it was COMMIT. */
async function sendAll(connection, statements, before = "SET CONSTRAINTS ALL IMMEDIATE") {
	const head = [
		"BEGIN",
		settings,
		before
	].join("; ");
	const headTags = head.split(";").length;
	try {
		return (await connection.send([
			head,
			...statements,
			"COMMIT"
		].join(";\n"))).slice(headTags, headTags + statements.length).map(rowsIn);
	} catch (error) {
		if (connection.transaction !== "none") await connection.send("ROLLBACK");
		if (!(error instanceof SqlError)) throw error;
		return {
			at: Math.max(0, error.completed.length - headTags),
			error
		};
	}
}
/** `INSERT 0 3`, `UPDATE 3`. */
function rowsIn(tag) {
	return Number(tag.split(" ").at(-1)) || 0;
}

// src/postgres/seed/cycles.ts
/** How foreign keys may wait until all rows of the cycle are there; the last needs a superuser and keeps triggers from running. */
const ways = ["SET CONSTRAINTS ALL DEFERRED", "SET LOCAL session_replication_role = replica"];
/**
* Fills tables that need each other: NOT NULL foreign keys in a circle, or from a table to itself. All keys are chosen
* beforehand, so that the rows truly refer to each other whatever way lets them in. Returns the rows of each table, or
* why there are none.
*/
async function fillCycle(connection, places, conditions, keys, count) {
	const ordered = patientFirst(places);
	let reason = "";
	for (const rows of /* @__PURE__ */ new Set([count, 1])) {
		const planned = planOf({
			places: ordered,
			conditions,
			keys,
			counted: await countersOf(connection, ordered, rows),
			rows
		});
		if (typeof planned === "string") return planned;
		const statements = ordered.map(({ target }) => insertionOf(target, planned.get(target) ?? [], true));
		for (const way of ways) {
			const sent = await sendAll(connection, statements, way);
			if (Array.isArray(sent)) return new Map(ordered.map((place, index) => [place, sent[index] ?? 0]));
			reason ||= sent.error.message;
		}
	}
	return reason;
}
/** Tables whose foreign keys can wait go before those whose cannot. */
function patientFirst(places) {
	const inside = new Set(places.flatMap(({ target }) => target.lineage));
	const strict = ({ target }) => target.references.filter((each) => inside.has(each.to.oid) && !each.deferrable && each.optional.length === 0).length;
	return places.toSorted((a, b) => strict(a) - strict(b));
}
/** Values of identity columns and sequences, taken from them beforehand. */
async function countersOf(connection, places, count) {
	const counted = /* @__PURE__ */ new Map();
	for (const { target } of places) {
		const rows = Array.from({ length: count }, () => /* @__PURE__ */ new Map());
		for (const { name } of target.columns.filter((each) => each.counted)) {
			const sequence = `pg_get_serial_sequence(${literal$1(target.into)}, ${literal$1(name)})`;
			const values = await connection.query(`SELECT nextval(${sequence})::text AS value FROM generate_series(1, ${count}) WHERE ${sequence} IS NOT NULL`);
			for (const [index, { value }] of values.entries()) rows[index]?.set(name, value);
		}
		counted.set(target, rows);
	}
	return counted;
}
/**
* Rows of all tables. In the first round foreign keys into the circle are left out; later rounds point them to the rows
* of the round before, until every table has settled.
*/
function planOf(circle) {
	const planned = /* @__PURE__ */ new Map();
	try {
		for (let round = 0; round <= circle.places.length; round += 1) for (const place of circle.places) planned.set(place.target, rowsAmong(circle, place, planned));
		return planned;
	} catch (error) {
		if (error instanceof NoRow) return error.message;
		throw error;
	}
}
function rowsAmong({ places, conditions, keys, counted, rows }, place, planned) {
	const holders = ({ to }) => places.filter(({ target }) => target.lineage.includes(to.oid));
	const keysOf = (reference) => keys.has(reference) ? keys.of(reference) : holders(reference).flatMap(({ target }) => (planned.get(target) ?? []).flatMap((row) => keyIn(row, reference)));
	const { references } = place.target;
	const ready = references.filter((each) => holders(each).length === 0 || keysOf(each).length > 0);
	const target = {
		...place.target,
		references: ready
	};
	const recipe = recipeOf({
		...place,
		target
	}, conditions, { of: keysOf }, { ways: rows });
	return Array.from({ length: rows }, (_, index) => {
		const fixed = counted.get(place.target)?.[index] ?? /* @__PURE__ */ new Map();
		return rowsOf$1({
			...recipe,
			first: index + 1,
			fixed
		}, 1)[0] ?? fixed;
	});
}
function keyIn(row, { keys }) {
	const key = keys.map((each) => row.get(each));
	return key.every((each) => typeof each === "string") ? [key] : [];
}

// src/postgres/seed/presumed.ts
/**
* Adds the references that only names tell: `customer_id` where there is a table `customers`, `flow_name` where that is
* unique elsewhere. Their values are taken from there, so that the foreign key which a pending migration may add finds
* what it refers to.
*/
function withPresumed(targets, catalog) {
	const relations = new Map(catalog.relations.map((each) => [each.oid, each]));
	const find = finderIn(targets.filter(({ bound }) => bound === null));
	const presumed = (target, column) => {
		const found = find({
			target,
			column
		}).filter((key) => suits(key, {
			target,
			column
		}, catalog.types));
		const key = found.find((each) => each.target.schema === target.schema) ?? found[0];
		const to = key && relations.get(key.target.oid);
		return key && to ? [referenceTo(to, key.column, column, target)] : [];
	};
	return targets.map((target) => {
		const free = target.columns.filter((each) => !target.references.some(({ columns }) => columns.includes(each.name)));
		return {
			...target,
			references: [...target.references, ...free.flatMap((each) => presumed(target, each))]
		};
	});
}
/** Finds the keys that a column may mean by its name, the likeliest first. */
function finderIn(targets) {
	const keys = targets.flatMap(keysOf$1);
	const byTable = Map.groupBy(keys.flatMap(namesOf$2), ([name]) => name);
	const byColumn = Map.groupBy(keys, ({ column }) => wordsOf$1(column.name).join(" "));
	return ({ target, column }) => {
		const words = wordsOf$1(column.name);
		const name = words.join(" ");
		const own = /^parent( id| uuid)?$/.test(name) ? primaryOf(target) : [];
		const named = namesIn$5(words).flatMap((each) => byTable.get(each) ?? []);
		const isKey = keysOf$1(target).some((each) => each.column === column);
		const alike = words.length > 1 && !isKey ? byColumn.get(name) ?? [] : [];
		return [
			...own,
			...named.map(([, key]) => key),
			...alike
		];
	};
}
/** Only in a tree may it be NULL at first: its root has no parent. */
function referenceTo(to, key, { name, required }, { oid }) {
	const optional = to.oid === oid && !required ? [name] : [];
	return {
		columns: [name],
		to,
		keys: [key.name],
		deferrable: false,
		optional,
		presumed: true
	};
}
/** The columns that are unique by themselves. */
function keysOf$1(target) {
	const singles = new Set(target.uniques.filter((each) => each.length === 1).flat());
	return target.columns.filter(({ name }) => singles.has(name)).map((column) => ({
		target,
		column
	}));
}
function primaryOf(target) {
	return keysOf$1(target).filter(({ column }) => column.name === target.primary);
}
/** What other tables would call a key: those of `customers` are `customer`, `customer_id` and `customer_code`. */
function namesOf$2(key) {
	const table = singular(wordsOf$1(key.target.name));
	const names = [wordsOf$1(key.column.name).join(" "), ...key.column.name === key.target.primary ? ["", "id"] : []];
	return [...new Set(names)].map((each) => [`${table} ${each}`.trim(), key]);
}
/** A name, and what is left of it without the words before: `billing_customer_id` may be a `customer_id`. */
function namesIn$5(words) {
	return [words, ...words.slice(1, -1).map((_, index) => words.slice(index + 1))].map((each) => each.join(" "));
}
/** Whether one column may hold the values of the other: not one that PostgreSQL fills, nor a `user_id` of `users`. */
function suits(key, { target, column }, types) {
	if (column.counted || column.generated || key.column === column) return false;
	const own = `${singular(wordsOf$1(target.name))} `;
	if (key.target === target && wordsOf$1(column.name).join(" ").startsWith(own)) return false;
	const [to, from] = [types.get(key.column.type)?.name ?? "", types.get(column.type)?.name ?? ""];
	const roomy = ["text", "varchar"].includes(from) && column.modifier < 0;
	return key.column.type === column.type || integers$1.has(to) && integers$1.has(from) || roomy && texts$1.has(to);
}
const integers$1 = /* @__PURE__ */ new Set([
	"int2",
	"int4",
	"int8"
]);
const texts$1 = /* @__PURE__ */ new Set([
	...integers$1,
	"uuid",
	"text",
	"varchar"
]);

// src/postgres/seed/targets.ts
/** All tables that are to have rows, in the order of their names. */
function targetsOf$1(catalog) {
	const facts = factsOf(catalog);
	const tables = catalog.relations.filter((each) => !each.partitioned && !each.extension);
	return withPresumed(tables.map((each) => targetOf(each, facts)), catalog);
}
function factsOf(catalog) {
	return {
		catalog,
		relations: new Map(catalog.relations.map((each) => [each.oid, each])),
		columns: Map.groupBy(catalog.columns, (each) => each.relation),
		constraints: Map.groupBy(catalog.constraints, (each) => each.relation),
		indexes: Map.groupBy(catalog.indexes, (each) => each.relation)
	};
}
function targetOf(relation, facts) {
	const { oid, bound, stored } = relation;
	const lineage = relation.lineage.length > 0 ? relation.lineage : [oid];
	const root = facts.relations.get(lineage.at(-1) ?? oid) ?? relation;
	const names = namesIn$4(oid, facts);
	const indexes = facts.indexes.get(oid) ?? [];
	const checks = (facts.constraints.get(oid) ?? []).map((each) => each.expression);
	return {
		oid,
		schema: relation.schema,
		name: relation.name,
		into: nameOf$2(root),
		only: `ONLY ${nameOf$2(relation)}`,
		lineage,
		columns: columnsOf$1(oid, root.oid, facts),
		references: lineage.flatMap((each) => referencesOf(each, facts)),
		primary: indexes.filter(({ primary, columns }) => primary && columns.length === 1).map(({ columns }) => names(columns[0] ?? 0))[0],
		uniques: indexes.filter(({ unique, columns }) => unique && !columns.includes(0)).map(({ columns }) => columns.map(names)),
		checks: [...checks, bound].filter((each) => each !== null),
		bound,
		predicates: indexes.map(({ predicate }) => predicate).filter((each) => each !== null),
		stored
	};
}
/** A partition's columns with the defaults of the root, which are those that count on the way through it. */
function columnsOf$1(oid, root, facts) {
	const rootColumns = new Map(facts.columns.get(root)?.map((each) => [each.name, each]));
	return (facts.columns.get(oid) ?? []).map((row, index) => {
		const { name, type, modifier, required } = row;
		const { counted, generated, default: standard } = rootColumns.get(name) ?? row;
		const domain = facts.catalog.types.get(type)?.required ?? false;
		return {
			name,
			type,
			modifier,
			required: required || domain,
			counted,
			generated,
			default: standard,
			position: index + 1
		};
	});
}
function referencesOf(oid, facts) {
	const names = namesIn$4(oid, facts);
	const required = new Set(facts.columns.get(oid)?.filter((each) => each.required).map((each) => each.name));
	return (facts.constraints.get(oid) ?? []).flatMap((row) => {
		const to = facts.relations.get(row.target);
		if (row.kind !== "f" || !to) return [];
		const columns = row.columns.map(names);
		const open = columns.filter((each) => !required.has(each));
		const optional = row.full && open.length < columns.length ? [] : open;
		return [{
			columns,
			to,
			keys: (row.keys ?? []).map(namesIn$4(to.oid, facts)),
			deferrable: row.deferrable,
			optional,
			presumed: false
		}];
	});
}
function namesIn$4(oid, facts) {
	const names = new Map(facts.columns.get(oid)?.map((each) => [each.number, each.name]));
	return (number) => names.get(number) ?? "";
}
/** A relation's name as SQL. */
function nameOf$2({ schema, name }) {
	return `${quote(schema)}.${quote(name)}`;
}

// src/postgres/seed/keys.ts
/** What tables hold that others refer to; read after the tables were filled. */
var Keys = class {
	#known = /* @__PURE__ */ new Map();
	/** The keys to choose from; none where they were not read, or the table is empty. */
	of(reference) {
		return this.#known.get(idOf(reference)) ?? [];
	}
	has(reference) {
		return this.#known.has(idOf(reference));
	}
	/** Reads up to `count` keys for each foreign key, all in one query. */
	async read(connection, references, count) {
		const wanted = new Map(references.map((each) => [idOf(each), each]));
		if (wanted.size === 0) return;
		const rows = await queryAll(connection, [...wanted.values()].map((each, index) => keySql(each, index, count)));
		const found = Map.groupBy(rows, (each) => each.of);
		for (const [index, id] of [...wanted.keys()].entries()) this.#known.set(id, (found.get(index) ?? []).map(({ key }) => key));
	}
};
function keySql({ to, keys }, index, count) {
	const values = keys.map((each) => `${quote(each)}::text`).join(", ");
	const present = keys.map((each) => `${quote(each)} IS NOT NULL`).join(" AND ");
	return `(SELECT ${index} AS of, ARRAY[${values}] AS key FROM ${`${to.partitioned ? "" : "ONLY "}${nameOf$2(to)}`} WHERE ${present} LIMIT ${count})`;
}
function idOf({ to, keys }) {
	return `${to.oid} ${keys.map(quote).join(" ")}`;
}
/** Those of the tables that have rows already. */
async function standing(connection, targets) {
	const stored = targets.filter((each) => each.stored);
	const rows = await queryAll(connection, stored.map(({ only }, index) => `(SELECT ${index} AS of FROM ${only} LIMIT 1)`));
	return new Set(rows.flatMap((each) => stored[each.of] ?? []));
}
/** All rows of all queries, as one; one by one where one of them fails (a table that may not be read), which then has none. */
async function queryAll(connection, queries) {
	if (queries.length === 0) return [];
	try {
		return await queryBriefly(connection, queries.join("\nUNION ALL\n"));
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		if (queries.length === 1) return [];
		const rows = [];
		for (const each of queries) rows.push(...await queryAll(connection, [each]));
		return rows;
	}
}
/** Reads rows for two seconds at most: a policy of the user's may come in between. */
async function queryBriefly(connection, sql) {
	await connection.send("BEGIN; SET LOCAL statement_timeout = '2s'");
	try {
		return await connection.query(sql);
	} finally {
		await connection.send("ROLLBACK");
	}
}

// src/postgres/seed/fitting.ts
/** Those of the rows that meet the table's checks and bounds, as PostgreSQL itself judges; all where it cannot. */
async function fitting(connection, target, types, rows) {
	if (target.checks.length === 0 || rows.length === 0) return [...rows];
	await connection.send("BEGIN; SET LOCAL statement_timeout = '1s'");
	try {
		return (await connection.query(fittingSql(target, types, rows))).flatMap(({ index }) => rows[index] ?? []);
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		return [...rows];
	} finally {
		await connection.send("ROLLBACK");
	}
}
const index = quote("number of the candidate");
function fittingSql({ columns, checks }, types, rows) {
	const tuples = rows.map((row, at) => `(${[String(at), ...columns.map(({ name }) => written(row.get(name)))].join(", ")})`);
	const typed = columns.map(({ name, type }) => {
		const { schema = "", name: typeName = "" } = types.get(type) ?? {};
		return `${quote(name)}::${quote(schema)}.${quote(typeName)} AS ${quote(name)}`;
	});
	const names = [index, ...columns.map(({ name }) => quote(name))].join(", ");
	const conditions = checks.map((each) => `(${each}) IS NOT FALSE`).join(" AND ");
	const all = `SELECT ${[index, ...typed].join(", ")} FROM (VALUES ${tuples.join(", ")}) AS text(${names}) OFFSET 0`;
	return `SELECT ${index} AS index FROM (${all}) AS candidate WHERE ${conditions} ORDER BY 1`;
}
function written(value) {
	return typeof value === "string" ? literal$1(value) : "NULL";
}

// src/postgres/seed/triggers.ts
/** Reads the functions of a table's triggers: what they raise an exception for must not be so. */
async function demandsOf$1(connection, target, { read }) {
	const own = codeOf$1(await connection.query(bodiesSql, [target.lineage]));
	if (own === "") return {
		formulas: [],
		literals: [],
		columns: []
	};
	const words = [...new Set(own.match(/\w+/g))];
	const code = own + codeOf$1(await connection.query(calledSql, [words]));
	return {
		formulas: [...own.matchAll(refusal$1)].map(([, condition = ""]) => condition.replace(/\bTG_OP\b/gi, "'INSERT'")).map((each) => read(each, false)),
		literals: [.../* @__PURE__ */ new Set([...literalsIn(code)])],
		columns: [...new Set([...code.matchAll(/\bNEW\s*\.\s*(?:"((?:[^"]|"")+)"|(\w+))/gi)].map(([, exact, plain = ""]) => exact?.replaceAll("\"\"", "\"") ?? plain.toLowerCase()))]
	};
}
function codeOf$1(rows) {
	return rows.map(({ body }) => body.replace(/--[^\n]*|\/\*.*?\*\//gs, " ")).join("\n");
}
const bodiesSql = `
SELECT DISTINCT p.oid, p.prosrc AS body FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE t.tgrelid = ANY ($1::oid[]) AND NOT t.tgisinternal ORDER BY p.oid`;
/** Functions that these seem to call. */
const calledSql = `
SELECT p.oid, p.prosrc AS body FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE lower(p.proname) = ANY (SELECT lower(word) FROM unnest($1::text[]) AS word)
   AND ${ourSchemas} AND ${notOfExtension("pg_proc", "p.oid")} AND p.prorettype <> 'trigger'::regtype ORDER BY p.oid`;
/** `IF condition THEN RAISE …`, where the level is not one that only tells. */
const refusal$1 = /\bIF\b((?:(?!\bIF\b|\bTHEN\b).)*)\bTHEN\s+RAISE\b(?!\s+(?:NOTICE|WARNING|INFO|LOG|DEBUG)\b)/gis;
/** The constants of a piece of SQL. */
function literalsIn(sql) {
	const texts = [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = ""]) => text.replaceAll("''", "'"));
	const numbers = [...sql.matchAll(/(?<![\w.'$])\d+(?:\.\d+)?(?![\w.'])/g)].map(([number]) => number);
	return [...texts, ...numbers].filter((each) => each.length > 0 && each.length <= 200);
}

// src/postgres/seed/persist.ts
/** Time for one table, in milliseconds, and rows that are tried for it. */
const patience$4 = 3e3;
const attempts = 120;
const turnedAway = "PostgreSQL took its rows without an error, and none is in it: a trigger or rule turns them away";
/** Fills a table whose usual rows were refused: one by one, then with other rows that might be accepted. */
async function persist(connection, place, conditions, keys, options) {
	const until = Math.min(options.until, performance.now() + patience$4);
	const tried = new Set(options.singly.map(textOf$2));
	const { rows, error } = await insertUntil(connection, place, options.singly, {
		enough: options.rows,
		until
	});
	if (rows > 0 || isHopeless(error)) return {
		rows,
		reason: error?.message ?? ""
	};
	const candidates = candidatesOf(place, conditions, keys, await demandsOf$1(connection, place.target, conditions)).filter((row) => !tried.has(textOf$2(row)));
	const chosen = (await fitting(connection, place.target, conditions.types, candidates)).slice(0, attempts);
	const again = await insertUntil(connection, place, chosen, {
		enough: options.rows,
		until
	});
	const reason = (error ?? again.error)?.message ?? (chosen.length > 0 ? turnedAway : "no row was found that meets its conditions");
	return {
		rows: again.rows,
		reason
	};
}
async function insertUntil(connection, { target }, rows, { enough, until }) {
	let inserted = 0;
	let failures = 0;
	let silences = 0;
	let error;
	for (const row of rows) {
		if (inserted >= enough || inserted > 0 && failures > 12 || silences > 2 || isHopeless(error) || performance.now() > until) break;
		const [outcome = 0] = await sendEach(connection, [insertionOf(target, [row])]);
		if (outcome instanceof SqlError) {
			error ??= outcome;
			failures += 1;
		} else if (outcome === 0) silences += 1;
		else {
			inserted += outcome;
			failures = 0;
		}
	}
	return {
		rows: inserted,
		error
	};
}
/** Errors that other values do not change: rights, time that ran out, objects that are not there. */
function isHopeless(error) {
	return error !== void 0 && /^(42501|57|53|25|XX)/.test(error.fault.sqlstate);
}
/** Rows that might be accepted, the likeliest first, each different from the usual ones in its own way. */
function candidatesOf(place, conditions, keys, demands) {
	const usual = recipeOf(place, conditions, keys, { ways: 12 });
	const asked = demands.formulas.length > 0 ? recipeOf(place, conditions, keys, {
		ways: 12,
		more: demands.formulas
	}) : usual;
	const recipes = [asked, usual].flatMap((recipe) => [
		[recipe, 12],
		[{
			...recipe,
			style: "defaults"
		}, 3],
		[{
			...recipe,
			style: "least"
		}, 3],
		[{
			...recipe,
			style: "least with defaults"
		}, 3]
	]);
	const substituted = substitutions(place, conditions, demands).map((fixed) => [{
		...asked,
		fixed
	}, 1]);
	const further = [[{
		...usual,
		first: 13
	}, 100]];
	const rows = [
		...recipes,
		...substituted,
		...further
	].flatMap(([recipe, count]) => made(recipe, count));
	return [...new Map(rows.map((row) => [textOf$2(row), row])).values()];
}
function made(recipe, count) {
	try {
		return rowsOf$1({
			...recipe,
			target: {
				...recipe.target,
				uniques: []
			}
		}, count);
	} catch (error) {
		if (error instanceof NoRow) return [];
		throw error;
	}
}
/** Other values for the columns that checks and trigger functions speak of, one column at a time. */
function substitutions({ target }, { types }, demands) {
	const literals = [.../* @__PURE__ */ new Set([...target.checks.flatMap(literalsIn), ...demands.literals])];
	const numbers = literals.filter((each) => /^\d+$/.test(each));
	const texts = [
		...literals.slice(0, 30),
		...literals.flatMap(patternTexts),
		...commonTexts(1)
	];
	return target.columns.filter((each) => isSpokenOf(each, target, demands)).flatMap(({ name, type }) => {
		const { name: typeName = "" } = types.get(type) ?? {};
		return (/^(text|varchar|bpchar|citext|name)$/.test(typeName) ? texts : /^(int|num|float)/.test(typeName) ? numbers : []).map((each) => /* @__PURE__ */ new Map([[name, each]]));
	});
}
function isSpokenOf({ name, generated }, { checks }, { columns }) {
	return !generated && (columns.includes(name) || checks.some((each) => each.includes(name)));
}
/** A text that matches a literal, where that looks like a regular expression. */
function patternTexts(text) {
	if (!/^\^|\$$|\[.*\]/.test(text)) return [];
	return matching({
		source: fromPosix(text),
		insensitive: false,
		matches: true
	}, 1).take(2).toArray();
}
function textOf$2(row) {
	return JSON.stringify([...row]);
}

// src/postgres/seed/filling.ts
/** Time, in milliseconds, for all tables that do not accept the rows first offered. */
const patience$3 = 1e4;
/** The work of filling tables, wave after wave, and its account. */
var Filling = class {
	tables = 0;
	rows = 0;
	skipped = [];
	#connection;
	#conditions;
	#count;
	#keys = new Keys();
	#filled = [];
	#patience = patience$3;
	constructor(connection, conditions, count) {
		this.#connection = connection;
		this.#conditions = conditions;
		this.#count = count;
	}
	async fill({ places, cycle }) {
		const inside = new Set(cycle ? places.flatMap(({ target }) => target.lineage) : []);
		await this.#read(places.flatMap(({ target, later }) => target.references.filter((each) => !later.includes(each) && !inside.has(each.to.oid))));
		if (cycle) await this.#fillCycle(places);
		else await this.#fillEach(places);
	}
	/** Sets the foreign keys that had to stay NULL, where the table allows it. */
	async close() {
		await this.#read(this.#filled.flatMap(({ later }) => later));
		const updates = this.#filled.flatMap((place) => closingsOf(place, this.#keys, this.#count));
		await sendEach(this.#connection, updates);
	}
	async #read(references) {
		const unknown = references.filter((each) => !this.#keys.has(each));
		await this.#keys.read(this.#connection, unknown, Math.max(this.#count, 5));
	}
	/** Offers every table its usual rows at once, and then takes care of each that did not take them. */
	async #fillEach(places) {
		const offers = places.map((place) => this.#offer(place));
		const sent = offers.filter(({ rows, place }) => rows.length > 0 && !isHashed(place.target));
		const statements = sent.map(({ place, rows }) => insertionOf(place.target, rows));
		const results = await sendEach(this.#connection, statements);
		const outcomes = new Map(sent.map(({ place }, index) => [place, results[index]]));
		const astray = await this.#astray(sent.map(({ place }) => place));
		for (const { place, rows, reason } of offers) {
			const outcome = outcomes.get(place);
			const count = Number(outcome) || 0;
			if (rows.length === 0) this.#skip(place, reason);
			else if (outcome instanceof SqlError && isHopeless(outcome)) this.#skip(place, outcome.message);
			else if (count > 0 && !astray.has(place.target.oid)) this.#add(place, count);
			else await this.#persist(place, isHashed(place.target) || count > 0 ? [] : rows);
		}
	}
	/** The usual rows for a table, or why there are none. */
	#offer(place) {
		try {
			const recipe = recipeOf(place, this.#conditions, this.#keys, { ways: this.#count });
			return {
				place,
				rows: rowsOf$1(recipe, this.#count),
				reason: ""
			};
		} catch (error) {
			if (error instanceof NoRow) return {
				place,
				rows: [],
				reason: error.message
			};
			throw error;
		}
	}
	async #persist(place, singly) {
		if ((await standing(this.#connection, [{
			...place.target,
			stored: true
		}])).size > 0) return this.#add(place, 0);
		const start = performance.now();
		const options = {
			rows: this.#count,
			singly,
			until: start + this.#patience
		};
		const { rows, reason } = await persist(this.#connection, place, this.#conditions, this.#keys, options);
		this.#patience -= performance.now() - start;
		if (rows > 0) this.#add(place, rows);
		else this.#skip(place, reason);
	}
	async #fillCycle(places) {
		const outcome = await fillCycle(this.#connection, places, this.#conditions, this.#keys, this.#count);
		for (const place of places) if (typeof outcome === "string") this.#skip(place, outcome);
		else this.#add(place, outcome.get(place) ?? 0);
	}
	/** Partitions whose rows went to another one: their bounds were not understood. */
	async #astray(places) {
		const partitions = places.filter(({ target }) => target.bound !== null).map(({ target }) => target.oid);
		if (partitions.length === 0) return /* @__PURE__ */ new Set();
		return new Set((await this.#connection.query("SELECT oid FROM unnest($1::oid[]) AS oid WHERE pg_relation_size(oid) = 0", [partitions])).map(({ oid }) => oid));
	}
	#add(place, rows) {
		this.tables += 1;
		this.rows += rows;
		this.#filled.push(place);
	}
	#skip(place, reason) {
		this.skipped.push({
			table: `${place.target.schema}.${place.target.name}`,
			reason
		});
	}
};
/** Hash partitions: only PostgreSQL knows which rows are theirs. */
function isHashed({ bound }) {
	return bound?.includes("satisfies_hash_partition(") ?? false;
}

// src/postgres/seed/order.ts
/** Puts tables behind those that they refer to. */
function wavesOf(targets) {
	const graph = graphOf(targets);
	const groups = [
		graph.all,
		graph.stated,
		graph.hard
	].reduce(divided, [targets]);
	const level = /* @__PURE__ */ new Map();
	const waves = [];
	for (const group of groups) {
		const places = group.map((target) => ({
			target,
			later: laterOf(target, level, graph)
		}));
		const before = places.flatMap(({ target, later }) => graph.needed(target, later)).map((each) => level.get(each) ?? -1);
		const at = Math.max(-1, ...before) + 1;
		for (const target of group) level.set(target, at);
		const cycle = group.some((each) => graph.hard(each).some((other) => group.includes(other)));
		waves[at] ??= [];
		const open = waves[at].find((wave) => !wave.cycle);
		if (open && !cycle) open.places.push(...places);
		else waves[at].push({
			places,
			cycle
		});
	}
	return waves.flat();
}
/** Groups within which tables need each other, in order; what only the edges of larger groups said no longer counts. */
function divided(groups, edges) {
	return groups.flatMap((group) => {
		const inside = new Set(group);
		return components(group, (each) => edges(each).filter((other) => inside.has(other)));
	});
}
/** References that need not be, to tables that have not had their turn. */
function laterOf(target, level, graph) {
	return target.references.filter((each) => (each.optional.length > 0 || each.presumed) && graph.holders(each).some((other) => !level.has(other)));
}
function graphOf(targets) {
	const holding = /* @__PURE__ */ new Map();
	for (const target of targets) for (const oid of target.lineage) holding.set(oid, [...holding.get(oid) ?? [], target]);
	const holders = ({ to }) => holding.get(to.oid) ?? [];
	const along = (target, takes) => target.references.filter(takes).flatMap(holders);
	return {
		holders,
		all: (target) => along(target, () => true),
		stated: (target) => along(target, ({ presumed }) => !presumed),
		hard: (target) => along(target, ({ optional, presumed }) => optional.length === 0 && !presumed),
		needed: (target, without) => along(target, (each) => !without.includes(each)).filter((other) => other !== target)
	};
}
/** Strongly connected components, each behind those it points to (Tarjan 1972). Walks without recursion: chains may be long. */
function components(nodes, edges) {
	const state = /* @__PURE__ */ new Map();
	const stack = [];
	const found = [];
	const enter = (node) => {
		const mark = {
			index: state.size,
			low: state.size,
			onStack: true
		};
		state.set(node, mark);
		stack.push(node);
		return {
			node,
			mark,
			rest: edges(node)[Symbol.iterator]()
		};
	};
	for (const start of nodes) {
		const path = state.has(start) ? [] : [enter(start)];
		for (let top = path.at(-1); top; top = path.at(-1)) {
			const { value: next, done } = top.rest.next();
			const seen = next && state.get(next);
			if (next && !seen) path.push(enter(next));
			else if (seen?.onStack) top.mark.low = Math.min(top.mark.low, seen.index);
			if (!done) continue;
			path.pop();
			const parent = path.at(-1);
			if (parent) parent.mark.low = Math.min(parent.mark.low, top.mark.low);
			if (top.mark.low !== top.mark.index) continue;
			const group = stack.splice(stack.indexOf(top.node));
			for (const each of group) state.get(each).onStack = false;
			found.push(group);
		}
	}
	return found;
}

// src/postgres/seed/seed.ts
/**
* Gives every table rows made from types, constraints and foreign keys, the same ones every time, so that triggers,
* casts and checks of pending migrations really run. Tables that have rows are left alone.
*
* A migration that is right for real rows should not fail on these. So nullable columns are filled too: a NULL that only
* we put there would fail SET NOT NULL for nobody else. Keys are the same few in all tables, and columns named after a
* table hold that table's keys, which a foreign key to come will want. Values differ from row to row, for unique keys to
* come. Texts are digits unless the schema says otherwise, which most casts accept.
*
* One table's failure does not touch the others, and nothing but rows (and advanced sequences) remains.
*/
async function seed(connection, { rows }) {
	if (rows <= 0) return {
		tables: 0,
		rows: 0,
		skipped: []
	};
	const catalog = await readCatalog(connection);
	const targets = targetsOf$1(catalog);
	const work = new Filling(connection, await conditionsOf(catalog, targets), rows);
	const there = await standing(connection, targets);
	const waves = wavesOf(targets);
	for (const wave of waves) await work.fill({
		...wave,
		places: wave.places.filter(({ target }) => !there.has(target))
	});
	await work.close();
	return {
		tables: there.size + work.tables,
		rows: work.rows,
		skipped: work.skipped
	};
}

// src/postgres/watch/names.ts
/** Every relation a parse tree names, wherever it does: range variables, and the name lists of DROP and COMMENT. */
function namesIn$3(node) {
	const found = /* @__PURE__ */ new Map();
	visit$4(node, (written) => found.set(keyOf$2(written), written));
	return [...found.values()];
}
/** Tells names apart. */
function keyOf$2({ schema, name }) {
	return JSON.stringify([schema ?? null, name]);
}
function visit$4(value, found) {
	if (Array.isArray(value)) {
		for (const each of value) visit$4(each, found);
		return;
	}
	if (typeof value !== "object" || value === null) return;
	const { relname, schemaname, objects, object } = value;
	if (typeof relname === "string") found({
		schema: schemaname,
		name: relname
	});
	for (const list of [...Array.isArray(objects) ? objects : [], object]) {
		const written = fromList(list);
		if (written) found(written);
	}
	for (const each of Object.values(value)) visit$4(each, found);
}
/** `a.b` as a list of strings; a third part in front is the database. A trailing part may be a column or trigger. */
function fromList(list) {
	const parts = (list?.List?.items)?.map((item) => item.String?.sval);
	const name = parts?.at(-1);
	return name === void 0 ? void 0 : {
		schema: parts?.at(-2),
		name
	};
}

// src/postgres/watch/relations.ts
/** Columns of a `RelationRow`, of `pg_class c` joined with `pg_namespace n`. */
const relationColumns = `c.oid::int8::float8 AS oid, n.nspname || '.' || c.relname AS name, c.relkind AS kind, c.relfilenode::int8::float8 AS file,
  (SELECT tn.nspname || '.' || t.relname
     FROM pg_catalog.pg_index i
     JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
     JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
    WHERE i.indexrelid = c.oid) AS "table"`;
/**
* All relations of the database but PostgreSQL's own, TOAST tables and temporary ones. `base` are the oids of those
* that were there before the first pending migration; absent: all of them.
*/
async function relationsNow(session, base) {
	const rows = await session.query(`SELECT ${relationColumns}
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`);
	return new Map(rows.map((row) => [row.oid, toRelation(row, base?.has(row.oid) ?? true)]));
}
/** From a catalog row. */
function toRelation({ oid, name, kind, table, file }, atBase) {
	return {
		oid,
		name,
		kind: kinds[kind] ?? "table",
		...table !== null && { table },
		file,
		atBase
	};
}
/** `pg_class.relkind` (documentation, chapter 53.11). */
const kinds = {
	r: "table",
	p: "partitioned table",
	i: "index",
	I: "partitioned index",
	v: "view",
	m: "materialized view",
	S: "sequence",
	f: "foreign table",
	c: "composite type"
};

// src/postgres/watch/sample.ts
/** Before anything was locked. */
const nothingHeld = {
	locks: /* @__PURE__ */ new Map(),
	files: /* @__PURE__ */ new Map(),
	scans: /* @__PURE__ */ new Map()
};
/**
* Asks the watched session itself, inside its transaction: only it sees its uncommitted catalog and its counters
* (`pg_stat_get_xact_numscans` is what `pg_stat_xact_user_tables.seq_scan` shows). The query takes locks on
* catalogs alone and cannot fail on names, permissions or settings of the script, which it would break otherwise.
*/
async function sample(session, names, base) {
	const values = names.length > 0 ? [names.map(({ schema }) => schema ?? null), names.map(({ name }) => name)] : [];
	const [row] = await session.query(sampleQuery(names), values).catch(asOurs);
	const { held, scanned, named, lock_timeout, statement_timeout } = row;
	return {
		locks: new Map(held?.map(({ oid, modes }) => [oid, new Set(modes)])),
		files: new Map(held?.flatMap(({ oid, file }) => file === null ? [] : [[oid, file]])),
		scans: new Map(scanned?.map(({ oid, scans }) => [oid, scans])),
		named: new Map(named?.map((each) => [keyOf$2(names[each.asked - 1]), toRelation(each, base.has(each.oid))])),
		lockTimeout: milliseconds(lock_timeout),
		statementTimeout: milliseconds(statement_timeout)
	};
}
/** Throws an error of ours on, so that it is never taken for one of the statement that is being watched. */
function asOurs(error) {
	throw error instanceof SqlError ? new Error(`The session could not be sampled: ${error.message}`, { cause: error }) : error;
}
/** Oids below 16384 (FirstNormalObjectId) are PostgreSQL's own. */
const heldQuery = `
  SELECT pg_catalog.json_agg(h) FROM (
    SELECT l.relation::int8 AS oid, pg_catalog.array_agg(DISTINCT l.mode) AS modes,
           (SELECT c.relfilenode::int8 FROM pg_catalog.pg_class c WHERE c.oid = l.relation) AS file
      FROM pg_catalog.pg_locks l
     WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.relation >= 16384
     GROUP BY l.relation) AS h`;
const scannedQuery = `
  SELECT pg_catalog.json_agg(s) FROM (
    SELECT c.oid::int8 AS oid, pg_catalog.pg_stat_get_xact_numscans(c.oid) AS scans
      FROM pg_catalog.pg_class c
     WHERE c.relkind IN ('r', 'p', 'm') AND c.oid >= 16384 AND pg_catalog.pg_stat_get_xact_numscans(c.oid) > 0) AS s`;
const namedQuery = `
  SELECT pg_catalog.json_agg(r) FROM (
    SELECT asked.i AS asked, found.*
      FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::name[])) WITH ORDINALITY AS asked(schema, name, i)
     CROSS JOIN LATERAL (
       SELECT ${relationColumns}
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = asked.name
          AND (n.nspname = asked.schema
               OR asked.schema IS NULL AND n.nspname = ANY (pg_catalog.current_schemas(true)))
        ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname)
        LIMIT 1) AS found) AS r`;
/** Planning it costs more than running it: what is not asked is left out. */
function sampleQuery(names) {
	return `SELECT (${heldQuery}) AS held, (${scannedQuery}) AS scanned,
    ${names.length > 0 ? `(${namedQuery})` : "NULL"} AS named,
    pg_catalog.current_setting('lock_timeout') AS lock_timeout,
    pg_catalog.current_setting('statement_timeout') AS statement_timeout`;
}
/** PostgreSQL writes settings with the largest unit that fits: `0`, `500ms`, `5s`, `2min`. */
function milliseconds(setting) {
	const [, digits = "0", unit = "ms"] = /^(\d+)(ms|s|min|h|d)?$/.exec(setting) ?? [];
	return Number(digits) * ({
		ms: 1,
		s: 1e3,
		min: 6e4,
		h: 36e5,
		d: 864e5
	}[unit] ?? 1);
}

// src/postgres/watch/holders.ts
/** Opens them; they are kept for all statements of a check. */
async function openHolders(address, signal) {
	const [looker, first, second] = await Promise.all([
		1,
		2,
		3
	].map(() => connect(address, signal)));
	const sessions = [
		looker,
		first,
		second
	];
	return {
		looker: sessions[0],
		turns: [sessions[1], sessions[2]],
		async [Symbol.asyncDispose]() {
			await Promise.all(sessions.map((each) => each[Symbol.asyncDispose]()));
		}
	};
}
/**
* Runs `work`, a statement that commits by itself, so that it has to wait at each of its phases, and notes all locks it
* holds or asks for while it waits. One session holds a lock in its way; as soon as the statement waits for it, the
* other session takes over, and so on until the statement ends: nothing depends on luck, and no phase is missed at
* which the statement waits for lockers of its tables.
*/
async function step(holders, plan, pid, work) {
	const locks = /* @__PURE__ */ new Map();
	let current = await take(holders.turns[0], plan, 0, /* @__PURE__ */ new Set());
	const running = settled(work());
	for (let turn = 1; current && await waitsFor(holders.looker, pid, current, running); turn += 1) {
		merge(locks, await locksOf(holders.looker, pid));
		const next = await take(holders.turns[turn % 2], plan, turn, new Set(locks.keys()));
		await release(current);
		current = next;
	}
	if (current) await release(current);
	await running.result;
	return {
		...nothingHeld,
		locks
	};
}
function settled(result) {
	const running = {
		done: false,
		result
	};
	const finish = () => {
		running.done = true;
	};
	result.then(finish, finish);
	return running;
}
/** Locks the tables, or nothing at all where somebody else is in the way already. */
async function take(holder, plan, turn, seen) {
	const tables = plan.tables(seen);
	if (tables.length === 0) return void 0;
	const names = tables.map(({ schema, name }) => `${quote(schema)}.${quote(name)}`).join(", ");
	try {
		await holder.send(`BEGIN; LOCK TABLE ONLY ${names.replaceAll(", ", ", ONLY ")} IN ${plan.mode(turn)} MODE NOWAIT`);
		return holder;
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		await release(holder);
		return;
	}
}
async function release(holder) {
	await holder.send("ROLLBACK");
}
/** Resolves to true when the statement waits for the holder, to false when it has ended. */
async function waitsFor(looker, pid, holder, running) {
	while (!running.done) {
		const [row] = await looker.query("SELECT $2::int = ANY (pg_catalog.pg_blocking_pids($1::int)) AS waits", [pid, holder.pid]);
		if (row?.waits) return true;
		await Promise.race([running.result.catch(() => {}), setTimeout$1(2)]);
	}
	return false;
}
async function locksOf(looker, pid) {
	return looker.query(`SELECT l.relation AS oid, l.mode FROM pg_catalog.pg_locks l
      WHERE l.pid = $1 AND l.locktype = 'relation' AND l.relation >= 16384
        AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())`, [pid]);
}
function merge(into, found) {
	for (const { oid, mode } of found) into.set(oid, (into.get(oid) ?? /* @__PURE__ */ new Set()).add(mode));
}

// src/postgres/watch/rows.ts
/** Fewer rows than that say nothing of how they were chosen. */
const several = 2;
/** Statements whose text need not say which rows they change: they run functions, procedures, blocks, prepared ones. */
function runsCode$1({ kind }) {
	return [
		"DoStmt",
		"CallStmt",
		"SelectStmt",
		"ExecuteStmt"
	].includes(kind);
}
/** The tables as they stand, for `wholeTablesSince`. Takes no lock that stays. */
async function tablesNow(session) {
	const rows = await session.query(tablesQuery).catch(asOurs);
	return new Map(rows.map(({ oid, ...state }) => [oid, state]));
}
const tablesQuery = `
  SELECT c.oid::int8::float8 AS oid, pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)::float8 AS deleted,
         pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)::float8 AS updated, c.relfilenode::int8::float8 AS file,
         COALESCE(pg_catalog.pg_relation_size(c.oid), 0) > 0 AS filled
    FROM pg_catalog.pg_class c
   WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND c.oid >= 16384`;
/** What has happened to whole tables since, inside the same open transaction. */
async function wholeTablesSince(session, before) {
	const now = [...await tablesNow(session)].flatMap(([oid, state]) => {
		const old = before.get(oid);
		return old ? [{
			oid,
			old,
			state
		}] : [];
	});
	const emptied = now.filter(({ old, state }) => old.filled && !state.filled && old.file !== state.file).map(({ oid }) => oid);
	const overwritten = [];
	for (const { oid, old, state } of now) {
		const deleted = state.deleted - old.deleted;
		const updated = state.updated - old.updated;
		if (emptied.includes(oid) || Math.max(deleted, updated) < several) continue;
		const { rows, untouched } = await rowsOf(session, oid);
		if (untouched > 0) continue;
		if (deleted >= several && updated === 0) emptied.push(oid);
		else if (updated >= Math.max(several, rows)) overwritten.push(oid);
	}
	return {
		emptied,
		overwritten
	};
}
/**
* How many rows a table has, and how many of them the transaction did not write. Its lock ends with the savepoint.
* Where the script's role must not see all of them, nothing is known: that counts as untouched.
*/
async function rowsOf(session, oid) {
	await session.send("SAVEPOINT lockkeeper_rows");
	try {
		await session.send("SET LOCAL row_security = off");
		const [named] = await session.query(`SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1`, [oid]);
		const [counted] = await session.query(`SELECT pg_catalog.count(*)::float8 AS rows,
              pg_catalog.count(*) FILTER (WHERE xmin::text::int8 < pg_catalog.txid_current() % 4294967296)::float8 AS untouched
         FROM ONLY ${named?.name}`);
		return counted ?? unknown;
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		return unknown;
	} finally {
		await session.send("ROLLBACK TO SAVEPOINT lockkeeper_rows; RELEASE SAVEPOINT lockkeeper_rows");
	}
}
const unknown = {
	rows: 0,
	untouched: 1
};

// src/postgres/watch/inside.ts
/**
* Runs a statement inside the open transaction block and looks at the session's locks, files and counters before and
* after it. Statements that must come first in a transaction are not preceded by a query of ours.
*/
async function runInside(session, statement, base, look) {
	if (isQuiet(statement)) return {
		before: blank,
		after: nothingHeld,
		milliseconds: await timed$1(() => session.send(statement.sql))
	};
	const before = await sample(session, namesIn$3(statement.node), base);
	look(before);
	const tables = runsCode$1(statement) ? await tablesNow(session) : void 0;
	const milliseconds = await timed$1(() => session.send(statement.sql));
	if (session.transaction !== "open") return {
		before,
		after: nothingHeld,
		milliseconds
	};
	return {
		before,
		after: await sample(session, [], base),
		milliseconds,
		...tables && { whole: await wholeTablesSince(session, tables) }
	};
}
/** Settings and transaction control: they lock nothing, and SET TRANSACTION must come before any query. */
function isQuiet(statement) {
	return [
		"VariableSetStmt",
		"VariableShowStmt",
		"TransactionStmt",
		"ConstraintsSetStmt"
	].includes(statement.kind);
}
/** Wall-clock time of `work` in milliseconds, to a hundredth. */
async function timed$1(work) {
	const start = performance.now();
	await work();
	return Math.round((performance.now() - start) * 100) / 100;
}
/** The sample of a moment at which nobody looked. */
const blank = {
	...nothingHeld,
	named: /* @__PURE__ */ new Map(),
	lockTimeout: 0,
	statementTimeout: 0
};

// src/postgres/watch/observation.ts
/** Turns the samples before and after a statement into what the report says of it. */
function toObservation(statement, run, circumstances) {
	const { transaction, existing, files, unobserved } = circumstances;
	const { before, after, milliseconds, whole } = run;
	const rewritten = [...after.files].filter(([oid, file]) => file !== (files.get(oid) ?? existing.get(oid)?.file));
	const scanned = [...after.scans].filter(([oid, scans]) => isTable(existing, oid) && scans > (before.scans.get(oid) ?? 0));
	return {
		migration: statement.migration,
		path: statement.path,
		line: statement.line,
		sql: statement.sql,
		milliseconds,
		transaction,
		locks: locksBetween(before.locks, after.locks, existing),
		held: locksBetween(/* @__PURE__ */ new Map(), before.locks, existing),
		rewritten: namesOf$1(oidsOf(rewritten), existing),
		scanned: namesOf$1(oidsOf(scanned), existing),
		...whole && whole.emptied.length > 0 && { emptied: namesOf$1(whole.emptied, existing) },
		...whole && whole.overwritten.length > 0 && { overwritten: namesOf$1(whole.overwritten, existing) },
		...unobserved !== void 0 && { unobserved }
	};
}
/**
* Indexes that are gone, where no other has taken over their file: a change of a column's type makes all its indexes
* anew, and keeps the files of those that it need not build (indexcmds.c, CheckIndexCompatible).
*/
function lostIndexes({ before, after }, { existing, files }) {
	const kept = new Set(after.files.values());
	return [...after.locks.keys()].filter((oid) => isGone(after, oid) && !isGone(before, oid)).sort((a, b) => a - b).flatMap((oid) => {
		const relation = existing.get(oid);
		return relation?.kind === "index" && !kept.has(files.get(oid) ?? relation.file) ? [relation] : [];
	});
}
/** Its lock is still held. */
function isGone({ locks, files }, oid) {
	return locks.has(oid) && !files.has(oid);
}
function isTable(existing, oid) {
	return [
		"table",
		"partitioned table",
		"materialized view"
	].includes(existing.get(oid)?.kind ?? "");
}
function oidsOf(entries) {
	return entries.map(([oid]) => oid);
}
function namesOf$1(oids, existing) {
	return oids.flatMap((oid) => existing.get(oid)?.name ?? []).sort();
}
/** Locks of `after` that `before` has not, on relations that existed, by relation and strength. */
function locksBetween(before, after, existing) {
	const locks = [];
	for (const [oid, modes] of after) {
		const relation = existing.get(oid);
		if (!relation) continue;
		const { name, kind, table, atBase } = relation;
		for (const mode of modes) {
			if (before.get(oid)?.has(mode)) continue;
			locks.push({
				relation: name,
				mode,
				kind,
				...table !== void 0 && { table },
				atBase
			});
		}
	}
	return locks.sort(byRelationAndMode);
}
function byRelationAndMode(a, b) {
	if (a.relation !== b.relation) return a.relation < b.relation ? -1 : 1;
	return lockModes.indexOf(a.mode) - lockModes.indexOf(b.mode);
}

// src/postgres/watch/outside.ts
/** Runs a statement that cannot run in a transaction block, stopping it at its waiting phases to see its locks. */
async function runOutside(session, holders, statement, base, look) {
	const before = await sample(session, namesIn$3(statement.node), base);
	look(before);
	const { plan, gap } = await planFor(session, statement, before);
	const unobserved = gap === void 0 ? {} : { unobserved: gap };
	if (!plan) {
		const milliseconds = await timed$1(() => session.send(statement.sql));
		return {
			before,
			after: nothingHeld,
			milliseconds,
			...unobserved
		};
	}
	return withoutTimeouts(session, before, async () => {
		let locks = nothingHeld;
		const milliseconds = await timed$1(async () => {
			locks = await step(holders, plan, session.pid, () => session.send(statement.sql));
		});
		return {
			before,
			after: {
				...nothingHeld,
				...locks
			},
			milliseconds,
			...unobserved
		};
	});
}
/** The script's timeouts must not end a statement that only we keep waiting. */
async function withoutTimeouts(session, before, work) {
	const set = (lock, statement) => session.query("SELECT pg_catalog.set_config('lock_timeout', $1, false), pg_catalog.set_config('statement_timeout', $2, false)", [String(lock), String(statement)]);
	if (before.lockTimeout === 0 && before.statementTimeout === 0) return work();
	await set(0, 0);
	try {
		return await work();
	} finally {
		await set(before.lockTimeout, before.statementTimeout);
	}
}
/**
* How to stand in the statement's way, and what will not be seen all the same. No plan and no gap: it locks no relation
* of this database.
*
* CREATE, DROP and REINDEX INDEX CONCURRENTLY and DETACH … CONCURRENTLY ask for SHARE UPDATE EXCLUSIVE, which the first
* holder has, and then wait for all who hold ROW EXCLUSIVE on the table, as every later holder does. VACUUM and CLUSTER
* stop at their first request on each table, which SHARE refuses them; so does REINDEX of many tables, which asks for
* SHARE and is refused by ROW EXCLUSIVE.
*/
async function planFor(session, statement, before) {
	const wanted = targetsOf(statement);
	if (wanted === "none") return {};
	if (wanted === "unknown") return { gap: "It commits by itself while it runs, so its locks could not be watched." };
	const found = await tablesOf$1(session, wanted, before);
	const tables = found.filter(({ kind }) => kind !== "m");
	const gap = gapOf(wanted, tables.length < found.length);
	if (tables.length === 0) return gap;
	const { maintenance } = wanted;
	if (maintenance) return {
		plan: {
			mode: () => maintenance,
			tables: (seen) => tables.filter(({ oid }) => !seen.has(oid))
		},
		...gap
	};
	return {
		plan: {
			mode: (turn) => turn === 0 ? "SHARE UPDATE EXCLUSIVE" : "ROW EXCLUSIVE",
			tables: () => tables
		},
		...gap
	};
}
/** What LOCK TABLE refuses to lock cannot be held back. */
function gapOf({ maintenance }, materializedViews) {
	const unseen = [...maintenance === "ROW EXCLUSIVE" ? ["indexes"] : [], ...materializedViews ? ["materialized views"] : []];
	return unseen.length > 0 ? { gap: `Its locks on ${unseen.join(" and ")} could not be watched.` } : {};
}
function targetsOf({ kind, node }) {
	const body = Object.values(node)[0] ?? {};
	switch (kind) {
		case "IndexStmt":
		case "DropStmt":
		case "AlterTableStmt": return { named: true };
		case "ReindexStmt": return reindexed(body);
		case "VacuumStmt": return {
			named: Array.isArray(body.rels),
			maintenance: "SHARE"
		};
		case "ClusterStmt": return {
			named: body.relation !== void 0,
			maintenance: "SHARE"
		};
		case "CallStmt":
		case "DoStmt": return "unknown";
		default: return "none";
	}
}
/** Without CONCURRENTLY it comes here only for all of a schema or database, or for a partitioned relation. */
function reindexed(body) {
	const concurrently = body.params?.some((each) => "DefElem" in each && each.DefElem.defname === "concurrently");
	return {
		named: body.relation !== void 0,
		...body.kind === "REINDEX_OBJECT_SCHEMA" && { schema: String(body.name) },
		...!concurrently && { maintenance: "ROW EXCLUSIVE" }
	};
}
/** The tables that the statement will work on: those named or, of a named index, its table; with all partitions. */
async function tablesOf$1(session, { named, schema }, before) {
	const roots = [...before.named.values()].map((relation) => relation.oid);
	return session.query(`WITH RECURSIVE root AS (
       SELECT COALESCE(i.indrelid, c.oid) AS oid
         FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
        WHERE c.oid = ANY ($1::oid[])
     ), target AS (
       SELECT oid FROM root UNION SELECT h.inhrelid FROM pg_catalog.pg_inherits h JOIN target ON h.inhparent = target.oid
     )
     SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND CASE WHEN $2 THEN c.oid IN (SELECT oid FROM target) ELSE n.nspname = COALESCE($3::name, n.nspname)  END
      ORDER BY c.oid`, [
		roots,
		named === true,
		schema ?? null
	]);
}

// src/postgres/watch/runs.ts
/** Shorter runs are looked at statement by statement: it takes no time, and more is seen. */
const longRun = 20;
/**
* Statements inside long runs of alike ones, such as thousands of INSERTs into one table. They need not be looked at one by
* one: in a transaction locks and counters only grow, so where nothing has grown between the first of a run and the
* last, no statement between them took anything new.
*/
function middleOfRuns(batches) {
	const middle = /* @__PURE__ */ new Set();
	for (const { block, statements } of batches) {
		if (block === "none") continue;
		for (const run of runsOf(statements)) if (run.length >= longRun) for (const statement of run.slice(1, -1)) middle.add(statement);
	}
	return middle;
}
function runsOf(statements) {
	const runs = [];
	let last;
	for (const statement of statements) {
		const shape = shapeOf$1(statement);
		if (shape !== void 0 && shape === last) runs.at(-1)?.push(statement);
		else runs.push([statement]);
		last = shape;
	}
	return runs;
}
/** What alike statements share: their kind and the relations they name. */
function shapeOf$1(statement) {
	if (![
		"InsertStmt",
		"UpdateStmt",
		"DeleteStmt"
	].includes(statement.kind)) return void 0;
	return [statement.kind, ...namesIn$3(statement.node).map(keyOf$2)].join(" ");
}
/** Whether a session holds and has scanned the same at both moments. */
function sameHoldings(a, b) {
	return a.locks.size === b.locks.size && [...a.locks].every(([oid, modes]) => b.locks.get(oid)?.size === modes.size) && [...b.scans].every(([oid, scans]) => a.scans.get(oid) === scans);
}

// src/postgres/watch/scans.ts
/**
* Sequential scans that `work` made, outside a transaction block. Counters of finished transactions wait in the session
* until it passes them on, at most every second: the sum of both sides tells. Before PostgreSQL 15 they travel through a
* collector process and may be on their way for half a second (documentation, chapter 28.2).
*/
async function scansAround(session, relations, major, work) {
	const before = await scansOf(session, relations);
	const result = await work();
	let after = await scansOf(session, relations);
	if (major < 15 && equal(before, after)) {
		await setTimeout$1(700);
		after = await scansOf(session, relations);
	}
	return {
		result,
		scanned: new Map([...after].map(([oid, scans]) => [oid, scans - (before.get(oid) ?? 0)]))
	};
}
async function scansOf(session, relations) {
	const tables = [...relations.values()].filter(({ kind }) => kind === "table" || kind === "materialized view");
	const rows = await session.query(`SELECT t.oid, (COALESCE(pg_catalog.pg_stat_get_numscans(t.oid), 0)
                    + COALESCE(pg_catalog.pg_stat_get_xact_numscans(t.oid), 0))::float8 AS scans
       FROM pg_catalog.unnest($1::oid[]) AS t(oid)`, [tables.map(({ oid }) => oid)]);
	return new Map(rows.map(({ oid, scans }) => [oid, scans]));
}
function equal(a, b) {
	return [...a].every(([oid, scans]) => b.get(oid) === scans);
}

// src/postgres/watch/watch.ts
/** Begins to watch: relations that exist now are those "at base". */
async function openWatcher(options) {
	const base = new Set((await relationsNow(options.session)).keys());
	return new SessionWatcher(options, base);
}
var SessionWatcher = class {
	#options;
	#base;
	#holders;
	#transactions = 0;
	#statements = 0;
	constructor(options, base) {
		this.#options = options;
		this.#base = base;
	}
	async watch(migration) {
		const { session } = this.#options;
		const batches = await batchesOf(migration);
		const context = {
			existing: await relationsNow(session, this.#base),
			middle: middleOfRuns(batches),
			files: /* @__PURE__ */ new Map(),
			facts: [],
			transaction: null,
			last: void 0,
			looked: void 0,
			skipped: []
		};
		const statements = batches.reduce((sum, batch) => sum + batch.statements.length, 0);
		try {
			await execute(session, batches, (statement) => this.#run(statement, context));
			return {
				facts: context.facts,
				statements,
				failed: false
			};
		} catch (error) {
			if (!(error instanceof StatementFailed)) throw error;
			this.#noteFailure(error, context);
			return {
				facts: context.facts,
				statements,
				failed: true
			};
		}
	}
	async [Symbol.asyncDispose]() {
		await (await this.#holders?.catch(() => void 0))?.[Symbol.asyncDispose]();
	}
	async #run(statement, context) {
		const { session, address, statementLimit, refusal: refusalOf } = this.#options;
		const refusal = refusalOf?.(statement);
		if (refusal) return this.#note(statement, {
			before: blank,
			after: nothingHeld,
			milliseconds: 0
		}, context, refusal);
		const before = session.transaction;
		const run = await limited(session, {
			address,
			seconds: statementLimit
		}, () => this.#execute(statement, context));
		if (before === "none" && session.transaction === "open") context.transaction = this.#transactions += 1;
		this.#note(statement, run, context, run.unobserved);
		if (session.transaction === "none") Object.assign(context, {
			transaction: null,
			last: void 0
		});
	}
	async #execute(statement, context) {
		const { session } = this.#options;
		if (session.transaction !== "none") {
			context.transaction ??= this.#transactions += 1;
			return this.#executeInside(statement, context);
		}
		if (isQuiet(statement) || needsBlock(statement)) return {
			before: blank,
			after: nothingHeld,
			milliseconds: await timed$1(() => session.send(statement.sql))
		};
		if (mustRunOutside(statement)) return this.#executeOutside(statement, context);
		return this.#executeAlone(statement, context);
	}
	async #executeInside(statement, context) {
		const { session } = this.#options;
		const look = lookFor(statement, context);
		const { last, skipped, facts, middle } = context;
		if (last && middle.has(statement)) {
			skipped.push(facts.length);
			const milliseconds = await timed$1(() => session.send(statement.sql));
			return {
				before: {
					...last.before,
					...last.after
				},
				after: last.after,
				milliseconds
			};
		}
		const run = await runInside(session, statement, this.#base, look);
		if (last && skipped.length > 0 && !sameHoldings(last.after, run.before)) markUnobserved(context);
		skipped.length = 0;
		context.last = run;
		return run;
	}
	/** A statement by itself is a transaction of its own: opened here, so that its locks are there to see. */
	async #executeAlone(statement, context) {
		const { session } = this.#options;
		const look = lookFor(statement, context);
		await session.send("BEGIN");
		try {
			const run = await runInside(session, statement, this.#base, look);
			await session.send("COMMIT");
			context.transaction = this.#transactions += 1;
			return run;
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
			await session.send("ROLLBACK");
			if (!commitsByItself(error)) throw error;
			return this.#executeOutside(statement, context);
		}
	}
	async #executeOutside(statement, context) {
		const { session, address, signal, major } = this.#options;
		const look = lookFor(statement, context);
		this.#holders ??= openHolders(address, signal);
		const holders = await this.#holders;
		const files = new Map([...await relationsNow(session)].map(([oid, { file }]) => [oid, file]));
		const { result: run, scanned } = await scansAround(session, context.existing, major, () => runOutside(session, holders, statement, this.#base, look));
		const now = await relationsNow(session);
		for (const [oid, file] of files) context.files.set(oid, file);
		return {
			...run,
			before: {
				...run.before,
				locks: /* @__PURE__ */ new Map(),
				scans: /* @__PURE__ */ new Map()
			},
			after: {
				...run.after,
				files: new Map([...now].map(([oid, { file }]) => [oid, file])),
				scans: scanned
			}
		};
	}
	#note(statement, run, context, unobserved) {
		const observation = toObservation(statement, run, {
			...context,
			...unobserved !== void 0 && { unobserved }
		});
		for (const [oid, file] of run.after.files) context.files.set(oid, file);
		context.facts.push(this.#factsOf(statement, observation, run, context));
	}
	#noteFailure({ statement, error }, context) {
		const last = context.facts.at(-1);
		const fault = faultOf(statement, error);
		if (last?.statement === statement) {
			context.facts[context.facts.length - 1] = {
				...last,
				observation: {
					...last.observation,
					error: fault
				}
			};
			return;
		}
		const run = {
			before: context.looked?.statement === statement ? context.looked.before : blank,
			after: nothingHeld,
			milliseconds: 0
		};
		const observation = {
			...toObservation(statement, run, context),
			error: fault,
			unobserved
		};
		context.facts.push(this.#factsOf(statement, observation, run, context));
	}
	#factsOf(statement, observation, run, context) {
		const { named, lockTimeout, statementTimeout } = run.before;
		return {
			statement,
			observation,
			index: this.#statements++,
			relation: (schema, name) => named.get(keyOf$2({
				schema,
				name
			})),
			lostIndexes: lostIndexes(run, context),
			lockTimeout,
			statementTimeout
		};
	}
};
function lookFor(statement, context) {
	return (before) => {
		context.looked = {
			statement,
			before
		};
	};
}
/** Something among the statements that were not looked at singly took a lock or read a table. */
function markUnobserved({ facts, skipped }) {
	for (const index of skipped) {
		const each = facts[index];
		const unobserved = `It is one of ${skipped.length} alike statements in a row that were not watched singly.`;
		facts[index] = {
			...each,
			observation: {
				...each.observation,
				unobserved
			}
		};
	}
}
const unobserved = "It failed, so what it would have locked, rewritten and read afterwards is not known.";
/** Statements that are an error outside a block that the script opened: a block of ours would hide it. */
function needsBlock({ kind }) {
	return kind === "DeclareCursorStmt" || kind === "LockStmt";
}
/** Procedures and DO blocks with COMMIT, and what PostgreSQL finds out only while it runs (25001, 2D000). */
function commitsByItself(error) {
	return ["25001", "2D000"].includes(error.fault.sqlstate);
}

// src/jobs/made-up-rows.ts
/**
* Errors that rows cause: cardinality, data, constraints, WITH CHECK OPTION and what functions raise (PostgreSQL
* documentation, appendix A, classes 21, 22, 23, 44, P0).
*/
const causedByRows = /^(21|22|23|44|P0)/;
/** Whether an error stopped the migrations that made-up rows may have caused, so that the rest went unseen. */
function stoppedByRows({ seeded, statements }) {
	const error = statements.at(-1)?.observation.error;
	return seeded.rows > 0 && error !== void 0 && causedByRows.test(error.sqlstate);
}
/**
* What two attempts together tell, the first with made-up rows, the second without. Where the same statement fails for
* the same reason, the rows of the migrations themselves are to blame, and the first attempt stands.
*/
function withoutRows(first, second) {
	const stopped = first.statements.length - 1;
	const errorOnRows = first.statements[stopped]?.observation.error;
	const again = second.statements[stopped];
	if (!again || !errorOnRows || again.observation.error?.sqlstate === errorOnRows.sqlstate) return {
		...first,
		notes: []
	};
	const facts = {
		...again,
		observation: {
			...again.observation,
			errorOnRows
		}
	};
	const { path, line } = facts.observation;
	return {
		...second,
		statements: second.statements.with(stopped, facts),
		notes: [`Made-up rows do not fit ${path}:${line}, so all statements were watched on tables without such rows.`]
	};
}

// src/jobs/rehearse.ts
/** What a session starts with: a scratch database need not survive a crash. */
function startOf({ searchPath }) {
	return {
		synchronous_commit: "off",
		...onPath(searchPath)
	};
}
/**
* Runs migrations in a database of its own: replays the base, seeds rows, then watches every pending statement.
* Leaves nothing on the server. Throws `KnownError` for a base that does not apply and a server that is lost.
*/
async function rehearse(input) {
	try {
		return await rehearseOn(input);
	} catch (error) {
		if (!(error instanceof ConnectionLost)) throw error;
		const log = await input.server.log().catch(() => "");
		throw new KnownError(`${error.message} The check could not be finished.`, {
			reason: "unreachable",
			help: log ? `The server's log ends with:\n${log}` : "See the log of the server.",
			cause: error
		});
	}
}
/** Roles can only go once the database with what they own is gone: hence the two scopes. */
async function rehearseOn(input) {
	const { server, base, pending, signal, progress } = input;
	await using guard = await openGuard({
		server,
		migrations: [...base, ...pending],
		signal,
		progress
	});
	const first = await rehearseInScratch(input, guard);
	const undone = await guard.undo();
	if (!stoppedByRows(first)) return {
		...first,
		notes: undone
	};
	input.progress.step("made-up rows do not fit: once more without");
	const second = await rehearseInScratch({
		...input,
		seedRows: 0
	}, guard);
	const { notes, ...rest } = withoutRows(first, second);
	return {
		...rest,
		notes: [...notes, .../* @__PURE__ */ new Set([...undone, ...await guard.undo()])]
	};
}
async function rehearseInScratch(input, guard) {
	const { server, signal, progress, statementLimit, searchPath, base, pending } = input;
	await using scratch = await createScratch(server, { signal });
	await using connection = await connect(scratch.address, signal, startOf(input));
	await makeSchemas(connection, searchPath, [...base, ...pending]);
	progress.step(`replaying ${count(base.length, "base migration")}`);
	const limit = {
		seconds: statementLimit,
		address: scratch.address
	};
	await replay(connection, await guard.prepare(base), {
		fresh: input.tool.freshSession,
		limit
	});
	progress.step("seeding rows");
	const [seeded, before] = await prepare(scratch.address, input);
	const session = guard.marking(connection);
	const { refusal } = guard;
	const watching = {
		session,
		address: scratch.address,
		major: server.major,
		statementLimit,
		signal,
		refusal
	};
	await using watcher = await openWatcher(watching);
	const watched = await watchAll(input, session, watcher);
	const after = await snapshotOf(scratch.address, signal);
	return {
		before,
		after,
		changes: diffSnapshots(before, after),
		seeded,
		...watched
	};
}
/** Of sessions in which Lockkeeper reads the catalog for itself: however busy the server is, and whatever its role sets. */
const unhurried$1 = { statement_timeout: "0" };
async function prepare(address, input) {
	await using session = await connect(address, input.signal, {
		...startOf(input),
		...unhurried$1
	});
	const before = await takeSnapshot(session);
	return [await seed(session, { rows: input.seedRows }), before];
}
async function snapshotOf(address, signal) {
	await using session = await connect(address, signal, unhurried$1);
	return await takeSnapshot(session);
}
async function watchAll({ pending, tool, progress }, session, watcher) {
	const statements = [];
	const migrations = [];
	let failed = false;
	for (const { id, path, ...migration } of pending) {
		if (failed) {
			const statements = (await batchesOf({
				id,
				path,
				...migration
			})).flatMap((batch) => batch.statements).length;
			migrations.push({
				id,
				path,
				statements,
				status: "not run"
			});
			continue;
		}
		progress.step(`watching ${id}`);
		if (tool.freshSession) await session.send(freshSession);
		const watched = await watcher.watch({
			id,
			path,
			...migration
		});
		statements.push(...watched.facts);
		failed = watched.failed;
		migrations.push({
			id,
			path,
			statements: watched.statements,
			status: failed ? "failed" : "applied"
		});
	}
	return {
		migrations,
		statements
	};
}
function count(number, noun) {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

// src/jobs/check.ts
/** Checks what the pending migrations do, on a server of its own. Throws `KnownError` when it cannot be done. */
async function check(input) {
	const start = performance.now();
	const { report, rehearsal } = await examine(input);
	if (!input.rehearseOn || input.subject.pending.length === 0) return report;
	const onBackup = await input.rehearseOn([rehearsal.before, rehearsal.after]);
	const failed = onBackup.outcome === "failed" && input.failOn !== "never";
	const milliseconds = Math.round(performance.now() - start);
	return {
		...report,
		milliseconds,
		outcome: failed ? "failed" : report.outcome,
		onBackup
	};
}
/** The same, with the schemas before and after. */
async function examine(input) {
	const start = performance.now();
	const { rehearsal, server } = await runPending(input);
	const world = worldOf(input, rehearsal, server?.major);
	input.progress.step("judging");
	return {
		report: reportOf(input, {
			rehearsal,
			findings: judge(world, input.rules, { today: input.now.toISOString().slice(0, 10) }),
			milliseconds: Math.round(performance.now() - start),
			...server && { server }
		}),
		rehearsal
	};
}
function reportOf(input, { rehearsal, server, findings, milliseconds }) {
	const { subject, failOn, now } = input;
	return {
		version: 1,
		command: "check",
		outcome: findings.some((each) => each.status === "open" && fails(each.severity, failOn)) ? "failed" : "passed",
		failOn,
		lockkeeper: input.version,
		startedAt: now.toISOString(),
		milliseconds,
		...subject.folder !== "" && { folder: subject.folder },
		tool: {
			name: subject.tool.name,
			title: subject.tool.title,
			folders: subject.folders
		},
		base: subject.origin,
		...subject.commit !== void 0 && { head: subject.commit },
		...server && { server: {
			kind: server.kind,
			version: server.version
		} },
		migrations: {
			base: subject.base.migrations.length,
			pending: rehearsal.migrations
		},
		findings,
		observations: rehearsal.statements.map(({ observation }) => observation),
		changes: rehearsal.changes,
		touched: touchedObjects(rehearsal.changes, rehearsal.before, rehearsal.after),
		...server && { fingerprints: {
			before: rehearsal.before.fingerprint,
			after: rehearsal.after.fingerprint
		} },
		coverage: coverageOf(subject, rehearsal)
	};
}
async function runPending(input) {
	const { subject, searchPath, seedRows, statementLimit, signal, progress } = input;
	if (subject.pending.length === 0 && !input.always) return { rehearsal: nothing };
	await using server = await input.openServer();
	return {
		rehearsal: await rehearse({
			server,
			tool: subject.tool,
			base: subject.base.migrations,
			pending: subject.pending,
			...searchPath && { searchPath },
			seedRows,
			statementLimit,
			signal,
			progress
		}),
		server: {
			kind: server.kind,
			version: server.version,
			major: server.major
		}
	};
}
const empty = {
	serverVersion: 0,
	fingerprint: "",
	objects: []
};
const nothing = {
	before: empty,
	after: empty,
	changes: [],
	seeded: {
		tables: 0,
		rows: 0,
		skipped: []
	},
	migrations: [],
	statements: [],
	notes: []
};
/** Rules that know their majors are asked as for the newest one when no server was needed. */
const newestMajor = 18;
function worldOf({ subject, protectedTables }, rehearsal, major = newestMajor) {
	const { before, after, changes, statements } = rehearsal;
	const { pending, base, head } = subject;
	const { outsideTransaction } = subject.tool;
	return {
		major,
		before,
		after,
		changes,
		statements,
		pending,
		base,
		head,
		outsideTransaction,
		isProtected: matcher(protectedTables)
	};
}
/** A glob with a dot names schema and table; one without names a table in any schema. */
function matcher(globs) {
	const qualified = globs.map((glob) => (0, import_picomatch.default)(glob.includes(".") ? glob : `*.${glob}`, { dot: true }));
	return (table) => qualified.some((matches) => matches(table));
}
function coverageOf(subject, { statements, migrations, seeded, notes }) {
	const total = migrations.reduce((sum, migration) => sum + migration.statements, 0);
	const notRun = total - statements.length;
	return {
		statements: {
			total,
			run: statements.length,
			observed: statements.filter(({ observation }) => observation.unobserved === void 0).length
		},
		seeded,
		notes: [
			...subject.head.ignored.map(({ path, reason }) => `${path} was passed over: ${reason}`),
			...migrations.filter((each) => each.statements === 0).map(({ path }) => `${path} holds no statement.`),
			...notRun > 0 ? [`${notRun} of ${total} statements were not run, because an earlier one failed.`] : [],
			...notes
		]
	};
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
	return (objects ?? []).map((object) => nameOfList(read$1(object, "List")?.items ?? [object]));
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

// src/postgres/syntax/alter-table.ts
/** The table (view, index, sequence …) that an ALTER names, and its actions. Empty for other statements. */
function alterCommands(statement, ...types) {
	return readAll(read$1(statement.node, "AlterTableStmt")?.cmds, "AlterTableCmd").flatMap((node, index) => {
		const type = node.subtype;
		if (type === void 0 || types.length > 0 && !types.includes(type)) return [];
		const column = read$1(node.def, "ColumnDef");
		return [{
			type,
			index,
			name: node.name ?? column?.colname,
			column,
			constraint: read$1(node.def, "Constraint"),
			node
		}];
	});
}
/** The name that an ALTER TABLE writes. */
function alteredTable(statement) {
	return nameOf$1(read$1(statement.node, "AlterTableStmt")?.relation);
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
	if (read$1(statement.node, "AlterTableStmt")?.cmds?.length !== commands.length || commands.includes("")) return void 0;
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
	const known = read$1(statement.node, "AlterTableStmt")?.relation?.location ?? 0;
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
	const text = textOf$1(command, statement);
	return wordsFrom(text, command.type === "AT_AlterColumnType" ? afterWord(text, "TYPE") : afterName(text));
}
/** The default as it is written; empty where there is none. */
function defaultText(command, statement) {
	const text = textOf$1(command, statement);
	const from = afterWord(text, "DEFAULT");
	return from === 0 ? "" : wordsFrom(text, from);
}
function textOf$1(command, statement) {
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
	return strings(read$1(expression, "ColumnRef")?.fields).at(-1) === name;
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
	}))]), ...createdConstraints(read$1(statement.node, "CreateStmt")?.tableElts)].filter(wanted);
}
function createdConstraints(elements) {
	return (elements ?? []).flatMap((element) => {
		const column = read$1(element, "ColumnDef");
		const constraint = read$1(element, "Constraint");
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
	const last = read$1(read$1(value, "ColumnRef")?.fields?.at(-1), "String")?.sval;
	if (last !== void 0) found.add(last);
	else for (const each of Object.values(value)) visit$3(each, found);
}
/** Names of functions that an expression calls, without schema, each once. */
function functionsIn(expression) {
	const found = /* @__PURE__ */ new Set();
	const visitCalls = (value) => {
		if (typeof value !== "object" || value === null) return;
		const name = strings(read$1(value, "FuncCall")?.funcname).at(-1);
		if (name !== void 0) found.add(name);
		for (const each of Object.values(value)) visitCalls(each);
	};
	visitCalls(expression);
	return [...found];
}

// src/model/schema.ts
/** Objects of one kind, by id. */
function objectsOf(snapshot, kind) {
	const found = /* @__PURE__ */ new Map();
	for (const object of snapshot.objects) if (object.kind === kind) found.set(object.id, object);
	return found;
}

// src/rules/domain.ts
/** A domain by that name that makes PostgreSQL look at every row: with a check, NOT NULL or a computed default. */
function domainOf(command, { before, after }) {
	const [name, schema] = strings(command.column?.typeName?.names).reverse();
	return [...objectsOf(before, "domain").values(), ...objectsOf(after, "domain").values()].find((each) => each.name === name && (schema === void 0 || each.schema === schema) && (each.checks.length > 0 || each.notNull || each.default !== void 0));
}
/** What a column of the plain type, and its table, need to be held to what the domain demands. */
function demandsOf({ checks, notNull }, column) {
	const own = checks.map((each) => each.replaceAll(/\bVALUE\b/g, () => printIdentifier(column)));
	return [...checks.length > 0 ? [`give the table ${own.join(" and ")} with NOT VALID, and validate it in a later migration`] : [], ...notNull ? ["make it NOT NULL, by a constant default in ADD COLUMN or in steps once it is filled"] : []];
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
/** Who waits: `writes`; where it is not the same for all, `reads and writes of public.a and writes to public.b`. */
function waitingFor(blocked) {
	const whole = blocked.filter(({ mode }) => mode === "AccessExclusiveLock").map(({ table }) => table);
	const others = blocked.filter(({ mode }) => mode !== "AccessExclusiveLock").map(({ table }) => table);
	if (others.length === 0) return "reads and writes";
	return whole.length === 0 ? "writes" : `reads and writes of ${whole.join(", ")} and writes to ${others.join(", ")}`;
}
/** Base tables that a statement read whole or rewrote, whatever lock it had. */
function workedOn({ locks, held, scanned, rewritten }) {
	return strongest$1([...locks, ...held]).filter(({ kind, atBase }) => atBase && tableKinds.includes(kind)).map(({ relation }) => relation).filter((each) => scanned.includes(each) || rewritten.includes(each));
}
/** Base tables on which some of these locks are at least so strong and keep others out, each with the strongest. */
function lockedTables(locks, least = "ShareLock") {
	return strongest$1(locks).filter(({ kind, atBase, mode }) => atBase && tableKinds.includes(kind) && atLeast(mode, least) && keepsOut(mode, kind));
}
/** Whom the strongest of these locks, which all keep writers out, keeps out. */
function keptOut(locks) {
	return locks.some(({ mode }) => mode === "AccessExclusiveLock") ? "reads and writes" : "writes";
}
/** The same in a sentence, before the names of tables. */
function keptFrom(locks) {
	return keptOut(locks) === "writes" ? "writes to" : "reads and writes of";
}
/** Base tables that a statement itself locked against reads and writes. */
function lockedOut({ observation }) {
	return lockedTables(observation.locks, "AccessExclusiveLock").map(({ relation }) => relation);
}
/** Tables that code emptied by giving them new files, which takes a moment. */
function truncatedByCode({ emptied = [], rewritten }) {
	return emptied.filter((table) => rewritten.includes(table));
}
/** What a strong lock of a moment weighs: while it waits, everybody waits behind it, unless a lock_timeout ends that. */
function momentary({ lockTimeout }) {
	return lockTimeout > 0 ? "notice" : "warning";
}
/** Milliseconds after which a wait for a lock ends by itself; 0 where nothing ends it. */
function endOfWait({ lockTimeout, statementTimeout }) {
	const limits = [lockTimeout, statementTimeout].filter((each) => each > 0);
	return limits.length > 0 ? Math.min(...limits) : 0;
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
	if (generated) return generated.generated_kind === "v" ? "virtual" : "stored";
	if (domain) return "domain";
	const value = constraints.find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr;
	return functionsIn(value).some((name) => mayBeVolatile(name, world)) ? "computed default" : "plain";
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
const rule$106 = {
	id: "add-domain-column",
	severity: "error",
	what: "A column is added whose type is a domain with a CHECK, or with a default that is computed for each row.",
	why: "PostgreSQL rewrites the whole table for it, even where the column has no default.",
	instead: "Give the column the base type, and add the check as NOT VALID, to be validated afterwards.",
	sources: ["PostgreSQL source, tablecmds.c, ATExecAddColumn; measured on 12 to 18"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			return rewritingColumns(facts, world, "domain").map((column) => ({
				message: `Adding ${column.name} of the domain ${column.domain?.name} rewrites ${column.observed.rewritten.join(", ")}, as PostgreSQL tries the domain on every row.`,
				...costs(column.observed),
				instead: { text: insteadOf$7(column) }
			}));
		}
	}
};
function insteadOf$7({ name, domain, default: value }) {
	const inherits = value === "" && domain?.default !== void 0;
	return `${[
		`Add ${name} as ${domain?.type}`,
		...domain ? demandsOf(domain, name) : [],
		...inherits ? [`give it the default ${domain.default} afterwards, and fill old rows in batches`] : []
	].join("; ")}.`;
}

// src/rules/not-null.ts
/**
* PostgreSQL 18 adds NOT NULL itself as NOT VALID and checks it later. Before, a valid CHECK spares SET NOT NULL its scan
* (documentation, ALTER TABLE, SET NOT NULL); it is dropped by a statement of its own, as a single one would drop it
* first. `table` is SQL text.
*/
function notNullPlan(table, columns, major) {
	const parts = columns.map(({ column, name = `${column}_not_null`.slice(-63), noInherit }) => ({
		column: printIdentifier(column),
		name: printIdentifier(name),
		more: noInherit ? " NO INHERIT" : ""
	}));
	const alter = (actions) => `ALTER TABLE ${table} ${actions.join(", ")};`;
	const validated = alter(parts.map(({ name }) => `VALIDATE CONSTRAINT ${name}`));
	if (major >= 18) return {
		first: parts.map(({ column, name, more }) => `ADD CONSTRAINT ${name} NOT NULL ${column}${more} NOT VALID`),
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
function inTransaction$1(...statements) {
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
	return [`ALTER TABLE ${printId(table)} ${first.join(", ")};`, ...following].map((sql) => inTransaction$1(sql));
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
		inTransaction$1(...before, `${text.head} ${commands.join(", ")};`),
		backfill(observed.table.name, name, "DEFAULT"),
		...column.notNull ? setNotNull(observed.table.name, name, major) : []
	];
}

// src/rules/columns/add-identity.ts
const rule$105 = {
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
	return steps && [...steps, inTransaction$1(`ALTER TABLE ${whole} ALTER COLUMN ${target} DROP DEFAULT, ALTER COLUMN ${target} ADD GENERATED ${when} AS IDENTITY;`, `SELECT setval(pg_get_serial_sequence('${literal(whole)}', '${literal(column.name)}'), nextval('${literal(sequence)}'));`, `DROP SEQUENCE ${sequence};`)];
}
function literal(text) {
	return text.replaceAll("'", "''");
}

// src/rules/columns/add-json.ts
const rule$104 = {
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
const rule$103 = {
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
			...sql && { migrations: [inTransaction$1(sql)] }
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
const rule$102 = {
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
	return steps && [...steps, inTransaction$1(owns)];
}

// src/rules/columns/add-stored-generated.ts
const rule$101 = {
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
			return rewritingColumns(facts, world, "stored").map((column) => ({
				message: `Adding the stored generated column ${column.name} computes it for every row of ${column.observed.table.name} and rewrites it.`,
				...costs(column.observed),
				instead: { text: insteadOf$6(column, world) }
			}));
		}
	}
};
/** VIRTUAL columns have neither indexes nor foreign keys (documentation, 5.4, "Generated Columns"). */
function insteadOf$6({ command, notNull }, { major }) {
	const trigger = "et a trigger keep a plain column up to date, and fill it in batches.";
	const bound = columnConstraints(command).some(({ contype }) => needsStored.includes(contype ?? ""));
	if (major < 18 || bound) return `L${trigger}`;
	return `${notNull ? "VIRTUAL instead of STORED rewrites nothing: it is computed when it is read. Leave NOT NULL out there, which reads every row; add it as NOT VALID and validate it in a later migration." : "VIRTUAL instead of STORED costs nothing: it is computed when it is read."} Or l${trigger}`;
}
const needsStored = [
	"CONSTR_PRIMARY",
	"CONSTR_UNIQUE",
	"CONSTR_FOREIGN"
];

// src/rules/columns/add-volatile-default.ts
const rule$100 = {
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
/** What running code calls a table: its name before the pending migrations, which may have given it another one. */
function nameBefore(relation, world) {
	return tableBefore(relation, world)?.id ?? relation.name;
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
/** Whether an object shares the names of its schema's tables (pg_class). */
function isRelation$1({ kind }) {
	return [
		"table",
		"view",
		"index",
		"sequence"
	].includes(kind);
}

// src/rules/type-names.ts
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
	const [first = "", ...more] = (aliases[name] ?? name).split(" ");
	const amount = first === "character" && more.length === 0 && size === "" ? "(1)" : size.replaceAll(" ", "");
	const full = [first, ...more].join(" ");
	return /^time(stamp)?$/.test(first) ? [`${first}${amount}`, ...more].join(" ") : `${full}${amount}`;
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
	timestamp: "timestamp without time zone",
	timetz: "time with time zone",
	time: "time without time zone"
};

// src/rules/columns-then.ts
/** The columns of the base, by the names that they have just before a statement: earlier pending ones may have changed them. */
function columnsThen(table, { index }, world) {
	const columns = atBase(table, world);
	for (const { statement, relation, observation } of world.statements.slice(0, index)) {
		if (observation.error) continue;
		const is = ({ schema, name }) => relation(schema, name)?.oid === table.oid;
		for (const [name, then] of columns) columns.set(name, {
			...then,
			type: renamedType(then.type, statement)
		});
		const rename = read$1(statement.node, "RenameStmt");
		if (rename?.renameType === "OBJECT_COLUMN" && is(nameOf$1(rename.relation))) renameColumn(columns, rename.subname ?? "", rename.newname ?? "");
		if (!is(alteredTable(statement))) continue;
		for (const command of alterCommands(statement, "AT_DropColumn", "AT_AlterColumnType")) {
			const then = columns.get(command.name ?? "");
			if (command.type === "AT_DropColumn") columns.delete(command.name ?? "");
			else if (then) columns.set(command.name ?? "", {
				...then,
				type: canonical(typeText(command, statement))
			});
		}
	}
	return columns;
}
function atBase(table, world) {
	const view = [...objectsOf(world.before, "view").values()].find(({ oid }) => oid === table.oid);
	if (view) return new Map(view.columns.map((name) => [name, {
		column: void 0,
		type: void 0
	}]));
	return new Map([...columnsBefore(table, world)].map(([name, column]) => [name, {
		column,
		type: column.type
	}]));
}
function renameColumn(columns, from, to) {
	const moved = columns.get(from);
	columns.delete(from);
	if (moved) columns.set(to, moved);
}
/** A type's name after ALTER TYPE or ALTER DOMAIN … RENAME TO. */
function renamedType(type, { node }) {
	const rename = read$1(node, "RenameStmt");
	if (!type || !rename || !["OBJECT_TYPE", "OBJECT_DOMAIN"].includes(rename.renameType ?? "")) return type;
	const { schema, name } = nameOfList(read$1(rename.object, "List")?.items);
	const old = printIdentifier(name);
	const place = type.slice(0, -old.length);
	const places = schema === void 0 ? place === "" || place.endsWith(".") : place === `${printIdentifier(schema)}.`;
	return type.endsWith(old) && places ? `${place}${printIdentifier(rename.newname ?? "")}` : type;
}

// src/rules/new-column.ts
/** Whether no column of the base has this name just before a statement, so that nobody knows the column yet. */
function isNewColumn(table, column, facts, world) {
	if (table.kind === "composite type") return wasAdded(table, column, facts, world);
	return !columnsThen(table, facts, world).has(column);
}
/** An earlier pending statement gave a composite type this attribute. */
function wasAdded({ oid }, name, { index }, { statements }) {
	return statements.slice(0, index).some(({ statement, relation, observation }) => {
		const altered = alteredTable(statement);
		return alterCommands(statement, "AT_AddColumn").some((command) => command.name === name) && !observation.error && relation(altered.schema, altered.name)?.oid === oid;
	});
}

// src/rules/columns/change-default.ts
const rule$99 = {
	id: "change-default",
	severity: "warning",
	what: "On a table that is in use, a NOT NULL column loses its default, identity or expression, or an identity column becomes GENERATED ALWAYS.",
	why: "Running code that leaves the column out of its INSERTs fails from then on: also code that does not know it yet, where the column is new. With GENERATED ALWAYS it is code that gives a value that fails.",
	instead: "Keep the default until all code that is running gives a value; drop it in a later release.",
	sources: ["PostgreSQL documentation, INSERT; CREATE TABLE, GENERATED AS IDENTITY", "strong_migrations: change_column_default"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const table = alteredInUse(facts);
			if (!table) return [];
			return alterCommands(facts.statement).flatMap((command) => {
				const filling = droppedBy(command);
				if (filling) return lost(filling, command, table, facts, world);
				return ["AT_SetIdentity", "AT_AddIdentity"].includes(command.type) ? refused(command, table, world) : [];
			});
		}
	}
};
function droppedBy({ type, node }) {
	if (type === "AT_ColumnDefault") return node.def ? void 0 : "default";
	return type === "AT_DropIdentity" ? "identity" : type === "AT_DropExpression" ? "expression" : void 0;
}
function lost(filling, { name = "" }, table, facts, world) {
	if (!had(filling, table, name, facts, world) || !mustBeGiven(columnAfter(table, name, world))) return [];
	const message = `Without its ${filling}, ${name} must be given by every INSERT into ${table.name}: running code that leaves it out fails.`;
	const text = `Drop the ${filling} of ${name} in a later release, when all running code gives a value.`;
	const instead = filling === "expression" ? {} : { instead: { text } };
	return [{
		message,
		relations: [table.name],
		...instead
	}];
}
/** Otherwise there is nothing to drop. */
function had(filling, table, name, facts, world) {
	const { default: value, identity, generated } = columnsBefore(table, world).get(name) ?? {};
	return {
		default: value,
		identity,
		expression: generated
	}[filling] !== void 0 || isNewColumn(table, name, facts, world);
}
/** At the end the column has neither a default, nor an identity, nor room for NULL. */
function mustBeGiven(column) {
	return column?.notNull === true && [
		column.default,
		column.identity,
		column.generated
	].every((each) => each === void 0);
}
/**
* A column of the base to which INSERT could give a value, and cannot at the end. Where an identity takes over from a
* default, as serial columns have, it is not told: there INSERTs leave the column out.
*/
function refused({ name = "" }, table, world) {
	const before = columnsBefore(table, world).get(name);
	if (!before || before.default !== void 0 || before.identity === "always") return [];
	if (columnAfter(table, name, world)?.identity !== "always") return [];
	return [{
		message: `PostgreSQL alone gives ${name} its values from then on: running code whose INSERTs into ${table.name} give one fails (SQLSTATE 428C9).`,
		relations: [table.name],
		instead: { text: `Leave it GENERATED BY DEFAULT until no running code gives ${name}, or gives it with OVERRIDING SYSTEM VALUE.` }
	}];
}
function columnAfter({ oid }, name, { after }) {
	return [...objectsOf(after, "column").values()].find((each) => each.oid === oid && each.name === name);
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
	const drop = read$1(statement.node, "DropStmt");
	const [name, table] = strings(read$1(drop?.objects?.[0], "List")?.items).reverse();
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
const rule$98 = {
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
					message: `Dropping ${name} deletes its data in ${nameBefore(table, world)}, and running code that names it fails.${also}`,
					relations: [table.name],
					instead: { text: `Release code that does not use ${name} first. Then drop it with a comment above: -- lockkeeper:allow drop-column because no code uses ${name} any more` }
				}];
			});
		}
	}
};
/** What the base had on the column, or what depends on it, and the statement took away. */
function lostWith$1(table, column, facts, world) {
	const { observation } = facts;
	const on = tableBefore(table, world)?.id;
	const dropped = droppedRelations(observation, world).filter((each) => each.kind === "view" && isLostWith(each, column, facts) || each.kind === "sequence" && each.ownedBy === `${on}.${column}` || each.kind === "index" && each.table === on && each.constraint === void 0 && mentions$1(each.definition, column));
	const locked = new Set([...observation.locks, ...observation.held].map(({ relation }) => relation));
	const kept = new Set(world.after.objects.map(({ oid, kind }) => `${kind} ${oid}`));
	return [...world.before.objects.filter((each) => each.kind === "constraint" && (each.table === on ? each.columns.includes(column) : pointsTo(each, on, column))).filter(({ oid, index, table: owner, references }) => {
		return [index, references && owner === on ? references.table : owner].every((name) => name === void 0 || locked.has(name)) && !kept.has(`constraint ${oid}`);
	}), ...dropped];
}
/** A view on another view names no column of the table: it is told with all of them. */
function isLostWith({ definition }, column, { statement }) {
	const names = alterCommands(statement, "AT_DropColumn").map(({ name = "" }) => name);
	return mentions$1(definition, column) || !names.some((name) => mentions$1(definition, name));
}
function pointsTo({ references }, table, column) {
	return references !== void 0 && references.table === table && references.columns.includes(column);
}

// src/rules/columns/generated-kind-default.ts
const rule$97 = {
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
			const created = readAll(read$1(statement.node, "CreateStmt")?.tableElts, "ColumnDef");
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
/** The statements before it in the same transaction. */
function earlierInTransaction(facts, world) {
	return sameTransaction(facts, world).filter(({ index }) => index < facts.index);
}
/** Tables that the transaction has locked against reads and writes before this statement, and a sentence of them. */
function lockedBefore(facts, world) {
	const tables = lockedTables(facts.observation.held, "AccessExclusiveLock").map(({ relation }) => relation);
	if (tables.length === 0) return {
		tables,
		words: ""
	};
	const since = firstToLock(facts, tables, world, "AccessExclusiveLock");
	const origin = since ? ` since line ${since.statement.line}` : "";
	return {
		tables,
		words: ` Meanwhile reads and writes of ${tables.join(", ")} wait too, which its transaction has locked${origin}.`
	};
}
function sameTransaction({ observation, index }, { statements }) {
	const { transaction } = observation;
	return statements.filter((each) => transaction === null ? each.index === index : each.observation.transaction === transaction);
}
/** The statement of its transaction that first locked one of these tables at least so strongly. */
function firstToLock(facts, tables, world, least) {
	return sameTransaction(facts, world).find(({ observation }) => lockedTables(observation.locks, least).some(({ relation }) => tables.includes(relation)));
}
/** Whether the whole migration is one transaction, so that SET LOCAL holds in it and ends with it. */
function isOneTransaction({ statement, observation }, { pending, statements }) {
	const script = pending.find(({ id }) => id === statement.migration)?.up;
	const own = statements.filter((each) => each.statement.migration === statement.migration);
	if (own.some((each) => each.statement.kind === "TransactionStmt")) return false;
	if (script?.delivery === "message") return script.messages.length === 1;
	return script?.delivery === "wrapped" || script?.delivery === "lenient" && observation.transaction !== null && own.every((each) => each.observation.transaction === observation.transaction);
}

// src/rules/columns/rename-column.ts
const rule$96 = {
	id: "rename-column",
	severity: "error",
	what: "A column of a table or view that is in use, or an attribute of a composite type, is renamed.",
	why: "Running code asks for the old name and fails from that moment until it is replaced; function bodies keep the old name too. It is a warning where another column takes the name in the same transaction, and of an attribute.",
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
			const node = read$1(facts.statement.node, "RenameStmt");
			if (node?.renameType === "OBJECT_ATTRIBUTE") return ofType$1(node, facts);
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
				message: `Renaming ${from} to ${to} breaks running code that asks ${nameBefore(table, world)} for ${from}.`,
				relations: [table.name],
				instead: { text: insteadOf$5(table, from, to) }
			}];
		}
	}
};
function ofType$1({ relation, subname, newname }, facts) {
	const type = inUse(facts, nameOf$1(relation));
	const message = `Renaming ${subname} to ${newname} breaks running code that asks the type ${type?.name} for ${subname}.`;
	return type?.kind === "composite type" ? [{
		message,
		severity: "warning"
	}] : [];
}
function insteadOf$5({ kind }, from, to) {
	if (kind === "materialized view") return `Create another materialized view, with ${to}, beside it, move the readers, then drop this one in a later release.`;
	if (kind === "view") return `Add ${to} at the end of the view with CREATE OR REPLACE VIEW, move the readers, then create it anew without ${from} in a later release.`;
	return `Add ${to} beside ${from}, write both (a trigger can), move the readers, then drop ${from} in a later release.`;
}
/** The column gets the name of one that lost it earlier in the transaction. */
function isSwapped(table, from, to, facts, world) {
	return columnsBefore(table, world).has(to) && isNewColumn(table, to, facts, world) && from !== to;
}
/** Another column gets the name later in the same transaction, which is told there. */
function takesOver(table, from, facts, world) {
	return laterInTransaction(facts, world).some(({ statement, relation }) => {
		const node = read$1(statement.node, "RenameStmt");
		const { schema, name } = nameOf$1(node?.relation);
		return node?.renameType === "OBJECT_COLUMN" && node.newname === from && relation(schema, name)?.oid === table.oid;
	});
}

// src/rules/columns/set-expression.ts
const rule$95 = {
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
/** What the catalog calls the constraints that a statement adds. */
const constraintTypes = {
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
		const found = own.find((each) => each.type === constraintTypes[type] && !taken.has(each.name) && sameNames(each.columns, columns));
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
	return [inTransaction$1(withCommands(text, changed)), inTransaction$1(validations(facts, names))];
}
/** Names in a sentence: `a, b`. */
function namesOf(added) {
	return added.map(({ constraint, columns }) => constraint.conname ?? `(${columns.join(", ")})`).join(", ");
}

// src/rules/constraints/add-check-validating.ts
const rule$94 = {
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
const rule$93 = {
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
		inTransaction$1(plain),
		inTransaction$1(`ALTER TABLE ${printName(alteredTable(facts.statement))} ${actions.join(", ")};`),
		inTransaction$1(validations(facts, known.map(({ name }) => name)))
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
const rule$92 = {
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
/** The tables that hold the rows of this one: itself, or the partitions that have none of their own. */
function leavesOf(oid, { before }) {
	const tables = [...objectsOf(before, "table").values()];
	const below = (table) => table.type === "partitioned table" ? tables.filter(({ parents }) => parents.includes(table.id)).flatMap(below) : [table];
	return tables.filter((each) => each.oid === oid).flatMap(below);
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
		inTransaction$1(`ALTER TABLE ${name} ADD CONSTRAINT ${constraint} CHECK (${condition}) NOT VALID;`),
		inTransaction$1(`ALTER TABLE ${name} VALIDATE CONSTRAINT ${constraint};`),
		...work,
		inTransaction$1(`ALTER TABLE ${name} DROP CONSTRAINT ${constraint};`)
	];
}
/** The indexes of partitions that belong to a partitioned index, parents before their children. */
function descendants(root, all) {
	return all.filter(({ parent }) => parent === root.id).flatMap((child) => [child, ...descendants(child, all)]);
}
/** How a partitioned table gets an index while others write, where no SQL can be given. */
const indexPiecemeal = "Create the index ON ONLY the partitioned table, then CONCURRENTLY on each partition outside a transaction, and attach these with ALTER INDEX … ATTACH PARTITION.";

// src/rules/constraints/add-fk-validating.ts
const rule$91 = {
	id: "add-fk-validating",
	severity: "error",
	what: "ADD FOREIGN KEY, without NOT VALID, to a table that is in use, or ALTER CONSTRAINT … ENFORCED (PostgreSQL 18).",
	why: "It holds SHARE ROW EXCLUSIVE on both tables while it looks for every row’s partner: nobody writes to either; ENFORCED also keeps reads from its own table.",
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
			if (table && alterCommands(facts.statement, "AT_AlterConstraint").length > 0) return enforced(table, facts, world);
			const added = checkedAtOnce(facts, "CONSTR_FOREIGN");
			const { locks, held } = facts.observation;
			const locked = lockedTables([...locks, ...held], "ShareRowExclusiveLock");
			if (!table || added.length === 0 || locked.length === 0 || isKeptBelow(table, added, facts, world)) return [];
			const tables = locked.map(({ relation }) => relation);
			const targets = added.map(({ constraint }) => printName(nameOf$1(constraint.pktable))).join(", ");
			const early = table.kind === "partitioned table" && world.major < 18;
			return [{
				message: `Adding the foreign key ${namesOf(added)} to ${targets} keeps ${keptFrom(locked)} ${tables.join(" and ")} waiting while every row is checked.`,
				relations: tables,
				blocking: {
					what: keptOut(locked),
					during: "scan"
				},
				instead: early ? { text: "Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: add it to each partition NOT VALID, validate those, then add it to the parent: that reads no row, and locks the table it refers to against reads and writes for a moment." } : suggesting(inTwoSteps(facts, added, table, world))
			}];
		}
	}
};
/** Whether all partitions have the key already, so that no row was read: their parent takes it over. */
function isKeptBelow(table, added, facts, world) {
	if (table.kind !== "partitioned table" || observed(table, facts, world).scanned.length > 0) return false;
	const leaves = leavesOf(table.oid, world);
	return added.every(({ columns }) => leaves.every((leaf) => hasKey$1(leaf, columns.join(), facts, world)));
}
function hasKey$1({ id, oid }, columns, { index }, { before, statements }) {
	return [...objectsOf(before, "constraint").values()].some((each) => each.table === id && each.type === "foreign key" && each.validated && each.columns.join() === columns) || statements.slice(0, index).some(({ statement, relation }) => {
		const { schema, name } = alteredTable(statement);
		const keys = addedConstraints(statement, "CONSTR_FOREIGN");
		return relation(schema, name)?.oid === oid && keys.some((each) => each.columns.join() === columns);
	});
}
/** A foreign key that was NOT ENFORCED: it is made anew instead, as NOT VALID. */
function enforced(table, facts, world) {
	const blocked = blockedTables(facts.observation);
	const keys = alterCommands(facts.statement, "AT_AlterConstraint").flatMap(({ node: { def } }) => {
		const { conname, is_enforced: enforces } = read$1(def, "ATAlterConstraint") ?? {};
		const key = conname !== void 0 && enforces ? constraintBefore(table, conname, world) : void 0;
		return key?.type === "foreign key" && !key.enforced ? [key] : [];
	});
	if (blocked.length === 0 || keys.length === 0) return [];
	const [head, names] = [`ALTER TABLE ${printName(alteredTable(facts.statement))}`, keys.map(({ name }) => name)];
	const anew = keys.flatMap(({ name, definition }) => [`DROP CONSTRAINT ${printIdentifier(name)}`, `ADD CONSTRAINT ${printIdentifier(name)} ${definition} NOT VALID`]);
	const steps = [inTransaction$1(`${head} ${anew.join(", ")};`), inTransaction$1(validations(facts, names))];
	return [{
		message: `Enforcing the foreign key ${names.join(", ")} keeps ${waitingFor(blocked)} waiting while every row is checked.`,
		relations: blocked.map((each) => each.table),
		blocking: {
			what: keptOut(blocked),
			during: "scan"
		},
		instead: suggesting(keys.length === alterCommands(facts.statement).length ? steps : [])
	}];
}

// src/rules/unique.ts
/** Those whose index can be built first: not of a partitioned table, not WITHOUT OVERLAPS, and their text and name are known. */
function withIndexes(facts, added, table, world) {
	if (table.kind !== "table") return [];
	const known = inCatalog(facts, added, table, world);
	return added.flatMap((each, index) => {
		const name = each.constraint.conname ?? known[index]?.name;
		if (each.constraint.without_overlaps || name === void 0) return [];
		return withIndex(facts, each, {
			name,
			indexName: freeName(name, table, world),
			known: known[index]
		});
	});
}
/** The constraint gives its index its own name, which another relation may have until then: the one that is replaced. */
function freeName(name, table, { before }) {
	const { schema } = splitId(table.name);
	return before.objects.some((each) => isRelation$1(each) && each.schema === schema && each.name === name) ? `${name.slice(0, 59)}_new` : name;
}
function withIndex(facts, added, { name, indexName, known }) {
	const { constraint, columns } = added;
	const included = strings(constraint.including);
	const options = constraint.options && optionsText(added, facts.statement);
	if (constraint.options && options === void 0) return [];
	return [{
		added,
		index: `${[
			`CREATE UNIQUE INDEX CONCURRENTLY ${printIdentifier(indexName)} ON ${printName(alteredTable(facts.statement))} (${printIdentifiers(columns)})`,
			...included.length > 0 ? [`INCLUDE (${printIdentifiers(included)})`] : [],
			...constraint.nulls_not_distinct ? ["NULLS NOT DISTINCT"] : [],
			...options === void 0 ? [] : [options],
			...constraint.indexspace ? [`TABLESPACE ${printIdentifier(constraint.indexspace)}`] : []
		].join(" ")};`,
		action: constraintUsing(added, {
			name,
			index: indexName
		}, known)
	}];
}
/** `ADD CONSTRAINT … UNIQUE USING INDEX …`; the index gets the constraint's name with that, unless it has it. */
function constraintUsing({ constraint, type }, { name, index = name }, known) {
	const kind = type === "CONSTR_PRIMARY" ? "PRIMARY KEY" : "UNIQUE";
	const deferrable = constraint.deferrable || known?.deferrable ? " DEFERRABLE" : "";
	const deferred = constraint.initdeferred || known?.deferred ? " INITIALLY DEFERRED" : "";
	return `ADD CONSTRAINT ${printIdentifier(name)} ${kind} USING INDEX ${printIdentifier(index)}${deferrable}${deferred}`;
}
/** `WITH (fillfactor = 70)` as it is written. */
function optionsText({ command }, statement) {
	const text = command && alterText(statement)?.commands[command.index];
	return text && /\bWITH\s*\([^()]*\)/i.exec(text)?.[0];
}
/** What to do where no SQL can be given. */
function inWords$1(facts, added, table) {
	const name = printName(alteredTable(facts.statement));
	if (added.some(({ constraint }) => constraint.without_overlaps)) return `No online way exists: plan a window, or move the rows of ${name} to a new table that has the constraint.`;
	const build = "CREATE UNIQUE INDEX CONCURRENTLY outside a transaction";
	const adds = added.some((each) => addsColumnOf(facts, each)) ? "Add the column by itself before. " : "";
	return table.kind === "partitioned table" ? `${adds}Build the index of each partition with ${build}, and give it there to ADD CONSTRAINT … USING INDEX: the constraint of ${name} finds them and takes a moment.` : `${adds}Build the index with ${build}, and give it to ADD CONSTRAINT … USING INDEX, which takes a moment.`;
}
/** Whether the statement itself adds one of the columns: then no index can be built before it. */
function addsColumnOf({ statement }, { columns }) {
	return alterCommands(statement, "AT_AddColumn").some(({ name }) => name !== void 0 && columns.includes(name));
}

// src/postgres/syntax/indexes.ts
/** What a CREATE INDEX says. Undefined for other statements. */
function createdIndex(statement) {
	const node = read$1(statement.node, "IndexStmt");
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
	return readAll(read$1(node, "AlterTableStmt")?.cmds, "AlterTableCmd").some(({ def }) => read$1(def, "PartitionCmd")?.concurrent === true) || read$1(node, "IndexStmt")?.concurrent === true || read$1(node, "DropStmt")?.concurrent === true || hasOption(read$1(node, "ReindexStmt")?.params, "concurrently");
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

// src/rules/unique-partitioned.ts
/**
* A unique constraint or primary key of a partitioned table, which takes over no index itself, but finds constraints of
* its partitions that fit and builds nothing then (measured on 12 to 18): these first, under the names that PostgreSQL
* chose; then the user's own statement. Nothing where an index of a partition is not known.
*/
function onPartitions(facts, added, table, world) {
	if (table.kind !== "partitioned table") return [];
	const indexes = addedIndexesOf(world);
	const known = inCatalog(facts, added, table, world);
	const steps = added.map((each, at) => {
		const root = indexes.find(({ id }) => id === known[at]?.index);
		return (root && !each.constraint.without_overlaps ? descendants(root, indexes).filter(isLeaf) : []).flatMap((leaf) => takeover$1(leaf, constraintUsing(each, leaf, known[at])));
	});
	return steps.some((own) => own.length === 0) ? [] : [...steps.flat(), inTransaction$1(`${facts.statement.sql};`)];
}
function isLeaf({ definition }) {
	return !/ ON ONLY /.test(definition);
}
function takeover$1({ table, definition }, action) {
	return [outsideTransaction(`${concurrentIndex(definition)};`), inTransaction$1(`ALTER TABLE ${printId(table)} ${action};`)];
}

// src/rules/constraints/add-primary-key.ts
const rule$90 = {
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
			const migrations = steps$4(facts, added, altered.table, world);
			return [{
				message: `Adding the primary key (${added.columns.join(", ")}) keeps everybody from ${altered.name} until its index is built.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "index build"
				},
				instead: migrations.length > 0 ? suggesting(migrations, world.outsideTransaction) : { text: inWords$1(facts, [added], altered.table) }
			}];
		}
	}
};
function steps$4(facts, added, table, world) {
	if (!added.command || addsColumnOf(facts, added)) return [];
	const built = takeover(facts, added, table, world);
	if (built.length === 0) return [];
	const known = columnsBefore(table, world);
	const nullable = added.columns.filter((column) => !known.get(column)?.notNull).map((column) => ({ column }));
	const name = printName(alteredTable(facts.statement));
	const plan = notNullPlan(name, nullable, world.major);
	return [...(nullable.length > 0 ? [`ALTER TABLE ${name} ${plan.first.join(", ")};`, ...plan.following] : []).map((sql) => inTransaction$1(sql)), ...built];
}
function takeover(facts, added, table, world) {
	const text = alterText(facts.statement);
	const [ready] = withIndexes(facts, [added], table, world);
	if (!text || !ready || !added.command) return onPartitions(facts, [added], table, world);
	const last = withCommands(text, /* @__PURE__ */ new Map([[added.command.index, ready.action]]));
	return [outsideTransaction(ready.index), inTransaction$1(last)];
}

// src/rules/constraints/add-unique-constraint.ts
const rule$89 = {
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
			const migrations = stepsFor(facts, added, altered.table, world);
			return [{
				message: `Adding the unique constraint ${namesOf(added)} keeps everybody from ${altered.name} until its index is built.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "index build"
				},
				instead: migrations.length > 0 ? suggesting(migrations, world.outsideTransaction) : { text: inWords$1(facts, added, altered.table) }
			}];
		}
	}
};
/** The indexes, then the statement with what takes them over; columns that it adds itself come before the indexes. */
function stepsFor(facts, added, table, world) {
	const text = alterText(facts.statement);
	if (!text) return [];
	const own = added.some((each) => addsColumnOf(facts, each));
	const ready = withIndexes(facts, added, table, world);
	if (ready.length < added.length) return own ? [] : onPartitions(facts, added, table, world);
	const indexes = ready.map(({ index }) => outsideTransaction(index));
	const actions = ready.flatMap(({ added: { command }, action }) => command ? [[command.index, action]] : []);
	if (!own) return [...indexes, inTransaction$1(withCommands(text, new Map(actions)))];
	const first = withCommands(text, new Map(actions.map(([index]) => [index, ""])));
	const last = `${text.head} ${actions.map(([, action]) => action).join(", ")};`;
	return [
		inTransaction$1(first),
		...indexes,
		inTransaction$1(last)
	];
}

// src/rules/constraints/check-inline-column.ts
const rule$88 = {
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
const rule$87 = {
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

// src/rules/created.ts
/** The new table that CREATE TABLE or CREATE TABLE AS made, if it is still there at the end. */
function createdTable({ node }, world) {
	const relation = read$1(node, "CreateStmt")?.relation ?? read$1(node, "CreateTableAsStmt")?.into?.rel;
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
/** The ALTER TABLE or CREATE TABLE that adds a constraint, also where PostgreSQL chose the name. */
function adderOf({ name, type, table, columns }, world) {
	const oid = objectsOf(world.after, "table").get(table)?.oid;
	return world.statements.findLast(({ statement, relation }) => {
		const created = read$1(statement.node, "CreateStmt")?.relation;
		const written = created ? nameOf$1(created) : alteredTable(statement);
		const isOn = created ? newTable(written, world)?.oid === oid : relation(written.schema, written.name)?.oid === oid;
		const isIt = (each) => each.constraint.conname === void 0 ? each.columns.join() === columns.join() : each.constraint.conname === name;
		return isOn && addedConstraints(statement).some((each) => constraintTypes[each.type] === type && isIt(each));
	});
}

// src/rules/place.ts
/**
* The last pending statement that names one of these and does what is spoken of; where none does so in words, the last
* that names one, or else the last of all. Undefined where none was run.
*/
function lastNaming(names, { statements }, does = () => true) {
	const naming = statements.filter(({ statement }) => names.some((name) => mentions$1(statement.sql, name)));
	const found = naming.findLast(({ statement }) => does(statement)) ?? naming.at(-1) ?? statements.at(-1);
	return found && placeOf$2(found.statement);
}
/** Where a new constraint is written down; as well as it can be told where a DO block or the like adds it. */
function placeOfConstraint(constraint, world) {
	const { name, columns } = constraint;
	const adder = adderOf(constraint, world);
	return adder ? placeOf$2(adder.statement) : lastNaming([name, ...columns], world);
}
function placeOf$2({ migration, path, line }) {
	return {
		migration,
		path,
		line
	};
}

// src/rules/constraints/deferrable-breaks-upsert.ts
const rule$86 = {
	id: "deferrable-breaks-upsert",
	severity: "notice",
	what: "A new unique constraint or primary key is DEFERRABLE.",
	why: "INSERT … ON CONFLICT cannot use it (SQLSTATE 55000), no foreign key can refer to it, and rows are checked one by one at the end.",
	instead: "Leave DEFERRABLE out, unless values must be exchanged within a transaction.",
	sources: ["PostgreSQL documentation, CREATE TABLE, DEFERRABLE; INSERT, ON CONFLICT"],
	whole(world) {
		return addedConstraintsOf(world).filter(({ type, deferrable, inherited }) => deferrable && !inherited && (type === "unique" || type === "primary key")).flatMap((constraint) => {
			const { name, table, columns } = constraint;
			const place = placeOfConstraint(constraint, world);
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
const rule$85 = {
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
			const node = read$1(statement.node, "AlterDomainStmt");
			const blocked = blockedTables(observation);
			const tables = blocked.map((each) => each.table);
			if (!node || !["C", "V"].includes(node.subtype ?? "") || tables.length === 0) return [];
			const name = printName(nameOfList(node.typeName));
			return [{
				message: `Checking the domain ${name} keeps ${keptFrom(blocked)} ${tables.join(", ")} waiting while every row is read.`,
				relations: tables,
				blocking: {
					what: keptOut(blocked),
					during: "scan"
				},
				instead: { text: `ALTER DOMAIN ${name} ADD CONSTRAINT … CHECK (…) NOT VALID checks new values at once and reads nothing; to check old rows too, give each table a CHECK that is NOT VALID, and VALIDATE it.` }
			}];
		}
	}
};

// src/rules/constraints/domain-not-null.ts
const rule$84 = {
	id: "domain-not-null",
	severity: "error",
	what: "ALTER DOMAIN … SET NOT NULL for a domain that tables in use have.",
	why: "It holds SHARE on every table with a column of the domain while it reads all their rows: nobody writes, and it has no NOT VALID form.",
	instead: "Make the columns NOT NULL instead, one by one, in the steps of set-not-null-scan.",
	sources: ["PostgreSQL documentation, ALTER DOMAIN, \"Notes\"", "pgsafe: add-domain-not-null"],
	statement: {
		kinds: ["AlterDomainStmt"],
		check({ statement, observation }) {
			const node = read$1(statement.node, "AlterDomainStmt");
			const blocked = blockedTables(observation);
			const tables = blocked.map((each) => each.table);
			if (node?.subtype !== "O" || tables.length === 0) return [];
			const name = printName(nameOfList(node.typeName));
			return [{
				message: `Making the domain ${name} NOT NULL keeps ${keptFrom(blocked)} ${tables.join(", ")} waiting while every row is read.`,
				relations: tables,
				blocking: {
					what: keptOut(blocked),
					during: "scan"
				},
				instead: { text: `Leave the domain ${name} nullable, and make its columns NOT NULL one by one.` }
			}];
		}
	}
};

// src/rules/constraints/drop-constraint.ts
const rule$83 = {
	id: "drop-constraint",
	severity: "warning",
	what: "A constraint of a table that is in use is dropped or set NOT ENFORCED, and no other takes its place.",
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
			const where = printName(alteredTable(facts.statement));
			const relaxed = alterCommands(facts.statement, "AT_AlterConstraint").flatMap(({ node }) => {
				const { conname = "", alterEnforceability, is_enforced } = read$1(node.def, "ATAlterConstraint") ?? {};
				const constraint = alterEnforceability && !is_enforced ? constraintBefore(table, conname, world) : void 0;
				if (!constraint?.enforced || isKept$1(constraint, world)) return [];
				return [{
					message: `While ${conname} is NOT ENFORCED, ${lossOf$1(constraint, where, world)}.`,
					relations: [table.name]
				}];
			});
			return [...alterCommands(facts.statement, "AT_DropConstraint").flatMap(({ name = "" }) => {
				const constraint = constraintBefore(table, name, world);
				if (!constraint || isKept$1(constraint, world)) return [];
				const keys = keysLostWith(constraint, world);
				const also = keys.map((key) => ` CASCADE drops the foreign key ${key.name} of ${key.table}, too.`).join("");
				const relations = [table.name, ...keys.map((key) => key.table)];
				return [{
					message: `Without ${name}, ${lossOf$1(constraint, where, world)}.${also}`,
					relations
				}];
			}), ...relaxed];
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
/** A new check that speaks of the same columns, and of others. */
function checksMore(each, old, before) {
	if (each.type !== old.type || each.table !== old.table || old.columns.length === 0) return false;
	return !before.objects.some(({ kind, oid }) => kind === "constraint" && oid === each.oid) && old.columns.every((column) => each.columns.includes(column));
}
/** Another constraint or unique index, or NOT NULL, says the same after the pending migrations. */
function isKept$1(old, { before, after }) {
	const same = (columns) => columns.join() === old.columns.join();
	const others = [...objectsOf(after, "constraint").values()].filter(({ enforced }) => enforced);
	if (others.some((each) => each.table === old.table && each.type === old.type && same(each.columns))) return true;
	if (old.type === "check" && others.some((each) => checksMore(each, old, before))) return true;
	const hasKey = old.type !== "primary key" || others.some((each) => each.table === old.table && each.type === old.type);
	if (old.type === "unique" || old.type === "primary key") {
		const indexes = [...objectsOf(after, "index").values()];
		return hasKey && indexes.some((index) => index.table === old.table && index.unique && !index.predicate && same(index.columns));
	}
	const column = objectsOf(after, "column").get(`${old.table}.${old.columns[0]}`);
	return old.type === "check" && /^CHECK \(\(\S+ IS NOT NULL\)\)$/.test(old.definition) && column?.notNull === true;
}

// src/rules/constraints/drop-fk-locks-both.ts
const rule$82 = {
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
			if (keys.length === 0 || tables.length < 2 || endOfWait(facts) > 0) return [];
			const sql = `SET lock_timeout = '2s';\n${facts.statement.sql};`;
			return [{
				message: `Dropping ${keys.map(({ name }) => name).join(", ")} locks ${tables.join(" and ")} against reads and writes, and nothing ends its wait for them.`,
				relations: tables,
				blocking: {
					what: "reads and writes",
					during: "moment"
				},
				instead: { migrations: [inTransaction$1(sql)] }
			}];
		}
	}
};

// src/rules/constraints/drop-not-null.ts
const rule$81 = {
	id: "drop-not-null",
	severity: "notice",
	what: "DROP NOT NULL on a column of a table that is in use, or from PostgreSQL 18 on DROP CONSTRAINT of its NOT NULL constraint.",
	why: "Code that reads the column has never met a NULL there, and it cannot be taken back once there are some.",
	instead: "Make sure that every reader, also outside this repository, can live with NULL.",
	sources: ["squawk: ban-drop-not-null", "pg-migration-lint: PGM507"],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const table = alteredInUse(facts);
			if (!table) return [];
			const known = columnsBefore(table, world);
			const columns = [...alterCommands(facts.statement, "AT_DropNotNull").map(({ name = "" }) => name).filter((name) => known.get(name)?.notNull), ...byConstraint(facts, table, world)];
			if (columns.length === 0) return [];
			const where = printName(alteredTable(facts.statement));
			return [{
				message: `${columns.join(", ")} of ${where} may be NULL from now on: can all readers handle it?`,
				relations: [table.name]
			}];
		}
	}
};
/**
* Columns whose NOT NULL constraint is dropped by its name, which the snapshot does not have: those that may be NULL at the
* end though no statement says so. The name that PostgreSQL gives tells several apart.
*/
function byConstraint(facts, table, world) {
	const own = tableBefore(table, world)?.name;
	const nameFor = (column) => `${own}_${column}_not_null`;
	const all = world.statements.map(({ statement }) => statement);
	const added = all.flatMap((statement) => addedConstraints(statement).map(({ constraint }) => constraint.conname));
	const dropped = droppedIn([facts.statement]).filter((name) => !constraintBefore(table, name, world) && !added.includes(name));
	if (world.major < 18 || dropped.length === 0) return [];
	const said = all.flatMap((statement) => alterCommands(statement, "AT_DropNotNull")).map(({ name }) => name);
	const columns = lostNotNull(table, world).filter((column) => !said.includes(column));
	const others = columns.filter((column) => !droppedIn(all).includes(nameFor(column)));
	const named = columns.filter((column) => dropped.includes(nameFor(column)));
	return named.length > 0 || others.length > dropped.length ? named : others;
}
function droppedIn(statements) {
	return statements.flatMap((statement) => alterCommands(statement, "AT_DropConstraint")).flatMap(({ name }) => name ?? []);
}
function lostNotNull(table, world) {
	const after = [...objectsOf(world.after, "column").values()].filter(({ oid }) => oid === table.oid);
	return [...columnsBefore(table, world).values()].filter(({ notNull, position }) => notNull && after.some((each) => each.position === position && !each.notNull)).map(({ name }) => name);
}

// src/rules/constraints/fk-type-mismatch.ts
const rule$80 = {
	id: "fk-type-mismatch",
	severity: "warning",
	what: "A new foreign key whose columns have another type than those that they refer to.",
	why: "A column that is smaller cannot hold all keys: an integer that refers to a bigint fails beyond 2,147,483,647. Joins compare values of two types.",
	instead: "Give both the same type.",
	sources: ["PostgreSQL documentation, 5.5.5 \"Foreign Keys\"", "online_migrations: mismatched_foreign_key_type"],
	whole(world) {
		return addedConstraintsOf(world).flatMap((key) => key.inherited ? [] : problem$12(key, world));
	}
};
function problem$12(key, world) {
	const { table, columns, references } = key;
	const known = objectsOf(world.after, "column");
	const base = baseTypes(world);
	const different = columns.flatMap((column, index) => {
		const own = known.get(`${table}.${column}`)?.type;
		const other = references && known.get(`${references.table}.${references.columns[index]}`)?.type;
		return own && other && differ(base(own), base(other)) ? [`${column} is ${own}, not ${other}`] : [];
	});
	const place = different.length > 0 ? placeOfConstraint(key, world) : void 0;
	if (!place || !references) return [];
	return [{
		message: `A foreign key of ${table} to ${references.table} joins columns of two types: ${different.join(", ")}.`,
		relations: [table, references.table],
		place
	}];
}
/** What a type stands on in the end, where it is a domain. */
function baseTypes({ after }) {
	const domains = new Map([...objectsOf(after, "domain").values()].map(({ id, type }) => [printId(id), type]));
	const baseOf = (type) => {
		const under = domains.get(type);
		return under === void 0 ? type : baseOf(under);
	};
	return baseOf;
}
/** Lengths of text say what may be written, not how it is compared. */
function differ(...types) {
	return types[0] !== types[1] && !types.every((type) => /^(text$|character varying)/.test(type));
}

// src/rules/constraints/never-validated.ts
const rule$79 = {
	id: "never-validated",
	severity: "notice",
	what: "A constraint that the pending migrations add NOT VALID is not validated by them.",
	why: "Old rows may violate it, and the planner and later steps (SET NOT NULL, ATTACH PARTITION) cannot rely on it.",
	instead: "VALIDATE CONSTRAINT in a following migration: it lets everybody read and write.",
	sources: ["PostgreSQL documentation, ALTER TABLE, \"Notes\""],
	whole(world) {
		return [...constraints(world), ...columns(world)].flatMap(({ table, name, message }) => {
			const place = placeOf$1(table, name, world);
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
function placeOf$1(table, name, { statements }) {
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

// src/rules/apart.ts
/**
* A statement in a migration of its own, whose transaction does not hold the locks of this one. No SQL where an earlier
* statement takes away what this one puts back: between two transactions it would be missing.
*/
function apart(facts, world) {
	const { sql } = facts.statement;
	if (earlierInTransaction(facts, world).flatMap(takenAway).some(({ name }) => mentions$1(sql, name))) return { text: swap };
	return {
		text: `Move it to a migration of its own, whose transaction does not hold that lock.${followers(facts, world)}`,
		migrations: [inTransaction$1(`${sql};`)]
	};
}
const swap = "Do this work before, under another name, while the old one is still in its place; then let a transaction with nothing else in it exchange the two. In a later migration it would leave everybody without it meanwhile.";
/** A sentence where other statements stand behind this one, which may build on it. */
function followers(facts, world) {
	const [next] = laterInTransaction(facts, world).filter(({ statement: { kind } }) => !quiet.includes(kind));
	return next ? ` What follows it, from line ${next.statement.line} on, belongs in one behind that.` : "";
}
const quiet = [
	"VariableSetStmt",
	"VariableShowStmt",
	"TransactionStmt"
];
/** Names of relations in use that a statement drops, renames or detaches. */
function takenAway(facts) {
	const { node } = facts.statement;
	const detached = alterCommands(facts.statement, "AT_DetachPartition").flatMap((command) => [nameOf$1(read$1(command.node.def, "PartitionCmd")?.name), alteredTable(facts.statement)]);
	const renamed = read$1(node, "RenameStmt")?.relation;
	return [
		...droppedNames(read$1(node, "DropStmt")?.objects),
		...renamed ? [nameOf$1(renamed)] : [],
		...detached
	].filter((name) => inUse(facts, name) !== void 0);
}

// src/rules/constraints/not-valid-validate-same-tx.ts
const rule$78 = {
	id: "not-valid-validate-same-tx",
	severity: "error",
	what: "VALIDATE CONSTRAINT in the transaction, or the very statement, that added the constraint NOT VALID, or altered its table.",
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
		check(facts, world) {
			const { statement, observation } = facts;
			const names = alterCommands(statement, "AT_ValidateConstraint").map(({ name }) => name);
			if (names.length === 0 || !alteredInUse(facts)) return [];
			const alone = names.length === alterCommands(statement).length;
			const held = new Set(lockedTables(observation.held).map(({ relation }) => relation));
			const blocked = blockedTables(observation).filter(({ table }) => !alone || held.has(table));
			if (blocked.length === 0) return [];
			const what = keptOut(blocked);
			const tables = blocked.map(({ table }) => table);
			return [{
				message: `${names.join(", ")} is validated while ${alone ? "this transaction still" : "the rest of this statement"} keeps ${what} of ${tables.join(", ")} waiting.`,
				relations: tables,
				blocking: {
					what,
					during: "scan"
				},
				instead: alone ? suggesting(split(facts), `Validate it in a migration of its own.${followers(facts, world)}`) : suggesting(split(facts))
			}];
		}
	}
};
/** The statement in a migration of its own, its validations in another. Nothing where it cannot be taken apart. */
function split(facts) {
	const text = alterText(facts.statement);
	const commands = alterCommands(facts.statement, "AT_ValidateConstraint");
	const rest = text && withCommands(text, new Map(commands.map(({ index }) => [index, ""])));
	if (rest === void 0) return [];
	const names = commands.flatMap(({ name }) => name ?? []);
	return rest === "" ? [inTransaction$1(`${facts.statement.sql};`)] : [inTransaction$1(rest), inTransaction$1(validations(facts, names))];
}

// src/rules/constraints/pk-using-index-nullable.ts
const rule$77 = {
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
				instead: suggesting(nullable.length > 0 ? steps.map((sql) => inTransaction$1(sql)) : [])
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
const rule$76 = {
	id: "set-not-null-scan",
	severity: "error",
	what: "SET NOT NULL, ADD CONSTRAINT … NOT NULL without NOT VALID, or a new VIRTUAL column that is NOT NULL, that has to read every row.",
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
				instead: insteadOf$4(facts, commands, world)
			}];
		}
	}
};
/** Actions that make columns NOT NULL which were not at base, or not for all rows. */
function nullableCommands(facts, table, world) {
	const known = columnsBefore(table, world);
	return alterCommands(facts.statement, "AT_SetNotNull", "AT_AddConstraint", "AT_AddColumn").flatMap((command) => columnOf(command, facts.statement)).map((each) => ({
		...each,
		unvalidated: known.get(each.column)?.notNullUnvalidated || isPending(table, each.column, facts, world)
	})).filter(({ column, unvalidated }) => unvalidated || !known.get(column)?.notNull);
}
/** An earlier pending statement made the column NOT NULL as NOT VALID. */
function isPending({ oid }, column, { index }, { statements }) {
	return statements.slice(0, index).some(({ statement, relation, observation }) => {
		const { schema, name } = alteredTable(statement);
		return alterCommands(statement, "AT_AddConstraint").some(({ constraint }) => constraint?.contype === "CONSTR_NOTNULL" && constraint.skip_validation && strings(constraint.keys).includes(column)) && !observation.error && relation(schema, name)?.oid === oid;
	});
}
function columnOf(command, statement) {
	const { type, name, index, constraint } = command;
	if (type === "AT_SetNotNull") return name === void 0 ? [] : [{
		column: name,
		index
	}];
	if (type === "AT_AddColumn") return virtualColumn(command, statement);
	if (constraint?.contype !== "CONSTR_NOTNULL" || constraint.skip_validation) return [];
	const [column] = strings(constraint.keys);
	return column === void 0 ? [] : [{
		column,
		index,
		...wordsOf(constraint)
	}];
}
function virtualColumn(command, statement) {
	const constraints = columnConstraints(command);
	const notNull = constraints.find(({ contype }) => contype === "CONSTR_NOTNULL");
	if (!notNull || !constraints.some(({ generated_kind }) => generated_kind === "v")) return [];
	const added = withoutConstraints(statement, command, [notNull]);
	if (command.name === void 0 || added === void 0) return [];
	return [{
		column: command.name,
		index: command.index,
		added,
		...wordsOf(notNull)
	}];
}
function wordsOf({ conname, is_no_inherit }) {
	return {
		...conname !== void 0 && { name: conname },
		...is_no_inherit && { noInherit: true }
	};
}
function insteadOf$4(facts, commands, world) {
	const half = commands.filter(({ unvalidated }) => unvalidated).map(({ column }) => column);
	if (half.length === 0) return suggesting(steps$3(facts, commands, world));
	return { text: `${half.join(", ")} has a NOT NULL constraint already, as NOT VALID: VALIDATE CONSTRAINT with its name does the same while others read and write.` };
}
function steps$3(facts, commands, world) {
	const text = alterText(facts.statement);
	if (!text) return [];
	const plan = notNullPlan(printName(alteredTable(facts.statement)), commands, world.major);
	const changed = new Map(commands.map(({ index, added }, position) => [index, [added, plan.first[position]].filter((each) => each !== void 0).join(", ")]));
	return [withCommands(text, changed), ...plan.following].map((sql) => inTransaction$1(sql));
}

// src/rules/constraints/unique-inline-column.ts
const rule$75 = {
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
			const columns = added.map(({ inline }) => inline).join(", ");
			const migrations = steps$2(facts, added, altered.table, world);
			return [{
				message: `Adding ${columns} UNIQUE keeps everybody from ${altered.name} until its index is built.`,
				relations: altered.tables,
				blocking: {
					what: "reads and writes",
					during: "index build"
				},
				instead: migrations.length > 0 ? suggesting(migrations, world.outsideTransaction) : { text: inWords$1(facts, added, altered.table) }
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
		inTransaction$1(plain),
		...ready.map(({ index }) => outsideTransaction(index)),
		inTransaction$1(`${head} ${ready.map(({ action }) => action).join(", ")};`)
	];
}

// src/postgres/syntax/functions.ts
/** What a statement creates; undefined for others. */
function createdFunction(node) {
	const created = read$1(node, "CreateFunctionStmt");
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
		types: [],
		opaque: false
	};
	return language === "plpgsql" ? plpgsqlBody(definition) : void 0;
}
/** The body of a CREATE FUNCTION, CREATE PROCEDURE or DO in PL/pgSQL; undefined where its parser refuses it. */
function plpgsqlBody(definition) {
	const found = {
		queries: [],
		variables: /* @__PURE__ */ new Set(),
		types: [],
		opaque: false
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
	if (dynamic) noteDynamic(dynamic, found);
	if (typeof query === "string") found.queries.push(...parsedAll(asStatement(query, Number(parseMode ?? 0))));
	if (typeof refname === "string") found.variables.add(refname);
	if (typeof typname === "string") found.types.push(typname);
	for (const each of Object.values(value)) visit$2(each, found);
}
function noteDynamic(dynamic, found) {
	const queries = parsedAll(constantOf(dynamic.query?.PLpgSQL_expr?.query ?? ""));
	found.queries.push(...queries);
	if (queries.length === 0) found.opaque = true;
}
/** What EXECUTE runs, where it is written out as one string; otherwise nothing is known of it. */
function constantOf(expression) {
	const target = readAll(read$1(parsed$1(`SELECT ${expression}`), "SelectStmt")?.targetList, "ResTarget")[0];
	return read$1(target?.val, "A_Const")?.sval?.sval ?? "";
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
	noteTable(read$1(node, "RangeVar") ?? ownRelation(value), found);
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
	const fields = read$1(node, "ColumnRef")?.fields;
	const names = strings(fields);
	const [name, owner] = names.toReversed();
	if (name !== void 0 && names.length === fields?.length) columns.push({
		name,
		owner
	});
}
/** Columns that INSERT and UPDATE write. */
function noteWritten(node, { columns }) {
	const insert = read$1(node, "InsertStmt");
	const update = read$1(node, "UpdateStmt");
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
	const common = read$1(node, "CommonTableExpr");
	const alias = read$1(node, "RangeSubselect")?.alias ?? read$1(node, "RangeFunction")?.alias;
	const columns = readAll(read$1(node, "RangeFunction")?.coldeflist, "ColumnDef").map(({ colname }) => colname);
	const targets = readAll(read$1(node, "SelectStmt")?.targetList, "ResTarget").map(({ name }) => name);
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
const rule$74 = {
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
		const isGone = (named) => before.has(named) && !after.has(named) && isApart$1(named, after);
		return [...objectsOf(world.after, "function").values()].flatMap((routine) => {
			const body = bodyOf(routine);
			return (body ? namesIn$2(body, triggered(routine, world)).filter(isGone) : []).filter(once()).flatMap((each) => problem$11(routine, each, world));
		});
	}
};
/** Where the table itself is gone, its columns are not worth a word. */
function isApart$1({ tables, column }, after) {
	return column === void 0 || after.has({ tables });
}
/** Everything a body names: tables, then columns, each as one of the tables that it may belong to. */
function namesIn$2(body, triggered) {
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
function problem$11({ id, type }, named, world) {
	const place = lastNaming([named.column ?? named.tables[0]?.name ?? ""], world, (each) => takesAway$1(each, named));
	const message = `The body of ${id} names ${called(named)}, which is no longer there: it fails when it is called.`;
	const instead = { text: `${`CREATE OR REPLACE ${type === "procedure" ? "PROCEDURE" : "FUNCTION"}`} ${id} in the same transaction, with a body that does without it.` };
	return place ? [{
		message,
		instead,
		place
	}] : [];
}
/** Whether a statement drops, renames or moves something of these tables, or one of them. */
function takesAway$1(statement, { tables, column }) {
	const { kind, sql } = statement;
	const isOf = tables.some(({ name }) => mentions$1(sql, name));
	if (kind !== "AlterTableStmt") return isOf && /^(Drop|Rename|AlterObjectSchema)Stmt$/.test(kind);
	return isOf && alterCommands(statement, "AT_DropColumn").some(({ name }) => name === column);
}

// src/rules/functions/drop-function.ts
const rule$73 = {
	id: "drop-function",
	severity: "warning",
	what: "A function or procedure is dropped, renamed or moved, and no other has its name.",
	why: "Running code that calls it fails from that moment.",
	instead: "Keep the old one beside the new one until all code is moved, then drop it in a later release.",
	sources: ["PostgreSQL documentation, DROP FUNCTION; 36.6 \"Function Overloading\""],
	whole(world) {
		const kept = new Set([...objectsOf(world.after, "function").values()].map(nameOf));
		return [...objectsOf(world.before, "function").values()].filter((routine) => routine.result !== "trigger" && !kept.has(nameOf(routine)) && !isSchemaGone(routine, world)).flatMap((routine) => problem$10(routine, world));
	}
};
/** Functions by the same name may suit the same calls: that is not known. */
function nameOf({ schema, name }) {
	return `${schema}.${name}`;
}
function isSchemaGone({ schema }, { after }) {
	return schema !== "public" && !objectsOf(after, "schema").has(schema);
}
const takesAway = /^(Drop|Rename|AlterObjectSchema)Stmt$/;
function problem$10({ id, name, type, oid }, world) {
	const now = [...objectsOf(world.after, "function").values()].find((each) => each.oid === oid);
	const place = lastNaming([name], world, ({ kind }) => takesAway.test(kind));
	const what = now ? `is called ${now.schema}.${now.name}` : "is gone";
	return place ? [{
		message: `The ${type} ${id} ${what}: running code that calls it fails.`,
		place
	}] : [];
}

// src/rules/functions/function-overload-trap.ts
const rule$72 = {
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
			if (rival) return [problem$9(created, rival, "error", facts)];
			const [other, ...more] = others;
			return written.replace && other && more.length === 0 ? [problem$9(created, other, "warning", facts)] : [];
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
function problem$9(created, other, severity, { statement }) {
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
const rule$71 = {
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
const rule$70 = {
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
const rule$69 = {
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
const rule$68 = {
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
const rule$67 = {
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

// src/rules/indexes/concurrent-if-not-exists-trap.ts
const rule$66 = {
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
			if (isDroppedBefore(index.name, facts, world)) return [];
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
/** Whether the same file drops the index first: it is begun anew after an interruption, and takes away what that left. */
function isDroppedBefore(name, { statement, index }, { statements }) {
	return statements.slice(0, index).some((each) => {
		const drop = read$1(each.statement.node, "DropStmt");
		const names = drop?.removeType === "OBJECT_INDEX" ? droppedNames(drop.objects) : [];
		return each.statement.migration === statement.migration && names.some((dropped) => dropped.name === name);
	});
}

// src/rules/indexes/concurrent-mixed-file.ts
const rule$65 = {
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
	if (kind === "DropStmt") return read$1(node, "DropStmt")?.missing_ok === true;
	return kind !== "IndexStmt" && /^CREATE\s+(OR\s+REPLACE\b|\w+\s+IF\s+NOT\s+EXISTS\b)/i.test(sql);
}

// src/rules/indexes/concurrent-with-short-timeout.ts
/** Milliseconds that may pass until the last transaction that was there before has ended. */
const longWait = 12e4;
/** Milliseconds in which a big index may be built. */
const longBuild = 36e5;
const rule$64 = {
	id: "concurrent-with-short-timeout",
	severity: "warning",
	what: "CREATE INDEX, REINDEX or DETACH PARTITION runs CONCURRENTLY with a statement_timeout of less than an hour, or a lock_timeout of less than two minutes.",
	why: "It waits until all transactions that were there before have ended, and that counts: where a timeout ends it, an invalid index stays behind, or a partition that is neither attached nor detached. While it waits nobody waits behind it.",
	instead: "SET statement_timeout = 0 and a long lock_timeout before it. DETACH PARTITION … FINALIZE ends what was ended half-way.",
	sources: ["PostgreSQL documentation, CREATE INDEX, \"Building Indexes Concurrently\"; ALTER TABLE, DETACH PARTITION; measured on 12 to 18"],
	statement: {
		kinds: [
			"IndexStmt",
			"ReindexStmt",
			"AlterTableStmt"
		],
		check(facts) {
			const limits = saysConcurrently(facts.statement) ? shortLimits(facts) : [];
			if (limits.length === 0) return [];
			const told = effectOf(facts.statement);
			return [{
				message: `${told.what} CONCURRENTLY waits for older transactions, and ${limits.join(" and ")} may end it half-way: ${told.left}.`,
				instead: { text: `SET statement_timeout = 0; SET lock_timeout = '10min'; before it.${told.more}` }
			}];
		}
	}
};
/** What stays behind where a timeout ends it. */
function effectOf(statement) {
	const [command] = alterCommands(statement, "AT_DetachPartition");
	const what = statement.kind === "IndexStmt" ? "CREATE INDEX" : "REINDEX";
	if (!command) return {
		what,
		left: "an invalid index stays behind",
		more: ""
	};
	const partition = nameOf$1(read$1(command.node.def, "PartitionCmd")?.name);
	const finish = `ALTER TABLE ${printName(alteredTable(statement))} DETACH PARTITION ${printName(partition)} FINALIZE;`;
	return {
		what: "DETACH PARTITION",
		left: `nobody finds the rows of ${partition.name} in the partitioned table any more, and it cannot be run again`,
		more: ` Where one has ended it, ${finish} goes on.`
	};
}
function shortLimits({ lockTimeout, statementTimeout }) {
	return [...statementTimeout > 0 && statementTimeout < longBuild ? [`the statement_timeout of ${seconds(statementTimeout)}`] : [], ...lockTimeout > 0 && lockTimeout < longWait ? [`the lock_timeout of ${seconds(lockTimeout)}`] : []];
}
function seconds(milliseconds) {
	return `${milliseconds / 1e3} s`;
}

// src/rules/indexes/concurrently-in-transaction.ts
const rule$63 = {
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
const rule$62 = {
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
				instead: insteadOf$3(statement, world)
			}];
		}
	}
};
function insteadOf$3(statement, world) {
	const index = createdIndex(statement);
	if (!index) return { text: `Without CONCURRENTLY it waits for every query and others wait behind it: begin with SET lock_timeout = '2s';` };
	const tables = [...objectsOf(world.before, "table").values()];
	const parent = tables.find(({ name, schema }) => name === index.table.name && schema === (index.table.schema ?? schema));
	const partitions = parent ? tables.filter(({ parents }) => parents.includes(parent.id)) : [];
	const plain = partitions.every(({ type }) => type === "table");
	if (!parent || !plain || index.name === void 0) return { text: indexPiecemeal };
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
		inTransaction$1(`${indexOnOnly(statement.sql)};`),
		...partitions.map((table) => outsideTransaction(`${onPartition(statement.sql, name, own(table), table)};`)),
		inTransaction$1(attach.join("\n"))
	];
}
/** The user's own statement with the names of index and table exchanged. */
function onPartition(sql, name, own, table) {
	const written = `(?:"${name}"|${name})`;
	return concurrentIndex(sql).replace(new RegExp(`${written}\\s+ON\\s+(?:ONLY\\s+)?(?:(?:"[^"]+"|\\w+)\\.)?(?:"[^"]+"|[\\w$]+)`, "i"), () => `${own} ON ${printName(splitId(table.id))}`);
}

// src/rules/indexes/drop-index-not-concurrent.ts
const rule$61 = {
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
			const node = read$1(facts.statement.node, "DropStmt");
			if (node?.removeType !== "OBJECT_INDEX" || node.concurrent) return [];
			const tables = lockedOut(facts).filter((table) => !isDroppedLater(table, facts, world));
			if (tables.length === 0) return [];
			return [problem$8(facts, world, droppedNames(node.objects), tables, node.behavior === "DROP_CASCADE")];
		}
	}
};
function problem$8(facts, world, names, tables, cascade) {
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
/** Whether the same transaction drops the table itself, which nobody can then read in any case. */
function isDroppedLater(table, facts, world) {
	return laterInTransaction(facts, world).some(({ statement, relation }) => {
		const drop = read$1(statement.node, "DropStmt");
		return (drop?.removeType === "OBJECT_TABLE" ? droppedNames(drop.objects) : []).some(({ schema, name }) => relation(schema, name)?.name === table);
	});
}

// src/rules/indexes/duplicate-index.ts
const rule$60 = {
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
				instead: { text: `Leave this statement out: ${twin.name} serves the same queries.` }
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
const rule$59 = {
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
		return addedConstraintsOf(world).filter((each) => each.type === "foreign key" && !each.inherited && !indexes.some((index) => serves(index, each))).flatMap((each) => problem$7(each, world));
	}
};
/** The index finds the rows by the columns of the key: they are its first columns, in any order. */
function serves({ table, columns, predicate, valid }, key) {
	const wanted = key.columns.map(printIdentifier);
	const whole = predicate === void 0 || wanted.some((column) => predicate === `(${column} IS NOT NULL)`);
	const first = columns.slice(0, wanted.length);
	return table === key.table && valid && whole && wanted.every((column) => first.includes(column));
}
function problem$7(key, world) {
	const facts = adderOf(key, world);
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
		instead: { text: isNew(key.table, world) ? `CREATE INDEX ON ${table} (${columns}); behind it: nobody uses the new table yet.` : `CREATE INDEX CONCURRENTLY ON ${table} (${columns}); in a migration of its own, outside a transaction.` }
	}];
}
function isNew(table, { before, after }) {
	const oid = objectsOf(after, "table").get(table)?.oid;
	return ![...objectsOf(before, "table").values()].some((each) => each.oid === oid);
}

// src/rules/indexes/index-not-concurrent.ts
const rule$58 = {
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
			const locked = lockedBefore(facts, world);
			const sql = `${concurrentIndex(facts.statement.sql)};`;
			return [{
				message: `CREATE INDEX keeps every write to ${printName(index.table)} waiting until the index is built.${locked.words}`,
				relations: [.../* @__PURE__ */ new Set([...blocked.map((each) => each.table), ...locked.tables])],
				blocking: {
					what: locked.tables.length > 0 ? "reads and writes" : "writes",
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
const rule$57 = {
	id: "invalid-index-at-head",
	severity: "warning",
	what: "After the pending migrations an index is invalid that was not there, or valid, before.",
	why: "No query uses it, every write maintains it, and a unique one may not keep its promise. A failed CONCURRENTLY leaves such an index, and so does ON ONLY until every partition’s index is attached.",
	instead: "Drop it and build it again; attach an index of every partition to the index of a partitioned table.",
	sources: ["PostgreSQL documentation, CREATE INDEX, \"Building Indexes Concurrently\"", "PostgreSQL documentation, 5.12.2.2"],
	whole(world) {
		const before = objectsOf(world.before, "index");
		return [...objectsOf(world.after, "index").values()].filter(({ id, valid }) => !valid && before.get(id)?.valid !== false).flatMap((index) => problem$6(index, world));
	}
};
function problem$6(index, world) {
	const cause = creatorOf(index, world) ?? world.statements.findLast((facts) => names$1(facts, index.name));
	if (!cause) return [];
	const { migration, path, line, sql } = cause.statement;
	const text = read$1(cause.statement.node, "IndexStmt")?.relation?.inh !== true && / ON ONLY /.test(index.definition) ? `ALTER INDEX ${printIdentifier(index.name)} ATTACH PARTITION … for an index of every partition.` : `DROP INDEX CONCURRENTLY ${printName(splitId(index.id))};\n${sql};`;
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
const rule$56 = {
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
			const locked = lockedBefore(facts, world);
			const partitions = blocked.length === 1 ? "its partition is" : `${blocked.length} partitions are`;
			return [{
				message: `CREATE INDEX on the partitioned table ${printName(index.table)} keeps every write to it waiting until ${partitions} indexed.${locked.words}`,
				relations: [.../* @__PURE__ */ new Set([
					table.name,
					...blocked,
					...locked.tables
				])],
				blocking: {
					what: locked.tables.length > 0 ? "reads and writes" : "writes",
					during: "index build"
				},
				instead: insteadOf$2(piecemeal(facts, world, table.name, index.name), world)
			}];
		}
	}
};
function insteadOf$2(migrations, world) {
	return migrations.length > 0 ? {
		text: world.outsideTransaction,
		migrations
	} : { text: indexPiecemeal };
}
/** One partition at a time, under the names that PostgreSQL chose. */
function piecemeal(facts, world, table, name) {
	const added = addedIndexesOf(world);
	const roots = added.filter((each) => each.table === table && !each.parent && each.name === (name ?? each.name));
	const [root] = roots;
	if (!root || roots.length > 1) return [];
	const children = descendants(root, added);
	const attach = children.map(({ parent = "", id }) => `ALTER INDEX ${printId(parent)} ATTACH PARTITION ${printId(id)};`);
	const own = children.map(({ definition }) => / ON ONLY /.test(definition) ? inTransaction$1(`${definition};`) : outsideTransaction(`${concurrentIndex(definition)};`));
	return [
		inTransaction$1(`${named(indexOnOnly(facts.statement.sql), name, root)};`),
		...own,
		inTransaction$1(attach.reverse().join("\n"))
	];
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
const rule$55 = {
	id: "reindex-not-concurrent",
	severity: "error",
	what: "REINDEX without CONCURRENTLY on a table that is in use.",
	why: "It keeps writes out, and holds ACCESS EXCLUSIVE on each index while that is rebuilt: planning a query opens every index, so reads wait as well.",
	instead: "REINDEX … CONCURRENTLY, alone in a migration that runs outside a transaction.",
	sources: ["PostgreSQL documentation, REINDEX, \"Rebuilding Indexes Concurrently\"", "squawk: require-concurrent-reindex"],
	statement: {
		kinds: ["ReindexStmt"],
		check(facts, world) {
			const node = read$1(facts.statement.node, "ReindexStmt");
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
const rule$54 = {
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
const rule$53 = {
	id: "unique-index-may-fail",
	severity: "warning",
	what: "A unique index, UNIQUE or PRIMARY KEY on columns that already hold rows.",
	why: "It fails (SQLSTATE 23505; WITHOUT OVERLAPS 23P01 and 23514) where two rows are the same; a failed CREATE UNIQUE INDEX CONCURRENTLY leaves an invalid index behind.",
	instead: "Ask the target for duplicates first, with the query of the finding, and clean them up in an earlier migration.",
	sources: ["PostgreSQL documentation, 11.6 \"Unique Indexes\"", "atlas: MF101"],
	covers: ["fails-on-rows"],
	statement: {
		kinds: ["IndexStmt", "AlterTableStmt"],
		check(facts, world) {
			return uniqueSets(facts).flatMap((set) => {
				const table = inUse(facts, set.table);
				return table && isNews(table, set, world) ? [problem$5(set, table, world)] : [];
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
			nullsAreEqual: node.nulls_not_distinct === true,
			period: false
		}] : [];
	}
	return addedConstraints(statement, "CONSTR_UNIQUE", "CONSTR_PRIMARY").filter(({ constraint, inline }) => !constraint.indexname && inline === void 0).map(({ columns, constraint }) => ({
		table: alteredTable(statement),
		columns,
		index: constraint.conname,
		nullsAreEqual: constraint.nulls_not_distinct === true,
		period: constraint.without_overlaps === true
	}));
}
/** All its columns hold rows already, and nothing has kept them unique so far. */
function isNews(table, { columns: all, period }, world) {
	const columns = period ? all.slice(0, -1) : all;
	const known = columnsBefore(table, world);
	if (columns.some((column) => column !== void 0 && !known.has(column))) return false;
	return ![...objectsOf(world.before, "index").values()].filter((index) => index.unique && index.valid && !index.predicate).some((index) => known.values().some((column) => column.table === index.table) && isPart(index.columns, columns));
}
function isPart(smaller, larger) {
	return smaller.every((each) => larger.some((column) => column !== void 0 && printIdentifier(column) === each));
}
function problem$5(set, table, world) {
	if (set.period) return overlapping(set, table);
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
function overlapping({ table: written, columns }, table) {
	const names = columns.flatMap((column) => column === void 0 ? [] : printIdentifier(column));
	const [period, same] = [`${names.at(-1)}`, names.slice(0, -1)];
	const place = (row) => table.kind === "partitioned table" ? `(${row}.tableoid, ${row}.ctid)` : `${row}.ctid`;
	const conditions = [...same.map((each) => `x.${each} = y.${each}`), `x.${period} && y.${period}`];
	const shown = [
		...same.map((each) => `x.${each}`),
		`x.${period}`,
		`y.${period}`
	];
	const name = printName(written);
	const sql = `SELECT ${shown.join(", ")} FROM ${name} x JOIN ${name} y ON ${conditions.join(" AND ")} AND ${place("x")} < ${place("y")};`;
	return {
		message: `This fails if ${period} of two rows of ${name} with the same ${same.join(", ")} overlap, or if one is empty.`,
		relations: [table.name],
		instead: { text: `Ask the target first: ${sql} No row may come, and none of SELECT * FROM ${name} WHERE isempty(${period}); either.` }
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

// src/rules/partitions/attach-partition-scan.ts
const rule$52 = {
	id: "attach-partition-scan",
	severity: "error",
	what: "A table that is in use is attached as a partition and read whole: nothing proves that its rows belong there, or it has not the foreign keys or indexes of the partitioned table.",
	why: "Nobody can read or write the table meanwhile, nor write to one that a foreign key refers to.",
	instead: "Give the table a CHECK that implies the bounds and the foreign keys, as NOT VALID, validate them, build its indexes concurrently, then attach.",
	sources: [
		"PostgreSQL documentation, 5.12.2.2 \"Partition Maintenance\"",
		"pg-migration-lint: PGM005",
		"pgsafe: attach-partition"
	],
	statement: {
		kinds: ["AlterTableStmt"],
		check(facts, world) {
			const [command] = alterCommands(facts.statement, "AT_AttachPartition");
			const table = inUse(facts, nameOf$1(read$1(command?.node.def, "PartitionCmd")?.name));
			const seen = table && observed(table, facts, world);
			if (!seen || seen.scanned.length === 0) return [];
			const attached = [...objectsOf(world.after, "table").values()].find(({ oid }) => oid === table.oid);
			const migrations = attached && steps$1(attached, facts, world);
			const referred = lockedTables(facts.observation.locks).filter(({ relation, mode }) => mode !== "AccessExclusiveLock" && !seen.scanned.includes(relation)).map(({ relation }) => relation);
			const told = costs(seen);
			return [{
				message: `ATTACH PARTITION reads all of ${table.name}, which nobody can read or write meanwhile${referred.length > 0 ? `, and keeps writes to ${referred.join(", ")} waiting` : ""}.`,
				...told,
				relations: [...told.relations ?? [], ...referred],
				instead: {
					text: migrations ? "Its rows are proved to belong there, and what the partitioned table has, it has already: attaching does not read it again." : inWords(table.name, attached),
					...migrations && { migrations }
				}
			}];
		}
	}
};
function inWords(table, attached) {
	return `Before it, give ${table} a CHECK that ${attached?.partitionBound === "DEFAULT" ? "excludes the bounds of all other partitions" : "implies the bounds"} and the foreign keys of the partitioned table, each NOT VALID, validate them in a transaction of their own, and build the indexes of the partitioned table on it concurrently.`;
}
/** Undefined where more than bounds, foreign keys and indexes is to be proved: partitions below. */
function steps$1(table, { statement }, world) {
	const parent = objectsOf(world.after, "table").get(table.parents[0] ?? "");
	const condition = boundsOf(parent?.partitionKey, table.partitionBound);
	if (!parent || condition === void 0 || table.type !== "table") return void 0;
	const before = [...missingKeys(table, parent, world), ...missingIndexes(table, world)];
	return proved(table.id, condition, [...before, inTransaction$1(`${statement.sql};`)]);
}
/** The foreign keys of the partitioned table that this one has not; attaching takes its own over, whatever their names. */
function missingKeys({ id }, parent, { before, after }) {
	const keys = (snapshot, table) => [...objectsOf(snapshot, "constraint").values()].filter((each) => each.table === table && each.type === "foreign key" && each.enforced);
	const known = keys(before, id).filter(({ validated }) => validated);
	return keys(after, parent.id).filter((key) => known.every(({ definition }) => definition !== key.definition)).flatMap(({ name, definition }) => [inTransaction$1(`ALTER TABLE ${printId(id)} ADD CONSTRAINT ${printIdentifier(name)} ${definition} NOT VALID;`), inTransaction$1(`ALTER TABLE ${printId(id)} VALIDATE CONSTRAINT ${printIdentifier(name)};`)]);
}
/** The indexes that attaching built, concurrently, and the constraints that they hold up. */
function missingIndexes({ id }, { before, after }) {
	const known = new Set(before.objects.map(({ kind, oid }) => `${kind} ${oid}`));
	return [...objectsOf(after, "index").values()].filter((index) => index.table === id && index.parent !== void 0 && !known.has(`index ${index.oid}`)).flatMap((index) => {
		const create = outsideTransaction(`${concurrentIndex(index.definition)};`);
		const name = printIdentifier(index.name);
		const type = index.primary ? "PRIMARY KEY" : "UNIQUE";
		const constraint = `ALTER TABLE ${printId(id)} ADD CONSTRAINT ${name} ${type} USING INDEX ${name};`;
		return index.constraint === void 0 ? [create] : [create, inTransaction$1(constraint)];
	});
}

// src/rules/partitions/attach-scans-default.ts
const rule$51 = {
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
			if (!rest || isAttached(rest, facts)) return [];
			const parts = /* @__PURE__ */ new Set([rest.id, ...leavesOf(rest.oid, world).map(({ id }) => id)]);
			const scans = scanned.filter((each) => parts.has(each) && !rewritten.includes(each));
			if (scans.length === 0) return [];
			const shut = [.../* @__PURE__ */ new Set([
				rest.id,
				...scans,
				...lockedOut(facts).filter((each) => each === table.id)
			])];
			const condition = boundsOf(table.partitionKey, newBound(facts, world));
			const work = inTransaction$1(`${facts.statement.sql};`);
			return [{
				message: `The new partition makes PostgreSQL read all of ${scans.join(" and ")}, while nobody can read or write ${shut.join(" and ")}; it fails where a row there belongs to the new one.`,
				relations: shut,
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
/** Whether it is the default partition itself that is attached: then its rows are looked at for its own bounds. */
function isAttached({ oid }, facts) {
	const [command] = alterCommands(facts.statement, "AT_AttachPartition");
	return inUse(facts, nameOf$1(read$1(command?.node.def, "PartitionCmd")?.name))?.oid === oid;
}
/** The table that gets a partition by ATTACH PARTITION or PARTITION OF. */
function partitioned(facts) {
	const attaches = alterCommands(facts.statement, "AT_AttachPartition").length > 0;
	const node = read$1(facts.statement.node, "CreateStmt");
	if (attaches) return inUse(facts, alteredTable(facts.statement));
	return node?.partbound ? inUse(facts, nameOf$1(read$1(node.inhRelations?.[0], "RangeVar"))) : void 0;
}
function newBound({ statement }, { after }) {
	const [command] = alterCommands(statement, "AT_AttachPartition");
	const { name } = nameOf$1(read$1(command?.node.def, "PartitionCmd")?.name ?? read$1(statement.node, "CreateStmt")?.relation);
	return [...objectsOf(after, "table").values()].find((table) => table.name === name && table.partition)?.partitionBound;
}

// src/rules/partitions/create-partition-of.ts
const rule$50 = {
	id: "create-partition-of",
	severity: "warning",
	what: "A partition of a table that is in use is created in place with PARTITION OF.",
	why: "The partitioned table is locked against reads and writes, with all its partitions: it waits for every query, and every later one waits behind it. With a lock_timeout it is a notice.",
	instead: "Create the table by itself and attach it: ATTACH PARTITION lets others read and write.",
	sources: ["PostgreSQL documentation, 5.12.2.2 \"Partition Maintenance\"; measured on 12 to 18"],
	statement: {
		kinds: ["CreateStmt"],
		check(facts, world) {
			const node = read$1(facts.statement.node, "CreateStmt");
			const parent = node?.partbound ? inUse(facts, nameOf$1(read$1(node.inhRelations?.[0], "RangeVar"))) : void 0;
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
	const node = read$1(statement.node, "CreateStmt");
	if ((node?.tableElts ?? node?.partspec ?? node?.options ?? node?.tablespacename ?? node?.accessMethod) !== void 0 || node?.if_not_exists || partitionBound === void 0) return void 0;
	const table = printName(nameOf$1(node?.relation));
	return [inTransaction$1(`CREATE TABLE ${table} (LIKE ${printId(parent)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE);`, `ALTER TABLE ${printId(parent)} ATTACH PARTITION ${table} ${partitionBound};`)];
}

// src/rules/partitions/detach-not-concurrent.ts
const rule$49 = {
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
			const [table, partition] = [alteredTable(facts.statement), nameOf$1(read$1(command.node.def, "PartitionCmd")?.name)];
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
const rule$48 = {
	id: "drop-partition",
	severity: "error",
	what: "A partition is dropped while it is attached.",
	why: "Its data is gone, and the partitioned table and a default partition are locked against reads and writes: every query waits behind it.",
	instead: "See that nobody needs the rows; DETACH PARTITION … CONCURRENTLY (from PostgreSQL 14 on), then drop the table.",
	sources: ["PostgreSQL documentation, 5.12.2.2 \"Partition Maintenance\"; measured on 12 to 18"],
	statement: {
		kinds: ["DropStmt"],
		check(facts, world) {
			const node = read$1(facts.statement.node, "DropStmt");
			const names = node?.removeType === "OBJECT_TABLE" ? droppedNames(node.objects) : [];
			return names.flatMap((written) => {
				const table = inUse(facts, written);
				const parent = table && lockedParent(table, facts, world);
				if (!parent) return [];
				const others = lockedOut(facts).filter((each) => each !== table.name);
				const alone = world.major >= 14 && !defaultOf(parent, world) && names.length === 1;
				const detach = `ALTER TABLE ${printId(parent)} DETACH PARTITION ${printName(written)} CONCURRENTLY;`;
				const migrations = [outsideTransaction(detach), inTransaction$1(`${facts.statement.sql};`)];
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
const rule$47 = {
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
					message: `A query on ${printName(nameOf$1(read$1(node.def, "RangeVar")))} ${type === "AT_AddInherit" ? "also returns" : "no longer returns"} the rows of ${seen.table.name}.`,
					...costs(seen)
				};
			});
		}
	}
};

// src/rules/security/create-trigger.ts
const rule$46 = {
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
			const node = read$1(facts.statement.node, "CreateTrigStmt");
			const table = node && inUse(facts, nameOf$1(node.relation));
			if (!table || node.replace && isKept(table, node.trigname ?? "", world)) return [];
			return [{
				message: `What writes to ${table.name} runs ${printName(nameOfList(node.funcname))} from then on.`,
				...costs(observed(table, facts, world))
			}];
		}
	}
};
/** OR REPLACE changed nothing: the base has the same trigger, and it is on. */
function isKept({ oid }, name, { before, after }) {
	const [old, now] = [before, after].map((snapshot) => {
		const on = snapshot.objects.find((each) => each.oid === oid && (each.kind === "table" || each.kind === "view"));
		return [...objectsOf(snapshot, "trigger").values()].find((each) => each.table === on?.id && each.name === name);
	});
	return old !== void 0 && old.enabled !== "disabled" && old.definition === now?.definition;
}

// src/rules/security/disable-trigger.ts
const rule$45 = {
	id: "disable-trigger",
	severity: "warning",
	what: "Triggers of a table that is in use are disabled, or those of all tables for a session whose session_replication_role is replica.",
	why: "DISABLE TRIGGER ALL switches foreign keys off as well: what is written meanwhile is never checked. Writes wait until the transaction ends. A notice where the same transaction enables them again.",
	instead: "Enable them again in the same transaction, disable by name only what must be, and check the rows afterwards.",
	sources: [
		"PostgreSQL documentation, ALTER TABLE, DISABLE TRIGGER",
		"pg-migration-lint: PGM020",
		"pgfence: enable-disable-trigger"
	],
	statement: {
		kinds: ["AlterTableStmt", "VariableSetStmt"],
		check(facts, world) {
			if (setsReplica(facts.statement)) return [forSession(facts, world)];
			const seen = observedAlter(facts, world);
			const disabled = alterCommands(facts.statement, "AT_DisableTrig", "AT_DisableTrigAll", "AT_DisableTrigUser");
			const [first] = disabled;
			if (!seen || !first) return [];
			const back = isUndone(facts, world);
			const until = back ? "until the transaction enables them again, and writes wait that long" : "from then on";
			return [{
				message: told$1(disabled, seen.table.name, until),
				...costs(seen),
				severity: back ? "notice" : "warning"
			}];
		}
	}
};
const role = "session_replication_role";
function setsReplica({ node }) {
	const set = read$1(node, "VariableSetStmt");
	const value = read$1(set?.args?.[0], "A_Const")?.sval?.sval;
	return set?.name?.toLowerCase() === role && value?.toLowerCase() === "replica";
}
/** Whatever else the session writes until it sets the role back is not checked. */
function forSession({ statement, index }, { statements }) {
	const later = statements.slice(index + 1).find((each) => read$1(each.statement.node, "VariableSetStmt")?.name?.toLowerCase() === role);
	const local = read$1(statement.node, "VariableSetStmt")?.is_local === true;
	return {
		message: `Foreign keys and triggers of all tables do nothing until ${later ? `line ${later.statement.line} sets it back` : `the ${local ? "transaction" : "session"} ends`}: what is written meanwhile is never checked.`,
		severity: later || local ? "notice" : "warning"
	};
}
/** USER means all but those that PostgreSQL made itself, for foreign keys and the like. */
function told$1(disabled, table, until) {
	const types = disabled.map(({ type }) => type);
	if (types.includes("AT_DisableTrigAll")) return `Foreign keys and triggers of ${table} do nothing ${until}.`;
	if (types.includes("AT_DisableTrigUser")) return `All triggers of ${table} do nothing ${until}; its foreign keys still hold.`;
	return `Triggers (${disabled.flatMap(({ name }) => name ?? []).join(", ")}) of ${table} do nothing ${until}.`;
}
/** A later statement of the same transaction enables triggers of the table again. */
function isUndone(facts, world) {
	const { schema, name } = alteredTable(facts.statement);
	return laterInTransaction(facts, world).some(({ statement }) => {
		const table = alteredTable(statement);
		return alterCommands(statement, "AT_EnableTrig", "AT_EnableTrigAll", "AT_EnableTrigUser").length > 0 && table.name === name && table.schema === schema;
	});
}

// src/rules/security/drop-trigger.ts
const rule$44 = {
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
const rule$43 = {
	id: "grants",
	severity: "notice",
	what: "Privileges on tables, sequences or schemas are granted to PUBLIC, or on everything in a schema at once.",
	why: "PUBLIC is every role there is and every one to come; a grant on everything reaches tables that nobody thought of.",
	instead: "Grant what is needed, by name, to roles that need it.",
	sources: ["PostgreSQL documentation, 5.8 \"Privileges\"", "safe-migrate: overbroad-grant"],
	statement: {
		kinds: ["GrantStmt", "AlterDefaultPrivilegesStmt"],
		check({ statement: { node } }) {
			const later = read$1(node, "AlterDefaultPrivilegesStmt")?.action;
			const grant = later ?? read$1(node, "GrantStmt");
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
const rule$42 = {
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
			const policy = read$1(node, "CreatePolicyStmt") ?? read$1(node, "AlterPolicyStmt");
			const dropped = droppedOnTable(facts, objectsOf(world.before, "policy").values(), world);
			if (dropped) return [problem$4(dropped.table, `the policy ${dropped.object.name} is dropped`, facts, world)];
			const change = policy ? `the policy ${policy.policy_name}` : switched(facts);
			const table = change && inUse(facts, nameOf$1(policy?.table ?? read$1(node, "AlterTableStmt")?.relation));
			return table ? [problem$4(table, change, facts, world)] : [];
		}
	}
};
function problem$4(table, change, facts, world) {
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
const rule$41 = {
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
const rule$40 = {
	id: "drop-cascade",
	severity: "warning",
	what: "DROP … CASCADE takes away more than it names.",
	why: "What depends on it goes without being asked for: views, foreign keys, triggers, columns with their data. It depends on what is there on the day.",
	instead: "Drop what depends on it by name, so that a reviewer sees it, and leave CASCADE out.",
	sources: ["PostgreSQL documentation, 5.15 \"Dependency Tracking\"", "pg-migration-lint: PGM202 and PGM205"],
	statement: {
		kinds: ["DropStmt"],
		check(facts, world) {
			if (read$1(facts.statement.node, "DropStmt")?.behavior !== "DROP_CASCADE") return [];
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
	const named = namesIn$1(facts);
	const isNamed = ({ name, schema }) => named.includes(name) || named.includes(schema);
	const dropped = droppedRelations(facts.observation, world);
	const relations = dropped.filter((each) => (each.kind === "table" || each.kind === "view") && !isNamed(each) && !isNamedElsewhere(each, facts, world));
	const gone = new Set(dropped.map(({ id }) => id));
	const locked = lockedByNow(facts).filter((table) => !gone.has(table));
	const kept = new Set(world.after.objects.map(keyOf$1));
	const others = world.before.objects.filter((each) => {
		if (kept.has(keyOf$1(each)) || isNamed(each) || isNamedElsewhere(each, facts, world)) return false;
		if (each.kind !== "function" && !(dependent.includes(each.kind) && locked.includes(each.table ?? ""))) return false;
		return named.some((name) => textsOf(each).some((text) => mentions$1(text, name)));
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
	const now = new Map([...objectsOf(after, "column").values()].map((column) => [keyOf$1(column), column]));
	return [...objectsOf(before, "column").values()].filter((column) => {
		const left = now.get(keyOf$1(column));
		if (!left || left.default !== void 0 || left.identity || !locked.includes(column.table)) return false;
		return namesIn$1(facts).some((name) => column.default?.includes(name));
	});
}
function namesIn$1({ statement }) {
	return (read$1(statement.node, "DropStmt")?.objects ?? []).flatMap((object) => {
		const routine = read$1(object, "ObjectWithArgs")?.objname ?? read$1(object, "TypeName")?.names;
		return strings(routine ?? read$1(object, "List")?.items ?? [object]).at(-1) ?? [];
	});
}
function lockedByNow({ observation: { locks, held } }) {
	return lockedTables([...locks, ...held], "AccessExclusiveLock").map(({ relation }) => relation);
}
function keyOf$1(object) {
	return object.kind === "column" ? `column ${object.oid} ${object.position}` : `${object.kind} ${object.oid}`;
}
/** Another statement drops it, or a column that it rests on. */
function isNamedElsewhere(object, { index }, { statements }) {
	const names = [object.name, ...object.kind === "constraint" ? object.columns : []];
	return statements.filter((each) => each.index !== index && /\bDROP\b/i.test(each.statement.sql)).some(({ statement }) => names.some((name) => mentions$1(statement.sql, name)));
}

// src/rules/tables/drop-in-code.ts
const rule$39 = {
	id: "drop-in-code",
	severity: "error",
	what: "A DO block, function or procedure was seen to drop or rename a table, view or column that is in use.",
	why: "Its data is gone, or running code that names it fails, and the statement does not say so: neither reviewers nor other rules can see it.",
	instead: "Say it by a statement of its own.",
	sources: ["safe-migrate: opaque-dynamic-sql", "pgsafe: unchecked-do-block"],
	whole(world) {
		return world.changes.filter(isLoss).filter((change) => !isOfGoneTable(change, world)).flatMap((change) => {
			const code = isSaid(change, world) ? void 0 : culprit$1(change, world);
			return code ? [problem$3(change, code)] : [];
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
	return statements.some(({ statement }) => !runsCode(statement.kind) && (/\bCASCADE\b/i.test(statement.sql) || mentions$1(statement.sql, name)));
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
function problem$3({ action, kind, id, from, table }, { statement }) {
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
const rule$38 = {
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
			const node = read$1(statement.node, "DropStmt");
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

// src/rules/tables/drop-sequence.ts
const rule$37 = {
	id: "drop-sequence",
	severity: "warning",
	what: "A sequence that is in use is dropped or renamed.",
	why: "Running code that calls nextval, currval or setval by its name fails (SQLSTATE 42P01). It is a notice for the sequence of a column, whose name code seldom knows.",
	instead: "First see that no code names it any more.",
	sources: ["PostgreSQL documentation, 9.17 \"Sequence Manipulation Functions\""],
	statement: {
		kinds: ["DropStmt", "RenameStmt"],
		check(facts, world) {
			const drop = read$1(facts.statement.node, "DropStmt");
			const rename = read$1(facts.statement.node, "RenameStmt");
			if (drop?.removeType === "OBJECT_SEQUENCE") return droppedNames(drop.objects).map((name) => inUse(facts, name)).flatMap((each) => problem$2(each, "dropped", world));
			if (!rename || !["OBJECT_SEQUENCE", "OBJECT_TABLE"].includes(rename.renameType ?? "")) return [];
			return problem$2(inUse(facts, nameOf$1(rename.relation)), `called ${rename.newname}`, world);
		}
	}
};
/** The sequence of an identity column is none of the snapshot's. */
function problem$2(sequence, what, { before }) {
	if (sequence?.kind !== "sequence") return [];
	const known = [...objectsOf(before, "sequence").values()].find(({ oid }) => oid === sequence.oid);
	const message = `Once ${sequence.name} is ${what}, running code that calls nextval or currval by its name fails.`;
	const ofColumn = known === void 0 || known.ownedBy !== void 0;
	return [{
		message,
		relations: [sequence.name],
		...ofColumn && { severity: "notice" }
	}];
}

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
			const node = read$1(facts.statement.node, "DropStmt");
			if (node?.removeType !== "OBJECT_TABLE" && node?.removeType !== "OBJECT_FOREIGN_TABLE") return [];
			return droppedNames(node.objects).flatMap((written) => {
				const table = inUse(facts, written);
				if (!table || lockedParent(table, facts, world)) return [];
				return [{
					...told(table, world),
					relations: [table.name]
				}];
			});
		}
	}
};
function told(table, world) {
	const what = table.kind === "foreign table" ? "leaves its data out of reach" : "deletes its data";
	const old = nameBefore(table, world);
	const allow = "Then drop it with a comment above: -- lockkeeper:allow drop-table because";
	if (old !== table.name) return {
		message: `Dropping ${table.name}, which was ${old} before, ${what}.`,
		instead: { text: `See that all its rows are elsewhere, or not needed any more. ${allow} no row of it is needed` }
	};
	const again = objectsOf(world.after, "table").has(table.name) ? " Another table has its name at the end." : "";
	return {
		message: `Dropping ${table.name} ${what}, and running code that names it fails.${again}`,
		instead: { text: `See that nothing uses ${table.name} any more. ${allow} no code uses it any more` }
	};
}

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
	return [...keys.map(({ table, name }) => `ALTER TABLE ${printId(table)} DROP CONSTRAINT ${printIdentifier(name)};`), `${drop};`].map((sql) => inTransaction$1(sql));
}

// src/postgres/syntax/types.ts
/** A written type as `format_type` says it; undefined for types that are not PostgreSQL's own, or have fields or precisions of time. */
function builtInType(type) {
	const name = strings(type?.names).at(-1) ?? "";
	const known = formatted[name];
	const sizes = (type?.typmods ?? []).map((each) => read$1(each, "A_Const")?.ival?.ival);
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

// src/rules/left-as-is.ts
/** Columns of the base that ADD COLUMN IF NOT EXISTS names. */
function columnsLeft(facts, world) {
	const table = alteredInUse(facts);
	if (!table) return [];
	return alterCommands(facts.statement, "AT_AddColumn").flatMap((command) => {
		const name = command.name ?? "";
		const known = columnsBefore(table, world).get(name);
		if (!command.node.missing_ok || !known || isNewColumn(table, name, facts, world)) return [];
		const now = [...objectsOf(world.after, "column").values()].find(({ oid, position }) => oid === table.oid && position === known.position);
		const atEnd = now ? columnDifferences(command, now) : [];
		const differences = columnDifferences(command, known).filter((each) => !now || atEnd.includes(each));
		return differences.length > 0 ? [{
			name,
			table: table.name,
			differences
		}] : [];
	});
}
function columnDifferences(command, known) {
	const type = builtInType(command.column?.typeName);
	const says = (kind) => columnConstraints(command).some(({ contype }) => contype === kind);
	const isFilled = [
		known.default,
		known.identity,
		known.generated
	].some((each) => each !== void 0);
	return [
		...type === void 0 || type === known.type ? [] : [`it is ${known.type}, not ${type}`],
		...says("CONSTR_NOTNULL") && !known.notNull ? ["it may be NULL"] : [],
		...says("CONSTR_DEFAULT") && !isFilled ? ["it has no default"] : []
	];
}
/** The relation of the base whose name CREATE INDEX IF NOT EXISTS gives, and which stays to the end. */
function indexLeft(facts, { before, after }) {
	const index = createdIndex(facts.statement);
	const table = index?.ifNotExists ? inUse(facts, index.table) : void 0;
	if (!index || !table) return [];
	const schema = table.name.slice(0, table.name.indexOf("."));
	const known = before.objects.find((each) => isRelation$1(each) && each.id === `${schema}.${index.name}`);
	const stays = after.objects.some((each) => isRelation$1(each) && each.oid === known?.oid && each.id === known.id);
	if (!known || !stays) return [];
	const differences = known.kind === "index" ? indexDifferences(index, table.name, known) : [`it is a ${known.kind}`];
	return differences.length > 0 ? [{
		name: known.name,
		table: table.name,
		differences
	}] : [];
}
function indexDifferences({ columns, unique, node }, table, known) {
	if (known.table !== table) return [`it is an index of ${known.table}`];
	const written = columns.flatMap((each) => each ?? []);
	const same = written.length < columns.length || written.join() === known.columns.map(unquoted).join();
	const [partial, whole] = [node.whereClause !== void 0, known.predicate === void 0];
	return [
		...same ? [] : [`it is on (${known.columns.join(", ")}), not (${printIdentifiers(written)})`],
		...unique && !known.unique ? ["it is not unique"] : [],
		...!unique && known.unique ? ["it is unique"] : [],
		...partial && whole ? ["it has no WHERE"] : [],
		...!partial && !whole ? ["it has a WHERE"] : []
	];
}

// src/rules/tables/if-not-exists-noop.ts
const rule$34 = {
	id: "if-not-exists-noop",
	severity: "warning",
	what: "CREATE TABLE, CREATE INDEX or ADD COLUMN with IF NOT EXISTS names something that exists already, and is not what it says.",
	why: "Nothing is created and nothing is said: databases differ from then on, and code that counts on what is written fails.",
	instead: "ALTER what is there, and leave IF NOT EXISTS out.",
	sources: ["PostgreSQL documentation, CREATE TABLE, IF NOT EXISTS", "pg-migration-lint: PGM403"],
	statement: {
		kinds: [
			"CreateStmt",
			"AlterTableStmt",
			"IndexStmt"
		],
		check(facts, world) {
			if (facts.statement.kind !== "CreateStmt") return [...columnsLeft(facts, world), ...indexLeft(facts, world)].map(leftAsIs);
			const node = read$1(facts.statement.node, "CreateStmt");
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
			if (written.length === 0 || elements.some((each) => read$1(each, "TableLikeClause")) || node?.inhRelations) return [];
			const differences = differencesOf(written, columnsOf(known.oid, world));
			if (differences.length === 0) return [];
			return [{
				message: `IF NOT EXISTS leaves ${known.name} as it is, without a word, and it differs: ${differences.join(", ")}.`,
				relations: [known.name]
			}];
		}
	}
};
function leftAsIs({ name, table, differences }) {
	return {
		message: `IF NOT EXISTS leaves ${name} as it is, without a word, and it differs: ${differences.join(", ")}.`,
		relations: [table]
	};
}
/** The name was found in another schema of the search_path than the one that new tables come into. */
function isElsewhere(known, statement, world) {
	const created = createdTable(statement, world);
	return read$1(statement.node, "CreateStmt")?.relation?.relpersistence === "t" || created !== void 0 && created.oid !== known.oid;
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
	const drop = read$1(node, "DropStmt");
	if (drop?.removeType === "OBJECT_TABLE" && droppedNames(drop.objects).some(is)) return "drops it";
	if (readAll(read$1(node, "TruncateStmt")?.relations, "RangeVar").map(nameOf$1).some(is)) return "truncates it";
	const rename = read$1(node, "RenameStmt");
	if (rename && is(nameOf$1(rename.relation))) {
		if (rename.renameType === "OBJECT_TABLE") return "renames it";
		if (rename.renameType === "OBJECT_COLUMN") return `renames its column ${rename.subname}`;
	}
	if (is(nameOf$1(read$1(node, "AlterObjectSchemaStmt")?.relation))) return "moves it to another schema";
	return harmByAlter(facts, is);
}
function harmByAlter({ statement }, is) {
	for (const { type, name, node } of alterCommands(statement, "AT_DropColumn", "AT_DetachPartition")) {
		if (type === "AT_DropColumn" && is(alteredTable(statement))) return `takes its column ${name}`;
		if (type === "AT_DetachPartition" && is(nameOf$1(read$1(node.def, "PartitionCmd")?.name))) return "detaches it";
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

// src/rules/published.ts
/** How a publication sends a table; undefined where it does not. A partition is also sent by its parent. */
function publishedBy({ allTables, members }, table) {
	const own = members.find((member) => member === table.id || member.startsWith(`${table.id} `));
	if (own !== void 0) return readMember(own.slice(table.id.length));
	const parent = members.some((member) => table.parents.some((id) => member === id || member.startsWith(`${id} `)));
	return allTables || parent || members.includes(`schema ${table.schema}`) ? {
		columns: void 0,
		filtered: []
	} : void 0;
}
/** ` (id, total) WHERE (total > 3)`. */
function readMember(text) {
	const [, list, where] = /^(?: \(((?:[^"()]|"[^"]*")*)\))?(?: WHERE (.*))?$/s.exec(text) ?? [];
	const filter = where === void 0 ? void 0 : parsed$1(`SELECT 1 WHERE ${where}`);
	return {
		columns: list === void 0 ? void 0 : tokensOf(list).flatMap(({ text: name }) => name === "," ? [] : unquoted(name)),
		filtered: filter ? referencesIn(filter).columns.map(({ name }) => name) : []
	};
}
/** By which columns logical replication tells a table's rows: all of them where its replica identity is FULL. */
function identityOf(table, snapshot) {
	if (table.replicaIdentity === "full") return "all";
	if (table.replicaIdentity === "default") return [...objectsOf(snapshot, "constraint").values()].find((key) => key.table === table.id && key.type === "primary key" && !key.deferrable)?.columns;
	const name = identityIndex(table);
	const index = [...objectsOf(snapshot, "index").values()].find((each) => each.table === table.id && each.name === name);
	return index && keyOf(index);
}
/** The name of the index that a table has as its replica identity: empty once it is dropped. */
function identityIndex({ replicaIdentity }) {
	return replicaIdentity.startsWith("index ") ? replicaIdentity.slice(6) : void 0;
}
function keyOf({ columns }) {
	return columns.map(unquoted);
}

// src/rules/tables/publication-without-identity.ts
const rule$32 = {
	id: "publication-without-identity",
	severity: "error",
	what: "A table comes into a publication that sends UPDATE or DELETE, or loses its primary key or the index of its replica identity there, and has nothing to tell its rows by; or the publication’s WHERE or list of columns does not fit its replica identity.",
	why: "Every UPDATE and DELETE on it fails from then on (SQLSTATE 55000).",
	instead: "Give the table a primary key, or set its REPLICA IDENTITY to a unique index, or to FULL; name its columns in the list, and no others in WHERE.",
	sources: ["PostgreSQL documentation, 29.1 \"Publication\"; 29.4 \"Row Filters\"; 29.5 \"Column Lists\""],
	covers: ["table-without-pk"],
	whole(world) {
		const known = nameless(world.before);
		return [...nameless(world.after)].flatMap(([oid, each]) => known.has(oid) ? [] : problem(each, world));
	}
};
/** Published tables, by oid, whose changed rows cannot be named. */
function nameless(snapshot) {
	const found = /* @__PURE__ */ new Map();
	for (const publication of objectsOf(snapshot, "publication").values()) {
		if (verbsOf(publication).length === 0) continue;
		for (const table of objectsOf(snapshot, "table").values()) {
			const published = table.type === "table" && table.persistence === "permanent" && publishedBy(publication, table);
			const told = published && lackOf(table, published, publication, snapshot);
			if (told) found.set(table.oid, {
				table,
				publication,
				told
			});
		}
	}
	return found;
}
function lackOf(table, { columns, filtered }, { name }, snapshot) {
	const identity = identityOf(table, snapshot);
	const { id } = table;
	if (identity === void 0) return `${id} is published by ${name} and ${nothingToTellBy(table)}`;
	if (identity === "all") return columns && `${name} publishes only some columns of ${id}, whose replica identity is FULL`;
	const outside = filtered.filter((column) => !identity.includes(column));
	if (outside.length > 0) return `The WHERE of ${name} names ${outside.join(", ")}, which the replica identity of ${id} does not have`;
	const left = identity.filter((column) => columns?.includes(column) === false);
	return left.length > 0 ? `${name} publishes ${id} without ${left.join(", ")}, which its replica identity needs` : void 0;
}
function nothingToTellBy(table) {
	if (table.replicaIdentity === "nothing") return "its replica identity is NOTHING";
	if (identityIndex(table) !== void 0) return "the index that was its replica identity is gone";
	return "has neither a primary key nor another replica identity";
}
function verbsOf({ actions }) {
	return actions.filter((action) => action === "update" || action === "delete").map((action) => action.toUpperCase());
}
function problem({ table, publication, told }, world) {
	const before = tableBefore({
		...table,
		kind: table.type,
		atBase: true
	}, world);
	const index = before && identityIndex(before);
	const place = lastNaming([
		table.name,
		publication.name,
		...index ? [index] : []
	], world, publishes);
	const message = `${told}: every ${verbsOf(publication).join(" and ")} on it fails.`;
	return place ? [{
		message,
		relations: [table.id],
		place
	}] : [];
}
/** Statements that publish a table, make it, or may take away what its rows are told by. */
function publishes(statement) {
	const { kind } = statement;
	if (kind !== "AlterTableStmt") return /^(CreatePublication|AlterPublication|Create|CreateTableAs|Drop|Rename|AlterObjectSchema)Stmt$/.test(kind);
	return alterCommands(statement, "AT_DropConstraint", "AT_DropColumn", "AT_ReplicaIdentity", "AT_AttachPartition").length > 0;
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
			const node = read$1(statement.node, "RenameStmt");
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
		const view = read$1(node, "ViewStmt")?.view ?? read$1(node, "CreateTableAsStmt")?.into?.rel;
		return means(nameOf$1(view), relation);
	});
}
/** Whether another table gets the name in the same transaction: it is created, or renamed. */
function losesNameToTable(relation, facts, world) {
	return laterInTransaction(facts, world).some(({ statement: { node } }) => {
		const { schema, name } = nameOf$1(read$1(node, "RenameStmt")?.relation);
		return means({
			schema,
			name: name === "" ? "" : read$1(node, "RenameStmt")?.newname ?? ""
		}, relation) || means(nameOf$1(read$1(node, "CreateStmt")?.relation), relation);
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
			const node = read$1(facts.statement.node, "RenameStmt");
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
					migrations: [inTransaction$1(`${facts.statement.sql};`, view), inTransaction$1(`DROP VIEW ${printId(table.name)};`)]
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
	what: "A table or view that is in use is moved to another schema, or a type, which is a warning.",
	why: "Running code that names the old schema, or whose search_path has not the new one, fails from that moment on.",
	instead: "Leave a view in its place in the same transaction, until all code is moved.",
	sources: ["PostgreSQL documentation, ALTER TABLE, SET SCHEMA"],
	statement: {
		kinds: ["AlterObjectSchemaStmt"],
		check(facts, world) {
			const node = read$1(facts.statement.node, "AlterObjectSchemaStmt");
			if (node?.objectType === "OBJECT_TYPE" || node?.objectType === "OBJECT_DOMAIN") return ofType(node, world);
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
					migrations: [inTransaction$1(`${facts.statement.sql};`, view), inTransaction$1(`DROP VIEW ${printId(table.name)};`)]
				}
			}];
		}
	}
};
function ofType({ object, newschema }, { before, after }) {
	const { schema, name } = nameOfList(read$1(object, "List")?.items);
	const moved = before.objects.find((each) => [
		"enum",
		"domain",
		"composite type",
		"range type"
	].includes(each.kind) && each.name === name && (schema === void 0 || each.schema === schema) && after.objects.some(({ kind, oid, schema: now }) => kind === each.kind && oid === each.oid && now !== each.schema));
	const message = `Moving the type ${moved?.id} to the schema ${newschema} breaks running code that names it, unless its search_path has ${newschema}.`;
	return moved ? [{
		message,
		severity: "warning"
	}] : [];
}

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
	what: "A table that is in use is emptied by TRUNCATE, also by one in code that a statement runs.",
	why: "Its data is gone at once, and with CASCADE that of all tables that refer to it.",
	instead: "Delete what is to go in batches, outside the migration.",
	sources: [
		"PostgreSQL documentation, TRUNCATE",
		"squawk: ban-truncate-cascade",
		"pg-migration-lint: PGM203 and PGM204"
	],
	statement: {
		kinds: [
			"TruncateStmt",
			"DoStmt",
			"CallStmt",
			"SelectStmt",
			"ExecuteStmt"
		],
		check(facts) {
			if (facts.statement.kind !== "TruncateStmt") return inCode$1(facts);
			const emptied = lockedOut(facts);
			if (emptied.length === 0) return [];
			const named = readAll(read$1(facts.statement.node, "TruncateStmt")?.relations, "RangeVar").map(nameOf$1).flatMap(({ schema, name }) => facts.relation(schema, name)?.name ?? []);
			const others = emptied.filter((table) => !named.includes(table));
			const cascade = read$1(facts.statement.node, "TruncateStmt")?.behavior === "DROP_CASCADE" && others.length > 0;
			const also = cascade ? `, and CASCADE also those of ${others.join(", ")}` : "";
			return [{
				message: `TRUNCATE deletes all rows of ${(cascade ? emptied.filter((table) => !others.includes(table)) : emptied).join(", ")}${also}.`,
				relations: emptied
			}];
		}
	}
};
function inCode$1(facts) {
	const relations = lockedOut(facts).filter((table) => truncatedByCode(facts.observation).includes(table));
	if (relations.length === 0) return [];
	return [{
		message: `The code that this runs deletes all rows of ${relations.join(", ")} by TRUNCATE.`,
		relations
	}];
}

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
			const end = ends[read$1(statement.node, "TransactionStmt")?.kind ?? ""];
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
/** All UPDATEs and DELETEs of a statement, the outermost first; those of MERGE, too. */
function changedRows({ node }) {
	const found = [];
	visit(node, node, found);
	return found;
}
function visit(value, top, found) {
	if (typeof value !== "object" || value === null) return;
	const update = read$1(value, "UpdateStmt");
	const remove = read$1(value, "DeleteStmt");
	const node = update ?? remove;
	if (node) found.push({
		verb: update ? "UPDATE" : "DELETE",
		table: nameOf$1(node.relation),
		where: saysSomething(node.whereClause) ? node.whereClause : void 0,
		lists: listsIn(update?.fromClause ?? remove?.usingClause),
		plain: value === top && !node.withClause && !node.relation?.alias && !(update?.fromClause ?? remove?.usingClause) && !node.returningClause,
		sets: readAll(update?.targetList, "ResTarget").map(({ name = "", val }) => ({
			column: name,
			value: read$1(val, "MultiAssignRef") ? void 0 : val
		}))
	});
	found.push(...merged(read$1(value, "MergeStmt")));
	for (const each of Object.values(value)) visit(each, top, found);
}
/** What MERGE changes where it finds a match: rows that its ON and then the WHEN let through. */
function merged(merge) {
	return readAll(merge?.mergeWhenClauses, "MergeWhenClause").flatMap(({ matchKind, commandType, condition }) => {
		const verb = commandType === "CMD_DELETE" ? "DELETE" : commandType === "CMD_UPDATE" ? "UPDATE" : void 0;
		if (verb === void 0 || matchKind !== "MERGE_WHEN_MATCHED") return [];
		const where = [merge?.joinCondition, condition].find(saysSomething);
		return [{
			verb,
			table: nameOf$1(merge?.relation),
			where,
			lists: [],
			plain: false,
			sets: []
		}];
	});
}
function listsIn(from) {
	return readAll(from, "RangeSubselect").flatMap(({ subquery, alias }) => read$1(subquery, "SelectStmt")?.valuesLists ? alias?.aliasname ?? [] : []);
}
/** Whether a condition depends on a row, or on anything that could keep rows out. */
function saysSomething(where) {
	return where !== void 0 && /"(ColumnRef|SubLink|FuncCall|CurrentOfExpr|ParamRef)"/.test(JSON.stringify(where));
}
/** Columns that a condition asks to be equal to values that are written out; none where it lets other rows in as well. */
function columnsOfKey(where, lists) {
	const all = read$1(where, "BoolExpr");
	if (all) return all.boolop === "AND_EXPR" ? (all.args ?? []).flatMap((each) => columnsOfKey(each, lists)) : [];
	const equal = read$1(where, "A_Expr");
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
	return strings(read$1(expression, "ColumnRef")?.fields);
}
/** The column that a condition asks to be NULL, and nothing else. */
function columnIsNull(where) {
	const test = read$1(where, "NullTest");
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

// src/rules/outside.ts
/**
* Before its file where it needs nothing that stands in front of it there, after it where nothing behind needs what it
* does, else between its halves. What cannot be read, such as a DO block, is taken for something that is needed.
*/
function placeOutside({ statement, index }, { statements }) {
	const own = statements.filter((each) => each.statement.migration === statement.migration);
	const needed = (each) => each.index < index && concerns(each.statement, statement);
	const needing = (each) => each.index > index && suffers(each.statement, statement);
	if (!own.some(needed)) return "before";
	return own.some(needing) ? "between" : "after";
}
/** Kinds that change neither rows nor what a table's rows may be. */
const idle = /^(VariableSet|VariableShow|Comment|Grant|GrantRole|Lock|Notify|Transaction|Constraints|AlterOwner)Stmt$/;
/** Kinds that do not say what they touch, or touch types that columns have. */
const opaque = /^(Do|Call|Execute|AlterEnum|AlterDomain|CreateExtension|AlterExtension)Stmt$/;
/** Whether one statement speaks of something that the moved one names. */
function concerns({ node, kind }, moved) {
	if (idle.test(kind)) return false;
	const drop = read$1(node, "DropStmt");
	if (opaque.test(kind) || callsFunctions(node) || drop?.behavior === "DROP_CASCADE") return true;
	return namesIn(node).some((name) => mentions$1(moved.sql, name));
}
function callsFunctions(node) {
	return read$1(node, "SelectStmt") !== void 0 && /"FuncCall"/.test(JSON.stringify(node));
}
/** Names of relations anywhere in a statement, and of the functions, types and other objects that it is about. */
function namesIn(node) {
	const found = [];
	const [fields = {}] = Object.values(node);
	for (const field of [
		"funcname",
		"typeName",
		"domainname",
		"object",
		"objects",
		"func"
	]) collect(fields[field], ["sval"], found);
	collect(node, ["relname", "newname"], found);
	return found;
}
function collect(value, keys, found) {
	if (typeof value !== "object" || value === null) return;
	for (const [key, each] of Object.entries(value)) if (typeof each === "string" && keys.includes(key)) found.push(each);
	else collect(each, keys, found);
}
/** Whether a statement could fail, or do something else, if the moved one had not been there before. */
function suffers(later, moved) {
	if (!concerns(later, moved)) return false;
	const { node } = later;
	const index = read$1(node, "IndexStmt");
	if (index) return index.unique === true || /"expr"|"whereClause"/.test(JSON.stringify(index));
	if (read$1(node, "ViewStmt")) return false;
	const created = read$1(node, "CreateStmt");
	if (created) return created.inhRelations !== void 0;
	const commands = alterCommands(later);
	return commands.length === 0 || commands.some((command) => !isApart(command, moved));
}
const harmless = [...[
	"AT_ColumnDefault",
	"AT_DropNotNull",
	"AT_DropConstraint",
	"AT_SetStatistics",
	"AT_SetStorage"
], ...[
	"AT_SetRelOptions",
	"AT_ChangeOwner",
	"AT_ReplicaIdentity",
	"AT_SetCompression"
]];
/** An action of ALTER TABLE that is the same before and after rows are changed. */
function isApart(command, moved) {
	const { type, name = "", node } = command;
	if (type === "AT_AddColumn") {
		const kinds = columnConstraints(command).map(({ contype }) => contype ?? "");
		const known = [
			"CONSTR_DEFAULT",
			"CONSTR_NULL",
			"CONSTR_FOREIGN",
			"CONSTR_IDENTITY",
			"CONSTR_NOTNULL"
		];
		const isEmpty = kinds.includes("CONSTR_NOTNULL") && kinds.length === 1;
		return kinds.every((kind) => known.includes(kind)) && !isEmpty;
	}
	if (type === "AT_DropColumn") return node.behavior !== "DROP_CASCADE" && !mentions$1(moved.sql, name) && !takesWholeRows(moved);
	return harmless.includes(type);
}
/** `o.*`, `to_jsonb(orders)`, a function of the user's: what may read any column without its name. */
function takesWholeRows({ node }) {
	return /"A_Star"|"FuncCall"/.test(JSON.stringify(node));
}

// src/rules/transactions/ddl-plus-backfill.ts
const rule$21 = {
	id: "ddl-plus-backfill",
	severity: "error",
	what: "An UPDATE of rows that no key picks shares its transaction with a change of a table’s definition.",
	why: "The lock of the change lasts until the transaction ends: while the rows are written, nobody can read or write that table. It is a warning where the change comes after the UPDATE: then the rows stay locked, and the change may be refused because of pending trigger events (SQLSTATE 55006).",
	instead: "Give the UPDATE a migration of its own, in the order in which the statements need each other, and change rows in batches that commit.",
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
			const migrations = inBatches(changed, table, facts, world) ?? [inTransaction$1(`${facts.statement.sql};`)];
			return [{
				...told,
				instead: suggesting(migrations, whereTo(facts, world))
			}];
		}
	}
};
/** In which migration it does what it did here, and nobody waits for it. */
function whereTo(facts, world) {
	const { line, endLine } = facts.statement;
	switch (placeOutside(facts, world)) {
		case "before": return "Its own migration, before this one, locks nobody out. Rows that are written between the two must be right already.";
		case "after": return "Its own migration, after this one, locks nobody out.";
		case "between": return `In a migration of its own it locks nobody out, but others of this file need it, and it needs others: make three of it, what stands before line ${line}, this statement, and what stands after line ${endLine}. Rows that are written between the last two must be right already.`;
	}
}
/** Tables that the transaction keeps others from while rows are written. */
function meanwhile({ verb }, table, facts, world) {
	const held = lockedTables(facts.observation.held);
	if (held.length === 0) return void 0;
	const tables = held.map(({ relation }) => relation);
	const what = keptOut(held);
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

// src/rules/not-valid.ts
/**
* What NOT VALID would do about rows that violate what a statement adds, by the error's SQLSTATE; undefined where the
* statement adds nothing that can be NOT VALID: it validates, writes rows, or attaches a partition.
*/
function notValidHelps(statement, sqlstate) {
	const types = addedConstraints(statement).filter(({ inline }) => inline === void 0);
	const adds = (type) => statement.kind === "AlterTableStmt" && types.some((each) => each.type === type);
	const domain = read$1(read$1(statement.node, "AlterDomainStmt")?.def, "Constraint");
	if (sqlstate === "23514" && (adds("CONSTR_CHECK") || domain?.contype === "CONSTR_CHECK")) return "NOT VALID adds the check without looking at old rows.";
	if (sqlstate === "23503" && adds("CONSTR_FOREIGN")) return "NOT VALID adds the foreign key without looking at old rows.";
}

// src/rules/transactions/fails-on-rows.ts
const rule$20 = {
	id: "fails-on-rows",
	severity: "warning",
	what: "A statement fails on rows that were made up for the check, and succeeds on empty tables.",
	why: "Whether it succeeds on production depends on the rows there, which the check has not seen.",
	instead: "Ask the target for rows that do not fit, and correct them in an earlier migration.",
	sources: ["PostgreSQL documentation, appendix A, \"PostgreSQL Error Codes\""],
	statement: { check(facts, world) {
		const { errorOnRows } = facts.observation;
		return errorOnRows ? [toProblem$1(facts, errorOnRows, world)] : [];
	} }
};
function toProblem$1(facts, { message, detail, sqlstate, line }, world) {
	const { statement } = facts;
	const { kind, migration, path } = statement;
	const told = [message, detail].filter(Boolean).join(". ").replace(/\.$/, "");
	const filled = sqlstate === "23502" && isFilled(facts, world);
	const advice = sqlstate.startsWith("P0") ? "It says so itself: look at its conditions." : filled ? "A statement before it fills the column, and leaves it empty in made-up rows: ask the target for rows in which it does." : adviceOn$1(statement, sqlstate);
	return {
		message: `It fails on made-up rows, not on empty tables: ${told} (SQLSTATE ${sqlstate}).`,
		place: {
			migration,
			path,
			line
		},
		...advice && { instead: { text: advice } },
		...writesRows.has(kind) && { severity: "notice" },
		...isCertain(statement, sqlstate) && !filled && { severity: "error" }
	};
}
/** Whether a pending statement before it writes rows, and names a column that it makes NOT NULL. */
function isFilled({ statement, index }, { statements }) {
	const names = alterCommands(statement, "AT_SetNotNull", "AT_AddConstraint").flatMap(({ name, constraint }) => {
		return [name, ...strings(constraint?.keys)].filter((each) => each !== void 0);
	});
	return statements.slice(0, index).filter((each) => writesRows.has(each.statement.kind)).some((each) => names.some((name) => mentions$1(each.statement.sql, name)));
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
function isCertain(statement, sqlstate) {
	return sqlstate === "23502" && statement.kind === "AlterTableStmt" && !addsGenerated(statement);
}
/** Then it is an expression that gives NULL, and nobody can fill it. */
function addsGenerated(statement) {
	return addedConstraints(statement, "CONSTR_GENERATED").length > 0;
}
function adviceOn$1(statement, sqlstate) {
	if (sqlstate === "23502" && addsGenerated(statement)) return "Ask the target for rows whose expression is NULL.";
	return [whatToAsk[sqlstate], notValidHelps(statement, sqlstate)].filter(Boolean).join(" ") || void 0;
}
const whatToAsk = {
	"23502": "Fill the column first, in a migration before: every row needs a value.",
	"23505": "Ask the target for duplicates, and clean them up in an earlier migration.",
	"23503": "Ask the target for rows that refer to nothing.",
	"23514": "Ask the target for rows that violate it.",
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
		check(facts, world) {
			const { statement, observation } = facts;
			const { error } = observation;
			if (!error) return [];
			const { message, detail, sqlstate, line } = error;
			const told = [message, detail].filter(Boolean).join(". ").replace(/\.$/, "");
			const help = helpOn(facts, error, world);
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
function helpOn(facts, error, world) {
	const { hint, sqlstate } = error;
	const particular = explain(error);
	return [(sqlstate === "42501" ? chosenRole(facts, world) : void 0) ?? (particular === hint ? adviceOn(facts.statement, error, world) : particular), sqlstate === "2BP01" ? void 0 : hint].filter(Boolean).join(" ");
}
function adviceOn(statement, { sqlstate, message }, world) {
	if (outside.has(sqlstate)) return `${outside.get(sqlstate)} ${world.outsideTransaction}`;
	if (sqlstate === "42704" && message.startsWith("role ")) return missingRole;
	return [advice[sqlstate], notValidHelps(statement, sqlstate)].filter(Boolean).join(" ") || void 0;
}
/** The migration itself has taken another role, by SET ROLE or SET SESSION AUTHORIZATION. */
function chosenRole({ index, statement: { migration } }, { statements }) {
	const last = statements.slice(0, index).findLast(({ statement }) => {
		const { name = "" } = read$1(statement.node, "VariableSetStmt") ?? {};
		return statement.migration === migration && ["role", "session_authorization"].includes(name);
	});
	return last && read$1(last.statement.node, "VariableSetStmt")?.kind === "VAR_SET_VALUE" ? `The role that line ${last.statement.line} takes is not allowed to: give the statement to one that is.` : void 0;
}
const missingRole = "If production has it, made by hand, say so in the migrations: create it there unless it exists. Roles that applied migrations name are made for the rehearsal.";
/** Of statements that must run outside a transaction block. */
const outside = /* @__PURE__ */ new Map([["25001", "The statement must run outside a transaction block."], ["2D000", "It commits by itself, so it must run outside a transaction block."]]);
/** What an error often means in a migration. */
const advice = {
	"55P04": "A new enum value can be used only after its transaction has been committed: add it in a migration of its own before.",
	"55006": "Rows that were changed have triggers or foreign keys to be checked at the end: change rows and table in two migrations.",
	"2BP01": "Other objects depend on it: drop or change them first, by name rather than with CASCADE.",
	"42804": "There is no cast from the old type to the new one by itself: say how with USING, and drop the default before.",
	"23502": "There are rows without a value: fill them first. On production a probe tells: SELECT count(*) … WHERE … IS NULL.",
	"23505": "Two rows are the same: clean them up in an earlier migration.",
	"23503": "A row refers to nothing: correct such rows in an earlier migration.",
	"23514": "A row violates it: correct such rows in an earlier migration.",
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
	what: "A statement takes a lock that blocks reads or writes of a table that is in use, and neither lock_timeout nor statement_timeout ends the wait for it within a minute. Told once for a migration.",
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
		const end = endOfWait(facts);
		const until = end > 0 ? `for up to ${Math.round(end / 1e3)} s` : "and nothing ends the wait";
		return [{
			message: `While this waits for its lock on ${first.relation}, ${what} that come later wait behind it, ${until}.`,
			relations: [first.relation],
			blocking: {
				what,
				during: "moment"
			},
			instead: { text: saysConcurrently(facts.statement) ? patience$2 : retry(isOneTransaction(facts, world)) }
		}];
	} }
};
/** Longer, and people notice: milliseconds. */
const noticed = 6e4;
/** In a transaction it must not outlive it: in the same session, it would end an index that is built CONCURRENTLY. */
const retry = (inTransaction) => `Begin the migration with ${inTransaction ? "SET LOCAL" : "SET"} lock_timeout = '5s'; and run it again when that ends it.`;
/** What works CONCURRENTLY is not undone when a timeout ends it. */
const patience$2 = "Run it while no transaction stays open for long: a short lock_timeout may end it half-way.";
/** Locks on tables that may be waited for too long, the strongest first. */
function strongLocks(facts) {
	const end = endOfWait(facts);
	if (read$1(facts.statement.node, "LockStmt")?.nowait || end > 0 && end <= noticed) return [];
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
		const { observation } = facts;
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
			instead: apart(facts, world)
		}];
	} }
};

// src/postgres/syntax/always.ts
/** Whether a condition lets every row pass, as far as its text tells. `isNotNull` knows a column of the table by its name. */
function isAlwaysTrue(condition, isNotNull) {
	const all = read$1(condition, "BoolExpr");
	const passes = (each) => isAlwaysTrue(each, isNotNull);
	if (all?.boolop === "AND_EXPR") return all.args?.every(passes) === true;
	if (all?.boolop === "OR_EXPR") return all.args?.some(passes) === true;
	const test = read$1(condition, "NullTest");
	if (test) return test.nulltesttype === "IS_NOT_NULL" && hasValue(test.arg, isNotNull);
	return read$1(condition, "A_Const")?.boolval?.boolval === true || isEqualToItself(read$1(condition, "A_Expr"), isNotNull);
}
/** `id = id`, `1 = 1`. */
function isEqualToItself(equal, isNotNull) {
	if (equal?.kind !== "AEXPR_OP" || ![
		"=",
		"<=",
		">="
	].includes(strings(equal.name).join("."))) return false;
	return hasValue(equal.lexpr, isNotNull) && textOf(equal.lexpr) === textOf(equal.rexpr);
}
function hasValue(expression, isNotNull) {
	const constant = read$1(expression, "A_Const");
	if (constant) return constant.isnull !== true;
	const column = strings(read$1(expression, "ColumnRef")?.fields).at(-1);
	return column !== void 0 && isNotNull(column);
}
/** The same for what is written the same way, wherever it stands. */
function textOf(expression) {
	return JSON.stringify(expression, (key, value) => key === "location" ? void 0 : value);
}

// src/rules/code.ts
/** The query that EXECUTE runs, and where it was prepared. */
function preparedBy({ statement, index }, { statements }) {
	const name = read$1(statement.node, "ExecuteStmt")?.name;
	if (name === void 0) return void 0;
	return statements.slice(0, index).findLast((each) => read$1(each.statement.node, "PrepareStmt")?.name === name);
}
/** The code that a statement runs, as it stood then. */
function codeOf(facts, world) {
	const parts = [(facts.statement.kind === "DoStmt" ? blockOf(facts.statement) : void 0) ?? {
		queries: [(preparedBy(facts, world) ?? facts).statement.node],
		opaque: false
	}];
	const known = /* @__PURE__ */ new Set();
	for (const part of parts) for (const name of part.queries.flatMap(calledIn)) {
		if (known.has(name)) continue;
		known.add(name);
		parts.push(...routines(name, facts, world));
	}
	return {
		queries: parts.flatMap(({ queries }) => queries),
		opaque: parts.some(({ opaque }) => opaque)
	};
}
const unreadable = {
	queries: [],
	opaque: true
};
function blockOf({ node, sql }) {
	const language = readAll(read$1(node, "DoStmt")?.args, "DefElem").find(({ defname }) => defname === "language");
	return ((read$1(language?.arg, "String")?.sval ?? "plpgsql").toLowerCase() === "plpgsql" ? plpgsqlBody(sql) : void 0) ?? unreadable;
}
/** All routines by that name: those that earlier pending statements created, and those of the base. */
function routines(name, { index }, { statements, before }) {
	const created = statements.slice(0, index).flatMap(({ statement }) => {
		return createdFunction(statement.node)?.name.name === name ? [createdCode(statement)] : [];
	});
	const old = before.objects.filter((each) => each.kind === "function" && each.name === name);
	return [...created, ...old.map(routineCode)];
}
function routineCode(routine) {
	const body = bodyOf(routine);
	if (body) return body;
	const standard = routine.language === "sql" ? parsed$1(routine.definition) : void 0;
	return standard ? {
		queries: [standard],
		opaque: false
	} : unreadable;
}
function createdCode({ node, sql }) {
	const created = read$1(node, "CreateFunctionStmt");
	const option = (name) => readAll(created?.options, "DefElem").find(({ defname }) => defname === name)?.arg;
	const language = (read$1(option("language"), "String")?.sval ?? "sql").toLowerCase();
	if (language === "plpgsql") return plpgsqlBody(sql) ?? unreadable;
	if (language !== "sql") return unreadable;
	const [text] = strings(read$1(option("as"), "List")?.items);
	return {
		queries: text === void 0 ? [node] : parsedAll(text),
		opaque: false
	};
}
/** Names of functions and procedures that a query calls. */
function calledIn(value) {
	if (typeof value !== "object" || value === null) return [];
	const { funcname } = value;
	return [...Array.isArray(funcname) ? strings(funcname).slice(-1) : [], ...Object.values(value).flatMap(calledIn)];
}

// src/rules/transactions/update-delete-without-where.ts
const rule$16 = {
	id: "update-delete-without-where",
	severity: "warning",
	what: "An UPDATE or DELETE has no WHERE, or one that every row passes, on a table that is in use; also in MERGE, in prepared statements, and in code that was seen to change every row.",
	why: "UPDATE writes every row anew and keeps all of them locked until its transaction ends; DELETE, which is an error here, leaves nothing.",
	instead: "Change rows in batches that commit, outside the migration; say by WHERE which rows are meant.",
	sources: [
		"pgfence: delete-without-where, update-in-migration",
		"postgres-language-server: ban_delete_without_where, ban_update_without_where",
		"pg-migration-lint: PGM302 and PGM303"
	],
	statement: {
		kinds: [...[
			"UpdateStmt",
			"DeleteStmt",
			"InsertStmt",
			"SelectStmt",
			"CreateTableAsStmt",
			"MergeStmt"
		], ...[
			"ExecuteStmt",
			"ExplainStmt",
			"DoStmt",
			"CallStmt"
		]],
		check(facts, world) {
			const said = saidBy(facts, world);
			const tables = said.map(({ table }) => table);
			return [...said.map(({ problem }) => problem), ...inCode(facts, world, tables)];
		}
	}
};
/** What the text says, each with its table; EXECUTE means the text that was prepared. */
function saidBy(facts, world) {
	const explain = read$1(facts.statement.node, "ExplainStmt");
	if (explain && !hasOption(explain.options, "analyze")) return [];
	const origin = preparedBy(facts, world) ?? facts;
	return changedRows(origin.statement).flatMap((changed) => {
		const table = inUse(origin, changed.table);
		if (!table || !meansAll(changed, table, world)) return [];
		return [{
			table: table.name,
			problem: problemOf(changed, table, facts, world)
		}];
	});
}
function meansAll({ where, plain }, table, world) {
	if (!where) return true;
	const columns = columnsBefore(table, world);
	const isNotNull = (name) => columns.get(name)?.notNull === true && !columns.get(name)?.notNullUnvalidated;
	return isAlwaysTrue(where, (name) => plain && isNotNull(name));
}
function problemOf(changed, table, facts, world) {
	const relations = [table.name];
	if (changed.verb === "DELETE") return {
		message: `DELETE takes all rows of ${table.name}.`,
		relations,
		severity: "error",
		instead: { text: say }
	};
	const message = `UPDATE writes every row of ${table.name} anew, and all of them stay locked until its transaction ends.`;
	const migrations = inBatches(changed, table, facts, world);
	return {
		message,
		relations,
		instead: migrations ? {
			text: world.outsideTransaction,
			migrations
		} : { text: batches }
	};
}
const say = "Say by WHERE which rows are meant; delete many in batches that commit, outside the migration.";
const batches = "Change rows in batches that commit, by ranges of the key, outside the migration.";
/** What code was seen to do to every row of tables, and does not do by a condition that made-up rows may have met by chance. */
function inCode(facts, world, told) {
	const { emptied = [], overwritten = [], rewritten } = facts.observation;
	const seen = [...emptied.filter((table) => !rewritten.includes(table)).map((table) => ({
		table,
		verb: "DELETE"
	})), ...overwritten.map((table) => ({
		table,
		verb: "UPDATE"
	}))].filter(({ table }) => isBaseTable(table, facts) && !told.includes(table));
	if (seen.length === 0) return [];
	const code = codeOf(facts, world);
	return seen.flatMap(({ table, verb }) => {
		const { schema, name } = splitId(table);
		const own = code.queries.flatMap((node) => changedRows({ node })).filter((each) => each.verb === verb && each.table.name === name && (each.table.schema ?? schema) === schema);
		if (own.some(({ where }) => isAlwaysTrue(where, () => false) || !where)) return [surely(table, verb)];
		return own.length === 0 && code.opaque ? [perhaps(table, verb)] : [];
	});
}
function surely(table, verb) {
	const relations = [table];
	if (verb === "DELETE") return {
		message: `The code that this runs deletes all rows of ${table}.`,
		relations,
		severity: "error",
		instead: { text: say }
	};
	return {
		message: `The code that this runs writes every row of ${table} anew, and all of them stay locked until its transaction ends.`,
		relations,
		instead: { text: batches }
	};
}
/** The text of the code tells nothing of it. */
function perhaps(table, verb) {
	const relations = [table];
	if (verb === "DELETE") return {
		message: `The code that this runs deleted every row that ${table} had in the rehearsal: it may leave none in production.`,
		relations,
		instead: { text: say }
	};
	return {
		message: `The code that this runs updated every row that ${table} had in the rehearsal: it may write all of them anew in production.`,
		relations,
		severity: "notice",
		instead: { text: batches }
	};
}
function isBaseTable(table, { observation: { locks, held } }) {
	return [...locks, ...held].some(({ relation, atBase }) => relation === table && atBase);
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
		if (saysConcurrently(statement)) return [];
		const truncated = truncatedByCode(observation);
		const blocked = blockedTables(observation).filter(({ table }) => isReadable(table, world) && !truncated.includes(table));
		if (blocked.length === 0) return [];
		const what = keptOut(blocked);
		const rewrites = blocked.some(({ rewritten }) => rewritten);
		const tables = blocked.map(({ table }) => table);
		return [{
			message: `This ${rewrites ? "rewrites" : "reads"} all of ${tables.join(", ")} and keeps ${waitingFor(blocked)} waiting meanwhile.`,
			relations: tables,
			blocking: {
				what,
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
			const node = read$1(statement.node, "CreateDomainStmt");
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
			const node = read$1(statement.node, "AlterEnumStmt");
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
	const before = columnsThen(seen.table, facts, world);
	return commands.map((command) => {
		const name = command.name ?? "";
		const then = before.get(name);
		const written = typeText(command, facts.statement);
		const to = (!facts.observation.error && !isRetypedLater(then?.column, name, seen.table, facts, world) ? typeAtEnd(then?.column, name, seen.table, world) : void 0) ?? canonical(written);
		const using = command.column?.raw_default;
		return {
			name,
			column: then?.column,
			from: then?.type,
			to,
			written,
			using,
			command,
			facts,
			observed: seen
		};
	});
}
/** Another pending statement gives the column yet another type, so that the catalog at the end does not tell this one. */
function isRetypedLater(column, name, table, { index }, world) {
	return world.statements.slice(index + 1).some((facts) => {
		const { schema, name: altered } = alteredTable(facts.statement);
		const commands = alterCommands(facts.statement, "AT_AlterColumnType");
		if (commands.length === 0 || facts.observation.error) return false;
		if (facts.relation(schema, altered)?.oid !== table.oid) return false;
		const then = column && columnsThen(table, facts, world);
		return commands.some((each) => then ? then.get(each.name ?? "")?.column === column : each.name === name);
	});
}
function typeAtEnd(column, name, { oid }, { after }) {
	return [...objectsOf(after, "column").values()].find((each) => each.oid === oid && (column ? each.position === column.position : each.name === name))?.type;
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
			migrations: [inTransaction$1(...sql)]
		}
	};
}
/** An earlier statement of the same migration says which TimeZone the session has. */
function setsTimeZone({ index, statement: { migration } }, { statements }) {
	return statements.slice(0, index).some(({ statement }) => {
		const { kind, name } = read$1(statement.node, "VariableSetStmt") ?? {};
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
				if (!loss || fitsAtBase(retyped)) return [];
				const { name, from, to, observed } = retyped;
				const probe = `SELECT ${loss.asks} FROM ${printId(observed.table.name)}${loss.where ? ` WHERE ${loss.where}` : ""};`;
				return [{
					message: `Changing ${name} from ${from} to ${to} ${loss.ends}.`,
					relations: [observed.table.name],
					instead: { text: `Ask the target first${isAsAtBase(retyped) ? "" : `, once ${name} is ${from} there`}: ${probe} ${loss.wanted}` }
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
	const cast = isColumn(read$1(using, "TypeCast")?.arg, name);
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
/** The target has the column as it is just before the statement. */
function isAsAtBase({ column, from, name }) {
	return column?.type === from && column?.name === name;
}
/** An earlier pending statement gave the column room that this one takes away again: what is there fits. */
function fitsAtBase(retyped) {
	const { column, from = "" } = retyped;
	if (!column || column.type === from || kin(column.type) !== kin(from)) return false;
	return lossOf({
		...retyped,
		from: column.type
	}) === void 0;
}
/** Types whose values stay what they are when one becomes the other. */
function kin(type) {
	const { name } = typeOf(type);
	return texts.includes(name) ? "text" : integers.includes(name) ? "integer" : name;
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
				const own = rebuilt(retyped, world);
				const indexes = own.map((index) => index.name);
				if (observed.rewritten.length > 0 || indexes.length === 0) return [];
				return [{
					message: `Changing ${name} builds ${indexes.join(", ")} anew, and ${observed.table.name} can be neither read nor written meanwhile.`,
					...costs(observed),
					...observed.blocking && { blocking: {
						...observed.blocking,
						during: "index build"
					} },
					instead: { text: insteadOf$1(own) }
				}];
			});
		}
	}
};
/** Indexes on the column whose files the statement gave up, and which are there again. */
function rebuilt({ name, observed, facts }, { before, after }) {
	const [old, now] = [objectsOf(before, "index"), objectsOf(after, "index")];
	return facts.lostIndexes.filter(({ table = "" }) => observed.scanned.includes(table)).flatMap(({ name: id }) => {
		const index = now.get(id) ?? old.get(id);
		return index && mentions$1(index.definition, name) ? [index] : [];
	});
}
/** What keeps rows unique, or holds up a constraint, is not to be dropped lightly, or not at all. */
function insteadOf$1(indexes) {
	const namesOf = (some) => some.map(({ name }) => name).join(", ");
	const bound = indexes.filter(({ constraint }) => constraint !== void 0);
	const free = indexes.filter(({ constraint }) => constraint === void 0);
	const unique = free.filter((each) => each.unique);
	return [
		free.length > 0 && `Drop ${namesOf(free)} with DROP INDEX CONCURRENTLY before, and build it again with CREATE INDEX CONCURRENTLY afterwards.`,
		unique.length > 0 && `Until then nothing keeps duplicates from what ${namesOf(unique)} keeps unique, and building it again fails on them.`,
		bound.length > 0 && `${namesOf(bound)} cannot go without its constraint: take a second column of the new type that takes over the name, or plan a window.`
	].filter(Boolean).join(" ");
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
	return [inTransaction$1(`${text.head} ${[
		...drops,
		...text.commands,
		...adds
	].join(", ")};`), inTransaction$1(...names.map((name) => `${text.head} VALIDATE CONSTRAINT ${name};`))];
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
		inTransaction$1(`ALTER TABLE ${printId(table)} ADD COLUMN ${now} ${written};`, ...sync.create),
		backfill(table, other, using ? `${old}::${written}` : `${old}`, ` AND ${old} IS NOT NULL`),
		...column.notNull ? setNotNull(table, other, major) : [],
		inTransaction$1(...sync.drop, ...end)
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
	return using === void 0 || isColumn(read$1(using, "TypeCast")?.arg, name);
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
		if (each.kind === "view") return mentions$1(each.definition, table);
		if (each.kind === "sequence") return each.ownedBy === column.id;
		if (each.kind === "constraint") return each.references?.table === column.table || names(each, column);
		return each.kind === "column" ? names(each, column) && each.id !== column.id : names(each, column);
	});
}
/** In any of its texts: a definition, an expression, a list of columns. */
function names(object, column) {
	return object.table === column.table && textsOf(object).some((text) => mentions$1(text, column.name));
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
			return [{
				message: `Changing ${[first, ...more].map(changeOf).join(", ")} rewrites ${observed.rewritten.join(", ")} and all indexes.`,
				...costs(observed),
				instead: insteadOf(first, more.length, world)
			}];
		}
	}
};
function changeOf({ name, from, to }) {
	if (from === to) return `the values of ${name}`;
	return `${name} ${from ? `from ${from} ` : ""}to ${to}`;
}
function insteadOf(first, more, world) {
	const { name, from, command } = first;
	const domain = domainOf(command, world);
	if (domain && (domain.checks.length > 0 || domain.notNull)) {
		const column = domain.type === from ? `Leave ${name} as ${from}` : `Take ${domain.type} by way of a second column`;
		return { text: `A column cannot become of the domain ${domain.name} without a rewrite, nor can a new one. ${column}, and ${demandsOf(domain, name).join("; ")}.` };
	}
	const migrations = more === 0 ? swapColumn(first, world) : void 0;
	return {
		text: migrations ? "A second column is kept in step by a trigger, filled in batches, and takes the name in one short transaction." : `Add a column of the new type beside ${name}, keep it in step by a trigger, fill it in batches, build what depends on ${name} for it, then swap the names in one short transaction.`,
		...migrations && { migrations }
	};
}
/** The changes that the rewrite was for: those that are not free, unless nothing else explains it. */
function causes(facts, world) {
	const changed = retypedColumns(facts, world).filter((each) => !changesTimeZone(each));
	const costly = changed.filter((each) => !onlyWidens(each));
	const [first] = changed;
	const others = first && addedColumns(facts, world, first.observed).some(({ kind }) => !["plain", "virtual"].includes(kind));
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
			const node = read$1(facts.statement.node, "RuleStmt");
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
			const node = read$1(facts.statement.node, "DropStmt");
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
			const node = read$1(facts.statement.node, "RefreshMatViewStmt");
			const view = inUse(facts, nameOf$1(node?.relation));
			if (!view || !lockedOut(facts).includes(view.name) || !isReadable(view.name, world)) return [];
			const name = printName(nameOf$1(node?.relation));
			if (node?.skipData) return [{
				message: `Every query on ${view.name} fails until it is refreshed with data.`,
				relations: [view.name]
			}];
			const concurrent = inTransaction$1(`REFRESH MATERIALIZED VIEW CONCURRENTLY ${name};`);
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
	rule$106,
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

// src/postgres/steady.ts
/** `idle_session_timeout` came with PostgreSQL 14; what is asked for by name is NULL where it is not there. */
const neverIdle = `SELECT pg_catalog.set_config('idle_session_timeout', '0', false)
  WHERE pg_catalog.current_setting('idle_session_timeout', true) IS NOT NULL`;
/** Opens a session that others work for while it waits: a backup and a rehearsal take their time, and no abort cuts it. */
async function connectToStay(address) {
	const session = await connect(address);
	try {
		await session.query(neverIdle);
		return session;
	} catch (error) {
		await session[Symbol.asyncDispose]();
		throw error;
	}
}

// src/postgres/apply/blockers.ts
/** What is told of a session in pg_stat_activity, as `Blocker`. */
const blockerColumns = `pid, COALESCE(usename, '') AS user, COALESCE(application_name, '') AS application,
  COALESCE(state, backend_type, '') AS state,
  COALESCE(extract(epoch FROM pg_catalog.clock_timestamp() - xact_start), 0)::float8 AS seconds,
  COALESCE((pg_catalog.regexp_match(query, '^\\s*((?:[A-Za-z_]+\\s*){1,3})'))[1], '') AS query`;
/**
* Who holds, or waits before it for, a lock that a backend waits for. A prepared transaction has no pid; its locks name
* its number (documentation, pg_locks).
*/
async function blockersOf(looker, pid) {
	return looker.query(`WITH blocking AS (SELECT pg_catalog.pg_blocking_pids($1) AS pids)
     (SELECT ${blockerColumns}, $1 = ANY (pg_catalog.pg_blocking_pids(pid)) AS deadlocked
        FROM pg_catalog.pg_stat_activity, blocking WHERE pid = ANY (pids) ORDER BY xact_start, pid)
     UNION ALL
     SELECT 0, owner::text, '', 'prepared', extract(epoch FROM pg_catalog.clock_timestamp() - prepared)::float8, gid, false
       FROM pg_catalog.pg_prepared_xacts, blocking
      WHERE 0 = ANY (pids) AND EXISTS (
        SELECT FROM pg_catalog.pg_locks held JOIN pg_catalog.pg_locks wanted
            ON wanted.pid = $1 AND NOT wanted.granted AND wanted.relation = held.relation AND wanted.database = held.database
         WHERE held.virtualtransaction = '-1/' || transaction::text)`, [pid]);
}
/** `pid 4711 (web, app_user), idle in transaction for 12 s, last SELECT` */
function blockerText({ pid, user, application, state, seconds, query }) {
	const age = `for ${Math.round(seconds)} s`;
	if (pid === 0) return `the prepared transaction '${query.replaceAll(/[^ -~]/g, "?")}' (${user}), ${age}`;
	const who = [application, user].filter(Boolean).join(", ");
	const session = `pid ${pid}${who ? ` (${who})` : ""}`;
	if (state === "") return `${session}, of which this role may see no more (pg_monitor may)`;
	return `${session}, ${state} ${age}${query ? `, ${state === "active" ? "running" : "last"} ${query.trim().toUpperCase()}` : ""}`;
}
/** Who was in the way of a unit. */
var Blockers = class {
	#texts = /* @__PURE__ */ new Map();
	#now = "";
	/** Notes who is in the way now, and tells it where it is others than before. */
	note(blockers, progress) {
		if (blockers.length === 0) return;
		const keys = blockers.map(({ pid, query }) => String(pid || query));
		const now = keys.join();
		if (now === this.#now) return;
		this.#now = now;
		const texts = blockers.map(blockerText);
		for (const [index, key] of keys.entries()) this.#texts.set(key, texts[index] ?? "");
		progress.step(`waiting for ${texts.join("; ")}`);
	}
	/** All who were, as a person reads it. */
	get all() {
		return [...this.#texts.values()];
	}
};

// src/postgres/apply/index-progress.ts
/** How far a backend is with an index: `building index: scanning table, 45 % of 16384 blocks`; undefined where it builds none. */
async function indexProgress(looker, pid) {
	const pair = (name) => `ARRAY[${name}_done, ${name}_total]::float8[] AS ${name}`;
	const [row] = await looker.query(`SELECT phase, ${[
		"lockers",
		"blocks",
		"tuples",
		"partitions"
	].map(pair).join(", ")}
       FROM pg_catalog.pg_stat_progress_create_index WHERE pid = $1`, [pid]);
	return row && progressText(row);
}
/** What is counted depends on the phase; the other counts are what an earlier one has left. */
function progressText({ phase, lockers, blocks, tuples, partitions }) {
	const unit = phase.startsWith("waiting") ? "transactions" : phase.includes("tuples") ? "tuples" : "blocks";
	const [done, total] = {
		transactions: lockers,
		tuples,
		blocks
	}[unit];
	const [before, all] = partitions;
	return [
		phase,
		...total > 0 ? [`${Math.floor(100 * Math.min(done, total) / total)} % of ${total} ${unit}`] : [],
		...all > 0 ? [`partition ${Math.min(before + 1, all)} of ${all}`] : []
	].join(", ");
}

// src/postgres/apply/look-on.ts
/** How long one waits between two looks, in milliseconds: little at first, as the first attempts are short. */
const pauses = [
	30,
	60,
	100,
	200,
	400
];
/** After how long a statement is told to be still running, in milliseconds. */
const patience$1 = 5e3;
/** The shortest and longest pause between two such words, where each is a line more. */
const [shortest, longest] = [1e4, 6e4];
/** Tells what a backend waits for, and now and then how far it is, until `done` is aborted. */
async function lookOn({ looker, pid, what, progress, blockers, giveWay }, done) {
	const [start, since] = [performance.now(), /* @__PURE__ */ new Date()];
	let next = progress.live ? 1e3 : patience$1;
	for (let look = 0; !done.aborted; look += 1) {
		const found = await blockersOf(looker, pid);
		blockers.note(found, progress);
		if (found.some(({ deadlocked }) => deadlocked) && !done.aborted) await giveWay();
		const elapsed = performance.now() - start;
		if (elapsed >= next && !done.aborted) {
			const far = await indexProgress(looker, pid);
			const time = `${Math.round(elapsed / 1e3)} s, since ${since.toISOString().slice(11, 19)} UTC`;
			progress.step(far ? `${what}: ${far}; for ${time}` : `${what} runs for ${time}`);
			next = elapsed + (progress.live ? 1e3 : Math.min(longest, Math.max(shortest, elapsed / 2)));
		}
		await setTimeout$1(pauses[look] ?? 500, void 0, { signal: done }).catch(() => {});
	}
}

// src/postgres/apply/attend.ts
/** The session that looks on; none where the server has no connection left for it, as the work can be done without. */
async function openLooker(address, progress) {
	try {
		return await connectToStay(address);
	} catch (error) {
		if (!(error instanceof KnownError)) throw error;
		progress.step(`there is no second connection to see who is in the way: ${error.message}`);
		return;
	}
}
/** Milliseconds between two cancels: one that arrives between two statements is lost. */
const again = 200;
/**
* Does the work of the session while the looker tells who is in its way, to `blockers` as well, and how far it is; cancels it
* when the job is aborted, or to give way in a deadlock: PostgreSQL would end whoever looks first, which may be the
* application (documentation, 13.3.4). `what` is the work, for people.
*/
async function attend({ session, looker, signal, progress }, { what, blockers }, work) {
	signal.throwIfAborted();
	const [over, quiet] = [new AbortController(), new AbortController()];
	let gaveWay = false;
	let looking;
	let cancelling;
	const giveWay = async () => {
		gaveWay = true;
		progress.step(`${what} gives way, as each of the two waits for the other`);
		if (looker) await cancelFrom(looker, session);
	};
	const view = looker && {
		looker,
		pid: session.pid,
		what,
		progress,
		blockers,
		giveWay
	};
	const timer = setTimeout(() => {
		if (view) looking = lookOn(view, quiet.signal).catch(() => {});
	}, 10);
	const lookAway = async () => {
		clearTimeout(timer);
		if (looking) quiet.abort();
		await looking;
	};
	const cancel = () => {
		cancelling = lookAway().then(() => cancelUntil(over.signal, session, looker));
	};
	signal.addEventListener("abort", cancel, { once: true });
	try {
		return await work();
	} catch (error) {
		await lookAway();
		throw gaveWay ? deadlock(error) : error;
	} finally {
		signal.removeEventListener("abort", cancel);
		const seen = lookAway();
		if (signal.aborted) over.abort();
		await (gaveWay ? seen : cancelling);
	}
}
/** What was cancelled to give way is as what PostgreSQL ends for a deadlock: nothing of it is left, and it can be tried again. */
function deadlock(error) {
	if (!(error instanceof SqlError) || error.fault.sqlstate !== "57014") return error;
	return new SqlError({
		...error.fault,
		sqlstate: "40P01",
		message: "it gave way in a deadlock"
	}, void 0, error.completed, error.index);
}
async function cancelUntil(over, session, looker) {
	while (!over.aborted) {
		await (looker ? cancelFrom(looker, session) : session.cancel()).catch(() => session.cancel()).catch(() => {});
		await setTimeout$1(again, void 0, { signal: over }).catch(() => {});
	}
}
async function cancelFrom(looker, { pid }) {
	await looker.query("SELECT pg_catalog.pg_cancel_backend($1)", [pid]);
}

// src/postgres/apply/books.ts
/** What is applied could not be written down: no statement of a migration is to blame. */
var BooksFailed = class extends Error {
	name = "BooksFailed";
	error;
	constructor(error) {
		super(`What is applied cannot be written down in the tool’s table and Lockkeeper’s: ${error.message}`, { cause: error });
		this.error = error;
	}
};
/** Statements that write at the end of a transaction, before its COMMIT. */
function writing(queries, limits) {
	return queries.length === 0 ? [] : [...bookkeeper(limits), ...queries.map(inlined)];
}
/**
* Does this in a transaction of its own, again and again while somebody has the tables locked, as long as a statement would
* be tried. Throws `BooksFailed`; nothing of it is then committed.
*/
async function writeAlone(session, limits, work) {
	const start = performance.now();
	for (;;) try {
		await session.sequence(["BEGIN", ...bookkeeper(limits)]);
		const result = await work();
		await session.send("COMMIT");
		return result;
	} catch (error) {
		if (session.transaction !== "none") await session.send("ROLLBACK");
		const failed = error instanceof SqlError ? new BooksFailed(error) : error;
		if (!(failed instanceof BooksFailed) || !isContended(failed.error)) throw failed;
		if (performance.now() - start > limits.lockWait) throw failed;
		await setTimeout$1(randomInt(50, 1e3));
	}
}
/** As whoever connected, whatever role the script has taken since, and with limits that are not the script's. */
function bookkeeper({ lockTimeout, statementTimeout }) {
	return [...["SET LOCAL SESSION AUTHORIZATION DEFAULT", "SET LOCAL role TO DEFAULT"], ...[`SET LOCAL lock_timeout = ${lockTimeout}`, `SET LOCAL statement_timeout = ${statementTimeout}`]];
}
/** lock_not_available and deadlock_detected (documentation, appendix A). */
function isContended({ fault }) {
	return fault.sqlstate === "55P03" || fault.sqlstate === "40P01";
}

// src/postgres/apply/detach.ts
/**
* Whether DETACH PARTITION … CONCURRENTLY failed because an earlier attempt was cut off between its two transactions, which
* only FINALIZE can go on with (documentation, ALTER TABLE).
*/
function isHalfDetached(statement, { fault }) {
	return statement.kind === "AlterTableStmt" && mustRunOutside(statement) && fault.sqlstate === "55000";
}
/** The statement that ends what it began. */
function finalizing(statement) {
	return {
		...statement,
		sql: statement.sql.replace(/\bconcurrently\s*$/i, "FINALIZE")
	};
}
/** Partitions of which such an attempt was cut off, as ids of a snapshot; there are none before PostgreSQL 14. */
async function halfDetached(session, { server }) {
	if (Number.parseInt(server, 10) < 14) return [];
	return (await session.query(`SELECT n.nspname || '.' || c.relname AS id FROM pg_catalog.pg_inherits h
       JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE h.inhdetachpending`)).map(({ id }) => id);
}

// src/postgres/apply/leftovers.ts
/** Whether a statement that fails leaves an invalid index (documentation, CREATE INDEX and REINDEX, "CONCURRENTLY"). */
function mayLeaveIndex(statement) {
	return (statement.kind === "IndexStmt" || statement.kind === "ReindexStmt") && mustRunOutside(statement);
}
/** Whether an invalid index is what this statement leaves where it fails; those that others have left are not ours to drop. */
function isLeftBy({ node }, index) {
	if ("ReindexStmt" in node) return /_cc(new|old)\d*$/.test(index.name);
	if (!("IndexStmt" in node)) return false;
	const { idxname, relation } = node.IndexStmt;
	return idxname ? index.name === idxname : index.relation === relation?.relname;
}
/** Indexes that are invalid and that nobody is building, partitioned ones apart: those are invalid until all parts are attached. */
async function invalidIndexes(session) {
	return session.query(`SELECT i.indexrelid::int8::float8 AS oid, n.nspname AS schema, c.relname AS name, i.indrelid::pg_catalog.regclass::text AS table,
            t.relname AS relation
       FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
       JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i'
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
      ORDER BY 2, 3`);
}
/** Drops the indexes that the statement has left: they are invalid now, and were not before. Returns those that could not be. */
async function dropNewInvalid(session, statement, before) {
	const old = new Set(before.map(({ oid }) => oid));
	const added = (await invalidIndexes(session)).filter((index) => !old.has(index.oid) && isLeftBy(statement, index));
	const dropped = [];
	for (const index of added) try {
		await session.send(`DROP INDEX CONCURRENTLY IF EXISTS ${quote(index.schema)}.${quote(index.name)}`);
		dropped.push(index);
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
	}
	return {
		dropped,
		left: added.filter((index) => !dropped.includes(index))
	};
}
/** Drops indexes, where they are there. */
async function dropNamed(session, indexes) {
	for (const { schema, name } of indexes) await session.send(`DROP INDEX CONCURRENTLY IF EXISTS ${quote(schema)}.${quote(name)}`);
}

// src/postgres/apply/limits.ts
/**
* Whether `statement_timeout` counts from the first statement of a message to its last, and as it was at the first one:
* PostgreSQL 12 does so, 13 and later count each by itself (measured on 12 to 18).
*/
async function countsByMessage(session) {
	const [row] = await session.query("SELECT pg_catalog.current_setting('server_version_num')::int < 130000 AS old");
	return row?.old === true;
}
/** Statements that read or write all of a table beside its users, and take as long as they take. */
const unhurried = {
	IndexStmt: true,
	ReindexStmt: true,
	VacuumStmt: true,
	ClusterStmt: true,
	RefreshMatViewStmt: true
};
/** `statement_timeout` of a statement in milliseconds; 0 is none. */
function statementTimeoutOf(statement, { statementTimeout }) {
	return unhurried[statement.kind] || validates(statement) ? 0 : statementTimeout;
}
/**
* `lock_timeout` of the nth attempt, from 1: short at first, as most locks are free or soon will be. A statement that
* works CONCURRENTLY waits for transactions, and nobody waits behind it.
*/
function lockTimeoutOf(statement, attempt, { lockTimeout, lockWait }) {
	if (mustRunOutside(statement)) return lockWait;
	return Math.max(1, Math.round(lockTimeout * Math.min(1, .25 * 2 ** (attempt - 1))));
}
function validates({ node }) {
	if (!("AlterTableStmt" in node)) return false;
	return (node.AlterTableStmt.cmds ?? []).every((each) => "AlterTableCmd" in each && each.AlterTableCmd.subtype === "AT_ValidateConstraint");
}

// src/postgres/apply/attempt.ts
/** A unit that PostgreSQL refused: nothing of it is committed. */
var UnitFailed = class extends Error {
	name = "UnitFailed";
	error;
	/** The statement that was refused; absent where it was COMMIT, or the writing down of what is applied. */
	statement;
	/** Who was in the way, where no lock was to be had in all the time that was given. */
	blockers;
	constructor(message, { error, statement, blockers = [] }) {
		super(message, { cause: error });
		this.error = error;
		this.statement = statement;
		this.blockers = blockers;
	}
};
/** The longest pause between two attempts, in milliseconds. */
const longestPause = 1e4;
/** For how long one puts away what a cancelled statement has left when there is no time, in milliseconds. */
const lastMoments = 1e4;
/**
* Runs a unit until it is committed. What fails for want of a lock is tried again, with growing patience and random
* pauses, where nothing of a unit is left when it fails. `within` is run at its end, in its transaction where it is one.
* Throws `UnitFailed`.
*/
async function commitUnit(unit, hands, within) {
	const start = performance.now();
	const seen = new Blockers();
	for (let attempt = 1;; attempt += 1) {
		const begun = performance.now();
		try {
			const own = new Set(hands.own);
			const ran = await (unit.transaction ? runTransaction : runAlone)(unit, {
				...hands,
				own,
				seen,
				attempt
			}, within);
			for (const statement of unit.statements) noteSetting(hands.own, statement, "SESSION");
			return {
				ran,
				milliseconds: performance.now() - begun,
				attempts: attempt,
				blockers: seen.all
			};
		} catch (error) {
			if (!(error instanceof UnitFailed) || !isContended(error.error)) throw error;
			if (leavesPart(unit)) throw withPart(error);
			const { message, statement } = error;
			if (performance.now() - start > hands.limits.lockWait) throw new UnitFailed(message, {
				error: error.error,
				statement,
				blockers: seen.all
			});
			const pause = randomInt(50, Math.min(longestPause, 200 * 2 ** Math.min(attempt, 10)));
			hands.progress.step(`no lock for ${placeOf(statement)}: again in ${pause} ms`);
			await setTimeout$1(pause, void 0, { signal: hands.signal });
		}
	}
}
/** Whether a unit may have committed a part of itself when it fails. */
function leavesPart({ transaction, statements }) {
	return !transaction && statements.some(mayLeavePart);
}
function withPart({ message, error, statement, blockers }) {
	const told = `${message}; it commits by itself, so it is not tried again, and what it has committed stays`;
	return new UnitFailed(told, {
		error,
		statement,
		blockers
	});
}
/** What a session does, for people. */
function placeOf(statement) {
	return statement ? `line ${statement.line} of ${statement.path}` : "the tool’s table";
}
async function runTransaction(unit, hands, within) {
	const { session, limits, afterwards = [] } = hands;
	const books = writing(within, limits);
	const ran = [];
	try {
		for (const turn of turnsOf(unit, hands, [
			...books,
			unit.end,
			...afterwards
		])) ran.push(...await runTurn(turn, hands, books.length));
		return ran;
	} catch (error) {
		if (session.transaction !== "none") await session.send("ROLLBACK");
		throw error;
	}
}
/** Statement by statement, the first with what opens the transaction, the last with what closes it. */
function* turnsOf({ begin, statements }, hands, closing) {
	if (statements.length === 0) yield {
		before: [begin],
		after: closing
	};
	let known = "";
	for (const [index, statement] of statements.entries()) {
		const limits = limitsFor(hands, statement, "LOCAL");
		yield {
			before: [...index === 0 ? [begin] : [], ...limits.join() === known ? [] : limits],
			statement,
			after: index === statements.length - 1 ? closing : []
		};
		known = leavesSettings(statement) ? limits.join() : "";
	}
}
/** @param books how many statements write down what is applied, before COMMIT */
async function runTurn({ before, statement, after }, hands, books) {
	const { session, countsByMessage, afterwards = [] } = hands;
	const start = performance.now();
	const wanted = [...before, ...statement ? [statement.sql] : []];
	const place = {
		what: statement ? placeOf(statement) : `writing to ${placeOf(statement)}`,
		blockers: hands.seen
	};
	let sent = 0;
	try {
		await attend(hands, place, async () => {
			if (countsByMessage && before.length > 0) {
				await session.sequence(before);
				sent = before.length;
			}
			await session.sequence([...wanted.slice(sent), ...after]);
		});
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		const behind = sent + error.index - wanted.length;
		if (behind < 0) throw refusal(error, statement);
		if (behind < books) throw refusal(new BooksFailed(error), void 0);
		if (behind === books) throw refusal(error, void 0);
		await session.sequence(afterwards);
	}
	return statement ? [{
		statement,
		milliseconds: performance.now() - start
	}] : [];
}
/** Whether a statement runs nobody's functions, which may change settings; triggers on the schema itself apart. */
function leavesSettings({ kind }) {
	return /^(Alter|Create|Index|Drop|Rename|Comment|Grant)/.test(kind) && kind !== "CreateTableAsStmt";
}
function refusal(error, statement) {
	if (error instanceof BooksFailed) return new UnitFailed(error.message, { error: error.error });
	if (!(error instanceof SqlError)) return error;
	return new UnitFailed(statement ? error.message : `COMMIT was refused: ${error.message}`, {
		error,
		statement
	});
}
/** What a failed statement has left is put away, so that it can be run again. */
async function runAlone({ statements: [statement] }, hands) {
	const { session } = hands;
	if (!statement) return [];
	const before = mayLeaveIndex(statement) ? await invalidIndexes(session) : void 0;
	const wanted = limitsFor(hands, statement, "SESSION");
	if (wanted.length > 0) await session.sequence(wanted);
	try {
		return [await timed(hands, statement)];
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		if (isHalfDetached(statement, error)) return [await finished(hands, statement, error)];
		if (before && !isTaken(error)) await tidy(hands, statement, before);
		throw refusal(error, statement);
	} finally {
		await resetLimits(hands).catch(() => {});
	}
}
/** Ends what an earlier attempt began; where none did, what the statement itself failed of is told. */
async function finished(hands, statement, first) {
	try {
		return await timed(hands, finalizing(statement));
	} catch (error) {
		throw refusal(error instanceof SqlError && isHalfDetached(statement, error) ? first : error, statement);
	}
}
/** Whether there is an index of that name already, which somebody else may be building (duplicate_table). */
function isTaken({ fault }) {
	return fault.sqlstate === "42P07";
}
async function tidy({ session, progress, signal }, statement, before) {
	if (signal.aborted) await session.send(`SET lock_timeout = ${lastMoments}; SET statement_timeout = ${lastMoments}`);
	const { dropped, left } = await dropNewInvalid(session, statement, before);
	for (const { schema, name } of dropped) progress.step(`dropped the invalid index ${schema}.${name} that it had left`);
	for (const { schema, name } of left) progress.step(`the invalid index ${schema}.${name} is left`);
}
/** SQL that sets what the script does not set itself; a statement that sets something is remembered. */
function limitsFor({ own, limits, attempt }, statement, scope) {
	const wanted = {
		lock_timeout: lockTimeoutOf(statement, attempt, limits),
		statement_timeout: statementTimeoutOf(statement, limits)
	};
	const sets = Object.entries(wanted).filter(([name]) => !own.has(name));
	noteSetting(own, statement, "LOCAL");
	return sets.map(([name, value]) => `SET ${scope} ${name} = ${value}`);
}
/** Notes what a script sets itself, and gives back; beyond its transaction only what is not SET LOCAL. */
function noteSetting(own, { node }, scope) {
	if (!("VariableSetStmt" in node)) return;
	const { kind, name = "", is_local: local } = node.VariableSetStmt;
	if (local && scope === "SESSION") return;
	if (kind === "VAR_RESET_ALL") own.clear();
	else if (kind === "VAR_RESET" || kind === "VAR_SET_DEFAULT") own.delete(name);
	else own.add(name);
}
async function resetLimits({ session, own }) {
	for (const name of ["lock_timeout", "statement_timeout"]) if (!own.has(name)) await session.send(`RESET ${name}`);
}
async function timed(hands, statement) {
	const start = performance.now();
	const place = {
		what: placeOf(statement),
		blockers: hands.seen
	};
	await attend(hands, place, () => hands.session.send(statement.sql));
	return {
		statement,
		milliseconds: performance.now() - start
	};
}

// src/postgres/apply/units.ts
/**
* Parts a script where its transactions end, as PostgreSQL would (documentation, 55.2.2.1): BEGIN inside a transaction
* goes on with it, COMMIT and ROLLBACK outside do nothing. Throws `KnownError` for a transaction that the script opens and
* never ends.
*/
function unitsOf(batches) {
	return batches.flatMap(unitsIn);
}
const fresh = () => ({
	begin: "BEGIN",
	statements: []
});
function unitsIn({ block, statements }) {
	const units = [];
	let open = block === "explicit" ? fresh() : void 0;
	for (const statement of statements) if (begins(statement)) {
		open ??= {
			begin: statement.sql,
			statements: []
		};
		open.own = statement;
	} else if (controlsTransaction(statement)) {
		if (open) units.push(...closed$1(open, endOf(statement)));
		open = open && chains(statement) ? {
			...open,
			statements: []
		} : void 0;
	} else if (open) open.statements.push(statement);
	else if (block === "implicit") open = {
		...fresh(),
		statements: [statement]
	};
	else units.push({
		transaction: false,
		begin: "",
		statements: [statement],
		end: ""
	});
	if (open?.own && block !== "explicit") throw neverEnded(open.own);
	return open ? [...units, ...closed$1(open, "COMMIT")] : units;
}
/** Whether it does nothing but set the session's parameters, which last as long as the session. */
function isSetting({ statements }) {
	return statements.every(({ kind }) => kind === "VariableSetStmt");
}
function closed$1({ begin, statements }, end) {
	return statements.length === 0 ? [] : [{
		transaction: true,
		begin,
		statements,
		end
	}];
}
function begins({ node }) {
	return "TransactionStmt" in node && /_(BEGIN|START)$/.test(node.TransactionStmt.kind ?? "");
}
/** COMMIT however it is written, so that one sees what is one; what AND CHAIN begins is a unit of its own. */
function endOf({ node, sql }) {
	if (!("TransactionStmt" in node)) return sql;
	const { kind, chain } = node.TransactionStmt;
	if (kind === "TRANS_STMT_COMMIT") return "COMMIT";
	return chain ? "ROLLBACK" : sql;
}
function chains({ node }) {
	return "TransactionStmt" in node && node.TransactionStmt.chain === true;
}
function neverEnded({ path, line }) {
	return new KnownError("The transaction that begins here is never committed: the end of the session takes it back.", {
		place: {
			path,
			line
		},
		help: "Add the missing COMMIT, or leave BEGIN out."
	});
}

// src/postgres/apply/apply.ts
/** A migration that was not applied whole, and why: `cause` is a `UnitFailed`, or whatever else ended it. */
var MigrationFailed = class extends Error {
	name = "MigrationFailed";
	/** Statements of it that are known to be committed, of how many. */
	done;
	statements;
	/** Whether a statement outside any transaction may be committed, or a part of it: the connection was lost, or it commits by itself. */
	uncertain;
	constructor(cause, done, statements, uncertain = false) {
		super(cause.message, { cause });
		this.done = done;
		this.statements = statements;
		this.uncertain = uncertain;
	}
};
/**
* Applies a migration, and writes the tool's row and ours: in its own transaction where it is one, so that nothing can come
* between; else unit by unit, with a row of ours that says how far it came. Throws `MigrationFailed`.
*/
async function applyMigration(work, hands) {
	const { units } = work;
	const statements = units.reduce((sum, unit) => sum + unit.statements.length, 0);
	const own = {
		...hands,
		own: /* @__PURE__ */ new Set()
	};
	const entry = {
		...work.entry,
		statements
	};
	if (isWhole(units) && !work.resume) return applyWhole(work, {
		...own,
		...work.fresh && { afterwards: freshening }
	}, entry);
	const committed = await applyUnits(work, own, entry);
	if (work.fresh) await hands.session.send(freshSession);
	return committed;
}
/** A script in the transactions in which it is applied to a target; the way up where none is named. */
async function unitsToApply(migration, script = migration.up) {
	return unitsOf(await batchesOf(migration, script)).map(inTransaction);
}
/** Whether a migration is committed whole or not at all. */
function isWhole(units) {
	const [only] = units;
	return only === void 0 || units.length === 1 && only.transaction && only.end === "COMMIT";
}
/**
* A statement alone is a transaction anyhow, and as one it can carry our row; but not one that PostgreSQL refuses inside a
* block, nor one that may commit by itself.
*/
function inTransaction(unit) {
	const [statement] = unit.statements;
	if (unit.transaction || !statement || mustRunOutside(statement) || mayCommit(statement)) return unit;
	return statement.kind === "VariableSetStmt" ? unit : {
		...unit,
		transaction: true,
		begin: "BEGIN",
		end: "COMMIT"
	};
}
async function applyWhole({ migration, units, ledger, schema }, hands, entry) {
	const [unit = {
		transaction: true,
		begin: "BEGIN",
		statements: [],
		end: "COMMIT"
	}] = units;
	const within = [...ledger.record(migration, schema), wholeEntry(schema, entry, "applied")];
	try {
		return [await commitUnit(unit, hands, within)];
	} catch (error) {
		throw new MigrationFailed(error, 0, entry.statements);
	}
}
async function applyUnits(work, hands, entry) {
	const { migration, units, ledger, schema, resume } = work;
	const before = resume?.done ?? 0;
	const committed = [];
	const texts = [];
	let done = before;
	let alone;
	try {
		const id = resume?.id ?? await begin(work, hands, entry);
		const finished = [...ledger.record(migration, schema), finishEntry(schema, id)];
		await dropNamed(hands.session, resume?.leftovers ?? []);
		for (const unit of units) {
			texts.push(...unit.statements);
			const again = texts.length <= before;
			if (again && !isSetting(unit)) continue;
			const note = texts.length === entry.statements ? finished : again ? [] : [noteDone(schema, id, texts.length, hashOf(texts))];
			const within = unit.transaction && unit.end === "COMMIT";
			alone = within || isSetting(unit) ? void 0 : unit;
			committed.push(await commitUnit(unit, hands, within ? note : []));
			alone = void 0;
			done = Math.max(done, texts.length);
			if (!within) await write(hands, note);
		}
		if (before === entry.statements) await write(hands, finished);
		return committed;
	} catch (error) {
		const uncertain = alone !== void 0 && (error instanceof ConnectionLost || leavesPart(alone));
		throw new MigrationFailed(error, done, entry.statements, uncertain);
	}
}
/** Says that it was begun, before anything of it is there. */
async function begin({ migration, ledger, schema }, { session, limits }, entry) {
	return writeAlone(session, limits, async () => {
		for (const { sql, values } of ledger.begin(migration, schema)) await session.query(sql, values);
		return startEntry(session, schema, entry);
	});
}
async function write({ session, limits }, queries) {
	if (queries.length === 0) return;
	await writeAlone(session, limits, async () => {
		for (const { sql, values } of queries) await session.query(sql, values);
	});
}
/** Over the texts of statements: an interrupted migration is resumed only where they are the same. */
function hashOf(statements) {
	const hash = createHash("sha256");
	for (const { sql } of statements) hash.update(`${sql}\0`);
	return hash.digest("hex");
}

// src/jobs/gates/session.ts
/** Whether the target can be written to at all. */
async function writable(session, role = "migrator") {
	const gate = "writable";
	const [row] = await session.query(`SELECT pg_catalog.pg_is_in_recovery() AS replica, setting AS readonly, source IN ('user', 'database user', 'client') AS own
       FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only'`);
	if (row?.replica) return closed(gate, "The target is a replica.", "Give the URL of the primary server.");
	if (row?.readonly === "on" && row.own && role === "reader") return {
		gate,
		outcome: "unknown",
		message: `The role begins transactions read-only${migratesAnother}`
	};
	if (row?.readonly === "on") return closed(gate, "The target begins transactions read-only (default_transaction_read_only).", "Turn that off for the role or database, or wait until whoever turned it on is done.");
	return {
		gate,
		outcome: "open",
		message: "The target is a primary server that can be written to."
	};
}
const migratesAnother = ": another one is to migrate.";
/** How long a pool may take to give a second connection, in milliseconds. */
const patience = 5e3;
/**
* Whether a session keeps its server connection: a pooler in transaction mode takes it away after each transaction, and
* with it advisory locks and settings. Two sessions that take turns find out; where a pool has one connection for both,
* one of them waits.
*/
async function unpooled(session, address) {
	const gate = "pooler";
	const open = {
		gate,
		outcome: "open",
		message: "Each session keeps its connection to the server."
	};
	const first = await backendOf(session);
	if (first === session.pid) return open;
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(/* @__PURE__ */ new Error("The pool gives no second connection.")), patience);
	try {
		await using other = await connect(address, late.signal);
		await other.send("BEGIN");
		await backendOf(other);
		if (await backendWithin(session, late.signal) === first) return open;
	} catch (error) {
		if (!late.signal.aborted) throw error;
	} finally {
		clearTimeout(timer);
	}
	return closed(gate, "A pooler in transaction mode, or with a single connection, stands before the target: locks and settings do not last there.", "Give the URL of the server itself, or of a pool in session mode.");
}
/** As `unpooled`, before anything is locked that a pool would keep. Throws `KnownError`. */
async function refusePooled(session, address) {
	const { outcome, message, help = "" } = await unpooled(session, address);
	if (outcome === "closed") throw new KnownError(message, {
		reason: "refused",
		help: `${help} Nothing was touched.`
	});
}
async function backendWithin(session, signal) {
	const late = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
	return Promise.race([backendOf(session), late]);
}
async function backendOf(session) {
	const [row] = await session.query("SELECT pg_catalog.pg_backend_pid() AS pid");
	return row?.pid ?? 0;
}
/** Whether the role may write to the tool's table and ours, or create them in the schema where they are not there. */
async function permitted(session, { schema, tables, role: by }) {
	const gate = "rights";
	const needed = [...tables].flatMap(([name, rights]) => ["SELECT", ...rights].map((right) => [name, right]));
	const [row] = await session.query(`SELECT pg_catalog.has_schema_privilege($1, 'CREATE') AS create, current_user::text AS role,
            pg_catalog.bool_or(c.oid IS NULL) AS missing,
            COALESCE(pg_catalog.array_agg(DISTINCT t.name) FILTER (
              WHERE c.oid IS NOT NULL AND NOT pg_catalog.has_table_privilege(c.oid, t.needed)), '{}') AS closed
       FROM ROWS FROM (pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[])) AS t (name, needed)
       LEFT JOIN pg_catalog.pg_class c ON c.relname = t.name
        AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)`, [
		schema,
		needed.map(([name]) => name),
		needed.map(([, right]) => right)
	]);
	const { create, missing, closed: shut, role } = row;
	const lacks = [...missing && !create ? [`create in the schema ${schema}`] : [], ...shut.length > 0 ? [`read and write ${shut.map((name) => `${schema}.${name}`).join(", ")}`] : []].join(", nor ");
	if (lacks && by === "reader") return {
		gate,
		outcome: "unknown",
		message: `${role} may not ${lacks}${migratesAnother}`
	};
	if (lacks) return closed(gate, `${role} may not ${lacks}.`, "Migrate as the role that owns them, or grant this one the rights.");
	return {
		gate,
		outcome: "open",
		message: `${role} may write down in the schema ${schema} what is applied.`
	};
}
/** A gate that is shut. */
function closed(gate, message, help) {
	return {
		gate,
		outcome: "closed",
		message,
		help
	};
}

// src/jobs/plan/interrupted.ts
/**
* The row of a run that was cut off, where its migration can be gone on with: it is the next one, and the statements that
* are committed are as they were. What the tool's table has as applied since, somebody else has brought to its end.
*/
async function interrupted(journal, { applied, pending: [next] }) {
	const gate = "interrupted";
	const last = new Map(journal.map((row) => [row.migration, row]));
	const settled = new Set(applied.map(({ id }) => id));
	const [row] = [...last.values()].filter(({ status, migration }) => status === "started" && !settled.has(migration));
	if (!row) return { gate: {
		gate,
		outcome: "open",
		message: "No earlier run was cut off in the middle of a migration."
	} };
	const done = `${row.done} of ${row.statements} statements of ${row.migration} are committed`;
	if (next?.id !== row.migration) return { gate: closed(gate, `An earlier run was cut off: ${done}, and it is not the next migration here.`, "Check out the commit that it was applied from, and go on there.") };
	const statements = unitsOf(await batchesOf(next)).flatMap((unit) => unit.statements);
	if (row.done === 0 || hashOf(statements.slice(0, row.done)) === row.doneHash) return {
		row,
		gate: {
			gate,
			outcome: "open",
			message: `An earlier run was cut off: ${done}; it goes on behind them.`
		}
	};
	return { gate: closed(gate, `An earlier run was cut off: ${done}, and those were changed since.`, "Put them back as they were; what is not committed yet may be changed.") };
}
/**
* A migration in two: what is committed, and what is left. A transaction is one message, which is a transaction for
* PostgreSQL as well.
*/
async function parted(migration, done) {
	const units = unitsOf(await batchesOf(migration));
	const spans = [];
	for (const { statements } of units) {
		const [first, last] = [statements[0], statements.at(-1)];
		if (!first || !last) continue;
		const span = {
			start: first.offset,
			end: last.offset + last.sql.length
		};
		spans.push({
			span,
			behind: (spans.at(-1)?.behind ?? 0) + statements.length
		});
	}
	const part = (chosen) => ({
		...migration,
		up: {
			...migration.up,
			delivery: "message",
			messages: chosen.map(({ span }) => span)
		}
	});
	return [part(spans.filter(({ behind }) => behind <= done)), part(spans.filter(({ behind }) => behind > done))];
}

export { replay as A, blockerColumns as C, check as D, rules as E, openGuard as F, require_picomatch as I, StatementFailed as M, execute as N, examine as O, diffSnapshots as P, openLooker as S, connectToStay as T, invalidIndexes as _, refusePooled as a, BooksFailed as b, MigrationFailed as c, unitsToApply as d, isSetting as f, countsByMessage as g, commitUnit as h, permitted as i, limited as j, freshSession as k, applyMigration as l, UnitFailed as m, parted as n, unpooled as o, unitsOf as p, closed as r, writable as s, interrupted as t, isWhole as u, isLeftBy as v, blockerText as w, writeAlone as x, halfDetached as y };
import { i as __toESM, t as __commonJSMin } from "./rolldown-runtime.js";
import { t as KnownError } from "./error.js";
import { i as connect, n as SessionEnded, r as SqlError, t as ConnectionLost } from "./connect.js";
import { a as noteDone, c as startEntry, i as journalTable, l as wholeEntry, o as readJournal, r as finishEntry } from "./journal.js";
import { a as notOfExtension, i as takeSnapshot, n as serverOf, o as ourSchemas, r as fingerprintOf, s as incidental } from "./contents.js";
import { n as bytesText } from "./amounts.js";
import { r as pendingAfter } from "./table.js";
import { n as quote } from "./quote.js";
import { t as parseStatements } from "./parse.js";
import { n as severities, t as fails } from "./finding.js";
import { t as nearest } from "./nearest.js";
import { a as roleMark, c as literal, d as openLease, f as waitForTurn, i as markingSql, o as restoreCluster, r as isRoleMark, s as snapshotCluster, t as createScratch, u as isGone } from "./scratch.js";
import { i as parseSync, n as loadModule, t as hasSqlDetails } from "./wasm.js";
import { n as lockModes } from "./observation.js";
import { readFile, stat, statfs } from "node:fs/promises";
import { join, resolve } from "node:path";
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
			...read$1(text.slice(index + word.length, starts[position + 1]?.index).trim(), line)
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
function read$1(text, line) {
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
		if (!rule) return complain("invalid-waiver", unknown(id, around.rules));
		if (rule.waivable === false) return complain("invalid-waiver", `The rule ${id} cannot be waived.`);
		const { until } = placed.waiver ?? {};
		if (used.has(id)) return hasEnded(placed, around.today) ? complain("expired-waiver", `The waiver of ${id} ended on ${until}; the finding is open again.`) : [];
		return wasJudged(placed, rule, around.world) ? complain("unused-waiver", `The waiver of ${id} accepts nothing here: remove it.`) : [];
	});
}
function unknown(id, rules) {
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
	return [...folded(found), ...complaints.flatMap((complaint) => toFinding(complaint, rules))].filter(once()).sort(byWeight(world));
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
				}),
				statement,
				ofFolder: false
			};
		});
	});
	const ofAll = (rule.whole?.(world) ?? []).flatMap((problem) => {
		if (!problem.place) throw new Error(`The rule ${rule.id} found a problem without a place.`);
		const finding = findingOf(rule, problem, problem.place);
		return [{
			rule,
			finding,
			statement: statementAt(finding, world),
			ofFolder: true
		}];
	});
	return [...ofStatements, ...ofAll];
}
function findingOf(rule, problem, place) {
	const { message, severity = rule.severity, relations = [], instead, blocking } = problem;
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
function statementAt({ path, line }, { statements }) {
	return statements.find(({ statement }) => statement.path === path && statement.line <= line && line <= statement.endLine)?.statement;
}
/** Of several findings about one statement that say the same, the one that says most. */
function folded(found) {
	const groups = Map.groupBy(found, ({ statement }) => statement);
	return found.filter((each) => each.statement === void 0 || !isSaid(each, groups.get(each.statement) ?? [])).map(({ finding }) => finding);
}
function isSaid({ rule, finding }, others) {
	return others.some((other) => {
		if (other.rule === rule) return false;
		if (other.rule.covers?.includes(rule.id)) return true;
		return rule.fallback && !other.rule.fallback && other.finding.blocking && weight(other.finding) >= weight(finding);
	});
}
function toFinding({ rule: id, message, ...place }, rules) {
	const rule = rules.find((each) => each.id === id);
	return rule ? [findingOf(rule, { message }, place)] : [];
}
function once() {
	const seen = /* @__PURE__ */ new Set();
	return ({ rule, path, line, message }) => {
		const key = JSON.stringify([
			rule,
			path,
			line,
			message
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

// src/postgres/outside.ts
/**
* Whether PostgreSQL refuses the statement inside a transaction block (error 25001, `PreventInTransactionBlock` in its
* source; documentation, the notes of each command). Told from the parse tree; what depends on the catalog
* (REINDEX or CLUSTER of a partitioned table) or on a procedure's body (CALL, DO) shows only when it runs.
*/
function mustRunOutside(statement) {
	const check = checks[statement.kind];
	return check?.(Object.values(statement.node)[0]) ?? false;
}
/** BEGIN, COMMIT, ROLLBACK and their kin, but not savepoints, which live inside a block. */
function controlsTransaction(statement) {
	if (!("TransactionStmt" in statement.node)) return false;
	return !/SAVEPOINT|TRANS_STMT_ROLLBACK_TO|TRANS_STMT_RELEASE/.test(statement.node.TransactionStmt.kind ?? "");
}
const checks = {
	IndexStmt: (node) => node.concurrent === true,
	DropStmt: (node) => node.concurrent === true,
	ReindexStmt: (node) => flag(node.params, "concurrently") || !/_(TABLE|INDEX)$/.test(node.kind ?? ""),
	VacuumStmt: (node) => node.is_vacuumcmd === true,
	ClusterStmt: (node) => node.relation === void 0,
	AlterTableStmt: detachesConcurrently,
	CreatedbStmt: () => true,
	DropdbStmt: () => true,
	AlterDatabaseStmt: (node) => flag(node.options, "tablespace"),
	CreateTableSpaceStmt: () => true,
	DropTableSpaceStmt: () => true,
	AlterSystemStmt: () => true,
	CreateSubscriptionStmt: (node) => !off(node.options, "connect") && !off(node.options, "create_slot"),
	DiscardStmt: (node) => node.target === "DISCARD_ALL"
};
function detachesConcurrently(node) {
	return (node.cmds ?? []).some((command) => {
		if (!("AlterTableCmd" in command)) return false;
		const { subtype, def } = command.AlterTableCmd;
		return subtype === "AT_DetachPartition" && def !== void 0 && "PartitionCmd" in def && def.PartitionCmd.concurrent === true;
	});
}
function flag(options, name) {
	return option(options, name) !== void 0 && !off(options, name);
}
function off(options, name) {
	const arg = JSON.stringify(option(options, name)?.arg ?? null).toLowerCase();
	return /"(false|off|0)"|"boolval":false|"boolean":\{\}|"integer":\{\}/.test(arg);
}
function option(options, name) {
	for (const each of options ?? []) if ("DefElem" in each && each.DefElem.defname === name) return each.DefElem;
}

// src/postgres/batches.ts
/** A script's statements with the transactions that its tool and PostgreSQL put around them. */
async function batchesOf(migration, script = migration.up) {
	const origin = {
		migration: migration.id,
		path: script.path,
		text: script.text
	};
	const messages = [];
	for (const span of script.messages) messages.push(await parseStatements(origin, span));
	switch (script.delivery) {
		case "wrapped": return [{
			block: "explicit",
			statements: messages.flat()
		}];
		case "message": return messages.map((statements) => ({
			block: statements.length > 1 ? "implicit" : "none",
			statements
		}));
		case "statement": return [{
			block: "none",
			statements: messages.flat()
		}];
		case "lenient": return [lenient(messages.flat())];
	}
}
function lenient(statements) {
	return {
		block: statements.some((each) => mustRunOutside(each) || controlsTransaction(each)) ? "none" : "explicit",
		statements
	};
}

// src/postgres/cluster/names.ts
const creations = /\bcreate\s+(?:role|user|group)\b(?!\s+mapping)|\brename\s+to\b/gi;
const roleWork = /\b(?:create|alter|drop)\s+(?:role|user|group)\b(?!\s+mapping)/i;
const words$2 = /"((?:[^"]|"")+)"|'((?:[^']|'')+)'|[\p{L}\p{N}_$-]+/gu;
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
		for (const name of namesIn$3(near)) names.add(name);
	}
	return names;
}
function* namesIn$3(text) {
	for (const [word, identifier, string] of text.matchAll(words$2)) {
		if (identifier === void 0 && string === void 0) yield word.toLowerCase();
		const content = identifier?.replaceAll("\"\"", "\"") ?? string?.replaceAll("''", "'");
		if (content === void 0) continue;
		if (content.length < 64) yield content;
		if (/[\s%]/.test(content)) yield* namesIn$3(content);
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
	together(queries) {
		return this.#inner.together(queries);
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
const words$1 = /\b(grant|revoke|owner|owned|role|user|group|policy|authorization|privileges)\b/i;
/** Whether a text may name roles. */
function namesRoles(text) {
	return words$1.test(text);
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
			collect(statement.node, named);
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
function collect(node, into) {
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
	const had = (each) => nameOf$1(each, roles);
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
function nameOf$1(node, roles) {
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
			if (!isGone(error)) throw error;
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
	const old = new Map(before.objects.map((object) => [keyOf$1(object, names), object]));
	const changes = [];
	for (const object of after.objects) {
		const key = keyOf$1(object, /* @__PURE__ */ new Map());
		const previous = old.get(key);
		old.delete(key);
		const change = previous ? changeOf(previous, object, names) : added(object);
		if (change && !isImplied(object)) changes.push(change);
	}
	for (const object of old.values()) if (!isImplied(object)) changes.push(removed(object));
	return changes.sort((a, b) => compare$1(placeOf$1(a), placeOf$1(b)));
}
function renamesBetween(before, after) {
	const now = new Map(after.objects.map((object) => [identityOf$1(object), object]));
	const names = /* @__PURE__ */ new Map();
	for (const object of before.objects) {
		const same = now.get(identityOf$1(object));
		if (same && same.id !== object.id) names.set(`${object.kind} ${object.id}`, same.id);
	}
	return names;
}
/** What stays the same through a rename. */
function identityOf$1(object) {
	return object.kind === "column" ? `column ${object.oid} ${object.position}` : `${object.kind} ${object.oid}`;
}
function keyOf$1(object, names) {
	return `${object.kind} ${names.get(`${object.kind} ${object.id}`) ?? object.id}`;
}
function added({ kind, id, table }) {
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
function changeOf(previous, object, names) {
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
function placeOf$1({ kind, id, table }) {
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

// src/postgres/faults.ts
/** The line of the file that PostgreSQL's error points to; the statement's first where it points nowhere. */
function lineOf(statement, error) {
	if (error.position === void 0) return statement.line;
	const before = [...statement.sql].slice(0, error.position - 1);
	return statement.line + before.filter((character) => character === "\n").length;
}
/** A statement's error as the report carries it. */
function faultOf(statement, error) {
	return {
		...error.fault,
		line: lineOf(statement, error)
	};
}
/** What to do about errors that come from the server at hand, or that PostgreSQL itself gives a hint for. */
function explain(fault) {
	if (/extension ".*" is not available|could not open extension control file|extension control file/.test(fault.message)) return "This PostgreSQL does not bring the extension. Use one that does: `server: existing` with `server-url`.";
	if (fault.sqlstate === "57014" && fault.message.includes("statement-limit")) return "Raise that setting if the statement needs the time.";
	if (fault.sqlstate === "42501") return "The role that Lockkeeper connects as must be allowed to do what the migrations do.";
	return fault.hint;
}

// src/postgres/limit.ts
/** How often a statement is asked to end before its session is: a function body may catch a cancel. */
const patience$5 = 3;
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
			session: asked > patience$5,
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
const freshSession = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP;\n";
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
	return (await batchesOf(migration)).every(({ block, statements }) => (block === "explicit" || statements.length <= 1 || delivery === "message") && !statements.some((each) => mustRunOutside(each) || controlsTransaction(each) || each.kind === "CallStmt"));
}
/** Returns how many migrations are applied: all, or those before the first that failed. */
async function replayTogether(session, migrations, { fresh, limit }) {
	const message = migrations.map((each) => `${fresh ? freshSession : ""}BEGIN;\n${textOf$3(each)}\n;COMMIT;\n`).join("");
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
function textOf$3({ up }) {
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
	if ("ColumnRef" in node) return columnOf(node.ColumnRef.fields ?? []);
	if ("CoalesceExpr" in node) return subjectOf(node.CoalesceExpr.args?.[0]);
	if ("FuncCall" in node) return measured$1(lastName(node.FuncCall.funcname), node.FuncCall.args ?? []);
	if ("A_Expr" in node && ["->", "->>"].includes(lastName(node.A_Expr.name))) {
		const [inner, key] = [subjectOf(node.A_Expr.lexpr), constantOf(node.A_Expr.rexpr)];
		return inner?.measure === "value" && typeof key === "string" ? {
			...inner,
			key
		} : void 0;
	}
}
/** `x`, or in a trigger's function `new.x`. */
function columnOf(fields) {
	const [first = "*", second] = fields.map((each) => "String" in each ? each.String.sval ?? "" : "*");
	const column = second === void 0 ? first : first.toLowerCase() === "new" ? second : "*";
	return column === "*" ? void 0 : {
		column,
		measure: "value"
	};
}
function measured$1(name, args) {
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
	const part = args.map(constantOf).find((each) => typeof each === "string");
	if ((name === "position" || name === "strpos") && part !== void 0) return {
		...inner,
		measure: "position",
		part
	};
	return transparent.has(name) ? inner : void 0;
}
/** A constant's text, null for NULL, or the present; undefined for everything else. */
function constantOf(wrapped) {
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
	if (name === "timezone" || name === "date_trunc") return args.some((each) => constantOf(each) === present) ? present : void 0;
	return presents.has(name) ? present : void 0;
}
function calculated({ name, lexpr, rexpr }) {
	const [operator, left, right] = [
		lastName(name),
		constantOf(lexpr),
		constantOf(rexpr)
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
	const text = constantOf(node);
	return typeof text === "string" && /^\{[^{}"\\]*\}$/.test(text) ? text.slice(1, -1).split(",").filter(Boolean) : void 0;
}
function listOf(nodes = []) {
	return nodes.map(constantOf).filter((each) => typeof each === "string");
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
	const x = constantOf(left);
	const y = constantOf(right);
	const effective = holds ? operator : opposites[operator];
	if (typeof x === "string" && typeof y === "string") return constants(x, operator, y, holds);
	if (a && !b) return contained(a, operator, right, holds) ?? (effective ? against(a, effective, y) : anything);
	const turned = mirrored[effective ?? ""];
	if (b && !a) return turned ? against(b, turned, x) : anything;
	return a && b && effective ? columns(a, effective, b) : anything;
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
	const key = constantOf(right);
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
	if (constant === present) return of(subject, beside(operator));
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
function beside(operator) {
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
function columns(a, operator, b) {
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
	const constant = constantOf(node);
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
	const [terms, wanted] = [countedTerms(lexpr), constantOf(rexpr)];
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
	const [then, otherwise] = [constantOf(first.CaseWhen.result), constantOf(defresult)];
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
	const [subject, start] = [subjectOf(args[0]), constantOf(args[1])];
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
		...Object.fromEntries(shared.map((key) => [key, merged(key, a, b)]))
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
function merged(key, a, b) {
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
const patience$4 = 2e3;
/**
* The ways to meet all conditions at once, depth first: alternatives that contradict what is already chosen are left
* out. Alternatives with fewer NULLs come first.
*/
function* solutions(formulas) {
	yield* search(formulas, {
		limits: /* @__PURE__ */ new Map(),
		relations: []
	}, { steps: patience$4 });
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
		text: `${quote(column)} = ${literal(key[at] ?? "")}`
	}));
	const set = pairs.filter(({ column }) => optional.includes(column)).map(({ text }) => text);
	const fixed = pairs.filter(({ column }) => !optional.includes(column)).map(({ text }) => text);
	const open = optional.map((each) => `${quote(each)} IS NULL`);
	const other = itself ? [`(${keys.map(quote).join(", ")}) <> (${key.map(literal).join(", ")})`] : [];
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
	return value === null ? "NULL" : literal(value);
}

// src/postgres/seed/words.ts
/** The words of a name in snake or camel case, in lower case. */
function wordsOf(name) {
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
	].includes(wordsOf(name).at(-1) ?? "");
}
/** A table's name as columns elsewhere say it: `order item` for `order_items`. */
function singular(words) {
	return words.join(" ").replace(/ies$/, "y").replace(/(?<=(?<![ao])us|ss|x|ch|sh)es$/, "").replace(/(?<!s|u|i)s$/, "");
}

// src/postgres/seed/ranks.ts
/** Orders columns by what conditions say of them, and else by what their names and places suggest. */
function ranksOf({ columns, references }, relations) {
	const numbers = columns.map(({ name }) => [name, isUpper(name) ? 1 : 0]);
	const steps = new Map([...numbers, ...turnsOf(references)]);
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
function turnsOf(references) {
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
	const words = wordsOf(name);
	return !isKeyLike(name) && [words[0], words.at(-1)].some((each) => /^(max|maximum|upper|high|end)$/.test(each ?? ""));
}
function stageOf(name) {
	const words = wordsOf(name);
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
		].map((each) => fullest(each, options.ways)).find((each) => each.length > 0) ?? [nothing$2]).map(({ limits, relations }) => ({
			limits,
			ranks: ranksOf(target, relations)
		})),
		first: 1,
		style: "filled"
	};
}
const nothing$2 = {
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
	return Object.fromEntries(Object.entries(keys).map(([key, text]) => [key, text === void 0 ? String(n) : parsed$1(text)]));
}
/** A text that may itself be JSON: `->> 'x' = '1'` is met by the number too, `-> 'x' = '"a"'` only by the text a. */
function parsed$1(text) {
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
function numberOf(type, modifier, { n, limits: { min, max } }) {
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
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. /:@#+,;!$%&*()=?";
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
		if (token === ".") return this.#choose(plain);
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
		return negated ? [...plain].filter((each) => !members.includes(each)).join("") : members;
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
	D: plain.replace(/\d/g, ""),
	W: plain.replace(/\w/g, ""),
	S: plain.replace(/\s/g, "")
};

// src/postgres/seed/samples/texts.ts
/** Longest text that is made where a check asks for a long one. */
const longest$1 = 1e4;
/** A text of at most `room` characters; undefined where no text is found that the limits allow. */
function textOf$2(room, wish) {
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
	const [low, high] = [parsed(min), parsed(max)];
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
function parsed(bound) {
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
	if (room !== void 0) return textOf$2(room, wish);
	return numberOf(name, modifier, wish) ?? timeOf(name, wish) ?? bitsOf(name, modifier, wish) ?? forms[name]?.(wish.n, modifier);
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
function rowsOf(recipe, count) {
	const rows = [];
	const seen = recipe.target.uniques.map(() => /* @__PURE__ */ new Set());
	for (let index = 0; index < count; index += 1) {
		const row = distinctRow(recipe, index, seen);
		if (!row) break;
		for (const [at, columns] of recipe.target.uniques.entries()) {
			const id = identityOf(row, columns);
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
		const at = uniques.findIndex((columns, each) => seen[each]?.has(identityOf(row, columns) ?? ""));
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
function identityOf(row, columns) {
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
			const sequence = `pg_get_serial_sequence(${literal(target.into)}, ${literal(name)})`;
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
		return rowsOf({
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
	const keys = targets.flatMap(keysOf);
	const byTable = Map.groupBy(keys.flatMap(namesOf$1), ([name]) => name);
	const byColumn = Map.groupBy(keys, ({ column }) => wordsOf(column.name).join(" "));
	return ({ target, column }) => {
		const words = wordsOf(column.name);
		const name = words.join(" ");
		const own = /^parent( id| uuid)?$/.test(name) ? primaryOf(target) : [];
		const named = namesIn$2(words).flatMap((each) => byTable.get(each) ?? []);
		const isKey = keysOf(target).some((each) => each.column === column);
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
function keysOf(target) {
	const singles = new Set(target.uniques.filter((each) => each.length === 1).flat());
	return target.columns.filter(({ name }) => singles.has(name)).map((column) => ({
		target,
		column
	}));
}
function primaryOf(target) {
	return keysOf(target).filter(({ column }) => column.name === target.primary);
}
/** What other tables would call a key: those of `customers` are `customer`, `customer_id` and `customer_code`. */
function namesOf$1(key) {
	const table = singular(wordsOf(key.target.name));
	const names = [wordsOf(key.column.name).join(" "), ...key.column.name === key.target.primary ? ["", "id"] : []];
	return [...new Set(names)].map((each) => [`${table} ${each}`.trim(), key]);
}
/** A name, and what is left of it without the words before: `billing_customer_id` may be a `customer_id`. */
function namesIn$2(words) {
	return [words, ...words.slice(1, -1).map((_, index) => words.slice(index + 1))].map((each) => each.join(" "));
}
/** Whether one column may hold the values of the other: not one that PostgreSQL fills, nor a `user_id` of `users`. */
function suits(key, { target, column }, types) {
	if (column.counted || column.generated || key.column === column) return false;
	const own = `${singular(wordsOf(target.name))} `;
	if (key.target === target && wordsOf(column.name).join(" ").startsWith(own)) return false;
	const [to, from] = [types.get(key.column.type)?.name ?? "", types.get(column.type)?.name ?? ""];
	const roomy = ["text", "varchar"].includes(from) && column.modifier < 0;
	return key.column.type === column.type || integers.has(to) && integers.has(from) || roomy && texts.has(to);
}
const integers = /* @__PURE__ */ new Set([
	"int2",
	"int4",
	"int8"
]);
const texts = /* @__PURE__ */ new Set([
	...integers,
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
	const names = namesIn$1(oid, facts);
	const indexes = facts.indexes.get(oid) ?? [];
	const checks = (facts.constraints.get(oid) ?? []).map((each) => each.expression);
	return {
		oid,
		schema: relation.schema,
		name: relation.name,
		into: nameOf(root),
		only: `ONLY ${nameOf(relation)}`,
		lineage,
		columns: columnsOf(oid, root.oid, facts),
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
function columnsOf(oid, root, facts) {
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
	const names = namesIn$1(oid, facts);
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
			keys: (row.keys ?? []).map(namesIn$1(to.oid, facts)),
			deferrable: row.deferrable,
			optional,
			presumed: false
		}];
	});
}
function namesIn$1(oid, facts) {
	const names = new Map(facts.columns.get(oid)?.map((each) => [each.number, each.name]));
	return (number) => names.get(number) ?? "";
}
/** A relation's name as SQL. */
function nameOf({ schema, name }) {
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
	return `(SELECT ${index} AS of, ARRAY[${values}] AS key FROM ${`${to.partitioned ? "" : "ONLY "}${nameOf(to)}`} WHERE ${present} LIMIT ${count})`;
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
		return await connection.query(queries.join("\nUNION ALL\n"));
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		if (queries.length === 1) return [];
		const rows = [];
		for (const each of queries) rows.push(...await queryAll(connection, [each]));
		return rows;
	}
}

// src/postgres/seed/fitting.ts
/** Those of the rows that meet the table's checks and bounds, as PostgreSQL itself judges; all where it cannot. */
async function fitting$1(connection, target, types, rows) {
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
	return typeof value === "string" ? literal(value) : "NULL";
}

// src/postgres/seed/triggers.ts
/** Reads the functions of a table's triggers: what they raise an exception for must not be so. */
async function demandsOf(connection, target, { read }) {
	const own = codeOf(await connection.query(bodiesSql, [target.lineage]));
	if (own === "") return {
		formulas: [],
		literals: [],
		columns: []
	};
	const words = [...new Set(own.match(/\w+/g))];
	const code = own + codeOf(await connection.query(calledSql, [words]));
	return {
		formulas: [...own.matchAll(refusal$1)].map(([, condition = ""]) => condition.replace(/\bTG_OP\b/gi, "'INSERT'")).map((each) => read(each, false)),
		literals: [.../* @__PURE__ */ new Set([...literalsIn(code)])],
		columns: [...new Set([...code.matchAll(/\bNEW\s*\.\s*(?:"((?:[^"]|"")+)"|(\w+))/gi)].map(([, exact, plain = ""]) => exact?.replaceAll("\"\"", "\"") ?? plain.toLowerCase()))]
	};
}
function codeOf(rows) {
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
const patience$3 = 3e3;
const attempts = 120;
const turnedAway = "PostgreSQL took its rows without an error, and none is in it: a trigger or rule turns them away";
/** Fills a table whose usual rows were refused: one by one, then with other rows that might be accepted. */
async function persist(connection, place, conditions, keys, options) {
	const until = Math.min(options.until, performance.now() + patience$3);
	const tried = new Set(options.singly.map(textOf$1));
	const { rows, error } = await insertUntil(connection, place, options.singly, {
		enough: options.rows,
		until
	});
	if (rows > 0 || isHopeless(error)) return {
		rows,
		reason: error?.message ?? ""
	};
	const candidates = candidatesOf(place, conditions, keys, await demandsOf(connection, place.target, conditions)).filter((row) => !tried.has(textOf$1(row)));
	const chosen = (await fitting$1(connection, place.target, conditions.types, candidates)).slice(0, attempts);
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
	return [...new Map(rows.map((row) => [textOf$1(row), row])).values()];
}
function made(recipe, count) {
	try {
		return rowsOf({
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
function textOf$1(row) {
	return JSON.stringify([...row]);
}

// src/postgres/seed/filling.ts
/** Time, in milliseconds, for all tables that do not accept the rows first offered. */
const patience$2 = 1e4;
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
	#patience = patience$2;
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
				rows: rowsOf(recipe, this.#count),
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
function namesIn(node) {
	const found = /* @__PURE__ */ new Map();
	visit(node, (written) => found.set(keyOf(written), written));
	return [...found.values()];
}
/** Tells names apart. */
function keyOf({ schema, name }) {
	return JSON.stringify([schema ?? null, name]);
}
function visit(value, found) {
	if (Array.isArray(value)) {
		for (const each of value) visit(each, found);
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
	for (const each of Object.values(value)) visit(each, found);
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
	const [row] = await session.query(sampleQuery(names), values).catch((error) => {
		throw error instanceof SqlError ? new Error(`The session could not be sampled: ${error.message}`, { cause: error }) : error;
	});
	const { held, scanned, named, lock_timeout, statement_timeout } = row;
	return {
		locks: new Map(held?.map(({ oid, modes }) => [oid, new Set(modes)])),
		files: new Map(held?.flatMap(({ oid, file }) => file === null ? [] : [[oid, file]])),
		scans: new Map(scanned?.map(({ oid, scans }) => [oid, scans])),
		named: new Map(named?.map((each) => [keyOf(names[each.asked - 1]), toRelation(each, base.has(each.oid))])),
		lockTimeout: milliseconds(lock_timeout),
		statementTimeout: milliseconds(statement_timeout)
	};
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
	const before = await sample(session, namesIn(statement.node), base);
	look(before);
	const milliseconds = await timed$1(() => session.send(statement.sql));
	return {
		before,
		after: session.transaction === "open" ? await sample(session, [], base) : nothingHeld,
		milliseconds
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
	const { before, after, milliseconds } = run;
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
		rewritten: namesOf(rewritten, existing),
		scanned: namesOf(scanned, existing),
		...unobserved !== void 0 && { unobserved }
	};
}
function isTable(existing, oid) {
	return [
		"table",
		"partitioned table",
		"materialized view"
	].includes(existing.get(oid)?.kind ?? "");
}
function namesOf(entries, existing) {
	return entries.flatMap(([oid]) => existing.get(oid)?.name ?? []).sort();
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
	const before = await sample(session, namesIn(statement.node), base);
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
	const found = await tablesOf(session, wanted, before);
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
async function tablesOf(session, { named, schema }, before) {
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
		const shape = shapeOf(statement);
		if (shape !== void 0 && shape === last) runs.at(-1)?.push(statement);
		else runs.push([statement]);
		last = shape;
	}
	return runs;
}
/** What alike statements share: their kind and the relations they name. */
function shapeOf(statement) {
	if (![
		"InsertStmt",
		"UpdateStmt",
		"DeleteStmt"
	].includes(statement.kind)) return void 0;
	return [statement.kind, ...namesIn(statement.node).map(keyOf)].join(" ");
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
		context.facts.push(this.#factsOf(statement, observation, run));
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
		context.facts.push(this.#factsOf(statement, observation, run));
	}
	#factsOf(statement, observation, { before }) {
		const { lockTimeout, statementTimeout } = before;
		return {
			statement,
			observation,
			index: this.#statements++,
			relation: (schema, name) => before.named.get(keyOf({
				schema,
				name
			})),
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
const defaults = { synchronous_commit: "off" };
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
	const { server, signal, progress, statementLimit } = input;
	await using scratch = await createScratch(server, { signal });
	await using connection = await connect(scratch.address, signal, defaults);
	progress.step(`replaying ${count(input.base.length, "base migration")}`);
	const limit = {
		seconds: statementLimit,
		address: scratch.address
	};
	await replay(connection, await guard.prepare(input.base), {
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
async function prepare(address, { seedRows, signal }) {
	await using session = await connect(address, signal, {
		...defaults,
		statement_timeout: "2s"
	});
	const before = await takeSnapshot(session);
	return [await seed(session, { rows: seedRows }), before];
}
async function snapshotOf(address, signal) {
	await using session = await connect(address, signal);
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
	const { subject, seedRows, statementLimit, signal, progress } = input;
	if (subject.pending.length === 0 && !input.always) return { rehearsal: nothing$1 };
	await using server = await input.openServer();
	return {
		rehearsal: await rehearse({
			server,
			tool: subject.tool,
			base: subject.base.migrations,
			pending: subject.pending,
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
const nothing$1 = {
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

// src/postgres/syntax/node.ts
/** The node's fields where it is of this kind. PostgreSQL's parser leaves out fields that are false, 0 or empty. */
function read(node, kind) {
	return node?.[kind];
}
/** Those nodes of a list that are of this kind. */
function readAll(nodes, kind) {
	return (nodes ?? []).flatMap((node) => read(node, kind) ?? []);
}
/** A list of names, such as a constraint's columns: `["id", "email"]`. */
function strings(nodes) {
	return readAll(nodes, "String").map(({ sval }) => sval ?? "");
}
/** Whether an option list (`REINDEX (CONCURRENTLY)`, `WITH (…)`) has this option and does not switch it off. */
function hasOption(options, name) {
	const option = readAll(options, "DefElem").find(({ defname }) => defname === name);
	if (!option) return false;
	const word = read(option.arg, "String")?.sval ?? String(read(option.arg, "Boolean")?.boolval ?? true);
	return !["false", "off"].includes(word.toLowerCase());
}

// src/postgres/target.ts
/** Which database a session is on. */
async function identify(session) {
	const [row] = await session.query("SELECT pg_catalog.current_database() AS database, current_user::text AS role");
	const { version, systemIdentifier } = await serverOf(session);
	const { database, role } = row;
	return {
		database,
		role,
		server: version,
		...systemIdentifier && { systemIdentifier }
	};
}
/**
* The tables that a tool and we keep in a schema. Of the tool's default name they are left out in every schema; a name that
* people have given may be one that others give to ordinary tables.
*/
function ownTables({ tables, named }, schema) {
	return [...tables.map((name) => ({
		name,
		...named && { schema }
	})), { name: journalTable }];
}
/**
* The schema without these tables, which without a schema are meant in any, and what belongs to them. Its fingerprint is
* the same whoever reads it.
*/
async function schemaOf(session, tables) {
	return whoeverReads(leavingOut(await takeSnapshot(session), tables));
}
/** The same with another fingerprint: one role may plan and another migrate, and a snapshot tells whose an object is by its reader. */
async function whoeverReads(snapshot) {
	const objects = snapshot.objects.filter(({ kind }) => kind !== byOwner).map(({ owner: _, ...rest }) => rest);
	const privileges = snapshot.objects.filter(({ kind }) => kind === byOwner).map((each) => ({
		...each,
		id: `${each.schema} ${each.name}`
	})).sort((a, b) => textOf(a) < textOf(b) ? -1 : 1);
	const fingerprint = await fingerprintOf([...objects, ...privileges]);
	return {
		...snapshot,
		fingerprint
	};
}
/** The kind of which a role has its own. */
const byOwner = "default privileges";
const textOf = (object) => JSON.stringify({
	...object,
	oid: 0
});
function leavingOut(snapshot, tables) {
	const isOwn = ({ kind, name, schema }) => kind === "table" && tables.some((each) => each.name === name && (each.schema ?? schema) === schema);
	const own = new Set(snapshot.objects.filter(isOwn).map(({ id }) => id));
	const belongs = (object) => object.kind === "table" && own.has(object.id) || object.table !== void 0 && own.has(object.table) || object.kind === "sequence" && [...own].some((table) => object.ownedBy?.startsWith(`${table}.`));
	const objects = snapshot.objects.filter((object) => !belongs(object));
	return {
		...snapshot,
		objects
	};
}

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
	10,
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
	for (let look = 0;; look += 1) {
		await setTimeout$1(pauses[look] ?? 500, void 0, { signal: done }).catch(() => {});
		if (done.aborted) return;
		const found = await blockersOf(looker, pid);
		blockers.note(found, progress);
		if (found.some(({ deadlocked }) => deadlocked) && !done.aborted) await giveWay();
		const elapsed = performance.now() - start;
		if (elapsed < next || done.aborted) continue;
		const far = await indexProgress(looker, pid);
		const time = `${Math.round(elapsed / 1e3)} s, since ${since.toISOString().slice(11, 19)} UTC`;
		progress.step(far ? `${what}: ${far}; for ${time}` : `${what} runs for ${time}`);
		next = elapsed + (progress.live ? 1e3 : Math.min(longest, Math.max(shortest, elapsed / 2)));
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
	const looking = view ? lookOn(view, quiet.signal).catch(() => {}) : Promise.resolve();
	let cancelling;
	const cancel = () => {
		quiet.abort();
		cancelling = looking.then(() => cancelUntil(over.signal, session, looker));
	};
	signal.addEventListener("abort", cancel, { once: true });
	try {
		return await work();
	} catch (error) {
		quiet.abort();
		await looking;
		throw gaveWay ? deadlock(error) : error;
	} finally {
		signal.removeEventListener("abort", cancel);
		quiet.abort();
		over.abort();
		await (gaveWay ? looking : cancelling);
	}
}
/** What was cancelled to give way is as what PostgreSQL ends for a deadlock: nothing of it is left, and it can be tried again. */
function deadlock(error) {
	if (!(error instanceof SqlError) || error.fault.sqlstate !== "57014") return error;
	return new SqlError({
		...error.fault,
		sqlstate: "40P01",
		message: "it gave way in a deadlock"
	}, void 0, error.completed);
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
/**
* Writes in the transaction that is open and commits it, all in one turn: where a part fails, COMMIT takes everything back.
* Throws `BooksFailed`, or the `SqlError` of COMMIT; the transaction is then over.
*/
async function commitWith(session, queries, limits) {
	const errors = await session.together([
		{ sql: bookkeeper(limits) },
		...queries,
		{ sql: "COMMIT" }
	]);
	const at = errors.findIndex((error) => error !== void 0);
	const error = errors[at];
	if (error) throw error instanceof SqlError && at <= queries.length ? new BooksFailed(error) : error;
}
/**
* Does this in a transaction of its own, again and again while somebody has the tables locked, as long as a statement would
* be tried. Throws `BooksFailed`; nothing of it is then committed.
*/
async function writeAlone(session, limits, work) {
	const start = performance.now();
	for (;;) try {
		await session.send(`BEGIN; ${bookkeeper(limits)}`);
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
	return `SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL role TO DEFAULT; SET LOCAL lock_timeout = ${lockTimeout}; SET LOCAL statement_timeout = ${statementTimeout}`;
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
* pauses, as nothing of a unit is left when it fails. `within` is run at its end, in its transaction where it is one.
* Throws `UnitFailed`.
*/
async function commitUnit(unit, hands, within) {
	const start = performance.now();
	const seen = new Blockers();
	for (let attempt = 1;; attempt += 1) try {
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
			attempts: attempt,
			blockers: seen.all
		};
	} catch (error) {
		if (!(error instanceof UnitFailed) || !isContended(error.error)) throw error;
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
/** What a session does, for people. */
function placeOf(statement) {
	return statement ? `line ${statement.line} of ${statement.path}` : "the tool’s table";
}
async function runTransaction(unit, hands, within) {
	const { session, limits, seen } = hands;
	const ran = [];
	let last;
	let [opening, known] = [unit.begin, ""];
	try {
		for (const statement of unit.statements) {
			const wanted = limitsFor(hands, statement, "LOCAL");
			const ahead = [opening, wanted === known ? "" : wanted].filter(Boolean);
			if (opening) await open(hands, ahead.join(";\n"));
			else if (ahead.length > 0) await session.send(ahead.join(";\n"));
			last = statement;
			ran.push(await timed(hands, statement));
			opening = "";
			known = leavesSettings(statement) ? wanted : "";
		}
		last = void 0;
		if (opening) await open(hands, opening);
		const place = {
			what: `writing to ${placeOf(void 0)}`,
			blockers: seen
		};
		if (within.length > 0) await attend(hands, place, () => commitWith(session, within, limits));
		else await session.send(unit.end);
		return ran;
	} catch (error) {
		if (session.transaction !== "none") await session.send("ROLLBACK");
		throw refusal(error, last);
	}
}
async function open({ session, ahead }, opening) {
	if (!ahead) return void await session.send(opening);
	const [error] = (await session.together([{ sql: ahead }, { sql: opening }])).filter((each) => each !== void 0);
	if (error) throw error;
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
	if (wanted) await session.send(wanted);
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
	return sets.map(([name, value]) => `SET ${scope} ${name} = ${value}`).join("; ");
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
	/** Whether the connection was lost while a statement ran outside any transaction: it may be committed or not. */
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
	const units = await unitsToApply(work.migration);
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
		...work.fresh && { ahead: "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP;\n" }
	}, entry, units[0]);
	if (work.fresh) await hands.session.send(freshSession);
	return applyUnits(work, own, entry, units);
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
/**
* Procedures may commit (documentation, 43.8), and so may code that is run on the spot where it says so or calls one; REINDEX
* and CLUSTER of a partitioned table commit behind each partition.
*/
function mayCommit({ kind, sql }) {
	if ([
		"CallStmt",
		"ReindexStmt",
		"ClusterStmt"
	].includes(kind)) return true;
	return kind === "DoStmt" && /\b(commit|rollback|call|execute)\b/i.test(sql);
}
async function applyWhole({ migration, ledger, schema }, hands, entry, unit = {
	transaction: true,
	begin: "BEGIN",
	statements: [],
	end: "COMMIT"
}) {
	const within = [...ledger.record(migration, schema), wholeEntry(schema, entry, "applied")];
	try {
		return [await commitUnit(unit, hands, within)];
	} catch (error) {
		throw new MigrationFailed(error, 0, entry.statements);
	}
}
async function applyUnits(work, hands, entry, units) {
	const { migration, ledger, schema, resume } = work;
	const before = resume?.done ?? 0;
	const committed = [];
	const texts = [];
	let [done, alone] = [before, false];
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
			alone = !within && !isSetting(unit);
			committed.push(await commitUnit(unit, hands, within ? note : []));
			alone = false;
			done = Math.max(done, texts.length);
			if (!within) await write(hands, note);
		}
		if (before === entry.statements) await write(hands, finished);
		return committed;
	} catch (error) {
		throw new MigrationFailed(error, done, entry.statements, alone && error instanceof ConnectionLost);
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

// src/jobs/gates/disk/demand.ts
/** By what the rehearsal has seen of rewrites, and the indexes that are there afterwards. */
function demandOf({ statements, before, after }) {
	const steps = stepsOf(statements);
	const names = new Map(before.objects.map(({ oid, id }) => [oid, id]));
	const tables = new Map(after.objects.filter(hasRows).map(({ oid, id }) => [id, names.get(oid)]));
	const old = new Set(before.objects.filter(({ kind }) => kind === "index").map(({ id }) => id));
	const anew = new Set(steps.flatMap(({ copies }) => copies.map(({ relation }) => relation)));
	return {
		steps,
		builds: after.objects.filter((each) => each.kind === "index" && !names.has(each.oid) && each.parent === void 0).map(({ id, table, method, columns, included }) => ({
			index: id,
			table: tables.get(table) ?? "",
			method,
			columns: [...columns, ...included]
		})).filter(({ table, index }) => table !== "" && !(old.has(index) && anew.has(table)))
	};
}
/** Materialized views have indexes, too. */
function hasRows({ kind }) {
	return kind === "table" || kind === "view";
}
/** VACUUM, CLUSTER and REINDEX of many tables end a transaction behind each. */
function stepsOf(statements) {
	return [...Map.groupBy(statements, ({ observation, index }) => observation.transaction ?? `alone ${index}`).values()].flatMap((all) => {
		const [updates, others] = [all.filter(isUpdate), all.filter((each) => !isUpdate(each))];
		const each = others.every(({ observation: { transaction } }) => transaction === null) && others.some(isOfMany);
		return [{
			copies: updates.flatMap(copiesOf),
			goes: "never"
		}, {
			copies: others.flatMap(copiesOf),
			goes: each ? "each" : "together"
		}];
	}).filter(({ copies }) => copies.length > 0);
}
function isUpdate({ statement }) {
	return statement.kind === "UpdateStmt";
}
function isOfMany({ statement }) {
	return [
		"VacuumStmt",
		"ClusterStmt",
		"ReindexStmt"
	].includes(statement.kind);
}
function copiesOf(facts) {
	const { statement, observation } = facts;
	if (statement.kind === "TruncateStmt") return [];
	if (observation.rewritten.length === 0) return unseen$1(facts);
	const wholes = observation.locks.filter((each) => each.kind === "partitioned table" && each.mode === "AccessExclusiveLock");
	return [...observation.rewritten, ...wholes.map(({ relation }) => relation)].map((relation) => ({ relation }));
}
/** A new version of each row is as much as is there. */
function unseen$1({ statement: { node }, relation }) {
	const { relation: range, whereClause } = read(node, "UpdateStmt") ?? {};
	if (range?.relname === void 0 || whereClause) return [];
	const found = relation(range.schemaname, range.relname);
	return found?.atBase ? [{ relation: found.name }] : [];
}

// src/jobs/gates/disk/need.ts
/** How much it takes, by what the target's relations are. New indexes lie in the tablespace `indexesIn`. */
function needOf({ steps, builds }, sizes, indexesIn) {
	const named = Map.groupBy(sizes, ({ name }) => name);
	const built = builds.map((build) => ({
		...build,
		bytes: sum((named.get(build.table) ?? []).map(sizeOf(build)))
	}));
	const taken = steps.map(({ copies, goes }) => ({
		goes,
		pieces: piecesOf(copies, named)
	}));
	const oids = /* @__PURE__ */ new Set([indexesIn, ...sizes.map(({ tablespace }) => tablespace)]);
	const most = (oid) => mostIn(oid, taken) + (oid === indexesIn ? mostOf(built) : 0);
	const parts = [...[...Map.groupBy(taken.flatMap((each) => each.pieces), ({ name }) => name)].map(([name, all]) => ({
		what: `${name} is written anew`,
		bytes: bytesOf(all)
	})), ...built.map(({ index, bytes }) => ({
		what: `${index} is built`,
		bytes
	}))].filter(({ bytes }) => bytes > 0);
	return {
		tablespaces: new Map([...oids].map((oid) => [oid, most(oid)])),
		written: bytesOf(parts),
		parts: parts.toSorted((a, b) => b.bytes - a.bytes)
	};
}
/** What stays, and the most that is there for a while. */
function mostIn(oid, taken) {
	const here = taken.map(({ goes, pieces }) => ({
		goes,
		pieces: pieces.filter((each) => each.tablespace === oid)
	}));
	const staying = here.filter(({ goes }) => goes === "never").flatMap(({ pieces }) => pieces);
	const passing = here.filter(({ goes }) => goes !== "never");
	return bytesOf(staying) + Math.max(0, ...passing.map(({ goes, pieces }) => (goes === "each" ? largest : bytesOf)(pieces)));
}
/** What is sorted for an index lies on disk as well, until it is built. */
function mostOf(built) {
	return bytesOf(built) + largest(built);
}
function largest(all) {
	return Math.max(0, ...all.map(({ bytes }) => bytes));
}
function bytesOf(all) {
	return sum(all.map(({ bytes }) => bytes));
}
/** Each table once, and indexes only where their table is not written with them. */
function piecesOf(copies, named) {
	const found = new Map(copies.flatMap(({ relation }) => named.get(relation) ?? []).map((each) => [each.oid, each]));
	return [...found.values()].filter(({ table }) => table === null || !found.has(table)).map(({ name, tablespace, heap, indexes }) => ({
		name,
		tablespace,
		bytes: heap + indexes
	}));
}
/** Bytes of an index's row besides its keys (documentation, chapter 66.6), and how full its pages are by default. */
const [overhead, fill] = [12, .9];
/** Of a B-tree by its columns, where they are known; else no more than the table. */
function sizeOf({ method, columns }) {
	return ({ heap, rows, widths }) => {
		if (method === "brin") return heap / 1e3;
		const widest = columns.map((column) => widths[column]);
		if (method !== "btree" || rows <= 0 || widest.includes(void 0)) return heap;
		return Math.min(heap, rows * (overhead + sum(widest.map((width = 0) => Math.ceil(width / 8) * 8))) / fill);
	};
}
function sum(numbers) {
	return numbers.reduce((total, each) => total + each, 0);
}

// src/jobs/gates/disk/sizes.ts
/**
* Sizes of relations, by their names without quotes. What is not there is left out. It waits for whoever has a table
* for himself, which the session's `lock_timeout` ends.
*/
async function sizesOf(session, names) {
	return session.query(`WITH named AS (
       SELECT n.nspname || '.' || c.relname AS name, c.oid, c.relkind
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname || '.' || c.relname = ANY ($1)
     ), stored AS (
       SELECT name, oid FROM named WHERE relkind IN ('r', 'm', 'i')
       UNION SELECT name, p.relid::oid FROM named, pg_catalog.pg_partition_tree(oid) p WHERE relkind IN ('p', 'I') AND p.isleaf
     )
     SELECT s.name, c.oid::int8::float8 AS oid, i.indrelid::int8::float8 AS "table",
            COALESCE(NULLIF(c.reltablespace, 0), d.dattablespace)::int8::float8 AS tablespace,
            COALESCE(pg_catalog.pg_table_size(c.oid), 0)::float8 AS heap,
            COALESCE(pg_catalog.pg_indexes_size(c.oid), 0)::float8 AS indexes,
            c.reltuples::float8 AS rows, COALESCE(w.widths, '{}') AS widths
       FROM stored s JOIN pg_catalog.pg_class c ON c.oid = s.oid
       JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
       LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
       LEFT JOIN LATERAL (
         SELECT pg_catalog.jsonb_object_agg(a.attname, COALESCE(t.avg_width, NULLIF(a.attlen, -1))) FILTER (
                  WHERE COALESCE(t.avg_width, NULLIF(a.attlen, -1)) IS NOT NULL) AS widths
           FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           LEFT JOIN pg_catalog.pg_stats t
             ON t.schemaname = n.nspname AND t.tablename = c.relname AND t.attname = a.attname AND NOT t.inherited
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind <> 'i'
       ) w ON true
      ORDER BY s.name, c.oid`, [names]);
}

// src/jobs/gates/disk/volumes.ts
/**
* The file systems that tablespaces and WAL are on, or why they cannot be known, as the end of a sentence. A folder is
* the server's only where its own files say so: behind a tunnel or in a container is another machine, perhaps with the
* same paths.
*/
async function volumesOf(session, { host }, { systemIdentifier }) {
	if (!/^(\/|localhost$|127\.|::1$)/.test(host)) return "the target is on another machine";
	const places = await placesOf(session);
	const { data, tablespaces } = places;
	if (data === null) return "the role may not see where the data folder is (pg_read_all_settings may)";
	if (systemIdentifier === void 0) return "the role may not see which server it is";
	try {
		if (!await isOf(data, places, systemIdentifier)) return "the data folder of that name here is another server’s";
		return await byDevice(tablespaces.map(({ oid, place }) => ({
			oid,
			path: place ? resolve(data, place) : join(data, "base")
		})), join(data, "pg_wal"));
	} catch (error) {
		if (error.code === "ENOENT") return "its data folder is not on this machine";
		return "its folders cannot be looked at from here";
	}
}
async function placesOf(session) {
	const [row] = await session.query(`SELECT (SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory') AS data,
            extract(epoch FROM pg_catalog.pg_postmaster_start_time())::float8 AS started,
            pg_catalog.current_setting('port') AS port,
            (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
                      'oid', oid::int8, 'place', pg_catalog.pg_tablespace_location(oid)))
               FROM pg_catalog.pg_tablespace) AS tablespaces`);
	return row;
}
/** Seconds between the moment that a server writes down as its start and the one that it tells; the latter is a little later. */
const starting = 60;
/** By its lock file (documentation, chapter 73.1: start, port) and its control file, which begins with what identifies it. */
async function isOf(data, { started, port }, systemIdentifier) {
	const control = await readFile(join(data, "global", "pg_control"));
	const [identifier] = new BigInt64Array(Uint8Array.from(control.subarray(0, 8)).buffer);
	const [, , since = "", at] = (await readFile(join(data, "postmaster.pid"), "utf8")).split("\n");
	return String(identifier) === systemIdentifier && at?.trim() === port && Math.abs(Number(since) - started) < starting;
}
async function byDevice(tablespaces, wal) {
	const places = [...tablespaces, {
		oid: void 0,
		path: wal
	}];
	const stats = await Promise.all(places.map(async (each) => ({
		...each,
		device: (await stat(each.path)).dev
	})));
	return Promise.all([...Map.groupBy(stats, ({ device }) => device).values()].map(async (all) => {
		const { bavail, bsize } = await statfs(all[0]?.path ?? wal);
		return {
			tablespaces: all.flatMap(({ oid }) => oid ?? []),
			wal: all.some(({ oid }) => oid === void 0),
			free: bavail * bsize
		};
	}));
}

// src/jobs/gates/disk.ts
const gate = "disk";
/** Whether what is written anew or built has room where the target lies, as far as that can be seen from here. */
async function roomOnDisk(session, { address, target, rehearsal }) {
	const demand = demandOf(rehearsal);
	if (demand.steps.length + demand.builds.length === 0) return nothing;
	const relations = [...demand.steps.flatMap(({ copies }) => copies.map(({ relation }) => relation)), ...demand.builds.map(({ table }) => table)];
	try {
		const { sizes, indexesIn, walLimit } = await measured(session, [...new Set(relations)]);
		const need = needOf(demand, sizes, indexesIn);
		return fitting(need, walLimit, need.written > 0 ? await volumesOf(session, address, target) : []);
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		const message = `How much disk it takes cannot be known: ${error.message}.`;
		return {
			gate,
			outcome: "unknown",
			message
		};
	}
}
const nothing = {
	gate,
	outcome: "open",
	message: "No table is written anew, and no index is built."
};
/** In a transaction that waits for nobody: sizes are read under a lock. */
async function measured(session, relations) {
	await session.send("BEGIN READ ONLY; SET LOCAL lock_timeout = '1s'");
	try {
		const sizes = await sizesOf(session, relations);
		const [row] = await session.query(`SELECT COALESCE((SELECT oid FROM pg_catalog.pg_tablespace WHERE spcname = pg_catalog.current_setting('default_tablespace')),
                       dattablespace)::int8::float8 AS "indexesIn",
              CASE WHEN pg_catalog.current_setting('archive_mode') = 'off'
                    AND NOT EXISTS (SELECT FROM pg_catalog.pg_replication_slots)
                   THEN pg_catalog.pg_size_bytes(pg_catalog.current_setting('max_wal_size'))::float8 END AS "walLimit"
         FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()`);
		return {
			sizes,
			...row
		};
	} finally {
		await session.send("ROLLBACK");
	}
}
/** Sizes are guesses, and a server must have something left. */
const margin = 1.2;
/** Up to here it is not worth a word where nobody can look. */
const little = 1e9;
/**
* Whether a need has room. WAL that an archive or a slot waits for is not freed before they have it: without them there is
* no more of it than `walLimit`, bytes. `volumes` is why they are not known, where they are not.
*/
function fitting(need, walLimit, volumes) {
	if (need.written === 0) return nothing;
	const wal = Math.min(need.written, walLimit ?? Number.POSITIVE_INFINITY);
	const all = wal + [...need.tablespaces.values()].reduce((sum, bytes) => sum + bytes, 0);
	if (typeof volumes === "string") {
		const takes = all < little ? "It takes less than 1 GB." : `${takesText(all, wal, need)} See whether it is there.`;
		return {
			gate,
			outcome: "unknown",
			message: `How much disk is free is not known: ${volumes}. ${takes}`
		};
	}
	const tight = volumes.flatMap((volume) => {
		const bytes = (volume.wal ? wal : 0) + volume.tablespaces.reduce((sum, oid) => sum + (need.tablespaces.get(oid) ?? 0), 0);
		return bytes * margin > volume.free ? [{
			...volume,
			bytes
		}] : [];
	});
	if (tight.length === 0) return {
		gate,
		outcome: "open",
		message: `${takesText(all, wal, need)} It is free.`
	};
	const where = tight.map(({ bytes, free, ...volume }) => `where ${contentOf(volume)}, ${bytesText(Math.round(bytes))} are needed and a fifth to spare, and ${bytesText(free)} are free`);
	return closed(gate, `${takesText(all, wal, need)} That does not fit: ${where.join("; ")}.`, "Make room on that disk, or accept it for this run with `allow: disk`.");
}
function contentOf({ tablespaces, wal }) {
	if (tablespaces.length === 0) return "the WAL lies";
	return wal ? "data and WAL lie" : "data lies";
}
function takesText(all, wal, { parts }) {
	const some = parts.slice(0, 3).map(({ what, bytes }) => `${what} (${bytesText(Math.round(bytes))})`);
	const more = parts.length > some.length ? `, and ${parts.length - some.length} more` : "";
	const [sum, ofWal] = [Math.round(all), Math.round(wal)].map(bytesText);
	return `It takes about ${sum} of disk for a while, ${ofWal} of that for WAL: ${some.join(", ")}${more}.`;
}

// src/jobs/gates/lost.ts
/**
* Does what touches nothing. Throws `KnownError` where the target is lost meanwhile, or is out of what it needs: that is no
* fault of ours, and can be tried again.
*/
async function untouched(work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof ConnectionLost) && !isOfServer(error)) throw error;
		const message = error instanceof SqlError ? `The target answers: ${error.message}.` : error.message;
		throw new KnownError(message, {
			reason: "unreachable",
			help: "Nothing was touched. Look whether the target is well, and run it again.",
			cause: error
		});
	}
}
/** Insufficient resources, operator intervention, system error (documentation, appendix A). */
function isOfServer(error) {
	return error instanceof SqlError && /^(53|57|58)/.test(error.fault.sqlstate);
}

// src/jobs/gates/records.ts
/** Whether the tool itself would go on from what its table says. */
function consistent(tool, standing, agenda, resumable) {
	const gate = "history";
	const { title, ledger } = tool;
	if (standing.unfinished !== void 0 && !resumable) return closed(gate, `${title} says that ${standing.unfinished} was begun and not finished.`, `Look what of it is there, then: ${ledger.remedy}.`);
	if (agenda.orphans.length > 0) return closed(gate, `The target has applied ${agenda.orphans.join(", ")}, which the repository has not.`, "Check out the branch that has them, or merge it first: the schema is not the one that these migrations were written for.");
	if (agenda.outOfOrder.length > 0) return closed(gate, `${agenda.outOfOrder.map(({ id }) => id).join(", ")} would come before what is applied already; ${title} ${ledger.whenOutOfOrder}.`, "Give each a version behind the newest that is applied.");
	return {
		gate,
		outcome: "open",
		message: `${title} has ${agenda.applied.length} applied and ${agenda.pending.length} pending.`
	};
}
/** Whether a target without the tool's table is an empty one. */
function knownBaseline({ title }, { exists }, tables, baseline) {
	const gate = "baseline";
	if (exists || tables === 0 || baseline) return {
		gate,
		outcome: "open",
		message: exists ? "The target itself says what is applied." : "It is known what is applied."
	};
	return closed(gate, `The target has ${tables === 1 ? "a table" : `${tables} tables`}, and none that says what is applied (${title}).`, "Say so once with `applied-through`: the last migration that the target has, or `none`.");
}
/** Whether the target is what its applied migrations give. */
function withoutDrift(drift) {
	const gate = "drift";
	if (drift.length === 0) return {
		gate,
		outcome: "open",
		message: "The schema is what the applied migrations give."
	};
	const some = drift.slice(0, 5).map(({ action, kind, id }) => `${kind} ${id} (${words[action]})`);
	const more = drift.length > some.length ? `, and ${drift.length - some.length} more` : "";
	return closed(gate, `The schema is not what the applied migrations give: ${some.join(", ")}${more}.`, "Bring it back, write a migration that says it, leave it out with `drift-ignore`, or accept it for this run with `allow: drift`.");
}
const words = {
	added: "only on the target",
	removed: "missing on the target",
	changed: "different",
	renamed: "renamed"
};

// src/jobs/gates/table.ts
/**
* Tables that no migration makes and that have the columns of the tool's own. Where that is there, `drift-ignore` says of
* others that they are somebody else's.
*/
function alikeIn({ actual, expected, drift }, { columns }, { exists }) {
	const told = new Set(expected.objects.map(({ id }) => id));
	const strange = new Set(drift.map(({ id }) => id));
	const wanted = columns.toSorted().join();
	const columnsOf = Map.groupBy(actual.objects.filter(isColumn), ({ table = "" }) => table);
	const found = (id) => (columnsOf.get(id) ?? []).map(({ name }) => name).sort();
	return actual.objects.filter(({ kind, id }) => kind === "table" && !told.has(id) && (!exists || strange.has(id))).flatMap(({ id }) => wanted !== "" && found(id).join() === wanted ? id : []);
}
function isColumn({ kind }) {
	return kind === "column";
}
/** Whether it is certain in which table the tool keeps what it has applied: one that is not named is never guessed. */
function knownTable({ title, ledger }, { schema, exists }, alike) {
	const gate = "migrations-table";
	const { named, tables } = ledger;
	const [table] = tables;
	const full = `${schema}.${table}`;
	if (table === void 0) return {
		gate,
		outcome: "open",
		message: "Lockkeeper’s own table says what is applied."
	};
	if (named) return {
		gate,
		outcome: "open",
		message: `The table of ${title} is ${full}, as ${named.by} says.`
	};
	if (alike.length === 0) return {
		gate,
		outcome: "open",
		message: `The table of ${title} is ${full}.`
	};
	const one = alike.length === 1;
	const found = `${alike.slice(0, 3).join(", ")}${alike.length > 3 ? ` and ${alike.length - 3} more` : ""}`;
	const others = one ? `${found} has the columns of one` : `${found} have the columns of one`;
	return closed(gate, exists ? `The table of ${title} is ${full}, but ${others}, too.` : `There is no table ${full}, but ${others} of ${title}.`, `Say which it is: set \`migrations-table\` to ${one ? found : "one of them"}, or to ${table}${exists ? "" : " for a new one"}.`);
}

// src/jobs/gates/traffic.ts
/** Whether transactions are open that a schema change would wait for, with everybody behind it. */
async function shortTransactions(session, { transactionSeconds }) {
	const gate = "long-transactions";
	const old = await session.query(`SELECT ${blockerColumns}
       FROM pg_catalog.pg_stat_activity
      WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
        AND backend_type = 'client backend' AND xact_start < pg_catalog.clock_timestamp() - $1 * interval '1 second'
      ORDER BY xact_start`, [transactionSeconds]);
	if (old.length === 0) return unseen(await hiddenTransactions(session), transactionSeconds);
	return closed(gate, `${old.length === 1 ? "A transaction is" : `${old.length} transactions are`} open for longer than ${transactionSeconds} s: ${old.slice(0, 3).map(blockerText).join("; ")}.`, `Wait until it has ended, end it (SELECT pg_terminate_backend(${old[0]?.pid})), or raise \`max-transaction-age\`.`);
}
/** How many sessions of roles of which this one may see nothing are in a transaction: that, everybody may see. */
async function hiddenTransactions(session) {
	const [row] = await session.query(`SELECT count(*)::int AS count FROM pg_catalog.pg_stat_activity a
      WHERE datname = pg_catalog.current_database() AND backend_type IS NULL AND EXISTS (
        SELECT FROM pg_catalog.pg_locks l WHERE l.pid = a.pid AND l.locktype = 'virtualxid' AND l.granted)`);
	return row?.count ?? 0;
}
function unseen(hidden, seconds) {
	const gate = "long-transactions";
	if (hidden === 0) return {
		gate,
		outcome: "open",
		message: `No transaction is open for longer than ${seconds} s.`
	};
	return {
		gate,
		outcome: "unknown",
		message: `Other roles have ${hidden} open transaction${hidden === 1 ? "" : "s"}; for how long, this role may not see (pg_monitor may).`
	};
}
/** Whether two-phase transactions were prepared and forgotten: they hold their locks for ever. */
async function nothingPrepared(session, { transactionSeconds }) {
	const gate = "prepared-transactions";
	const old = await session.query(`SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()
        AND prepared < pg_catalog.clock_timestamp() - $1 * interval '1 second' ORDER BY prepared`, [transactionSeconds]);
	if (old.length === 0) return {
		gate,
		outcome: "open",
		message: "No prepared transaction holds locks."
	};
	const names = old.map(({ gid }) => `'${gid}'`).join(", ");
	return closed(gate, `Prepared transactions hold locks: ${names}.`, "End each with COMMIT PREPARED or ROLLBACK PREPARED.");
}
/** Whether sessions wait for locks already. */
async function nobodyWaits(session) {
	const gate = "blocked-sessions";
	const waiting = await session.query(`SELECT pid FROM pg_catalog.pg_stat_activity
      WHERE datname = pg_catalog.current_database() AND pg_catalog.cardinality(pg_catalog.pg_blocking_pids(pid)) > 0
        AND COALESCE(query_start < pg_catalog.clock_timestamp() - interval '1 second' AND wait_event_type = 'Lock', true)`);
	if (waiting.length < 5) return {
		gate,
		outcome: "open",
		message: waiting.length === 0 ? "Nobody waits for locks." : `Waiting for locks: ${waiting.length} of the sessions.`
	};
	return closed(gate, `${waiting.length} sessions wait for locks of others: the target is in trouble already.`, "Find who blocks them (SELECT pid, pg_blocking_pids(pid) FROM pg_stat_activity), and come again when they are through.");
}
const followers = ["It has no replica.", "A replica follows."];
/** Whether replicas keep up. */
async function replicasFollow(session, { lagSeconds }) {
	const gate = "replica-lag";
	const rows = await session.query(`SELECT COALESCE(application_name, '') AS name, extract(epoch FROM replay_lag)::float8 AS seconds, state
       FROM pg_catalog.pg_stat_replication`);
	if (rows.length > 0 && rows.every(({ state }) => state === null)) return {
		gate,
		outcome: "unknown",
		message: "The role may not see how far replicas are behind (pg_monitor may)."
	};
	const behind = rows.filter(({ seconds }) => (seconds ?? 0) > lagSeconds);
	if (behind.length === 0) return {
		gate,
		outcome: "open",
		message: followers[rows.length] ?? `${rows.length} replicas follow.`
	};
	const which = behind.map(({ name, seconds }) => `${name} by ${Math.round(seconds ?? 0)} s`).join(", ");
	return closed(gate, `Replicas are behind: ${which}.`, "Wait until they have caught up, or raise `max-replica-lag`.");
}
/** Whether replication slots keep more WAL than is good for the disk, which a rewrite would make more. */
async function slotsAreUsed(session, { slotBytes }) {
	const gate = "replication-slots";
	try {
		const full = (await session.query(`SELECT slot_name AS name, pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), restart_lsn)::float8 AS bytes
         FROM pg_catalog.pg_replication_slots WHERE NOT active AND restart_lsn IS NOT NULL`)).filter(({ bytes }) => bytes > slotBytes);
		if (full.length === 0) return {
			gate,
			outcome: "open",
			message: "No replication slot that nobody reads keeps much WAL."
		};
		const which = full.map(({ name, bytes }) => `${name} (${bytesText(bytes)})`).join(", ");
		return closed(gate, `Replication slots that nobody reads keep WAL: ${which}.`, "Drop them, or start their readers.");
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		return {
			gate,
			outcome: "unknown",
			message: `Replication slots cannot be looked at: ${error.message}.`
		};
	}
}

// src/jobs/plan/digest.ts
/** What an approval is bound to: the same migrations, on the same schema, of the same database. Times do not count. */
function digestOf({ target, tool, commit, pending, applied, orphans, fingerprints, allowed }) {
	const { database, systemIdentifier, server } = target;
	const decisive = [
		...[
			database,
			systemIdentifier ?? null,
			server.split(".")[0],
			tool.name,
			commit ?? null
		],
		pending.map(({ id, hash, done = 0 }) => [
			id,
			hash,
			done
		]),
		...tool.table === void 0 ? [] : [tool.table],
		...[
			applied,
			orphans,
			fingerprints.before,
			fingerprints.after ?? null,
			[...allowed].sort()
		]
	];
	return createHash("sha256").update(JSON.stringify(decisive)).digest("hex");
}

// src/jobs/plan/drift.ts
/**
* What a target has otherwise than it should, apart from objects that globs leave out (`audit.*`, `public.tmp_*`). Owners,
* grants and comments are often set by hand and stop nothing.
*/
function driftBetween(expected, actual, ignored) {
	const matches = ignored.map((glob) => (0, import_picomatch.default)(glob.includes(".") ? glob : `${glob}{,.*}`, { dot: true }));
	const isIgnored = ({ id, table }) => [id, table].some((name) => name && matches.some((match) => match(name)));
	return diffSnapshots(structure(expected, 1), structure(actual, -1)).filter((change) => !isIgnored(change));
}
/** Without what is not compared. Two databases know nothing of each other's oids, so these must not look alike. */
function structure(snapshot, sign) {
	const objects = snapshot.objects.filter(({ kind }) => !notCompared.has(kind)).map((object) => {
		const { owner: _, grants: __, comment: ___, ...rest } = object;
		return {
			...rest,
			oid: sign * object.oid
		};
	});
	return {
		...snapshot,
		objects
	};
}
/** What servers and hosts bring of their own accord. */
const notCompared = /* @__PURE__ */ new Set(["default privileges", "extension"]);

// src/jobs/plan/examined.ts
/**
* Compares the target with what its applied migrations give, and runs what is pending. A statement outside any transaction is
* committed before that is written down: where a run was cut off, the schema itself says whether it was.
*/
async function examined(subject) {
	const first = await examinedAt(subject);
	const { row, agenda } = subject;
	const [next] = agenda.pending;
	if (!row || !next || first.drift.length === 0) return first;
	const unit = unitBehind(unitsOf(await batchesOf(next)), row.done);
	if (!unit || unit.transaction) return first;
	const second = await examinedAt({
		...subject,
		row: {
			...row,
			done: row.done + unit.statements.length
		}
	});
	return second.drift.length < first.drift.length ? second : first;
}
async function examinedAt(subject) {
	const { input, target, agenda, actual, row, halfDetached } = subject;
	const found = await examine(checkInput(input, target, await goneOn(agenda, row)));
	const expected = found.rehearsal.before;
	const leftovers = row ? unfinishedIn(actual, expected).filter(await isLeftAt(row, agenda.pending[0])) : [];
	const before = row ? mended(actual, expected, [...leftovers, ...boundsOf(halfDetached, actual, expected)]) : actual;
	const drift = driftBetween(expected, before, input.driftIgnore);
	return {
		...found,
		drift,
		before,
		...row && { interrupted: {
			row,
			leftovers
		} }
	};
}
function unitBehind(units, done) {
	let before = 0;
	return units.find(({ statements }) => {
		before += statements.length;
		return before > done;
	});
}
const isInvalid = (object) => object.kind === "index" && !object.valid && object.parent === void 0;
/** Whether an invalid index was left by the statement at which a run was cut off; of a file that is another since, any may be. */
async function isLeftAt(row, next) {
	if (next?.hash !== row.hash) return () => true;
	const unit = unitBehind(unitsOf(await batchesOf(next)), row.done);
	return ({ name, schema, table }) => unit?.statements.some((each) => isLeftBy(each, {
		name,
		relation: table.slice(schema.length + 1)
	})) === true;
}
/** Invalid indexes that no migration makes so. */
function unfinishedIn(actual, expected) {
	const known = new Set(expected.objects.filter(({ kind }) => kind === "index").map(({ id }) => id));
	return actual.objects.filter(isInvalid).filter(({ id }) => !known.has(id));
}
function boundsOf(tables, actual, expected) {
	const known = new Set(expected.objects.filter(({ kind }) => kind === "constraint").map(({ id }) => id));
	return actual.objects.filter(({ kind, table = "", id }) => kind === "constraint" && tables.includes(table) && !known.has(id));
}
/** Without these, and with those valid that are to be: DROP INDEX CONCURRENTLY makes them invalid first. */
function mended(actual, expected, leftovers) {
	const valid = new Set(expected.objects.filter((each) => each.kind === "index" && each.valid).map(({ id }) => id));
	const objects = actual.objects.filter((each) => !leftovers.includes(each)).map((each) => isInvalid(each) && valid.has(each.id) ? {
		...each,
		valid: true
	} : each);
	return {
		...actual,
		objects
	};
}
/** What is committed of an interrupted migration counts as applied. */
async function goneOn(agenda, row) {
	const [first, ...rest] = agenda.pending;
	if (!row || !first) return agenda;
	const [done, left] = await parted(first, row.done);
	return {
		...agenda,
		applied: [...agenda.applied, done],
		pending: [left, ...rest]
	};
}
function checkInput(input, { server }, { applied, pending }) {
	const { tool, folders, folder, head, commit, openServer } = input;
	const base = {
		migrations: applied,
		ignored: []
	};
	const origin = { appliedThrough: applied.at(-1)?.id ?? "none" };
	return {
		...input,
		subject: {
			tool,
			folders,
			folder,
			base,
			head,
			pending,
			origin,
			...commit !== void 0 && { commit }
		},
		openServer: () => openServer(Number.parseInt(server, 10)),
		always: true
	};
}
/** Throws `KnownError` for a script that opens a transaction and never ends it. */
async function statementsIn(migration) {
	return unitsOf(await batchesOf(migration)).flatMap(({ statements }) => statements).length;
}

// src/jobs/plan.ts
/** Gates that nobody can accept: what is behind them would not work. */
const absolute = /* @__PURE__ */ new Set([...[
	"writable",
	"pooler",
	"rights",
	"history",
	"migrations-table",
	"baseline",
	"interrupted"
]]);
/** What would be applied to a target, and whether it may be. Touches nothing there, and needs no right to. */
async function plan(input) {
	return untouched(async () => {
		await using session = await connect(input.target, input.signal);
		return await planOn(session, input, "reader");
	});
}
/** The same with a session that is there, which is to be migrated with unless it belongs to a `reader`. */
async function planOn(session, input, role = "migrator") {
	const { tool, allow, now, progress } = input;
	const start = performance.now();
	progress.step("reading the target");
	const target = await identify(session);
	const known = await recordsOf(session, input);
	const { standing, agenda, journal } = known;
	const actual = await schemaOf(session, ownTables(tool.ledger, standing.schema));
	const cut = await interrupted(journal, agenda);
	const pending = await Promise.all(agenda.pending.map(planned));
	const found = await examined({
		input,
		target,
		agenda,
		actual,
		halfDetached: await halfDetached(session, target),
		...cut.row && { row: cut.row }
	});
	const { report, rehearsal, drift, before, interrupted: gone } = found;
	const gates = await gatesOn(session, input, {
		role,
		target,
		known,
		actual,
		found,
		cut
	});
	const fails = report.findings.filter(({ status, rule }) => status === "open" && !allow.includes(rule)).some(({ severity }) => severity === "error");
	const [lastApplied] = agenda.applied.slice(-1);
	const after = drift.length === 0 ? (await whoeverReads(rehearsal.after)).fingerprint : void 0;
	const decisive = {
		target,
		tool: {
			...report.tool,
			...tool.ledger.named && { table: tool.ledger.named.name }
		},
		pending: pending.map((each) => withDone(each, gone)),
		orphans: agenda.orphans,
		allowed: allow,
		...input.commit !== void 0 && { commit: input.commit },
		fingerprints: {
			before: actual.fingerprint,
			...after && { after }
		}
	};
	const closedOnes = gates.filter(({ outcome }) => outcome === "closed");
	return {
		plan: {
			version: 1,
			command: "plan",
			lockkeeper: input.version,
			startedAt: now.toISOString(),
			outcome: closedOnes.length > 0 ? "refused" : fails ? "failed" : "passed",
			milliseconds: Math.round(performance.now() - start),
			...decisive,
			...input.folder !== "" && { folder: input.folder },
			applied: {
				count: agenda.applied.length,
				...lastApplied && { last: lastApplied.id }
			},
			outOfOrder: agenda.outOfOrder.map(({ id }) => id),
			edited: editedSince(journal, agenda.applied),
			drift,
			gates,
			findings: report.findings,
			observations: report.observations,
			changes: rehearsal.changes,
			digest: digestOf({
				...decisive,
				applied: agenda.applied.map(({ id }) => id)
			})
		},
		standing,
		agenda,
		before,
		changes: rehearsal.changes,
		...gone && { interrupted: gone }
	};
}
async function gatesOn(session, input, seen) {
	const { tool, target: address, limits, allow } = input;
	const { role, target, known, actual, found, cut } = seen;
	const { standing, agenda } = known;
	const compared = {
		actual,
		expected: found.rehearsal.before,
		drift: found.drift
	};
	const table = knownTable(tool, standing, alikeIn(compared, tool.ledger, standing));
	const isClear = table.outcome === "open" || standing.exists;
	return [
		...[await writable(session, role), await unpooled(session, address)],
		await permitted(session, {
			schema: standing.schema,
			tables: writtenIn(tool.ledger),
			role
		}),
		...[consistent(tool, standing, agenda, cut.row !== void 0), table],
		...isClear ? [knownBaseline(tool, standing, tablesIn(actual), input.baseline !== void 0)] : [],
		...[cut.gate, withoutDrift(found.drift)],
		...agenda.pending.length > 0 ? await trafficGates(session, limits) : [],
		...agenda.pending.length > 0 ? [await roomOnDisk(session, {
			address,
			target,
			rehearsal: found.rehearsal
		})] : [],
		...input.gates
	].map((gate) => accepted(gate, allow));
}
/** What the target says is applied; for one that has never said it, what the settings do. */
async function recordsOf(session, { tool, head, baseline, upTo }) {
	const { standing, journal } = await readable(async () => {
		const standing = await tool.ledger.read(session);
		return {
			standing,
			journal: await readJournal(session, standing.schema)
		};
	});
	const agenda = standing.exists || baseline === void 0 ? tool.ledger.agenda(head, standing) : {
		...pendingAfter(head, baseline),
		applied: pendingAfter(head, baseline).base.migrations,
		orphans: []
	};
	if (upTo === void 0) return {
		standing,
		journal,
		agenda
	};
	const wanted = new Set(pendingAfter(head, upTo).base.migrations.map(({ id }) => id));
	return {
		standing,
		journal,
		agenda: {
			...agenda,
			pending: agenda.pending.filter(({ id }) => wanted.has(id))
		}
	};
}
/** Throws `KnownError` where the tables cannot be read. */
async function readable(read) {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		throw new KnownError(`What is applied to the target cannot be read: ${error.message}.`, {
			reason: "refused",
			help: explain(error.fault) ?? "Connect as the role that the migration tool connects as. Nothing was touched.",
			cause: error
		});
	}
}
async function planned(migration) {
	const { id, name, path, hash } = migration;
	return {
		id,
		name,
		path,
		hash,
		statements: await statementsIn(migration)
	};
}
function withDone(migration, gone) {
	return gone?.row.migration === migration.id ? {
		...migration,
		done: gone.row.done
	} : migration;
}
async function trafficGates(session, limits) {
	return [
		await shortTransactions(session, limits),
		await nothingPrepared(session, limits),
		await nobodyWaits(session),
		await replicasFollow(session, limits),
		await slotsAreUsed(session, limits)
	];
}
function accepted(gate, allow) {
	if (gate.outcome !== "closed" || absolute.has(gate.gate) || !allow.includes(gate.gate)) return gate;
	return {
		gate: gate.gate,
		outcome: "open",
		message: `${gate.message} It was accepted.`
	};
}
/** Tables that people made; what extensions bring is in no snapshot. */
/** Tables that a run writes to, and with which rights. */
function writtenIn({ tables, rights }) {
	return new Map([...tables.map((name) => [name, rights]), [journalTable, ["INSERT", "UPDATE"]]]);
}
function tablesIn({ objects }) {
	return objects.filter(({ kind }) => kind === "table").length;
}
/** Where Lockkeeper applied them, it knows what they were. */
function editedSince(journal, applied) {
	const hashes = new Map(journal.map(({ migration, hash }) => [migration, hash]));
	return applied.filter(({ id, hash }) => (hashes.get(id) ?? hash) !== hash).map(({ id }) => id);
}

export { check as A, batchesOf as B, identify as C, read as D, hasOption as E, lineOf as F, StatementFailed as I, execute as L, replay as M, limited as N, readAll as O, explain as P, diffSnapshots as R, connectToStay as S, schemaOf as T, commitUnit as _, untouched as a, writeAlone as b, closed as c, applyMigration as d, isWhole as f, UnitFailed as g, unitsOf as h, recordsOf as i, freshSession as j, strings as k, refusePooled as l, isSetting as m, planOn as n, interrupted as o, unitsToApply as p, readable as r, parted as s, plan as t, MigrationFailed as u, invalidIndexes as v, ownTables as w, openLooker as x, BooksFailed as y, openGuard as z };
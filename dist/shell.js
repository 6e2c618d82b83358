// src/reports/shell.ts
/** A command to paste into a POSIX shell: each word is one word there, whatever it holds. */
function shellLine(words) {
	return words.map(shellWord).join(" ");
}
/** What is not seen or moves the cursor is written as `$'\x1b'`, which bash and zsh read. */
function shellWord(word) {
	if (/^[\w%+=:,./@-]+$/.test(word)) return word;
	if (!/[\p{Cc}\p{Cf}]/u.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
	return `$'${word.replaceAll(/[\\']/g, "\\$&").replaceAll(/[\p{Cc}\p{Cf}]/gu, (each) => `\\U${(each.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`)}'`;
}

export { shellLine as t };
import { Marked } from 'marked';
import { htmlText } from '../escape.ts';
import { style } from './style.ts';

/**
 * A page of its own from a report's Markdown: no script, nothing that is loaded from elsewhere, and everything unfolded, so
 * that it can be searched, printed and filed. What the Markdown escapes stays escaped.
 */
export function htmlDocument(title: string, markdown: string): string {
  const body = renderer
    .parse(markdown, { async: false })
    .replaceAll(/&#8203;|\u200b/g, '') // keeps GitHub from finding people and addresses; others' are shown as code points
    .replaceAll('<details>', '<details open>');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<style>
${style}</style>
</head>
<body>
<main>
${body}</main>
</body>
</html>
`;
}

const renderer = new Marked({
  gfm: true,
  renderer: {
    /** The verdict is what the page is about. */
    heading({ tokens }) {
      return `<h1>${this.parser.parseInline(tokens)}</h1>\n`;
    },
    code({ text, lang }) {
      return `<pre>${lang === 'diff' ? text.split('\n').map(diffLine).join('\n') : htmlText(text)}</pre>\n`;
    },
    /** A table may be wider than the window. */
    table(token) {
      const row = (cells: typeof token.header) => `<tr>${cells.map((cell) => this.tablecell(cell)).join('')}</tr>\n`;
      const rows = token.rows.map(row).join('');
      return `<div class="table"><table>\n<thead>\n${row(token.header)}</thead>\n<tbody>\n${rows}</tbody>\n</table></div>\n`;
    },
  },
});

function diffLine(line: string): string {
  const element = line.startsWith('+') ? 'ins' : line.startsWith('-') ? 'del' : undefined;
  return element ? `<${element}>${htmlText(line)}</${element}>` : htmlText(line);
}

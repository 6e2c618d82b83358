import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked } from 'marked';
import { words } from '../../src/reports/escape.ts';
import { markdown } from '../../src/reports/markdown.ts';
import { terminal } from '../../src/reports/terminal.ts';
import { hostile } from './hostile.ts';
import { sampleReport } from './sample.ts';

/** The tags of the rendered page, in order: text can change none of them. */
function skeleton(text: string): string[] {
  const html = marked.parse(markdown(sampleReport(text)), { gfm: true, async: false });
  return [...html.matchAll(/<(\/?[a-z][a-z0-9]*)([^>]*)>/gi)].map(([, tag, attributes]) => `${tag}${attributes}`);
}

test('no text changes the structure of the page', () => {
  assert.ok(hostile.length >= 60);
  const expected = skeleton('plain');
  // white space alone makes an empty paragraph, which is none
  for (const text of hostile) if (text.trim()) assert.deepEqual(skeleton(text), expected, JSON.stringify(text));
});

test('the page shows every text as it is', () => {
  const shown = (text: string) =>
    marked.parse(words(text), { gfm: true, async: false }).replaceAll(/\u200b|<\/?p>/g, '');
  for (const text of [
    'a@b $1 #2 GH-3',
    'x_y __z__ *a* `b` ~c~',
    '&lt; &amp; <b> a && b',
    '1. - # [l](h) {x} \\ | ! +',
  ]) {
    const plain = shown(text).replaceAll(/&(#\d+|\w+);/g, (entity) => entities[entity] ?? entity);
    assert.equal(plain.trim(), text);
  }
});

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&#36;': '$',
  '&#39;': "'",
};

test('nobody is mentioned, nothing is linked or loaded', () => {
  for (const text of hostile) {
    const html = marked.parse(markdown(sampleReport(text)), { gfm: true, async: false });
    assert.doesNotMatch(html, /<(a|img|script|iframe)\b/i, JSON.stringify(text));
    // GitHub looks for people and issues in the text of the page, but not inside code
    const outside = html.replaceAll(/<(pre|code)\b[^>]*>[\s\S]*?<\/\1>|&#\d+;/g, '');
    assert.doesNotMatch(outside, /@\w|\bgh-\d|#\d/i, JSON.stringify(text));
  }
});

test('control characters are shown, not sent, in the terminal too', () => {
  for (const text of hostile) {
    const shown = terminal(sampleReport(text), { colour: false, width: 80 });
    assert.doesNotMatch(shown, /(?![\n\t])\p{Cc}|[\u202e\u200b\ufeff]/u, JSON.stringify(text));
  }
});

test('a report never exceeds its limit, and says what it left out', () => {
  for (const [findings, limit] of [
    [40, 65_536],
    [400, 65_536],
    [10_000, 65_536],
    [40, 5000],
    [3, 2000],
  ] as const) {
    const text = markdown(sampleReport('plain', findings), { limit });
    assert.ok(text.length <= limit, `${text.length} for ${limit}`);
    assert.match(text, /^### ⛔|^### 🚧/);
    const open = [...text.matchAll(/<details>/g)].length;
    assert.equal([...text.matchAll(/<\/details>/g)].length, open);
    if (findings >= 400 || limit < 65_536) assert.match(text, /Left out, as there is no more room here/);
  }
});

import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { KnownError } from './model/error.ts';
import type { Given } from './model/given.ts';
import { definitionOf } from './settings.ts';

/** What the text of a settings file gives. Throws `KnownError` for text that is not YAML, or no map. */
export function settingsIn(text: string, path: string): Given[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (node: unknown) => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
  const [error] = document.errors;
  if (error) throw refused(`The file is not valid YAML: ${error.message}.`, path, lines.linePos(error.pos[0]).line);
  visit(document, {
    Alias: (_key, alias) => {
      if (!alias.resolve(document)) throw refused(`There is no anchor &${alias.source}.`, path, lineOf(alias));
    },
  });
  const { contents } = document;
  if (contents === null) return [];
  if (!isMap(contents)) throw refused('The file must hold settings, one `name: value` a line.', path, 1);
  return contents.items.map(({ key, value }) => ({
    name: textOf(key),
    source: `${path}:${lineOf(key)}`,
    ...valueIn(textOf(key), value as Node | null, document),
  }));
}

function refused(message: string, path: string, line: number): KnownError {
  return new KnownError(message.replace(/\.+$/, '.'), { place: { path, line } });
}

/** A scalar as it was written: `0041` is no number, `1e5` may be a commit. */
function valueIn(name: string, written: Node | null, document: Document): Pick<Given, 'value' | 'fault'> {
  if (definitionOf(name)?.eachRun)
    return { value: '', fault: `\`${name}\` is decided anew for each run, not in the file.` };
  const node = isAlias(written) ? written.resolve(document) : written;
  if (node === null || node === undefined) return { value: '' };
  if (isScalar(node)) return { value: textOf(node) };
  const isList = definitionOf(name)?.type === 'list';
  if (isSeq(node) && isList && node.items.every(isScalar)) return { value: node.items.map(textOf).join('\n') };
  const kind = isSeq(node) ? (isList ? 'lists in it' : 'a list') : 'a map';
  return { value: '', fault: `\`${name}\` takes ${isList ? 'a list of values' : 'one value'}, not ${kind}.` };
}

function textOf(node: unknown): string {
  if (!isScalar(node)) return '';
  return node.value === null ? '' : (node.source ?? String(node.value));
}

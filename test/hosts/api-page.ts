import { marked } from 'marked';

/** Where a comment may lead. */
export const whole = 'https://github.com/octocat/hello/actions/runs/1';

const allowed = 'h3 p br table thead tbody tr th td details summary code pre sub ul li strong blockquote a'.split(' ');

/** Elements with their attributes, and the text that is not code, as a browser and GitHub’s filters see them. */
export function seen(markdown: string): { elements: string[]; text: string; diagrams: string[] } {
  const html = marked.parse(markdown, { gfm: true, async: false });
  const diagrams = [...html.matchAll(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g)];
  const elements = [...html.matchAll(/<(\/?)([a-z][^\s/>]*)([^>]*)>/gi)].map(
    ([, end, name, rest]) => `${end}${name}${rest}`,
  );
  const text = html.replaceAll(/<(code|a)\b[^>]*>[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]*>/g, ' ');
  return { elements, text: decoded(text), diagrams: diagrams.map(([, each = '']) => decoded(each)) };
}

function decoded(html: string): string {
  return html
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(
      /&(lt|gt|quot|#39|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? "'",
    );
}

const attributes: Readonly<Record<string, RegExp>> = {
  a: /^ href="https:\/\/github\.com\/octocat\/hello\/actions\/runs\/\d+"$/,
  th: /^ align="right"$/,
  td: /^ align="right"$/,
};

/** Why a page holds something that is not ours; undefined for none. */
export function foreign(markdown: string): string | undefined {
  const { elements, text, diagrams } = seen(markdown);
  const strange = elements.find((each) => {
    const [, name = '', rest = ''] = /^\/?([a-z0-9]+)(.*)$/s.exec(each) ?? [];
    const known = attributes[name] ?? /^ class="language-\w+"$/;
    return !allowed.includes(name) || (rest !== '' && !known.test(rest));
  });
  if (strange) return `<${strange}>`;
  const [found] = /@[\w-]|#\d|\bgh-\d|\w:\/\/\w|\bwww\.\w/i.exec(text) ?? [];
  if (found) return found;
  const odd = diagrams.flatMap((each) => each.split('\n')).find((line) => line !== '' && !diagramLine.test(line));
  return odd === undefined ? undefined : `in the diagram: ${odd}`;
}

const name = '[\\p{L}\\p{N}_]+';
const diagramLine = new RegExp(
  `^(erDiagram| {4}${name}\\["[^"%{}\`]*"\\] \\{| {4}\\}| {8}${name} ${name}( (PK|FK|UK)(,(FK|UK))*)?( "[a-z]+")?| {4}${name} \\|\\|--o\\{ ${name} : "[^"%{}\`]*")$`,
  'u',
);

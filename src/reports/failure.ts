import type { Place } from '../model/error.ts';
import { code, words } from './escape.ts';

/** Why there is no report, in Markdown: the first line as the verdict, what else was said and the remedy below it. */
export function failureMarkdown(message: string, help?: string, place?: Place): string {
  const [first = '', ...rest] = message.split('\n').filter(Boolean);
  const lines = rest.map((each) => (each.startsWith('- ') ? `- ${words(each.slice(2))}` : words(each)));
  const where = place ? `In ${code(`${place.path}${place.line ? `:${place.line}` : ''}`)}` : '';
  const blocks = [
    `### ❌ Lockkeeper: ${words(first)}`,
    where,
    lines.join('\n'),
    ...(help ? help.split('\n').map(words) : []),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

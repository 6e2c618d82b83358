import type { Presentation } from '../model/host.ts';
import type { Page } from './page.ts';
import { markdownPage } from './page-markdown.ts';
import { terminalPage } from './page-terminal.ts';

/** A page in every form that a host may ask for. */
export function presentationOfPage(page: Page, outputs: Readonly<Record<string, string>>): Presentation {
  return {
    terminal: (options) => terminalPage(page, options),
    markdown: (limit) => markdownPage(page, limit),
    comment: ({ limit }) => markdownPage(page, limit),
    idle: false,
    annotations: () => [],
    outputs: () => ({ outcome: page.good ? 'passed' : 'failed', ...outputs }),
  };
}

import type { Page } from '../page.ts';
import { markdownPage } from '../page-markdown.ts';
import { htmlDocument } from './document.ts';

/** What a command came to as a page of its own. */
export function htmlPage(page: Page): string {
  return htmlDocument(`Lockkeeper: ${page.headline}`, markdownPage(page));
}

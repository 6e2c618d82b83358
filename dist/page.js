import { t as markdownPage } from "./page-markdown.js";
import { t as htmlDocument } from "./document.js";

// src/reports/html/page.ts
/** What a command came to as a page of its own. */
function htmlPage(page) {
	return htmlDocument(`Lockkeeper: ${page.headline}`, markdownPage(page));
}

export { htmlPage };
const creations = /\bcreate\s+(?:role|user|group)\b(?!\s+mapping)|\brename\s+to\b/gi;
const roleWork = /\b(?:create|alter|drop)\s+(?:role|user|group)\b(?!\s+mapping)/i;
const words = /"((?:[^"]|"")+)"|'((?:[^']|'')+)'|[\p{L}\p{N}_$-]+/gu;

/** Characters around CREATE ROLE in which a role's name stands, also where a loop in a code block makes the text. */
const vicinity = 2000;

/** Whether a text creates, changes or drops roles, itself or inside a code block. */
export function worksWithRoles(text: string): boolean {
  return roleWork.test(text);
}

/** Whether a text creates a role, itself or inside a code block. */
export function createsRoles(text: string): boolean {
  return text.search(creations) >= 0 && worksWithRoles(text);
}

/** What can be the name of a role that a text creates: everything near CREATE ROLE that can be a name. */
export function rolesPerhapsCreatedBy(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  if (!worksWithRoles(text)) return names;
  for (const { index } of text.matchAll(creations)) {
    const near = text.slice(Math.max(0, index - vicinity), index + vicinity);
    for (const name of namesIn(near)) names.add(name);
  }
  return names;
}

function* namesIn(text: string): Iterable<string> {
  for (const [word, identifier, string] of text.matchAll(words)) {
    if (identifier === undefined && string === undefined) yield word.toLowerCase();
    const content = identifier?.replaceAll('""', '"') ?? string?.replaceAll("''", "'");
    if (content === undefined) continue;
    if (content.length < 64) yield content;
    if (/[\s%]/.test(content)) yield* namesIn(content); // SQL that is executed as text
  }
}

/** Whether any of the texts names this: its name stands there as a word. */
export function mentions(texts: readonly string[]): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const answer =
      known.get(name) ??
      ((word) => texts.some((text) => word.test(text)))(
        new RegExp(`(?<![\\p{L}\\p{N}_$])${RegExp.escape(name)}(?![\\p{L}\\p{N}_$])`, 'iu'),
      );
    known.set(name, answer);
    return answer;
  };
}

import { expressionOf, type Pattern } from '../checks/limits.ts';

/** Characters that stand for `.` and for "any but these", the plainest first. */
const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. /:@#+,;!$%&*()=?';

/**
 * Texts that match a regular expression, shorter ones first; another `seed` gives others. None for what is too hard to
 * read: look-around, back references.
 */
export function* matching(pattern: Pattern, seed: number): Generator<string> {
  const expression = expressionOf(pattern);
  if (!expression) return;
  const seen = new Set<string>();
  for (const stretch of [0, 1, 2, 3, 5, 8, 12, 16, 24, 32, 40, 64]) {
    const text = new Reader(pattern.source, seed, stretch).read();
    if (text === undefined || seen.has(text) || !expression.test(text)) continue;
    seen.add(text);
    yield text;
  }
}

/** Walks along a pattern and writes down one text that it describes. */
class Reader {
  readonly #source: string;
  readonly #seed: number;
  readonly #stretch: number;
  #at = 0;

  constructor(source: string, seed: number, stretch: number) {
    this.#source = source;
    this.#seed = seed;
    this.#stretch = stretch;
  }

  read(): string | undefined {
    try {
      const text = this.#alternatives();
      return this.#at === this.#source.length ? text : undefined;
    } catch (error) {
      if (error instanceof TooHard) return undefined;
      throw error;
    }
  }

  #alternatives(): string {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return options[(this.#seed - 1) % options.length] as string;
  }

  #sequence(): string {
    let text = '';
    while (this.#at < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') text += this.#repeated();
    return text;
  }

  #repeated(): string {
    const piece = this.#atom();
    const [least, most] = this.#quantifier();
    return piece.repeat(Math.min(most, Math.max(least, this.#stretch), least + this.#stretch));
  }

  #quantifier(): [number, number] {
    const [found, symbol, least, comma, most] =
      /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at)) ?? [];
    if (found === undefined) return [1, 1];
    this.#at += found.length;
    if (symbol) return [symbol === '+' ? 1 : 0, symbol === '?' ? 1 : 1000];
    const low = Number(least);
    return [low, comma ? Number(most || 1000) : low];
  }

  #atom(): string {
    const token = this.#next();
    if (token === '^' || token === '$') return '';
    if (token === '.') return this.#choose(plain);
    if (token === '[') return this.#choose(this.#bracket());
    if (token === '\\') return this.#escape();
    return token === '(' ? this.#group() : token;
  }

  #group(): string {
    if (this.#take('?') && !this.#take(':')) throw new TooHard();
    const text = this.#alternatives();
    if (!this.#take(')')) throw new TooHard();
    return text;
  }

  #escape(): string {
    const letter = this.#next();
    if (letter === 'b') return '';
    const set = sets[letter];
    if (set) return this.#choose(set);
    if (/[0-9a-zA-Z]/.test(letter)) return this.#control(letter);
    return letter;
  }

  #control(letter: string): string {
    const control = { n: '\n', t: '\t', r: '\r' }[letter];
    if (control === undefined) throw new TooHard();
    return control;
  }

  /** The characters that a bracket expression allows. */
  #bracket(): string {
    const negated = this.#take('^');
    let members = '';
    for (let first = true; first || this.#peek() !== ']'; first = false) members += this.#members();
    this.#next();
    return negated ? [...plain].filter((each) => !members.includes(each)).join('') : members;
  }

  #members(): string {
    const low = this.#member();
    if (low.length > 1 || this.#peek() !== '-' || this.#source[this.#at + 1] === ']') return low;
    this.#next();
    const [from, to] = [low.codePointAt(0) ?? 0, this.#member().codePointAt(0) ?? 0];
    return Array.from({ length: Math.min(Math.max(to - from + 1, 0), 200) }, (_, index) =>
      String.fromCodePoint(from + index),
    ).join('');
  }

  #member(): string {
    const letter = this.#next();
    if (letter !== '\\') return letter;
    const escaped = this.#next();
    return sets[escaped] ?? { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped;
  }

  #choose(characters: string): string {
    if (characters === '') throw new TooHard();
    return characters[(this.#seed - 1) % characters.length] as string;
  }

  #peek(): string {
    return this.#source[this.#at] ?? '';
  }

  #next(): string {
    const letter = this.#peek();
    if (letter === '') throw new TooHard();
    this.#at += 1;
    return letter;
  }

  #take(letter: string): boolean {
    if (this.#peek() !== letter) return false;
    this.#at += 1;
    return true;
  }
}

class TooHard extends Error {}

const sets: Readonly<Record<string, string>> = {
  d: '123456789',
  w: 'abcdefghijklmnopqrstuvwxyz0123456789_',
  s: ' ',
  D: plain.replace(/\d/g, ''),
  W: plain.replace(/\w/g, ''),
  S: plain.replace(/\s/g, ''),
};

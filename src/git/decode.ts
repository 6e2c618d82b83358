import { KnownError } from '../model/error.ts';
import type { SourceFile } from '../model/migration.ts';

/** A file's bytes as text. Throws `KnownError` with the line of the first byte that is not UTF-8, or is NUL. */
export function decode(path: string, bytes: Uint8Array): SourceFile {
  const text = tryDecode(bytes);
  if (text === undefined || bytes.includes(0)) throw notText(path, bytes);
  return hasByteOrderMark(bytes) ? { path, text, byteOrderMark: true } : { path, text };
}

function tryDecode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function notText(path: string, bytes: Uint8Array): KnownError {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const line = firstBadLine(bytes);
  return new KnownError(utf16 ? 'The file is UTF-16, not UTF-8.' : `Line ${line} is not UTF-8 text.`, {
    help: `Save it as UTF-8, for example: iconv -f ${utf16 ? 'UTF-16' : 'WINDOWS-1252'} -t UTF-8`,
    place: { path, line },
  });
}

/** A line feed is never part of another character in UTF-8, so lines can be judged one by one. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed;
    const slice = bytes.subarray(start, end);
    if (slice.includes(0) || tryDecode(slice) === undefined) return line;
    start = end + 1;
  }
  return line;
}

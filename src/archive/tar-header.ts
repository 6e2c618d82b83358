import { KnownError } from '../model/error.ts';

/** A tar is made of blocks of this size (POSIX.1-2017, pax, "ustar Interchange Format"). */
export const tarBlock = 512;

/** Why a tar cannot be read, as the end of a sentence. */
export function tarFault(why: string): KnownError {
  return new KnownError(`The tar ${why}.`, { reason: 'backup' });
}

/** What stands before a member. */
export interface Header {
  readonly name: string;
  readonly bytes: number;
  /** `extended` and `long name` speak of the member that follows them. */
  readonly kind: 'file' | 'folder' | 'extended' | 'long name' | 'other';
}

const kinds: Readonly<Record<string, Header['kind']>> = {
  '\0': 'file',
  '0': 'file',
  '5': 'folder',
  x: 'extended',
  L: 'long name',
};

/** The header of a file that its owner alone may read. */
export function headerOf({ name, bytes, modified }: { name: string; bytes: number; modified: Date }): Buffer {
  const header = Buffer.alloc(tarBlock);
  if (Buffer.byteLength(name) > 100) throw new Error(`The name ${name} is too long for a tar.`);
  header.write(name, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  writeSize(header, bytes);
  header.write(`${octal(Math.floor(modified.getTime() / 1000), 11)}\0`, 136);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(`${octal(sumOf(header), 6)}\0 `, 148);
  return header;
}

/** Eleven octal digits; from 8 GiB on as a binary number, which GNU, BSD and busybox read alike. */
function writeSize(header: Buffer, bytes: number): void {
  if (bytes < 8 ** 11) header.write(`${octal(bytes, 11)}\0`, 124);
  else {
    header.writeUInt8(0x80, 124);
    header.writeBigUInt64BE(BigInt(bytes), 128);
  }
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

/** The header in a block; none at the end, which is a block of zeros. Throws for a block that is neither. */
export function headerAt(block: Buffer): Header | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (Number.parseInt(text(block, 148, 8), 8) !== sumOf(block)) throw tarFault('is damaged');
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    name: prefix ? `${prefix}/${name}` : name,
    bytes: sizeIn(block),
    kind: kinds[block.toString('latin1', 156, 157)] ?? 'other',
  };
}

function sizeIn(block: Buffer): number {
  if (block.readUInt8(124) & 0x80) return Number(block.readBigUInt64BE(128));
  const bytes = Number.parseInt(text(block, 124, 12), 8);
  if (Number.isNaN(bytes)) throw tarFault('is damaged');
  return bytes;
}

/** What an extended header says of the next one: records such as `20 size=8589934592`, or a name alone. */
export function renamed(kind: 'extended' | 'long name', content: Buffer): Partial<Header> {
  if (kind === 'long name') return { name: text(content, 0, content.length) };
  const records = content.toString('utf8').split('\n');
  const said = (key: string) => records.find((each) => each.includes(` ${key}=`))?.split('=', 2)[1];
  const [name, bytes] = [said('path'), said('size')];
  return { ...(name && { name }), ...(bytes && { bytes: Number(bytes) }) };
}

/** Until the first NUL. */
function text(block: Buffer, from: number, length: number): string {
  const [value = ''] = block.toString('utf8', from, from + length).split('\0');
  return value.trim();
}

/** Of all bytes, with spaces for the sum itself. */
function sumOf(block: Buffer): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

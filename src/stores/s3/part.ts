import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fileFault, KnownError } from '../../model/error.ts';
import type { PartSize } from './sizes.ts';

/** A part that fills, and then is sent, more than once if need be. */
export interface Part {
  readonly bytes: number;
  /** How much more it takes. */
  readonly room: number;
  add(chunk: Uint8Array): Promise<void>;
  /** Base64, as S3 writes them. */
  crc32(): string;
  /** Only where the body is a stream, as the signature covers bytes that are at hand and no others. */
  md5(): string | undefined;
  body(): Uint8Array | Readable;
  /** Gives back what it holds. */
  release(): Promise<void>;
}

/** Memory of parts that were sent, to be used again: left to the garbage collector, it grows to several times as much. */
export class Buffers {
  #free: Buffer[] = [];

  take(bytes: number): Buffer {
    const index = this.#free.findIndex(({ length }) => length === bytes);
    if (index >= 0) return this.#free.splice(index, 1)[0] as Buffer;
    // of another size, and no longer of use
    this.#free = [];
    return Buffer.allocUnsafeSlow(bytes);
  }

  give(buffer: Buffer): void {
    // twice in here, it would be two parts' at once
    if (!this.#free.includes(buffer)) this.#free.push(buffer);
  }

  /** Returns the memory at once, where the garbage collector would wait; only when nothing that was sent is still under way. */
  free(): void {
    for (const { buffer } of this.#free.splice(0)) if (buffer instanceof ArrayBuffer) buffer.transfer(0);
  }
}

export async function beginPart(size: PartSize, buffers: Buffers): Promise<Part> {
  return size.onDisk ? new PartOnDisk(await nameless(), size.bytes) : new PartInMemory(size.bytes, buffers);
}

class PartInMemory implements Part {
  bytes = 0;
  readonly #buffer: Buffer;
  readonly #buffers: Buffers;

  constructor(size: number, buffers: Buffers) {
    this.#buffer = buffers.take(size);
    this.#buffers = buffers;
  }

  get room(): number {
    return this.#buffer.length - this.bytes;
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.#buffer.set(chunk, this.bytes);
    this.bytes += chunk.length;
  }

  crc32(): string {
    return base64(crc32(this.body()));
  }

  md5(): undefined {
    return undefined;
  }

  body(): Uint8Array {
    return this.#buffer.subarray(0, this.bytes);
  }

  async release(): Promise<void> {
    this.#buffers.give(this.#buffer);
  }
}

class PartOnDisk implements Part {
  bytes = 0;
  #crc32 = 0;
  readonly #md5 = createHash('md5');
  readonly #size: number;
  readonly #file: FileHandle;
  #digest: string | undefined;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.#size = size;
  }

  get room(): number {
    return this.#size - this.bytes;
  }

  async add(chunk: Uint8Array): Promise<void> {
    await this.#file.writeFile(chunk).catch(unwritable);
    this.#crc32 = crc32(chunk, this.#crc32);
    this.#md5.update(chunk);
    this.bytes += chunk.length;
  }

  crc32(): string {
    return base64(this.#crc32);
  }

  md5(): string {
    this.#digest ??= this.#md5.digest('base64');
    return this.#digest;
  }

  body(): Readable {
    return this.#file.createReadStream({ start: 0, end: this.bytes - 1, autoClose: false, highWaterMark: 1 << 20 });
  }

  release(): Promise<void> {
    return this.#file.close();
  }
}

/** A file without a name: nothing is left of it when the process ends, however it does. */
async function nameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `lockkeeper-part-${randomBytes(8).toString('hex')}`);
  const file = await open(path, 'wx+', 0o600).catch(unwritable);
  await unlink(path).catch(unwritable);
  return file;
}

function unwritable(cause: NodeJS.ErrnoException): never {
  throw new KnownError(
    `Parts of very large uploads wait in ${tmpdir()}, which cannot be written: ${fileFault(cause)}.`,
    {
      reason: 'backup',
      help: 'Give it 6 GB, or name another folder in TMPDIR.',
      cause,
    },
  );
}

/** The number as four bytes, the highest first. */
function base64(sum: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(sum);
  return bytes.toString('base64');
}

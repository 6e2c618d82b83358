const newline = 0x0a;

/** Ends the rows of a table (COPY, "Text Format"). */
const endOfRows = '\n\\.';

/** A part of a dump, in bytes from its beginning. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Is given each line that ended, with where it stands, its end included; says whether rows follow it. */
type Take = (line: string, span: Span) => boolean;

/**
 * Cuts a dump into lines, passing over the rows of tables at the speed of a search. Lines are strings of one character a
 * byte, without their end.
 */
export class Lines {
  /** Of a line that has not ended. */
  #pieces: Buffer[] = [];
  #inRows = false;
  /** Bytes that were taken, and where the line began that has not ended. */
  #taken = 0;
  #from = 0;

  /** The dump has ended among rows. */
  get inRows(): boolean {
    return this.#inRows;
  }

  /** Takes the next bytes. */
  feed(piece: Uint8Array, take: Take): void {
    let rest: Buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    while (rest.length > 0) {
      const before = rest.length;
      rest = this.#inRows ? this.#passRows(rest) : this.#takeLine(rest, take);
      this.#taken += before - rest.length;
      if (!this.#inRows && this.#pieces.length === 0) this.#from = this.#taken;
    }
  }

  /** The last line, where nothing ends it. */
  end(take: Take): void {
    if (!this.#inRows && this.#pieces.length > 0) this.#takeLine(Buffer.from('\n'), take);
  }

  #takeLine(bytes: Buffer, take: Take): Buffer {
    const end = bytes.indexOf(newline);
    this.#pieces.push(bytes.subarray(0, end < 0 ? bytes.length : end));
    if (end < 0) return bytes.subarray(bytes.length);
    const line = Buffer.concat(this.#pieces);
    this.#pieces = [];
    const span = { from: this.#from, to: this.#from + line.length + 1 };
    this.#inRows = take(line.toString('latin1').replace(/\r$/, ''), span);
    return bytes.subarray(this.#inRows ? end : end + 1); // the newline before the rows belongs to their end
  }

  #passRows(bytes: Buffer): Buffer {
    const all = this.#pieces.length > 0 ? Buffer.concat([...this.#pieces, bytes]) : bytes;
    for (let at = all.indexOf(endOfRows); at >= 0; at = all.indexOf(endOfRows, at + 1)) {
      const after = all.subarray(at + endOfRows.length, at + endOfRows.length + 2).toString('latin1');
      const [end] = /^\r?\n/.exec(after) ?? [];
      if (end === undefined) continue;
      [this.#inRows, this.#pieces] = [false, []];
      return all.subarray(at + endOfRows.length + end.length);
    }
    this.#pieces = [Buffer.from(all.subarray(-endOfRows.length - 1))]; // half of the end may have come
    return bytes.subarray(bytes.length);
  }
}

const newline = 0x0a;

/** Ends the rows of a table (COPY, "Text Format"). */
const endOfRows = '\n\\.';

/**
 * Cuts a dump into lines, passing over the rows of tables at the speed of a search. Lines are strings of one character a
 * byte, without their end.
 */
export class Lines {
  /** Of a line that has not ended. */
  #pieces: Buffer[] = [];
  #inRows = false;

  /** The dump has ended among rows. */
  get inRows(): boolean {
    return this.#inRows;
  }

  /** Takes the next bytes. `take` is given each line that ended, and says whether rows follow it. */
  feed(piece: Uint8Array, take: (line: string) => boolean): void {
    let rest: Buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    while (rest.length > 0) rest = this.#inRows ? this.#passRows(rest) : this.#takeLine(rest, take);
  }

  /** The last line, where nothing ends it. */
  end(take: (line: string) => boolean): void {
    if (!this.#inRows && this.#pieces.length > 0) this.#takeLine(Buffer.from('\n'), take);
  }

  #takeLine(bytes: Buffer, take: (line: string) => boolean): Buffer {
    const end = bytes.indexOf(newline);
    this.#pieces.push(bytes.subarray(0, end < 0 ? bytes.length : end));
    if (end < 0) return bytes.subarray(bytes.length);
    const line = Buffer.concat(this.#pieces).toString('latin1').replace(/\r$/, '');
    this.#pieces = [];
    this.#inRows = take(line);
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

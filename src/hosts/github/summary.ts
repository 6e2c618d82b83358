/** GitHub refuses a step's summary of more bytes (1 MiB), with all that is in it. */
const limit = 1_048_576;

/** The longest text that fits; `text` is asked for at most so many characters, which are one to three bytes each. */
export function fitted(text: (characters: number) => string): string {
  for (let characters = limit; ; ) {
    const found = text(characters);
    const bytes = Buffer.byteLength(found);
    if (bytes <= limit) return found;
    // what is left out may have been of shorter characters than what is kept: hence more than one try
    characters = Math.floor(characters * Math.min(0.9, limit / bytes));
  }
}

/** GitHub refuses a step's summary of more bytes (1 MiB), with all that is in it. */
const limit = 1_048_576;

/** The longest text that fits; `text` is asked for at most so many characters, which are one to three bytes each. */
export function fitted(text: (characters: number) => string): string {
  const whole = text(limit);
  const bytes = Buffer.byteLength(whole);
  return bytes <= limit ? whole : text(Math.floor((limit / bytes) * limit * 0.9));
}

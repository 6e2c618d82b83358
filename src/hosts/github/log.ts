/** What is said in the log of a job, secrets replaced, and what is handed to later steps. */
export interface Log {
  info(text: string): void;
  /** Also shown on the page of the run. */
  warning(text: string): void;
  /** The same for what is good to know. */
  notice(text: string): void;
  output(name: string, value: string): void;
}

/** A log line of ours must not be taken for a workflow command: `::name::` after white space, `##[name]` anywhere. */
export function harmless(text: string): string {
  return text.replaceAll(/^([\s\u0085\u200b]*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '#\u200b#[');
}

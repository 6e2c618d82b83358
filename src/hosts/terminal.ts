import { createInterface } from 'node:readline/promises';
import type { Given } from '../model/given.ts';
import type { Host } from '../model/host.ts';
import { Secrets } from './secrets.ts';

/** A terminal or a pod: the report on standard output, progress and errors on standard error. */
export function terminalHost(given: readonly Given[], environment: NodeJS.ProcessEnv = process.env): Host {
  const secrets = new Secrets();
  const live = process.stderr.isTTY === true && !environment.CI;
  const clear = () => {
    if (live) process.stderr.write('\r\u001b[K');
  };
  return {
    name: live || process.stdout.isTTY ? 'terminal' : 'pod',
    progress: {
      ...(live && { live }),
      step: (text) => {
        clear();
        process.stderr.write(secrets.hide(live ? `${text} …` : `${text}\n`));
      },
    },
    given: () => given,
    base: async () => undefined,
    mask: (secret) => secrets.add(secret),
    publish: async (presentation, { colour, quiet }) => {
      clear();
      const stream = quiet ? process.stderr : process.stdout;
      const wanted = colour === 'always' || (colour === 'auto' && stream.isTTY === true && !environment.NO_COLOR);
      stream.write(secrets.hide(presentation.terminal({ colour: wanted, width: stream.columns || 100 })));
    },
    ...(process.stdin.isTTY && process.stdout.isTTY && !environment.CI && { ask }),
    fail: (message) => {
      clear();
      process.stderr.write(`${secrets.hide(message)}\n`);
    },
  };
}

/** Whoever ends the input instead of answering gets what an empty answer gets. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return (await Promise.race([lines.question(question), ended])).trim();
  } finally {
    lines.close();
  }
}

import { appendFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import type { Given } from '../../model/given.ts';
import type { Host, Presentation } from '../../model/host.ts';
import { Secrets } from '../secrets.ts';
import { baseOf, readEvent } from './event.ts';
import { harmless, type Log } from './log.ts';
import type { Surroundings } from './pull-request.ts';
import { fitted } from './summary.ts';

/** A job on GitHub: log, annotations, job summary, outputs, and a comment on the pull request. */
export async function githubHost(given: readonly Given[], environment: NodeJS.ProcessEnv = process.env): Promise<Host> {
  const core = await import('@actions/core');
  const secrets = new Secrets();
  const log: Log = {
    info: (text) => core.info(harmless(secrets.hide(text))),
    warning: (text) => core.warning(secrets.hide(text)),
    notice: (text) => core.notice(secrets.hide(text)),
    output: (name, value) => core.setOutput(name, value),
  };
  const around: Surroundings = { environment, log, hide: (text) => secrets.hide(text) };
  return {
    name: 'github',
    progress: { step: log.info },
    given: () => given,
    base: async () => baseOf(await readEvent(environment), environment),
    mask: (secret) => {
      secrets.add(secret);
      core.setSecret(secret);
    },
    publish: async (presentation, { quiet, comment }) => {
      if (!quiet) log.info(presentation.terminal({ colour: false, width: 120 }));
      for (const { level, path, line, title, message } of presentation.annotations()) {
        core[level](secrets.hide(message), { file: path, startLine: line, title: secrets.hide(title) });
      }
      await summarise(presentation, environment.GITHUB_STEP_SUMMARY, secrets);
      for (const [name, value] of Object.entries(presentation.outputs())) log.output(name, value);
      if (!comment) return;
      const { commentOnPullRequest } = await import('./pull-request.ts');
      await commentOnPullRequest(presentation, comment, around);
    },
    stored: async (request) => (await import('./stored.ts')).storedReport(request, around),
    announce: async (announcement) => (await import('./announcer.ts')).announcer(announcement, around),
    fail: (message, place, markdown) => {
      core.error(secrets.hide(message), { ...(place && { file: place.path, startLine: place.line ?? 1 }) });
      const file = environment.GITHUB_STEP_SUMMARY;
      if (file && markdown) appendFileSync(file, secrets.hide(markdown));
    },
  };
}

async function summarise(presentation: Presentation, file: string | undefined, secrets: Secrets): Promise<void> {
  if (file)
    await appendFile(
      file,
      fitted((limit) => secrets.hide(presentation.markdown(limit))),
    );
}

import { parseDocument } from 'yaml';
import { KnownError } from '../../model/error.ts';
import type { Tree } from '../../model/migration.ts';
import { read } from './expression.ts';

/** A place in the repository's workflows where Lockkeeper is called already. */
export interface Call {
  /** Of the workflow file. */
  readonly path: string;
  readonly text: string;
  /** The workflow's name; its path where it has none, as GitHub has it. */
  readonly workflow: string;
  readonly command: string;
  /** The folder it works in, relative to the repository; empty for the top. */
  readonly folder: string;
  /** Behind the `@`: a tag, a branch or a commit. */
  readonly ref: string;
  /** It calls check.yml, not the action. */
  readonly reusable: boolean;
}

interface Step {
  readonly uses?: unknown;
  readonly with?: Readonly<Record<string, unknown>> | null;
}

/** Where the repository's workflows call Lockkeeper. Files that are no YAML call nothing. */
export async function callsIn(tree: Tree): Promise<Call[]> {
  const paths = (await tree.list('.github/workflows')).filter((path) => /\/[^/]+\.ya?ml$/.test(path));
  const found = await Promise.all(
    paths.map(async (path) => {
      try {
        return (await tree.read([path])).flatMap(({ text }) => callsInFile(path, text));
      } catch (error) {
        if (error instanceof KnownError) return [];
        throw error;
      }
    }),
  );
  return found.flat();
}

function callsInFile(path: string, text: string): Call[] {
  const document = parseDocument(text);
  if (document.errors.length > 0) return [];
  const { name, jobs } = Object(document.toJS()) as { name?: unknown; jobs?: unknown };
  const steps = Object.values(Object(jobs) as Record<string, unknown>).flatMap((job) => {
    const { steps: own } = Object(job) as { steps?: unknown };
    return [job, ...(Array.isArray(own) ? own : [])].map((step) => Object(step) as Step);
  });
  return steps.flatMap((step) => {
    const [, workflow, ref] =
      /^lockkeeper\/lockkeeper(\/\.github\/workflows\/check\.ya?ml)?@(.+)$/.exec(String(step.uses)) ?? [];
    if (ref === undefined) return [];
    const { command = 'check', 'working-directory': folder = '' } = Object(step.with) as Record<string, unknown>;
    const place = { path, text, workflow: typeof name === 'string' ? name : path };
    return [
      { ...place, command: String(command), folder: plain(String(folder)), ref, reusable: workflow !== undefined },
    ];
  });
}

/** `./services/billing/` is `services/billing`. */
function plain(folder: string): string {
  return read(folder)
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

import { KnownError } from './model/error.ts';
import type { Given } from './model/given.ts';
import { nearest } from './model/nearest.ts';
import {
  type Definition,
  definitionOf,
  definitions,
  type ReportSetting,
  type SettingName,
  type Settings,
} from './settings.ts';

const reportSettings = Object.keys(definitions).filter((name): name is ReportSetting => name.startsWith('report-'));

/** Values that the design knows and this version does not offer yet. */
const announced: Readonly<Record<string, readonly string[]>> = {
  server: ['docker', 'none'],
  tool: [
    'dbmate',
    'atlas',
    'flyway',
    'liquibase',
    'prisma',
    'drizzle',
    'sqlx',
    'diesel',
    'alembic',
    'django',
    'rails',
    'knex',
    'supabase',
  ],
};

/** Makes settings of what was given, strongest source first. Throws one `KnownError` with all complaints. */
export function settingsFrom(given: readonly Given[]): Settings {
  const complaints: string[] = [];
  const chosen = new Map<string, Given>();
  for (const each of given) {
    const complaint = complaintAbout(each);
    if (complaint) complaints.push(`${each.source}: ${complaint}`);
    else if (each.value !== '' && !chosen.has(each.name)) chosen.set(each.name, each);
  }
  complaints.push(...contradictions((name) => chosen.get(name)));
  if (complaints.length > 0)
    throw new KnownError(
      complaints.length === 1
        ? (complaints[0] as string)
        : `Settings:\n${complaints.map((each) => `- ${each}`).join('\n')}`,
    );
  return toSettings((name) => chosen.get(name)?.value ?? (definitions[name] as Definition).default);
}

/** Settings that make no sense together. */
function contradictions(get: (name: SettingName) => Given | undefined): string[] {
  const [server, url] = [get('server'), get('server-url')];
  const both = (a: SettingName, b: SettingName) => get(a) !== undefined && get(b) !== undefined;
  const found: string[] = [];
  if (both('base', 'applied-through'))
    found.push('`base` and `applied-through` exclude each other: one says by git what is applied, the other by name.');
  // a variable may stand there for other steps of the job
  if (server && url && !url.source.startsWith('LOCKKEEPER_') && !['auto', 'existing'].includes(server.value))
    found.push(`${url.source}: \`server: ${server.value}\` starts a server of its own; leave one of the two out.`);
  const onOutput = reportSettings.filter((name) => get(name)?.value === '-');
  if (onOutput.length > 1)
    found.push(
      `${onOutput.map((name) => `\`${name}\``).join(' and ')} cannot all be standard output: give each a file.`,
    );
  return found;
}

function toSettings(get: (name: SettingName) => string | undefined): Settings {
  const list = (name: SettingName) =>
    (get(name) ?? '')
      .split(/[\n,]/)
      .map((each) => each.trim())
      .filter(Boolean);
  const optional = <K extends string>(key: K, name: SettingName) => {
    const value = get(name);
    return (value ? { [key]: value } : {}) as { readonly [P in K]?: string };
  };
  const postgres = get('postgres');
  return {
    tool: get('tool') as string,
    migrations: list('migrations'),
    ...optional('base', 'base'),
    ...optional('appliedThrough', 'applied-through'),
    server: get('server') as Settings['server'],
    ...optional('serverUrl', 'server-url'),
    ...(postgres && { postgres: Number(postgres) }),
    failOn: get('fail-on') as Settings['failOn'],
    protected: list('protected'),
    seedRows: Number(get('seed-rows')),
    statementLimit: Number(get('statement-limit')),
    reports: Object.fromEntries(reportSettings.flatMap((name) => (get(name) ? [[name, get(name)]] : []))),
    comment: get('comment') as Settings['comment'],
    commentId: get('comment-id') ?? '',
    ...optional('githubToken', 'github-token'),
    workingDirectory: get('working-directory') as string,
    colour: get('colour') as Settings['colour'],
  };
}

function complaintAbout({ name, value, source, fault }: Given): string | undefined {
  const definition = definitionOf(name);
  if (!definition) return `there is no setting \`${name}\`.${suggestion(name, Object.keys(definitions))}`;
  if (fault) return fault;
  if (value === '') return undefined;
  if (announced[name]?.includes(value) && !definition.values?.includes(value))
    return `\`${value}\` is not available yet in this version; there is ${definition.values?.join(', ')}.`;
  if (definition.type === 'choice' && !definition.values?.includes(value))
    return `\`${value}\` is none of ${definition.values?.join(', ')}.${suggestion(value, definition.values ?? [])}`;
  if (definition.type === 'number') return complaintAboutNumber(value, definition);
  if (name === 'comment-id' && !/^[\w.-]{1,60}$/.test(value))
    return `\`${value}\` is not a name of up to 60 letters, digits, \`.\`, \`_\` and \`-\`.`;
  const secret = name === 'github-token' || (definition.type === 'secret' && /:\/\/[^/@]*:[^@]+@/.test(value));
  if (secret && source.startsWith('--'))
    return `a password on the command line is seen by everybody on the machine. Set ${variableOf(name)} instead.`;
  return undefined;
}

function complaintAboutNumber(value: string, { range = [0, Infinity], whole }: Definition): string | undefined {
  const [least, most] = range;
  const fits = /^\d+(\.\d+)?$/.test(value) && Number(value) >= least && Number(value) <= most;
  if (fits && (!whole || Number.isInteger(Number(value)))) return undefined;
  return `\`${value}\` is not a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`;
}

function variableOf(name: string): string {
  return `LOCKKEEPER_${name.toUpperCase().replaceAll('-', '_')}`;
}

function suggestion(word: string, known: readonly string[]): string {
  const [near] = nearest(word, known, 1);
  return near ? ` Did you mean \`${near}\`?` : '';
}

import { KnownError } from './model/error.ts';
import type { Given } from './model/given.ts';
import { nearest } from './model/nearest.ts';
import type { Definition } from './settings/definition.ts';
import { definitionOf, definitions, type ReportSetting, type SettingName, type Settings } from './settings.ts';

const isReport = (name: string): name is ReportSetting => name.startsWith('report-');
const reportSettings = Object.keys(definitions).filter(isReport);

/** Settings that the design knows and this version does not offer yet. */
const announcedSettings: readonly string[] = ['cache', 'image'];

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
  if (both('into', 'overwrite'))
    found.push('`into` names a new database, `overwrite` one that is there: leave one out.');
  if (both('backup', 'file')) found.push('`backup` and `file` exclude each other: each says what is restored.');
  if (both('plan', 'digest')) found.push('`plan` holds the digest: leave `digest` out.');
  if (both('plan', 'allow'))
    found.push('`plan` holds what was accepted when it was approved: leave `allow` out, or plan again with it.');
  const onOutput = reportSettings.filter((name) => get(name)?.value === '-');
  if (onOutput.length > 1)
    found.push(
      `${onOutput.map((name) => `\`${name}\``).join(' and ')} cannot all be standard output: give each a file.`,
    );
  return found;
}

function toSettings(get: (name: SettingName) => string | undefined): Settings {
  const names = (Object.keys(definitions) as SettingName[]).filter((name) => !isReport(name));
  return {
    ...Object.fromEntries(names.map((name) => [camel(name), parsed(get(name), definitions[name])])),
    reports: Object.fromEntries(reportSettings.flatMap((name) => (get(name) ? [[name, get(name)]] : []))),
  } as unknown as Settings;
}

/** Each as its type in `Value` says. */
function parsed(text: string | undefined, { type }: Definition): unknown {
  if (type === 'list') return (text ?? '').split(/[\n,]/).flatMap((each) => each.trim() || []);
  if (type === 'switch') return text !== undefined && isYes(text);
  if (type === 'number') return text === undefined ? undefined : Number(text);
  return type === 'duration' ? milliseconds(text) : text;
}

function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function isYes(text: string): boolean {
  return ['true', 'yes'].includes(text);
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

function milliseconds(text: string | undefined): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|[smhdw])$/.exec(text ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * units[unit as keyof typeof units];
}

function complaintAbout({ name, value, source, fault }: Given): string | undefined {
  const definition = definitionOf(name);
  if (!definition && announcedSettings.includes(name)) return `\`${name}\` is not available yet in this version.`;
  if (!definition) return `there is no setting \`${name}\`.${suggestion(name, Object.keys(definitions))}`;
  if (fault) return fault;
  if (value === '') return undefined;
  if (announced[name]?.includes(value) && !definition.values?.includes(value))
    return `\`${value}\` is not available yet in this version; there is ${definition.values?.join(', ')}.`;
  if (definition.type === 'choice' && !definition.values?.includes(value))
    return `\`${value}\` is none of ${definition.values?.join(', ')}.${suggestion(value, definition.values ?? [])}`;
  if (definition.type === 'switch' && !isYes(value) && !['false', 'no'].includes(value))
    return `\`${value}\` is neither \`true\` nor \`false\`.`;
  if (definition.type === 'duration' && milliseconds(value) === undefined)
    return `\`${value}\` is no length of time, such as \`90m\`, \`26h\`, \`7d\` or \`4w\`.`;
  if (definition.type === 'number') return complaintAboutNumber(value, definition);
  if (name === 'comment-id' && !/^[\w.-]{1,60}$/.test(value))
    return `\`${value}\` is not a name of up to 60 letters, digits, \`.\`, \`_\` and \`-\`.`;
  const secret = name === 'github-token' || (definition.type === 'secret' && holdsPassword.test(value));
  if (secret && source.startsWith('--'))
    return `a password on the command line is seen by everybody on the machine. Set ${variableOf(name)} instead.`;
  return undefined;
}

/** Between user and host, or as a parameter, as libpq takes it too. */
const holdsPassword = /:\/\/[^/@]*:[^@]+@|[?&]password=[^&#]/i;

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

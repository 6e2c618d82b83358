import type { Compression, DumpFormat } from '../../model/backup.ts';
import { KnownError } from '../../model/error.ts';

/** How keys of backups look unless one says otherwise. */
const defaultTemplate = 'postgres/{database}/backup_{timestamp}';

interface Naming {
  readonly keyTemplate: string;
  readonly target: { readonly database: string };
  readonly format: DumpFormat;
  readonly compression: Compression;
  readonly recipients: readonly string[];
}

/** The key of a dump: the template's text with the endings that say how to read it. */
export function keyOf({ keyTemplate, target, format, compression, recipients }: Naming, takenAt: Date): string {
  if (!keyTemplate.includes('{timestamp}')) {
    throw new KnownError(
      'The template for keys has no {timestamp}, so every backup would take the place of the last.',
      {
        help: `Write it like ${defaultTemplate}.`,
      },
    );
  }
  const name = keyTemplate
    .replaceAll('{database}', () => encodeURIComponent(target.database))
    .replaceAll('{timestamp}', () => timestamp(takenAt));
  const endings = [
    { custom: 'dump', plain: 'sql', directory: 'tar' }[format],
    { zstd: 'zst', gzip: 'gz', none: '' }[compression],
    recipients.length > 0 ? 'age' : '',
  ];
  return [name, ...endings.filter(Boolean)].join('.');
}

/** `20261121T020700123Z`: sorts by time, and two backups of one second differ. */
function timestamp(moment: Date): string {
  return moment.toISOString().replaceAll(/[-:.]/g, '');
}

const ending = '.manifest.json';

/** The key of a dump's manifest. */
export function manifestKey(dumpKey: string): string {
  return `${dumpKey}${ending}`;
}

/** Whether a key is a manifest's. */
export function isManifest(key: string): boolean {
  return key.endsWith(ending);
}

/** The key of the dump that a manifest describes. */
export function dumpKey(manifest: string): string {
  return manifest.slice(0, -ending.length);
}

/** The key of what a drill found; it stands beside the manifest. */
export function drillKey(manifest: string, startedAt: Date): string {
  return `${dumpKey(manifest)}.drill_${timestamp(startedAt)}.json`;
}

/** Whether a key is that of a drill of this manifest. */
export function isDrill(key: string, manifest: string): boolean {
  const start = `${dumpKey(manifest)}.drill_`;
  return key.startsWith(start) && /^\d{8}T\d{9}Z\.json$/.test(key.slice(start.length));
}

/** Where roles and their settings lie beside a dump. */
export function globalsKey(dumpKey: string, encrypted: boolean): string {
  return `${dumpKey}.globals.sql${encrypted ? '.age' : ''}`;
}

/** Whether a key belongs to what surrounds a dump. */
export function isBeside(key: string, dump: string): boolean {
  return key.startsWith(`${dump}.globals.sql`) || isDrill(key, manifestKey(dump));
}

/** Whether a key looks like one of our dumps: a time anywhere, and the endings; what surrounds a dump is none. */
export function isDump(key: string): boolean {
  return isOurs(key) && endings.test(key) && !surrounding.test(key);
}

/** Whether a key looks like one of ours: that of a dump, or of what surrounds one. */
export function isOurs(key: string): boolean {
  return time.test(key) && endings.test(key.replace(surrounding, ''));
}

/** What people call a dump by: its key from the part on that tells the time, without endings. */
export function nameIn(dumpKey: string): string {
  const parts = dumpKey.replace(endings, '').split('/');
  const first = parts.findIndex((part) => time.test(part));
  return parts.slice(first).join('/'); // the last one where none tells it
}

/** Whether what is under one key was begun after what is under the other, by their names; false for keys of different kinds. */
export function isLater(key: string, than: string): boolean {
  const [one, other] = [key, than].map((each) => ({ moment: time.exec(each)?.[0], kind: each.replace(time, '') }));
  return (
    one?.kind.replace(packing, '') === other?.kind.replace(packing, '') && (one?.moment ?? '') > (other?.moment ?? '')
  );
}

const packing = /\.(dump|sql|tar)(\.zst|\.gz)?(\.age)?/;
const time = /20\d\d(0[1-9]|1[0-2])[0-3]\dT[0-2]\d[0-5]\d[0-5]\d{4}Z/;
const endings = /\.(dump|sql|tar)(\.zst|\.gz)?(\.age)?$/;
const surrounding =
  /(?<=\.(dump|sql|tar)(\.zst|\.gz)?(\.age)?)\.(globals\.sql(\.age)?|manifest\.json|drill_\w+\.json)$/;

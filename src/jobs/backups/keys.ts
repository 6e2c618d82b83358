import { KnownError } from '../../model/error.ts';

/** How keys of backups look unless one says otherwise. */
export const defaultTemplate = 'postgres/{database}/backup_{timestamp}';

interface Naming {
  readonly keyTemplate: string;
  readonly target: { readonly database: string };
  readonly format: 'custom' | 'plain';
  readonly compression: 'zstd' | 'none';
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
    format === 'custom' ? 'dump' : 'sql',
    compression === 'zstd' ? 'zst' : '',
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

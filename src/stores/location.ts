import { fileURLToPath } from 'node:url';
import { KnownError } from '../model/error.ts';

/** What the setting `store` names. */
export type Location =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** Empty, or ends with `/`. */
      readonly prefix: string;
    };

const help = 'Write `s3://bucket/prefix`, or the path of a folder.';

/** Reads `s3://bucket/prefix`, a path, or `file:///path`; what is neither is told with what was probably meant. */
export function locate(text: string): Location {
  if (text.trim() === '') throw new KnownError('The store has no name.', { help });
  if (text.trim() !== text) throw new KnownError('The store has spaces before or after it.', { help });
  if (text.startsWith('s3://')) return bucketOf(text.slice('s3://'.length));
  if (text.startsWith('file:///')) return { kind: 'folder', path: pathOf(text) };
  refuseTypos(text);
  return { kind: 'folder', path: text };
}

function bucketOf(rest: string): Location {
  const slash = rest.indexOf('/');
  const bucket = slash < 0 ? rest : rest.slice(0, slash);
  const prefix = (slash < 0 ? '' : rest.slice(slash + 1)).replace(/\/$/, '');
  if (bucket.includes('@'))
    throw new KnownError('The store has credentials in its URL.', {
      help: 'Credentials come from AWS’s usual variables: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_ROLE_ARN.',
    });
  if (bucket === '') throw new KnownError('The store names no bucket.', { help });
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/.test(bucket))
    throw new KnownError(`${JSON.stringify(bucket)} cannot be the name of a bucket.`, {
      help: 'Names of buckets are 3 to 63 letters, digits, dots and hyphens. An endpoint is not part of it: set AWS_ENDPOINT_URL.',
    });
  if (/[?#]/.test(prefix))
    throw new KnownError('The store’s prefix has a `?` or `#`.', {
      help: 'Region and endpoint are set by AWS_REGION and AWS_ENDPOINT_URL.',
    });
  if (prefix.split('/').some((part, index) => part === '.' || part === '..' || (part === '' && (index > 0 || prefix))))
    throw new KnownError(`The store’s prefix ${JSON.stringify(prefix)} has an empty part, \`.\` or \`..\`.`, { help });
  return { kind: 's3', bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new KnownError('The store is a `file:` URL that names no path.', { help, cause });
  }
}

function refuseTypos(text: string): void {
  // without what follows, which might hold a password
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1];
  if (scheme?.toLowerCase() === 's3' || /^s3\/\//i.test(text))
    throw new KnownError('The store begins like S3, but not with `s3://`.', { help });
  if (scheme !== undefined && (text.startsWith(`${scheme}://`) || scheme.toLowerCase() === 'file'))
    throw new KnownError(`There is no way to a store of the kind \`${scheme}:\`.`, {
      help: `${help} Stores that speak S3 (MinIO, R2, Ceph, GCS …) are reached with AWS_ENDPOINT_URL.`,
    });
  if (/^~(\/|$)/.test(text))
    throw new KnownError('The store begins with `~`, which only a shell understands.', {
      help: 'Write the whole path of the folder.',
    });
}

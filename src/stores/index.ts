import type { Store } from '../model/store.ts';
import { locate } from './location.ts';
import type { StoreOptions } from './options.ts';

/**
 * The store that a URL or path names; its adapter is loaded only now.
 *
 * @throws KnownError (`usage`) where it names none, (`unreachable`) where a folder is not there. S3 is asked only when used.
 */
export async function openStore(url: string, options: StoreOptions): Promise<Store> {
  const location = locate(url);
  if (location.kind === 'folder') return (await import('./folder.ts')).openFolder(location.path);
  return (await import('./s3.ts')).openS3(location, options);
}

import { KnownError } from '../model/error.ts';
import type { Store } from '../model/store.ts';
import { openStore } from '../stores/index.ts';
import type { S3Options } from '../stores/options.ts';
import type { Door } from './door.ts';

/** The store that the settings name. */
export async function storeOf({ settings, host }: Pick<Door, 'settings' | 'host'>): Promise<Store> {
  if (!settings.store)
    throw new KnownError('It is not known where backups live.', {
      help: 'Set `store` (LOCKKEEPER_STORE): `s3://bucket/prefix`, or a folder that is there.',
    });
  return openStore(settings.store, { notice: host.progress.step, s3: s3Of(settings) });
}

function s3Of(settings: Door['settings']): S3Options {
  const { s3Region: region, s3Endpoint: endpoint, s3PathStyle: pathStyle, s3Checksums: checksums } = settings;
  const { s3Encryption: encryption, s3KmsKey: kmsKey, s3StorageClass: storageClass, s3LockMode: lockMode } = settings;
  return {
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(pathStyle !== 'auto' && { pathStyle: pathStyle === 'always' }),
    ...(checksums !== 'auto' && { checksums }),
    ...(encryption && { encryption }),
    ...(kmsKey && { kmsKey }),
    ...(storageClass && { storageClass }),
    ...(lockMode && { lockMode }),
  };
}

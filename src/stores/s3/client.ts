import { S3Client } from '@aws-sdk/client-s3';
import { KnownError } from '../../model/error.ts';
import type { S3Options } from '../options.ts';
import { gitHubCredentials } from './credentials.ts';

/** How a store is spoken to. */
export interface Speech {
  readonly client: S3Client;
  /** AWS's own S3, whose abilities are known. */
  readonly aws: boolean;
  /** Whether CRC32 sums go with what is written. */
  readonly checksums: boolean;
  /** Host of the endpoint; undefined for AWS's own. */
  readonly host: string | undefined;
  readonly region: string | undefined;
}

/** A client that does not try again by itself: requests.ts does. */
export function speak(options: S3Options, silence: number, env: NodeJS.ProcessEnv = process.env): Speech {
  const endpoint = options.endpoint || env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || undefined;
  const host = endpoint === undefined ? undefined : hostOf(endpoint);
  const aws = host === undefined || /\.amazonaws\.com(\.cn)?$/.test(host.replace(/:\d+$/, ''));
  const region = options.region || env.AWS_REGION || env.AWS_DEFAULT_REGION || (aws ? undefined : 'us-east-1');
  const credentials = gitHubCredentials(env);
  const client = new S3Client({
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(credentials && { credentials }),
    forcePathStyle: options.pathStyle ?? !aws,
    // ours are computed once per part, not once per attempt
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    // with it every part has a connection of its own
    expectContinueHeader: false,
    requestHandler: { connectionTimeout: Math.min(10_000, silence), socketTimeout: silence },
    // says nothing on its own: a stream that cannot be sent again is a warning to it
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const checksums = (options.checksums ?? (aws ? 'when-supported' : 'when-required')) === 'when-supported';
  return { client, aws, checksums, host, region };
}

function hostOf(endpoint: string): string {
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new KnownError('The S3 endpoint is not an `https:` or `http:` URL.', {
      help: 'Set AWS_ENDPOINT_URL to a URL like `https://s3.example.org`.',
    });
  if (url.username || url.password)
    throw new KnownError('The S3 endpoint has credentials in its URL.', {
      help: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead.',
    });
  return url.host;
}

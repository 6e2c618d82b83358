/** What the SDK tells of a request that failed, as far as it can be relied on. */
export interface Failure {
  /** S3's own code (`NoSuchKey`), or Node's (`ECONNRESET`); `Error` where there is none. */
  readonly code: string;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly message: string;
  /** Of the bucket, where the answer tells it. */
  readonly region: string | undefined;
  /** The SDK has set its clock by the answer: again may do. */
  readonly clockSet: boolean;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'Error', status: 0, message: '', region: undefined, clockSet: false };
  const { $metadata, $response, code, Code, Region, message, name, cause } = error as SdkError;
  const status = $metadata?.httpStatusCode ?? $response?.statusCode ?? 0;
  if (status === 0 && code === undefined && cause instanceof Error) return failureOf(cause);
  return {
    code: code ?? Code ?? name,
    status,
    message,
    region: Region ?? $response?.headers?.['x-amz-bucket-region'],
    clockSet: $metadata?.clockSkewCorrected === true,
  };
}

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
  readonly code?: string;
  readonly Code?: string;
  readonly Region?: string;
}

/** The credentials' time is over. */
export function isExpired({ code }: Failure): boolean {
  return ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired'].includes(code);
}

/** There was an answer, and it says no such object (HEAD has no code to tell it by). */
export function isMissing({ code, status }: Failure): boolean {
  return code === 'NoSuchKey' || (status === 404 && code !== 'NoSuchBucket' && code !== 'NoSuchUpload');
}

/** A condition (`If-None-Match`, `If-Match`) does not hold. */
export function isUnmet({ code, status }: Failure): boolean {
  return status === 412 || code === 'PreconditionFailed';
}

/** A header or request that the store does not know. */
export function isUnknown({ code, status }: Failure): boolean {
  return status === 501 || code === 'NotImplemented';
}

/** The same request may succeed in a while: the network, a store that is busy or broken, bytes corrupted on the way. */
export function isPassing(failure: Failure): boolean {
  if (isUnknown(failure)) return false;
  return failure.status >= 500 || failure.status === 429 || failure.clockSet || passing.has(failure.code);
}

/** It says nothing on what was asked: the store, the way to it or our right to be there is not what it was. */
export function isLost(failure: Failure): boolean {
  return failure.status === 0 || isPassing(failure) || isExpired(failure) || isFull(failure);
}

/** There is no room for what is to be written. */
export function isFull({ code, status }: Failure): boolean {
  return status === 507 || /StorageFull|QuotaExceeded|InsufficientStorage/i.test(code);
}

const passing = new Set([
  ...['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'],
  ...['ENOTFOUND', 'HPE_INVALID_CONSTANT', 'HPE_INVALID_EOF_STATE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_SSL_BAD_RECORD'],
  ...['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'SlowDown', 'Throttling', 'ThrottlingException'],
  ...['InternalError', 'ServiceUnavailable', 'OperationAborted', 'ConditionalRequestConflict', 'IncompleteBody'],
  ...['BadDigest', 'InvalidDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch', 'InvalidChecksum'],
]);

/** How a store is opened, apart from where it is. */
export interface StoreOptions {
  /** Told once per store and thing: what the store cannot do, and what is done instead. */
  readonly notice: (text: string) => void;
  readonly s3?: S3Options;
}

/** Of S3 only. What is left out comes from AWS's usual variables and files. */
export interface S3Options {
  /** `eu-central-1` */
  readonly region?: string;
  /** URL of a server other than AWS's; also AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL. */
  readonly endpoint?: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`; by default for endpoints other than AWS's. */
  readonly pathStyle?: boolean;
  /**
   * Whether CRC32 sums go with what is written, to be kept by the store; by default for AWS and for what is locked. SHA-256
   * of every request is part of its signature in any case.
   */
  readonly checksums?: 'when-supported' | 'when-required';
  readonly encryption?: 'AES256' | 'aws:kms';
  /** Id or ARN of the key for `aws:kms`; the account's own key for S3 where absent. */
  readonly kmsKey?: string;
  /** `STANDARD_IA`, `GLACIER_IR` … */
  readonly storageClass?: string;
  /** What `lockUntil` means: whether someone with a special permission may still remove it. */
  readonly lockMode?: 'GOVERNANCE' | 'COMPLIANCE';
  /** How often and how long a request is tried again. */
  readonly patience?: Patience;
}

export interface Patience {
  /** Requests in all, once the store has answered one. */
  readonly attempts: number;
  /** Before the store has answered at all, so that a wrong endpoint is told soon. */
  readonly firstAttempts: number;
  /** Of the first pause, in milliseconds; it doubles each time, up to `longestPause`. */
  readonly pause: number;
  readonly longestPause: number;
  /** Without a byte from the store or to it, in milliseconds. */
  readonly silence: number;
}

import type { Definitions } from './definition.ts';

/** Commands that work on a store. */
export const onStores = ['backup', 'backups', 'verify', 'restore', 'prune', 'migrate'] as const;

/** A check may read one. */
const readers = [...onStores, 'check'] as const;

/** Where backups live. What is not set of S3 comes from AWS's usual variables and files. */
export const stores = {
  store: {
    type: 'text',
    placeholder: 'PLACE',
    help: 'Where backups live: `s3://bucket/prefix`, or a folder that is there.',
    commands: readers,
  },
  's3-region': { type: 'text', placeholder: 'REGION', help: 'Region of the bucket.', commands: readers },
  's3-endpoint': {
    type: 'text',
    placeholder: 'URL',
    help: 'URL of an S3 server other than AWS’s; AWS_ENDPOINT_URL does the same.',
    commands: readers,
  },
  's3-path-style': {
    type: 'choice',
    values: ['auto', 'always', 'never'],
    default: 'auto',
    placeholder: 'WHEN',
    help: 'Whether the bucket stands in the path of URLs; `auto`: for endpoints other than AWS’s.',
    commands: readers,
  },
  's3-checksums': {
    type: 'choice',
    values: ['auto', 'when-supported', 'when-required'],
    default: 'auto',
    placeholder: 'WHEN',
    help: 'Whether CRC32 sums go with what is written; `auto`: to AWS, and with what is locked.',
    commands: ['backup', 'verify', 'restore', 'migrate', 'check'],
  },
  's3-encryption': {
    type: 'choice',
    values: ['AES256', 'aws:kms'],
    placeholder: 'WAY',
    help: 'Encryption by the store itself, besides that to `encrypt-to`.',
    commands: ['backup', 'verify', 'restore', 'migrate'],
  },
  's3-kms-key': {
    type: 'text',
    placeholder: 'KEY',
    help: 'Id or ARN of the key for `aws:kms`.',
    commands: ['backup', 'verify', 'restore', 'migrate'],
  },
  's3-storage-class': {
    type: 'text',
    placeholder: 'CLASS',
    help: 'Storage class of what is written: `STANDARD_IA`, `GLACIER_IR` …',
    commands: ['backup', 'verify', 'restore', 'migrate'],
  },
  's3-lock-days': {
    type: 'number',
    range: [1, 36_500],
    whole: true,
    placeholder: 'DAYS',
    help: 'Has the store refuse to remove the backup for so many days (object lock).',
    commands: ['backup', 'restore', 'migrate'],
  },
  's3-lock-mode': {
    type: 'choice',
    values: ['GOVERNANCE', 'COMPLIANCE'],
    placeholder: 'MODE',
    help: 'Of object lock: whether somebody with a special permission may still remove it.',
    commands: ['backup', 'restore', 'migrate'],
  },
} as const satisfies Definitions;

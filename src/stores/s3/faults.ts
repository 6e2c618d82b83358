import { KnownError } from '../../model/error.ts';
import { type Failure, isExpired, isFull } from './answers.ts';
import type { Speech } from './client.ts';

interface Told {
  readonly message: string;
  readonly help?: string;
}

/** What was asked, and what came back instead. */
interface Refused {
  readonly failure: Failure;
  readonly purpose: { readonly needs: string };
  readonly cause?: unknown;
  /** It was about who we are, before the store was asked anything. */
  readonly ofIdentity: boolean;
}

/** A refusal as something its reader can act on. No secret is in it: of an access key only the first four letters. */
export async function explain(
  { failure, purpose, cause, ofIdentity }: Refused,
  speech: Speech,
  bucket: string,
): Promise<unknown> {
  if (cause instanceof KnownError) return cause;
  const about = { ...purpose, where: whereOf(speech), bucket, speech };
  const told =
    (ofIdentity ? identity(failure, about) : undefined) ??
    credentials(failure, about) ??
    place(failure, about) ??
    connection(failure, about);
  const { message, help } = told ?? (await denial(failure, about)) ?? (await rest(failure, about));
  return new KnownError(sentence(message), { reason: 'unreachable', ...(help !== undefined && { help }), cause });
}

interface About {
  readonly needs: string;
  readonly where: string;
  readonly bucket: string;
  readonly speech: Speech;
}

const ways =
  'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or, in a GitHub job with `permissions: id-token: write`, AWS_ROLE_ARN.';

/** Why there are no credentials to begin with. */
function identity({ code, status, message }: Failure, { where }: About): Told {
  if (code === 'CredentialsProviderError') return { message: `there are no credentials for ${where}.`, help: ways };
  const answer = status > 0 ? `, status ${status}` : '';
  return {
    message: `no credentials could be got for ${where}: ${message.replace(/[.\s]+$/, '')} (${code}${answer}).`,
    help: 'For AWS_ROLE_ARN, the account must know the provider of the token (GitHub: token.actions.githubusercontent.com, audience sts.amazonaws.com), and the role’s trust policy must allow it sts:AssumeRoleWithWebIdentity.',
  };
}

function credentials(failure: Failure, { where }: About): Told | undefined {
  const { code } = failure;
  if (isExpired(failure))
    return {
      message: `The credentials for ${where} have run out.`,
      help: 'Get new ones. Those of AWS_ROLE_ARN, or of a profile, are renewed by themselves; those in AWS_SESSION_TOKEN are not.',
    };
  if (code === 'RequestTimeTooSkewed')
    return { message: `The clock of this machine differs from that of ${where} too much.`, help: 'Set it by NTP.' };
  return undefined;
}

function place({ code, region, message }: Failure, { where, bucket, speech }: About): Told | undefined {
  if (code === 'NoSuchBucket')
    return {
      message: `${where} has no bucket ${bucket}.`,
      help: `Create it, or correct the setting \`store\`${speech.host === undefined ? '' : ' or the endpoint'}.`,
    };
  const moved = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException', '301'];
  if (moved.includes(code))
    return {
      message: `The bucket ${bucket} is in another region than ${speech.region ?? 'the one that is set'}${region ? `: ${region}` : ''}.`,
      help: `Set AWS_REGION${region ? `=${region}` : ' to the bucket’s region'}.`,
    };
  if (/region is missing/i.test(message))
    return { message: 'S3 needs a region.', help: 'Set AWS_REGION to that of the bucket.' };
  if (code === 'InvalidObjectState')
    return {
      message: `${where} has it in an archive, where it cannot be read at once.`,
      help: 'Restore it there first (RestoreObject), or use a storage class like GLACIER_IR for backups.',
    };
  if (/object ?lock/i.test(message) && code.startsWith('Invalid'))
    return {
      message: `The bucket ${bucket} cannot lock objects: ${message}`,
      help: 'Object lock is turned on per bucket; or leave the time of locking out.',
    };
  return undefined;
}

function connection({ code, status, message }: Failure, { where, speech }: About): Told | undefined {
  if (status > 0) return undefined;
  const endpoint = speech.host === undefined ? 'the network and AWS_REGION' : 'the endpoint (AWS_ENDPOINT_URL)';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { message: `${where} cannot be reached: there is no such host.`, help: `Check ${endpoint}.` };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return {
      message: `${where} has a certificate for another name.`,
      help: 'Check the endpoint. Buckets with dots in their names, and servers without names per bucket, need path style.',
    };
  if (/CERT|SELF_SIGNED|VERIFY/.test(code))
    return {
      message: `The certificate of ${where} is not trusted: ${message}.`,
      help: 'For an authority of your own set NODE_EXTRA_CA_CERTS to the file of its certificate.',
    };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return { message: `${where} does not speak TLS as expected (${code}).`, help: 'Is the endpoint `http:` instead?' };
  if (/^E[A-Z]+$/.test(code) || code === 'TimeoutError')
    return {
      message: `${where} cannot be reached (${code}).`,
      help: `Check ${endpoint}, and whether a firewall is in between.`,
    };
  return undefined;
}

async function denial({ code, status }: Failure, { where, bucket, needs, speech }: About): Promise<Told | undefined> {
  const wrong = ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'InvalidClientTokenId'].includes(code);
  if (!wrong && status !== 403 && status !== 401) return undefined;
  const who = await keyOf(speech);
  if (wrong)
    return {
      message: `${where} does not accept the credentials${who} (${code}).`,
      help: `Check key and secret. ${ways}`,
    };
  return {
    message: `${where} does not allow ${needs} on the bucket ${bucket}${who}.`,
    help: `Allow ${needs} on ${needs.includes('Bucket') ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/*`} in the policy of the user or role, and check what the bucket’s own policy and keys of KMS deny.`,
  };
}

async function rest(failure: Failure, { where, needs }: About): Promise<Told> {
  const { code, status, message } = failure;
  const wordless = status < 500 && (message === 'UnknownError' || /deserialization error/i.test(message));
  if (status === 0 || status === 200 || wordless) return foreign(where, ` (${code}, status ${status})`);
  if (isFull(failure))
    return { message: `${where} has no space left (${code}).`, help: 'Make room in the store, or raise its quota.' };
  if (status >= 500 || status === 429)
    return {
      message: `${where} does not serve requests (${code}, status ${status}), asked for ${needs} again and again.`,
    };
  return { message: `${where} refused ${needs}: ${message} (${code}, status ${status}).` };
}

function foreign(where: string, detail = ''): Told {
  return {
    message: `what answers for ${where} does not speak S3${detail}.`,
    help: 'Check the endpoint (AWS_ENDPOINT_URL): it is that of the S3 interface, not of a console.',
  };
}

/** What answers is something else than an S3 server. */
export function notS3(speech: Speech): KnownError {
  const { message, help } = foreign(whereOf(speech));
  return new KnownError(sentence(message), { reason: 'unreachable', ...(help !== undefined && { help }) });
}

function whereOf({ host }: Speech): string {
  return host === undefined ? 'S3' : `the S3 server ${host}`;
}

/** ` (key AKIA…)`: enough to tell which of one's keys it is. */
async function keyOf({ client }: Speech): Promise<string> {
  const { accessKeyId } = await client.config.credentials().catch(() => ({ accessKeyId: '' }));
  return accessKeyId.length >= 8 ? ` (key ${accessKeyId.slice(0, 4)}…)` : '';
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

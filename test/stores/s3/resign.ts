import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/**
 * The headers without one of them, signed anew (AWS Signature Version 4), so that the server does not notice.
 * Source: docs.aws.amazon.com, Amazon S3 API Reference, "Signature Calculations for the Authorization Header".
 */
export function resigned({ method, url = '' }: IncomingMessage, headers: IncomingHttpHeaders, without: string) {
  const { [without]: _, ...kept } = headers;
  const [, id, scope = '', names = ''] =
    /Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? [];
  const [day = '', region = '', service = ''] = scope.split('/');
  const signed = names.split(';').filter((name) => name !== without);
  const { pathname, searchParams } = new URL(url, 'http://x');
  searchParams.sort();
  const canonical = [
    method,
    pathname,
    [...searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).join('&'),
    ...signed.map((name) => `${name}:${kept[name]}`),
    '',
    signed.join(';'),
    kept['x-amz-content-sha256'],
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', kept['x-amz-date'], scope, hash].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`,
  );
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return {
    ...kept,
    authorization: `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${signed.join(';')}, Signature=${signature}`,
  };
}

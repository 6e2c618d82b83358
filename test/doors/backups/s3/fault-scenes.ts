import type { Fault, Relay, Seen } from '../../../stores/s3/relay.ts';

/** What goes wrong; made anew for each run, as it may count. */
type Fresh = () => Relay['fault'];

type Matches = (seen: Seen) => boolean;

const slowDown = { answer: { status: 503, code: 'SlowDown' } };
const broken = { answer: { status: 500, code: 'InternalError' } };
const denied = { answer: { status: 403, code: 'AccessDenied' } };
const expired = { answer: { status: 400, code: 'ExpiredToken' } };
const full = { answer: { status: 507, code: 'XMinioStorageFull' } };

const everything: Matches = () => true;

function part(number: number): Matches {
  return (seen) => seen.operation === 'UploadPart' && seen.part === number;
}

function does(operation: Seen['operation'], ending = ''): Matches {
  return (seen) => seen.operation === operation && seen.key.endsWith(ending);
}

const end = does('CompleteMultipartUpload');
const manifest = does('PutObject', '.manifest.json');

/** The fault, for the first so many of those that match. */
function first(count: number, matches: Matches, fault: Fault): Fresh {
  return () => {
    let left = count;
    return (seen) => (matches(seen) && left-- > 0 ? fault : undefined);
  };
}

function always(matches: Matches, fault: Fault): Fresh {
  return first(Number.POSITIVE_INFINITY, matches, fault);
}

/** The manifest arrives, its answer does not, and from then on nobody answers. */
export const goneAfterManifest: Fresh = () => {
  let gone = false;
  return (seen) => {
    if (gone) return { gone: true };
    gone = manifest(seen);
    return gone ? { doneBut: 'cut' } : undefined;
  };
};

/** Faults that pass by: the backup is made all the same, and is whole. */
export const passing: Readonly<Record<string, Fresh>> = {
  'SlowDown on the first request': first(2, everything, slowDown),
  'SlowDown on every kind of request': () => (seen) => (seen.nth === 1 ? slowDown : undefined),
  'SlowDown on parts': first(4, does('UploadPart'), slowDown),
  'an error of the server on a part': first(2, part(2), broken),
  'a cut in the first part': first(2, part(1), { cutRequestAt: 1 << 20 }),
  'a cut in a part in the middle': first(2, part(2), { cutRequestAt: 5 << 20 }),
  'a cut in the last part': first(2, part(4), { cutRequestAt: 100_000 }),
  'an answer that is lost, of a part': first(2, part(3), { doneBut: 'cut' }),
  'a cut in the end': first(2, end, { cutRequestAt: 10 }),
  'an answer that is lost, of the end': first(1, end, { doneBut: 'cut' }),
  'answers that are lost, of the end': always(end, { doneBut: 'cut' }),
  'an error of the server after the end': first(1, end, { doneBut: broken.answer }),
  'an answer that is lost, of the manifest': first(1, manifest, { doneBut: 'cut' }),
  'answers that are lost, of the manifest': always(manifest, { doneBut: 'cut' }),
  'an error of the server after the manifest': first(1, manifest, { doneBut: slowDown.answer }),
  'bits that flip on the way there': first(3, does('UploadPart'), { corrupt: true }),
  'a manifest that is corrupted on the way': first(1, manifest, { corrupt: true }),
  delays: () => (seen) => (seen.nth % 2 === 1 ? { delay: 150 } : undefined),
  'a read-back that is cut': first(3, does('GetObject', '.dump'), { cutAnswerAt: 3_000_003 }),
};

export interface Lasting {
  readonly fault: Fresh;
  readonly status: 3 | 8;
  readonly says: RegExp;
}

const unreachable = /^The S3 server 127\.0\.0\.1:\d+ cannot be reached \(ECONNRESET\)\./m;

/** Faults that stay: the backup fails, says why, and leaves nothing. Exit 3 where the store never was what it should be. */
export const lasting: Readonly<Record<string, Lasting>> = {
  'nobody answers': { fault: always(everything, { gone: true }), status: 3, says: unreachable },
  'a server that is broken': {
    ...{ fault: always(everything, broken), status: 3, says: /does not serve requests \(\w+, status 500\)/ },
  },
  'credentials that have run out before': {
    ...{ fault: always(everything, expired), status: 3, says: /credentials .* have run out\.\nGet new ones/ },
  },
  'no right to write': {
    ...{ fault: always(does('CreateMultipartUpload'), denied), status: 3, says: /does not allow s3:PutObject/ },
  },
  'a network that is cut in the first part': {
    ...{ fault: always(part(1), { cutRequestAt: 1 << 20 }), status: 8, says: unreachable },
  },
  'a network that is cut in a part in the middle': {
    ...{ fault: always(part(2), { cutRequestAt: 5 << 20 }), status: 8, says: unreachable },
  },
  'a network that is cut in the last part': {
    ...{ fault: always(part(4), { cutRequestAt: 10_000 }), status: 8, says: unreachable },
  },
  'a network that is cut in the end': { fault: always(end, { cutRequestAt: 0 }), status: 8, says: unreachable },
  'SlowDown for ever': {
    fault: always(does('UploadPart'), slowDown),
    ...{ status: 8, says: /does not serve requests \(SlowDown, status 503\)/ },
  },
  'credentials that run out in the middle': {
    ...{ fault: always(part(3), expired), status: 8, says: /credentials .* have run out/ },
  },
  'a store that fills up': { fault: always(part(3), full), status: 8, says: /no space left/ },
  'bits that flip on the way there, always': {
    ...{ fault: always(does('UploadPart'), { corrupt: true }), status: 8, says: /refused s3:PutObject/ },
  },
  'a read-back that is cut again and again': {
    fault: always(does('GetObject', '.dump'), { cutAnswerAt: 0 }),
    ...{ status: 8, says: /\.dump could not be read to its end/ },
  },
  'a read-back of other bytes': {
    fault: always(does('GetObject', '.dump'), { corruptAnswer: true }),
    ...{ status: 8, says: /\.dump is damaged: the stored bytes are not those that were written/ },
  },
  'roles that are read back otherwise': {
    fault: always(does('GetObject', '.globals.sql'), { corruptAnswer: true }),
    ...{ status: 8, says: /\.globals\.sql is damaged: the stored bytes are not/ },
  },
  'no right to read back': {
    ...{ fault: always(does('GetObject'), denied), status: 8, says: /does not allow s3:GetObject/ },
  },
  'no right to write the manifest': {
    ...{ fault: always(manifest, denied), status: 8, says: /does not allow s3:PutObject/ },
  },
  'a manifest that never arrives': { fault: always(manifest, { cutRequestAt: 0 }), status: 8, says: unreachable },
};

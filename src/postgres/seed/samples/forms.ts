/** Makes a value's text: another for each `n`, as far as the type has that many. */
type Form = (n: number, modifier: number) => string;

const hex = (n: number) => (n % 256).toString(16).padStart(2, '0');
const vector: Form = (n, size) => `[${Array.from({ length: size > 0 ? size : 3 }, (_, at) => (at % 7) + n).join(',')}]`;

/** Base types whose text form is told by a pattern alone, those of extensions included (by name, as they live in any schema). */
export const forms: Readonly<Record<string, Form>> = {
  uuid: (n) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`,
  xml: (n) => `<n>${n}</n>`,
  jsonpath: (n) => `$."n${n}"`,
  inet: (n) => `192.0.${Math.floor(n / 250) % 250}.${(n % 250) + 1}`,
  cidr: (n) => `10.${Math.floor(n / 250) % 250}.${n % 250}.0/24`,
  macaddr: (n) => `08:00:2b:01:${hex(n >> 8)}:${hex(n)}`,
  macaddr8: (n) => `08:00:2b:01:02:03:${hex(n >> 8)}:${hex(n)}`,
  tsvector: (n) => `'n${n}'`,
  tsquery: (n) => `'n${n}'`,
  point: (n) => `(${n * 10},${n})`,
  line: (n) => `{1,-1,${n}}`,
  lseg: (n) => `[(${n * 10},0),(${n * 10 + 1},1)]`,
  box: (n) => `(${n * 10 + 1},1),(${n * 10},0)`,
  path: (n) => `((${n * 10},0),(${n * 10 + 1},1),(${n * 10},1))`,
  polygon: (n) => `((${n * 10},0),(${n * 10 + 1},1),(${n * 10},1))`,
  circle: (n) => `<(${n * 10},0),1>`,
  pg_lsn: (n) => `0/${n.toString(16).toUpperCase()}`,
  txid_snapshot: (n) => `${n}:${n}:`,
  pg_snapshot: (n) => `${n}:${n}:`,
  xid: String,
  xid8: String,
  cid: String,
  tid: (n) => `(0,${n})`,
  char: (n) => 'abcdefghijklmnopqrstuvwxyz'[(n - 1) % 26] as string,
  refcursor: (n) => `cursor${n}`,
  int2vector: (n) => `${n} ${n + 1}`,
  oidvector: (n) => `${n} ${n + 1}`,
  aclitem: () => '=r/pg_monitor',
  regclass: (n) => ['pg_catalog.pg_class', 'pg_catalog.pg_type', 'pg_catalog.pg_proc'][n % 3] as string,
  regtype: (n) => ['integer', 'text', 'boolean'][n % 3] as string,
  regproc: () => 'pg_catalog.pg_backend_pid',
  regprocedure: () => 'pg_catalog.pg_backend_pid()',
  regoper: () => 'pg_catalog.||/',
  regoperator: () => 'pg_catalog.+(integer,integer)',
  regrole: () => 'pg_monitor',
  regnamespace: () => 'pg_catalog',
  regconfig: () => 'pg_catalog.simple',
  regdictionary: () => 'pg_catalog.simple',
  regcollation: () => 'pg_catalog."C"',
  hstore: (n) => `"n"=>"${n}"`,
  ltree: (n) => `top.n${n}`,
  lquery: (n) => `top.n${n}`,
  ltxtquery: (n) => `n${n}`,
  cube: (n) => `(${n * 10}, 1)`,
  seg: String,
  earth: (n) => `(${n}, 1, 1)`,
  semver: (n) => `1.${n}.0`,
  vector,
  halfvec: vector,
  sparsevec: (n, size) => `{1:${n}}/${size > 0 ? size : 3}`,
  geometry: (n, modifier) => geometry(n, modifier, 0),
  geography: (n, modifier) => geometry(n, modifier, 4326),
};

/** PostGIS packs reference system, kind and dimensions into the type's modifier (liblwgeom.h, `TYPMOD_GET_*`). */
function geometry(n: number, modifier: number, otherwise: number): string {
  const bits = Math.max(modifier, 0);
  const srid = (bits & 0x0fffff00) >> 8 || otherwise;
  const extra = ' 0'.repeat(((bits >> 1) & 1) + (bits & 1));
  const at = (x: number, y: number) => `${n + x} ${n + y}${extra}`;
  const ring = `((${[at(0, 0), at(1, 0), at(1, 1), at(0, 0)].join(',')}))`;
  const shapes: Readonly<Record<number, string>> = {
    2: `LINESTRING(${at(0, 0)},${at(1, 1)})`,
    3: `POLYGON${ring}`,
    4: `MULTIPOINT(${at(0, 0)})`,
    5: `MULTILINESTRING((${at(0, 0)},${at(1, 1)}))`,
    6: `MULTIPOLYGON(${ring})`,
    7: `GEOMETRYCOLLECTION(POINT(${at(0, 0)}))`,
  };
  return `${srid ? `SRID=${srid};` : ''}${shapes[(bits & 0xfc) >> 2] ?? `POINT(${at(0, 0)})`}`;
}

import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

type Json = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Json;
}

interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Json };
  readonly responses: Readonly<Record<string, { readonly content?: Json; readonly $ref?: string }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
}

/** A described request: its route, as in `/repos/{owner}/{repo}`, and what stands for the names in it. */
export interface Route {
  readonly route: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What is needed of the description that GitHub publishes of its REST interface: see scripts/github-api.ts. */
const published = JSON.parse(readFileSync(new URL('github-api.json', import.meta.url), 'utf8')) as Document;

// numbers in a URL are text
const ajv = new Ajv({ strict: false, validateFormats: false, coerceTypes: true, allErrors: true });
const strict = new Ajv({ strict: false, validateFormats: false });
for (const each of [ajv, strict]) each.addSchema({ $id: 'github', ...published });

const routes = Object.keys(published.paths).map((route) => ({
  route,
  pattern: new RegExp(`^${route.replaceAll(/[.+]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** Checks a request; what is not described is a complaint. */
export function described(method: string, url: URL, body: unknown): { found?: Route; complaints: string[] } {
  const [best] = routes
    .filter(({ route, pattern }) => pattern.test(url.pathname) && published.paths[route]?.[method.toLowerCase()])
    .sort((a, b) => a.route.split('{').length - b.route.split('{').length);
  if (!best) return { complaints: [`${method} ${url.pathname} is not described`] };
  const values = { ...best.pattern.exec(url.pathname)?.groups };
  const parameters = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, decodeURIComponent(value)]),
  );
  const operation = published.paths[best.route]?.[method.toLowerCase()] as Operation;
  const complaints = [
    ...aboutParameters(operation, parameters, url.searchParams),
    ...aboutBody(best.route, method, operation, body),
  ];
  return {
    found: { route: best.route, parameters },
    complaints: complaints.map((each) => `${method} ${url.pathname}: ${each}`),
  };
}

function aboutParameters(
  operation: Operation,
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): string[] {
  const known = (operation.parameters ?? []).map((each) =>
    '$ref' in each ? (published.components.parameters[each.$ref.split('/').at(-1) as string] as Parameter) : each,
  );
  const given = [
    ...Object.entries(path).map(([name, value]) => ({ name, value, in: 'path' })),
    ...[...query].map(([name, value]) => ({ name, value, in: 'query' })),
  ];
  return given.flatMap(({ name, value, in: where }) => {
    const parameter = known.find((each) => each.name === name && each.in === where);
    if (!parameter) return [`${where} parameter ${name} is not described`];
    const holder = { value };
    const valid = ajv.validate({ type: 'object', properties: { value: inDocument(parameter.schema) } }, holder);
    return valid ? [] : [`${name}=${value}: ${ajv.errorsText()}`];
  });
}

function aboutBody(route: string, method: string, operation: Operation, body: unknown): string[] {
  if (!operation.requestBody) return body === undefined ? [] : ['a body where none is described'];
  if (body === undefined) return operation.requestBody.required ? ['the body is missing'] : [];
  const at = [...pointer(route, method), 'requestBody', 'content', 'application/json', 'schema'];
  const validate = compiled(at);
  const known = Object.keys(
    (operation.requestBody.content['application/json'] as { schema: { properties?: Json } }).schema.properties ?? {},
  );
  const unknown = Object.keys(Object(body)).filter((name) => !known.includes(name));
  return [
    ...(validate(body) ? [] : [strict.errorsText(validate.errors)]),
    ...unknown.map((name) => `${name} in the body is not described`),
  ];
}

/** Why an answer is none that GitHub would give; undefined where it might. Refusals are described for few routes. */
export function oddAnswer(method: string, { route }: Route, status: number, body: unknown): string | undefined {
  if (status >= 500 || [401, 403, 404, 429].includes(status)) return undefined;
  const answer = published.paths[route]?.[method.toLowerCase()]?.responses[String(status)];
  if (!answer) return `${method} ${route} never answers ${status}`;
  if (answer.$ref || !answer.content) return undefined;
  const validate = compiled([
    ...pointer(route, method),
    'responses',
    String(status),
    'content',
    'application/json',
    'schema',
  ]);
  return validate(body) ? undefined : `${method} ${route} ${status}: ${strict.errorsText(validate.errors)}`;
}

/** A copy of an example of the description, to be changed. */
export function example(name: string): unknown {
  return structuredClone(published.components.examples[name]?.value);
}

const pointer = (route: string, method: string) => ['paths', route, method.toLowerCase()];
const validators = new Map<string, ValidateFunction>();

function compiled(at: readonly string[]): ValidateFunction {
  const $ref = `github#/${at.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  const known = validators.get($ref) ?? strict.compile({ $ref });
  validators.set($ref, known);
  return known;
}

/** A schema whose references are those of the description. */
function inDocument(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"github#/')) as Json;
}

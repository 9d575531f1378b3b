import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

interface Reference {
  $ref?: string;
}
interface HeaderObject extends Reference {
  required?: boolean;
  schema?: object;
}
interface ResponseObject extends Reference {
  headers?: Record<string, HeaderObject>;
  content?: Record<string, { schema: object }>;
}
type Operation = { responses: Record<string, ResponseObject> };
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

/** An answer as it came over the wire. */
export interface Answer {
  method: string;
  /** With or without host and query. */
  url: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

const DOCUMENT_ID = 'openapi';
const document = parse(readFileSync(join(__dirname, '../../../docs/openapi.yaml'), 'utf8')) as Document;

// Not strict: around its schemas the document has words that are no JSON Schema.
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(document, DOCUMENT_ID);

const escapePointer = (part: string): string => part.replace(/~/g, '~0').replace(/\//g, '~1');
const pointer = (...parts: string[]): string => `#/${parts.map(escapePointer).join('/')}`;

const lookUp = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], document);

/** Where an object is written down, after following its reference. */
const resolve = (at: string): { at: string; value: Reference } => {
  const value = lookUp(at) as Reference;
  return value.$ref ? resolve(value.$ref) : { at, value };
};

const validators = new Map<string, ValidateFunction>();
const validatorAt = (at: string): ValidateFunction => {
  const known = validators.get(at);
  if (known) return known;
  const compiled = ajv.compile({ $ref: `${DOCUMENT_ID}${at}` });
  validators.set(at, compiled);
  return compiled;
};

const routes = Object.keys(document.paths).map((path) => ({
  path,
  matches: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
}));

const problemsOf = (at: string, value: unknown): string[] => {
  const validate = validatorAt(at);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${inspect(params)}`,
  );
};

const headerProblems = (at: string, headers: Record<string, HeaderObject>, answer: Answer): string[] =>
  Object.keys(headers).flatMap((name) => {
    const header = resolve(`${at}/headers/${escapePointer(name)}`);
    const { required, schema } = header.value as HeaderObject;
    const values = [answer.headers[name.toLowerCase()] ?? []].flat();
    if (values.length === 0) return required ? [`header ${name} is missing`] : [];
    const problems = values.map((value) => (schema ? problemsOf(`${header.at}/schema`, value) : []));
    return problems.some((found) => found.length === 0)
      ? []
      : problems.flat().map((text) => `header ${name}${text}`);
  });

const bodyProblems = (at: string, content: ResponseObject['content'], answer: Answer): string[] => {
  if (!content) return answer.body === '' || answer.body === undefined ? [] : ['a body where none belongs'];
  const type = String(answer.headers['content-type'] ?? '').split(';')[0];
  if (!content[type]) return [`content type "${type}" is not one of ${Object.keys(content).join(', ')}`];
  return problemsOf(`${at}/content/${escapePointer(type)}/schema`, answer.body);
};

const findProblems = (answer: Answer): string[] => {
  const { pathname } = new URL(answer.url, 'http://any');
  const route = routes.find(({ matches }) => matches.test(pathname));
  if (!route) return [`there is no path ${pathname}`];
  const method = answer.method.toLowerCase();
  const operation = document.paths[route.path][method];
  if (!operation) return [`${route.path} has no ${method}`];
  const declared = [String(answer.status), `${Math.floor(answer.status / 100)}XX`].find(
    (status) => operation.responses[status],
  );
  if (!declared)
    return [`status ${answer.status} is not among ${Object.keys(operation.responses).join(', ')}`];

  const { at, value } = resolve(pointer('paths', route.path, method, 'responses', declared));
  const { headers = {}, content } = value as ResponseObject;
  const requestId =
    answer.status < 500 && !answer.headers['x-request-id'] ? ['header X-Request-Id is missing'] : [];
  return [...requestId, ...headerProblems(at, headers, answer), ...bodyProblems(at, content, answer)];
};

/** @throws Error when the answer is not one that docs/openapi.yaml describes */
export const assertDocumented = (answer: Answer): void => {
  const problems = findProblems(answer);
  if (problems.length === 0) return;
  throw new Error(
    `${answer.method.toUpperCase()} ${answer.url} answered ${answer.status}, not as docs/openapi.yaml says:\n` +
      `${problems.map((problem) => `  - ${problem}`).join('\n')}\n  body: ${inspect(answer.body, { depth: 5 })}`,
  );
};

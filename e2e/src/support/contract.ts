import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { dereferenceSync } from 'dereference-json-schema';
import { parse } from 'yaml';
import { openapiFile } from '../docs/files';

interface ResponseObject {
  headers?: Record<string, { required?: boolean; schema: object }>;
  content?: Record<string, { schema: object }>;
}
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, ResponseObject> }>>;
}

/** A response as it came over the wire. */
export interface Received {
  method: string;
  /** With or without host and query. */
  url: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

const document = dereferenceSync(parse(readFileSync(openapiFile, 'utf8')) as object) as Document;

const paths = Object.entries(document.paths).map(([path, operations]) => ({
  path,
  operations,
  pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
}));

// Not strict: schemas carry examples, which are no JSON Schema of this draft.
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);

const schemaProblems = (schema: object, value: unknown): string[] =>
  ajv.validate(schema, value)
    ? []
    : (ajv.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${inspect(params)}`,
      );

/** Of a header that came more than once, one value has to fit. */
const headerProblems = ({ headers = {} }: ResponseObject, received: Received): string[] =>
  Object.entries(headers).flatMap(([name, { required, schema }]) => {
    const values = [received.headers[name.toLowerCase()] ?? []].flat();
    if (values.length === 0) return required ? [`header ${name} is missing`] : [];
    const problems = values.map((value) => schemaProblems(schema, value));
    if (problems.some((found) => found.length === 0)) return [];
    return problems.flat().map((problem) => `header ${name}: ${problem}`);
  });

const bodyProblems = ({ content }: ResponseObject, { body, headers }: Received): string[] => {
  if (!content) return body === '' || body === undefined ? [] : ['a body where none is documented'];
  const type = String(headers['content-type'] ?? '').split(';')[0] ?? '';
  const documented = content[type];
  if (!documented) return [`content type "${type}" is not one of ${Object.keys(content).join(', ')}`];
  return schemaProblems(documented.schema, body);
};

const findProblems = (received: Received): string[] => {
  const { status } = received;
  const { pathname } = new URL(received.url, 'http://any');
  const route = paths.find(({ pattern }) => pattern.test(pathname));
  if (!route) return [`there is no path ${pathname}`];
  const operation = route.operations[received.method.toLowerCase()];
  if (!operation) return [`${route.path} has no ${received.method}`];
  const { responses } = operation;
  const response = responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
  if (!response) return [`status ${status} is not one of ${Object.keys(responses).join(', ')}`];
  return [
    ...(status < 500 && !received.headers['x-request-id'] ? ['header X-Request-Id is missing'] : []),
    ...headerProblems(response, received),
    ...bodyProblems(response, received),
  ];
};

/** @throws Error when docs/openapi.yaml does not describe the response */
export const assertDocumented = (received: Received): void => {
  const problems = findProblems(received);
  if (problems.length === 0) return;
  throw new Error(
    `${received.method.toUpperCase()} ${received.url} answered ${received.status}, not as docs/openapi.yaml says:\n` +
      `${problems.map((problem) => `  - ${problem}`).join('\n')}\n  body: ${inspect(received.body, { depth: 5 })}`,
  );
};

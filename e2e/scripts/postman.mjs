#!/usr/bin/env node
// Generates docs/postman/ticketing.postman_collection.json from docs/openapi.yaml, the same bytes every time.
// With --stdout the collection is printed instead of written.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import converter from 'openapi-to-postmanv2';

const source = fileURLToPath(new URL('../../docs/openapi.yaml', import.meta.url));
const target = fileURLToPath(
  new URL('../../docs/postman/ticketing.postman_collection.json', import.meta.url),
);

const options = {
  folderStrategy: 'Tags',
  requestNameSource: 'Fallback',
  // Examples are the document's own; made-up values would differ from run to run.
  parametersResolution: 'Example',
  exampleParametersResolution: 'Example',
  requestParametersResolution: 'Example',
  enableOptionalParameters: false,
  includeAuthInfoInExample: false,
};

/** An id that depends only on where in the collection it stands. */
const stableId = (path) => {
  const digest = createHash('sha256').update(path.join('/')).digest('hex');
  return [8, 4, 4, 4, 12]
    .reduce(
      ({ parts, from }, length) => ({
        parts: [...parts, digest.slice(from, from + length)],
        from: from + length,
      }),
      { parts: [], from: 0 },
    )
    .parts.join('-');
};

const isRandomId = (key, value) =>
  (key === 'id' || key === '_postman_id') && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

const withStableIds = (value, path = []) => {
  if (Array.isArray(value))
    return value.map((item, index) => withStableIds(item, [...path, item?.name ?? index]));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isRandomId(key, inner) ? stableId([...path, key]) : withStableIds(inner, [...path, key]),
    ]),
  );
};

/** Which created thing a request's answer names, so that the next requests can be sent as they are. */
const CAPTURES = { 'POST /api/tickets': 'ticketId', 'POST /api/orders': 'orderId' };

const captureScript = (variable) => ({
  listen: 'test',
  script: {
    type: 'text/javascript',
    exec: [`if (pm.response.code === 201) pm.collectionVariables.set('${variable}', pm.response.json().id);`],
  },
});

const fillIn = (body) =>
  body
    .replace(/"ticketId": "[^"]*"/, '"ticketId": "{{ticketId}}"')
    .replace(/"orderId": "[^"]*"/, '"orderId": "{{orderId}}"');

const usable = (item) => {
  if (item.item) return { ...item, item: item.item.map(usable) };
  // Postman keeps the session in its cookie jar; the converter would send it as a header of that name.
  const { auth: _auth, ...request } = item.request;
  const path = `/${request.url.path.join('/')}`;
  const variables = { id: '{{ticketId}}', orderId: '{{orderId}}' };
  const fill = (parameter) => ({ ...parameter, value: variables[parameter.key] ?? parameter.value });
  const url = {
    ...request.url,
    variable: request.url.variable.map(fill),
    query: request.url.query.map(fill),
  };
  if (item.request.url.path[0] !== 'api') url.host = ['{{serviceUrl}}'];
  const body = request.body && { ...request.body, raw: request.body.raw && fillIn(request.body.raw) };
  const capture = CAPTURES[`${request.method} ${path}`];
  return {
    ...item,
    request: { ...request, url, ...(body && { body }) },
    event: capture ? [captureScript(capture)] : [],
  };
};

const toCollection = (converted) => ({
  ...converted,
  item: converted.item.map(usable),
  auth: { type: 'noauth' },
  variable: [
    ...converted.variable,
    { key: 'serviceUrl', value: 'http://localhost:3001', description: 'One service at its own address' },
    { key: 'ticketId', value: '', description: 'Set by creating a ticket' },
    { key: 'orderId', value: '', description: 'Set by creating an order' },
  ],
});

const generate = async () => {
  const data = await readFile(source, 'utf8');
  const result = await promisify(converter.convertV2)({ type: 'string', data }, options);
  if (!result.result) throw new Error(`${source} could not be converted: ${result.reason}`);
  return `${JSON.stringify(withStableIds(toCollection(result.output[0].data)), null, 2)}\n`;
};

const collection = await generate();
if (process.argv.includes('--stdout')) {
  process.stdout.write(collection);
} else {
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, collection);
  console.log(`wrote ${target}`);
}

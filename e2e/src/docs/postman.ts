import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { convertV2 } from 'openapi-to-postmanv2';
import { v5 as nameBasedUuid } from 'uuid';
import { openapiFile } from './files';

interface Parameter {
  key: string;
  value: string;
}
/** What is read of a collection: a folder of items, or one request. */
interface Item {
  name: string;
  item?: Item[];
  request: {
    method: string;
    url: { host: string[]; path: string[]; query: Parameter[]; variable: Parameter[] };
    body?: { raw?: string };
    auth?: unknown;
  };
}
interface Collection {
  item: Item[];
  variable: object[];
}

/** The converter declares its callback's result as `any`. */
interface Conversion {
  reason?: string;
  output?: { data: Collection }[];
}

const options = {
  folderStrategy: 'Tags',
  requestNameSource: 'Fallback',
  // The document's own examples; generated values would differ from run to run.
  parametersResolution: 'Example',
  exampleParametersResolution: 'Example',
  requestParametersResolution: 'Example',
  enableOptionalParameters: false,
  includeAuthInfoInExample: false,
} as const;

const NAMESPACE = nameBasedUuid('ticketing', nameBasedUuid.URL);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Replaces the converter's random ids by ones that depend only on their place in the collection. */
const withStableIds = (value: unknown, path: string): unknown => {
  if (typeof value === 'string') return UUID.test(value) ? nameBasedUuid(path, NAMESPACE) : value;
  if (Array.isArray(value)) {
    return value.map((item: { name?: string } | null, index) =>
      withStableIds(item, `${path}/${item?.name ?? index}`),
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withStableIds(inner, `${path}/${key}`)]),
  );
};

/** The requests that create something, and the variable that takes its id, so that the next requests work as they are. */
const captures: Record<string, string> = { 'POST /api/tickets': 'ticketId', 'POST /api/orders': 'orderId' };

const captureScript = (variable: string) => ({
  listen: 'test',
  script: {
    type: 'text/javascript',
    exec: [`if (pm.response.code === 201) pm.collectionVariables.set('${variable}', pm.response.json().id);`],
  },
});

const withVariables = (body: string): string =>
  body.replace(/"(ticketId|orderId)": "[^"]*"/g, (_match, name: string) => `"${name}": "{{${name}}}"`);

const pathVariables: Record<string, string> = { id: '{{ticketId}}', orderId: '{{orderId}}' };
const fill = (parameter: Parameter): Parameter => ({
  ...parameter,
  value: pathVariables[parameter.key] ?? parameter.value,
});

const usable = (item: Item): object => {
  if (item.item) return { ...item, item: item.item.map(usable) };
  // Postman keeps the session in its cookie jar; the converter would send it as a header of that name.
  const { auth: _auth, body, url, ...request } = item.request;
  const capture = captures[`${request.method} /${url.path.join('/')}`];
  return {
    ...item,
    request: {
      ...request,
      url: {
        ...url,
        host: url.path[0] === 'api' ? url.host : ['{{serviceUrl}}'],
        variable: url.variable.map(fill),
        query: url.query.map(fill),
      },
      ...(body && { body: { ...body, raw: body.raw && withVariables(body.raw) } }),
    },
    event: capture ? [captureScript(capture)] : [],
  };
};

/** Sellers cannot buy their own tickets: a second account signs up before the first order. */
const withBuyer = (folders: Item[]): Item[] => {
  const signUp = folders.flatMap(({ item = [] }) => item).find(({ request }) => isSignUp(request));
  if (!signUp) throw new Error(`${openapiFile} has no sign-up`);
  const raw = signUp.request.body?.raw?.replace(/"email": "[^"]*"/, '"email": "{{$randomEmail}}"');
  const buyer = {
    ...signUp,
    name: 'Sign up as the buyer',
    request: { ...signUp.request, body: { ...signUp.request.body, raw } },
  };
  return folders.map((folder) =>
    folder.name === 'Orders' ? { ...folder, item: [buyer, ...(folder.item ?? [])] } : folder,
  );
};

const isSignUp = ({ url }: Item['request']): boolean => url.path.join('/') === 'api/users/signup';

/** The Postman collection of docs/openapi.yaml: sent in order, its requests create, buy and pay for a ticket. */
export const postmanCollection = async (): Promise<string> => {
  const data = await readFile(openapiFile, 'utf8');
  const { output, reason } = (await promisify(convertV2)({ type: 'string', data }, options)) as Conversion;
  const converted = output?.[0]?.data;
  if (!converted) throw new Error(`${openapiFile} could not be converted: ${reason}`);
  const collection = {
    ...converted,
    item: withBuyer(converted.item).map(usable),
    auth: { type: 'noauth' },
    variable: [
      ...converted.variable,
      { key: 'serviceUrl', value: 'http://localhost:3001', description: 'One service at its own address' },
      { key: 'ticketId', value: '', description: 'Set by creating a ticket' },
      { key: 'orderId', value: '', description: 'Set by creating an order' },
    ],
  };
  return JSON.stringify(withStableIds(collection, ''));
};

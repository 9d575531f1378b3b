import { pathToFileURL } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { command, openapiFile } from './files';

const header = `/**
 * The HTTP API's types, generated from docs/openapi.yaml by \`${command}\`: change the document, not this file.
 */
`;

/** The types of every path and schema; each schema is also exported under its own name. */
export const apiTypes = async (): Promise<string> => {
  const nodes = await openapiTypescript(pathToFileURL(openapiFile), {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  });
  return `${header}\n${astToString(nodes)}`;
};

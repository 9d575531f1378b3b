/** The address of another database on the same servers, with the same options. */
export const databaseUri = (uri: string, database: string): string =>
  uri.replace(/^([a-z+]+:\/\/[^/]+)\/[^?]*/, `$1/${database}`);

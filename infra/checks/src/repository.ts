import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

export const root = path.join(__dirname, '../../..');

export const readText = (file: string): string => readFileSync(path.join(root, file), 'utf8');

export const readYaml = <T>(file: string): T => parse(readText(file)) as T;

/** Every document of a YAML file; a syntax error names the file. */
export const readDocuments = <T>(file: string): T[] =>
  parseAllDocuments(readText(file)).map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`${file}: ${error.message}`);
    return document.toJS() as T;
  });

/** The YAML files directly inside a folder, as `kubectl apply -f` reads them. */
export const yamlFilesIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);

export const filesBelow = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));

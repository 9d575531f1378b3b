import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Resource } from './resources';

export const root = path.join(__dirname, '../../..');

export const readText = (file: string): string => readFileSync(path.join(root, file), 'utf8');

export const readYaml = <T>(file: string): T => parse(readText(file)) as T;

export const filesIn = (folder: string, recursive = false): string[] =>
  readdirSync(path.join(root, folder), { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();

export const parseResources = (source: string, text: string): Resource[] =>
  parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`${source}: ${error.message}`);
    return document.toJS() as Resource;
  });

/** The manifests directly inside a folder, as `kubectl apply -f` reads them. */
export const manifestsIn = (folder: string): Resource[] =>
  filesIn(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseResources(file, readText(file)));

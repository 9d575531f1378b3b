import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const blocks = new Map(
  [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map((match, n) => [
    path.join(root, 'src', `readme-${n + 1}.ts`),
    match[1]!,
  ]),
);

/** What the compiler says about files, some of which exist in memory only. */
const problemsOf = (files: string[], inMemory: Map<string, string> = new Map()): string[] => {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
  options.paths = {
    '@ticketing/common': [path.join(root, 'src/index.ts')],
    '@ticketing/common/testing': [path.join(root, 'src/testing/index.ts')],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => inMemory.has(file) || fileExists(file);
  host.readFile = (file) => inMemory.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = inMemory.get(file);
    if (text === undefined) return getSourceFile(file, languageVersion, ...rest);
    return ts.createSourceFile(file, text, languageVersion);
  };
  const program = ts.createProgram(files, options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    return `${path.basename(file?.fileName ?? '')}: ${text}`;
  });
};

const raising = path.join(__dirname, 'support/raising.ts');
/** Declarations that belong to the compilation and that no file imports. */
const ambient = path.join(root, 'src/mongo/version-occ-plugin.d.ts');
const wrong = path.join(root, 'src', 'readme-wrong.ts');
const misuse = `import { toMinorUnits } from '@ticketing/common';\nexport const x: string = toMinorUnits(1);\n`;
let problems: string[];
const problemsIn = (file: string) => problems.filter((problem) => problem.startsWith(path.basename(file)));

describe('types', () => {
  beforeAll(() => {
    problems = problemsOf([raising, wrong, ambient, ...blocks.keys()], new Map([...blocks, [wrong, misuse]]));
  }, 120_000);

  it('when a subject is raised that is not among the publishers, or with other data, then it does not compile', () => {
    expect(problemsIn(raising)).toEqual([]);
  });

  it('when the README’s examples are compiled, then they fit the package', () => {
    expect(blocks.size).toBeGreaterThanOrEqual(6);
    expect([...blocks.keys()].flatMap(problemsIn)).toEqual([]);
  });

  it('when an example does not fit, then the check sees it', () => {
    expect(problems).toEqual(problemsIn(wrong));
    expect(problems).toHaveLength(1);
  });
});

import path from 'node:path';
import ts from 'typescript';
import { filesIn, readText, root } from './repository';

/** Workspaces whose code reads or writes a database. */
export const storing = ['common', 'auth', 'tickets', 'orders', 'payments', 'expiration'];

/** The only file that calls the driver's and mongoose's queries: everything else goes through its functions. */
const LAYER = 'common/src/mongo/queries.ts';

/** Methods of mongoose and of the driver that search a collection, or say how. */
const SEARCHING = new Set([
  ...['find', 'findOne', 'findById', 'findByIdAndDelete', 'findByIdAndUpdate', 'findOneAndDelete'],
  ...[
    'findOneAndReplace',
    'findOneAndUpdate',
    'updateOne',
    'updateMany',
    'replaceOne',
    'deleteOne',
    'deleteMany',
  ],
  ...[
    'bulkWrite',
    'bulkSave',
    'initializeOrderedBulkOp',
    'initializeUnorderedBulkOp',
    'aggregate',
    'distinct',
  ],
  ...['count', 'countDocuments', 'exists', 'populate', 'watch'],
  ...['where', 'and', 'or', 'nor', 'sort', 'hint'],
]);

/** The code of these workspaces, without its tests. */
export const sourcesOf = (workspaces: readonly string[]): string[] =>
  workspaces
    .flatMap((workspace) => filesIn(`${workspace}/src`, true))
    .filter((file) => file.endsWith('.ts') && !/\/(__test__|__mocks__|test|testing)\//.test(file));

/**
 * A program of the repository's files, packages resolved to their sources, as the suites do.
 *
 * @param added texts of files that are not there, by path
 */
const programOf = (files: readonly string[], added: Readonly<Record<string, string>>): ts.Program => {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    esModuleInterop: true,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node', 'jest'],
    typeRoots: [path.join(root, 'node_modules/@types')],
    baseUrl: root,
    paths: { '@ticketing/common': ['common/src/index.ts'] },
  };
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const readFile = host.readFile.bind(host);
  const textOf = (file: string): string | undefined => added[path.relative(root, file)];
  host.fileExists = (file) => textOf(file) !== undefined || fileExists(file);
  host.readFile = (file) => textOf(file) ?? readFile(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version) => {
    const text = textOf(file);
    return text === undefined ? getSourceFile(file, version) : ts.createSourceFile(file, text, version, true);
  };
  return ts.createProgram(
    [...files, ...Object.keys(added)].map((file) => path.join(root, file)),
    options,
    host,
  );
};

/** Whether a property is one of mongoose's or of the driver's. */
const isOfDatabase = (checker: ts.TypeChecker, name: ts.MemberName): boolean =>
  (checker.getSymbolAtLocation(name)?.declarations ?? []).some((declaration) =>
    /\/node_modules\/(mongoose|mongodb)\//.test(declaration.getSourceFile().fileName),
  );

/** The searches of these files that go around the declared queries, as `file:line method`. */
export const undeclaredQueries = (
  files: readonly string[],
  added: Readonly<Record<string, string>> = {},
): string[] => {
  const program = programOf(files, added);
  const checker = program.getTypeChecker();
  const searches = (file: string, source: ts.SourceFile): string[] => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (
        ts.isPropertyAccessExpression(node) &&
        SEARCHING.has(node.name.text) &&
        isOfDatabase(checker, node.name)
      ) {
        const { line } = source.getLineAndCharacterOfPosition(node.name.getStart());
        found.push(`${file}:${line + 1} ${node.name.text}`);
      }
      node.forEachChild(visit);
    };
    visit(source);
    return found;
  };
  return [...files, ...Object.keys(added)]
    .filter((file) => file !== LAYER)
    .flatMap((file) => {
      const source = program.getSourceFile(path.join(root, file));
      return source ? searches(file, source) : [`${file} was not read`];
    });
};

/** The constants that hold declared queries, with the file of each. */
export const declaredQueries = (
  files: readonly string[],
): { file: string; name: string; isOfModel: boolean }[] =>
  files
    .filter((file) => file !== LAYER)
    .flatMap((file) =>
      [...readText(file).matchAll(/const (\w+) = (queriesOf|declareQuery)\(/g)].map(([, name = '', by]) => ({
        file,
        name,
        isOfModel: by === 'queriesOf',
      })),
    );

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The repository's folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/** One `import`, `export … from` or `import()` of a source file. */
export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The imported file, relative to the repository, when it is one of ours. */
  readonly file: string | undefined;
  /** Gone once it is compiled: `import type` and `export type`. */
  readonly isTypeOnly: boolean;
}

/** A file of ours, its path relative to the repository with slashes. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** All TypeScript files below a folder, sorted. */
export function readSourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((entry) => path.posix.join(folder, entry.split(path.sep).join('/')))
    .filter((file) => /\.tsx?$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return { file, text, imports: readImports(file, text) };
    });
}

/** How many lines a text has; the newline at its end does not begin another one. */
export function countLines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function readImports(file: string, text: string): readonly Import[] {
  const typeOnly = new Set<string>();
  const loaded = new Set<string>();
  for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) continue;
    const isTypeOnly = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly;
    (isTypeOnly ? typeOnly : loaded).add(moduleSpecifier.text);
  }
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({
    specifier: fileName,
    file: fileName.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), fileName)
      : undefined,
    isTypeOnly: typeOnly.has(fileName) && !loaded.has(fileName),
  }));
}

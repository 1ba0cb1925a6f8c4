import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { outFolder, repository } from './hosts.ts';

const integrationFolder = path.join(repository, 'test/integration');

/**
 * Bundles test/integration/suite.ts with every `*.test.ts` beside and below it into one CommonJS
 * file, whose path is returned: the extension host loads nothing else reliably.
 */
export async function bundleIntegrationSuite(): Promise<string> {
  const outFile = path.join(outFolder, 'integration/suite.cjs');
  await rm(path.dirname(outFile), { recursive: true, force: true });
  const entries = await readdir(integrationFolder, { recursive: true });
  const tests = entries.filter((entry) => entry.endsWith('.test.ts')).sort();
  await esbuild.build({
    absWorkingDir: repository,
    stdin: {
      resolveDir: integrationFolder,
      loader: 'ts',
      // Tests are loaded by a call, after mocha has made `describe` and `it`.
      contents: [
        "import { runSuite } from './suite.ts';",
        'export const run = () => runSuite(async () => {',
        ...tests.map(
          (file) => `  await import(${JSON.stringify(`./${file.replaceAll('\\', '/')}`)});`,
        ),
        '});',
      ].join('\n'),
    },
    outfile: outFile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outFile;
}

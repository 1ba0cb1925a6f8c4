// Writes the notices that the licences of bundled packages ask for.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Collects the packages whose code is really in the bundles (not those that were only looked at),
 * and writes their names and licence texts to `file`. A package without a licence is an error.
 * @param {string} file
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @param {readonly string[]} copiedFiles
 */
export async function writeNotices(file, metafiles, copiedFiles) {
  /** @type {Set<string>} */
  const folders = new Set();
  const add = (/** @type {string} */ input) => {
    const folder = packageFolder(input);
    if (folder !== undefined) folders.add(folder);
  };
  copiedFiles.forEach(add);
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        if (bytesInOutput > 0) add(input);
      }
    }
  }
  const notices = await Promise.all([...folders].map(readNotice));
  notices.sort((a, b) => a.title.localeCompare(b.title, 'en'));
  const unique = [...new Map(notices.map((notice) => [notice.title, notice])).values()];
  const head =
    'Agent Executor contains code of the packages below, under the licences they name.\n';
  const line = '-'.repeat(80);
  await writeFile(
    file,
    [head, ...unique.map(({ title, text }) => `${line}\n${title}\n${line}\n\n${text}\n`)].join(
      '\n',
    ),
  );
}

/** @param {string} input */
function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

/** @param {string} folder */
async function readNotice(folder) {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const { name, version, license, author } = manifest;
  if (typeof license !== 'string')
    throw new Error(`${name} names no licence: look before bundling`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  const holder = typeof author === 'string' ? author : author?.name;
  const fallback = `Licensed under ${license}${holder === undefined ? '' : ` by ${holder}`}.`;
  return {
    title: `${name} ${version} (${license})`,
    text: texts.length > 0 ? texts.map((text) => text.trim()).join('\n\n') : fallback,
  };
}

// Opens the newest server build of VS Code for a person, with the packaged extension installed:
// `node --import tsx test/host/open-for-person.ts FOLDER VSIX`. Stays until Ctrl-C, and then ends
// all it started. `npm run vscode` calls it where there is no desktop VS Code.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { installHost } from './install.ts';
import { startServer, windowUrl } from './server.ts';

async function main(folder: string, vsix: string): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
  const host = await installHost('newest', (line) => console.log(line));
  // Other people of this machine reach the port too; only who has the token gets in.
  const token = randomBytes(16).toString('hex');
  const server = await startServer(host, {
    label: 'person',
    // Asked at once, as on a desktop: nothing runs before the folder is trusted.
    settings: { 'security.workspace.trust.startupPrompt': 'always' },
    vsix: [vsix],
    token,
  });
  try {
    console.log(`\nVS Code ${host.vscodeVersion} on ${folder}. Open this in a browser:\n`);
    console.log(`  ${windowUrl(server, folder)}&tkn=${token}\n`);
    console.log('Ctrl-C ends it, and whatever runs in it.');
    await ended;
  } finally {
    await server.dispose();
  }
}

const [folder, vsix] = process.argv.slice(2);
if (folder === undefined || vsix === undefined) {
  console.error('usage: open-for-person.ts FOLDER VSIX');
  process.exitCode = 2;
} else {
  await main(path.resolve(folder), path.resolve(vsix)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

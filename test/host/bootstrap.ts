// Installs every editor of the tests and a browser: `node --import tsx test/host/bootstrap.ts`.
import { findChromium } from './chromium.ts';
import { hostNames } from './hosts.ts';
import { installHost } from './install.ts';

const report = (line: string): void => console.log(line);
try {
  await findChromium(report);
  for (const name of hostNames) await installHost(name, report);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

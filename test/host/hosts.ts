import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The two ends of what is supported: the newest editor there is and the oldest one we promise. */
export const hostNames = ['newest', 'oldest'] as const;

/** Which editor: `newest`, or `oldest` for the floor in `engines.vscode`. */
export type HostName = (typeof hostNames)[number];

/** An installed editor, ready to be started by `startServer`. */
export interface Host {
  readonly name: HostName;
  /** As the editor calls itself, such as `1.106.3`. */
  readonly vscodeVersion: string;
  /** Folder of the editor's server build. */
  readonly folder: string;
  /** The Node that this editor wants; not the one that runs us. */
  readonly node: string;
}

/** The checkout. */
export const repository = path.resolve(import.meta.dirname, '../..');

/** Where screenshots, logs and results go. */
export const outFolder = path.join(repository, 'out');

/** Git-ignored folder that editors are installed into. */
export function cacheFolder(): string {
  return path.resolve(
    process.env['AGENT_EXECUTOR_HOST_CACHE'] ?? path.join(repository, '.vscode-host'),
  );
}

/** Whether `text` names a host. */
export function isHostName(text: string): text is HostName {
  return hostNames.some((name) => name === text);
}

/** What is to be installed for a host: the committed manifest and lock file, and their hash. */
export interface HostPin {
  readonly folder: string;
  readonly vscodeVersion: string;
  /** Changes when anything that shapes the installation does. */
  readonly fingerprint: string;
}

/** Reads the pinned versions of a host; throws when the files are not in the checkout. */
export function pinOf(name: HostName): HostPin {
  const folder = path.join(import.meta.dirname, name);
  const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8');
  const lock = readFileSync(path.join(folder, 'package-lock.json'), 'utf8');
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  // code-server 4.x is VS Code 1.x with the same two last numbers.
  const vscodeVersion = `1${(dependencies['code-server'] ?? '').slice(1)}`;
  const fingerprint = createHash('sha256')
    .update(`layout 2 ${process.platform} ${process.arch}\n${manifest}\n${lock}`)
    .digest('hex');
  return { folder, vscodeVersion, fingerprint };
}

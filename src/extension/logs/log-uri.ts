import * as vscode from 'vscode';
import type { Folders } from '../folders/folders.ts';
import { logScheme } from '../ids.ts';

/** Which log a document shows. `log` as stored in the attempt: relative to the state folder, with `/`. */
export interface LogAddress {
  /** Key of the folder. */
  readonly folder: string;
  readonly execution: string;
  readonly log: string;
}

/** The address of the document that follows a log. Its path ends as the log file's, so a tab shows that name. */
export function logUri(address: LogAddress): vscode.Uri {
  return vscode.Uri.from({
    scheme: logScheme,
    path: `/${address.execution}/${address.log.slice(address.log.lastIndexOf('/') + 1)}`,
    query: JSON.stringify(address),
  });
}

/** What `logUri` was made from; null for anything else. */
export function readLogUri(uri: vscode.Uri): LogAddress | null {
  if (uri.scheme !== logScheme) return null;
  try {
    const parsed = JSON.parse(uri.query) as Partial<Record<keyof LogAddress, unknown>>;
    const { folder, execution, log } = parsed;
    const isAddress =
      typeof folder === 'string' && typeof execution === 'string' && typeof log === 'string';
    return isAddress ? { folder, execution, log } : null;
  } catch {
    return null;
  }
}

/** The file behind a log document. Only logs that an execution names: an address may have been made up. */
export function logFileOf(folders: Folders, uri: vscode.Uri): string | null {
  const address = readLogUri(uri);
  if (address === null) return null;
  const folder = folders.get(address.folder);
  const execution = folder?.find(address.execution) ?? null;
  const isNamed = execution?.tasks.some(({ attempts }) =>
    attempts.some(({ log }) => log === address.log),
  );
  return folder !== null && isNamed === true ? folder.logFile(address.log) : null;
}

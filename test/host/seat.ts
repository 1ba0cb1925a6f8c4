import type { Browser, BrowserContext, Page } from 'playwright-core';
import { newProfile, startBrowser } from './browser.ts';
import { isHostName, type HostName } from './hosts.ts';
import { installHost } from './install.ts';
import { startServer, type Server, type Settings } from './server.ts';

/** The four kinds of themes that VS Code has. */
export type Theme = 'dark' | 'light' | 'hc-dark' | 'hc-light';

/** What a server and its browser are started with. */
export interface SeatOptions {
  /** VSIX to install; default: the one that the run is about (AGENT_EXECUTOR_VSIX). */
  readonly vsix?: string;
  /** Load an extension from its folder instead of installing one. No notifications show then. */
  readonly extensionPath?: string;
  readonly theme?: Theme;
  readonly settings?: Settings;
  /** `false`: Workspace Trust is on and not given (Restricted Mode). */
  readonly trusted?: boolean;
  /** Default: the host of the run (AGENT_EXECUTOR_HOST), else `newest`. */
  readonly host?: HostName;
  readonly env?: NodeJS.ProcessEnv;
  /** Options of Node for the server and its extension hosts. */
  readonly nodeOptions?: readonly string[];
}

/** What windows of one server share. */
export interface Seat {
  readonly server: Server;
  readonly browser: Browser;
  readonly profile: BrowserContext;
  readonly theme: Theme;
  readonly windows: Set<Page>;
  /** Names of the editor's databases by the workspace with which they came. */
  readonly memories: Map<string, readonly string[]>;
  /** Whether it stays when the last of its windows is closed. */
  readonly isKept: boolean;
}

const themeNames: Readonly<Record<Theme, string>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

/** Starts a server and a browser for windows. */
export async function takeSeat(options: SeatOptions, isKept: boolean): Promise<Seat> {
  const wanted = options.host ?? process.env['AGENT_EXECUTOR_HOST'] ?? 'newest';
  if (!isHostName(wanted)) throw new Error(`AGENT_EXECUTOR_HOST is ${wanted}`);
  const host = await installHost(wanted, (line) => console.log(line));
  const theme = options.theme ?? 'dark';
  const vsix = options.vsix ?? process.env['AGENT_EXECUTOR_VSIX'];
  const server = await startServer(host, {
    label: 'e2e',
    takesPayload: options.extensionPath !== undefined,
    settings: {
      'workbench.colorTheme': themeNames[theme],
      // Headings that stay in sight would cover rows that a test clicks.
      'workbench.tree.enableStickyScroll': false,
      // The dashboard keeps its own icons still then.
      'workbench.reduceMotion': 'on',
      ...(options.trusted === false
        ? { 'security.workspace.trust.startupPrompt': 'never' }
        : { 'security.workspace.trust.enabled': false }),
      ...options.settings,
    },
    vsix: options.extensionPath === undefined && vsix !== undefined ? [vsix] : [],
    ...(options.env && { env: options.env }),
    ...(options.nodeOptions && { nodeOptions: options.nodeOptions }),
  });
  try {
    const browser = await startBrowser((line) => console.log(line));
    const profile = await newProfile(browser);
    return { server, browser, profile, theme, isKept, windows: new Set(), memories: new Map() };
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

/** Ends the browser, the server and all that the server started. */
export async function leaveSeat({ browser, server }: Seat): Promise<void> {
  await browser.close();
  await server.dispose();
}

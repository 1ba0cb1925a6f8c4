// The folders of src/ and the arrows between them: read by eslint.config.mjs, by esbuild.mjs and
// by test/architecture, so that the rule is written once.

/**
 * @typedef {object} World
 * @property {string[]} may      other worlds it may import
 * @property {boolean} node      whether node's built-in modules exist there
 * @property {boolean} vscode    whether the editor's API exists there
 * @property {boolean} packages  whether npm packages may be imported
 * @property {string} advice     what to do instead of crossing the fence
 */

/** @type {Readonly<Record<string, World>>} */
export const worlds = {
  model: {
    may: [],
    node: false,
    vscode: false,
    packages: false,
    advice:
      'src/model is data and total functions that must also run in a browser: take what you need as a parameter, or put code that does I/O into src/engine.',
  },
  protocol: {
    may: ['model'],
    node: false,
    vscode: false,
    packages: false,
    advice:
      'src/protocol is imported by both ends of the channel: keep it to messages, guards and the endpoint, and hand the transport in.',
  },
  engine: {
    may: ['model'],
    node: true,
    vscode: false,
    packages: true,
    advice:
      'src/engine runs without an editor: define a port (an interface in the engine) and let src/extension or src/cli implement it.',
  },
  cli: {
    may: ['engine', 'model'],
    node: true,
    vscode: false,
    packages: true,
    advice:
      'src/cli is a plain node program over src/engine and src/model: move what both front ends need into src/engine.',
  },
  extension: {
    may: ['engine', 'protocol', 'model'],
    node: true,
    vscode: true,
    packages: true,
    advice:
      'src/extension talks to the webview through src/protocol and to the command line through files: move shared code into src/engine or src/model.',
  },
  webview: {
    may: ['protocol', 'model'],
    node: false,
    vscode: false,
    packages: true,
    advice:
      'src/webview lives in a browser frame: ask the extension through a message of src/protocol instead.',
  },
};

/** The longest a source file may be, in lines. */
export const maxLines = 400;

/** Only this file may call `acquireVsCodeApi`, which may be called once per page. */
export const vsCodeApiFile = 'src/webview/vs-code-api.ts';

/** Packages that bundles must never contain, since they change the process they are loaded into. */
export const patchingPackages = ['graceful-fs', 'signal-exit'];

/** The editor's side of the page, as the one object that may be acquired once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What the page may ask the editor for: send a message, and keep a little state over reloads. */
export const vsCodeApi: VsCodeApi = acquireVsCodeApi();

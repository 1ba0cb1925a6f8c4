// Loaded into the processes of an editor (node --import): in an extension host it answers on a port how long the
// loop stood still, who kept it, and what was spawned. `npm run measure` asks it; see test/host/measure-probe.ts.
import childProcess from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync, statSync, watch, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Session } from 'node:inspector';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

/** How often the loop is looked at, and the shortest stall that is noted, in milliseconds. */
const everyMs = 2;
const shortestMs = 8;
const ours = /agent-executor\.agent-executor-|agent-executor[\\/]dist[\\/]/;

/**
 * @typedef {object} Stall
 * @property {number} atUs   monotonic
 * @property {number} ms     longer than the pause that was asked for
 * @property {number | null} cpuMs   processor time of this thread in it; null where Node does not tell
 * @property {number} [ourMs]        of it in our code, where a profile was taken
 * @property {number} [busyMs]       of it in any code, as the profile has it
 * @property {string} [where]        the function of ours that kept it longest
 */

/** @typedef {{ readonly id: number, readonly callFrame: { readonly functionName: string, readonly url: string, readonly lineNumber: number, readonly columnNumber: number }, readonly children?: readonly number[] }} Node */

/** @returns {number} */
const nowUs = () => Number(process.hrtime.bigint() / 1000n);

const threadUsage = /** @type {{ threadCpuUsage?: () => NodeJS.CpuUsage }} */ (process)
  .threadCpuUsage;

/** @returns {number | null} */
function threadCpuUs() {
  if (threadUsage === undefined) return null;
  const { user, system } = threadUsage.call(process);
  return user + system;
}

/** @type {Stall[]} */
let stalls = [];
/** @type {{ readonly file: string, readonly isOurs: boolean }[]} */
let spawns = [];
/** @type {number[]} */
let delays = [];

function watchLoop() {
  let lastUs = nowUs();
  let lastCpuUs = threadCpuUs();
  const look = () => {
    const atUs = nowUs();
    const cpuUs = threadCpuUs();
    const ms = (atUs - lastUs) / 1000 - everyMs;
    delays.push(Math.max(0, ms));
    if (ms > shortestMs) {
      const cpuMs = cpuUs === null || lastCpuUs === null ? null : (cpuUs - lastCpuUs) / 1000;
      stalls.push({ atUs: lastUs, ms, cpuMs });
    }
    lastUs = atUs;
    lastCpuUs = cpuUs;
    timer.refresh();
  };
  const timer = setTimeout(look, everyMs);
  return () => {
    clearTimeout(timer);
  };
}

function watchSpawns() {
  for (const name of /** @type {const} */ (['spawn', 'execFile', 'exec', 'fork', 'spawnSync'])) {
    const real = /** @type {(...args: unknown[]) => unknown} */ (childProcess[name]);
    Object.assign(childProcess, {
      /** @param {unknown[]} args */
      [name]: (...args) => {
        spawns.push({
          file: [args[0], ...(Array.isArray(args[1]) ? args[1] : [])].join(' ').slice(0, 200),
          isOurs: ours.test(new Error('where').stack ?? ''),
        });
        return real(...args);
      },
    });
  }
  syncBuiltinESMExports();
}

/** @type {Session | null} */
let session = null;

/** @param {string} method @param {object} [params] @returns {Promise<unknown>} */
function post(method, params) {
  return new Promise((resolve, reject) => {
    session?.post(method, params, (error, answer) => {
      if (error === null) resolve(answer);
      else reject(error);
    });
  });
}

async function startProfile() {
  session = new Session();
  session.connect();
  await post('Profiler.enable');
  await post('Profiler.setSamplingInterval', { interval: 1000 });
  await post('Profiler.start');
}

/** Ends the profile and tells of each stall how much of it was ours; all that was ours, and where most of it was. */
async function judgeStalls() {
  if (session === null) return { ourMs: 0, places: [] };
  const { profile } =
    /** @type {{ profile: { nodes: readonly Node[], samples: readonly number[], timeDeltas: readonly number[], startTime: number } }} */ (
      await post('Profiler.stop')
    );
  session.disconnect();
  session = null;
  /** @type {Map<number, string | null>} */
  const ownerOf = new Map();
  const idle = new Set(
    profile.nodes
      .filter(({ callFrame }) => callFrame.functionName === '(idle)')
      .map(({ id }) => id),
  );
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  /** @param {Node} node @param {string | null} above */
  const walk = (node, above) => {
    const { functionName, url, lineNumber, columnNumber } = node.callFrame;
    const place = `${functionName} ${path.basename(url)}:${lineNumber + 1}:${columnNumber + 1}`;
    const own = ours.test(url) ? place : above;
    ownerOf.set(node.id, own);
    for (const child of node.children ?? []) {
      const next = byId.get(child);
      if (next !== undefined) walk(next, own);
    }
  };
  const [root] = profile.nodes;
  if (root !== undefined) walk(root, null);
  let atUs = profile.startTime;
  let stallAt = 0;
  /** @type {Map<string, number>} */
  const all = new Map();
  /** @type {Map<string, number>} */
  let places = new Map();
  for (const [index, sample] of profile.samples.entries()) {
    const lengthUs = profile.timeDeltas[index + 1] ?? 0;
    atUs += profile.timeDeltas[index] ?? 0;
    const owner = ownerOf.get(sample) ?? null;
    if (owner !== null) all.set(owner, (all.get(owner) ?? 0) + lengthUs / 1000);
    while (stallAt < stalls.length && stallEndUs(stallAt) < atUs) {
      stallAt += 1;
      places = new Map();
    }
    const stall = stalls[stallAt];
    if (stall === undefined || atUs < stall.atUs) continue;
    if (!idle.has(sample)) stall.busyMs = (stall.busyMs ?? 0) + lengthUs / 1000;
    if (owner === null) continue;
    stall.ourMs = (stall.ourMs ?? 0) + lengthUs / 1000;
    places.set(owner, (places.get(owner) ?? 0) + lengthUs);
    stall.where = [...places].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  }
  const most = [...all].sort((a, b) => b[1] - a[1]);
  return {
    ourMs: most.reduce((sum, [, ms]) => sum + ms, 0),
    places: most.slice(0, 8).map(([place, ms]) => `${place} ${ms.toFixed(0)} ms`),
  };
}

/** @param {number} index */
function stallEndUs(index) {
  const stall = stalls[index];
  return stall === undefined ? 0 : stall.atUs + (stall.ms + everyMs) * 1000;
}

/** @type {{ readonly webview: { html: string, postMessage(message: unknown): void }, reveal(): void, dispose(): void } | null} */
let panel = null;
/** @type {import('node:fs').FSWatcher | null} */
let journalWatch = null;

/** Paints the time of each new record of a journal in an empty page: what no dashboard can be faster than. @param {string | null} journal */
function paint(journal) {
  journalWatch?.close();
  journalWatch = null;
  if (journal === null) {
    panel?.dispose();
    panel = null;
    return;
  }
  if (panel === null) {
    // The editor hands its interface out to whoever asks for it in this process.
    const vscode = createRequire(import.meta.url)('vscode');
    panel = vscode.window.createWebviewPanel('floor', 'Floor', vscode.ViewColumn.Active, {
      enableScripts: true,
      retainContextWhenHidden: true,
    });
    const script = `addEventListener('message', ({ data }) => { document.getElementById('floor').textContent = data; })`;
    if (panel !== null) panel.webview.html = `<p id="floor">0</p><script>${script}</script>`;
  }
  panel?.reveal();
  let from = statSync(journal).size;
  journalWatch = watch(journal, () => {
    const file = openSync(journal, 'r');
    const bytes = Buffer.alloc(256 * 1024);
    const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, from));
    closeSync(file);
    from += Buffer.byteLength(text);
    const times = [...text.matchAll(/"at":"([^"]+)"/g)].map(([, at]) => Date.parse(at ?? ''));
    if (times.length > 0) panel?.webview.postMessage(String(Math.max(...times)));
  });
}

let stopWatching = () => {};

/** @type {Readonly<Record<string, (query: URLSearchParams) => Promise<unknown>>>} */
const answers = {
  '/start': async () => {
    stopWatching();
    stalls = [];
    spawns = [];
    delays = [];
    stopWatching = watchLoop();
  },
  '/profile': startProfile,
  '/stop': async () => {
    stopWatching();
    const { ourMs, places } = await judgeStalls();
    const sorted = delays.sort((a, b) => a - b);
    /** @param {number} share */
    const at = (share) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    return {
      looks: sorted.length,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
      stalls,
      spawns,
      ourMs,
      places,
    };
  },
  '/paint': async (query) => paint(query.get('journal')),
  '/usage': async () => ({ cpu: process.cpuUsage(), memory: process.memoryUsage() }),
};

if (process.argv.includes('--type=extensionHost')) {
  const folder = process.env['AGENT_EXECUTOR_PROBE'] ?? '';
  watchSpawns();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://probe');
    const answer = answers[pathname] ?? (() => Promise.resolve(null));
    answer(searchParams).then(
      (value) => response.end(JSON.stringify(value ?? null)),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, String(process.pid)), String(port));
  });
  server.unref();
}

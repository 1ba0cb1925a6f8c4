import { render } from 'preact';
import { App } from './parts/app.tsx';
import { ClockContext } from './parts/ticking.tsx';
import { maxWindowRows } from '../protocol/limits.ts';
import { HostClock } from './state/clock.ts';
import { DashboardModel } from './state/dashboard-model.ts';
import { restoreView } from './state/view-state.ts';
import { rowHeight } from './list/execution-row.tsx';
import { followTerminalColours } from './log/terminal-colours.ts';
import { vsCodeApi } from './vs-code-api.ts';
import './styles/base.css';
import './styles/top-bar.css';
import './styles/list.css';
import './styles/detail.css';
import './styles/tasks.css';
import './styles/log.css';
import './styles/tabs.css';
import './styles/graph.css';
import './styles/timeline.css';
import './styles/events.css';
import './styles/insights.css';
import './styles/compare.css';

function start(root: HTMLElement): void {
  // Else the icons are asked for with the first frame, and come with another layout after the rows.
  void document.fonts.load('16px codicon');
  const after = (delayMs: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  };
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
  const clock = new HostClock({
    nowMs: () => Date.now(),
    after,
    tickMs: () => {
      const isUnwelcome = document.body.classList.contains('vscode-reduce-motion');
      return isUnwelcome || reducedMotion.matches ? 2000 : 1000;
    },
    isHidden: () => document.hidden,
  });
  const view = restoreView(vsCodeApi.getState());
  const model = new DashboardModel({
    post: (message) => {
      vsCodeApi.postMessage(message);
    },
    after,
    clock,
    view,
    keep: (kept) => {
      vsCodeApi.setState(kept);
    },
  });
  document.addEventListener('visibilitychange', () => {
    clock.catchUp();
    model.setSeen(!document.hidden);
  });
  if (document.hidden) model.setSeen(false);
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    model.receive(event.data);
  });
  window.addEventListener('error', (event) => {
    model.reportProblem(`${event.message} (${event.filename}:${String(event.lineno)})`);
  });
  window.addEventListener('unhandledrejection', (event) => {
    model.reportProblem(String(event.reason));
  });
  const offset = Math.max(0, Math.floor(view.listScroll / rowHeight) - 10);
  // As many as are seen: fewer bytes are there sooner. Others are asked for once these are painted.
  const limit = Math.min(
    maxWindowRows,
    Math.ceil(window.innerHeight / rowHeight) + (offset > 0 ? 10 : 0),
  );
  // The extension answers while the page makes ready for what it says.
  void model.start({ offset, limit });
  // The log is the only one that needs them, and comes after the list.
  const early = model.onDidChange(({ detail }) => {
    if (detail === null) return;
    early.dispose();
    followTerminalColours(document);
  });
  root.textContent = '';
  render(
    <ClockContext.Provider value={clock}>
      <App model={model} />
    </ClockContext.Provider>,
    root,
  );
}

const root = document.getElementById('dashboard');
if (root !== null) start(root);

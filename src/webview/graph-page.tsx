import { render, type VNode } from 'preact';
import { isGraphMessage, type GraphMessage, type GraphState } from '../protocol/graph-messages.ts';
import { GraphView } from './graph/graph-view.tsx';
import { ClockContext } from './parts/ticking.tsx';
import { HostClock } from './state/clock.ts';
import { vsCodeApi } from './vs-code-api.ts';
import './styles/base.css';
import './styles/tabs.css';
import './styles/graph.css';
import './styles/graph-page.css';
import { t } from './language/page-language.ts';

/** The graph beside a workflow file. */
function start(root: HTMLElement): void {
  const clock = new HostClock({
    nowMs: () => Date.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
    tickMs: () => (document.body.classList.contains('vscode-reduce-motion') ? 2000 : 1000),
    isHidden: () => document.hidden,
  });
  document.addEventListener('visibilitychange', () => {
    clock.catchUp();
  });
  root.textContent = '';
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isGraphMessage(data)) return;
    const state: GraphState = { file: data.file };
    vsCodeApi.setState(state);
    render(
      <ClockContext.Provider value={clock}>
        <GraphPage graph={data} />
      </ClockContext.Provider>,
      root,
    );
  });
  vsCodeApi.postMessage({ type: 'ready' });
}

function GraphPage({ graph }: { readonly graph: GraphMessage }): VNode {
  const { tasks, selected, execution, isValid } = graph;
  const shown = tasks.find((task) => (task.group ?? task.id) === selected);
  const reveal = (id: string | null): void => {
    const task = tasks.find((one) => one.id === id);
    if (task !== undefined) vsCodeApi.postMessage({ type: 'reveal', task: task.group ?? task.id });
  };
  return (
    <main class="graph-page">
      <p class="graph-note" role="status">
        {execution === null ? t('Never run') : t('Last execution: {0}', execution)}
        {isValid ? '' : ` · ${t('The file is not valid YAML: this is what could be read.')}`}
      </p>
      {tasks.length === 0 ? (
        <p class="graph-none">{t('There is no task yet.')}</p>
      ) : (
        <GraphView
          detail={{ tasks }}
          logTask={shown?.id ?? null}
          model={{ showLog: reveal }}
          isOfText
        />
      )}
    </main>
  );
}

const root = document.getElementById('dashboard');
if (root !== null) start(root);

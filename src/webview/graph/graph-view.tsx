import type { VNode } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { isTaskOver } from '../../model/status.ts';
import { StatusIcon } from '../parts/icon.tsx';
import { Elapsed } from '../parts/ticking.tsx';
import { ZoomBox } from '../parts/zoom-box.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import { chooseTask } from '../../protocol/choose-log.ts';
import type { DetailState } from '../state/detail-state.ts';
import { lookOf } from '../state/status-look.ts';
import { foldTasks, type GraphNode } from './fold-tasks.ts';
import { layOutGraph, type PlacedEdge, type PlacedNode } from './lay-out-graph.ts';
import { nodeSize } from './place-nodes.ts';
import { stepToNode } from './step-to-node.ts';
import { t } from '../language/page-language.ts';
import { formatAttempt } from '../language/format.ts';

/** Smaller than this nothing can be read: a wide graph is scrolled instead. */
const leastFit = 0.8;

/** The tasks as a graph from left to right; a node shows the log of its task. */
export function GraphView(props: {
  readonly detail: Pick<DetailState, 'tasks'>;
  readonly logTask: string | null;
  readonly model: Pick<DashboardModel, 'showLog'>;
  /** The tasks are those of a text, and need not have run: what did not says of what kind it is. */
  readonly isOfText?: boolean;
}): VNode {
  const { detail, logTask, model } = props;
  const graph = useMemo(() => foldTasks(detail.tasks), [detail.tasks]);
  const layout = useMemo(() => layOutGraph(graph), [graph.shape]);
  const [focused, setFocused] = useState<string | null>(null);
  const svg = useRef<SVGSVGElement | null>(null);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const shown = graph.nodes.find((node) => node.tasks.some((task) => task.id === logTask));
  const stop = byId.has(focused ?? '') ? focused : (shown?.id ?? graph.nodes[0]?.id ?? null);
  const move = (event: KeyboardEvent): void => {
    const next = stop === null ? null : stepToNode(layout.nodes, stop, event.key);
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setFocused(next);
    const place = layout.nodes.findIndex((node) => node.id === next);
    const button = svg.current?.querySelectorAll('button')[place];
    button?.focus({ preventScroll: true });
    if (button !== undefined) bringIntoBox(button);
  };
  const { width, height, finallyX } = layout;
  return (
    <ZoomBox
      class="graph"
      range={{ least: 0.2, most: 2 }}
      fit={(boxWidth) => Math.min(1, Math.max(leastFit, boxWidth / width))}
      draw={(zoom) => (
        <svg
          ref={(element) => {
            if (element !== null && svg.current === null) showChosen(element);
            svg.current = element;
          }}
          class="graph-svg"
          role="group"
          aria-label={t(
            'Graph of the tasks, from left to right. The tab Tasks has the same as a list.',
          )}
          width={width * zoom}
          height={height * zoom}
          viewBox={`0 0 ${String(width)} ${String(height)}`}
          onKeyDown={move}
        >
          {finallyX !== null && (
            <g aria-hidden="true">
              <line class="graph-finally" x1={finallyX} x2={finallyX} y1={24} y2={height - 8} />
              <text class="graph-finally-word" x={finallyX + 2} y={18}>
                {t('Finally')}
              </text>
            </g>
          )}
          {layout.edges.map((edge) => (
            <Edge
              key={`${edge.from} ${edge.to}`}
              edge={edge}
              from={byId.get(edge.from)}
              to={byId.get(edge.to)}
            />
          ))}
          {layout.nodes.map((place) => {
            const node = byId.get(place.id);
            if (node === undefined) return null;
            return (
              <NodeView
                key={place.id}
                place={place}
                node={node}
                isShown={node === shown}
                isStop={place.id === stop}
                isOfText={props.isOfText ?? false}
                onFocus={() => setFocused(place.id)}
                onShow={() => model.showLog(taskToShow(node, logTask))}
              />
            );
          })}
        </svg>
      )}
    />
  );
}

/** A graph that is wider than its box opens where things happen. */
function showChosen(svg: SVGSVGElement): void {
  const chosen = svg.querySelector('.node.shown');
  if (chosen !== null) bringIntoBox(chosen);
}

/** Scrolls the box alone: the browser's own way would move the page around it too. */
function bringIntoBox(node: Element): void {
  const box = node.closest('.zoom-box');
  if (box === null) return;
  const inner = node.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  const isInX = inner.left >= outer.left && inner.right <= outer.right;
  const isInY = inner.top >= outer.top && inner.bottom <= outer.bottom;
  const x = (inner.left + inner.right - outer.left - outer.right) / 2;
  const y = (inner.top + inner.bottom - outer.top - outer.bottom) / 2;
  box.scrollBy(isInX ? 0 : x, isInY ? 0 : y);
}

function Edge(props: {
  readonly edge: PlacedEdge;
  readonly from: GraphNode | undefined;
  readonly to: GraphNode | undefined;
}): VNode {
  const { edge, from, to } = props;
  const { x, y } = edge.end;
  const isDone = from !== undefined && from.tasks.every((task) => isTaskOver(task.status));
  const isNow = isDone && to?.tasks.some((task) => isAtWork(task.status)) === true;
  return (
    <g class={`graph-edge${isNow ? ' now' : isDone ? ' done' : ''}`} aria-hidden="true">
      <path class="graph-line" d={edge.path} />
      <path
        class="graph-head"
        d={`M${String(x - 6)},${String(y - 4)}L${String(x)},${String(y)}L${String(x - 6)},${String(y + 4)}Z`}
      />
    </g>
  );
}

function NodeView(props: {
  readonly place: PlacedNode;
  readonly node: GraphNode;
  readonly isShown: boolean;
  readonly isStop: boolean;
  readonly isOfText: boolean;
  readonly onFocus: () => void;
  readonly onShow: () => void;
}): VNode {
  const { place, node, isShown, isStop, isOfText, onFocus, onShow } = props;
  const look = lookOf(node.status, node.isStuck);
  const done = node.tasks.filter((task) => isTaskOver(task.status)).length;
  const [task] = node.tasks;
  const tone = node.status === 'pending' || node.status === 'skipped' ? 'off' : look.tone;
  return (
    <foreignObject x={place.x} y={place.y} {...nodeSize}>
      <button
        type="button"
        class={`node ${tone}${node.isGroup ? ' group' : ''}${isShown ? ' shown' : ''}`}
        tabIndex={isStop ? 0 : -1}
        aria-current={isShown ? 'true' : undefined}
        title={describe(node)}
        onFocus={onFocus}
        onClick={onShow}
      >
        <span class="node-name">
          <StatusIcon look={look} />
          <span class="node-text">{node.name}</span>
          {node.isGroup && (
            <span class="number node-count">
              {done}/{node.tasks.length}
            </span>
          )}
        </span>
        <span class="node-state">
          <span>{isOfText && node.status === 'pending' ? (task?.kind ?? '') : look.word}</span>
          {!node.isGroup && task !== undefined && task.attempt > 1 && (
            <span class="node-attempt">{formatAttempt(task.attempt)}</span>
          )}
          <NodeTime node={node} />
        </span>
      </button>
    </foreignObject>
  );
}

/** From the first start to the last end. */
function NodeTime({ node }: { readonly node: GraphNode }): VNode | null {
  const starts = node.tasks.flatMap((task) => (task.startedMs === null ? [] : [task.startedMs]));
  if (starts.length === 0) return null;
  const isOver = node.tasks.every((task) => isTaskOver(task.status));
  const ends = node.tasks.map((task) => task.finishedMs ?? 0);
  const startMs = Math.min(...starts);
  return (
    <span class="node-time">
      <Elapsed startMs={startMs} endMs={isOver ? Math.max(startMs, ...ends) : null} />
    </span>
  );
}

function describe(node: GraphNode): string {
  const lines = node.tasks
    .slice(0, 20)
    .map((task) => `${task.name}: ${lookOf(task.status, task.isStuck).word}`);
  if (node.tasks.length > lines.length) lines.push(t('and {0} more', node.tasks.length - 20));
  const message = node.tasks.find((task) => task.message !== null)?.message ?? null;
  return [...lines, ...(message === null ? [] : [message])].join('\n');
}

/** A click on a group that is shown already goes on to its next combination. */
function taskToShow(node: GraphNode, logTask: string | null): string | null {
  if (!node.isGroup) return node.tasks[0]?.id ?? null;
  const place = node.tasks.findIndex((task) => task.id === logTask);
  if (place >= 0) return node.tasks[(place + 1) % node.tasks.length]?.id ?? null;
  return chooseTask(node.tasks, null) ?? node.tasks[0]?.id ?? null;
}

function isAtWork(status: GraphNode['status']): boolean {
  return status !== 'pending' && !isTaskOver(status);
}

import { isTaskOver, type TaskStatus } from '../../model/status.ts';
import type { TaskRow } from '../../protocol/detail-messages.ts';

/** A node of the graph: one task, or all combinations of a matrix. */
export interface GraphNode {
  readonly id: string;
  readonly name: string;
  /** One task, or the combinations in the order of the file. */
  readonly tasks: readonly TaskRow[];
  readonly isGroup: boolean;
  readonly isFinally: boolean;
  readonly status: TaskStatus;
  readonly isStuck: boolean;
}

/** `to` starts after `from` is over; both are ids of nodes. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

/** Nodes and edges of an execution. */
export interface TaskGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Equal for graphs that are laid out alike: the same nodes and edges, whatever their states. */
  readonly shape: string;
}

/** The graph of the tasks; the combinations of a matrix are one node. Needs of tasks that are not there are left out. */
export function foldTasks(tasks: readonly (TaskRow | undefined)[]): TaskGraph {
  const members = new Map<string, TaskRow[]>();
  const nodeOf = new Map<string, string>();
  for (const task of tasks) {
    if (task === undefined) continue;
    const id = task.group === null ? `task ${task.id}` : `group ${task.group}`;
    nodeOf.set(task.id, id);
    const others = members.get(id);
    if (others === undefined) members.set(id, [task]);
    else others.push(task);
  }
  const nodes = [...members].map(([id, own]) => toNode(id, own));
  const edges = nodes.flatMap((node) => edgesInto(node, nodeOf));
  const shape = JSON.stringify([
    nodes.map((node) => [node.id, node.isFinally]),
    edges.map(({ from, to }) => [from, to]),
  ]);
  return { nodes, edges, shape };
}

/** What a group says as a whole: what is at work, then what went wrong, then what is left, then what is done. */
export function statusOfAll(tasks: readonly TaskRow[]): TaskStatus {
  const found = byWeight.find((status) => tasks.some((task) => task.status === status));
  const isPart = found === 'pending' && tasks.some((task) => isTaskOver(task.status));
  return isPart ? 'running' : (found ?? 'pending');
}

const byWeight: readonly TaskStatus[] = [
  'waiting',
  'running',
  'cancelling',
  'retrying',
  'failed',
  'interrupted',
  'cancelled',
  'pending',
  'succeeded',
  'skipped',
];

function toNode(id: string, tasks: readonly TaskRow[]): GraphNode {
  const [first] = tasks;
  const group = first?.group ?? null;
  return {
    id,
    name: group ?? first?.name ?? id,
    tasks,
    isGroup: group !== null,
    isFinally: first?.isFinally ?? false,
    status: statusOfAll(tasks),
    isStuck: tasks.some((task) => task.isStuck),
  };
}

function edgesInto(node: GraphNode, nodeOf: ReadonlyMap<string, string>): readonly GraphEdge[] {
  const sources = new Set<string>();
  for (const task of node.tasks) {
    for (const need of task.needs) {
      const from = nodeOf.get(need);
      if (from !== undefined && from !== node.id) sources.add(from);
    }
  }
  return [...sources].map((from) => ({ from, to: node.id }));
}

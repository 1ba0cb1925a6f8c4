import {
  shells,
  type HttpAction,
  type InputValue,
  type Shell,
  type TaskAction,
} from '../../../model/workflow.ts';
import { scalarsOf, type TaskSource } from '../workflow-source.ts';
import { valueOf, type YamlNode } from '../yaml/yaml-node.ts';
import { readDuration, readText, readTexts } from './read-value.ts';

/** What a task does. `defaults` is the value of `defaults`, if there is one. */
export function buildAction(task: TaskSource, defaults: YamlNode | undefined): TaskAction {
  const map = task.map ?? undefined;
  const approval = valueOf(map, 'approval');
  if (approval !== undefined) {
    const message = approval.kind === 'scalar' ? approval.text : readText(approval, 'message');
    const timeoutMs = readDuration(approval, 'timeout') ?? readDuration(map, 'timeout');
    return { kind: 'approval', message: message ?? '', timeoutMs };
  }
  const uses = readText(map, 'uses');
  if (uses !== null) return { kind: 'uses', uses, with: readArguments(valueOf(map, 'with')) };
  const http = valueOf(map, 'http');
  if (http !== undefined) return buildHttp(http);
  const shell = readShell(map) ?? readShell(defaults);
  return { kind: 'run', run: readText(map, 'run') ?? '', shell };
}

function readShell(node: YamlNode | undefined): Shell | null {
  const text = readText(node, 'shell');
  return shells.find((shell) => shell === text) ?? null;
}

/** Numbers and booleans keep their type; text, with or without expressions, stays text. */
function readArguments(node: YamlNode | undefined): Readonly<Record<string, InputValue>> {
  if (node?.kind !== 'map') return {};
  return Object.fromEntries(
    node.entries.flatMap(({ key, value }) => {
      return value.kind === 'scalar' ? [[key.text, value.value ?? '']] : [];
    }),
  );
}

function buildHttp(node: YamlNode): HttpAction {
  const short = node.kind === 'scalar' ? node.text : null;
  const statuses = scalarsOf(valueOf(node, 'expect-status')).map((item) => Number(item.value));
  return {
    kind: 'http',
    method: (readText(node, 'method') ?? 'GET').toUpperCase(),
    url: short ?? readText(node, 'url') ?? '',
    headers: readTexts(node, 'headers'),
    body: readText(node, 'body'),
    expectStatus: statuses.length === 0 ? null : statuses,
  };
}

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { executionFolder, stateFolderOf } from '../../src/engine/store/state-folder.ts';
import { executionUri } from '../../src/extension/executions/execution-address.ts';
import { executionEditorType } from '../../src/extension/ids.ts';
import { writeFinished } from '../unit/engine/history/finished-executions.ts';
import {
  activeApi,
  executionOver,
  executionWhen,
  removeWorkflow,
  runToEnd,
  writeWorkflow,
} from './agent-executor-api.ts';
import { until, workspaceFolder } from './test-workspace.ts';

const greet = `
tasks:
  greet:
    shell: node
    run: console.log('hello from the log')
`;
const sleep = `
tasks:
  sleep:
    shell: node
    run: setTimeout(() => {}, 60000)
`;
const ask = `
tasks:
  ask: { approval: { message: Go on? } }
  after: { needs: ask, shell: node, run: console.log('after') }
`;
const inputs = `
inputs:
  word: { type: string, required: true }
tasks:
  say:
    shell: node
    env: { WORD: '\${{ inputs.word }}' }
    run: console.log(process.env.WORD)
`;

describe('executions', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are started through the API and end well', async () => {
    await writeWorkflow('greet', greet);
    const execution = await runToEnd('greet');
    assert.equal(execution.status, 'succeeded');
    assert.deepEqual(execution.trigger, { kind: 'api', source: 'api' });
    assert.deepEqual(
      execution.tasks.map(({ id, status }) => ({ id, status })),
      [{ id: 'greet', status: 'succeeded' }],
    );
  });

  it('are announced while they move', async () => {
    await writeWorkflow('greet', greet);
    const api = await activeApi();
    const seen = new Set<string>();
    const listener = api.onDidChangeExecutions(() => {
      for (const { status } of api.listExecutions()) seen.add(status);
    });
    await runToEnd('greet');
    listener.dispose();
    assert.ok(seen.has('succeeded'));
  });

  it('are started by the command, which resolves to the id and takes inputs', async () => {
    await writeWorkflow('say', inputs);
    const id = await vscode.commands.executeCommand<string>('agentExecutor.runWorkflow', 'say', {
      word: 'plugh',
    });
    const execution = await executionOver(id);
    assert.equal(execution.status, 'succeeded');
    assert.deepEqual(execution.inputs, { word: 'plugh' });
    await vscode.commands.executeCommand('agentExecutor.openLog', id);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'agent-log');
    assert.match(document.getText(), /plugh/);
  });

  it('are cancelled with all their processes', async () => {
    await writeWorkflow('sleep', sleep);
    const api = await activeApi();
    const id = await api.run('sleep');
    await executionWhen(id, 'running', ({ tasks }) => tasks[0]?.status === 'running');
    await vscode.commands.executeCommand('agentExecutor.cancel', id);
    assert.equal((await executionOver(id)).status, 'cancelled');
  });

  it('wait for an approval and go on with it', async () => {
    await writeWorkflow('ask', ask);
    const api = await activeApi();
    const id = await api.run('ask');
    await executionWhen(id, 'waiting', ({ tasks }) => tasks[0]?.status === 'waiting');
    await vscode.commands.executeCommand('agentExecutor.approve', id, 'ask');
    const execution = await executionOver(id);
    assert.equal(execution.status, 'succeeded');
    assert.equal(execution.tasks[0]?.approval?.decision, 'approved');
  });

  it('fail on the record when there is no such agent', async () => {
    const execution = await runToEnd('nobody');
    assert.equal(execution.status, 'failed');
    assert.equal(execution.reason, 'invalid-workflow');
  });

  it('open as editors of their own, as when their rows are dragged into the editor area', async () => {
    await writeWorkflow('greet', greet);
    const { id, name } = await runToEnd('greet');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? '';
    await vscode.commands.executeCommand('vscode.open', executionUri(folder, id, name));
    const tab = await until('the editor', () => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.input instanceof vscode.TabInputCustom ? activeTab : undefined;
    });
    assert.equal(tab.label, name);
    assert.equal((tab.input as vscode.TabInputCustom).viewType, executionEditorType);
  });

  it('are removed with their logs', async () => {
    await writeWorkflow('greet', greet);
    const { id } = await runToEnd('greet');
    const target = { execution: id, ask: false };
    await vscode.commands.executeCommand('agentExecutor.clearFinished', target);
    const api = await activeApi();
    await until('the execution to be gone', () => (api.getExecution(id) ? undefined : true));
  });

  it('are removed all at once, also those that no view shows any more', async () => {
    await writeWorkflow('greet', greet);
    const { id } = await runToEnd('greet');
    const folder = stateFolderOf(workspaceFolder());
    const old = writeFinished(folder, 0);
    await vscode.commands.executeCommand('agentExecutor.clearFinished', { ask: false });
    const api = await activeApi();
    await until('the execution to be gone', () => (api.getExecution(id) ? undefined : true));
    assert.equal(existsSync(executionFolder(folder, old)), false);
  });

  it('show their log while it is written', async () => {
    await writeWorkflow(
      'tick',
      `
tasks:
  tick:
    shell: node
    run: |
      console.log('first');
      const { existsSync } = require('node:fs');
      setInterval(() => { if (existsSync('go')) { console.log('second'); process.exit(0); } }, 20);
`,
    );
    const api = await activeApi();
    const id = await api.run('tick');
    await executionWhen(id, 'running', ({ tasks }) => tasks[0]?.status === 'running');
    await vscode.commands.executeCommand('agentExecutor.openLog', id, 'tick');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    await until('the first line', () => (/first/.test(document.getText()) ? true : undefined));
    const folder = vscode.workspace.workspaceFolders![0]!;
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder.uri, 'go'),
      new TextEncoder().encode(''),
    );
    await until('the second line', () => (/second/.test(document.getText()) ? true : undefined));
    assert.equal((await executionOver(id)).status, 'succeeded');
    removeWorkflow('tick');
  });
});

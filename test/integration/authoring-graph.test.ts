import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { removeWorkflow, writeWorkflow } from './agent-executor-api.ts';
import { until } from './test-workspace.ts';

describe('the graph of a workflow', () => {
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    removeWorkflow('drawn');
  });

  it('opens beside the file, once', async () => {
    const uri = await writeWorkflow('drawn', 'tasks:\n  a: { run: echo }\n');
    await vscode.window.showTextDocument(uri);
    const graphs = (): readonly vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ label }) => label === 'Graph of drawn.yaml');
    await vscode.commands.executeCommand('agentExecutor.showGraph');
    await vscode.commands.executeCommand('agentExecutor.showGraph', uri);
    const [tab] = await until('the graph', () => (graphs().length > 0 ? graphs() : undefined));
    assert.equal(graphs().length, 1);
    assert.equal(tab?.group.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
  });
});

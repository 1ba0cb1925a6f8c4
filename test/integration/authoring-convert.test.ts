import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { ownDiagnostics, removeWorkflow } from './agent-executor-api.ts';
import { workspaceFolder, workspaceUri } from './test-workspace.ts';

describe('converting a file', () => {
  const file = path.join('.github', 'workflows', 'converted-ci.yml');

  before(() => {
    mkdirSync(path.join(workspaceFolder(), '.github/workflows'), { recursive: true });
    const text = 'on: push\njobs:\n  hello:\n    runs-on: any\n    steps: [{ run: echo hello }]\n';
    writeFileSync(path.join(workspaceFolder(), file), text);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(path.join(workspaceFolder(), '.github'), { recursive: true, force: true });
    removeWorkflow('converted-ci');
  });

  it('writes a valid workflow and opens it', async () => {
    const uri = workspaceUri(file);
    const agent = await vscode.commands.executeCommand('agentExecutor.convertWorkflow', uri);
    assert.equal(agent, 'converted-ci');
    const document = vscode.window.activeTextEditor?.document;
    assert.match(document?.getText() ?? '', /on: push: it runs when you start it/);
    assert.deepEqual(ownDiagnostics(document!.uri), []);
  });
});

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  activeApi,
  diagnosticsWhen,
  executionOver,
  ownDiagnostics,
  removeWorkflow,
  runToEnd,
  writeWorkflow,
} from './agent-executor-api.ts';
import { until, workspaceFolder } from './test-workspace.ts';

const fragile = `name: Fragile

tasks:
  fine:
    shell: node
    run: console.log('fine')
  fragile:
    shell: node
    run: |
      process.exit(require('node:fs').existsSync('mended') ? 0 : 3)
`;
const slow = `inputs:
  answer: { type: string, required: true }
tasks:
  wait:
    timeout: 2s
    shell: node
    run: |
      if (!require('node:fs').existsSync('mended')) setInterval(() => {}, 1e9);
`;
const broken = `tasks:
  one:
    run: echo one
    need: two
`;

describe('diagnostics', () => {
  const mended = (): string => path.join(workspaceFolder(), 'mended');

  afterEach(async () => {
    rmSync(mended(), { force: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('show what is wrong with a file that is not open, and go with the file', async () => {
    const uri = await writeWorkflow('broken', broken);
    const [diagnostic] = await diagnosticsWhen(
      uri,
      'a validation message',
      (all) => all.length > 0,
    );
    assert.equal(diagnostic?.range.start.line, 3);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    removeWorkflow('broken');
    await diagnosticsWhen(uri, 'no message', (all) => all.length === 0);
  });

  it('follow what is typed, and are mended by a quick fix', async () => {
    const uri = await writeWorkflow(
      'typed',
      broken.replace('two', 'other').replace('    need: other\n', ''),
    );
    const document = await vscode.workspace.openTextDocument(uri);
    await diagnosticsWhen(uri, 'no message', (all) => all.length === 0);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(2, 0), '    tiemout: 5m\n');
    await vscode.workspace.applyEdit(edit);
    const [diagnostic] = await diagnosticsWhen(uri, 'a message', (all) => all.length > 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      diagnostic!.range,
    );
    const fix = actions.find((action) => action.edit !== undefined);
    assert.ok(fix?.edit, 'there is no quick fix');
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /^ {4}timeout: 5m$/m);
    await document.save();
    await diagnosticsWhen(uri, 'no message', (all) => all.length === 0);
    removeWorkflow('typed');
  });

  it('stand on the key of a failed task, move with it, and go when it succeeds', async () => {
    const uri = await writeWorkflow('fragile', fragile);
    const document = await vscode.workspace.openTextDocument(uri);
    await runToEnd('fragile');
    const [diagnostic] = await diagnosticsWhen(uri, 'the failure', (all) => all.length === 1);
    assert.equal(document.getText(diagnostic!.range), 'fragile');
    assert.match(diagnostic!.message, /^fragile failed \(exit 3\)/);
    assert.equal(diagnostic!.relatedInformation?.length, 1);

    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '# one line more\n');
    await vscode.workspace.applyEdit(edit);
    await diagnosticsWhen(
      uri,
      'the failure one line below',
      (all) => all[0]?.range.start.line === 7,
    );

    await document.save();

    writeFileSync(mended(), '');
    await runToEnd('fragile');
    await diagnosticsWhen(uri, 'no failure', (all) => all.length === 0);
  });

  it('go when a retry succeeds', async () => {
    const uri = await writeWorkflow('fragile', fragile);
    const { id } = await runToEnd('fragile');
    await diagnosticsWhen(uri, 'the failure', (all) => all.length === 1);
    writeFileSync(mended(), '');
    await vscode.commands.executeCommand('agentExecutor.retry', { execution: id, ask: false });
    await diagnosticsWhen(uri, 'no failure', (all) => all.length === 0);
    const execution = await executionOver(id);
    assert.equal(execution.attempt, 2);
    assert.equal(execution.tasks[1]?.attempts.length, 2);
  });

  it('go when the execution is removed', async () => {
    const uri = await writeWorkflow('fragile', fragile);
    const { id } = await runToEnd('fragile');
    await diagnosticsWhen(uri, 'the failure', (all) => all.length === 1);
    // The one before it failed too, and would be the newest again.
    await vscode.commands.executeCommand('agentExecutor.clearFinished', { ask: false });
    await diagnosticsWhen(uri, 'no failure', (all) => all.length === 0);
    assert.ok(id);
  });

  it('and marks keep the task that runs in sight, where that is wanted', async () => {
    const settings = vscode.workspace.getConfiguration('agentExecutor');
    const target = vscode.ConfigurationTarget.Workspace;
    await settings.update('followRunningTask', true, target);
    const far = `${'# a line\n'.repeat(300)}tasks:
  far:
    shell: node
    run: |
      const fs = require('node:fs');
      setInterval(() => { if (fs.existsSync('mended')) process.exit(0); }, 50);
`;
    const uri = await writeWorkflow('far', far);
    const editor = await vscode.window.showTextDocument(uri);
    const api = await activeApi();
    const id = await api.run('far');
    await until('the line of the task in sight', () =>
      editor.visibleRanges.some(({ start, end }) => start.line <= 301 && end.line >= 301)
        ? true
        : undefined,
    );
    assert.equal(editor.selection.active.line, 0);
    writeFileSync(mended(), '');
    await executionOver(id);
    await settings.update('followRunningTask', undefined, target);
    removeWorkflow('far');
  });

  it('offer what can be done, point into the log, and go when they are handled', async () => {
    const uri = await writeWorkflow(
      'fragile',
      fragile.replace(
        'run: |\n',
        "run: |\n      console.log('on the way');\n      console.error('Error: no such host');\n",
      ),
    );
    const { id } = await runToEnd('fragile');
    const [diagnostic] = await diagnosticsWhen(uri, 'the failure', (all) => all.length === 1);
    const [related] = diagnostic!.relatedInformation ?? [];
    assert.equal(related?.message, 'Error: no such host');
    assert.equal(related.location.range.start.line, 1);
    const log = await vscode.workspace.openTextDocument(related.location.uri);
    assert.match(log.lineAt(1).text, /no such host/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      diagnostic!.range,
    );
    const titles = actions.map(({ title }) => title);
    assert.deepEqual(
      ['Retry from Here', 'Open Log at the Error', 'Mark as Handled', 'Show Execution'].filter(
        (title) => !titles.includes(title),
      ),
      [],
    );
    const opening = actions.find(({ title }) => title === 'Open Log at the Error')?.command;
    await vscode.commands.executeCommand(opening!.command, opening!.arguments?.[0]);
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 1);

    await vscode.commands.executeCommand('agentExecutor.markHandled', { execution: id });
    await diagnosticsWhen(uri, 'nothing to handle', (all) => all.length === 0);
    await vscode.commands.executeCommand('agentExecutor.showHandled');
    await diagnosticsWhen(uri, 'the failure again', (all) => all.length === 1);
    removeWorkflow('fragile');
    await diagnosticsWhen(
      uri,
      'nothing for a file that is gone',
      () => ownDiagnostics(uri).length === 0,
    );
  });

  it('raise a timeout and run all again, with the same inputs and the file as it is then', async () => {
    const uri = await writeWorkflow('slow', slow);
    const api = await activeApi();
    const first = await executionOver(await api.run('slow', { answer: '42' }));
    assert.equal(first.tasks[0]?.reason, 'timeout');
    const [diagnostic] = await diagnosticsWhen(uri, 'the timeout', (all) => all.length === 1);
    const document = await vscode.workspace.openTextDocument(uri);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      diagnostic!.range,
    );
    const raise = actions.find(({ title }) => title.endsWith('and Run All Tasks Again'));
    assert.equal(raise?.title, 'Raise Timeout to 5s and Run All Tasks Again');
    writeFileSync(mended(), '');
    // As the editor does: first the edit, then the command.
    await vscode.workspace.applyEdit(raise.edit!);
    const { command, arguments: given = [] } = raise.command!;
    const id = await vscode.commands.executeCommand<string>(command, ...(given as unknown[]));
    const second = await executionOver(id);
    assert.notEqual(second.id, first.id);
    assert.equal(second.status, 'succeeded');
    assert.equal(second.tasks[0]?.timeoutMs, 5000);
    assert.deepEqual(second.inputs, { answer: '42' });
    assert.equal(document.isDirty, false);
    assert.match(document.getText(), /^ {4}timeout: 5s$/m);
    removeWorkflow('slow');
  });
});

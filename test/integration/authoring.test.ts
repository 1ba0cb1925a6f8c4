import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { executionOver, removeWorkflow, runToEnd, writeWorkflow } from './agent-executor-api.ts';
import { until } from './test-workspace.ts';

const text = `name: Written

inputs:
  who: { default: world }

tasks:
  first:
    shell: node
    run: console.log('first')
  second:
    needs: first
    shell: node
    env: { WHO: '\${{ inputs.who }}' }
    if: tasks.first.status == 'succeeded'
    run: console.log(process.env.WHO)
`;

/** The position of the `█` in a version of the text, and that text without it. */
function at(marked: string): { readonly content: string; readonly position: vscode.Position } {
  const before = marked.slice(0, marked.indexOf('█')).split('\n');
  const position = new vscode.Position(before.length - 1, before.at(-1)!.length);
  return { content: marked.replace('█', ''), position };
}

async function type(document: vscode.TextDocument, content: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.positionAt(document.getText().length);
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), content);
  await vscode.workspace.applyEdit(edit);
}

describe('authoring', () => {
  let document: vscode.TextDocument;

  beforeEach(async () => {
    document = await vscode.workspace.openTextDocument(await writeWorkflow('written', text));
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'yaml');
  });

  afterEach(async () => {
    await type(document, text);
    await document.save();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(() => removeWorkflow('written'));

  async function ask<T>(command: string, marked: string, ...more: readonly unknown[]): Promise<T> {
    const { content, position } = at(marked);
    if (content !== document.getText()) await type(document, content);
    return vscode.commands.executeCommand<T>(command, document.uri, position, ...more);
  }

  it('completes keys in a line that is half typed, tasks, and names in expressions', async () => {
    const complete = async (marked: string): Promise<readonly string[]> => {
      const list = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', marked);
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    assert.ok((await complete(`${text}    timeo█`)).includes('timeout'));
    assert.ok((await complete(text.replace('needs: first', 'needs: f█'))).includes('first'));
    assert.ok((await complete(text.replace('inputs.who', 'inputs.█'))).includes('who'));
  });

  it('explains keys, and tells the last runs of a task', async () => {
    const hover = async (marked: string): Promise<string> => {
      const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', marked);
      return hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (content as vscode.MarkdownString).value)
        .join('\n');
    };
    assert.match(await hover(text.replace('needs:', 'ne█eds:')), /Tasks that must be over/);
    await runToEnd('written');
    assert.match(await hover(text.replace('  first:', '  fi█rst:')), /Last runs:[^]*succeeded/);
    const value = await hover(text.replace('inputs.who', 'inputs.w█ho'));
    assert.match(value, /In the last execution \(.*\): `world`/);
  });

  it('goes to a task, finds where it is named, and renames it everywhere', async () => {
    const marked = text.replace('needs: first', 'needs: fi█rst');
    const [link] = await ask<vscode.LocationLink[]>('vscode.executeDefinitionProvider', marked);
    assert.equal(link?.targetRange.start.line, 6);
    const places = await ask<vscode.Location[]>('vscode.executeReferenceProvider', marked);
    assert.deepEqual(
      places.map(({ range }) => range.start.line),
      [6, 10, 13],
    );
    const edit = await ask<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      marked,
      'one',
    );
    await vscode.workspace.applyEdit(edit);
    const wanted = text
      .replace('  first:', '  one:')
      .replace('needs: first', 'needs: one')
      .replace('tasks.first', 'tasks.one');
    assert.equal(document.getText(), wanted);
  });

  it('shows the tasks in the outline', async () => {
    const symbols = await until('the outline', async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return found?.find(({ name }) => name === 'tasks');
    });
    assert.deepEqual(
      symbols.children.map(({ name, detail }) => `${name} ${detail}`),
      ['first run', 'second run · needs first'],
    );
  });

  it('folds tasks and scripts', async () => {
    const lines = document.getText().split('\n');
    const folded = await until('the folds', async () => {
      const found = await vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
        'vscode.executeFoldingRangeProvider',
        document.uri,
      );
      return found?.map(({ start }) => lines[start]?.trim());
    });
    for (const line of ['tasks:', 'first:', 'second:']) {
      assert.ok(folded.includes(line), folded.join('\n'));
    }
  });

  it('has lenses to run it and for its last result, and for those of tasks where nothing else shows them', async () => {
    await runToEnd('written');
    const lensesWith = (results: number): Promise<readonly string[]> =>
      until(`${String(results)} results`, async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          document.uri,
        );
        const found = lenses.map(({ command }) => command?.title ?? '');
        const isRight =
          found.filter((title) => title.startsWith('Last: succeeded')).length === results;
        return isRight ? found : undefined;
      });
    const titles = await lensesWith(1);
    assert.ok(titles.includes('$(play) Run') && titles.includes('Run with inputs…'));
    assert.equal(titles.filter((title) => title === 'Run to here').length, 2);
    const settings = vscode.workspace.getConfiguration('agentExecutor');
    await settings.update('taskResults', 'off', vscode.ConfigurationTarget.Workspace);
    await lensesWith(3);
    await settings.update('taskResults', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('runs a task with what it needs, and nothing else', async () => {
    const quick = `tasks:
  first: { shell: node, run: "console.log('first')" }
  second: { needs: first, shell: node, run: "console.log('second')" }
`;
    await writeWorkflow('written-to', quick);
    const target = { agent: 'written-to', task: 'first' };
    const id = await vscode.commands.executeCommand<string>('agentExecutor.runTo', target);
    const { status, tasks } = await executionOver(id);
    assert.equal(status, 'succeeded');
    assert.deepEqual(
      tasks.map((task) => task.id),
      ['first'],
    );
    removeWorkflow('written-to');
  });

  it('offers to add an input that is not there', async () => {
    await type(document, text.replace('inputs.who', 'inputs.version'));
    const action = await until('the quick fix', async () => {
      const range = new vscode.Range(12, 0, 12, 60);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
      );
      return actions.find(({ title }) => title === 'Add the input "version"');
    });
    await vscode.workspace.applyEdit(action.edit!);
    assert.match(document.getText(), /inputs:\n {2}version: \{ type: string \}\n {2}who:/);
  });
});

import assert from 'node:assert/strict';
import { runnerEnvironment, taskEnvironment } from '../../../src/extension/runner-environment.ts';

const editor = {
  PATH: '/usr/bin',
  HOME: '/home/me',
  ELECTRON_RUN_AS_NODE: '1',
  VSCODE_IPC_HOOK: '/run/x.sock',
  Vscode_pid: '1',
  EMPTY: undefined,
};

describe('taskEnvironment', () => {
  it("is the user's environment without the editor's own variables", () => {
    assert.deepEqual(taskEnvironment(editor), { PATH: '/usr/bin', HOME: '/home/me' });
  });
});

describe('runnerEnvironment', () => {
  it("makes the editor's binary behave as Node on the desktop only", () => {
    assert.equal(runnerEnvironment(editor, true)['ELECTRON_RUN_AS_NODE'], '1');
    assert.equal(runnerEnvironment(editor, false)['ELECTRON_RUN_AS_NODE'], undefined);
  });
});

import assert from 'node:assert/strict';
import {
  renderCommandHelp,
  renderOverview,
  usageOf,
} from '../../../../src/cli/arguments/render-help.ts';
import { commandList } from '../../../../src/cli/command-list.ts';
import { loadCommand } from '../../../../src/cli/load-command.ts';

describe('help', () => {
  it('lists every command', () => {
    const overview = renderOverview(commandList);
    for (const { name, summary } of commandList) {
      assert.match(
        overview,
        new RegExp(`^  ${name} +${summary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm'),
      );
    }
  });

  it('has the same summary in the overview and in the command, and an example of each', async () => {
    for (const { name, summary } of commandList) {
      const { spec } = await loadCommand(name);
      assert.equal(spec.name, name);
      assert.equal(spec.summary, summary);
      assert.ok(spec.examples.length > 0, name);
      for (const { command } of spec.examples)
        assert.ok(command.startsWith(`agent-executor ${name}`));
      assert.match(renderCommandHelp(spec), /^Examples:$/m);
    }
  });

  it('shows what is required and what may be repeated', async () => {
    const { spec } = await loadCommand('run');
    assert.equal(usageOf(spec), 'run AGENT [-i NAME=VALUE]… [--to TASK] [--detach]');
  });
});

import assert from 'node:assert/strict';
import {
  renderCommandHelp,
  renderOverview,
  usageOf,
} from '../../../../src/cli/arguments/render-help.ts';
import { commandList } from '../../../../src/cli/command-list.ts';

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
    for (const { name, summary, load } of commandList) {
      const { spec } = (await load()).command;
      assert.equal(spec.name, name);
      assert.equal(spec.summary, summary);
      assert.ok(spec.examples.length > 0, name);
      for (const { command } of spec.examples)
        assert.ok(command.startsWith(`agent-executor ${name}`));
      assert.match(renderCommandHelp(spec), /^Examples:$/m);
    }
  });

  it('shows what is required and what may be repeated', async () => {
    const run = await commandList.find(({ name }) => name === 'run')?.load();
    assert.ok(run);
    assert.equal(usageOf(run.command.spec), 'run AGENT [-i NAME=VALUE]… [--detach]');
  });
});

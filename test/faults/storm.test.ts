import assert from 'node:assert/strict';
import { describeStorm } from './storm/describe-storm.ts';
import { runStorm } from './storm/run-storm.ts';

describe('a storm', function () {
  this.timeout(180_000);

  it('of kills, pauses, takeovers, wrong clocks and a spoilt view loses, tears and doubles nothing', async () => {
    const report = await runStorm({ seconds: 15, seed: 20_261_122 });
    const told = `${describeStorm(report)}\n${report.problems.join('\n')}\n${report.workspace}`;
    assert.ok(report.isGood, told);
    assert.ok(report.kills > 0 && report.reads > 0, told);
  });
});

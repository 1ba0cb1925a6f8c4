import assert from 'node:assert/strict';
import { fine, note, problem, repaired } from '../../../../src/engine/diagnosing/finding.ts';
import {
  describeFindings,
  summarizeFindings,
} from '../../../../src/extension/tools/describe-findings.ts';

const fixWith = 'agent-executor doctor --fix repairs it.';

describe('findings of the doctor', () => {
  it('are lines of the log, without advice that is meant for a terminal', () => {
    const findings = [
      fine('a', 'all is fine'),
      note('b', 'left over', fixWith),
      problem('c', 'no room', 'Make room.'),
      repaired('d', 'was wrong'),
    ];
    assert.deepEqual(describeFindings(findings), [
      { level: 'info', text: '  all is fine.' },
      { level: 'info', text: '  left over.' },
      { level: 'warn', text: '  no room. Make room.' },
      { level: 'info', text: '  repaired: was wrong.' },
    ]);
  });

  it('are one sentence with the first problem, and say whether a repair helps', () => {
    assert.deepEqual(summarizeFindings([fine('a', 'x')]), {
      text: 'The state folder is well.',
      canRepair: false,
      isWell: true,
    });
    assert.deepEqual(
      summarizeFindings([problem('a', 'one', fixWith), problem('b', 'two', 'Wait.')]),
      { text: 'State folder: one (and 1 more).', canRepair: true, isWell: false },
    );
    assert.deepEqual(summarizeFindings([repaired('a', 'x'), fine('b', 'y')]), {
      text: '1 thing was repaired. The state folder is well.',
      canRepair: false,
      isWell: true,
    });
  });
});

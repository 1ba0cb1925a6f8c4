// The runner as dist/runner.cjs is, from its source.
import { runRequested } from '../../src/cli/run-requested.ts';

await runRequested();

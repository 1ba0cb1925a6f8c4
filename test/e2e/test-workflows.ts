/**
 * Workflows that a test directs by files in the workspace: `go` opens the gate, `mended` mends what
 * fails. What a task does it also writes to `marks.txt`, one line a run, so that "exactly once" can
 * be seen.
 */
export const testWorkflows = {
  greet: `name: Greet
tasks:
  hello: { shell: node, run: "console.log('hello')" }
  world: { needs: hello, shell: node, run: "console.log('world')" }
`,
  gated: `name: Gated
defaults: { shell: node }
tasks:
  first:
    run: |
      require('node:fs').appendFileSync('marks.txt', 'first\\n');
      console.log('the first task is done');
  gate:
    needs: first
    run: |
      const fs = require('node:fs');
      fs.appendFileSync('marks.txt', 'gate\\n');
      console.log('waiting at the gate');
      const timer = setInterval(() => {
        if (!fs.existsSync('go')) return;
        clearInterval(timer);
        console.log('the gate is open');
      }, 50);
  last:
    needs: gate
    run: |
      require('node:fs').appendFileSync('marks.txt', 'last\\n');
      console.log('the last task is done');
`,
  fragile: `name: Fragile
defaults: { shell: node }
tasks:
  prepare: { run: "console.log('prepared')" }
  check:
    needs: prepare
    run: |
      if (!require('node:fs').existsSync('mended')) {
        console.error('something is broken');
        process.exit(3);
      }
      console.log('all is well');
`,
  doomed: `name: Doomed
tasks:
  fall: { shell: node, run: "process.exit(1)" }
`,
  form: `name: Form
inputs:
  version: { type: string, required: true, pattern: '^\\d+\\.\\d+\\.\\d+$', description: Version to publish }
  count: { type: number, default: 1, description: How often }
  channel: { type: choice, options: [stable, beta], default: beta, description: Where to }
tasks:
  say:
    shell: node
    env: { VERSION: '\${{ inputs.version }}', CHANNEL: '\${{ inputs.channel }}' }
    run: console.log(process.env.VERSION, process.env.CHANNEL)
`,
  silent: `name: Silent
defaults: { shell: node, stuck-after: 3s }
tasks:
  quick: { run: "console.log('quick')" }
  hang:
    needs: quick
    run: |
      console.log('last words');
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], { stdio: 'ignore' });
      require('node:fs').writeFileSync('pids.json', JSON.stringify([process.pid, child.pid]));
      setInterval(() => {}, 1e9);
`,
  asks: `name: Asks
tasks:
  decide: { approval: { message: Shall it go on? } }
  after: { needs: decide, shell: node, run: "console.log('after')" }
`,
  talks: `name: Talks
tasks:
  talk:
    shell: node
    run: |
      const fs = require('node:fs');
      let told = 0;
      for (let line = 1; line <= 200; line++) console.log('line ' + line);
      const timer = setInterval(() => {
        const wanted = fs.existsSync('say') ? Number(fs.readFileSync('say', 'utf8')) : 0;
        while (told < wanted) console.log('heard ' + ++told);
        if (!fs.existsSync('go')) return;
        clearInterval(timer);
        console.log('enough said');
      }, 50);
`,
  broken: `name: Broken
tasks:
  one:
    run: echo one
    need: two
  two: { needs: nobody, run: echo two }
`,
} as const;

/** The id of one of the test's agents. */
export type TestAgent = keyof typeof testWorkflows;

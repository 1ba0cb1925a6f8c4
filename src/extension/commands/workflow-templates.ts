import type { Translate } from '../../model/translate.ts';

/** A workflow to start from. */
export interface WorkflowTemplate {
  readonly icon: string;
  readonly title: string;
  readonly description: string;
  /** Suggested id of the agent. */
  readonly agent: string;
  readonly text: string;
}

/** Every template is a valid workflow that runs as it is, on every platform with node. */
export function workflowTemplates(t: Translate): readonly WorkflowTemplate[] {
  return [
    {
      icon: 'smiley',
      title: t('Hello'),
      description: t('Two tasks, one after the other'),
      agent: 'hello',
      text: `name: Hello
description: Two tasks, one after the other

tasks:
  greet:
    run: echo "Hello from $AGENT_EXECUTION_ID"

  part:
    needs: greet
    run: echo "That was all"
`,
    },
    {
      icon: 'git-merge',
      title: t('Check a Project'),
      description: t('Tasks side by side, then one that needs them all; a retry and a timeout'),
      agent: 'check',
      text: `name: Check
description: Checks side by side, then a summary

defaults:
  shell: node
  timeout: 5m

tasks:
  node:
    run: console.log(process.version)

  files:
    run: |
      const { readdirSync } = require('node:fs');
      console.log(readdirSync('.').length + ' files and folders');

  network:
    # Tried again twice, since networks fail for no reason.
    retry: { max: 2, delay: 2s }
    continue-on-error: true
    run: |
      require('node:dns').lookup('example.com', (error, address) => {
        if (error) throw error;
        console.log(address);
      });

  summary:
    needs: [node, files, network]
    run: console.log('checked')
`,
    },
    {
      icon: 'symbol-parameter',
      title: t('Ask for Inputs'),
      description: t(
        'Inputs that are checked before anything runs, an output, and a task that always runs',
      ),
      agent: 'release',
      text: `name: Release
description: Asks for a version and hands it from task to task

inputs:
  version:
    type: string
    required: true
    pattern: '^\\d+\\.\\d+\\.\\d+$'
    description: Version to release
  channel:
    type: choice
    options: [stable, beta]
    default: beta
    description: Who gets it

tasks:
  notes:
    shell: node
    env:
      VERSION: '\${{ inputs.version }}'
    run: |
      const { appendFileSync } = require('node:fs');
      appendFileSync(process.env.AGENT_OUTPUT, \`title=Version \${process.env.VERSION}\\n\`);

  announce:
    needs: notes
    if: \${{ inputs.channel == 'stable' }}
    shell: node
    env:
      TITLE: '\${{ tasks.notes.outputs.title }}'
    run: console.log(process.env.TITLE)

finally:
  tidy:
    shell: node
    run: console.log('runs whatever happened')
`,
    },
    {
      icon: 'pass',
      title: t('Ask Before Going On'),
      description: t('An approval between two tasks'),
      agent: 'deploy',
      text: `name: Deploy
description: Waits for a person before the second task

tasks:
  build:
    shell: node
    run: console.log('built')

  ask:
    needs: build
    approval:
      message: Deploy what was built?
      timeout: 1d

  deploy:
    needs: ask
    shell: node
    run: console.log('deployed')
`,
    },
  ];
}

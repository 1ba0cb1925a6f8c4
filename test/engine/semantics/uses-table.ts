/** What goes into an agent that is used, and what comes out of it. A page of docs/ and tests are made of it. */

/** A value of `with` for an input, and what the other agent's expressions see. */
export interface InputRow {
  /** The declaration of the input, without its name. */
  readonly input: string;
  /** What stands in `with`; null leaves it out. */
  readonly given: string | null;
  /** The value, or why the task fails. */
  readonly seen: { readonly value: unknown } | { readonly fails: string };
}

/** `inputs.five` is the number 5, `inputs.yes` true, `inputs.none` not given. */
export const inputRows: readonly InputRow[] = [
  { input: '{ type: string }', given: 'text', seen: { value: 'text' } },
  { input: '{ type: string }', given: '5', seen: { value: '5' } },
  { input: '{ type: string }', given: 'true', seen: { value: 'true' } },
  { input: '{ type: string }', given: "'${{ inputs.five }}'", seen: { value: '5' } },
  { input: '{ type: string }', given: "'v${{ inputs.five }}'", seen: { value: 'v5' } },
  { input: '{ type: string }', given: "''", seen: { value: '' } },
  { input: '{ type: string }', given: null, seen: { value: null } },
  { input: '{ type: string, default: d }', given: null, seen: { value: 'd' } },
  { input: '{ type: string, default: d }', given: "'${{ inputs.none }}'", seen: { value: 'd' } },
  { input: '{ type: string, default: d }', given: "'x${{ inputs.none }}'", seen: { value: 'x' } },
  {
    input: '{ type: string, required: true }',
    given: "'${{ inputs.none }}'",
    seen: { fails: 'the input "value" is required' },
  },
  {
    input: '{ type: string, pattern: "[a-z]+" }',
    given: "'${{ inputs.five }}'",
    seen: { fails: 'the input "value" must match [a-z]+, and "5" does not' },
  },
  { input: '{ type: number }', given: '5', seen: { value: 5 } },
  { input: '{ type: number }', given: "'5'", seen: { value: 5 } },
  { input: '{ type: number }', given: "'${{ inputs.five }}'", seen: { value: 5 } },
  { input: '{ type: number }', given: "'${{ inputs.five }}0'", seen: { value: 50 } },
  {
    input: '{ type: number }',
    given: "'${{ inputs.yes }}'",
    seen: { fails: 'the input "value" must be a number, not true' },
  },
  { input: '{ type: boolean }', given: 'true', seen: { value: true } },
  { input: '{ type: boolean }', given: "'true'", seen: { value: true } },
  { input: '{ type: boolean }', given: "'${{ inputs.five == 5 }}'", seen: { value: true } },
  {
    input: '{ type: boolean }',
    given: "'${{ inputs.five }}'",
    seen: { fails: 'the input "value" must be true or false, not 5' },
  },
  { input: '{ type: choice, options: [a, b] }', given: 'b', seen: { value: 'b' } },
  {
    input: '{ type: choice, options: [a, b] }',
    given: "'${{ inputs.five }}'",
    seen: { fails: 'the input "value" must be one of a, b, not 5' },
  },
  { input: '{ type: file }', given: 'dir/file.txt', seen: { value: 'dir/file.txt' } },
  {
    input: '{ type: file }',
    given: "'${{ format(''../{0}'', inputs.five) }}'",
    seen: {
      fails:
        'the input "value" must be a path inside the workspace folder, relative to it, not "../5"',
    },
  },
];

/** A value of `outputs`, and what the task that uses the agent has then. */
export interface OutputRow {
  readonly output: string;
  /** The text, or why the execution fails. */
  readonly seen: { readonly value: string } | { readonly fails: string };
}

/** The agent has a task `a` that wrote `text=one`, and a task `skipped` that was skipped. */
export const outputRows: readonly OutputRow[] = [
  { output: "'fixed'", seen: { value: 'fixed' } },
  { output: "'${{ tasks.a.outputs.text }}'", seen: { value: 'one' } },
  {
    output: "'${{ tasks.a.outputs.text }} ${{ tasks.a.status }}'",
    seen: { value: 'one succeeded' },
  },
  { output: "'${{ tasks.a.exit-code }}'", seen: { value: '0' } },
  { output: "'${{ tasks.a.exit-code == 0 }}'", seen: { value: 'true' } },
  { output: "'${{ tasks.a.outputs.nothing }}'", seen: { value: '' } },
  { output: "'${{ tasks.skipped.outputs.text }}'", seen: { value: '' } },
  { output: "'${{ toJSON(tasks.a.outputs) }}'", seen: { value: '{\n  "text": "one"\n}' } },
  {
    output: "'${{ tasks.a.outputs }}'",
    seen: {
      fails:
        'output "value": the expression `tasks.a.outputs` failed: it gives an object, not text; use toJSON(…) or join(…)',
    },
  },
  {
    output: "'${{ fromJSON(tasks.a.outputs.text) }}'",
    seen: {
      fails:
        'output "value": the expression `fromJSON(tasks.a.outputs.text)` failed: fromJSON was given "one", which is no JSON (position 1)',
    },
  },
];

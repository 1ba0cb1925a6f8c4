import { everywhere, type CommandSpec, type OptionSpec } from '../command.ts';

/** One row of the overview. */
export interface CommandSummary {
  readonly name: string;
  readonly summary: string;
}

/** `agent-executor --help`. */
export function renderOverview(commands: readonly CommandSummary[]): string {
  return [
    'Run YAML workflows of tasks as agents, follow them live, and recover them when something breaks.',
    '',
    'Usage: agent-executor COMMAND [ARGUMENTS] [OPTIONS]',
    '',
    'Commands:',
    ...rows(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Options of every command:',
    ...rows(everywhere.map(optionRow)),
    '',
    'Other options:',
    ...rows([['-V, --version', 'Print the version']]),
    '',
    'An ID may be shortened to a unique prefix, or be "latest".',
    'Exit status: 0 well; 1 failed or interrupted; 2 wrong usage, workflow or input; 130 cancelled.',
    '',
    'agent-executor COMMAND --help shows the options of a command, and examples.',
    '',
  ].join('\n');
}

/** `agent-executor COMMAND --help`. */
export function renderCommandHelp(spec: CommandSpec): string {
  const details = (spec.details ?? []).flatMap((paragraph) => [paragraph, '']);
  const lines = [spec.summary, '', `Usage: agent-executor ${usageOf(spec)}`, '', ...details];
  if (spec.positionals.length > 0) {
    lines.push('Arguments:', ...rows(spec.positionals.map(({ name, about }) => [name, about])), '');
  }
  lines.push('Options:', ...rows([...spec.options, ...everywhere].map(optionRow)), '');
  if (spec.examples.length > 0) {
    lines.push('Examples:');
    for (const { command, about } of spec.examples) {
      lines.push(`  ${command}`, `      ${about}`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

/** `run AGENT [-i NAME=VALUE]… [--detach]`. */
export function usageOf(spec: CommandSpec): string {
  const positionals = spec.positionals.map(({ name, isRequired, isRest }) => {
    const word = isRequired === true ? name : `[${name}]`;
    return isRest === true ? `${word}…` : word;
  });
  const options = spec.options.map(({ name, short, value, isRepeatable }) => {
    const word = short === undefined ? `--${name}` : `-${short}`;
    const full = value === undefined ? word : `${word} ${value}`;
    return `[${full}]${isRepeatable === true ? '…' : ''}`;
  });
  return [spec.name, ...positionals, ...options].join(' ');
}

function optionRow(option: OptionSpec): readonly [string, string] {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  const value = option.value === undefined ? '' : ` ${option.value}`;
  return [`${short}--${option.name}${value}`, option.about];
}

function rows(items: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...items.map(([left]) => left.length));
  return items.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

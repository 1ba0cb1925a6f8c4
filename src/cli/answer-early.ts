import { splitCommand } from './arguments/parse-arguments.ts';
import { renderOverview } from './arguments/render-help.ts';
import { commandList } from './command-list.ts';

/**
 * What can be answered before any command is loaded: the overview or the version, to stdout with status 0. Null for
 * everything else.
 */
export function answerEarly(argv: readonly string[], readVersion: () => string): string | null {
  const { name, rest } = splitCommand(argv);
  if (name === 'help') {
    return rest.every((word) => word.startsWith('-')) ? renderOverview(commandList) : null;
  }
  if (name !== null) return null;
  if (rest.includes('--version') || rest.includes('-V')) return `${readVersion()}\n`;
  return rest.includes('--help') || rest.includes('-h') ? renderOverview(commandList) : null;
}

import type { ExecutionEvent } from '../../model/events.ts';
import { createdJson, eventJson, finishedJson } from './json-events.ts';
import type { ReporterOptions, RunReporter } from './run-reporter.ts';

/** One JSON object a line, the whole execution last. */
export function createJsonReporter({ terminal, execution }: ReporterOptions): RunReporter {
  const print = (line: Readonly<Record<string, unknown>> | null): void => {
    if (line !== null) terminal.stdout.write(`${JSON.stringify(line)}\n`);
  };
  // A restarted execution tells so by its own event.
  if (execution.attempt === 1) print(createdJson(execution));
  return {
    change({ events }) {
      const later = events.filter((event: ExecutionEvent) => event.type !== 'execution-created');
      for (const event of later) print(eventJson(event, execution.id));
    },
    stuck() {
      // A verdict is no event: `show --json` has it while it stands.
    },
    notice(text) {
      terminal.stderr.write(`${text}\n`);
    },
    finish(finished) {
      print(finishedJson(finished));
      return Promise.resolve();
    },
    dispose() {
      // Nothing was started.
    },
  };
}

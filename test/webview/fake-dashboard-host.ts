import type {
  DashboardCommand,
  DashboardTrouble,
  FolderExecution,
} from '../../src/extension/dashboard/dashboard-host.ts';
import type { SessionOptions } from '../../src/extension/dashboard/session-options.ts';
import type { StuckVerdict } from '../../src/model/execution.ts';
import { fail, ok } from '../../src/model/result.ts';
import { fakeEvents } from './fake-executions.ts';

/** What a session needs that is neither the way to the page nor a clock. */
type HostSide = Omit<SessionOptions, 'post' | 'report' | 'after' | 'nowMs'>;

/** The extension's side of a dashboard with made-up executions; it notes what it was asked to do. */
export class FakeDashboardHost {
  readonly commands: DashboardCommand[] = [];
  /** Each as `path:line:column`. */
  readonly openedFiles: string[] = [];
  /** Ids of what was exported. */
  readonly exported: string[] = [];
  /** Ids of each two whose workflows were opened beside each other. */
  readonly diffs: string[] = [];
  readonly saved: { readonly name: string; readonly text: string }[] = [];
  /** What was told of the page's sight. */
  readonly sights: boolean[] = [];
  readonly logs = new Map<string, Buffer>();
  /** What reading a log waits for. */
  logsAnswer: Promise<void> | null = null;
  executions: readonly FolderExecution[] = [];
  verdicts: readonly StuckVerdict[] = [];
  trouble: readonly DashboardTrouble[] = [];
  isTrusted = true;
  hasAgents = true;
  refreshes = 0;
  refreshError: Error | null = null;
  refreshIntervalMs = 2000;

  /** The same as the options of a session. */
  side(): HostSide {
    return {
      source: {
        executions: () => this.executions,
        verdicts: () => this.verdicts,
        trouble: () => this.trouble,
        refresh: async () => {
          this.refreshes += 1;
          if (this.refreshError !== null) throw this.refreshError;
        },
        refreshIntervalMs: () => this.refreshIntervalMs,
        logFile: (_id, log) => log,
        runCommand: async (command) => void this.commands.push(command),
        isTrusted: () => this.isTrusted,
        hasAgents: () => this.hasAgents,
        exportExecutions: async (items) => void this.exported.push(...idsOf(items)),
      },
      reader: {
        tail: async (file, maxBytes) => {
          await this.logsAnswer;
          const log = this.logs.get(file) ?? Buffer.alloc(0);
          const size = log.length;
          const from = Math.max(0, size - maxBytes);
          // From the start of a line on, as far as there is one.
          return ok({ from: from === 0 ? 0 : Math.max(from, log.indexOf('\n', from) + 1), size });
        },
        range: async (file, from, maxBytes) => {
          await this.logsAnswer;
          const log = this.logs.get(file);
          if (log === undefined) return fail('storage', 'no log');
          return ok({ bytes: log.subarray(from, from + maxBytes), size: log.length });
        },
      },
      readEvents: ({ execution }) => fakeEvents(execution),
      readHistory: async () => [],
      saveText: async (name, text) => void this.saved.push({ name, text }),
      openFile: async (_item, { path, line, column }) => {
        this.openedFiles.push(`${path}:${String(line)}:${String(column)}`);
        return ok(null);
      },
      openDiff: async (...items) => {
        this.diffs.push(idsOf(items).join(' '));
        return ok(null);
      },
      onSight: (isSeen) => void this.sights.push(isSeen),
    };
  }
}

function idsOf(items: readonly FolderExecution[]): readonly string[] {
  return items.map(({ execution }) => execution.id);
}

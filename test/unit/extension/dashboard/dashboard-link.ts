import type {
  DashboardCommand,
  FolderExecution,
} from '../../../../src/extension/dashboard/dashboard-host.ts';
import { DashboardSession } from '../../../../src/extension/dashboard/dashboard-session.ts';
import type { Execution, StuckVerdict } from '../../../../src/model/execution.ts';
import { fail, ok } from '../../../../src/model/result.ts';
import { HostClock } from '../../../../src/webview/state/clock.ts';
import { DashboardModel } from '../../../../src/webview/state/dashboard-model.ts';
import { initialView, type ViewState } from '../../../../src/webview/state/view-state.ts';
import { fakeEvents } from '../../../webview/fake-executions.ts';
import { FakeTimers, settle } from '../../protocol/fake-after.ts';

/** Both ends of the dashboard without an editor and a browser, and time that passes when the test says so. */
export class DashboardLink {
  readonly timers = new FakeTimers();
  readonly model: DashboardModel;
  readonly session: DashboardSession;
  readonly openedFiles: string[] = [];
  /** Ids of what was exported. */
  readonly exported: string[] = [];
  /** Ids of each two whose workflows were opened beside each other. */
  readonly diffs: string[] = [];
  readonly saved: { readonly name: string; readonly text: string }[] = [];
  readonly reports: string[] = [];
  readonly commands: DashboardCommand[] = [];
  /** Bytes and type of every message to the webview. */
  readonly sent: { readonly type: string; readonly bytes: number }[] = [];
  readonly logs = new Map<string, Buffer>();
  executions: readonly FolderExecution[];
  verdicts: readonly StuckVerdict[] = [];
  refreshes = 0;
  refreshError: Error | null = null;
  kept: ViewState | null = null;
  /** True: what the extension sends is lost. */
  isDeaf = false;

  constructor(executions: readonly FolderExecution[], view: ViewState = initialView) {
    this.executions = executions;
    const { after } = this.timers;
    this.session = new DashboardSession({
      source: {
        executions: () => this.executions,
        verdicts: () => this.verdicts,
        trouble: () => [],
        refresh: async () => {
          this.refreshes += 1;
          if (this.refreshError !== null) throw this.refreshError;
        },
        refreshIntervalMs: () => 2000,
        logFile: (_id, log) => log,
        runCommand: async (command) => void this.commands.push(command),
        isTrusted: () => true,
        hasAgents: () => true,
        exportExecutions: async (items) => void this.exported.push(...idsOf(items)),
      },
      reader: {
        tail: async (path, maxBytes) => {
          const size = this.logs.get(path)?.length ?? 0;
          return ok({ from: Math.max(0, size - maxBytes), size });
        },
        range: async (path, from, maxBytes) => {
          const log = this.logs.get(path);
          if (log === undefined) return fail('storage', 'no log');
          return ok({ bytes: log.subarray(from, from + maxBytes), size: log.length });
        },
      },
      readEvents: ({ execution }) => fakeEvents(execution),
      readHistory: async () => [],
      saveText: async (name, text) => void this.saved.push({ name, text }),
      openFile: async (_item, place) => {
        this.openedFiles.push(place.path);
        return ok(null);
      },
      openDiff: async (...items) => {
        this.diffs.push(idsOf(items).join(' '));
        return ok(null);
      },
      post: (message) => {
        const json = JSON.stringify(message);
        this.sent.push({
          type: (message as { type: string }).type,
          bytes: Buffer.byteLength(json),
        });
        if (!this.isDeaf) this.model.receive(JSON.parse(json));
      },
      report: (message) => this.reports.push(message),
      after,
      nowMs: () => this.timers.nowMs,
    });
    this.model = new DashboardModel({
      post: (message) => this.session.receive(JSON.parse(JSON.stringify(message))),
      after,
      clock: new HostClock({
        nowMs: () => this.timers.nowMs,
        after,
        tickMs: () => 1000,
        isHidden: () => false,
      }),
      view,
      keep: (kept) => (this.kept = kept),
    });
  }

  /** Opens the dashboard and lets everything arrive. */
  async start(): Promise<void> {
    void this.model.start();
    await this.rest();
  }

  /** Lets what is under way arrive. */
  async rest(ms = 500): Promise<void> {
    for (let step = 0; step < ms; step += 10) {
      await settle();
      this.timers.pass(10);
    }
    await settle();
  }

  /** Changes one execution and tells the session. */
  update(index: number, change: (execution: Execution) => Execution): void {
    this.executions = this.executions.map((item, place) =>
      place === index ? { ...item, execution: change(item.execution) } : item,
    );
    this.session.sourceChanged();
  }
}

function idsOf(items: readonly FolderExecution[]): readonly string[] {
  return items.map(({ execution }) => execution.id);
}

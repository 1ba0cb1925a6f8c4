import type { FolderExecution } from '../../../../src/extension/dashboard/dashboard-host.ts';
import { DashboardSession } from '../../../../src/extension/dashboard/dashboard-session.ts';
import type { Execution } from '../../../../src/model/execution.ts';
import { HostClock } from '../../../../src/webview/state/clock.ts';
import { DashboardModel } from '../../../../src/webview/state/dashboard-model.ts';
import { initialView, type ViewState } from '../../../../src/webview/state/view-state.ts';
import { FakeDashboardHost } from '../../../webview/fake-dashboard-host.ts';
import { FakeTimers, settle } from '../../protocol/fake-after.ts';

/** Both ends of the dashboard without an editor and a browser, and time that passes when the test says so. */
export class DashboardLink extends FakeDashboardHost {
  readonly timers = new FakeTimers();
  readonly model: DashboardModel;
  readonly session: DashboardSession;
  readonly reports: string[] = [];
  /** Bytes and type of every message to the webview. */
  readonly sent: { readonly type: string; readonly bytes: number }[] = [];
  kept: ViewState | null = null;
  /** True: what the extension sends is lost. */
  isDeaf = false;

  constructor(executions: readonly FolderExecution[], view: ViewState = initialView) {
    super();
    this.executions = executions;
    const { after } = this.timers;
    this.session = new DashboardSession({
      ...this.side(),
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

  /** From now on logs are not read; the function that is returned lets them, also those that are waited for. */
  hangLogs(): () => void {
    let answer = (): void => undefined;
    this.logsAnswer = new Promise((resolve) => (answer = resolve));
    return answer;
  }

  /** Changes one execution and tells the session. */
  update(index: number, change: (execution: Execution) => Execution): void {
    this.executions = this.executions.map((item, place) =>
      place === index ? { ...item, execution: change(item.execution) } : item,
    );
    this.session.sourceChanged();
  }
}

import type { ComparePage, CompareRequest } from '../../protocol/compare-messages.ts';
import type { Endpoint } from '../../protocol/endpoint.ts';
import type { DataValues, EventsPage } from '../../protocol/events-messages.ts';
import type { Insights, InsightsRequest } from '../../protocol/insights-messages.ts';
import type { Failure } from '../../model/result.ts';
import type { ToHost, ToWebview } from '../../protocol/messages.ts';

/** A command may ask a person things, step by step. */
export const commandTimeoutMs = 10 * 60_000;

/** What is read when a part of the page is looked at, and kept by that part alone. */
export class HostReads {
  readonly #endpoint: Pick<Endpoint<ToWebview, ToHost>, 'ask'>;
  readonly #refuse: (failure: Failure) => void;

  constructor(
    endpoint: Pick<Endpoint<ToWebview, ToHost>, 'ask'>,
    refuse: (failure: Failure) => void,
  ) {
    this.#endpoint = endpoint;
    this.#refuse = refuse;
  }

  /** How executions went; null when the extension does not answer. */
  async readInsights(request: InsightsRequest): Promise<Insights | null> {
    const answer = await this.#endpoint.ask('insights', request);
    return answer.ok ? answer.value : null;
  }

  /** Saves those figures to a file. */
  async exportInsights(request: InsightsRequest): Promise<void> {
    const answer = await this.#endpoint.ask('export-insights', request, commandTimeoutMs);
    if (!answer.ok) this.#refuse(answer.error);
  }

  /** Two executions compared; null when one is not there any more. */
  async readComparison(request: CompareRequest): Promise<ComparePage | null> {
    const answer = await this.#endpoint.ask('compare', request);
    return answer.ok ? answer.value : null;
  }

  /** Opens their workflow texts in the editor that shows differences. */
  async compareWorkflows(request: CompareRequest): Promise<void> {
    const answer = await this.#endpoint.ask('compare-workflows', request);
    if (!answer.ok) this.#refuse(answer.error);
  }

  /** What happened to the selected execution, before one of the events or the newest. */
  async readEvents(key: string, before: number | null): Promise<EventsPage | null> {
    const answer = await this.#endpoint.ask('events', { key, before });
    return answer.ok ? answer.value : null;
  }

  /** Inputs and outputs of an execution in full. */
  async readValues(key: string): Promise<DataValues | null> {
    const answer = await this.#endpoint.ask('values', key);
    return answer.ok ? answer.value : null;
  }
}

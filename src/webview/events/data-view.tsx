import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DataValue, DataValues } from '../../protocol/events-messages.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DetailState } from '../state/detail-state.ts';

const titles: Readonly<Record<DataValue['kind'], string>> = {
  input: 'Inputs',
  output: 'Outputs',
  'task-output': 'Outputs of tasks',
};

/** Inputs and outputs in full, each with its name. */
export function DataView(props: {
  readonly detail: DetailState;
  readonly model: DashboardModel;
}): VNode {
  const { detail, model } = props;
  const [data, setData] = useState<DataValues | null>(null);
  useEffect(() => {
    let isWanted = true;
    void model.reads.readValues(detail.key).then((values) => {
      if (isWanted && values !== null) setData(values);
    });
    return () => {
      isWanted = false;
    };
  }, [detail.key, detail]);
  if (data === null) return <p class="muted late tab-words">Reading the values…</p>;
  if (data.values.length === 0) {
    return <p class="muted tab-words">It has no inputs and no outputs.</p>;
  }
  return (
    <>
      {(['input', 'output', 'task-output'] as const).map((kind) => {
        const values = data.values.filter((value) => value.kind === kind);
        return values.length === 0 ? null : <Group key={kind} kind={kind} values={values} />;
      })}
      {data.more > 0 && <p class="muted tab-words">{data.more} more are not shown.</p>}
    </>
  );
}

function Group(props: {
  readonly kind: DataValue['kind'];
  readonly values: readonly DataValue[];
}): VNode {
  const { kind, values } = props;
  return (
    <table class="task-table data-table">
      <caption>{titles[kind]}</caption>
      <thead>
        <tr>
          <th scope="col" class="data-name">
            Name
          </th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ task, name, value, isCut }) => (
          <tr key={`${task ?? ''} ${name}`}>
            <th scope="row">
              {task !== null && <span class="muted">{task} / </span>}
              {name}
            </th>
            <td>
              {value === '' ? <span class="muted">(empty)</span> : <pre>{indented(value)}</pre>}
              {isCut && <p class="muted">The rest is not shown.</p>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** JSON with one value a line; any other text as it is. */
function indented(value: string): string {
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

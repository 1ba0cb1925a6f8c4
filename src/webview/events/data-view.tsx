import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DataValue, DataValues } from '../../protocol/events-messages.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DetailState } from '../state/detail-state.ts';
import { plural, t } from '../language/page-language.ts';

const titles: Readonly<Record<DataValue['kind'], string>> = {
  input: t('Inputs'),
  output: t('Outputs'),
  'task-output': t('Outputs of tasks'),
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
  if (data === null) return <p class="muted late tab-words">{t('Reading the values…')}</p>;
  if (data.values.length === 0) {
    return <p class="muted tab-words">{t('It has no inputs and no outputs.')}</p>;
  }
  return (
    <>
      {(['input', 'output', 'task-output'] as const).map((kind) => {
        const values = data.values.filter((value) => value.kind === kind);
        return values.length === 0 ? null : <Group key={kind} kind={kind} values={values} />;
      })}
      {data.more > 0 && (
        <p class="muted tab-words">
          {plural(data.more, '{0} more is not shown.', '{0} more are not shown.')}
        </p>
      )}
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
            {t('Name')}
          </th>
          <th scope="col">{t('Value')}</th>
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
              {value === '' ? (
                <span class="muted">{t('(empty)')}</span>
              ) : (
                <pre>{indented(value)}</pre>
              )}
              {isCut && <p class="muted">{t('The rest is not shown.')}</p>}
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

import type { VNode } from 'preact';
import type { ComparePage, ComparedValueRow } from '../../protocol/compare-messages.ts';

const titles: Readonly<Record<ComparedValueRow['kind'], string>> = {
  source: 'What was checked out',
  input: 'Inputs that differ',
  output: 'Outputs that differ',
  'task-output': 'Outputs of tasks that differ',
};

/** Branch, commit, inputs and outputs that are not the same in both. */
export function ComparedValues({ page }: { readonly page: ComparePage }): VNode {
  const { values, moreValues } = page;
  if (values.length === 0) {
    return <p class="muted tab-words">Inputs and outputs are the same in both.</p>;
  }
  return (
    <>
      {(['source', 'input', 'output', 'task-output'] as const).map((kind) => {
        const some = values.filter((value) => value.kind === kind);
        return some.length === 0 ? null : <Group key={kind} kind={kind} values={some} />;
      })}
      {moreValues > 0 && <p class="muted tab-words">{moreValues} more are not shown.</p>}
    </>
  );
}

function Group(props: {
  readonly kind: ComparedValueRow['kind'];
  readonly values: readonly ComparedValueRow[];
}): VNode {
  const { kind, values } = props;
  return (
    <>
      <h3>{titles[kind]}</h3>
      <table class="task-table data-table compare-table">
        <thead>
          <tr>
            <th scope="col" class="compare-name">
              Name
            </th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ task, name, before, after }) => (
            <tr key={`${task ?? ''} ${name}`}>
              <th scope="row">
                {task !== null && <span class="muted">{task} / </span>}
                {name}
              </th>
              <Value value={before} />
              <Value value={after} />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Value({ value }: { readonly value: string | null }): VNode {
  return (
    <td>
      {value === null && <span class="muted">(none)</span>}
      {value === '' && <span class="muted">(empty)</span>}
      {value !== null && value !== '' && <pre>{value}</pre>}
    </td>
  );
}

import type { VNode } from 'preact';
import type { ComparePage, ComparedValueRow } from '../../protocol/compare-messages.ts';
import { plural, t } from '../language/page-language.ts';

const titles: Readonly<Record<ComparedValueRow['kind'], string>> = {
  source: t('What was checked out'),
  input: t('Inputs that differ'),
  output: t('Outputs that differ'),
  'task-output': t('Outputs of tasks that differ'),
};

/** Branch, commit, inputs and outputs that are not the same in both. */
export function ComparedValues({ page }: { readonly page: ComparePage }): VNode {
  const { values, moreValues } = page;
  if (values.length === 0) {
    return <p class="muted tab-words">{t('Inputs and outputs are the same in both.')}</p>;
  }
  return (
    <>
      {(['source', 'input', 'output', 'task-output'] as const).map((kind) => {
        const some = values.filter((value) => value.kind === kind);
        return some.length === 0 ? null : <Group key={kind} kind={kind} values={some} />;
      })}
      {moreValues > 0 && (
        <p class="muted tab-words">
          {plural(moreValues, '{0} more is not shown.', '{0} more are not shown.')}
        </p>
      )}
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
              {t('Name')}
            </th>
            <th scope="col">{t('Before')}</th>
            <th scope="col">{t('After')}</th>
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
      {value === null && <span class="muted">{t('(none)')}</span>}
      {value === '' && <span class="muted">{t('(empty)')}</span>}
      {value !== null && value !== '' && <pre>{value}</pre>}
    </td>
  );
}

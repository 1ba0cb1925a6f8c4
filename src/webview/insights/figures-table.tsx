import type { ComponentChildren, VNode } from 'preact';
import { t } from '../language/page-language.ts';

/** A table of figures; the first column names what they are about. */
export function Table(props: {
  readonly heads: readonly string[];
  readonly children: ComponentChildren;
}): VNode {
  return (
    <table class="task-table figures-table">
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th scope="col" key={head} class={head === t('Last') ? 'spark-cell' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}

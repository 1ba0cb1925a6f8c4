import type { InputSpec, InputValue } from '../../model/workflow.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** A row of a quick pick for an input; `value` null leaves the input out. */
export interface InputItem {
  readonly label: string;
  readonly description?: string;
  readonly value: InputValue | null;
  readonly isCurrent: boolean;
}

/** What the person is told about an input. */
export function describeInput(spec: InputSpec, t: Translate = inEnglish): string {
  const text = spec.description ?? t('Value of {0}', spec.name);
  const parts = [
    spec.type === 'number' ? t('a number') : null,
    spec.pattern === null ? null : t('must match {0}', spec.pattern),
    spec.required ? null : t('may be left empty'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? text : `${text} (${parts.join(', ')})`;
}

/** The values that an input of a closed set can have; the current one is chosen first. */
export function inputItems(
  spec: InputSpec,
  current: unknown,
  t: Translate = inEnglish,
): readonly InputItem[] {
  const items: InputItem[] = candidates(spec, current, t).map(({ label, value }) => ({
    label,
    value,
    isCurrent: value === current,
    ...(value === spec.default ? { description: t('default') } : {}),
  }));
  const isOptional = !spec.required && spec.default === null;
  if (isOptional)
    items.push({ label: `$(circle-slash) ${t('Leave Out')}`, value: null, isCurrent: false });
  return items;
}

function candidates(
  spec: InputSpec,
  current: unknown,
  t: Translate,
): readonly { readonly label: string; readonly value: InputValue }[] {
  switch (spec.type) {
    case 'boolean':
      return [
        { label: t('Yes'), value: true },
        { label: t('No'), value: false },
      ];
    case 'choice':
      return spec.options.map((option) => ({ label: option, value: option }));
    case 'file': {
      const known = [current, spec.default].filter(
        (value): value is string => typeof value === 'string' && value !== '',
      );
      return [...new Set(known)].map((value) => ({ label: value, value }));
    }
    case 'string':
    case 'number':
      return [];
  }
}

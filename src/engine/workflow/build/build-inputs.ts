import type { InputSpec, InputValue } from '../../../model/workflow.ts';
import { inputTypes } from '../keys/input-keys.ts';
import { scalarsOf } from '../workflow-source.ts';
import { valueOf, type YamlEntry, type YamlNode } from '../yaml/yaml-node.ts';

/** The declaration of an input; what is missing or wrong has the default. */
export function buildInput({ key, value }: YamlEntry): InputSpec {
  const declared = textOf(valueOf(value, 'type'));
  const type = inputTypes.find((word) => word === declared) ?? 'string';
  return {
    name: key.text,
    type,
    required: scalarOf(valueOf(value, 'required')) === true,
    description: textOf(valueOf(value, 'description')),
    default: buildDefault(valueOf(value, 'default'), type),
    pattern: textOf(valueOf(value, 'pattern')),
    options: scalarsOf(valueOf(value, 'options')).map((option) => option.text),
  };
}

/** Text stays as it is written: `default: 1.10` of a string input is "1.10". */
function buildDefault(node: YamlNode | undefined, type: InputSpec['type']): InputValue | null {
  if (node?.kind !== 'scalar' || node.value === null) return null;
  const isTyped = type === 'number' || type === 'boolean';
  return isTyped && typeof node.value !== 'string' ? node.value : node.text;
}

function scalarOf(node: YamlNode | undefined): unknown {
  return node?.kind === 'scalar' ? node.value : undefined;
}

function textOf(node: YamlNode | undefined): string | null {
  return node?.kind === 'scalar' && node.value !== null ? node.text : null;
}

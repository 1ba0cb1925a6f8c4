import { contextHere } from './context-here.ts';
import { cycle } from './cycle.ts';
import { duplicateTask } from './duplicate-task.ts';
import { expressionSyntax } from './expression-syntax.ts';
import { httpRequest } from './http-request.ts';
import { inputs } from './inputs.ts';
import { knownNames } from './known-names.ts';
import { knownOutputs } from './known-outputs.ts';
import { matrixNames } from './matrix-names.ts';
import { matrix } from './matrix.ts';
import { misplacedKey } from './misplaced-key.ts';
import { names } from './names.ts';
import { needs } from './needs.ts';
import { properties } from './properties.ts';
import { retry } from './retry.ts';
import type { Rule } from './rule.ts';
import { secrets } from './secrets.ts';
import { taskCount } from './task-count.ts';
import { taskKind } from './task-kind.ts';
import { taskReferences } from './task-references.ts';
import { unsafeInterpolation } from './unsafe-interpolation.ts';
import { uses } from './uses.ts';

/** Every rule that looks at a whole file, after its YAML and its shape were checked. */
export const allRules: readonly Rule[] = [
  taskCount,
  names,
  duplicateTask,
  taskKind,
  misplacedKey,
  needs,
  cycle,
  matrix,
  retry,
  secrets,
  inputs,
  httpRequest,
  expressionSyntax,
  unsafeInterpolation,
  contextHere,
  knownNames,
  knownOutputs,
  matrixNames,
  taskReferences,
  properties,
  uses,
];

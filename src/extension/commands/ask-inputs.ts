import * as path from 'node:path';
import * as vscode from 'vscode';
import { checkInput } from '../../engine/workflow/check-inputs.ts';
import type { InputSpec, InputValue } from '../../model/workflow.ts';
import { describeInput, inputItems, type InputItem } from './describe-input.ts';
import { tell } from '../tell.ts';

const { t } = vscode.l10n;

/** What to ask. */
export interface InputQuestions {
  readonly title: string;
  /** The workspace folder, which file inputs are relative to. */
  readonly folder: vscode.Uri;
  readonly specs: readonly InputSpec[];
  /** What the answers start out as; the declared default where this says nothing. */
  readonly start: Readonly<Record<string, unknown>>;
}

/** An answer; `omitted` leaves an input that is not required out. */
type Answer =
  | { readonly kind: 'value'; readonly value: InputValue }
  | { readonly kind: 'omitted' }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

interface Step {
  readonly questions: InputQuestions;
  readonly spec: InputSpec;
  readonly number: number;
  /** The answer of an earlier visit, or what it starts out as. */
  readonly current: unknown;
}

/** Asks for inputs one by one, each checked as it is typed, with a way back. Undefined when the person gave up. */
export async function askInputs(
  questions: InputQuestions,
): Promise<Readonly<Record<string, InputValue>> | undefined> {
  const { specs, start } = questions;
  const answers = new Map<string, InputValue>();
  const given = new Map<string, unknown>();
  for (let index = 0; index < specs.length;) {
    const spec = specs[index];
    if (spec === undefined) break;
    const current = given.get(spec.name) ?? start[spec.name] ?? spec.default;
    const answer = await ask({ questions, spec, number: index + 1, current });
    if (answer.kind === 'cancelled') return undefined;
    if (answer.kind === 'back') {
      index -= 1;
      continue;
    }
    if (answer.kind === 'omitted') answers.delete(spec.name);
    else answers.set(spec.name, answer.value);
    given.set(spec.name, answer.kind === 'value' ? answer.value : '');
    index += 1;
  }
  return Object.fromEntries(answers);
}

function ask(step: Step): Promise<Answer> {
  switch (step.spec.type) {
    case 'string':
    case 'number':
      return askText(step);
    case 'boolean':
    case 'choice':
      return askItem(step, inputItems(step.spec, step.current, t));
    case 'file':
      return askFile(step);
  }
}

function askText(step: Step): Promise<Answer> {
  const { spec } = step;
  const box = vscode.window.createInputBox();
  box.value = textOf(step.current);
  box.prompt = describeInput(spec, t);
  const check = (): Answer | string => {
    if (box.value === '' && !spec.required) return { kind: 'omitted' };
    const checked = checkInput(spec, box.value);
    return checked.ok ? { kind: 'value', value: checked.value } : tell(checked.error.message);
  };
  return present(step, box, (finish) => {
    box.onDidChangeValue(() => {
      const answer = check();
      box.validationMessage = typeof answer === 'string' ? answer : undefined;
    });
    box.onDidAccept(() => {
      const answer = check();
      if (typeof answer === 'string') box.validationMessage = answer;
      else finish(answer);
    });
  });
}

function askItem(step: Step, items: readonly InputItem[]): Promise<Answer> {
  const pick = vscode.window.createQuickPick<InputItem>();
  pick.items = items;
  pick.placeholder = describeInput(step.spec, t);
  pick.activeItems = items.filter(({ isCurrent }) => isCurrent).slice(0, 1);
  return present(step, pick, (finish) => {
    pick.onDidAccept(() => {
      const item = pick.selectedItems[0];
      if (item === undefined) return;
      finish(item.value === null ? { kind: 'omitted' } : { kind: 'value', value: item.value });
    });
  });
}

async function askFile(step: Step): Promise<Answer> {
  const { spec, questions } = step;
  const browse: InputItem = {
    label: `$(folder-opened) ${t('Choose a File…')}`,
    value: browseValue,
    isCurrent: false,
  };
  const answer = await askItem(step, [...inputItems(spec, step.current, t), browse]);
  if (answer.kind !== 'value' || answer.value !== browseValue) return answer;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: `${questions.title}: ${spec.name}`,
      defaultUri: questions.folder,
      openLabel: t('Choose'),
    })) ?? [];
  if (file === undefined) return askFile(step);
  return { kind: 'value', value: relativeTo(questions.folder.fsPath, file.fsPath) };
}

/** No file name may hold it, so it cannot be one. */
const browseValue = '\0';

/** Shows a step until it is answered; hiding it is giving up. */
function present(
  step: Step,
  input: vscode.InputBox | vscode.QuickPick<InputItem>,
  listen: (finish: (answer: Answer) => void) => void,
): Promise<Answer> {
  const { questions, spec, number } = step;
  input.title = `${questions.title}: ${spec.name}`;
  input.step = number;
  input.totalSteps = questions.specs.length;
  input.ignoreFocusOut = true;
  if (number > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<Answer>((resolve) => {
    const finish = (answer: Answer): void => {
      resolve(answer);
      input.dispose();
    };
    input.onDidTriggerButton(() => finish({ kind: 'back' }));
    // Disposing hides too, when the answer is there already.
    input.onDidHide(() => finish({ kind: 'cancelled' }));
    listen(finish);
    input.show();
  });
}

/** Inside the workspace as workflows write it, else absolute. */
function relativeTo(folder: string, file: string): string {
  const relative = path.relative(folder, file);
  const isInside = !relative.startsWith('..') && !path.isAbsolute(relative);
  return isInside ? relative.split(path.sep).join('/') : file;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

import type { VNode } from 'preact';
import { shortCommit } from '../../model/describe-git.ts';
import type { GitState } from '../../model/execution.ts';
import type { ExecutionAction } from '../../protocol/command-messages.ts';
import type { DetailHead, NamedValue } from '../../protocol/detail-messages.ts';
import { Icon, StatusWord } from '../parts/icon.tsx';
import { Ago, Elapsed } from '../parts/ticking.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import type { DetailState } from '../state/detail-state.ts';
import { nextStep } from '../state/next-step.ts';
import { lookOf } from '../state/status-look.ts';
import { Button } from '../ui.ts';
import { t } from '../language/page-language.ts';
import { formatAttempt } from '../language/format.ts';

interface Props {
  readonly detail: DetailState;
  readonly state: DashboardState;
  readonly model: DashboardModel;
}

interface ActionLook {
  readonly action: ExecutionAction;
  readonly icon: string;
  readonly label: string;
  readonly isPrimary: boolean;
}

/** In the order they are shown. Approve and Reject stand beside their question, Open log beside the log. */
const actions: readonly ActionLook[] = [
  { action: 'retry', icon: 'debug-restart', label: t('Retry'), isPrimary: true },
  { action: 'resume', icon: 'debug-continue', label: t('Resume'), isPrimary: true },
  { action: 'cancel', icon: 'debug-stop', label: t('Cancel'), isPrimary: false },
  { action: 'runAgain', icon: 'run-all', label: t('Run again'), isPrimary: false },
  { action: 'openWorkflow', icon: 'go-to-file', label: t('Open workflow'), isPrimary: false },
];

/** Name, state, message, and what can be done. */
export function DetailHeadView({ detail, state, model }: Props): VNode {
  const { head } = detail;
  const isStuck = head.stuck.length > 0;
  return (
    <div class="detail-head">
      <div class="detail-title-line">
        <h2 id="detail-title">{head.name}</h2>
        <StatusWord look={lookOf(head.status, isStuck)} />
        {head.attempt > 1 && <span class="muted">{formatAttempt(head.attempt)}</span>}
      </div>
      <div class="detail-actions">
        {detail.isGone
          ? null
          : actions
              .filter(({ action }) => head.actions.includes(action))
              .map(({ action, icon, label, isPrimary }) => (
                <Button
                  key={action}
                  appearance={isPrimary ? 'primary' : 'secondary'}
                  disabled={state.busy.includes(action)}
                  onClick={() => void model.commands.run(action)}
                >
                  <Icon name={icon} slot="start" />
                  {cancelLabel(action, head) ?? label}
                </Button>
              ))}
      </div>
      {head.message !== null && (
        <p class={`detail-message ${isBad(head) ? 'bad' : ''}`}>{head.message}</p>
      )}
      <NextStep detail={detail} />
    </div>
  );
}

/** When it ran, from where, of what, and with what. */
export function DetailFacts({ detail, state }: Omit<Props, 'model'>): VNode {
  const { head } = detail;
  return (
    <dl class="facts">
      <Fact name={t('Started')}>
        <Ago atMs={head.startedMs ?? head.createdMs} />
      </Fact>
      {head.startedMs !== null && (
        <Fact name={t('Duration')}>
          <Elapsed startMs={head.startedMs} endMs={head.finishedMs} />
        </Fact>
      )}
      <Fact name={t('Trigger')}>{triggerWords(head)}</Fact>
      <Fact name={t('Agent')}>{head.agent}</Fact>
      {state.list?.facts.hasFolders === true && <Fact name={t('Folder')}>{head.folder}</Fact>}
      <Fact name={t('Execution')}>
        <code>{head.id}</code>
      </Fact>
      {head.git !== null && <GitFacts git={head.git} />}
      {head.parent !== null && (
        <Fact name={t('Part of')}>
          <code>{head.parent.name}</code>, {t('task {0}', head.parent.value)}
        </Fact>
      )}
      {head.inputs.length > 0 && (
        <Fact name={t('Inputs')}>
          <Values values={head.inputs} />
        </Fact>
      )}
    </dl>
  );
}

/** What a person may want to do now. */
function NextStep({ detail }: { readonly detail: DetailState }): VNode | null {
  const words = detail.isGone ? null : nextStep(detail.head);
  if (words === null) return null;
  return (
    <p class="next-step">
      <Icon name="lightbulb" />
      <span>{words}</span>
    </p>
  );
}

function Fact(props: { readonly name: string; readonly children: unknown }): VNode {
  return (
    <div class="fact">
      <dt>{props.name}</dt>
      <dd>{props.children as VNode}</dd>
    </div>
  );
}

/** What was checked out when it was created. */
function GitFacts({ git }: { readonly git: GitState }): VNode {
  return (
    <>
      {git.branch !== null && <Fact name={t('Branch')}>{git.branch}</Fact>}
      {git.commit !== null && (
        <Fact name={t('Commit')}>
          <code title={git.commit}>{shortCommit(git)}</code>
        </Fact>
      )}
    </>
  );
}

function Values({ values }: { readonly values: readonly NamedValue[] }): VNode {
  return (
    <>
      {values.map(({ name, value }) => (
        <span class="value" key={name} title={`${name} = ${value}`}>
          <span class="muted">{name}</span> <code>{value === '' ? t('(empty)') : value}</code>
        </span>
      ))}
    </>
  );
}

function isBad(head: DetailHead): boolean {
  return head.status === 'failed' || head.status === 'interrupted';
}

/** A cancel that is under way can be pressed again: then nothing is waited for. */
function cancelLabel(action: ExecutionAction, head: DetailHead): string | null {
  return action === 'cancel' && head.status === 'cancelling' ? t('Kill now') : null;
}

function triggerWords({ trigger }: DetailHead): string {
  const isByHand = trigger.kind === 'manual';
  switch (trigger.source) {
    case 'vscode':
      return isByHand ? t('by hand, from VS Code') : t('by VS Code');
    case 'cli':
      return isByHand ? t('by hand, from the command line') : t('by the command line');
    case 'api':
      return isByHand ? t('by hand, from another extension') : t('by another extension');
    case 'workflow':
      return isByHand ? t('by hand, from another workflow') : t('by another workflow');
  }
}

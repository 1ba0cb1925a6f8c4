import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findLeftovers, removeLeftovers } from '../../engine/diagnosing/leftovers.ts';
import { cleanExecutions, planCleaning } from '../../engine/history/enforce-retention.ts';
import type { RetentionLimits } from '../../engine/history/plan-retention.ts';
import { quarantineFolder, type StateFolder } from '../../engine/store/state-folder.ts';
import { formatBytes, parseBytes } from '../../model/bytes.ts';
import { fail, messageOf, ok, type Result } from '../../model/result.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { parseAge } from '../arguments/parse-moment.ts';
import { askYes } from '../asking/ask.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus } from '../exit-status.ts';
import { historyProgress } from '../history-progress.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Terminal } from '../terminal.ts';

/** `agent-executor clean` */
export const command: Command = {
  spec: {
    name: 'clean',
    summary: 'Remove finished executions that are too many, too old or too big',
    details: [
      'An execution goes with its logs and with those that ran for its tasks. What is not over, or cannot be read, is never removed. Several limits may be given; what is beyond one of them goes.',
    ],
    positionals: [],
    options: [
      { name: 'keep', value: 'N', about: 'Keep the newest N executions' },
      { name: 'older-than', value: 'AGE', about: 'Remove what ended longer ago: 30d, 12h, 8w' },
      { name: 'max-size', value: 'SIZE', about: 'Keep the newest that fit into this: 500MB, 2GB' },
      { name: 'quarantine', about: 'Also delete the bytes that could not be used' },
      { name: 'leftovers', about: 'Also delete what dead processes left' },
      { name: 'dry-run', about: 'Only say what would be removed' },
      { name: 'yes', short: 'y', about: 'Do not ask' },
    ],
    examples: [
      { command: 'agent-executor clean --older-than 30d --dry-run', about: 'See what would go' },
      {
        command: 'agent-executor clean --keep 1000 --max-size 2GB --yes',
        about: 'For a scheduled job',
      },
    ],
  },
  run: clean,
};

async function clean(
  terminal: Terminal,
  given: Arguments,
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const { folder } = opened.value;
  const limits = limitsOf(given);
  if (!limits.ok) return limits;
  const isLimited = Object.values(limits.value).some((limit) => limit !== null);
  if (!isLimited && !given.has('quarantine') && !given.has('leftovers')) {
    return fail(
      'usage',
      'say what may go: --keep N, --older-than AGE, --max-size SIZE, --quarantine or --leftovers',
    );
  }
  const progress = historyProgress(terminal);
  const none = { ids: [], bytes: 0 };
  const plan = isLimited ? await planCleaning(folder, limits.value, progress.onProgress) : none;
  progress.done();
  const quarantined = given.has('quarantine') ? namesIn(quarantineFolder(folder)) : [];
  const leftovers = given.has('leftovers') ? findLeftovers(folder) : [];
  const parts = [
    ...(isLimited ? [`${String(plan.ids.length)} execution(s), ${formatBytes(plan.bytes)}`] : []),
    ...(given.has('quarantine') ? [`${String(quarantined.length)} quarantined file(s)`] : []),
    ...(given.has('leftovers') ? [`${String(leftovers.length)} leftover(s)`] : []),
  ].join(', ');
  const isDry = given.has('dry-run');
  const isNothing = plan.ids.length + quarantined.length + leftovers.length === 0;
  if (!isDry && !isNothing && terminal.canAsk && !given.has('yes') && !given.has('json')) {
    const answer = await askYes(terminal, `Remove ${parts}?`);
    if (answer === null) return ok(exitStatus.cancelled);
    if (!answer) return ok(exitStatus.ok);
  }
  const removed = isDry ? ok(0) : await cleanExecutions(folder, plan.ids);
  if (!removed.ok) return { ok: false, error: { ...removed.error, exitStatus: exitStatus.failed } };
  if (!isDry) {
    removeLeftovers(folder, leftovers);
    const deleted = deleteQuarantined(folder, quarantined);
    if (!deleted.ok) return deleted;
  }
  if (given.has('json')) {
    const { ids, bytes } = plan;
    const document = {
      planned: ids,
      bytes,
      removed: removed.value,
      quarantined: quarantined.length,
      leftovers: leftovers.length,
      dryRun: isDry,
    };
    terminal.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const kept = plan.ids.length - removed.value;
    const why =
      isDry || kept === 0
        ? ''
        : `; ${String(kept)} of them stayed: they run again, or cannot be read`;
    terminal.stdout.write(`${isDry ? 'would remove' : 'removed'} ${parts}${why}\n`);
  }
  return ok(exitStatus.ok);
}

function limitsOf(given: Arguments): Result<RetentionLimits> {
  const [keep, age, size] = ['keep', 'older-than', 'max-size'].map((name) => given.value(name));
  if (keep !== undefined && !/^\d+$/.test(keep)) {
    return fail('usage', `--keep needs a whole number, not "${keep}"`);
  }
  const maxAgeMs = age === undefined ? null : parseAge(age);
  if (age !== undefined && maxAgeMs === null) {
    return fail('usage', `--older-than needs an age such as 30d, 12h or 8w, not "${age}"`);
  }
  const maxBytes = size === undefined ? null : parseBytes(size);
  if (size !== undefined && maxBytes === null) {
    return fail('usage', `--max-size needs a size such as 500MB or 2GB, not "${size}"`);
  }
  return ok({ maxCount: keep === undefined ? null : Number(keep), maxAgeMs, maxBytes });
}

function namesIn(place: string): readonly string[] {
  try {
    return readdirSync(place);
  } catch {
    return [];
  }
}

function deleteQuarantined(folder: StateFolder, names: readonly string[]): Result<void> {
  try {
    for (const name of names) rmSync(path.join(quarantineFolder(folder), name), { force: true });
    return ok(undefined);
  } catch (thrown) {
    return fail('storage', `the quarantine could not be deleted: ${messageOf(thrown)}`);
  }
}

import { accessSync, constants, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { readLogTail } from '../logs/read-log.ts';
import {
  ensureStateFolder,
  quarantineFolder,
  viewPath,
  type StateFolder,
} from '../store/state-folder.ts';
import { storageFailure } from '../store/storage-failure.ts';
import { formatBytes } from '../../model/bytes.ts';
import { messageOf } from '../../model/result.ts';
import { fine, note, problem, repaired, type Finding } from './finding.ts';
import { findLeftovers, removeLeftovers } from './leftovers.ts';

const readOnly = 'Executions can be shown, but nothing can run until this user may write there.';
const fixWith = 'agent-executor doctor --fix repairs it.';

/** Below this much free space a state folder is in danger: one noisy task fills it in a second. */
const littleSpaceBytes = 200 * 1024 * 1024;

/** Locks are renewed every ten seconds. */
const staleLockMs = 60_000;

/** The folder itself: there, writable, ignored by git, with room, without leftovers. `canFix` repairs what is safe. */
export async function checkFolder(folder: StateFolder, canFix: boolean): Promise<Finding[]> {
  if (!existsSync(folder.root)) return [checkMakable(folder)];
  if (!statSync(folder.root).isDirectory()) {
    return [
      problem(
        'folder',
        `${folder.root} is no folder`,
        'Move that file away; the first run makes a folder.',
      ),
    ];
  }
  return [
    checkWritable(folder),
    ...checkIgnored(folder, canFix),
    await checkSpace(folder),
    ...checkLeftovers(folder, canFix),
    ...(await checkLock(folder)),
    ...(await checkQuarantine(folder)),
    ...(await checkRunnerLog(folder)),
  ];
}

function checkMakable({ root }: StateFolder): Finding {
  let parent = path.dirname(root);
  while (!existsSync(parent) && parent !== path.dirname(parent)) parent = path.dirname(parent);
  try {
    accessSync(parent, constants.W_OK);
    return fine('folder', `${root} is not there yet; the first run makes it`);
  } catch (thrown) {
    return problem(
      'folder',
      storageFailure(`prepare the folder ${root}`, thrown).message,
      readOnly,
    );
  }
}

function checkWritable(folder: StateFolder): Finding {
  const probe = path.join(folder.root, `.doctor-${String(process.pid)}`);
  try {
    writeFileSync(probe, 'x', { flag: 'wx' });
    rmSync(probe);
    return fine('folder', `${folder.root} can be written`);
  } catch (thrown) {
    return problem('folder', storageFailure(`write to ${folder.root}`, thrown).message, readOnly);
  }
}

function checkIgnored(folder: StateFolder, canFix: boolean): Finding[] {
  const isThere = (): boolean => existsSync(path.join(folder.root, '.gitignore'));
  if (isThere()) return [];
  if (canFix && ensureStateFolder(folder).ok && isThere()) {
    return [repaired('git', 'the folder has its .gitignore again')];
  }
  return [problem('git', 'its .gitignore is gone, so git would commit logs and state', fixWith)];
}

async function checkSpace(folder: StateFolder): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(folder.root);
    const free = bavail * bsize;
    if (free >= littleSpaceBytes) return fine('space', `${formatBytes(free)} are free on its disk`);
    return problem(
      'space',
      `only ${formatBytes(free)} are free on its disk`,
      'Make room: with a full disk nothing new can start, and what runs cannot record its end.',
    );
  } catch (thrown) {
    return note('space', `the free space of its disk is not known: ${messageOf(thrown)}`);
  }
}

function checkLeftovers(folder: StateFolder, canFix: boolean): Finding[] {
  const leftovers = findLeftovers(folder);
  if (leftovers.length === 0) return [];
  const what = `${String(leftovers.length)} file(s) were left by processes that died`;
  const isGone = canFix && removeLeftovers(folder, leftovers) === leftovers.length;
  if (isGone) return [repaired('leftovers', `${what}; removed`)];
  return [note('leftovers', `${what}; they do no harm`, fixWith)];
}

async function checkLock(folder: StateFolder): Promise<Finding[]> {
  const lock = await stat(`${viewPath(folder)}.lock`).catch(() => null);
  const ageMs = lock === null ? 0 : Date.now() - lock.mtimeMs;
  if (ageMs < staleLockMs) return [];
  const seconds = String(Math.round(ageMs / 1000));
  return [
    note(
      'lock',
      `the lock of the view file was left ${seconds} s ago; the next writer breaks it by itself`,
    ),
  ];
}

async function checkQuarantine(folder: StateFolder): Promise<Finding[]> {
  const names = await readdir(quarantineFolder(folder)).catch(() => []);
  if (names.length === 0) return [];
  return [
    note(
      'quarantine',
      `${String(names.length)} file(s) in ${quarantineFolder(folder)} hold bytes that could not be used`,
      'What they meant was rebuilt from the journals. Look at them if you miss something, then delete them.',
    ),
  ];
}

/** Only the end is looked at: what was wrong long ago is no news. */
const runnerLogBytes = 64 * 1024;

async function checkRunnerLog(folder: StateFolder): Promise<Finding[]> {
  const file = path.join(folder.root, 'runner.log');
  const tail = await readLogTail(file, runnerLogBytes);
  const complaints = tail.ok
    ? tail.value.text.split('\n').filter((line) => / (warning|error): /.test(line))
    : [];
  const last = complaints.at(-1);
  if (last === undefined) return [];
  return [note('runner', `a background runner complained: ${last}`, `All of it is in ${file}.`)];
}

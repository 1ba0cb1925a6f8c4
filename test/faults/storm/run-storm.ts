/** Real processes on one state folder, killed, paused and robbed at random, and what came of it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureStateFolder, stateFolderOf } from '../../../src/engine/store/state-folder.ts';
import { ActorProcess } from './actor-process.ts';
import { bundleActor } from './bundle-actor.ts';
import type { Telling } from './messages.ts';
import { between, oneOf, seededRandom, type Random } from './seeded-random.ts';
import { Vandal } from './vandal.ts';
import { verifyStorm, type Acknowledged, type StormVerdict } from './verify-storm.ts';

/** How much of a storm. */
export interface StormOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly writers?: number;
  readonly readers?: number;
  /** Where the state folder is made; it is kept when something is wrong. */
  readonly parent?: string;
}

/** The figures of a storm. */
export interface StormReport extends StormVerdict {
  readonly acknowledged: number;
  readonly kills: number;
  readonly pauses: number;
  /** Pauses during which the owner was given up, so that others took over. */
  readonly takeovers: number;
  readonly fenced: number;
  readonly damages: number;
  readonly reads: number;
  readonly torn: number;
  readonly regressed: number;
  readonly vanished: number;
  /** Paused owners whose executions were taken although they lived. */
  readonly robbed: number;
  readonly crashed: number;
  readonly workspace: string;
  readonly isGood: boolean;
}

/** Wrong by nothing, an hour, a day, back to 1970, on to 2038. */
function clockOffset(random: Random): number {
  const dayMs = 86_400_000;
  const now = Date.now();
  const to2038 = Date.UTC(2038, 0, 20) - now;
  return oneOf(random, [0, 0, 0, 15_000, 3_600_000, -3_600_000, dayMs, -dayMs, 1000 - now, to2038]);
}

/** Runs it, checks everything, and ends all processes. */
export async function runStorm(options: StormOptions): Promise<StormReport> {
  const workspace = fs.mkdtempSync(path.join(options.parent ?? os.tmpdir(), 'storm-'));
  const folder = stateFolderOf(workspace);
  ensureStateFolder(folder);
  const bundle = await bundleActor(workspace);
  const storm = new Storm(options, bundle, workspace);
  try {
    await storm.rage();
  } finally {
    await storm.end();
  }
  const verdict = await verifyStorm(folder, storm.acknowledged);
  const report = storm.report(verdict, workspace);
  if (report.isGood) fs.rmSync(workspace, { recursive: true, force: true });
  return report;
}

class Storm {
  readonly acknowledged: Acknowledged[] = [];
  readonly #options: StormOptions;
  readonly #bundle: string;
  readonly #workspace: string;
  readonly #random: Random;
  readonly #vandal: Vandal;
  readonly #actors = new Set<ActorProcess>();
  readonly #unreadable: string[] = [];
  readonly #problems: string[] = [];
  readonly #counts = {
    kills: 0,
    pauses: 0,
    takeovers: 0,
    fenced: 0,
    reads: 0,
    regressed: 0,
    vanished: 0,
    robbed: 0,
    crashed: 0,
  };
  #names = 0;

  constructor(options: StormOptions, bundle: string, workspace: string) {
    this.#options = options;
    this.#bundle = bundle;
    this.#workspace = workspace;
    this.#random = seededRandom(options.seed);
    const vandalRandom = seededRandom(options.seed + 1);
    this.#vandal = new Vandal(stateFolderOf(workspace), vandalRandom);
  }

  async rage(): Promise<void> {
    const { writers = 3, readers = 2, seconds } = this.#options;
    for (let count = 0; count < writers; count += 1) this.#start('writer');
    for (let count = 0; count < readers; count += 1) this.#start('reader');
    const end = performance.now() + seconds * 1000;
    const blows: Promise<void>[] = [];
    while (performance.now() < end) {
      await pause(between(this.#random, 50, 500));
      if (this.#random() < 0.35) this.#vandal.act();
      else blows.push(this.#strike());
    }
    await Promise.all(blows);
  }

  async end(): Promise<void> {
    await Promise.all([...this.#actors].map((actor) => actor.kill()));
  }

  report(verdict: StormVerdict, workspace: string): StormReport {
    const torn = this.#unreadable.filter((hash) => !this.#vandal.isOwn(hash)).length;
    const counts = this.#counts;
    const problems = [...this.#problems, ...verdict.problems];
    const bad =
      verdict.lost +
      verdict.doubled +
      torn +
      counts.regressed +
      counts.vanished +
      counts.robbed +
      counts.crashed;
    return {
      ...verdict,
      ...counts,
      acknowledged: this.acknowledged.length,
      damages: this.#vandal.count,
      torn,
      problems,
      workspace,
      isGood: bad === 0 && problems.length === 0 && this.acknowledged.length > 0,
    };
  }

  #start(role: 'writer' | 'reader'): void {
    const random = this.#random;
    this.#names += 1;
    const task = {
      role,
      workspace: this.#workspace,
      name: `${role.slice(0, 1)}${String(this.#names)}`,
      seed: between(random, 0, 2 ** 31),
      clockOffsetMs: clockOffset(random),
    } as const;
    this.#actors.add(
      new ActorProcess(this.#bundle, task, (telling, from) => this.#hear(telling, from)),
    );
  }

  /** Kills or pauses somebody, and puts another in the place of who does not come back. */
  async #strike(): Promise<void> {
    const random = this.#random;
    const actor = oneOf(random, [...this.#actors]);
    if (!actor.isReady || actor.isPaused || actor.isGivenUp) return;
    const chance = random();
    const pauseMs = between(random, 200, 1500);
    if (chance < 0.45 || process.platform === 'win32') {
      this.#counts.kills += 1;
      await this.#replace(actor);
      return;
    }
    this.#counts.pauses += 1;
    actor.pause();
    if (chance < 0.75) {
      // Nobody may touch what it owns.
      await pause(pauseMs);
      actor.goOn();
      return;
    }
    this.#counts.takeovers += 1;
    actor.giveUp();
    await pause(500 + pauseMs);
    actor.goOn();
    // For a while it works against those who take over all that it makes.
    await pause(pauseMs);
    await this.#replace(actor);
  }

  async #replace(actor: ActorProcess): Promise<void> {
    this.#actors.delete(actor);
    this.#start(actor.task.role);
    await actor.kill();
  }

  #hear(telling: Telling, from: ActorProcess): void {
    switch (telling.type) {
      case 'ready':
        return;
      case 'acknowledged': {
        const { id, epoch, lastSeq, tokens } = telling;
        for (const [index, token] of tokens.entries()) {
          this.acknowledged.push({ id, epoch, seq: lastSeq - tokens.length + 1 + index, token });
        }
        return;
      }
      case 'refused':
        if (telling.code !== 'fenced') {
          this.#problems.push(`${from.task.name} was refused: ${telling.why}`);
        } else if (from.isGivenUp) {
          this.#counts.fenced += 1;
        } else {
          this.#counts.robbed += 1;
          this.#problems.push(`${from.task.name} lived and lost ${telling.id}`);
        }
        return;
      case 'reads':
        this.#counts.reads += telling.count;
        return;
      case 'unreadable':
        this.#unreadable.push(telling.hash);
        return;
      case 'regressed':
      case 'vanished':
        this.#counts[telling.type] += 1;
        this.#problems.push(`${from.task.name} saw ${telling.id} ${telling.type}: ${telling.what}`);
        return;
      case 'crashed':
        this.#counts.crashed += 1;
        this.#problems.push(`${from.task.name} crashed: ${telling.why}`);
    }
  }
}

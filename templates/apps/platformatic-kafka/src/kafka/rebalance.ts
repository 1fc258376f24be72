import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long a rebalance waits for the batch being handled. Without heartbeats in the meantime, it
 * must stay well below the session timeout.
 */
const BATCH_GRACE_MS = 10_000;

/**
 * The client asks for the assignor's user data before every JoinGroup, which is the moment of the
 * Java consumer's onPartitionsRevoked: the batch is finished and its offsets are committed before
 * partitions can go to another member. A cooperative rebalance that takes partitions joins twice;
 * they have no other owner until the second time, so what was done in between can be committed.
 */
export class Rebalance {
  readonly #settle: (joinsAgain: boolean) => Promise<void>;
  #busy: Promise<unknown> = Promise.resolve();
  #settling = false;
  #underWay = false;

  /** What has to be done between the batch and JoinGroup. */
  constructor(settle: (joinsAgain: boolean) => Promise<void>) {
    this.#settle = settle;
  }

  get isUnderWay(): boolean {
    return this.#underWay;
  }

  /** Then nothing may be read: it would be handled too late. */
  get isSettling(): boolean {
    return this.#settling;
  }

  /** Runs the handling of a batch; a rebalance waits for it. */
  async handle(work: () => Promise<void>): Promise<void> {
    const running = work();
    this.#busy = running.catch(() => undefined);
    await running;
  }

  async beforeJoin(): Promise<Buffer> {
    if (!this.#settling) {
      this.#settling = true;
      await Promise.race([this.#busy, sleep(BATCH_GRACE_MS)]);
      const joinsAgain = this.#underWay;
      this.#underWay = true;
      await this.#settle(joinsAgain);
      this.#settling = false;
    }
    // Version 3 of the protocol carries the generation in its own field; this one says "none".
    const noGeneration = Buffer.alloc(4);
    noGeneration.writeInt32BE(-1);
    return noGeneration;
  }

  joined(): void {
    this.#underWay = false;
  }
}

import { errorFields, type Log } from '../service/log.ts';
import type { GroupSettings } from '../service/settings.ts';
import { clientOptions } from './client.ts';
import type { Cluster } from './cluster.ts';
import { groupOptions, HEARTBEAT_MS, streamOptions } from './consumer-options.ts';
import { measureLag, type OnLag } from './lag.ts';
import { onLostMembership } from './lost-membership.ts';
import { MembershipHealth } from './membership-health.ts';
import { Positions, type CommittableOffset } from './positions.ts';
import { ReadCommittedConsumer } from './read-committed.ts';
import { Rebalance } from './rebalance.ts';
import { RecordStream } from './record-stream.ts';
import type { ConsumedRecord } from './records.ts';
import { StableOffsets } from './stable-offsets.ts';
import type { GroupMember } from './transactions.ts';

export interface SubscriptionOptions {
  cluster: Cluster;
  topic: string;
  group: GroupSettings;
  /** Offsets are committed by transactions: what another member's have committed counts. */
  transactional?: boolean;
  onLag?: OnLag;
}

/** One membership in the consumer group, with what was read and what may be committed. */
export class Subscription {
  readonly #consumer: ReadCommittedConsumer;
  readonly #topic: string;
  readonly #group: GroupSettings;
  readonly #log: Log;
  readonly #health: MembershipHealth;
  readonly #positions = new Positions();
  readonly #stream: RecordStream;
  readonly #rebalance = new Rebalance((joinsAgain) => this.#settle(joinsAgain));
  readonly #stableOffsets: StableOffsets | undefined;
  readonly #watches: (() => void)[];
  #assignedBefore: readonly number[] = [];
  #awaiting = 0;
  #joinedAt = 0;
  #closing = false;
  #stopping = false;

  constructor({ cluster, topic, group, transactional, onLag }: SubscriptionOptions) {
    this.#topic = topic;
    this.#group = group;
    this.#log = cluster.log.child({ topic, groupId: group.id });
    this.#health = new MembershipHealth(cluster, topic, group, this.#log);
    this.#consumer = new ReadCommittedConsumer({
      ...clientOptions(cluster, (error) => {
        this.#health.attemptFailed(error);
      }),
      ...groupOptions(group, () => this.#rebalance.beforeJoin()),
    });
    this.#stream = new RecordStream(topic, (error) => {
      this.#fail(error);
    });
    this.#stableOffsets = transactional ? new StableOffsets(cluster, topic, group.id) : undefined;
    this.#listen();
    const known = () => (this.#rebalance.isUnderWay ? undefined : this.#assigned());
    this.#watches = [
      onLostMembership(this.#consumer, group, (error) => {
        this.#fail(error);
      }),
      ...(onLag ? [measureLag(this.#consumer, topic, known, onLag)] : []),
    ];
  }

  /** Joins the group; waits for brokers if there are none yet, until the signal ends that. */
  async open(signal: AbortSignal): Promise<void> {
    const abort = () => void this.close();
    signal.addEventListener('abort', abort);
    try {
      await this.#stream.open(this.#consumer);
    } catch (error) {
      throw this.#health.meaningOf(error);
    } finally {
      signal.removeEventListener('abort', abort);
      signal.addEventListener('abort', () => {
        this.#stopping = true;
      });
    }
  }

  /** Up to `max` records, or none if none arrived in time. */
  async poll(max: number, timeoutMs: number): Promise<ConsumedRecord[]> {
    const records = this.#read(max);
    if (records.length > 0) {
      return records;
    }
    await this.#stream.arrival(timeoutMs);
    return this.#read(max);
  }

  /** Runs the handling of a batch; a rebalance waits for it. */
  async handle(work: () => Promise<void>): Promise<void> {
    await this.#rebalance.handle(work);
  }

  /** False once a rebalance has given the record's partition to another member. */
  owns({ partition }: ConsumedRecord): boolean {
    return this.#assigned().includes(partition);
  }

  /** The records had their effect: their offsets may be committed. */
  done(records: readonly ConsumedRecord[]): void {
    for (const record of records) {
      this.#positions.advance(record);
    }
  }

  /** A transaction has committed the offsets of these records. */
  transacted(records: readonly ConsumedRecord[]): void {
    for (const { partition, offset } of records) {
      this.#positions.startAt(partition, offset + 1n);
      this.#stream.committed(partition, offset + 1n);
    }
  }

  /** Who reads, as a transaction has to say it. */
  member(): GroupMember {
    return this.#consumer;
  }

  async commit(): Promise<void> {
    // During a rebalance, a commit would wait behind JoinGroup on the same connection.
    if (!this.#rebalance.isUnderWay) {
      const assigned = this.#assigned();
      const offsets = this.#positions.uncommitted(this.#topic);
      await this.#commit(offsets.filter(({ partition }) => assigned.includes(partition)));
    }
  }

  /** Throws if the membership is lost; another one has to be opened. */
  check(): void {
    this.#health.check();
  }

  problem(): string | undefined {
    const problem = this.#health.problem();
    if (problem) {
      return problem;
    }
    if (!this.#stream.isOpen || this.#consumer.assignments === null) {
      return 'no partitions assigned yet';
    }
    const heard = Math.max(this.#joinedAt, this.#consumer.lastHeartbeat?.getTime() ?? 0);
    const silent = !this.#rebalance.isUnderWay && Date.now() - heard > 4 * HEARTBEAT_MS;
    return silent || !this.#consumer.isConnected() ? 'no broker can be reached' : undefined;
  }

  /** Per partition: the end of what can be read now. */
  async ends(): Promise<ReadonlyMap<number, bigint>> {
    const { isolationLevel } = streamOptions;
    const offsets = await this.#consumer.listOffsets({ topics: [this.#topic], isolationLevel });
    return new Map((offsets.get(this.#topic) ?? []).map((end, partition) => [partition, end]));
  }

  /** True when everything before these offsets was read. */
  hasReached(ends: ReadonlyMap<number, bigint>): boolean {
    return this.#assigned().every(
      (partition) => (this.#stream.next(partition) ?? -1n) >= (ends.get(partition) ?? 0n),
    );
  }

  /** Leaves the group, so that the others need not wait for the session timeout. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const endWatch of this.#watches) {
      endWatch();
    }
    await this.#stream.close();
    await this.#stableOffsets?.close();
    // A static member that stops says no goodbye: its partitions wait for it until the session
    // times out. The client always says it when it is closed; here the process is about to end.
    if (!(this.#stopping && this.#group.instanceId)) {
      await this.#consumer.close(true);
    }
  }

  #listen(): void {
    this.#consumer.on('consumer:group:join', () => {
      this.#joined();
    });
    this.#consumer.on('error', (error) => {
      this.#fail(error);
    });
    this.#consumer.onOutOfRange = (partition) => {
      this.#positions.restart(partition);
    };
    if (this.#group.protocol === 'consumer') {
      this.#consumer.on('consumer:heartbeat:end', () => {
        this.#noticeAssignment();
      });
      // Partitions are about to go. With this protocol nothing waits for the batch under way; its
      // new owner may get some of its events a second time.
      this.#consumer.on('consumer:group:rebalance', () => void this.#commitBeforeRebalance());
    }
  }

  #read(max: number): ConsumedRecord[] {
    this.check();
    this.#noticeAssignment();
    const records: ConsumedRecord[] = [];
    while (!this.#rebalance.isSettling && this.#awaiting === 0 && records.length < max) {
      const record = this.#stream.read();
      if (!record) {
        break;
      }
      // After a rebalance the client may still hold records of partitions that are gone, and
      // starts again at the committed offset for those that stayed.
      if (this.owns(record) && !this.#positions.isBefore(record)) {
        records.push(record);
      }
    }
    return records;
  }

  async #settle(joinsAgain: boolean): Promise<void> {
    if (!joinsAgain || this.#consumer.memberId === null) {
      // A member that was expelled has no partitions left to commit.
      this.#positions.keepOnly(this.#assigned());
    }
    await this.#commitBeforeRebalance();
  }

  async #commitBeforeRebalance(): Promise<void> {
    await this.#commit(this.#positions.uncommitted(this.#topic)).catch((error: unknown) => {
      this.#log.warn(errorFields(error), 'offsets not committed before the rebalance');
    });
  }

  async #commit(offsets: CommittableOffset[]): Promise<void> {
    if (offsets.length > 0) {
      await this.#consumer.commit({ offsets });
      this.#positions.committed(offsets);
    }
  }

  #joined(): void {
    this.#joinedAt = Date.now();
    this.#rebalance.joined();
    this.#health.joined();
    this.#assignedBefore = [];
    this.#noticeAssignment();
  }

  #noticeAssignment(): void {
    const partitions = this.#assigned();
    if (String(partitions) === String(this.#assignedBefore)) {
      return;
    }
    const added = partitions.filter((partition) => !this.#assignedBefore.includes(partition));
    this.#assignedBefore = partitions;
    this.#positions.keepOnly(partitions);
    this.#stream.keepOnly(partitions);
    this.#log.info({ partitions }, 'partitions assigned');
    void this.#awaitTransactions(added);
    this.#stream.wake();
  }

  /** Nothing is read from new partitions before their last owner's transactions have ended. */
  async #awaitTransactions(partitions: readonly number[]): Promise<void> {
    if (this.#stableOffsets === undefined || partitions.length === 0) {
      return;
    }
    this.#awaiting += 1;
    try {
      for (const [partition, offset] of await this.#stableOffsets.of(partitions)) {
        this.#positions.startAt(partition, offset);
      }
    } catch (error) {
      this.#fail(error as Error);
    }
    this.#awaiting -= 1;
    this.#stream.wake();
  }

  #assigned(): number[] {
    return this.#consumer.assignments?.find(({ topic }) => topic === this.#topic)?.partitions ?? [];
  }

  #fail(error: Error): void {
    if (!this.#closing) {
      this.#health.lost(error);
      this.#stream.wake();
    }
  }
}

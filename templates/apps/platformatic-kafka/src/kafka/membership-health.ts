import { errorFields, type Log } from '../service/log.ts';
import type { GroupSettings } from '../service/settings.ts';
import type { Cluster } from './cluster.ts';
import { credentialRefusal, isUnknownTopic, rightsRefusal } from './errors.ts';

/** What the errors of a membership mean for it: lost, refused for good, or something that may pass. */
export class MembershipHealth {
  readonly #cluster: Cluster;
  readonly #topic: string;
  readonly #group: GroupSettings;
  readonly #log: Log;
  #failure: Error | undefined;
  #topicMissing = false;

  constructor(cluster: Cluster, topic: string, group: GroupSettings, log: Log) {
    this.#cluster = cluster;
    this.#topic = topic;
    this.#group = group;
    this.#log = log;
  }

  /** An attempt failed that the client makes again. */
  attemptFailed(error: Error): void {
    if (isUnknownTopic(error) && !this.#topicMissing) {
      this.#log.warn(errorFields(error), `topic ${this.#topic} does not exist`);
      this.#topicMissing = true;
    }
  }

  joined(): void {
    this.#topicMissing = false;
    this.#cluster.reached();
  }

  lost(error: Error): void {
    this.#failure ??= error;
  }

  /** Throws if the membership is lost. */
  check(): void {
    if (this.#failure) {
      throw this.meaningOf(this.#failure);
    }
  }

  problem(): string | undefined {
    if (this.#topicMissing) {
      return `topic ${this.#topic} does not exist`;
    }
    return this.#failure ? 'no partitions assigned yet' : undefined;
  }

  meaningOf(error: unknown): Error {
    const refusal = credentialRefusal(error);
    if (refusal) {
      this.#cluster.refused(refusal);
    }
    const names = { topic: this.#topic, groupId: this.#group.id };
    return rightsRefusal(error, names) ?? (error as Error);
  }
}

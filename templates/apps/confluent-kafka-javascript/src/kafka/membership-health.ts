import rdkafka from '@confluentinc/kafka-javascript';
import type { GroupSettings } from '../service/settings.ts';
import { hasCode, isUnknownTopic, rightsRefusal } from './errors.ts';
import { KafkaRefused } from './failures.ts';

const { ERRORS } = rdkafka.CODES;

/** What the errors and answers of a membership say about it: lost for good, or something that may pass. */
export class MembershipHealth {
  readonly #topic: string;
  readonly #group: GroupSettings;
  #failure: Error | undefined;
  #topicMissing = false;
  #away = false;

  constructor(topic: string, group: GroupSettings) {
    this.#topic = topic;
    this.#group = group;
  }

  heard(error: Error): void {
    const refusal = rightsRefusal(error, { topic: this.#topic, groupId: this.#group.id });
    if (refusal) {
      this.fail(refusal);
    } else if (hasCode(error, [ERRORS.ERR__FATAL, ERRORS.ERR_FENCED_INSTANCE_ID])) {
      this.fail(this.#meaningOfFatal(error));
    } else if (isUnknownTopic(error)) {
      this.#topicMissing = true;
    } else {
      this.#away ||= hasCode(error, [ERRORS.ERR__ALL_BROKERS_DOWN]);
    }
  }

  /** A broker answered. */
  answered(): void {
    this.#away = false;
  }

  assigned(): void {
    this.#topicMissing = false;
  }

  fail(error: Error): void {
    this.#failure ??= error;
  }

  /** Throws if the membership is lost. */
  check(): void {
    if (this.#failure) {
      throw this.#failure;
    }
  }

  problem(partitions: readonly number[]): string | undefined {
    if (this.#topicMissing) {
      return `topic ${this.#topic} does not exist`;
    }
    if (this.#failure || partitions.length === 0) {
      return 'no partitions assigned yet';
    }
    return this.#away ? 'no broker can be reached' : undefined;
  }

  #meaningOfFatal(error: Error): Error {
    const { instanceId } = this.#group;
    return instanceId !== undefined && /fenced/i.test(error.message)
      ? new KafkaRefused(`Fenced: another member took over the group instance id ${instanceId}`, {
          cause: error,
        })
      : error;
  }
}

import type { UseCaseId } from '../choices.ts';

/** What a use case decides: a domain with its topic, key, services and expected load. */
export type UseCase = {
  readonly id: UseCaseId;
  readonly title: string;
  /** One sentence for prompts and READMEs. */
  readonly summary: string;
  /** The domain's name; folder names in application templates derive from it. */
  readonly domain: 'page-views' | 'orders' | 'customers' | 'audit' | 'agent-tasks';
  readonly topic: {
    /** `<domain>.<data set>.v<major version of the event format>` */
    readonly name: string;
    readonly key: string;
    readonly keyReason: string;
    /** Days; undefined where the topic is compacted and keeps the newest record of each key. */
    readonly retentionDays?: number;
    readonly cleanupPolicy: 'delete' | 'compact';
    readonly contents: string;
  };
  readonly producer: { readonly name: string; readonly does: string };
  readonly consumer: { readonly name: string; readonly does: string; readonly view: string };
  /** What partitions and disks are reasoned from until somebody knows better. */
  readonly load: {
    /** On average; at peak `peakFactor` times as many. */
    readonly eventsPerSecond: number;
    readonly bytesPerEvent: number;
    readonly peakFactor: number;
    readonly consumers: number;
  };
};

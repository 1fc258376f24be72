import type { KafkaRelease, Key, Kind } from '../catalog/kafka-keys/key.ts';
import type { Landscape, Place } from '../landscape/facts.ts';

/** `error` fails or loses records, `warning` will hurt some day, `note` is worth a thought. */
type Severity = 'error' | 'warning' | 'note';

/** How often it is right: `high` follows from Kafka's code, `low` from how people mostly mean it. */
type Confidence = 'high' | 'medium' | 'low';

/** What a rule says about one place. */
type Found = {
  readonly at: Place;
  /** What is wrong, and which value it was; one sentence. */
  readonly says: string;
  /** What to write instead. */
  readonly next?: string;
};

export type Finding = Found & { readonly rule: Rule };

/** What a rule may look at. */
export type Known = {
  readonly landscape: Landscape;
  readonly release: KafkaRelease;
  /** Of the kinds that the landscape has, and of those that it is compared with. */
  readonly keys: (kind: Kind) => ReadonlyMap<string, Key>;
};

export type Rule = {
  /** `KG` any configuration, `KB` brokers, `KR` quorums, `KP` producers, `KC` consumers. */
  readonly code: `K${string}`;
  /** What is wrong, in a few words. */
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What happens at three in the morning. */
  readonly story: string;
  /** A class, KIP or section of Kafka's documentation. */
  readonly source: string;
  readonly check: (known: Known) => Iterable<Found>;
};

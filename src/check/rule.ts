import type { KafkaRelease, Key, Kind } from '../catalog/kafka-keys/key.ts';
import type { Place } from '../files/place.ts';
import type { Landscape } from '../landscape/facts/index.ts';
import type { EnvironmentOf } from './environment.ts';
import type { Guarded } from './guarded.ts';

/** `error` fails or loses records, `warning` will hurt some day, `info` is worth a thought. */
export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** How often it is right: `high` follows from Kafka's code, `low` from how people mostly mean it. */
type Confidence = 'high' | 'medium' | 'low';

/** A stretch of a file, and what is to stand there. An empty stretch is a place to put it in. */
export type Edit = {
  readonly at: Place;
  readonly text: string;
  /** What must stand there, in quotes or not: anything else is left alone. */
  readonly was?: string;
  /** The whole line goes, where nothing else stands on it. */
  readonly whole?: 'line';
};

export type Fix = {
  /** Safe when nothing changes but what the finding is about. */
  readonly safe: boolean;
  /** "Set acks to all". */
  readonly says: string;
  readonly edits: readonly Edit[];
};

/** What a rule says about one place. */
export type Found = {
  readonly at: Place;
  /** What is wrong, and which value it was and where it came from; one sentence. */
  readonly says: string;
  /** What to write instead. */
  readonly next?: string;
  /** The other ends of it, in this file or another. */
  readonly also?: readonly { readonly at: Place; readonly says: string }[];
  readonly fix?: Fix;
};

export type Finding = Found & { readonly rule: Rule };

/** What a rule may look at. */
export type Known = {
  readonly landscape: Landscape;
  readonly release: KafkaRelease;
  /** Of the kinds that the landscape has, and of those that it is compared with. */
  readonly keys: (kind: Kind, release?: KafkaRelease) => ReadonlyMap<string, Key>;
  /** Of the set of files that this file belongs to. */
  readonly environmentOf: EnvironmentOf;
};

export type Rule = {
  /**
   * `KG` any configuration, `KB` brokers, `KR` quorums, `KT` topics, `KP` producers, `KC` consumers,
   * `KS` Streams, `KN` Connect, `KM` MirrorMaker, `KV` schemas, `KX` security, `KO` monitoring,
   * `KK` Kubernetes, `KD` Compose and images, `KL` clients in general.
   */
  readonly code: `K${string}`;
  /** What is wrong, in a few words. */
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Said about production only; `named` where a name or a pin says so, not the number of brokers. */
  readonly production?: true | 'named';
  /** Needs several files, or several parts of one, to see it. */
  readonly across?: true;
  /** Lines of the product's own list of what must be followed and avoided. */
  readonly guards?: readonly Guarded[];
  /** What happens at three in the morning. */
  readonly story: string;
  /** A class, KIP or section of Kafka's documentation. */
  readonly source: string;
  /** Why nothing can be mended by a program; left out where findings carry a fix. */
  readonly noFix?: string;
  readonly check: (known: Known) => Iterable<Found>;
};

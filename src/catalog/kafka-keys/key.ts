import type { kafkaReleases } from '../versions.ts';

export type KafkaRelease = keyof typeof kafkaReleases;

/** What reads a key: each has a ConfigDef of its own. */
export const kinds = [
  'broker',
  'topic',
  'producer',
  'consumer',
  'admin',
  'streams',
  'connect-distributed',
  'connect-standalone',
  'connect-source',
  'connect-sink',
  'mirror-maker',
  'mirror-source',
  'mirror-checkpoint',
  'mirror-heartbeat',
] as const;
export type Kind = (typeof kinds)[number];

/** ConfigDef.Type. */
export type KeyType =
  | 'BOOLEAN'
  | 'STRING'
  | 'INT'
  | 'SHORT'
  | 'LONG'
  | 'DOUBLE'
  | 'LIST'
  | 'CLASS'
  | 'PASSWORD';

/** What Kafka's validator demands of a value that has the right type. */
export type Valid =
  | { readonly is: 'one of'; readonly values: readonly string[]; readonly ignoreCase?: true }
  /** Inclusive; `or` is valid too, such as -1 for a default. */
  | { readonly is: 'range'; readonly min?: number; readonly max?: number; readonly or?: number }
  | { readonly is: 'non-empty'; readonly controlCharacters?: false }
  | {
      readonly is: 'list';
      readonly of?: readonly string[];
      readonly most?: number;
      readonly unique?: true;
      /** Whether the list, or one of its items, may be empty. */
      readonly empty?: false;
      readonly emptyItems?: false;
      /** Nor may one of its items be of nothing but control characters. */
      readonly blankItems?: false;
    }
  | { readonly is: 'subclass'; readonly of: string }
  | { readonly is: 'voters' | 'endpoints' | 'throttled replicas' | 'offset reset' }
  | { readonly is: 'optimizations'; readonly values: readonly string[] }
  /** What only a JVM can tell, in Kafka's words. */
  | { readonly is: 'other'; readonly text: string };

/** A key as one release defines it; the next release that differs has its own. */
export type Definition = {
  readonly in: KafkaRelease;
  readonly type: KeyType;
  /** As text; null where it is unset. A key without any must be set. JVM and machine may show in it. */
  readonly default?: string | null;
  readonly valid?: Valid;
  readonly importance: 'HIGH' | 'MEDIUM' | 'LOW';
  /** Not documented by Kafka, nor promised. */
  readonly internal?: true;
  readonly deprecated?: true;
};

/** How a kind's file holds a key: what changed only, oldest release first. */
export type KeyRecord = {
  /** First sentence of its newest documentation. */
  readonly about: string;
  readonly history: readonly (Definition | { readonly in: KafkaRelease; readonly removed: true })[];
};

export type Key = Omit<Definition, 'in'> & {
  readonly name: string;
  readonly about: string;
  /** Undefined if it is older than the oldest release of the catalogue. */
  readonly since?: KafkaRelease;
};

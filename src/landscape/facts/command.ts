import type { Place } from '../../files/place.ts';
import type { Value } from './configuration.ts';

type Word = {
  readonly value: Value;
  readonly at: Place;
  /** It may be several words, or none: `$OPTIONS`, `"$@"`. */
  readonly many?: true;
};

/** A call of one of Kafka's tools in a script, a Dockerfile, a workload's command. */
export type Command = {
  /** Without `.sh` and folders: `kafka-topics`. */
  readonly tool: string;
  readonly at: Place;
  readonly words: readonly Word[];
};

import type { KafkaRelease } from '../../catalog/kafka-keys/key.ts';
import type { Place } from '../../files/place.ts';
import type { ClientLibrary, Configuration } from './configuration.ts';

/** What code does with a client, where a rule has something to say about it. */
export type ClientCall = {
  readonly does:
    | 'makes-producer'
    | 'makes-consumer'
    | 'makes-admin'
    | 'sends'
    | 'flushes'
    | 'polls'
    | 'commits'
    | 'begins-transaction'
    | 'sends-offsets-to-transaction'
    | 'closes';
  readonly at: Place;
  readonly library: ClientLibrary;
  /** The program that does it: its folder. */
  readonly program: string;
  readonly configuration?: Configuration;
  /** What becomes of its result: nobody asks, it is waited for at once, or something handles it. */
  readonly result?: 'dropped' | 'awaited' | 'handled';
  /** Around it, the innermost loop, or what is called for each record or request. */
  readonly loop?: { readonly at: Place; readonly over: 'loop' | 'records' | 'requests' };
  /** Of what is made: other code gets it too, and may do more with it. */
  readonly shared?: true;
};

/** A use of something that Kafka, or a client, no longer has: classes, methods. */
export type CodeName = {
  /** `org.apache.kafka.clients.producer.internals.DefaultPartitioner`. */
  readonly name: string;
  readonly at: Place;
  /** Of Kafka's that the module depends on, where that is known. */
  readonly release?: KafkaRelease;
};

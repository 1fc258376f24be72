import type { OtherClient } from '../../catalog/client-defaults.ts';
import type { KafkaRelease, Kind } from '../../catalog/kafka-keys/key.ts';
import type { Place } from '../../files/place.ts';
import type { Setting } from './setting.ts';
import type { Workload } from './workload.ts';

export type { Located, Setting, Value } from './setting.ts';

/** What reads a client's settings: Kafka's own classes, or another library with its own defaults. */
export type ClientLibrary = 'java' | OtherClient;

/** Settings that one of Kafka's ConfigDefs reads, or a client that takes the same ones. */
export type Configuration = {
  readonly kind: Kind;
  readonly file: string;
  /** Where it begins: the first line of a file, a service's environment, a constructor's call. */
  readonly at: Place;
  /** As the file has them, also what is said twice; the last counts. */
  readonly settings: readonly Setting[];
  /** What it is called where it stands: a service, a connector, a custom resource. */
  readonly name?: string;
  /** Undefined is Kafka's own. */
  readonly library?: ClientLibrary;
  /** What runs it, as far as files tell; the release that was asked for otherwise. */
  readonly release?: KafkaRelease;
  /** What holds without a setting, where that is not Kafka's default: an image's, a framework's. */
  readonly beneath?: {
    readonly by: string;
    readonly values: ReadonlyMap<string, string>;
    /** Keys that it sets to what files don't tell: nothing is known of them. */
    readonly unseen?: ReadonlySet<string>;
  };
  /** What surrounds the client, and the settings of its own that bear on it, as it names them. */
  readonly framework?: {
    readonly name: 'spring-kafka' | 'spring-cloud-stream' | 'smallrye';
    /** `listener.ack-mode`, `failure-strategy`. */
    readonly settings: readonly Setting[];
  };
  /** Settings come from elsewhere too, unseen: what is missing may well be set. */
  readonly open?: true;
  /** A program makes it: its place is the constructor's call. */
  readonly code?: true;
  /** Of nodes: those with the same text form one cluster. */
  readonly cluster?: string;
  /** Of nodes: how many it stands for, when more than one; 'unknown' when files don't tell. */
  readonly nodes?: number | 'unknown';
  /** The container that reads it, where its environment is what sets it. */
  readonly workload?: Workload;
};

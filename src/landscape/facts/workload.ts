import type { Place } from '../../files/place.ts';
import type { Located, Setting } from './configuration.ts';

/** An image as a manifest names it. */
export type Image = {
  /** Without tag and digest: `confluentinc/cp-kafka`. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly at: Place;
};

export type Port = {
  readonly container: number;
  /** On the host, the node or the service; undefined where it is not published. */
  readonly published?: number;
  /** The address it is published on: all of them when undefined. */
  readonly host?: string;
  readonly at: Place;
};

export type Mount = {
  /** Inside the container. */
  readonly target: string;
  readonly kind: 'volume' | 'anonymous' | 'bind' | 'tmpfs' | 'claim' | 'host-path' | 'secret';
  readonly source?: string;
  readonly at: Place;
};

/** Something that a manifest runs: a Compose service, a container of a Kubernetes workload. */
export type Workload = {
  readonly name: string;
  readonly at: Place;
  /** `service` of Compose, `Deployment`, `StatefulSet`, `Pod`, systemd's `unit`. */
  readonly by: string;
  /** Workloads with the same text see each other by name: a Compose project, a namespace. */
  readonly network: string;
  /** What it is, as far as its image or command tells. */
  readonly runs:
    | 'broker'
    | 'zookeeper'
    | 'connect'
    | 'registry'
    | 'ui'
    | 'rest'
    | 'exporter'
    | 'prometheus'
    | 'grafana'
    | 'tool'
    | 'other';
  readonly image?: Image;
  /** As it is written: names of the environment are the keys. */
  readonly environment: readonly Setting[];
  readonly ports: readonly Port[];
  readonly mounts: readonly Mount[];
  readonly replicas?: Located;
  /** Bytes. */
  readonly memoryLimit?: { readonly bytes: number; readonly at: Place };
  readonly healthcheck?: Place;
  readonly command?: Located;
  /** Names of what must run before, and whether it must be healthy. */
  readonly after: readonly {
    readonly name: string;
    readonly healthy: boolean;
    readonly at: Place;
  }[];
  readonly cluster?: string;
};

/** A resource of Kubernetes that only rules about it need. */
export type Resource = {
  /** `Kafka`, `KafkaTopic`, `PodDisruptionBudget`, `Service`. */
  readonly kind: string;
  readonly apiVersion: Located;
  readonly name: string;
  readonly namespace?: string;
  readonly at: Place;
  /** By path (`spec.kafka.storage.type`, `metadata.labels.strimzi.io/cluster`), scalars only, and '' for what is empty. */
  readonly fields: ReadonlyMap<string, Located>;
  /** A template puts more into it, unseen: what is missing may well be there. */
  readonly open?: true;
};

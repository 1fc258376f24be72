import type { Place } from '../../files/place.ts';

/** A metric that an alert, a recording rule or a dashboard's panel asks for. */
export type MetricUse = {
  readonly metric: string;
  readonly at: Place;
  readonly by: 'alert' | 'recording-rule' | 'panel';
  /** The alert's or panel's name. */
  readonly name: string;
  /** The whole PromQL expression. */
  readonly query: string;
  /** Of an alert: how long it must hold, in seconds. */
  readonly forSeconds?: number;
};

/** What makes metrics of a broker, a client or a cluster readable. */
export type Exporter = {
  readonly kind: 'jmx-exporter' | 'kafka-exporter' | 'strimzi' | 'other';
  readonly at: Place;
  /** Whether a metric of this name can come from it; undefined where that can't be told. */
  readonly exports?: (metric: string) => boolean | undefined;
};

import type { Place } from '../../files/place.ts';
import type { Value } from './configuration.ts';

export type Dependency = {
  readonly from: 'maven' | 'npm' | 'pypi' | 'go';
  /** `org.apache.kafka:kafka-clients`, `kafkajs`, `github.com/twmb/franz-go`. */
  readonly name: string;
  /** As it is written, a range too. */
  readonly version?: Value;
  readonly at: Place;
  /** Only for tests or development. */
  readonly development?: true;
};

/**
 * What is known about everything of Kafka in a project. Rules see this and nothing else, so that
 * they are the same for files, for the generator's model and for a live cluster.
 */
import type { Place } from '../../files/place.ts';
import type { ClientCall, CodeName } from './code.ts';
import type { Command } from './command.ts';
import type { Configuration } from './configuration.ts';
import type { Dependency } from './dependency.ts';
import type { Exporter, MetricUse } from './monitoring.ts';
import type { PrivateKey } from './private-key.ts';
import type { Profile } from './profile.ts';
import type { SchemaText } from './schema.ts';
import type { Acl, Topic, TopicUse } from './topic.ts';
import type { Resource, Workload } from './workload.ts';

/** A file that Kafka would not read either, or that was left out; and why. */
export type Unread = { readonly file: string; readonly says: string; readonly at?: Place };

export type Landscape = {
  readonly configurations: readonly Configuration[];
  readonly topics: readonly Topic[];
  readonly uses: readonly TopicUse[];
  readonly acls: readonly Acl[];
  readonly calls: readonly ClientCall[];
  readonly names: readonly CodeName[];
  readonly workloads: readonly Workload[];
  readonly resources: readonly Resource[];
  readonly commands: readonly Command[];
  readonly dependencies: readonly Dependency[];
  readonly schemas: readonly SchemaText[];
  readonly metrics: readonly MetricUse[];
  readonly exporters: readonly Exporter[];
  readonly privateKeys: readonly PrivateKey[];
  readonly profiles: readonly Profile[];
  readonly unread: readonly Unread[];
};

/** What one reader adds. */
export type Facts = Partial<Landscape>;

const nothing: Landscape = {
  configurations: [],
  topics: [],
  uses: [],
  acls: [],
  calls: [],
  names: [],
  workloads: [],
  resources: [],
  commands: [],
  dependencies: [],
  schemas: [],
  metrics: [],
  exporters: [],
  privateKeys: [],
  profiles: [],
  unread: [],
};

export function landscapeOf(parts: readonly Facts[]): Landscape {
  const subjects = Object.keys(nothing) as (keyof Landscape)[];
  const together = (subject: keyof Landscape) =>
    parts.flatMap<unknown>((part) => part[subject] ?? []);
  const entries = subjects.map((subject) => [subject, together(subject)] as const);
  return Object.fromEntries(entries) as unknown as Landscape;
}

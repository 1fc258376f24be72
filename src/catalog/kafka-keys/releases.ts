import { isBefore } from '../version-order.ts';
import { kafkaReleases } from '../versions.ts';
import type { KafkaRelease } from './key.ts';

/** Those with keys in the catalogue, oldest first. */
export const releases = Object.keys(kafkaReleases) as [KafkaRelease, ...KafkaRelease[]];
export const oldestRelease: KafkaRelease = releases[0];
export const newestRelease = releases.at(-1) as KafkaRelease;

export const orderOf = (release: KafkaRelease): number => releases.indexOf(release);

/** The release whose keys describe a line (`3.9`) best: those before the catalogue's oldest are much like it. */
export const releaseOf = (line: string): KafkaRelease =>
  releases.find((one) => one === line) ??
  (isBefore(line, oldestRelease) ? oldestRelease : newestRelease);

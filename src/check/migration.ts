import { oldestClients } from '../catalog/client-dependencies.ts';
import type { Departure } from '../catalog/kafka-keys/changes.ts';
import { changesBetween, keysOf } from '../catalog/kafka-keys/index.ts';
import type { KafkaRelease, Key, Kind } from '../catalog/kafka-keys/key.ts';
import { orderOf } from '../catalog/kafka-keys/releases.ts';
import { check } from '../catalog/kafka-keys/value.ts';
import {
  clientFloor,
  finalizing,
  noticedDefaults,
  removedClasses,
  removedCommands,
  zooKeeperGone,
} from '../catalog/upgrades.ts';
import { isBefore } from '../catalog/version-order.ts';
import type { Place } from '../files/place.ts';
import type { Landscape } from '../landscape/facts/index.ts';
import { settingOf, textOf } from './settings.ts';

export type MigrationStep = {
  readonly when: 'before' | 'with' | 'after';
  /** What is in the way, or will be different. */
  readonly says: string;
  readonly next: string;
  /** A KIP, or the release's notes. */
  readonly source: string;
  readonly places: readonly Place[];
};

/**
 * "What stops me from moving to this version?": what to do before the upgrade, with it and after
 * it. `from` is what runs where files don't tell.
 */
export async function migration(
  landscape: Landscape,
  from: KafkaRelease,
  to: KafkaRelease,
): Promise<MigrationStep[]> {
  const steps = new Map<string, MigrationStep>();
  const add = ({ places, ...step }: MigrationStep) => {
    const id = `${step.when} ${step.says}`;
    steps.set(id, { ...step, places: [...(steps.get(id)?.places ?? []), ...places] });
  };
  const passes = (release: KafkaRelease | null) =>
    release === null || orderOf(release) <= orderOf(to);
  for (const configuration of landscape.configurations) {
    const { release = from } = configuration;
    if (orderOf(release) > orderOf(to)) continue;
    for (const step of await ofConfiguration(configuration, release, to)) add(step);
  }
  for (const { tool, words, at } of landscape.commands) {
    const said = words.map(({ value }) => ('known' in value ? value.known : ''));
    for (const gone of removedCommands) {
      if (!passes(gone.in) || (gone.tool !== undefined && gone.tool !== tool)) continue;
      const { flag } = gone;
      const where = said.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
      if (flag !== undefined && where < 0) continue;
      const place = words[where]?.at ?? at;
      const says = flag === undefined ? `${tool} is gone.` : `${tool} has no ${flag} any more.`;
      add({ when: 'before', says, next: gone.now, source: gone.source, places: [place] });
    }
  }
  for (const { name, at } of [...landscape.names, ...namedInValues(landscape)]) {
    const gone = removedClasses.find((one) => passes(one.in) && one.name === name);
    if (!gone) continue;
    const { now: next, source } = gone;
    add({ when: 'with', says: `The class ${name} is gone.`, next, source, places: [at] });
  }
  for (const step of [...ofClients(landscape, passes), ...ofZooKeeper(landscape, passes)])
    add(step);
  const brokers = landscape.configurations.filter(({ kind }) => kind === 'broker');
  if (brokers.some(({ release = from }) => orderOf(release) < orderOf(to))) {
    const { command, source } = finalizing(to);
    add({
      ...{ when: 'after', says: `The cluster's features are still those before ${to}.` },
      next: `When every broker runs ${to} and all is well: ${command}. There may be no way back.`,
      ...{ source, places: [] },
    });
  }
  const when = ['before', 'with', 'after'];
  return [...steps.values()].sort((a, b) => when.indexOf(a.when) - when.indexOf(b.when));
}

async function ofConfiguration(
  configuration: Landscape['configurations'][number],
  from: KafkaRelease,
  to: KafkaRelease,
): Promise<MigrationStep[]> {
  const { kind, library = 'java' } = configuration;
  // Other clients keep names and defaults of their own.
  if (library !== 'java') return [];
  const changes = new Map((await changesBetween(kind, from, to)).map((one) => [one.name, one]));
  const old = await keysOf(kind, from);
  const steps: MigrationStep[] = [];
  for (const [name, { before, after, departure }] of changes) {
    const setting = settingOf(configuration, name);
    if (!setting) continue;
    const places = [setting.keyAt];
    if (before && !after) steps.push({ ...ofRemoved(kind, name, departure, old, to), places });
    const text = textOf(setting);
    if (before && after && text !== undefined && !check(before, text)) {
      const problem = check(after, text);
      if (problem)
        steps.push({
          ...{ when: 'before', says: `${name}=${text} is refused: it ${problem}.` },
          next: `Change it; Kafka ${from} takes the new value too.`,
          ...{ source: notesOf(to), places: [setting.valueAt] },
        });
    }
    if (after?.deprecated && !before?.deprecated)
      steps.push({
        ...{ when: 'after', says: `${name} is deprecated since this version.` },
        next: `${after.about} Before the next major release.`,
        ...{ source: notesOf(to), places },
      });
  }
  for (const { kinds, key, why, source } of noticedDefaults) {
    const change = kinds.includes(kind) ? changes.get(key) : undefined;
    const [was, is] = [change?.before?.default, change?.after?.default];
    if (was === undefined || is === undefined || was === is) continue;
    if (configuration.open || settingOf(configuration, key)) continue;
    steps.push({
      ...{ when: 'with', says: `The default of ${key} (${kind}) goes from ${was} to ${is}.` },
      next: `${why} To keep what it was: ${key}=${was}`,
      ...{ source, places: [configuration.at] },
    });
  }
  return steps;
}

function ofRemoved(
  kind: Kind,
  name: string,
  departure: Departure | undefined,
  old: ReadonlyMap<string, Key>,
  to: KafkaRelease,
): Omit<MigrationStep, 'places'> {
  const now = departure?.now ?? [];
  // What the old release knows too can be set in peace, beforehand.
  const early = now.length > 0 && now.every((key) => old.has(key));
  return {
    when: early ? 'before' : 'with',
    says: `${name} (${kind}) is gone${departure ? `: ${departure.why}` : '.'}`,
    next: now.length > 0 ? `Set ${now.join(', ')} instead.` : 'Remove it.',
    source: departure?.source ?? notesOf(to),
  };
}

const notesOf = (release: KafkaRelease) =>
  `https://kafka.apache.org/${release.replace('.', '')}/getting-started/upgrade`;

function* namedInValues({ configurations }: Landscape) {
  for (const { settings } of configurations)
    for (const setting of settings)
      for (const name of (textOf(setting) ?? '').split(/[,;]\s*/))
        if (name.includes('.')) yield { name: name.trim(), at: setting.valueAt };
}

type Passes = (release: KafkaRelease | null) => boolean;

function* ofClients({ dependencies }: Landscape, passes: Passes): Generator<MigrationStep> {
  if (!passes(clientFloor.in)) return;
  for (const { name, version, at } of dependencies) {
    const oldest = oldestClients.find((one) => one.name === name)?.version;
    const text = version && 'known' in version ? version.known : '';
    if (!oldest || !/^\d+\.\d+/.test(text) || !isBefore(text, oldest)) continue;
    yield {
      ...{ when: 'before', says: `${name} ${text} is too old for these brokers.` },
      next: `At least ${oldest}, better the newest, on every client before the first broker.`,
      ...{ source: clientFloor.source, places: [at] },
    };
  }
}

function* ofZooKeeper({ workloads }: Landscape, passes: Passes): Generator<MigrationStep> {
  if (!passes(zooKeeperGone.in)) return;
  for (const { name, runs, at } of workloads)
    if (runs === 'zookeeper')
      yield {
        ...{
          when: 'before',
          says: `${name} runs ZooKeeper, which Kafka ${zooKeeperGone.in} can not use.`,
        },
        next: 'Migrate to KRaft with Kafka 3.9 first; then it goes.',
        ...{ source: zooKeeperGone.source, places: [at] },
      };
}

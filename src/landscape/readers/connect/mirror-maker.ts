/** What a file of the dedicated MirrorMaker (mm2.properties) makes of its connectors: MirrorMakerConfig. */
import { departed } from '../../../catalog/kafka-keys/changes.ts';
import { keysOf } from '../../../catalog/kafka-keys/index.ts';
import type { KafkaRelease } from '../../../catalog/kafka-keys/key.ts';
import type { Configuration, Setting } from '../../facts/configuration.ts';

const kinds = ['mirror-source', 'mirror-checkpoint', 'mirror-heartbeat'] as const;

// Against lists of aliases that nobody writes: each pair has three connectors.
const mostClusters = 8;

const textOf = (setting: Setting | undefined): string | undefined =>
  setting && 'known' in setting.value ? setting.value.known.trim() : undefined;

/** The connectors of each flow that is enabled, named as the flow: `west->east`. */
export async function mirrorsOf(
  file: Configuration,
  release: KafkaRelease,
): Promise<Configuration[]> {
  const { settings } = file;
  const last = (key: string) => settings.findLast((one) => one.key === key);
  const clusters = (textOf(last('clusters')) ?? '')
    .split(',')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '')
    .slice(0, mostClusters);
  const found: Configuration[] = [];
  for (const kind of kinds) {
    const known = await namesOf(kind, release);
    const common = settings.filter(({ key }) => known.has(key));
    for (const source of clusters)
      for (const target of clusters) {
        const flow = `${source}->${target}`;
        const enabled = last(`${flow}.enabled`);
        if (source === target || !enabled || textOf(enabled)?.toLowerCase() !== 'true') continue;
        const own = settings.flatMap((one): Setting[] => {
          const key = one.key.startsWith(`${flow}.`) ? one.key.slice(flow.length + 1) : '';
          return known.has(key) ? [{ ...one, key, written: one.key }] : [];
        });
        // What a flow says of itself counts, and not what all of them have.
        const said = new Set(own.map(({ key }) => key));
        const rest = common.filter(({ key }) => !said.has(key));
        found.push({ ...file, kind, at: enabled.keyAt, name: flow, settings: [...rest, ...own] });
      }
  }
  return found;
}

/** Keys that the connector has, or had once. */
async function namesOf(
  kind: (typeof kinds)[number],
  release: KafkaRelease,
): Promise<ReadonlySet<string>> {
  const gone = departed.filter((one) => one.kind === kind).map(({ name }) => name);
  return new Set([...(await keysOf(kind, release)).keys(), ...gone]);
}

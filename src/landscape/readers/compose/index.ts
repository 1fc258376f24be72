import type { Configuration } from '../../facts/configuration.ts';
import { votersOf } from '../../voters.ts';
import type { Reader } from '../reader.ts';
import { configurationOf } from './broker.ts';
import { baseOf, compositionOf } from './project.ts';
import { namesOf, type ServiceFacts, serviceFacts, usesHostNetwork } from './service.ts';

// https://github.com/compose-spec/compose-spec/blob/main/spec.md
/** A Compose file, with those that it is made of. */
export const composeFile: Reader = {
  files: /\.ya?ml$/i,
  mentions: /^services\s*:/m,
  async read(file, project) {
    if (baseOf(file, project)) return {};
    const composition = await compositionOf(file, project);
    if (!composition || !/kafka|zookeeper/i.test(composition.text)) return {};
    const isCompose = composition.services.some(({ layers }) =>
      layers.some(({ node }) => node.get('image') ?? node.get('build')),
    );
    if (!isCompose) return {};
    const network = `compose ${file.path}`;
    const facts = composition.services.flatMap(
      (service) => serviceFacts(service, composition, network, project) ?? [],
    );
    const configurations: Configuration[] = [];
    for (const one of facts) {
      const found = await configurationOf(one);
      if (found) configurations.push(found);
    }
    const names = new Set(facts.flatMap(({ service }) => namesOf(service)));
    return {
      workloads: facts.map(({ workload }) => workload),
      configurations: configurations.map((one) => inCluster(one, facts, names, network)),
    };
  },
};

/** Brokers of one project that vote, or meet in ZooKeeper, at the same place are one cluster. */
function inCluster(
  configuration: Configuration,
  facts: readonly ServiceFacts[],
  names: ReadonlySet<string>,
  network: string,
): Configuration {
  if (configuration.kind !== 'broker') return configuration;
  const { settings, beneath } = configuration;
  const value = (key: string): string | undefined => {
    const found = settings.findLast((one) => one.key === key);
    if (!found) return beneath?.values.get(key);
    return 'known' in found.value ? found.value.known : undefined;
  };
  const own = facts.find(({ workload }) => workload === configuration.workload);
  const voters = value('controller.quorum.voters') ?? value('controller.quorum.bootstrap.servers');
  const zookeeper = value('zookeeper.connect');
  const meeting = voters ?? zookeeper;
  const hosts = voters
    ? votersOf(voters).map(({ host }) => host)
    : ((zookeeper ?? '')
        .split('/')[0]
        ?.split(',')
        .map((one) => one.split(':')[0] ?? '') ?? []);
  // A member somewhere else: how many brokers there are, this file does not tell.
  const isWhole =
    meeting !== undefined &&
    hosts.every((host) => names.has(host) || /^(localhost|127\.0\.0\.1|0\.0\.0\.0)$/.test(host));
  const alone = hosts.every((host) => /^(localhost|127\.0\.0\.1|0\.0\.0\.0)$/.test(host));
  const scale = own?.workload.replicas?.value;
  const count = scale === undefined ? 1 : 'known' in scale ? Number(scale.known) : Number.NaN;
  const isCounted = isWhole && Number.isInteger(count) && (!own || !usesHostNetwork(own.service));
  return {
    ...configuration,
    ...(isWhole && {
      cluster: `${network} ${alone ? configuration.name : [...hosts].sort().join(',')}`,
    }),
    ...(isCounted ? count !== 1 && { nodes: count } : { nodes: 'unknown' as const }),
  };
}

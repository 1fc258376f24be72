import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
import type { ProjectFile } from '../../../files/project-file.ts';
import type { Clue } from '../finding.ts';
import { imageOf } from '../known/images.ts';
import { environmentClues, listenerProtocols, protocolClues } from '../known/protocols.ts';
import { topicClues } from '../known/topics.ts';
import type { Reader } from './reader.ts';

// https://github.com/compose-spec/compose-spec/blob/main/spec.md
export const compose: Reader = {
  files: /(^|\/)[^/]*compose[^/]*\.ya?ml$/i,
  mentions: /^services\s*:/m,
  async read(file) {
    const [document] = await yamlDocuments(file, /^services\s*:/m);
    const entries = document?.get('services')?.entries() ?? [];
    const awaited = namesAwaited(entries.map(([, node]) => node));
    const services = entries.map(([name, node]) => serviceOf(name, node, awaited.has(name)));
    if (services.length === 0) return [];
    const clues = services.flatMap((service) => [
      ...service.runs.flatMap((image) => image.clues(service.imageLine)),
      ...topicsOf(service, file),
      ...(service.isBroker ? brokerClues(service) : []),
      ...service.environment.flatMap(({ name, value, line }) =>
        environmentClues(name, value, line),
      ),
    ]);
    return [...clues, ...platformClues(services, document?.get('services')?.line ?? 1)];
  },
};

type Variable = { readonly name: string; readonly value: string; readonly line: number };
type Service = ReturnType<typeof serviceOf>;

// Nobody's project has more; a file of aliases can.
const mostDependencies = 1_000;

/** Services that have to end well before another one starts. */
function namesAwaited(services: readonly YamlNode[]): ReadonlySet<string> {
  const found = new Set<string>();
  let left = mostDependencies;
  for (const service of services) {
    for (const [name, dependency] of service.get('depends_on')?.entries() ?? []) {
      if (left-- <= 0) return found;
      const condition = dependency.get('condition')?.text;
      if (condition === 'service_completed_successfully') found.add(name);
    }
  }
  return found;
}

function serviceOf(name: string, node: YamlNode, ends: boolean) {
  const image = node.get('image');
  const environment = environmentOf(node.get('environment'));
  const command = [...textsOf(node.get('entrypoint')), ...textsOf(node.get('command'))];
  const known = image?.text ? imageOf(image.text) : undefined;
  const value = (pattern: RegExp) => environment.find((one) => pattern.test(one.name));
  const isTool = command.some(({ text }) => /kafka-topics|topic create|cub kafka-ready/.test(text));
  const isConfigured =
    value(/^KAFKA_(CFG_)?(BROKER_ID|NODE_ID|PROCESS_ROLES|LISTENERS|ZOOKEEPER_CONNECT)$/) !==
    undefined;
  // A script of its own in the image of a broker; one that starts a server says so.
  const isScript =
    command.length > 0 &&
    !isConfigured &&
    node.get('ports') === undefined &&
    !command.some(({ text }) => /\b(start|run)\b/.test(text));
  // Whatever its image: only a broker advertises listeners.
  const advertises = value(/^KAFKA_(CFG_)?ADVERTISED_LISTENERS$/) !== undefined;
  const isController = value(/^KAFKA_(CFG_)?PROCESS_ROLES$/)?.value.trim() === 'controller';
  return {
    name,
    node,
    environment,
    command,
    value,
    imageLine: image?.line ?? node.line,
    runs: known ? [known] : [],
    runsKafka: advertises || (known !== undefined && known.runs !== 'other'),
    isBroker:
      (advertises || (known?.runs === 'broker' && !isScript)) && !isTool && !ends && !isController,
    replicas: Number(node.get('deploy', 'replicas')?.text ?? node.get('scale')?.text ?? 1) || 1,
    // Built here, and told where Kafka is; a broker is told where it is itself.
    isApplication:
      node.get('build') !== undefined &&
      value(/BOOTSTRAP_SERVERS|KAFKA_(ADDR|BROKER|HOST|SERVER|URL)/) !== undefined &&
      !advertises,
  };
}

/** `- NAME=value` or `NAME: value`. */
function environmentOf(node: YamlNode | undefined): Variable[] {
  if (!node) return [];
  const listed = node.items().map(({ text = '', line }) => {
    const [name = '', ...value] = text.split('=');
    return { name, value: value.join('='), line };
  });
  const mapped = node.entries().map(([name, { text = '', line }]) => ({ name, value: text, line }));
  return [...listed, ...mapped];
}

function textsOf(node: YamlNode | undefined): { text: string; line: number }[] {
  if (!node) return [];
  const items = node.items().map(({ text = '', line }) => ({ text, line }));
  return node.text === undefined ? items : [{ text: node.text, line: node.line }];
}

function topicsOf(service: Service, file: ProjectFile): Clue[] {
  if (!service.runsKafka) return [];
  const created = service.value(/^KAFKA_CREATE_TOPICS$/);
  const listed = (created?.value ?? '').split(',').flatMap((entry) => {
    const [topic = ''] = entry.trim().split(':');
    return topicClues(topic, created?.line ?? 1, 'creates the topic at start', 'declared');
  });
  const whole = service.command.map(({ text }) => text).join(' ');
  if (!/--create\b|topic create/.test(whole)) return listed;
  const start = service.command[0]?.line ?? 1;
  const names = [
    ...[...whole.matchAll(/--topic[\s=]+["']?([^\s"';]{1,249})/g)].map(([, name = '']) => name),
    ...[...whole.matchAll(/\btopic create((?:[ \t]+[\w.][\w.-]*)+)/g)].flatMap(
      ([, list = '']) => list.trim().split(/[ \t]+/), // rpk takes several
    ),
  ];
  const scripted = names.flatMap((name) =>
    topicClues(name, file.lineHolding(name, start) ?? start, 'creates the topic', 'declared'),
  );
  return [...listed, ...scripted];
}

function brokerClues(service: Service): Clue[] {
  const listeners = service.value(/^KAFKA_(CFG_)?(ADVERTISED_)?LISTENERS$/);
  const map = service.value(/^KAFKA_(CFG_)?LISTENER_SECURITY_PROTOCOL_MAP$/);
  const clues: Clue[] = [];
  if (listeners) {
    const protocols = listenerProtocols(listeners.value, map?.value ?? '');
    clues.push(...protocolClues(protocols, listeners.line, listeners.name));
  }
  const replication = service.value(/^KAFKA_(CFG_)?(DEFAULT|OFFSETS_TOPIC)_REPLICATION_FACTOR$/);
  if (replication && Number(replication.value) >= 3) {
    const why = `replicates ${replication.value} times`;
    clues.push({ answer: 'tier', value: 2, line: replication.line, why, strength: 'declared' });
  }
  return clues;
}

/** What the services together show. */
function platformClues(services: readonly Service[], line: number): Clue[] {
  const clues: Clue[] = [];
  const brokers = services.filter(({ isBroker }) => isBroker);
  const count = brokers.reduce((sum, { replicas }) => sum + replicas, 0);
  const [first] = brokers;
  const kafka = first ?? services.find(({ runsKafka }) => runsKafka);
  clues.push(
    kafka
      ? {
          answer: 'deployment',
          value: 'compose',
          line: kafka.imageLine,
          why: 'runs Kafka in Compose',
          strength: 'declared',
        }
      : {
          answer: 'deployment',
          value: 'compose',
          line,
          why: 'runs its services in Compose',
          strength: 'hinted',
        },
  );
  if (first && count > 1) {
    const why = `runs ${count} brokers`;
    clues.push({ answer: 'tier', value: 2, line: first.imageLine, why, strength: 'declared' });
  } else if (first) {
    const why = 'runs a single broker';
    clues.push({ answer: 'tier', value: 1, line: first.imageLine, why, strength: 'hinted' });
  }
  const applications = services.filter(({ isApplication }) => isApplication);
  const [application] = applications;
  if (application && applications.length >= 3) {
    clues.push({
      answer: 'useCase',
      value: 'microservices',
      line: application.node.line,
      why: `has ${applications.length} services that use Kafka (${names(applications)})`,
      strength: 'used',
    });
  }
  return clues;
}

const names = (services: readonly Service[]) =>
  services
    .slice(0, 4)
    .map(({ name }) => name)
    .join(', ');

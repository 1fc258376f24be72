/** What Kubernetes itself runs: workloads, what they take their settings from, and what guards them. */
import type { KafkaRelease } from '../../../catalog/kafka-keys/key.ts';
import type { YamlNode } from '../../../files/formats/yaml.ts';
import type { Project, ProjectFile } from '../../../files/project-file.ts';
import type { Configuration, Setting } from '../../facts/configuration.ts';
import { type Facts, landscapeOf } from '../../facts/index.ts';
import type { Image, Mount, Port, Workload } from '../../facts/workload.ts';
import { imageIn } from '../image.ts';
import { imageProgram } from '../image-program.ts';
import { propertiesIn } from '../properties.ts';
import type { Reader } from '../reader.ts';
import { settingIn, valueIn } from '../value.ts';
import { locatedOf, type Manifest, manifestFiles, manifestsOf, resourceOf } from './manifest.ts';
import { bytesOf } from './quantity.ts';

const apiVersion = /^((apps|batch|policy|extensions)\/)?v\d+((alpha|beta)\d+)?$/;
const mentions = /^apiVersion:\s*["']?((apps|batch|policy|extensions)\/)?v\d/m;

const ruledAbout = new Set([
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'Job', 'CronJob', 'Service'],
  ...['PodDisruptionBudget', 'PersistentVolumeClaim'],
]);

export const workloads: Reader = {
  files: manifestFiles,
  mentions: /kafka/i,
  async read(file, project, release) {
    const manifests = await manifestsOf(file, mentions, apiVersion);
    const configMaps = [...manifests, ...(await beside(file, project))].filter(
      ({ kind }) => kind === 'ConfigMap',
    );
    const facts = await Promise.all(
      manifests.map(async (manifest): Promise<Facts> => {
        if (manifest.kind === 'ConfigMap')
          return { configurations: await propertiesOf(manifest, release) };
        return {
          workloads: workloadsOf(manifest, configMaps),
          resources: ruledAbout.has(manifest.kind) ? [resourceOf(manifest)] : [],
        };
      }),
    );
    return landscapeOf(facts);
  },
};

/** Names under which the settings of a workload mostly lie beside it. */
const besides = ['configmap', 'config', 'kafka-config', 'kafka-configmap', 'cm', 'env'];

async function beside({ path, name }: ProjectFile, project: Project): Promise<Manifest[]> {
  const folder = path.slice(0, -name.length);
  const found = besides.flatMap((one) =>
    ['yaml', 'yml'].flatMap((ending) => {
      const file = project.file(`${folder}${one}.${ending}`);
      return file && file.path !== path ? [file] : [];
    }),
  );
  // What is wrong with those is said when they are read themselves.
  const manifests = found.map((file) => manifestsOf(file, mentions, apiVersion).catch(() => []));
  return (await Promise.all(manifests)).flat();
}

/** Files of properties in a ConfigMap. */
async function propertiesOf(manifest: Manifest, release: KafkaRelease): Promise<Configuration[]> {
  const found: Configuration[] = [];
  for (const [name, entry] of manifest.root.get('data')?.entries() ?? []) {
    const { lines } = entry;
    if (!lines || /\.(sh|json|ya?ml|xml|py|sql)$/.test(name)) continue;
    const { configuration } = await propertiesIn(manifest.source, release, lines);
    if (!configuration) continue;
    const { settings, kind } = configuration;
    // Several pods share it: what tells them apart is put in when they start, and maybe more.
    const isShared =
      kind === 'broker' && !settings.some(({ key }) => key === 'node.id' || key === 'broker.id');
    const isOpen = isShared || manifest.isOpen(entry);
    found.push({
      ...configuration,
      name: manifest.name,
      ...(kind === 'broker' && { nodes: 'unknown' }),
      ...(isOpen && { open: true }),
    });
  }
  return found;
}

function podOf({ kind, root }: Manifest): YamlNode | undefined {
  switch (kind) {
    case 'Pod':
      return root.get('spec');
    case 'CronJob':
      return root.get('spec', 'jobTemplate', 'spec', 'template', 'spec');
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'Job':
      return root.get('spec', 'template', 'spec');
    default:
      return undefined;
  }
}

function workloadsOf(manifest: Manifest, configMaps: readonly Manifest[]): Workload[] {
  const pod = podOf(manifest);
  const containers = pod?.get('containers')?.items() ?? [];
  const replicas = manifest.root.get('spec', 'replicas');
  return containers.map((container) => {
    const own = container.get('name');
    const image = container.get('image');
    const name = image && imageOf(image);
    const memory = container.get('resources', 'limits', 'memory');
    const bytes = memory?.text === undefined ? undefined : bytesOf(memory.text);
    const probe = container.get('readinessProbe') ?? container.get('livenessProbe');
    const command = container.get('command') ?? container.get('args');
    return {
      name: containers.length === 1 ? manifest.name : `${manifest.name}/${own?.text ?? ''}`,
      at: own?.at ?? manifest.at,
      by: manifest.kind,
      network: manifest.namespace ?? '',
      runs: name ? programOf(name, manifest.kind, command) : 'other',
      ...(name && { image: name }),
      environment: environmentOf(container, manifest, configMaps),
      ports: (container.get('ports')?.items() ?? []).flatMap(portOf),
      mounts: mountsOf(container, manifest, pod),
      ...(replicas?.text !== undefined && { replicas: locatedOf(replicas) }),
      ...(memory && bytes !== undefined && { memoryLimit: { bytes, at: memory.at } }),
      ...(probe && { healthcheck: probe.keyAt ?? probe.at }),
      ...(command && { command: commandOf(command) }),
      after: [],
    };
  });
}

const wordsOf = (node: YamlNode): string =>
  node.text ??
  node
    .items()
    .map(({ text = '' }) => text)
    .join(' ');

const commandOf = (node: YamlNode) => ({ value: valueIn(wordsOf(node)), at: node.at });

function imageOf(node: YamlNode): Image | undefined {
  const value = valueIn(node.text ?? '');
  return 'known' in value ? imageIn(value.known, node.at) : undefined;
}

/** A job is a tool, whatever it calls. */
function programOf({ name }: Image, kind: string, command: YamlNode | undefined): Workload['runs'] {
  const runs = imageProgram(name, command ? wordsOf(command) : '');
  return runs === 'broker' && (kind === 'Job' || kind === 'CronJob') ? 'tool' : runs;
}

function environmentOf(
  container: YamlNode,
  manifest: Manifest,
  configMaps: readonly Manifest[],
): Setting[] {
  const mapped = (name: string | undefined) =>
    configMaps.find(
      (one) =>
        one.name === name &&
        (one.namespace ?? manifest.namespace) === (manifest.namespace ?? one.namespace),
    );
  const from = (container.get('envFrom')?.items() ?? []).flatMap((source) => {
    const prefix = source.get('prefix')?.text ?? '';
    const map = mapped(source.get('configMapRef', 'name')?.text);
    // What can not be the name of a variable is left out: whole files, mostly.
    return (map?.root.get('data')?.entries() ?? [])
      .filter(([key]) => /^[A-Za-z_]\w*$/.test(key))
      .map(([key, node]) => settingIn(`${prefix}${key}`, node));
  });
  const own = (container.get('env')?.items() ?? []).flatMap((entry): Setting[] => {
    const [name, value] = [entry.get('name'), entry.get('value')];
    if (!name?.text) return [];
    const at = { keyAt: name.at, valueAt: value?.at ?? name.at };
    if (value?.text !== undefined) return [{ key: name.text, value: valueIn(value.text), ...at }];
    const reference = entry.get('valueFrom', 'configMapKeyRef');
    const map = mapped(reference?.get('name')?.text);
    const referred = map?.root.get('data')?.entries() ?? [];
    const found = referred.find(([key]) => key === reference?.get('key')?.text)?.[1];
    if (found) return [{ ...settingIn(name.text, found), keyAt: name.at }];
    return [{ key: name.text, value: { unknown: 'it comes from elsewhere' }, ...at }];
  });
  // Of two with the same name the container's own counts.
  return [...from, ...own];
}

function portOf(node: YamlNode): Port[] {
  const container = Number(node.get('containerPort')?.text);
  const published = Number(node.get('hostPort')?.text);
  return Number.isInteger(container)
    ? [{ container, ...(Number.isInteger(published) && { published }), at: node.at }]
    : [];
}

const volumeKinds: Readonly<Record<string, Mount['kind']>> = {
  emptyDir: 'anonymous',
  hostPath: 'host-path',
  persistentVolumeClaim: 'claim',
  secret: 'secret',
};

function mountsOf(container: YamlNode, { root }: Manifest, pod: YamlNode | undefined): Mount[] {
  const claims = new Set(
    root
      .get('spec', 'volumeClaimTemplates')
      ?.items()
      .map((claim) => claim.get('metadata', 'name')?.text),
  );
  const volumes = pod?.get('volumes')?.items() ?? [];
  return (container.get('volumeMounts')?.items() ?? []).flatMap((mount): Mount[] => {
    const [name, target] = [mount.get('name')?.text, mount.get('mountPath')?.text];
    if (name === undefined || target === undefined) return [];
    const volume = volumes.find((one) => one.get('name')?.text === name);
    const [kind] = volume?.entries().find(([key]) => key in volumeKinds) ?? [];
    const isMemory = volume?.get('emptyDir', 'medium')?.text === 'Memory';
    return [
      {
        target,
        kind: claims.has(name)
          ? 'claim'
          : isMemory
            ? 'tmpfs'
            : (volumeKinds[kind ?? ''] ?? 'volume'),
        source: name,
        at: mount.at,
      },
    ];
  });
}

import type { YamlNode } from '../../../files/formats/yaml.ts';
import type { Place } from '../../../files/place.ts';
import type { Project } from '../../../files/project-file.ts';
import type { Located, Setting, Value } from '../../facts/configuration.ts';
import { knownText } from '../../facts/setting.ts';
import type { Image, Mount, Port, Workload } from '../../facts/workload.ts';
import { imageProgram } from '../image-program.ts';
import { type Composition, type Layer, resolvedPath, type Service } from './project.ts';
import { environmentFile, interpolated } from './variables.ts';

/** What stands at a path in the topmost layer that has it. */
function topmost({ layers }: Service, ...path: string[]): Here | undefined {
  for (const layer of layers.toReversed()) {
    const node = layer.node.get(...path);
    if (node) return { node, layer };
  }
  return undefined;
}

type Here = { readonly node: YamlNode; readonly layer: Layer };

const everywhere = ({ layers }: Service, ...path: string[]): Here[] =>
  layers.flatMap((layer) => {
    const node = layer.node.get(...path);
    return node ? [{ node, layer }] : [];
  });

const textIn = (layer: Layer, text: string | undefined): string | undefined => {
  return text === undefined ? undefined : knownText(interpolated(text, layer.lookup));
};

/** A scalar's text where the file has it as it is: without quotes. */
function inner({ at, text = '' }: YamlNode): Place | undefined {
  const length = at.endColumn - at.column;
  if (at.line !== at.endLine || text === '') return undefined;
  if (length === text.length) return at;
  return length === text.length + 2
    ? { ...at, column: at.column + 1, endColumn: at.endColumn - 1 }
    : undefined;
}

export type ServiceFacts = {
  readonly workload: Workload;
  /** Files that tell more of its environment are not there. */
  readonly open: boolean;
  readonly service: Service;
};

export function serviceFacts(
  service: Service,
  composition: Composition,
  network: string,
  project: Project,
): ServiceFacts | undefined {
  const top = service.layers.at(-1);
  if (!top) return undefined;
  const { settings, open } = environmentOf(service, project);
  const image = imageOf(service);
  const replicas = topmost(service, 'deploy', 'replicas') ?? topmost(service, 'scale');
  const memory = memoryLimitOf(service);
  const check = topmost(service, 'healthcheck');
  const command = commandOf(service);
  const workload: Workload = {
    name: service.name,
    at: top.node.keyAt ?? top.node.at,
    by: 'service',
    network,
    runs: image ? imageProgram(image.name, commandText(command)) : 'other',
    ...(image && { image }),
    environment: settings,
    ports: everywhere(service, 'ports').flatMap(portsOf),
    mounts: [
      ...everywhere(service, 'volumes').flatMap((here) => mountsOf(here, composition.volumes)),
      ...everywhere(service, 'tmpfs').flatMap(({ node }) =>
        [node, ...node.items()].flatMap(({ text, at }) =>
          text === undefined
            ? []
            : [{ target: text.split(':')[0] ?? '', kind: 'tmpfs' as const, at }],
        ),
      ),
    ],
    ...(replicas && { replicas: located(replicas) }),
    ...(memory && { memoryLimit: memory }),
    ...(check && check.node.get('disable')?.text !== 'true' && { healthcheck: check.node.at }),
    ...(command && { command }),
    after: everywhere(service, 'depends_on').flatMap(({ node }) => [
      ...node
        .items()
        .flatMap(({ text, at }) =>
          text === undefined ? [] : [{ name: text, healthy: false, at }],
        ),
      ...node.entries().map(([name, one]) => ({
        name,
        healthy: one.get('condition')?.text === 'service_healthy',
        at: one.keyAt ?? one.at,
      })),
    ]),
  };
  return { workload, open, service };
}

function located({ node, layer }: Here): Located {
  const value = interpolated(node.text ?? '', layer.lookup);
  return { value, at: inner(node) ?? node.at };
}

/** A profile, a host name: what a name in the network may be besides the service's own. */
export function namesOf(service: Service): string[] {
  const single = ['hostname', 'container_name'].flatMap((key) => {
    const here = topmost(service, key);
    const text = here && textIn(here.layer, here.node.text);
    return text === undefined ? [] : [text];
  });
  const aliases = everywhere(service, 'networks').flatMap(({ node }) =>
    node
      .entries()
      .flatMap(([, one]) =>
        (one.get('aliases')?.items() ?? []).flatMap(({ text }) =>
          text === undefined ? [] : [text],
        ),
      ),
  );
  return [service.name, ...single, ...aliases];
}

export const usesHostNetwork = (service: Service): boolean =>
  topmost(service, 'network_mode')?.node.text !== undefined;

function imageOf(service: Service): Image | undefined {
  const here = topmost(service, 'image');
  const whole = here && textIn(here.layer, here.node.text)?.trim();
  if (!here || !whole) return undefined;
  const [path = '', digest] = whole.split('@');
  const name = path.slice(path.lastIndexOf('/') + 1);
  const colon = name.indexOf(':');
  return {
    name: (colon === -1 ? path : path.slice(0, path.length - name.length + colon)).replace(
      /^docker\.io\//,
      '',
    ),
    ...(colon !== -1 && { tag: name.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
    at: inner(here.node) ?? here.node.at,
  };
}

function commandOf(service: Service): Located | undefined {
  const parts = [topmost(service, 'entrypoint'), topmost(service, 'command')].filter(
    (one) => one !== undefined,
  );
  const [first] = parts;
  if (!first) return undefined;
  const words = parts.flatMap(({ node }) => [
    node.text ?? '',
    ...node.items().map(({ text = '' }) => text),
  ]);
  return { value: interpolated(words.join(' ').trim(), first.layer.lookup), at: first.node.at };
}

const commandText = (command: Located | undefined): string =>
  command && 'known' in command.value ? command.value.known : '';

const unit: Readonly<Record<string, number>> = { b: 0, k: 1, m: 2, g: 3 };

function memoryLimitOf(service: Service): Workload['memoryLimit'] {
  const here =
    topmost(service, 'mem_limit') ?? topmost(service, 'deploy', 'resources', 'limits', 'memory');
  const text = here && textIn(here.layer, here.node.text);
  const [, number, suffix = 'b'] =
    /^(\d+(?:\.\d+)?)\s*([bkmg])?b?$/i.exec(text?.trim() ?? '') ?? [];
  if (!here || number === undefined) return undefined;
  const bytes = Number(number) * 1024 ** (unit[suffix.toLowerCase()] ?? 0);
  return { bytes, at: inner(here.node) ?? here.node.at };
}

const mostPorts = 50;

function portsOf({ node, layer }: Here): Port[] {
  return node.items().flatMap((item): Port[] => {
    const at = inner(item) ?? item.at;
    const target = textIn(layer, item.get('target')?.text);
    if (target !== undefined) {
      const published = Number(textIn(layer, item.get('published')?.text));
      const host = textIn(layer, item.get('host_ip')?.text);
      const isPublished = Number.isInteger(published) && published > 0;
      return [
        {
          container: Number(target),
          ...(isPublished && { published }),
          ...(host !== undefined && { host }),
          at,
        },
      ].filter(({ container }) => Number.isInteger(container));
    }
    const text = textIn(layer, item.text) ?? '';
    const match =
      /^(?:(\[[^\]]*\]|\d+(?:\.\d+){3}|localhost):)?(?:(\d+)(?:-(\d+))?:|:)?(\d+)(?:-(\d+))?(?:\/(tcp|udp))?$/.exec(
        text.trim(),
      );
    if (!match || match[6] === 'udp') return [];
    const [, host, from, , container = '0', until = container] = match;
    const count = Math.min(Number(until) - Number(container) + 1, mostPorts);
    return Array.from({ length: Math.max(count, 0) }, (_, index) => ({
      container: Number(container) + index,
      ...(from !== undefined && { published: Number(from) + index }),
      ...(host !== undefined && { host }),
      at,
    }));
  });
}

function mountsOf({ node, layer }: Here, volumes: ReadonlySet<string>): Mount[] {
  return node.items().flatMap((item): Mount[] => {
    const at = inner(item) ?? item.at;
    const long = textIn(layer, item.get('target')?.text);
    if (long !== undefined) {
      const type = item.get('type')?.text;
      const source = textIn(layer, item.get('source')?.text);
      const kind =
        type === 'bind' || type === 'tmpfs' ? type : source === undefined ? 'anonymous' : 'volume';
      return [{ target: long, kind, ...(source !== undefined && { source }), at }];
    }
    const text = textIn(layer, item.text);
    if (text === undefined) return [];
    const parts = text.split(':');
    const [source = '', target] = parts;
    if (target === undefined) return [{ target: source, kind: 'anonymous', at }];
    const isVolume = volumes.has(source) || /^[\w][\w.-]*$/.test(source);
    return [{ target, kind: isVolume ? 'volume' : 'bind', source, at }];
  });
}

function environmentOf(service: Service, project: Project) {
  const settings = new Map<string, Setting>();
  let open = false;
  for (const { node, layer } of everywhere(service, 'env_file')) {
    for (const item of [node, ...node.items()]) {
      const named = textIn(layer, item.text ?? item.get('path')?.text);
      if (named === undefined) {
        open ||= item.text !== undefined || item.get('path') !== undefined;
        continue;
      }
      const path = resolvedPath(layer.folder, named);
      const file = path === undefined ? undefined : project.file(path);
      if (!file) open = true;
      for (const { name, text, keyAt, valueAt } of file ? environmentFile(file) : []) {
        const value = interpolated(text, layer.lookup);
        settings.set(name, { key: name, value, keyAt, valueAt });
      }
    }
  }
  for (const { node, layer } of everywhere(service, 'environment'))
    for (const setting of [...listed(node, layer), ...mapped(node, layer)])
      settings.set(setting.key, setting);
  return { settings: [...settings.values()], open };
}

const fromShell = (name: string): Value => ({ unknown: `${name} comes from the shell` });

/** `- NAME=value` */
const listed = (node: YamlNode, layer: Layer): Setting[] =>
  node.items().flatMap((item) => {
    const text = item.text ?? '';
    const equals = text.indexOf('=');
    const name = equals === -1 ? text : text.slice(0, equals);
    if (name === '') return [];
    const at = inner(item);
    const end = (at?.column ?? 0) + name.length;
    return [
      {
        key: name,
        value: equals === -1 ? fromShell(name) : interpolated(text.slice(equals + 1), layer.lookup),
        keyAt: at ? { ...at, endColumn: end } : item.at,
        valueAt: at && equals !== -1 ? { ...at, column: end + 1 } : item.at,
      },
    ];
  });

/** `NAME: value` */
const mapped = (node: YamlNode, layer: Layer): Setting[] =>
  node.entries().map(([name, one]) => ({
    key: name,
    value: one.text === undefined ? fromShell(name) : interpolated(one.text, layer.lookup),
    keyAt: one.keyAt ?? one.at,
    valueAt: inner(one) ?? one.at,
  }));

/** Connectors as JSON: what is posted to the REST interface of Connect, or kept in files for it. */
import type { Kind } from '../../../catalog/kafka-keys/key.ts';
import type { Excerpt } from '../../../files/formats/excerpt.ts';
import {
  type JsonNode,
  jsonTree,
  property,
  stringProperty,
} from '../../../files/formats/json-tree.ts';
import type { Configuration, Setting, Value } from '../../facts/configuration.ts';
import { valueIn } from '../value.ts';

const mirrors: Readonly<Record<string, Kind>> = {
  MirrorSourceConnector: 'mirror-source',
  MirrorCheckpointConnector: 'mirror-checkpoint',
  MirrorHeartbeatConnector: 'mirror-heartbeat',
};

/** What a connector is, as its class or its topics tell. */
export function kindOfConnector(className: string | undefined, hasTopics: boolean): Kind {
  const name = className?.slice(className.lastIndexOf('.') + 1) ?? '';
  const mirror = mirrors[name] ?? mirrors[`${name}Connector`];
  if (mirror) return mirror;
  if (/Source(Connector)?$/.test(name)) return 'connect-source';
  return hasTopics || /Sink(Connector)?$/.test(name) ? 'connect-sink' : 'connect-source';
}

/** All connectors of a JSON text; nothing where it is about something else, or no JSON. */
export function connectorsIn(excerpt: Excerpt, fill = valueIn): Configuration[] {
  let tree: JsonNode;
  try {
    tree = jsonTree(excerpt.text, 'allowed');
  } catch {
    return [];
  }
  return connectorsOf(tree, { excerpt, fill }, 0);
}

type Within = { readonly excerpt: Excerpt; readonly fill: (text: string) => Value };

const deepest = 4;

function connectorsOf(node: JsonNode, within: Within, depth: number): Configuration[] {
  if (depth > deepest) return [];
  if (node.kind === 'array')
    return node.items.flatMap((item) => connectorsOf(item, within, depth + 1));
  if (node.kind !== 'object') return [];
  if (namesClass(node)) return [connectorOf(node, undefined, within)];
  const config = property(node, 'config');
  if (config?.kind === 'object' && namesClass(config))
    return [connectorOf(config, property(node, 'name'), within)];
  return node.properties.flatMap(({ value }) => connectorsOf(value, within, depth + 1));
}

/** Not a description of what may stand there. */
const namesClass = (node: JsonNode): boolean =>
  /^[A-Za-z_$][\w.${}:-]*$/.test(stringProperty(node, 'connector.class') ?? '');

function connectorOf(
  config: Extract<JsonNode, { kind: 'object' }>,
  name: JsonNode | undefined,
  { excerpt, fill }: Within,
): Configuration {
  const settings = config.properties.map(({ name: key, nameStart, nameEnd, value }): Setting => {
    const [start, end] =
      value.kind === 'string' ? [value.start + 1, value.end - 1] : [value.start, value.end];
    return {
      key,
      value: scalarOf(value, fill),
      keyAt: excerpt.place(nameStart + 1, nameEnd - 1),
      valueAt: excerpt.place(start, end),
    };
  });
  const has = (key: string) => settings.some((one) => one.key === key);
  const own = name?.kind === 'string' ? name.value : stringProperty(config, 'name');
  const at = name ?? property(config, 'connector.class') ?? config;
  return {
    kind: kindOfConnector(
      stringProperty(config, 'connector.class'),
      has('topics') || has('topics.regex'),
    ),
    file: excerpt.place(0, 0).file,
    at: excerpt.place(at.start, at.end),
    settings,
    ...(own !== undefined && { name: own }),
  };
}

function scalarOf(node: JsonNode, fill: Within['fill']): Value {
  switch (node.kind) {
    case 'string':
      return fill(node.value);
    case 'number':
      return { known: node.written };
    case 'boolean':
      return { known: String(node.value) };
    default:
      return { unknown: 'it is no plain value' };
  }
}

import type { Configuration } from '../landscape/facts/configuration.ts';
import type { Known } from './rule.ts';
import { effective, effectiveText, itemsOf, settingOf } from './settings.ts';

/** One of `listeners` or `advertised.listeners`: `NAME://host:port`. */
export type Listener = { readonly name: string; readonly host: string; readonly port: number };

/** Undefined where the text is no list of listeners; Kafka says so itself (EndPoint.parse). */
export function listenersOf(text: string): Listener[] | undefined {
  const found = text.split(',').map((item) => {
    const match = /^([^:]+):\/\/\[?([0-9a-zA-Z\-%._:]*?)\]?:(-?[0-9]+)$/.exec(item.trim());
    if (!match) return undefined;
    const [, name = '', host = '', port = ''] = match;
    return { name: name.toUpperCase(), host, port: Number(port) };
  });
  return found.every((one) => one !== undefined) ? found : undefined;
}

const ofItsOwn = /^(SASL_)?SSL$|^SASL_PLAINTEXT$/;

/**
 * The protocol of each listener, as AbstractKafkaConfig.effectiveListenerSecurityProtocolMap has it;
 * undefined where files don't tell.
 */
export function protocolsOf(
  known: Known,
  node: Configuration,
): ReadonlyMap<string, string> | undefined {
  const key = 'listener.security.protocol.map';
  const map = effective(known, node, key);
  if (!map) return undefined;
  const protocols = new Map(
    itemsOf(map.text.toUpperCase()).map((item) => {
      const [name = '', protocol = ''] = item.split(':');
      return [name.trim(), protocol.trim()] as const;
    }),
  );
  if (settingOf(node, key) || node.beneath?.values.has(key)) return protocols;
  // Controllers' names need no mapping as long as nothing is encrypted, nor anybody asked for a name.
  const controllers = controllerNames(known, node);
  const names = listenersOf(effectiveText(known, node, 'listeners') ?? '') ?? [];
  if ([...controllers, ...names.map(({ name }) => name)].some((name) => ofItsOwn.test(name)))
    return protocols;
  for (const name of controllers) protocols.set(name, 'PLAINTEXT');
  return protocols;
}

export const controllerNames = (known: Known, node: Configuration): string[] =>
  itemsOf(effectiveText(known, node, 'controller.listener.names')).map((name) =>
    name.toUpperCase(),
  );

/** The name of the listener that brokers use among themselves; undefined where files don't tell. */
export const interBrokerName = (known: Known, node: Configuration): string | undefined =>
  (
    effectiveText(known, node, 'inter.broker.listener.name') ||
    effectiveText(known, node, 'security.inter.broker.protocol')
  )?.toUpperCase();

export type Served = Listener & { readonly protocol: string };

/** Listeners for clients and other brokers, with what they speak; undefined where files don't tell. */
export function servedBy(known: Known, node: Configuration): Served[] | undefined {
  const listeners = listenersOf(effectiveText(known, node, 'listeners') ?? '');
  const protocols = protocolsOf(known, node);
  const controllers = controllerNames(known, node);
  return protocols
    ? listeners
        ?.filter(({ name }) => !controllers.includes(name))
        .map((one) => ({ ...one, protocol: protocols.get(one.name) ?? '' }))
    : undefined;
}

/** Nobody else than this machine, or container, gets there. */
export const isLocal = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);

import {
  type FromEnvironment,
  type ImageFamily,
  imageFamily,
  keyOfVariable,
} from '../../../catalog/images.ts';
import { keysOf } from '../../../catalog/kafka-keys/index.ts';
import { releaseOf } from '../../../catalog/kafka-keys/releases.ts';
import { isBefore } from '../../../catalog/version-order.ts';
import type { Configuration, Setting } from '../../facts/configuration.ts';
import type { Workload } from '../../facts/workload.ts';
import type { ServiceFacts } from './service.ts';

/** What a service's image makes of its environment. */
export async function configurationOf({
  workload,
  open,
}: ServiceFacts): Promise<Configuration | undefined> {
  const family = workload.image && imageFamily(workload.image.name);
  const from = family?.environment;
  if (!family || !from || isScript(workload, from)) return undefined;
  const line = lineOf(family, workload);
  const release = line === undefined ? undefined : releaseOf(line);
  const settings = workload.environment.flatMap((one): Setting[] => {
    const own = from.also?.[one.key];
    if (own !== undefined) return [{ ...one, key: own, written: one.key }];
    if (!one.key.startsWith(from.prefix) || from.except.test(one.key)) return [];
    return [{ ...one, key: keyOfVariable(one.key, from.prefix), written: one.key }];
  });
  const known =
    line && release && isBefore(line, release) ? await keysOf(from.kind, release) : undefined;
  const isOpen = open || mountsProperties(workload) || hasOwnScript(workload);
  return {
    kind: from.kind,
    file: workload.at.file,
    at: workload.at,
    name: workload.name,
    // Keys that only older releases than the catalogue's had can't be judged.
    settings: known ? settings.filter(({ key }) => known.has(key) || isPassedOn(key)) : settings,
    ...(release !== undefined && { release }),
    beneath: beneathOf(from, settings, workload, line),
    ...(isOpen && { open: true as const }),
    workload,
  };
}

/** Connect's own clients, converters and plug-ins have settings of theirs. */
const isPassedOn = (key: string): boolean =>
  /^(producer|consumer|admin|(key|value|header)\.converter|config\.providers)\./.test(key);

const lineOf = (family: ImageFamily, { image }: Workload): string | undefined =>
  family.line?.(image?.tag ?? 'latest');

function beneathOf(
  { beneath, withoutAny = {}, derivesListeners, unseen, computed = {} }: FromEnvironment,
  settings: readonly Setting[],
  { image, environment }: Workload,
  line: string | undefined,
): NonNullable<Configuration['beneath']> {
  const values = new Map(Object.entries(settings.length === 0 ? withoutAny : beneath));
  const hidden = new Set([
    ...(unseen?.(line) ?? []),
    ...environment.flatMap(({ key }) => computed[key] ?? []),
  ]);
  const advertised = settings.find(({ key }) => key === 'advertised.listeners')?.value;
  const isSet = settings.some(({ key }) => key === 'listeners');
  if (derivesListeners && !isSet && advertised) {
    if ('unknown' in advertised) hidden.add('listeners');
    else values.set('listeners', advertised.known.replaceAll(/:\/\/[^:,]*:/g, '://0.0.0.0:'));
  }
  return {
    by: `what ${image?.name ?? 'its image'} sets`,
    values,
    ...(hidden.size > 0 && { unseen: hidden }),
  };
}

/** A command of its own in the image of a broker: it makes topics, and is no broker. */
function isScript({ command, environment, ports }: Workload, from: FromEnvironment): boolean {
  if (from.kind !== 'broker' || !command) return false;
  const identity =
    /^KAFKA_(CFG_)?(BROKER_ID|NODE_ID|PROCESS_ROLES|LISTENERS|ADVERTISED_LISTENERS|ZOOKEEPER_CONNECT)$/;
  const isConfigured = environment.some(({ key }) => identity.test(key));
  const text = 'known' in command.value ? command.value.known : '';
  if (/kafka-topics|topic create|cub kafka-ready|kafka-console|kafka-acls/.test(text))
    return !/\b(run|server-start)\b/.test(text);
  return !isConfigured && (ports.length === 0 || text !== '');
}

const mountsProperties = ({ mounts }: Workload): boolean =>
  mounts.some(({ target }) => /\.properties$|^\/mnt\/shared\/config|\/config\/?$/.test(target));

/** A script may set anything before it starts the broker. */
const hasOwnScript = ({ command }: Workload): boolean => command !== undefined;

import { removedFromJava } from '../../../catalog/removed-from-java.ts';
import type { Evaluator } from '../../code/evaluate.ts';
import type { Code, Happening } from '../../code/program.ts';
import { place, type Site, type Worth } from '../../code/worth.ts';
import type { CodeName } from '../../facts/code.ts';

/** Classes that are imported, whatever for. */
export function removedNames(code: Code): CodeName[] {
  const site = { code, scope: code.scope };
  return [...code.importedAt]
    .filter(([name]) => name in removedFromJava)
    .map(([name, span]) => ({ name, at: place(span, site) }));
}

/** Methods with the arguments that they no longer have. */
export function removedUse(
  { happening: { call }, site, by }: { happening: Happening; site: Site; by: string },
  evaluator: Evaluator,
): CodeName | undefined {
  const method = /^org\.apache\.kafka\.clients\.\w+\.(?:Kafka)?(Consumer|Producer)\.(\w+)$/.exec(
    by,
  );
  if (!method) return undefined;
  const [, type = '', name = ''] = method;
  const worths = call.arguments.map(({ value }) => evaluator.ask(value, site));
  const [first, second] = worths;
  const module = `org.apache.kafka.clients.${type.toLowerCase()}.${type}`;
  const at = place(call, site);
  if (name === 'poll' && worths.length === 1 && isNumber(first))
    return { name: `${module}.poll(long)`, at };
  if (name === 'committed' && isTopicPartition(first))
    return { name: `${module}.committed(TopicPartition)`, at };
  if (name === 'sendOffsetsToTransaction' && second?.is === 'text')
    return { name: `${module}.sendOffsetsToTransaction(Map, String)`, at };
  return undefined;
}

const isNumber = (worth: Worth | undefined): boolean =>
  worth?.is === 'text' && 'known' in worth.value && /^\d+$/.test(worth.value.known);

const isTopicPartition = (worth: Worth | undefined): boolean =>
  worth?.is === 'made' && worth.by === 'org.apache.kafka.common.TopicPartition';

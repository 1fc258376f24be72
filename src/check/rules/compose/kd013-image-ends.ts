import type { Configuration } from '../../../landscape/facts/configuration.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, ofKind, settingOf, textOf } from '../../settings.ts';

export const imageEnds: Rule = {
  code: 'KD013',
  title: 'A variable without which the image ends',
  severity: 'error',
  confidence: 'high',
  story:
    'The container ends before Kafka begins, with one line in its log, and Docker starts it again, and again.',
  source:
    'configure of confluentinc/kafka-images (ub ensure) and of docker/resources in apache/kafka (ensure)',
  noFix: 'What is missing are decisions, files and secrets.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const { workload, open } = node;
      const family = /(?:^|\/)(apache\/kafka|confluentinc\/cp-(?:kafka|server))$/.exec(
        workload?.image?.name ?? '',
      )?.[1];
      if (!workload || open || !family || !isRecent(family, workload.image?.tag)) continue;
      const names = new Set(workload.environment.map(({ key }) => key));
      const roles = effectiveText(known, node, 'process.roles');
      const missing = [...wanted(node, family !== 'apache/kafka', roles)].filter(
        (name) => !names.has(name),
      );
      if (missing.length > 0)
        yield {
          at: workload.at,
          says: `${workload.image?.name} ends without ${missing.join(', ')}.`,
          next: missing.includes('CLUSTER_ID')
            ? 'kafka-storage.sh random-uuid makes an id, the same for all nodes.'
            : 'Set it.',
        };
    }
  },
};

function* wanted(node: Configuration, isConfluent: boolean, roles: string | undefined) {
  const advertised = settingOf(node, 'advertised.listeners');
  const text = textOf(advertised) ?? '';
  if (isConfluent && roles) {
    yield 'CLUSTER_ID';
    if (roles !== 'controller') yield 'KAFKA_ADVERTISED_LISTENERS';
  }
  if (text.includes('SSL://')) {
    yield 'KAFKA_SSL_KEYSTORE_FILENAME';
    yield 'KAFKA_SSL_KEYSTORE_CREDENTIALS';
    yield 'KAFKA_SSL_KEY_CREDENTIALS';
  }
  if (/SASL_.*:\/\//.test(text)) yield 'KAFKA_OPTS';
}

/** Confluent's image has started without ZooKeeper since 7.4. */
function isRecent(family: string, tag = 'latest'): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(tag) ?? [];
  if (family === 'apache/kafka' || tag === 'latest') return true;
  return Number(major) > 7 || (Number(major) === 7 && Number(minor) >= 4);
}

import { textIn } from '../../../landscape/node-pools.ts';
import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

/** Where loggers are named, and where the release of Kafka is. */
const places: Readonly<Record<string, readonly [loggers: string, version: string]>> = {
  Kafka: ['spec.kafka.logging.loggers.', 'spec.kafka.version'],
  KafkaConnect: ['spec.logging.loggers.', 'spec.version'],
  KafkaMirrorMaker2: ['spec.logging.loggers.', 'spec.version'],
};

/** `kafka.root.logger.level`, `log4j.logger.kafka.authorizer.logger`. */
const old = /^(log4j\.|[a-z]+\.root\.logger(\.level)?$)/;

export const loggersOfLog4j1: Rule = {
  code: 'KK031',
  title: 'Loggers that nobody reads since Kafka 4',
  severity: 'warning',
  confidence: 'high',
  story:
    'Somebody sets a logger to DEBUG at night to see what a broker does, the resource is applied, and the log stays as it was: its keys are those of Log4j 1.',
  source: "Strimzi's CHANGELOG, 0.46.0: Kafka 4.0 and newer is using Log4j2",
  noFix: 'What was a class is a name of a logger now.',
  *check(known) {
    for (const resource of ofStrimzi(known, ...Object.keys(places))) {
      const [loggers = '', version = ''] = places[resource.kind] ?? [];
      const isFirst = textIn(resource, 'apiVersion')?.endsWith('/v1');
      if (!isFirst && !/^[4-9]\./.test(textIn(resource, version) ?? '')) continue;
      const found = [...resource.fields].find(
        ([path]) => path.startsWith(loggers) && old.test(path.slice(loggers.length)),
      );
      if (found)
        yield {
          at: found[1].at,
          says: `${found[0].slice(loggers.length)} is a key of Log4j 1.`,
          next: 'rootLogger.level, logger.<name>.name and logger.<name>.level.',
        };
    }
  },
};

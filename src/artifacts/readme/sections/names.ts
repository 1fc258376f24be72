import { isSecured, type Platform, passwordVariable } from '../../../model/platform.ts';
import { code, markdownTable, type Section } from '../../markdown.ts';

export function names(platform: Platform): Section {
  const [producer, consumer] = platform.application.services;
  return {
    heading: 'Names',
    blocks: [
      markdownTable(
        ['of a', 'is', 'here'],
        [
          ['topic', '`<domain>.<data set>.v<major version of the format>`', code(producer.topic)],
          ['dead letter topic', '`<topic>.dlq`', code(consumer.deadLetterTopic)],
          ['consumer group', '`<platform>.<service>`', code(consumer.group)],
          ['node', '`broker-<id>`', code(platform.clusters[0].nodes[0].name)],
          ...(isSecured(platform)
            ? [
                ['user', "the service's name", code(producer.name)],
                ['password in `.env`', '`<USER>_PASSWORD`', code(passwordVariable(producer.name))],
              ]
            : []),
          [
            'setting of a service',
            '`KAFKA_…` for its client, else plain',
            '`KAFKA_TOPIC`, `HTTP_PORT`',
          ],
        ],
      ),
    ],
  };
}

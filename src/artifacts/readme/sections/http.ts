import type { Platform } from '../../../model/platform.ts';
import { code, markdownTable, type Section } from '../../markdown.ts';

/** What the two services can be asked. */
export function http(platform: Platform): Section {
  const [producer, consumer] = platform.application.services;
  return {
    heading: 'Over HTTP',
    blocks: [
      markdownTable(
        ['request', 'service', 'answer'],
        [
          [
            '`POST /events`',
            code(producer.name),
            '202; 400 or 422 not an event, 503 try again later',
          ],
          [
            '`GET /events/{eventId}`',
            code(consumer.name),
            'the event, with partition, offset and correlation id',
          ],
          [
            code(`GET ${platform.useCase.consumer.view}…`),
            code(consumer.name),
            'what was made of the events',
          ],
          [
            '`GET /stats`',
            code(consumer.name),
            'events and effects: equal, as long as each happened once',
          ],
          ['`GET /health/ready`', 'both', '200, or 503 with the reasons'],
          ['`GET /metrics`', 'both', "Prometheus's text format"],
        ],
      ),
    ],
  };
}

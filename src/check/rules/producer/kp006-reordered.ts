import { neverSends, saidBy } from '../../calls.ts';
import type { Rule } from '../../rule.ts';
import {
  clientName,
  effective,
  isFalse,
  numberOf,
  ofKind,
  settingOf,
  textOf,
} from '../../settings.ts';

const inFlight = 'max.in.flight.requests.per.connection';

export const reordered: Rule = {
  code: 'KP006',
  title: 'Retries that store twice and out of order',
  severity: 'warning',
  confidence: 'medium',
  guards: ['acks-all', 'keyed-order'],
  story:
    'One of several requests on their way fails and is sent again, behind those that came after it: an update is stored before what it updates. Or it did arrive, only its answer did not, and it is there twice.',
  source: "librdkafka's CONFIGURATION.md (enable.idempotence, max.in.flight); KafkaJS, Producing",
  noFix: 'the setting goes where the program makes its client',
  *check(known) {
    for (const configuration of ofKind(known, 'producer')) {
      const { library = 'java', at } = configuration;
      // Those that have idempotence off by default, and more than one request on its way.
      if (library !== 'librdkafka' && library !== 'kafkajs') continue;
      // Switched off by hand, it is KP003's; transactions bring it along.
      if (settingOf(configuration, 'enable.idempotence')) continue;
      if (settingOf(configuration, 'transactional.id')) continue;
      if (neverSends(known, configuration)) continue;
      if (!isFalse(effective(known, configuration, 'enable.idempotence')?.text)) continue;
      const acks = effective(known, configuration, 'acks')?.text;
      if (acks === undefined || acks === '0' || acks === '1') continue;
      const set = settingOf(configuration, inFlight);
      if (set && textOf(set) === undefined) continue;
      const many = effective(known, configuration, inFlight);
      if (numberOf(many?.text) === 1) continue;
      if (numberOf(textOf(settingOf(configuration, 'retries'))) === 0) continue;
      const count = many === undefined ? 'without a limit' : `${many.text}${saidBy(many.by)}`;
      yield {
        at: set?.valueAt ?? at,
        says: `Idempotence is off (the default of ${clientName(library)}), and several requests may be on their way at once: ${inFlight} is ${count}.`,
        next:
          library === 'kafkajs'
            ? 'idempotent: true, maxInFlightRequests: 5.'
            : 'enable.idempotence=true, which also lowers it to 5.',
      };
    }
  },
};

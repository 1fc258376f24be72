import type { ClientCall } from '../../../landscape/facts/code.ts';
import { callsOf } from '../../calls.ts';
import type { Rule } from '../../rule.ts';
import { settingOf } from '../../settings.ts';

const next: Readonly<Partial<Record<ClientCall['library'], string>>> = {
  java: 'Give send a callback, or wait for its future and handle the failure.',
  librdkafka: 'Give it a delivery callback that looks at the error.',
  'kafka-python': 'Add an errback to the future, or wait for it.',
  aiokafka: 'Await send_and_wait, or keep the future and await it.',
  kafkajs: 'Await it.',
  'platformatic-kafka': 'Await it.',
};

export const forgottenSend: Rule = {
  code: 'KP014',
  title: 'Nobody looks whether a record was stored',
  severity: 'warning',
  confidence: 'medium',
  guards: ['sends-awaited'],
  story:
    'Brokers are away for three minutes, and sends time out one after the other. The program has long told its callers that all is well; what is missing is found by those who miss it.',
  source: 'KafkaProducer.send (the callback, or the future); each client’s documentation of it',
  noFix: 'what to do about a failure is for people to say',
  *check(known) {
    const transactions = callsOf(known, 'begins-transaction').map(({ at }) => at.file);
    const reports = callsOf(known, 'polls').filter(({ at }) => at.file.endsWith('.go'));
    for (const call of callsOf(known, 'sends')) {
      const { result, at, library, configuration } = call;
      if (result !== 'dropped') continue;
      // The end of a transaction fails when one of its records did.
      if (transactions.includes(at.file)) continue;
      if (configuration && settingOf(configuration, 'transactional.id')) continue;
      // Reports of all deliveries go elsewhere: to a callback of the client's, or to its channel.
      if (configuration?.settings.some(({ key }) => deliveryReports.test(key))) continue;
      if (
        library === 'librdkafka' &&
        /\.[cm]?[jt]s$/.test(at.file) &&
        configuration?.open !== undefined
      )
        continue;
      if (reports.some((poll) => poll.at.file === at.file)) continue;
      yield {
        at,
        says: 'The result of this send is dropped, and its failure with it.',
        next: next[library] ?? 'Handle the error that it returns.',
      };
    }
  },
};

const deliveryReports = /^(on[._]delivery|dr[._](msg[._])?cb)$/;

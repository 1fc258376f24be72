import type { ClientCall } from '../../../landscape/facts/code.ts';
import { callsOf } from '../../calls.ts';
import type { Known, Rule } from '../../rule.ts';
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
    const files = Map.groupBy(forgotten(known), ({ at }) => at.file);
    for (const [first, ...others] of files.values()) {
      if (!first) continue;
      const more = others.length === 0 ? '' : `, as are those of ${others.length} more below`;
      yield {
        at: first.at,
        says: `The result of this send is dropped, and its failure with it${more}.`,
        next: next[first.library] ?? 'Handle the error that it returns.',
        also: others.map(({ at }) => ({ at, says: 'Dropped too.' })),
      };
    }
  },
};

function forgotten(known: Known): ClientCall[] {
  const transactions = callsOf(known, 'begins-transaction').map(({ at }) => at.file);
  const reports = callsOf(known, 'polls').filter(({ at }) => at.file.endsWith('.go'));
  return callsOf(known, 'sends').filter(({ result, at, library, configuration }) => {
    if (result !== 'dropped') return false;
    // The end of a transaction fails when one of its records did.
    if (transactions.includes(at.file)) return false;
    if (configuration && settingOf(configuration, 'transactional.id')) return false;
    // Reports of all deliveries go elsewhere: to a callback of the client's, or to its channel.
    if (configuration?.settings.some(({ key }) => deliveryReports.test(key))) return false;
    if (library === 'librdkafka' && isScript.test(at.file) && configuration?.open) return false;
    return !reports.some((poll) => poll.at.file === at.file);
  });
}

const isScript = /\.[cm]?[jt]s$/;
const deliveryReports = /^(on[._]delivery|dr[._](msg[._])?cb)$/;

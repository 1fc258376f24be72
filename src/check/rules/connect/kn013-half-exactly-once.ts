import { calledConnector, workerOf } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { effective, ofKind, settingOf, textOf } from '../../settings.ts';

const ofWorker = 'exactly.once.source.support';

export const halfExactlyOnce: Rule = {
  code: 'KN013',
  title: 'Exactly once for a connector, and not for its workers',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The connector is refused: "This worker does not have exactly-once source support enabled". Whoever takes the line out to get it running gets records twice, months later.',
  source: 'DistributedHerder.validateExactlyOnceConfigs; KIP-618',
  noFix: 'workers go there in two rolling restarts, with preparing first',
  *check(known) {
    for (const connector of ofKind(known, 'connect-source')) {
      const setting = settingOf(connector, 'exactly.once.support');
      if (!setting || textOf(setting)?.toLowerCase() !== 'required') continue;
      const worker = workerOf(known, connector);
      const support = worker && effective(known, worker, ofWorker);
      if (!worker || !support || support.text.toLowerCase() === 'enabled') continue;
      yield {
        at: setting.valueAt,
        says: `${calledConnector(connector)} requires exactly once, and ${ofWorker} of ${worker.name ?? 'the worker'} is ${support.text}${support.by ? ` (${support.by})` : ''}.`,
        next: `${ofWorker}=preparing on every worker, then enabled.`,
        also: [{ at: support.setting?.valueAt ?? worker.at, says: 'the worker' }],
      };
    }
  },
};

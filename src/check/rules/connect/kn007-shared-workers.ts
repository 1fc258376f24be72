import { folderOf } from '../../../files/folder.ts';
import type { Configuration } from '../../../landscape/facts/configuration.ts';
import type { Known, Rule } from '../../rule.ts';
import { effectiveText, ofKind, settingOf, textOf } from '../../settings.ts';

const topics = ['config.storage.topic', 'offset.storage.topic', 'status.storage.topic'];

export const sharedWorkers: Rule = {
  code: 'KN007',
  title: 'Two Connect clusters are half one',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'Workers with the same group divide connectors among themselves, and each looks for them in a topic of its own: tasks come and go. With the same topics and two groups, every connector runs twice.',
  source: "Kafka's documentation, Kafka Connect, Running Kafka Connect (group.id and topics)",
  noFix: 'which of them belong together is not in the files',
  *check(known) {
    const workers = ofKind(known, 'connect-distributed');
    for (const [index, worker] of workers.entries()) {
      const group = effectiveText(known, worker, 'group.id');
      const other = workers.slice(0, index).find((one) => areTogether(known, worker, one));
      if (!other || group === undefined) continue;
      const otherGroup = effectiveText(known, other, 'group.id');
      const [own, ...more] = topics.filter(
        (key) => settingOf(worker, key) && isSame(worker, other, key) === (group !== otherGroup),
      );
      if (otherGroup === undefined || own === undefined) continue;
      const setting = settingOf(worker, own);
      if (!setting) continue;
      const called = other.name ?? other.file;
      yield {
        at: setting.valueAt,
        says:
          group === otherGroup
            ? `${[own, ...more].join(', ')} differ${more.length > 0 ? '' : 's'} from that of ${called}, which has the same group.id ${group}.`
            : `${own} is ${textOf(setting)} for group ${group}, and for group ${otherGroup} of ${called}.`,
        next: 'One cluster: the same group.id and topics. Two: nothing in common.',
        also: [{ at: other.at, says: called }],
      };
    }
  },
};

/** Of the same brokers, as far as files tell, and not the same setup for two environments. */
function areTogether(known: Known, one: Configuration, other: Configuration) {
  const servers = (of: Configuration) => effectiveText(known, of, 'bootstrap.servers');
  const isOneFile = one.file === other.file && one.name !== other.name;
  // A resource of the same name is the same one, for another environment.
  const isNamed = one.name !== undefined && one.name === other.name;
  const isBeside = one.file !== other.file && folderOf(one.file) === folderOf(other.file);
  const isPair = isBeside && !one.workload && !isNamed;
  return (isOneFile || isPair) && servers(one) !== undefined && servers(one) === servers(other);
}

const isSame = (one: Configuration, other: Configuration, key: string): boolean | undefined => {
  const [first, second] = [textOf(settingOf(one, key)), textOf(settingOf(other, key))];
  return first === undefined || second === undefined ? undefined : first === second;
};

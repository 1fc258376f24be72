import { brokersOf, clustersOf } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { effective, settingOf, textOf } from '../../settings.ts';

/** What a controller decides by its own file; the last one since replicas may be eligible (4.1). */
const keys = ['default.replication.factor', 'num.partitions', 'min.insync.replicas'] as const;

export const defaultsOfBrokersOnly: Rule = {
  code: 'KR012',
  title: 'Defaults of topics that their controllers do not know',
  severity: 'warning',
  confidence: 'high',
  across: true,
  guards: ['replication'],
  story:
    'The brokers say three copies, two in sync, and topics that are made by hand have one: it is the controllers who make them, by what stands in their own files.',
  source:
    'ReplicationControlManager.createTopic; ActivationRecordsGenerator (min.insync.replicas, KIP-966)',
  noFix: 'It goes into the files of the controllers.',
  *check(known) {
    for (const cluster of clustersOf(known)) {
      const brokers = brokersOf(known, cluster);
      const controllers = cluster.nodes.filter((node) => !brokers.includes(node));
      const [controller] = controllers;
      if (!controller || brokers.length === 0 || controllers.some(({ open }) => open)) continue;
      const release = Number(controller.release ?? known.release);
      const asked = release >= 4.1 ? keys : keys.slice(0, 2);
      const missing = asked.flatMap((key) => {
        const setting = brokers.flatMap((node) => settingOf(node, key) ?? [])[0];
        const [own, theirs] = [textOf(setting), effective(known, controller, key)?.text];
        return setting && own !== undefined && theirs !== undefined && own !== theirs
          ? [{ key, setting, own, theirs }]
          : [];
      });
      const [first] = missing;
      if (!first) continue;
      yield {
        at: first.setting.valueAt,
        says: `${missing.map(({ key, own, theirs }) => `${key} is ${own} here and ${theirs} at ${controller.name ?? 'the controllers'}`).join('; ')}.`,
        next: 'Set the same on controllers.',
        also: [{ at: controller.at, says: 'The controller.' }],
      };
    }
  },
};

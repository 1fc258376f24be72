import { foldersOf, isForRecords, isOn } from '../../mounts.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf } from '../../settings.ts';

export const noVolume: Rule = {
  code: 'KD005',
  title: 'Records that go with the container',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  story:
    'Somebody runs "docker compose down" to change a port, and "up" again. The brokers come up without a topic, and the consumers without a place to go on from.',
  source: 'https://docs.docker.com/engine/storage/volumes/',
  noFix: 'Where the data shall lie, the machine knows.',
  *check(known) {
    const said = new Set<string>();
    for (const node of ofKind(known, 'broker')) {
      const { workload } = node;
      const folders = foldersOf(known, node);
      if (!workload || !folders || folders.text === '') continue;
      const kept = workload.mounts.filter(({ kind }) => kind === 'volume' || kind === 'bind');
      // Of a volume at another place tells KB011.
      if (isOn(folders.text, kept) || kept.some(isForRecords)) continue;
      if (settingOf(node, 'process.roles') === undefined && !settingOf(node, 'zookeeper.connect'))
        continue;
      if (said.has(workload.network)) continue;
      said.add(workload.network);
      yield {
        at: workload.at,
        says: `${workload.name} keeps records in ${folders.text}${folders.by ? ` (${folders.by})` : ''}, and no volume is there.`,
        next: `Mount a named volume at ${folders.text.split(',')[0]}.`,
      };
    }
  },
};

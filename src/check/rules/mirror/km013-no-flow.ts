import { aliasesOf, flowsOf } from '../../mirrors.ts';
import type { Rule } from '../../rule.ts';
import { isFalse, ofKind, settingOf, textOf } from '../../settings.ts';

export const noFlow: Rule = {
  code: 'KM013',
  title: 'MirrorMaker mirrors nothing',
  severity: 'error',
  confidence: 'high',
  story:
    'It starts, and writes heartbeats, so that all looks well. No flow is enabled, and none is by default: the other cluster has no topic of this one.',
  source: 'MirrorMakerConfig.connectorBaseConfig (enabled is false unless a flow says so)',
  noFix: 'which direction is meant is not in the file',
  *check(known) {
    for (const file of ofKind(known, 'mirror-maker')) {
      const clusters = settingOf(file, 'clusters');
      if (!clusters || file.open || aliasesOf(file).length < 2) continue;
      // Set for all, it counts for each.
      if (settingOf(file, 'enabled')) continue;
      if (flowsOf(file).some(({ enabled }) => !isFalse(textOf(enabled)))) continue;
      const [one = '', other = ''] = aliasesOf(file);
      yield {
        at: clusters.keyAt,
        says: `No flow between ${aliasesOf(file).join(', ')} is enabled.`,
        next: `${one}->${other}.enabled=true`,
      };
    }
  },
};

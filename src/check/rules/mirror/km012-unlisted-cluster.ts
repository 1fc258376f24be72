import { aliasesOf, flowsOf } from '../../mirrors.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

export const unlistedCluster: Rule = {
  code: 'KM012',
  title: 'A flow of a cluster that is not there',
  severity: 'error',
  confidence: 'high',
  story:
    'MirrorMaker runs, and says nothing: it looks at pairs of the clusters in its list only. The copy that somebody counts on has never been made.',
  source: 'MirrorMakerConfig.clusterPairs, clusterProps',
  noFix: 'whether the flow or the list is wrong is not in the file',
  *check(known) {
    for (const file of ofKind(known, 'mirror-maker')) {
      const clusters = settingOf(file, 'clusters');
      if (!clusters || textOf(clusters) === undefined || file.open) continue;
      const aliases = aliasesOf(file);
      for (const { source, target, enabled } of flowsOf(file)) {
        const missing = [source, target].find((alias) => !aliases.includes(alias));
        if (missing === undefined || !isTrue(textOf(enabled))) continue;
        yield {
          at: enabled.keyAt,
          says: `${enabled.key} means nothing: ${missing} is not in clusters (${aliases.join(', ')}).`,
          next: `Add ${missing} to clusters, or remove the flow.`,
          also: [{ at: clusters.valueAt, says: 'clusters' }],
        };
      }
      for (const alias of aliases)
        if (!settingOf(file, `${alias}.bootstrap.servers`) && !settingOf(file, 'bootstrap.servers'))
          yield {
            at: clusters.valueAt,
            says: `${alias} is in clusters, and there is no ${alias}.bootstrap.servers.`,
            next: `Set ${alias}.bootstrap.servers.`,
          };
    }
  },
};

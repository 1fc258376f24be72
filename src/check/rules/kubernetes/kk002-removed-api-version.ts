import { folderOf } from '../../../files/folder.ts';
import { isStrimzis } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const removedApiVersion: Rule = {
  code: 'KK002',
  title: 'An API version that Strimzi no longer has',
  severity: 'warning',
  confidence: 'high',
  story:
    'The operator is upgraded to 1.0, and nothing can be applied any more: the API server knows no such kind. The manifests that would restore the cluster at night are among them.',
  source: "Strimzi's CHANGELOG, 1.0.0: v1 only; 0.23.0: v1alpha1 and v1beta1 removed",
  noFix: "Strimzi's own tool for it (api-conversion) changes fields too",
  *check({ landscape }) {
    const said = new Set<string>();
    for (const resource of landscape.resources) {
      const { value, at } = resource.apiVersion;
      if (!isStrimzis(resource) || !('known' in value)) continue;
      const version = value.known.slice(value.known.indexOf('/') + 1);
      // Once for a folder. Other groups of Strimzi have versions of their own.
      const place = `${folderOf(at.file)} ${version}`;
      if (!value.known.startsWith('kafka.') || version === 'v1' || said.has(place)) continue;
      if (!/^v1(alpha|beta)\d$/.test(version)) continue;
      said.add(place);
      yield {
        at,
        says: `${version} is gone since Strimzi 1.0; what is left is kafka.strimzi.io/v1.`,
        next: "Strimzi 0.49 to 0.51 know both: convert with Strimzi's API conversion tool, then upgrade.",
      };
    }
  },
};

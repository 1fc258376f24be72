import { folderOf } from '../../../files/folder.ts';
import { textIn } from '../../../landscape/node-pools.ts';
import type { Rule } from '../../rule.ts';

const images = /(^|\/)cp-(kafka|server)$/;
const podSpec = 'spec.template.spec.enableServiceLinks';

export const serviceLinks: Rule = {
  code: 'KK010',
  title: "A Service whose name becomes a broker's setting",
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'Kubernetes tells every pod of a Service named kafka by the variable KAFKA_PORT=tcp://..., the image takes it for a setting and stops. It starts where the Service was made later, so it fails after the first restart.',
  source: 'confluentinc/cp-docker-images#388; the configure script: "port is deprecated"',
  noFix: 'Which of the two names can change only its users know.',
  *check({ landscape }) {
    const { resources, workloads } = landscape;
    const services = resources.filter(({ kind, name }) => kind === 'Service' && name === 'kafka');
    for (const { runs, image, network, name, at } of workloads) {
      const owner = resources.find(
        (one) =>
          one.at.file === at.file &&
          one.name === name.split('/')[0] &&
          (one.kind === 'StatefulSet' || one.kind === 'Deployment'),
      );
      if (runs !== 'broker' || !image || !images.test(image.name) || !owner || owner.open) continue;
      const service = services.find(
        (one) => (one.namespace ?? '') === network && folderOf(one.at.file) === folderOf(at.file),
      );
      if (!service || owner.fields.has(podSpec)) continue;
      yield {
        at: service.at,
        says: `Pods of ${owner.name} get KAFKA_PORT from this Service, and ${image.name} stops at it.`,
        next: 'Set enableServiceLinks: false in the pod, or give the Service another name.',
        also: [{ at: owner.at, says: `${textIn(owner, 'kind')} ${owner.name}` }],
      };
    }
  },
};

import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, ofKind, settingOf } from '../../settings.ts';

export const controllerAdvertises: Rule = {
  code: 'KD014',
  title: 'A controller that gives clients an address',
  severity: 'error',
  confidence: 'high',
  story:
    'The container ends before Kafka begins: the variables of the brokers were copied to the controller, which has no clients.',
  source:
    'configure of confluentinc/kafka-images and of docker/resources in apache/kafka: "not supported on a KRaft controller"',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, 'advertised.listeners');
      const isMeant = /(^|\/)(apache\/kafka|cp-(kafka|server))$/.test(
        node.workload?.image?.name ?? '',
      );
      if (!setting || !isMeant || effectiveText(known, node, 'process.roles') !== 'controller')
        continue;
      if ('known' in setting.value && setting.value.known === '') continue;
      yield {
        at: setting.keyAt,
        says: `${node.workload?.name} is a controller, and has ${setting.written}: ${node.workload?.image?.name} ends with it.`,
        next: 'Leave it out.',
        ...fixOf(true, `Remove ${setting.written}`, lineEdit(setting)),
      };
    }
  },
};

import type { Configuration, Setting } from '../../../landscape/facts/configuration.ts';
import { controllerNames, interBrokerName, protocolsOf } from '../../listeners.ts';
import type { Known, Rule } from '../../rule.ts';
import { effectiveText, isFalse, itemsOf, ofKind, settingOf, textOf } from '../../settings.ts';

const standard = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer';

export const brokersHaveNoRights: Rule = {
  code: 'KX015',
  title: 'Brokers that may not do their own work',
  severity: 'error',
  confidence: 'high',
  guards: ['security'],
  story:
    'The authorizer is switched on, and no broker comes up again: each is a user like any other, and nobody gave it the right to register. Without a super user nobody can give it, either.',
  source:
    "Kafka's documentation, Security, Authorization and ACLs: super.users; ControllerApis (CLUSTER_ACTION)",
  noFix: 'Which user the brokers are is said elsewhere.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const authorizer = settingOf(node, 'authorizer.class.name');
      const supers = settingOf(node, 'super.users');
      if (!authorizer || textOf(authorizer) !== standard || node.open) continue;
      // True, or not known.
      const everyone = settingOf(node, 'allow.everyone.if.no.acl.found');
      if (everyone && !isFalse(textOf(everyone))) continue;
      if (node.beneath?.unseen?.has('super.users')) continue;
      const users = usersIn(supers);
      const needed = neededBy(known, node);
      const missing =
        users?.length === 0
          ? (needed[0] ?? 'User:…')
          : needed.find((one) => users?.includes(one) === false);
      if (!users || !missing) continue;
      yield {
        at: (supers ?? authorizer).valueAt,
        says: supers
          ? `super.users lacks ${missing}, which the brokers are.`
          : 'There is an authorizer, and super.users is not set.',
        next: `Set super.users=${[...users, missing].join(';')}, with the user of the brokers.`,
      };
    }
  },
};

/** Undefined where files don't tell. */
const usersIn = (supers: Setting | undefined): string[] | undefined =>
  (supers ? textOf(supers) : '')
    ?.split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Who the broker is to controllers and to other brokers, as far as this file tells. */
function neededBy(known: Known, node: Configuration): string[] {
  // It may give them any name.
  if (settingOf(node, 'principal.builder.class')) return [];
  const roles = itemsOf(effectiveText(known, node, 'process.roles'));
  const protocols = protocolsOf(known, node);
  const between = interBrokerName(known, node) ?? '';
  // Brokers ask each other and controllers; nobody else asks a mere controller's file.
  const asked = [
    ...(roles.includes('controller') ? controllerNames(known, node) : []),
    ...(roles.includes('broker') ? [between] : []),
  ];
  const isNameless = asked.some((name) => protocols?.get(name) === 'PLAINTEXT');
  const mechanism = effectiveText(known, node, 'sasl.mechanism.inter.broker.protocol');
  const login = settingOf(
    node,
    `listener.name.${between.toLowerCase()}.${mechanism?.toLowerCase()}.sasl.jaas.config`,
  );
  const user = /\busername\s*=\s*"?([\w.-]+)"?/.exec(textOf(login) ?? '')?.[1];
  return [
    ...(isNameless ? ['User:ANONYMOUS'] : []),
    ...(user !== undefined && /^SASL_/.test(protocols?.get(between) ?? '') ? [`User:${user}`] : []),
  ];
}

import type { Scenario } from '../generating/scenario.ts';
import { outcomes, type AuditRecorded } from './events.ts';

const people = ['amelia', 'ben', 'chen', 'dalia', 'emil', 'fatima', 'george', 'hanna', 'ivan'];
const actions = [
  { action: 'session.create', service: 'identity', resource: 'session' },
  { action: 'document.read', service: 'documents', resource: 'document' },
  { action: 'invoice.export', service: 'billing', resource: 'invoice' },
  { action: 'role.grant', service: 'identity', resource: 'user' },
  { action: 'topic.delete', service: 'platform', resource: 'topic' },
  { action: 'secret.read', service: 'vault', resource: 'secret' },
];
const details = {
  success: ['completed', 'completed after a second factor', 'approved by policy'],
  denied: ['the role does not allow it', 'outside of working hours', 'unknown device'],
  failed: ['the service did not answer', 'the request was aborted'],
};

/** A few people and robots do most of what happens, and nearly all of it succeeds. */
export function* sample(scenario: Scenario): Iterable<AuditRecorded> {
  const actors = [
    ...people.map((name) => `${name}@example.com`),
    ...Array.from({ length: 40 }, () => scenario.code('svc', 5)),
  ];
  for (;;) {
    const { action, service, resource } = scenario.pickSkewed(actions);
    const outcome = scenario.pickSkewed(outcomes);
    yield {
      ...scenario.event('AuditRecorded'),
      actor: scenario.pickSkewed(actors),
      action,
      resource: `${resource}/${scenario.code(resource.slice(0, 3), 6)}`,
      outcome,
      sourceIp: `10.${scenario.between(0, 3)}.${scenario.between(0, 31)}.${scenario.between(1, 254)}`,
      service,
      details: scenario.pick(details[outcome]),
    };
  }
}

import type { Finding } from './finding.ts';

const severalServices = 3;

/** What shows in no file alone: several services, each with a Kafka client of its own. */
export function conclusions(findings: readonly Finding[]): Finding[] {
  const clients = findings.filter(
    ({ answer, strength }) => answer === 'language' && strength === 'declared',
  );
  const services = Map.groupBy(clients, ({ file }) => file.split('/').slice(0, -1).join('/'));
  const [first] = clients;
  if (!first || services.size < severalServices) return [];
  const { file, line, excerpt } = first;
  const names = [...services.keys()].slice(0, 4).map((folder) => folder || '.');
  const why = `is one of ${services.size} services with a Kafka client (${names.join(', ')})`;
  return [
    { answer: 'useCase', value: 'microservices', file, line, excerpt, why, strength: 'used' },
  ];
}

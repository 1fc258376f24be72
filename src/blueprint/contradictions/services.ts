import type { Blueprint } from '../schema.ts';
import type { Contradiction } from './contradiction.ts';

/** The two services: that they work on the same topic, and may do what they do. */
export function services(blueprint: Blueprint): Contradiction[] {
  const producer = blueprint.services.findIndex(({ role }) => role === 'producer');
  const consumer = blueprint.services.findIndex(({ role }) => role === 'consumer');
  if (producer === -1 || consumer === -1) {
    return [
      {
        path: ['services'],
        what: 'There must be one producer and one consumer.',
        next: 'Give one service role: producer and the other role: consumer.',
      },
    ];
  }
  return [...oneTopic(blueprint, producer, consumer), ...rights(blueprint)];
}

function oneTopic(
  { topics, services }: Blueprint,
  producer: number,
  consumer: number,
): Contradiction[] {
  const from = services[producer];
  const to = services[consumer];
  if (!from || to?.role !== 'consumer') return [];
  if (to.topic !== from.topic) {
    return [
      {
        path: ['services', consumer, 'topic'],
        what: `${to.name} reads ${to.topic}, but ${from.name} writes ${from.topic}.`,
        why: 'No event would ever arrive.',
        next: `Use topic: ${from.topic}, or change that of ${from.name}.`,
      },
    ];
  }
  const path = ['services', consumer, 'deadLetters'];
  if (to.deadLetters === to.topic) {
    return [
      {
        path,
        what: `The dead letters of ${to.name} go to the topic that it reads.`,
        why: 'A record that can not be handled would come back to where it failed, for ever.',
        next: `Give them a topic of their own, for example ${to.topic}.dlq`,
      },
    ];
  }
  const other = topics.find(({ name }) => name === to.deadLetters)?.deadLettersOf;
  if (other !== undefined && other !== to.topic) {
    return [
      {
        path,
        what: `${to.deadLetters} has the dead letters of ${other}, not those of ${to.topic}.`,
        why: 'Whoever mends and replays them would write them to the wrong topic.',
        next: `Name another topic, or give it deadLettersOf: ${to.topic}.`,
      },
    ];
  }
  return [];
}

function rights({ security, services, principals }: Blueprint): Contradiction[] {
  if (security === 'none') return [];
  return services.flatMap((service, index) => {
    const path = ['services', index, 'name'];
    const principal = principals.find(({ name }) => name === service.name);
    if (!principal) {
      return [
        {
          path,
          what: `${service.name} has no principal of its name.`,
          why: 'It logs in under its own name; the broker would refuse it.',
          next: `Add it under principals: - name: ${service.name}`,
        },
      ];
    }
    const needs =
      service.role === 'producer'
        ? [{ list: principal.produce, right: 'produce', name: service.topic }]
        : [
            { list: principal.consume, right: 'consume', name: service.topic },
            { list: principal.produce, right: 'produce', name: service.deadLetters },
            { list: principal.groups, right: 'groups', name: service.group },
          ];
    return needs
      .filter(({ list, name }) => !list.includes(name))
      .map(({ right, name }) => ({
        path,
        what: `${service.name} needs ${name}, but its principal does not have it under ${right}.`,
        why: 'The authorizer would deny it, and the service would stop.',
        next: `Add ${name} to ${right} of principal ${service.name}.`,
      }));
  });
}

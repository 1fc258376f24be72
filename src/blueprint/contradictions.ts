import { available, clients } from '../catalog/choices.ts';
import type { Trouble } from '../errors.ts';
import type { Blueprint } from './schema.ts';

export type Contradiction = Omit<Trouble, 'where'> & { readonly path: readonly PropertyKey[] };

/** What is valid word by word, but makes no working platform together. */
export function contradictions(blueprint: Blueprint): Contradiction[] {
  return [
    ...notYet(blueprint),
    ...clientOfLanguage(blueprint),
    ...brokerCount(blueprint),
    ...duplicates(blueprint),
    ...topicReferences(blueprint),
    ...servicesWithRights(blueprint),
    ...topicSettings(blueprint),
  ];
}

const answers = {
  tier: available.tier,
  language: available.lang,
  client: available.client,
  deploy: available.deploy,
  security: available.security,
  monitoring: available.monitoring,
  registry: available.registry,
} as const satisfies Partial<Record<keyof Blueprint, readonly (string | number)[]>>;

function notYet(blueprint: Blueprint): Contradiction[] {
  return Object.entries(answers).flatMap(([key, today]) => {
    const answer = key as keyof typeof answers;
    const choices: readonly (string | number)[] = today;
    return choices.includes(blueprint[answer])
      ? []
      : [
          {
            path: [answer],
            what: `${answer} ${blueprint[answer]} is not available yet; today: ${choices.join(', ')}.`,
            next: `Choose one of ${choices.join(', ')}.`,
          },
        ];
  });
}

function clientOfLanguage(blueprint: Blueprint): Contradiction[] {
  const client = clients.find(({ id }) => id === blueprint.client);
  if (!client || client.language === blueprint.language) return [];
  const own = clients.filter(
    ({ id, language }) =>
      language === blueprint.language && (available.client as readonly string[]).includes(id),
  );
  return [
    {
      path: ['client'],
      what: `${client.id} is a client for ${client.language}, but the language is ${blueprint.language}.`,
      next: `Choose ${own.map(({ id }) => id).join(' or ')}, or language ${client.language}.`,
    },
  ];
}

function brokerCount({ tier, deploy, cluster }: Blueprint): Contradiction[] {
  const found: Contradiction[] = [];
  if (tier > 1 && cluster.brokers < 3) {
    found.push({
      path: ['cluster', 'brokers'],
      what: `Tier ${tier} with ${cluster.brokers} broker${cluster.brokers === 1 ? '' : 's'} can not keep three copies.`,
      why: 'Kafka refuses a replication factor above the number of brokers.',
      next: 'Use 3 or more brokers, or tier 1.',
    });
  }
  if (tier === 1 && cluster.brokers !== 1) {
    found.push({
      path: ['cluster', 'brokers'],
      what: `Tier 1 has one broker, not ${cluster.brokers}.`,
      next: 'Use tier 2, which has three or more.',
    });
  }
  if (deploy === 'bare-metal' && cluster.hosts && cluster.hosts.length !== cluster.brokers) {
    found.push({
      path: ['cluster', 'hosts'],
      what: `There are ${cluster.brokers} brokers but ${cluster.hosts.length} hosts.`,
      why: 'Each broker advertises the name of its own machine.',
      next: 'List one host for each broker.',
    });
  }
  if (new Set(cluster.hosts).size !== (cluster.hosts?.length ?? 0)) {
    found.push({
      path: ['cluster', 'hosts'],
      what: 'Two brokers have the same host.',
      why: 'Both would want the same ports and the same data directory.',
      next: 'List one machine for each broker.',
    });
  }
  return found;
}

function topicReferences({ topics, principals, services }: Blueprint): Contradiction[] {
  const names = topics.map(({ name }) => name);
  const known = new Set(names);
  const missing = (name: string, path: readonly PropertyKey[], why: string): Contradiction[] =>
    known.has(name)
      ? []
      : [
          {
            path,
            what: `Topic ${name} is not among the topics.`,
            why,
            next: `Add it under topics, or use one of ${names.slice(0, 5).join(', ')}.`,
          },
        ];
  return [
    ...principals.flatMap((principal, index) =>
      (['produce', 'consume'] as const).flatMap((right) =>
        principal[right].flatMap((name, position) =>
          missing(
            name,
            ['principals', index, right, position],
            'A right on a topic that does not exist grants nothing.',
          ),
        ),
      ),
    ),
    ...services.flatMap((service, index) => [
      ...missing(
        service.topic,
        ['services', index, 'topic'],
        'Topics are not created automatically: every send would fail.',
      ),
      ...(service.role === 'consumer'
        ? missing(
            service.deadLetters,
            ['services', index, 'deadLetters'],
            'A poison record would have nowhere to go and stop its partition.',
          )
        : []),
    ]),
    ...topics.flatMap((topic, index) =>
      topic.deadLettersOf
        ? missing(
            topic.deadLettersOf,
            ['topics', index, 'deadLettersOf'],
            'Dead letters come from a topic.',
          )
        : [],
    ),
  ];
}

function duplicates({ topics, principals, services }: Blueprint): Contradiction[] {
  const twice = (list: string, names: readonly string[]): Contradiction[] =>
    names.flatMap((name, index) =>
      names.indexOf(name) < index
        ? [
            {
              path: [list, index, 'name'],
              what: `${name} is there twice.`,
              why: 'Kafka would use one of the two, and nobody could say which.',
              next: 'Remove one.',
            },
          ]
        : [],
    );
  // Kafka keeps metrics under one name for both: "." and "_" collide (Topic.hasCollision).
  const metricNames = topics.map(({ name }) => name.replaceAll('.', '_'));
  const colliding = topics.flatMap(({ name }, index) => {
    const first = metricNames.indexOf(metricNames[index] as string);
    return first < index && topics[first]?.name !== name
      ? [
          {
            path: ['topics', index, 'name'],
            what: `${name} and ${topics[first]?.name} differ only in "." and "_".`,
            why: 'Kafka refuses the second: their metrics would have the same name.',
            next: 'Rename one.',
          },
        ]
      : [];
  });
  return [
    ...twice(
      'topics',
      topics.map(({ name }) => name),
    ),
    ...twice(
      'principals',
      principals.map(({ name }) => name),
    ),
    ...twice(
      'services',
      services.map(({ name }) => name),
    ),
    ...colliding,
    ...reserved('principals', principals),
    ...reserved('services', services),
  ];
}

const ownNames = ['admin', 'broker', 'controller', 'grafana', 'prometheus'];

const reserved = (list: string, named: readonly { readonly name: string }[]): Contradiction[] =>
  named.flatMap(({ name }, index) =>
    ownNames.includes(name) || /^(broker|controller)-[0-9]+$/.test(name)
      ? [
          {
            path: [list, index, 'name'],
            what: `The name ${name} is taken by the platform itself.`,
            why: 'Its user may do everything, and its container has that name.',
            next: 'Choose another name.',
          },
        ]
      : [],
  );

function servicesWithRights({
  security,
  services,
  principals,
  cluster,
}: Blueprint): Contradiction[] {
  const roles = services
    .map(({ role }) => role)
    .sort()
    .join();
  if (roles !== 'consumer,producer') {
    return [
      {
        path: ['services'],
        what: 'There must be one producer and one consumer.',
        next: 'Give one service role: producer and the other role: consumer.',
      },
    ];
  }
  const ports = services.map(({ port }) => port);
  if (ports[0] === ports[1]) {
    return [
      {
        path: ['services', 1, 'port'],
        what: `Both services use port ${ports[0]}.`,
        next: 'Give one of them another.',
      },
    ];
  }
  const { brokers, externalPort } = cluster;
  const ofBroker = ports.findIndex((port) => port >= externalPort && port < externalPort + brokers);
  if (ofBroker >= 0) {
    return [
      {
        path: ['services', ofBroker, 'port'],
        what: `Port ${ports[ofBroker]} is that of a broker (externalPort ${externalPort}).`,
        why: 'With Compose both are published on one machine.',
        next: 'Give the service another.',
      },
    ];
  }
  if (security === 'none') return [];
  return services.flatMap((service, index) => {
    const principal = principals.find(({ name }) => name === service.name);
    if (!principal) {
      return [
        {
          path: ['services', index, 'name'],
          what: `${service.name} has no principal of its name.`,
          why: 'It logs in under its own name; the broker would refuse it.',
          next: `Add it under principals: - name: ${service.name}`,
        },
      ];
    }
    const lacking =
      service.role === 'producer'
        ? [{ list: principal.produce, right: 'produce', name: service.topic }]
        : [
            { list: principal.consume, right: 'consume', name: service.topic },
            { list: principal.produce, right: 'produce', name: service.deadLetters },
            { list: principal.groups, right: 'groups', name: service.group },
          ];
    return lacking
      .filter(({ list, name }) => !list.includes(name))
      .map(({ right, name }) => ({
        path: ['services', index, 'name'],
        what: `${service.name} needs ${name}, but its principal does not have it under ${right}.`,
        why: 'The authorizer would deny it, and the service would stop.',
        next: `Add ${name} to ${right} of principal ${service.name}.`,
      }));
  });
}

function topicSettings({ topics, cluster }: Blueprint): Contradiction[] {
  const found = topics.flatMap((topic, index): Contradiction[] =>
    topic.cleanup === 'compact' && topic.retention
      ? [
          {
            path: ['topics', index, 'retention'],
            what: `${topic.name} is compacted, so a retention has no effect.`,
            why: 'With cleanup.policy=compact Kafka keeps the newest of each key for ever.',
            next: 'Remove the retention, or use cleanup: delete.',
          },
        ]
      : topic.cleanup === 'compact' && !topic.key
        ? [
            {
              path: ['topics', index, 'cleanup'],
              what: `${topic.name} is compacted but has no key.`,
              why: 'Kafka refuses records without a key on a compacted topic.',
              next: 'Name the key, or use cleanup: delete.',
            },
          ]
        : [],
  );
  const total =
    topics.reduce((sum, { partitions }) => sum + partitions, 0) * Math.min(3, cluster.brokers);
  if (total > 4000 * cluster.brokers) {
    found.push({
      path: ['topics'],
      what: `${total} partition replicas on ${cluster.brokers} brokers are more than 4,000 each.`,
      why: 'Brokers become slow to start and to fail over.',
      next: 'Use fewer partitions or more brokers.',
    });
  }
  return found;
}

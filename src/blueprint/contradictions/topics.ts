import type { Blueprint } from '../schema.ts';
import type { Contradiction } from './contradiction.ts';

/** Topics by themselves and among each other. */
export const topics = (blueprint: Blueprint): Contradiction[] => [
  ...blueprint.topics.flatMap(internal),
  ...blueprint.topics.flatMap(compacted),
  ...deadLetters(blueprint),
  ...colliding(blueprint),
  ...tooMany(blueprint),
];

type Topic = Blueprint['topics'][number];

// Topic.INTERNAL_TOPICS, and by convention what starts like them.
const internal = ({ name }: Topic, index: number): Contradiction[] =>
  name.startsWith('__')
    ? [
        {
          path: ['topics', index, 'name'],
          what: `${name} can not be a topic of yours: it starts with two underscores.`,
          why: 'Kafka keeps such names for itself, makes these topics when it needs them, and refuses the records of others.',
          next: `For example ${name.replace(/^_+/, '') || 'orders'}`,
        },
      ]
    : [];

function compacted({ name, cleanup, key, retention }: Topic, index: number): Contradiction[] {
  if (cleanup !== 'compact') return [];
  if (retention) {
    return [
      {
        path: ['topics', index, 'retention'],
        what: `${name} is compacted, so a retention has no effect.`,
        why: 'With cleanup.policy=compact Kafka keeps the newest of each key for ever.',
        next: 'Remove the retention, or use cleanup: delete.',
      },
    ];
  }
  return key
    ? []
    : [
        {
          path: ['topics', index, 'cleanup'],
          what: `${name} is compacted but has no key.`,
          why: 'Kafka refuses records without a key on a compacted topic.',
          next: 'Name the key, or use cleanup: delete.',
        },
      ];
}

function deadLetters({ topics }: Blueprint): Contradiction[] {
  return topics.flatMap(({ name, deadLettersOf, cleanup }, index): Contradiction[] => {
    if (deadLettersOf === undefined) return [];
    const path = ['topics', index, 'deadLettersOf'];
    if (deadLettersOf === name) {
      return [
        {
          path,
          what: `${name} has the dead letters of itself.`,
          why: 'A record that can not be handled would come back to where it failed, for ever.',
          next: `Give it a topic of its own, for example ${name}.dlq`,
        },
      ];
    }
    if (cleanup === 'compact') {
      return [
        {
          path: ['topics', index, 'cleanup'],
          what: `${name} has dead letters, but is compacted.`,
          why: 'Kafka would keep only the last dead letter of each key, and refuse those without a key.',
          next: 'Use cleanup: delete, with a retention.',
        },
      ];
    }
    return [];
  });
}

// Kafka keeps metrics under one name for both: "." and "_" collide (Topic.hasCollision).
function colliding({ topics }: Blueprint): Contradiction[] {
  const metricNames = topics.map(({ name }) => name.replaceAll('.', '_'));
  return topics.flatMap(({ name }, index) => {
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
}

const mostReplicas = 4000;

function tooMany({ topics, cluster: { brokers } }: Blueprint): Contradiction[] {
  const total = topics.reduce((sum, { partitions }) => sum + partitions, 0) * Math.min(3, brokers);
  if (total <= mostReplicas * brokers) return [];
  return [
    {
      path: ['topics'],
      what: `${total} partition replicas on ${brokers === 1 ? 'one broker' : `${brokers} brokers`} are more than 4,000 each.`,
      why: 'Brokers become slow to start and to fail over.',
      next: 'Use fewer partitions or more brokers.',
    },
  ];
}

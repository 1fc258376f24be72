import type { Blueprint } from '../schema.ts';
import { heapMegabytes } from '../units.ts';
import type { Contradiction } from './contradiction.ts';

/** How many brokers there are, on which machines, with how much memory. */
export const brokers = (blueprint: Blueprint): Contradiction[] => [
  ...count(blueprint),
  ...hosts(blueprint),
  ...heap(blueprint),
];

function count({ tier, cluster }: Blueprint): Contradiction[] {
  if (tier > 1 && cluster.brokers < 3) {
    return [
      {
        path: ['cluster', 'brokers'],
        what: `Tier ${tier} with ${cluster.brokers} broker${cluster.brokers === 1 ? '' : 's'} can not keep three copies.`,
        why: 'Kafka refuses a replication factor above the number of brokers.',
        next: 'Use 3 or more brokers, or tier 1.',
      },
    ];
  }
  if (tier === 1 && cluster.brokers !== 1) {
    return [
      {
        path: ['cluster', 'brokers'],
        what: `Tier 1 has one broker, not ${cluster.brokers}.`,
        next: 'Use tier 2, which has three or more.',
      },
    ];
  }
  return [];
}

function hosts({ deploy, cluster: { brokers, hosts } }: Blueprint): Contradiction[] {
  if (!hosts) return [];
  const path = ['cluster', 'hosts'];
  if (deploy === 'compose') {
    return [
      {
        path,
        what: 'hosts are given, but the brokers are containers of one machine.',
        why: 'Each container advertises its own name: these hosts would not be used.',
        next: 'Remove hosts, or use deploy: bare-metal.',
      },
    ];
  }
  if (deploy === 'bare-metal' && hosts.length !== brokers) {
    return [
      {
        path,
        what: `There are ${brokers} brokers but ${hosts.length} hosts.`,
        why: 'Each broker advertises the name of its own machine.',
        next: 'List one host for each broker.',
      },
    ];
  }
  // DNS knows no capitals.
  const names = hosts.map((host) => host.toLowerCase());
  const second = names.findIndex((name, index) => names.indexOf(name) < index);
  if (second === -1) return [];
  return [
    {
      path: [...path, second],
      what: 'Two brokers have the same host.',
      why: 'Both would want the same ports and the same data directory.',
      next: 'List one machine for each broker.',
    },
  ];
}

/** Megabytes: the log cleaner alone takes 128; above, pages of the cache are worth more. */
const smallestHeap = 256;
const largestHeap = 64 * 1024;

function heap({ cluster }: Blueprint): Contradiction[] {
  const megabytes = heapMegabytes(cluster.heap);
  const path = ['cluster', 'heap'];
  if (megabytes < smallestHeap) {
    return [
      {
        path,
        what: `A heap of ${cluster.heap} is too small for a broker.`,
        why: "Kafka would end at its start: the log cleaner's buffer alone has 128 MB.",
        next: `Use ${smallestHeap}m or more; 1g is usual for a small cluster.`,
      },
    ];
  }
  if (megabytes > largestHeap) {
    return [
      {
        path,
        what: `A heap of ${cluster.heap} is more than a broker can use.`,
        why: 'Kafka keeps records in the page cache, which gets what the heap leaves; the JVM takes the whole heap at its start, or does not start.',
        next: 'Use 64g or less; 6g is enough for most clusters.',
      },
    ];
  }
  return [];
}

import { isSecured, type Platform } from '../../model/platform.ts';

/**
 * What `krafter verify` does, for people. The drills themselves are above this room; a test
 * holds that both lists name the same ones and that they apply to the same platforms.
 */
export const drillLines: readonly {
  readonly id: string;
  readonly does: (platform: Platform) => string;
  readonly appliesTo: (platform: Platform) => boolean;
}[] = [
  {
    id: 'boot',
    does: () => 'compares what the live brokers say about themselves with this project',
    appliesTo: () => true,
  },
  {
    id: 'round-trip',
    does: () => 'posts events over HTTP and finds each, unchanged, in the store',
    appliesTo: () => true,
  },
  {
    id: 'broker-loss',
    does: () =>
      'kills a broker (`kill -9`) while records are written, and reads every acknowledged one back',
    appliesTo: ({ clusters: [cluster] }) => cluster.nodes.length >= 3,
  },
  {
    id: 'exactly-once',
    does: () => 'kills a transactional worker again and again; every record comes out once',
    appliesTo: () => true,
  },
  {
    id: 'intruders',
    does: () =>
      'tries to get in without, or with the wrong, password, CA and rights; each is refused and logged',
    appliesTo: isSecured,
  },
  {
    id: 'poison',
    does: () =>
      'sends broken records; they go to the dead letter topic and the others keep their order',
    appliesTo: () => true,
  },
  {
    id: 'redelivery',
    does: () =>
      'kills the consumer between effect and commit; what is delivered twice takes effect once',
    appliesTo: () => true,
  },
  {
    id: 'metrics',
    does: ({ monitoring, clusters: [cluster] }) =>
      `asks Prometheus for what every alert${monitoring === 'grafana' ? ' and panel' : ''} needs${
        cluster.nodes.length > 1 ? ', and sees an outage fire an alert that resolves' : ''
      }`,
    appliesTo: ({ monitoring }) => monitoring !== 'none',
  },
];

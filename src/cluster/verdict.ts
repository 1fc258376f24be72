import type { BrokerHealth, HealthFacts } from './health.ts';

export type Verdict = {
  readonly verdict: 'healthy' | 'degraded' | 'down';
  /** What makes it so, the worst first. */
  readonly reasons: readonly string[];
  /** True, and no trouble yet. */
  readonly notes: readonly string[];
};

/** A volume that is fuller may be full before somebody comes: a broker stops when it is. */
const fullPercent = 90;
/** As broker.heartbeat and fetch intervals go, longer is no pause of a collector. */
const behindMs = 10_000;
/** leader.imbalance.per.broker.percentage, from which on Kafka itself moves leaders back. */
const imbalancePercent = 10;

export function verdictOf(facts: HealthFacts): Verdict {
  const { brokers, counts, partitions } = facts;
  const reasons = [
    ...ofPartitions(facts),
    ...(['missing', 'fenced', 'silent'] as const).flatMap((state) => ofBrokers(brokers, state)),
    ...brokers.flatMap(ofLogDirs),
    ...ofQuorum(facts),
  ];
  const isDown =
    !brokers.some(({ state }) => state === 'running') ||
    (partitions > 0 && counts.offline === partitions);
  return {
    verdict: isDown ? 'down' : reasons.length > 0 ? 'degraded' : 'healthy',
    reasons,
    notes: notesOf(facts),
  };
}

const count = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? '' : 's'}`;

function ofPartitions({ counts, troubled }: HealthFacts): string[] {
  const withTooFew = troubled.filter(({ problem }) => problem === 'under-min-isr').length;
  const atTheEdge = troubled.filter(({ problem }) => problem === 'at-min-isr').length;
  return [
    ...(counts.offline > 0 ? [`${count(counts.offline, 'partition')} without a leader`] : []),
    ...(withTooFew > 0
      ? [`${count(withTooFew, 'partition')} below min.insync.replicas: acks=all is refused`]
      : []),
    ...(counts.underReplicated > 0
      ? [
          `${count(counts.underReplicated, 'partition')} under-replicated${atTheEdge > 0 ? `, ${atTheEdge} of them at min.insync.replicas: one copy less stops acks=all` : ''}`,
        ]
      : []),
  ];
}

const statesInWords = {
  missing: 'not registered, with replicas on it',
  fenced: 'fenced: dead, or not heard by the controllers',
  silent: 'not answering here, though not fenced',
} as const;

function ofBrokers(brokers: readonly BrokerHealth[], state: keyof typeof statesInWords): string[] {
  const ids = brokers.filter((broker) => broker.state === state).map(({ id }) => id);
  if (ids.length === 0) return [];
  return [`broker${ids.length === 1 ? '' : 's'} ${idList(ids)} ${statesInWords[state]}`];
}

const mostIds = 12;
const idList = (ids: readonly number[]): string =>
  ids.length > mostIds
    ? `${ids.slice(0, mostIds).join(', ')} and ${ids.length - mostIds} more`
    : ids.join(', ');

const ofLogDirs = ({ id, logDirs }: BrokerHealth): string[] =>
  logDirs.flatMap((dir, index) => {
    if (dir.error) return [`log directory ${index + 1} of broker ${id} is offline (${dir.error})`];
    const used = usedPercent(dir.volume);
    return used !== undefined && used >= fullPercent
      ? [`log directory ${index + 1} of broker ${id} is ${used} % full`]
      : [];
  });

export function usedPercent(
  volume: { readonly totalBytes: number; readonly usableBytes: number } | undefined,
): number | undefined {
  if (!volume || volume.totalBytes === 0) return undefined;
  return Math.floor(((volume.totalBytes - volume.usableBytes) / volume.totalBytes) * 100);
}

function ofQuorum({ quorum, unseen }: HealthFacts): string[] {
  const silent = unseen.find(
    ({ what, why }) => what === 'controller quorum' && why === 'no controller answers',
  );
  if (silent) return ['no controller answers: nothing can be altered or elected'];
  if (!quorum) return [];
  if (quorum.leader < 0)
    return ['the controllers have no leader: nothing can be altered or elected'];
  const late = quorum.voters.filter(
    ({ behindMs: behind, lag }) => lag === undefined || (behind ?? 0) > behindMs,
  );
  if (late.length === 0) return [];
  const left = quorum.voters.length - late.length;
  const majority = Math.floor(quorum.voters.length / 2) + 1;
  return [
    `controller${late.length === 1 ? '' : 's'} ${idList(late.map(({ id }) => id))} behind: ${left - majority} more may fail`,
  ];
}

function notesOf({ brokers, counts, partitions, features, supported }: HealthFacts): string[] {
  // Where a broker is away, others lead for it: that is no trouble of its own.
  const isComplete = brokers.every(({ state }) => state === 'running');
  const level = features.get('metadata.version');
  const highest = supported.get('metadata.version');
  return [
    ...(isComplete && counts.notPreferred * 100 > imbalancePercent * partitions
      ? [`${count(counts.notPreferred, 'partition')} of ${partitions} not led by the first replica`]
      : []),
    ...(level !== undefined && highest !== undefined && level < highest
      ? ['an upgrade is not finalised: brokers know a newer metadata.version']
      : []),
  ];
}

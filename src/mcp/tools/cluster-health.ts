import { z } from 'zod';
import { metadataVersion } from '../../catalog/metadata-versions.ts';
import { type BrokerHealth, type HealthFacts, healthFacts } from '../../cluster/health.ts';
import { nameOf } from '../../cluster/live.ts';
import type { Quorum, QuorumReplica } from '../../cluster/quorum.ts';
import { ClusterTrouble } from '../../cluster/trouble.ts';
import { usedPercent, verdictOf } from '../../cluster/verdict.ts';
import { bounded, quoted } from '../../quoted.ts';
import { fitted } from '../budget.ts';
import { said, saidBytes, saidSeconds } from '../numbers.ts';
import type { Tool } from '../tool.ts';

const input = z.object({
  detail: z.boolean().optional(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});

const logDir = z.object({
  path: z.string(),
  used: z.number().optional(),
  free: z.string().optional(),
  error: z.string().optional(),
});
const replica = z.object({
  id: z.number(),
  lag: z.number().optional(),
  behindMs: z.number().optional(),
});
const output = z.object({
  verdict: z.enum(['healthy', 'degraded', 'down']),
  reasons: z.array(z.string()),
  notes: z.array(z.string()).optional(),
  cluster: z.string(),
  metadataVersion: z.string().optional(),
  features: z.record(z.string(), z.number()).optional(),
  topics: z.number(),
  partitions: z.number(),
  counts: z.object({
    offline: z.number(),
    underMinIsr: z.number(),
    atMinIsr: z.number(),
    underReplicated: z.number(),
    notPreferred: z.number(),
  }),
  worst: z.array(
    z.object({
      at: z.string(),
      problem: z.string(),
      leader: z.number(),
      replicas: z.array(z.number()),
      isr: z.array(z.number()),
      minIsr: z.number().optional(),
    }),
  ),
  brokers: z.array(
    z.object({
      id: z.number(),
      state: z.string().optional(),
      at: z.string().optional(),
      rack: z.string().optional(),
      leaders: z.number(),
      replicas: z.number(),
      used: z.number().optional(),
      logDirs: z.array(logDir).optional(),
    }),
  ),
  quorum: z
    .object({
      leader: z.number(),
      epoch: z.number(),
      voters: z.array(replica),
      observers: z.array(replica),
    })
    .optional(),
  unseen: z.array(z.string()).optional(),
  more: z.record(z.string(), z.number()).optional(),
  cursor: z.string().optional(),
});
type Answer = z.infer<typeof output>;

export const clusterHealth: Tool<typeof input, typeof output> = {
  name: 'cluster_health',
  description:
    'Is Kafka well, and if not why: brokers, disks, controller quorum, partitions offline, under-replicated or below min.insync.replicas, features.',
  input,
  output,
  annotations: { readOnlyHint: true, openWorldHint: false },
  async run({ cluster }, { detail = false, cursor = '0' }, budget) {
    const facts = await healthFacts(cluster());
    const from = Number(cursor);
    if (from > facts.troubled.length)
      throw new ClusterTrouble('invalid', {
        what: 'The cursor points behind the last partition in trouble.',
        where: 'cursor',
        next: 'Ask again without it: there are fewer by now.',
      });
    return fitted<Answer>(
      answerOf(facts, from, detail),
      [
        { list: 'worst', first: 1, from },
        { list: 'brokers', first: 1 },
      ],
      budget,
      text,
    );
  },
  text,
};

function answerOf(facts: HealthFacts, from: number, detail: boolean): Answer {
  const { verdict, reasons, notes } = verdictOf(facts);
  const level = facts.features.get('metadata.version');
  return {
    verdict,
    reasons: [...reasons],
    ...(notes.length > 0 ? { notes: [...notes] } : {}),
    cluster: bounded(facts.clusterId),
    ...(level === undefined ? {} : { metadataVersion: metadataVersion(level) }),
    ...(detail ? { features: Object.fromEntries(facts.features) } : {}),
    topics: facts.topics,
    partitions: facts.partitions,
    counts: facts.counts,
    worst: facts.troubled
      .slice(from)
      .map(({ topic, partition, problem, leader, replicas, isr, minIsr }) => ({
        at: `${bounded(topic)}-${partition}`,
        problem,
        leader,
        replicas: [...replicas],
        isr: [...isr],
        ...(minIsr === undefined ? {} : { minIsr }),
      })),
    brokers: facts.brokers.toSorted(inTroubleFirst).map((broker) => brokerOf(broker, detail)),
    ...(facts.quorum ? { quorum: quorumOf(facts.quorum, detail) } : {}),
    ...(facts.unseen.length > 0
      ? { unseen: facts.unseen.map(({ what, why }) => `${what}: ${why}`) }
      : {}),
  };
}

function inTroubleFirst(a: BrokerHealth, b: BrokerHealth): number {
  const isWell = ({ state }: BrokerHealth) => Number(state === 'running');
  return isWell(a) - isWell(b) || (fullest(b) ?? 0) - (fullest(a) ?? 0) || a.id - b.id;
}

const fullest = ({ logDirs }: BrokerHealth): number | undefined => {
  const used = logDirs.flatMap(({ volume }) => usedPercent(volume) ?? []);
  return used.length > 0 ? Math.max(...used) : undefined;
};

function brokerOf(broker: BrokerHealth, detail: boolean): Answer['brokers'][number] {
  const { id, address, rack, state, leaders, replicas, logDirs } = broker;
  const used = fullest(broker);
  return {
    id,
    ...(state === 'running' ? {} : { state }),
    ...(address ? { at: bounded(nameOf(address)) } : {}),
    ...(rack === null ? {} : { rack: bounded(rack) }),
    leaders,
    replicas,
    ...(used === undefined ? {} : { used }),
    ...(detail || logDirs.some(({ error }) => error)
      ? {
          logDirs: logDirs.map(({ path, volume, error }) => {
            const percent = usedPercent(volume);
            return {
              path: bounded(path),
              ...(percent === undefined ? {} : { used: percent }),
              ...(volume ? { free: saidBytes(volume.usableBytes) } : {}),
              ...(error ? { error } : {}),
            };
          }),
        }
      : {}),
  };
}

function quorumOf(
  { leader, epoch, voters, observers }: Quorum,
  detail: boolean,
): NonNullable<Answer['quorum']> {
  const lateFirst = (a: QuorumReplica, b: QuorumReplica) =>
    (b.lag ?? Number.MAX_SAFE_INTEGER) - (a.lag ?? Number.MAX_SAFE_INTEGER);
  const late = observers.toSorted(lateFirst);
  return {
    leader,
    epoch,
    voters: voters.map(replicaOf),
    observers: (detail ? late : late.slice(0, 5)).map(replicaOf),
  };
}

/** A second behind is the pause between two fetches. */
const replicaOf = ({ id, lag, behindMs }: QuorumReplica) => ({
  id,
  ...(lag === undefined ? {} : { lag }),
  ...(behindMs !== undefined && behindMs > 1000 ? { behindMs } : {}),
});

function text(answer: Answer): string {
  const { counts, quorum } = answer;
  const lines = [
    `${answer.verdict}${answer.reasons.length > 0 ? `: ${answer.reasons.join('; ')}` : ''}`,
    ...(answer.notes ?? []).map((note) => `note: ${note}`),
    `${said(answer.topics)} topics, ${said(answer.partitions)} partitions${answer.reasons.length > 0 ? '' : `: ${countsText(counts)}`}`,
    ...answer.worst.map(
      ({ at, problem, leader, replicas, isr, minIsr }) =>
        `${quoted(at)} ${problem} leader ${leader < 0 ? 'none' : leader} isr ${isr.join(',') || 'none'} of ${replicas.join(',')}${minIsr === undefined ? '' : ` min ${minIsr}`}`,
    ),
    ...(answer.more?.worst
      ? [`and ${said(answer.more.worst)} more partitions: cursor ${answer.cursor}`]
      : []),
    ...answer.brokers.map(brokerText),
    ...(answer.more?.brokers ? [`and ${said(answer.more.brokers)} more brokers: detail`] : []),
    ...(quorum
      ? [
          `quorum leader ${quorum.leader < 0 ? 'none' : quorum.leader} epoch ${quorum.epoch}, voters ${lags(quorum.voters)}${quorum.observers.length > 0 ? `, observers ${lags(quorum.observers)}` : ''}`,
        ]
      : []),
    `cluster ${quoted(answer.cluster)}${answer.metadataVersion ? ` metadata.version ${answer.metadataVersion}` : ''}`,
    ...(answer.features
      ? [
          `features ${Object.entries(answer.features)
            .map(([name, level]) => `${name} ${level}`)
            .join(', ')}`,
        ]
      : []),
    ...(answer.unseen ?? []).map((unseen) => `not seen: ${unseen}`),
  ];
  return lines.join('\n');
}

/** Those that are not nought, where the reasons do not tell them. */
function countsText(counts: Answer['counts']): string {
  const told = Object.entries(countNames).flatMap(([name, what]) => {
    const number = counts[name as keyof typeof counts];
    return number > 0 ? [`${said(number)} ${what}`] : [];
  });
  return told.length > 0 ? told.join(', ') : 'all in sync';
}

const countNames: Readonly<Record<keyof Answer['counts'], string>> = {
  offline: 'offline',
  underMinIsr: 'under min ISR',
  atMinIsr: 'at min ISR',
  underReplicated: 'under-replicated',
  notPreferred: 'not led by the first replica',
};

const brokerText = (broker: Answer['brokers'][number]): string =>
  [
    `broker ${broker.id}`,
    ...(broker.state ? [broker.state] : []),
    ...(broker.at ? [quoted(broker.at)] : []),
    ...(broker.rack ? [`rack ${quoted(broker.rack)}`] : []),
    `leads ${said(broker.leaders)} of ${said(broker.replicas)}`,
    ...(broker.used === undefined ? [] : [`disk ${broker.used} %`]),
    ...(broker.logDirs ?? []).map(
      ({ path, used, free, error }) =>
        `${quoted(path)} ${error ?? `${used ?? '?'} % used, ${free ?? '?'} free`}`,
    ),
  ].join(' ');

const lags = (replicas: NonNullable<Answer['quorum']>['voters']): string =>
  replicas
    .map(
      ({ id, lag, behindMs }) =>
        `${id}${lag === undefined ? ' never seen' : lag > 0 ? ` (${said(lag)} behind)` : ''}${behindMs === undefined ? '' : ` (${saidSeconds(behindMs / 1000)} late)`}`,
    )
    .join(', ');

import { setTimeout as sleep } from 'node:timers/promises';
import { type ListedGroup, listedGroup } from '../../cluster/group-list.ts';
import { type GroupDescription, groupDescription } from '../../cluster/group-members.ts';
import { positionsOf } from '../../cluster/group-offsets.ts';
import { type GroupLagFacts, groupLagFacts } from '../../cluster/lag.ts';
import type { LiveCluster } from '../../cluster/live.ts';
import { lagSample, type Trend, trendOf } from '../../cluster/trend.ts';
import { ClusterTrouble } from '../../cluster/trouble.ts';
import { bounded } from '../../quoted.ts';
import { fitted } from '../budget.ts';
import type { Tool, ToolContext } from '../tool.ts';
import { listOfGroups } from './group-overview.ts';
import { type GroupsAnswer, type GroupsInput, groupsInput, groupsOutput } from './group-schema.ts';
import { groupText } from './group-text.ts';

export const consumerGroups: Tool<typeof groupsInput, typeof groupsOutput> = {
  name: 'consumer_groups',
  description:
    'Consumer, share and streams groups. Without group: all of them, most lag first. With group: state, lag by topic and partition, who is stuck; show members: clients and what is assigned. seconds: wait so long to see whether lag grows.',
  input: groupsInput,
  output: groupsOutput,
  annotations: { readOnlyHint: true, openWorldHint: false },
  run: (context, given, budget) =>
    given.group === undefined
      ? listOfGroups(context.cluster(), given, budget)
      : oneGroup(context, given, given.group, budget),
  text: groupText,
};

async function oneGroup(
  context: ToolContext,
  given: GroupsInput,
  id: string,
  budget: number,
): Promise<GroupsAnswer> {
  const cluster = context.cluster();
  const group = await listedGroup(cluster, id);
  const description = await groupDescription(cluster, group);
  if (given.show === 'members') return membersAnswer(group, description, given, budget);
  let lag = await lagOf(cluster, group, description, given);
  const key = `${id}\n${given.topic ?? ''}`;
  let before = context.samples.get(key);
  let now = lagSample(lag.topics, Date.now());
  if (given.seconds !== undefined) {
    await sleep(given.seconds * 1000, undefined, { signal: context.signal });
    lag = await lagOf(cluster, group, description, given);
    before = now;
    now = lagSample(lag.topics, Date.now());
  }
  const trend = trendOf(before, now);
  // The older one stays until it is old enough to tell.
  if (!before || trend) context.samples.set(key, now);
  return lagAnswer(group, description, lag, trend, given, budget);
}

async function lagOf(
  cluster: LiveCluster,
  group: ListedGroup,
  { members }: GroupDescription,
  { topic }: GroupsInput,
): Promise<GroupLagFacts> {
  const assigned = group.type === 'streams' ? [] : members.map(({ assigned }) => assigned);
  const lag = await groupLagFacts(cluster, await positionsOf(cluster, group), assigned);
  if (topic === undefined) return lag;
  const topics = lag.topics.filter((one) => one.topic === topic);
  if (topics.length > 0) return { ...lag, topics };
  throw new ClusterTrouble('not-found', {
    what: 'The group has committed nothing to this topic, and nothing of it is assigned.',
    where: 'topic',
    next: 'Ask for the group without a topic: it lists those that it reads.',
  });
}

function lagAnswer(
  group: ListedGroup,
  description: GroupDescription,
  lag: GroupLagFacts,
  trend: Trend | undefined,
  { cursor = '0' }: GroupsInput,
  budget: number,
): GroupsAnswer {
  const from = Number(cursor);
  const [first] = lag.topics;
  const isOne = lag.topics.length <= 1;
  const notes = [...description.notes, ...notesOf(group, description, lag)];
  const unseen = lag.unseen.map(({ what, why }) => `${what}: ${why}`);
  return fitted<GroupsAnswer>(
    {
      ...headOf(group, description),
      lag: lag.topics.reduce((sum, { lag }) => sum + lag, 0),
      ...(trend ? { trend: rounded(trend) } : {}),
      topics: lag.topics.slice(isOne ? 0 : from).map(({ topic, lag, partitions }) => ({
        topic: bounded(topic),
        lag,
        partitions: partitions.length,
      })),
      rows: (first?.partitions ?? [])
        .slice(isOne ? from : 0)
        .map(({ partition, lag, committed }) => [partition, lag ?? null, committed ?? null]),
      ...(notes.length > 0 ? { notes } : {}),
      ...(unseen.length > 0 ? { unseen } : {}),
    },
    isOne
      ? [
          { list: 'topics', first: 3 },
          { list: 'rows', first: 3, from },
        ]
      : [
          { list: 'topics', first: 3, from },
          { list: 'rows', first: 0 },
        ],
    budget,
    groupText,
  );
}

const headOf = (group: ListedGroup, { state, assignor, members }: GroupDescription) => ({
  group: bounded(group.id),
  type: group.type,
  state,
  ...(assignor ? { assignor: bounded(assignor) } : {}),
  members: members.length,
});

const rounded = ({ direction, seconds, written, read, catchUpSeconds }: Trend) => ({
  direction,
  seconds: Math.round(seconds),
  written: Number(written.toPrecision(3)),
  read: Number(read.toPrecision(3)),
  ...(catchUpSeconds === undefined ? {} : { catchUp: Math.round(catchUpSeconds) }),
});

/** What numbers alone do not say. */
function notesOf(
  { type }: ListedGroup,
  { members }: GroupDescription,
  { topics, deleted }: GroupLagFacts,
): string[] {
  const rows = topics.flatMap(({ partitions }) => partitions);
  const sum = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const [lag, lost, undecided] = [
    sum(({ lag = 0 }) => lag),
    sum(({ lost }) => lost),
    sum(({ undecided }) => undecided),
  ];
  const beyond = rows.filter(({ isBeyondEnd }) => isBeyondEnd).length;
  const uncommitted = rows.filter(({ committed }) => committed === undefined).length;
  const others = topics.reduce((total, { others }) => total + others, 0);
  const compacted = topics.filter(({ isCompacted, lag }) => isCompacted && lag > 0).length;
  return [
    ...(members.length === 0 && lag > 0 ? ['nobody reads: the group has no member'] : []),
    ...(lost > 0 ? [`${lost} records were deleted by retention before the group read them`] : []),
    ...(beyond > 0
      ? [`${beyond} partitions committed beyond their end: topic made anew, or records lost`]
      : []),
    ...(undecided > 0
      ? [`${undecided} offsets lie behind open transactions: read_committed does not get them yet`]
      : []),
    ...(uncommitted > 0
      ? [
          `${uncommitted} partitions without ${type === 'share' ? 'a start offset' : 'a commit'}: lag unknown`,
        ]
      : []),
    ...(others > 0 && type !== 'share'
      ? [`${others} more partitions of these topics without a commit: not counted`]
      : []),
    ...(compacted > 0 ? ['compacted topics: fewer records than offsets'] : []),
    ...(type === 'share' && lag > 0 ? ['lag of a share group: not yet acknowledged'] : []),
    ...(deleted.length > 0 ? [`commits to ${deleted.length} deleted topics`] : []),
  ];
}

function membersAnswer(
  group: ListedGroup,
  description: GroupDescription,
  { cursor = '0' }: GroupsInput,
  budget: number,
): GroupsAnswer {
  const from = Number(cursor);
  return fitted<GroupsAnswer>(
    {
      ...headOf(group, description),
      ...(description.notes.length > 0 ? { notes: [...description.notes] } : {}),
      memberList: description.members
        .slice(from)
        .map(({ clientId, host, instanceId, assigned, notes }) => ({
          client: bounded(clientId),
          host: bounded(host),
          ...(instanceId ? { instance: bounded(instanceId) } : {}),
          has: bounded(
            [...assigned].map(([topic, partitions]) => `${topic} ${ranges(partitions)}`).join('; '),
          ),
          ...(notes.length > 0 ? { note: bounded(notes.join('; ')) } : {}),
        })),
    },
    [{ list: 'memberList', first: 3, from }],
    budget,
    groupText,
  );
}

/** 0-3,7 */
function ranges(partitions: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const partition of partitions.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run[1] === partition - 1) run[1] = partition;
    else runs.push([partition, partition]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

import { type GroupList, groupList, type ListedGroup } from '../../cluster/group-list.ts';
import { groupPositions } from '../../cluster/group-offsets.ts';
import { lagOfGroups } from '../../cluster/lag.ts';
import type { LiveCluster } from '../../cluster/live.ts';
import { bounded } from '../../quoted.ts';
import { fitted } from '../budget.ts';
import type { GroupsAnswer, GroupsInput } from './group-schema.ts';
import { groupText } from './group-text.ts';

/** All groups that fit what is asked for, the most lag first. */
export async function listOfGroups(
  cluster: LiveCluster,
  given: GroupsInput,
  budget: number,
): Promise<GroupsAnswer> {
  const from = Number(given.cursor ?? '0');
  const { groups, unseen } = await groupList(cluster);
  const wanted = groups.filter((group) => fits(group, given));
  const { positions, failed } = await groupPositions(cluster, wanted);
  const { lags, unseen: unseenEnds } = await lagOfGroups(cluster, positions);
  const list = wanted
    .map((group) => ({ group, lag: lags.get(group.id) }))
    .toSorted((a, b) => (b.lag ?? -1) - (a.lag ?? -1) || a.group.id.localeCompare(b.group.id, 'en'))
    .slice(from)
    .map(({ group: { id, type, state }, lag }) => ({
      group: bounded(id),
      type,
      state,
      ...(lag === undefined ? {} : { lag }),
    }));
  const [reason] = failed.values();
  return fitted<GroupsAnswer>(
    {
      groups: wanted.length,
      types: counted(wanted.map(({ type }) => type)),
      states: counted(wanted.map(({ state }) => state)),
      list,
      ...unseenOf([
        ...unseen,
        ...unseenEnds,
        ...(reason === undefined ? [] : [{ what: `lag of ${failed.size} groups`, why: reason }]),
      ]),
    },
    [{ list: 'list', first: 3, from }],
    budget,
    groupText,
  );
}

const unseenOf = (unseen: GroupList['unseen']) =>
  unseen.length > 0 ? { unseen: unseen.map(({ what, why }) => `${what}: ${why}`) } : {};

const fits = (group: ListedGroup, { filter, type, state }: GroupsInput): boolean =>
  (filter === undefined || group.id.toLowerCase().includes(filter.toLowerCase())) &&
  (type === undefined || group.type === type) &&
  (state === undefined || group.state.toLowerCase() === state.toLowerCase());

function counted(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length]),
  );
}

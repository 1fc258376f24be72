import { quoted } from '../../quoted.ts';
import { said, saidSeconds } from '../numbers.ts';
import type { GroupsAnswer } from './group-schema.ts';

export const groupText = (answer: GroupsAnswer): string =>
  [
    ...(answer.group === undefined ? overview(answer) : group(answer)),
    ...(answer.notes ?? []).map((note) => `note: ${note}`),
    ...(answer.unseen ?? []).map((unseen) => `not seen: ${unseen}`),
  ].join('\n');

function overview({ groups = 0, types = {}, states = {}, list = [], more, cursor }: GroupsAnswer) {
  return [
    `${said(groups)} groups${groups > 0 ? `: ${counts(types)}; ${counts(states)}` : ''}`,
    ...list.map(
      ({ group, type, state, lag }) =>
        `${quoted(group)} ${type} ${state} lag ${lag === undefined ? 'unknown' : said(lag)}`,
    ),
    ...(more?.list ? [`and ${said(more.list)} more: cursor ${cursor}`] : []),
  ];
}

const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([name, number]) => `${said(number)} ${name}`)
    .join(', ');

function group(answer: GroupsAnswer): string[] {
  const { type, state, assignor, members = 0, lag, trend, more, cursor } = answer;
  return [
    `${quoted(answer.group ?? '')} ${type} group, ${state}, ${said(members)} members${assignor ? `, ${quoted(assignor)}` : ''}${lag === undefined ? '' : `, lag ${said(lag)}`}`,
    ...(trend
      ? [
          `${trend.direction} over ${saidSeconds(trend.seconds)}: written ${said(trend.written)}/s, read ${said(trend.read)}/s${trend.catchUp === undefined ? '' : `, caught up in ${saidSeconds(trend.catchUp)}`}`,
        ]
      : []),
    ...(answer.topics ?? []).map(
      ({ topic, lag, partitions }, index) =>
        `${quoted(topic)} lag ${said(lag)} in ${said(partitions)} partitions${index === 0 ? rows(answer) : ''}`,
    ),
    ...(more?.rows ? [`and ${said(more.rows)} more partitions of the first topic`] : []),
    ...(more?.topics ? [`and ${said(more.topics)} more topics`] : []),
    ...(answer.memberList ?? []).map(
      ({ client, host, instance, has, note }) =>
        `${quoted(client)} at ${quoted(host)}${instance ? ` static ${quoted(instance)}` : ''}: ${has === '' ? 'nothing' : quoted(has)}${note ? ` (${note})` : ''}`,
    ),
    ...(more?.memberList ? [`and ${said(more.memberList)} more members`] : []),
    ...(cursor ? [`cursor ${cursor}`] : []),
  ];
}

/** `partition:lag`, those that say the same together. */
function rows({ rows = [] }: GroupsAnswer): string {
  const behind = rows.flatMap(([partition, lag]) => (lag ? [`${partition}:${said(lag)}`] : []));
  const alike = (number: number, what: string) =>
    number === 0 ? [] : [`${number === rows.length ? 'all' : number} ${what}`];
  const shown = [
    ...behind,
    ...alike(rows.filter(([, lag]) => lag === 0).length, 'without lag'),
    ...alike(rows.filter(([, lag]) => lag === null).length, 'unknown'),
  ];
  return shown.length > 0 ? ` ${shown.join(' ')}` : '';
}

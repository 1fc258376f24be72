import type { Configuration } from '../landscape/facts/configuration.ts';
import { knownText } from '../landscape/facts/setting.ts';
import type { Topic } from '../landscape/facts/topic.ts';
import { numberOf, settingOf, textOf } from './settings.ts';

/** The name of a topic, where files tell it. */
export const nameOf = ({ name }: Topic): string | undefined => knownText(name.value);

/** How a message calls a topic. */
export const called = (topic: Topic): string => nameOf(topic) ?? 'The topic';

/** How many copies of each record, where files tell it. */
export const copiesOf = ({ replicationFactor }: Topic): number | undefined =>
  numberOf(knownText(replicationFactor?.value));

/** A setting of a topic as a number. */
export const numberIn = (configuration: Configuration | undefined, key: string) =>
  numberOf(textOf(configuration && settingOf(configuration, key)));

/** `cleanup.policy`, as far as it is set. */
export const policiesOf = (configuration: Configuration): string[] =>
  (textOf(settingOf(configuration, 'cleanup.policy')) ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');

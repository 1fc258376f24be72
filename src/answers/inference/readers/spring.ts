import { type FlatEntry, flatProperties, flatYaml } from '../../../files/formats/flat.ts';
import { yamlDocuments } from '../../../files/formats/yaml.ts';
import type { Clue } from '../finding.ts';
import { bootstrapClues, protocolClues, withDefaults } from '../known/protocols.ts';
import { topicClues } from '../known/topics.ts';
import type { Reader } from './reader.ts';

// https://docs.spring.io/spring-boot/appendix/application-properties and Quarkus' alike
const name = String.raw`(^|\/)(application|bootstrap)(-[\w-]+)?`;
const mentions = /kafka|messaging/i;

export const springYaml: Reader = {
  files: new RegExp(String.raw`${name}\.ya?ml$`),
  mentions,
  async read(file) {
    const documents = await yamlDocuments(file, mentions);
    return documents.flatMap((document) => settingClues(flatYaml(document)));
  },
};

export const springProperties: Reader = {
  files: new RegExp(String.raw`${name}\.properties$`),
  mentions,
  read(file) {
    return settingClues(flatProperties(file));
  },
};

function settingClues(settings: readonly FlatEntry[]): Clue[] {
  return settings.flatMap(({ key, text: value, keyAt: { line } }) => {
    if (/kafka\..*security\.protocol$/.test(key)) return protocolClues(value, line, key);
    if (/kafka\..*bootstrap[.-]servers(\[\d+\])?$/.test(key)) return bootstrapClues(value, line);
    if (!topicKeys.some((pattern) => pattern.test(key)) || /^(true|false|[\d.]+)$/.test(value))
      return [];
    return topicClues(withDefaults(value).trim(), line, `names it in ${key}`, 'declared');
  });
}

const topicKeys: readonly RegExp[] = [
  /(^|[.-])topic([.-]?name)?$/i,
  /(^|\.)topics(\[\d+\])?(\.name)?$/i,
  // Under `topics`, one key for each; but not what is set for all of them.
  /(^|\.)topics\.(?!\w*(partition|replica|retention|cleanup|enable|prefix|suffix|create))[\w-]+(\.name)?$/i,
  /^spring\.cloud\.stream\.bindings\.[^.]+\.destination$/,
];

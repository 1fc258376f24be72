import { type PropertyLine, propertyLines } from '../../../files/formats/properties.ts';
import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
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
    return documents.flatMap((document) => settingClues(flattened(document)));
  },
};

export const springProperties: Reader = {
  files: new RegExp(String.raw`${name}\.properties$`),
  mentions,
  read(file) {
    return settingClues(propertyLines(file.text));
  },
};

function settingClues(settings: readonly PropertyLine[]): Clue[] {
  return settings.flatMap(({ key, value, line }) => {
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

const mostSettings = 2_000;
const deepestKey = 20;

function flattened(root: YamlNode): PropertyLine[] {
  const found: PropertyLine[] = [];
  let left = mostSettings;
  const collect = (node: YamlNode, key: string, depth: number) => {
    if (left-- <= 0 || depth > deepestKey) return;
    if (node.text !== undefined) found.push({ key, value: node.text, line: node.line });
    for (const [name, child] of node.entries()) {
      collect(child, key === '' ? name : `${key}.${name}`, depth + 1);
    }
    for (const [index, child] of node.items().entries())
      collect(child, `${key}[${index}]`, depth + 1);
  };
  collect(root, '', 0);
  return found;
}

import { placeholder } from '../../files/formats/template.ts';
import type { YamlNode } from '../../files/formats/yaml.ts';
import type { Setting, Value } from '../facts/configuration.ts';

/**
 * `${env:X}`, `${file:/path:key}` and `${X}`; what Jinja, Helm, Maven and ERB put in. Bounded, so
 * that a line of nothing but their beginnings takes linear time.
 */
const putIn = /\$\{[^}]{0,300}\}|\{\{.{0,300}?\}\}|@[\w.]{1,100}@|<%.{0,300}?%>|\$\([\w.]{1,100}\)/;

export function valueIn(text: string): Value {
  if (text.includes(placeholder)) return { unknown: 'a template puts it in' };
  const [found] = putIn.exec(text) ?? [];
  return found === undefined ? { known: text } : { unknown: `${found} is put in elsewhere` };
}

/** An entry of a YAML map as a setting, if it is a scalar or empty. */
export function settingIn(key: string, node: YamlNode, written?: string): Setting {
  const { text } = node;
  return {
    key,
    ...(written !== undefined && { written }),
    value: text === undefined ? { unknown: 'it is no plain value' } : valueIn(text),
    keyAt: node.keyAt ?? node.at,
    valueAt: node.at,
  };
}

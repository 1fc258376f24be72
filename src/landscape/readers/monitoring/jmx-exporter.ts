import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
import { ProjectFile } from '../../../files/project-file.ts';
import type { Exporter } from '../../facts/monitoring.ts';
import type { Reader } from '../reader.ts';

const mention = /^[ \t]*(?:-[ \t]+)?["']?pattern["']?[ \t]*:/m;

/** Rules of the JMX exporter: a file of its own, or an entry of a ConfigMap. */
export const jmxExporterRules: Reader = {
  files: /\.ya?ml$/,
  mentions: mention,
  async read(file) {
    const roots = await yamlDocuments(file, mention);
    const exporters: Exporter[] = [];
    for (const root of roots) {
      const own = exporter(root);
      if (own) exporters.push({ ...own, at: root.at });
      if (root.get('kind')?.text !== 'ConfigMap') continue;
      for (const [, entry] of root.get('data')?.entries() ?? []) {
        if (entry.text === undefined || !mention.test(entry.text)) continue;
        const inner = await yamlDocuments(new ProjectFile(file.path, entry.text), mention).catch(
          () => [],
        );
        for (const one of inner) {
          const found = exporter(one);
          if (found) exporters.push({ ...found, at: entry.at });
        }
      }
    }
    return { exporters };
  },
};

function exporter(root: YamlNode): Omit<Exporter, 'at'> | undefined {
  const rules = root.get('rules')?.items() ?? [];
  if (!rules.some((rule) => rule.get('pattern')?.text !== undefined)) return undefined;
  const isLower = root.get('lowercaseOutputName')?.text === 'true';
  const names = rules.map((rule) => rule.get('name')?.text);
  return { kind: 'jmx-exporter', exports: exportsOf(names, isLower) };
}

/** A rule without a name makes names of what it matches: which, only the process knows. */
function exportsOf(
  names: readonly (string | undefined)[],
  isLower: boolean,
): (metric: string) => boolean | undefined {
  const known = names.flatMap((name) => (name === undefined ? [] : [nameRule(name, isLower)]));
  return (metric) => {
    // JMX exporter 1.0 and later: counters end with _total, whatever the rule calls them.
    const candidates = [
      metric,
      metric.replace(/_total$/, ''),
      metric.replace(/_(count|sum|bucket)$/, ''),
    ];
    if (known.some((makes) => candidates.some(makes))) return true;
    return known.length < names.length ? undefined : false;
  };
}

/** Something may stand for each `$1`: the parts between them are looked for in their order. */
function nameRule(name: string, isLower: boolean): (metric: string) => boolean {
  const cased = (text: string) => (isLower ? text.toLowerCase() : text);
  const parts = name.split(/\$\d+/).map((part) => cased(part.replaceAll(/[^\w:]/g, '_')));
  const [first = '', ...others] = parts;
  const last = others.pop();
  return (asked) => {
    const metric = cased(asked);
    if (last === undefined) return metric === first;
    if (!metric.startsWith(first)) return false;
    let at = first.length;
    for (const part of others) {
      const found = metric.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return metric.endsWith(last) && metric.length - last.length >= at;
  };
}

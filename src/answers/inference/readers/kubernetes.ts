import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
import type { Clue } from '../finding.ts';
import { imageOf } from '../known/images.ts';
import { environmentClues } from '../known/protocols.ts';
import type { Reader } from './reader.ts';

const kinds =
  /^kind:\s*["']?(Deployment|StatefulSet|DaemonSet|Job|CronJob|Service|ServiceMonitor|PodMonitor|PrometheusRule|Prometheus|Grafana|GrafanaDashboard)\b/m;

export const kubernetes: Reader = {
  files: /\.ya?ml$/i,
  mentions: kinds,
  async read(file) {
    const documents = await yamlDocuments(file, kinds);
    return documents.flatMap(resourceClues);
  },
};

const monitors = ['ServiceMonitor', 'PodMonitor', 'PrometheusRule', 'Prometheus'];

function resourceClues(resource: YamlNode): Clue[] {
  const kind = resource.get('kind');
  if (!kind?.text || !resource.get('apiVersion')) return [];
  const { text, line } = kind;
  const clues: Clue[] = [
    { answer: 'deployment', value: 'kubernetes', line, why: `is a ${text}`, strength: 'hinted' },
  ];
  if (monitors.includes(text)) {
    const why = `is a ${text}`;
    clues.push({ answer: 'monitoring', value: 'prometheus', line, why, strength: 'declared' });
  }
  if (text.startsWith('Grafana')) {
    const why = `is a ${text}`;
    clues.push({ answer: 'monitoring', value: 'grafana', line, why, strength: 'declared' });
  }
  return [...clues, ...containersOf(resource).flatMap(containerClues)];
}

function containersOf(resource: YamlNode): YamlNode[] {
  const template =
    resource.get('spec', 'jobTemplate', 'spec', 'template') ?? resource.get('spec', 'template');
  return template?.get('spec', 'containers')?.items() ?? [];
}

function containerClues(container: YamlNode): Clue[] {
  const image = container.get('image');
  const known = image?.text ? imageOf(image.text) : undefined;
  const line = image?.line ?? container.line;
  const variables = container.get('env')?.items() ?? [];
  return [
    ...(known?.clues(line) ?? []),
    ...(known?.runs === 'broker' ? [brokerClue(line)] : []),
    ...variables.flatMap((variable) => {
      const value = variable.get('value');
      return value?.text
        ? environmentClues(variable.get('name')?.text ?? '', value.text, value.line)
        : [];
    }),
  ];
}

function brokerClue(line: number): Clue {
  const why = 'runs Kafka in Kubernetes';
  return { answer: 'deployment', value: 'kubernetes', line, why, strength: 'declared' };
}

import type { Clue } from '../finding.ts';
import { topicClues } from '../known/topics.ts';
import type { Reader } from './reader.ts';

// https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
export const systemd: Reader = {
  files: /\.service$/,
  mentions: /^ExecStart=.*kafka-server-start/m,
  read(file) {
    const at = file.text.search(/^ExecStart=.*kafka-server-start/m);
    const why = 'starts a broker by systemd';
    const line = file.lineAt(at);
    return [{ answer: 'deployment', value: 'bare-metal', line, why, strength: 'declared' }];
  },
};

// Terraform and OpenTofu, by the names of the providers' resources.
const resource =
  /^resource[ \t]+"(confluent_kafka_cluster|confluent_kafka_topic|aws_msk_cluster|aws_msk_serverless_cluster|google_managed_kafka_cluster|azurerm_eventhub_namespace|aiven_kafka)"/gm;

export const terraform: Reader = {
  files: /\.tf$/,
  mentions: /kafka|_msk_/,
  read(file) {
    const clues: Clue[] = [];
    for (const found of file.text.matchAll(resource)) {
      const line = file.lineAt(found.index);
      const why = `has a ${found[1]}`;
      clues.push({ answer: 'deployment', value: 'cloud', line, why, strength: 'declared' });
    }
    for (const found of file.text.matchAll(/^[ \t]*topic_name[ \t]*=[ \t]*"([^"$\n]+)"/gm)) {
      const line = file.lineAt(found.index);
      clues.push(...topicClues(found[1] ?? '', line, 'creates the topic', 'declared'));
    }
    return clues;
  },
};

// A chart or a Kustomization; its templates are not YAML before they are rendered.
export const charts: Reader = {
  files: /(^|\/)(Chart|kustomization)\.ya?ml$/,
  read(file) {
    const line = file.lineAt(Math.max(file.text.search(/^(apiVersion|resources|kind)\s*:/m), 0));
    const why = file.name.startsWith('Chart') ? 'is a Helm chart' : 'is a Kustomization';
    return [{ answer: 'deployment', value: 'kubernetes', line, why, strength: 'hinted' }];
  },
};

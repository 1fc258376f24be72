import type { Reader } from '../reader.ts';
import { grafanaDashboard } from './grafana.ts';
import { jmxExporterRules } from './jmx-exporter.ts';
import { prometheusRules } from './prometheus-rules.ts';

export const monitoringReaders: readonly Reader[] = [
  prometheusRules,
  grafanaDashboard,
  jmxExporterRules,
];

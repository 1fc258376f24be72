import type { Platform } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { alertsFile, alertsPath, alertTestsFile, alertTestsPath } from './alerts/index.ts';
import { exporterConfigPath, exporterFile } from './exporter.ts';
import { grafanaArtifacts } from './grafana.ts';
import {
  deployedScrapes,
  prometheusConfig,
  prometheusConfigPath,
  prometheusFile,
} from './prometheus.ts';

/** Exporter, Prometheus and alerts; with Grafana, dashboards too. */
export function monitoringArtifacts(platform: Platform): Artifact[] {
  if (platform.monitoring === 'none') return [];
  return [
    managed(exporterConfigPath, exporterFile(platform)),
    managed(
      prometheusConfigPath,
      prometheusFile(platform, prometheusConfig(platform, deployedScrapes(platform))),
    ),
    managed(alertsPath, alertsFile(platform)),
    managed(alertTestsPath, alertTestsFile(platform)),
    ...(platform.monitoring === 'grafana' ? grafanaArtifacts(platform) : []),
  ];
}

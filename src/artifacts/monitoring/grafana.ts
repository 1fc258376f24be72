import { prometheusPort } from '../../catalog/own-parts.ts';
import type { Platform } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { header } from '../header.ts';
import type { Dashboard } from './dashboards/dashboard.ts';
import { dashboards } from './dashboards/index.ts';
import { dashboardJson } from './dashboards/json.ts';
import { scrapeInterval } from './prometheus.ts';
import { yamlFile } from './yaml-file.ts';

/** Mount as `/etc/grafana/provisioning`, and the dashboards where the provider looks for them. */
export const grafanaProvisioningFolder = 'monitoring/grafana/provisioning';
export const grafanaDashboardsFolder = 'monitoring/grafana/dashboards';
export const mountedDashboardsFolder = '/etc/grafana/dashboards';

export const dashboardPath = ({ uid }: Dashboard): string =>
  `${grafanaDashboardsFolder}/${uid.replace('kafka-', '')}.json`;

export const grafanaArtifacts = (platform: Platform): Artifact[] => [
  managed(
    `${grafanaProvisioningFolder}/datasources/prometheus.yml`,
    yamlFile(header('Where Grafana gets its numbers.'), datasources(platform), {
      'datasources.uid': 'Dashboards and links refer to it: keep it.',
      'datasources.jsonData.timeInterval':
        "Prometheus's scrape interval: $__rate_interval is four of it.",
    }),
  ),
  managed(
    `${grafanaProvisioningFolder}/dashboards/kafka.yml`,
    yamlFile(header('Where Grafana finds the dashboards.'), dashboardProviders, {
      'providers.allowUiUpdates': 'To keep a change, export the dashboard over its file.',
    }),
  ),
  ...dashboards.map((dashboard) =>
    managed(dashboardPath(dashboard), dashboardJson(platform, dashboard)),
  ),
];

const datasources = (platform: Platform) => ({
  apiVersion: 1,
  datasources: [
    {
      name: 'Prometheus',
      uid: 'prometheus',
      type: 'prometheus',
      access: 'proxy',
      url: `http://${platform.deployment === 'compose' ? 'prometheus' : '127.0.0.1'}:${prometheusPort}`,
      isDefault: true,
      jsonData: { httpMethod: 'POST', timeInterval: scrapeInterval },
    },
  ],
});

const dashboardProviders = {
  apiVersion: 1,
  providers: [
    {
      name: 'kafka',
      folder: 'Kafka',
      type: 'file',
      allowUiUpdates: false,
      options: { path: mountedDashboardsFolder },
    },
  ],
};

import { prometheusPort } from '../../catalog/own-parts.ts';
import { deployedPlacement } from '../../model/placement.ts';
import { isSecured, type Platform } from '../../model/platform.ts';
import { header } from '../header.ts';
import { secretsFolder } from '../security/index.ts';
import { yamlFile } from './yaml-file.ts';

export const prometheusConfigPath = 'monitoring/prometheus.yml';

/**
 * Where certs.sh writes when each certificate expires. Prometheus serves this folder itself
 * (`--web.user-assets=FOLDER`, under /user) and scrapes it from itself, so that no further
 * program is needed. No secret lies in it.
 */
export const certificateMetricsFolder = `${secretsFolder}/metrics`;

/** What Prometheus asks, and where that is: `host:port`. Differs between Compose, machines and this laptop. */
export type ScrapePlacement = {
  readonly nodes: readonly Target[];
  readonly services: readonly Target[];
  /** Prometheus, as it reaches itself. */
  readonly prometheus: string;
  /** Path of alerts.yml, absolute or relative to the configuration file. */
  readonly rules: string;
};

type Target = { readonly name: string; readonly address: string };

export function deployedScrapes(platform: Platform): ScrapePlacement {
  return {
    nodes: deployedPlacement(platform).map(({ node, exporterPort }) => ({
      name: node.name,
      address: `${node.host}:${exporterPort}`,
    })),
    services: platform.application.services.map(({ name, port }) => ({
      name,
      // On machines, services listen on loopback only: Prometheus runs beside them.
      address: `${platform.deployment === 'compose' ? name : '127.0.0.1'}:${port}`,
    })),
    prometheus: `localhost:${prometheusPort}`,
    rules: 'alerts.yml',
  };
}

/** The configuration as data: valid for Prometheus 2.42 and for the image's version. */
export function prometheusConfig(platform: Platform, placement: ScrapePlacement) {
  const role = (service: string) =>
    platform.application.services.find(({ name }) => name === service)?.role ?? 'producer';
  return {
    global: { scrape_interval: scrapeInterval, evaluation_interval: scrapeInterval },
    rule_files: [placement.rules],
    scrape_configs: [
      {
        job_name: 'kafka',
        static_configs: placement.nodes.map(({ name, address }) => ({
          targets: [address],
          labels: { node: name },
        })),
      },
      {
        job_name: 'applications',
        static_configs: placement.services.map(({ name, address }) => ({
          targets: [address],
          labels: { service: name, role: role(name) },
        })),
      },
      { job_name: 'prometheus', static_configs: [{ targets: [placement.prometheus] }] },
      ...(isSecured(platform)
        ? [
            {
              job_name: 'certificates',
              metrics_path: '/user/certificates.prom',
              scrape_interval: '1m',
              static_configs: [{ targets: [placement.prometheus] }],
            },
          ]
        : []),
    ],
  };
}

export type PrometheusConfig = ReturnType<typeof prometheusConfig>;

/** Short enough for rates over a minute; the intervals of dashboards follow from it. */
export const scrapeInterval = '15s';

export const prometheusFile = (platform: Platform, config: PrometheusConfig): string =>
  `${yamlFile(header(`What Prometheus of ${platform.name} asks, and how often.`), config, {
    rule_files: 'Check after an edit: promtool check config monitoring/prometheus.yml',
    'scrape_configs.metrics_path': `Written by security/certs.sh, served by Prometheus itself: start it with\n--web.user-assets=${certificateMetricsFolder}`,
  })}
# There is no Alertmanager in this platform: alerts show under /alerts${platform.monitoring === 'grafana' ? ' and in Grafana' : ''}.
# To be told of them, run one, then:
#
# alerting:
#   alertmanagers:
#     - static_configs:
#         - targets: [alertmanager:9093]
`;

import { grafanaAdmin, grafanaPort, oneShots, prometheusPort } from '../../catalog/own-parts.ts';
import { versions } from '../../catalog/versions.ts';
import { isSecured, type Platform, passwordVariable } from '../../model/platform.ts';
import { alertsPath } from '../monitoring/alerts/index.ts';
import {
  grafanaDashboardsFolder,
  grafanaProvisioningFolder,
  mountedDashboardsFolder,
} from '../monitoring/grafana.ts';
import { prometheusConfigPath } from '../monitoring/prometheus.ts';
import { afterSuccess, isProduction, memoryLimit, published, secret, volumes } from './mounts.ts';
import { because, type Mapping, shared } from './yaml.ts';

/** Where a person opens them, by service. */
export const monitoringUrls = (platform: Platform): Readonly<Record<string, string>> => ({
  ...(platform.monitoring === 'none' ? {} : { prometheus: `http://127.0.0.1:${prometheusPort}` }),
  ...(platform.monitoring === 'grafana' ? { grafana: `http://127.0.0.1:${grafanaPort}` } : {}),
});

export const monitoringServices = (platform: Platform): Mapping => ({
  ...(platform.monitoring === 'none' ? {} : { prometheus: prometheus(platform) }),
  ...(platform.monitoring === 'grafana' ? { grafana: grafana(platform) } : {}),
});

const answers = (port: number, path: string): Mapping => ({
  test: ['CMD', 'wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port}${path}`],
  interval: '10s',
  timeout: '5s',
  start_period: '30s',
  start_interval: '1s',
});

function prometheus(platform: Platform): Mapping {
  const secured = isSecured(platform);
  return {
    ...(isProduction(platform) ? shared('hardened') : {}),
    image: versions.prometheus.image,
    command: [
      '--config.file=/etc/prometheus/prometheus.yml',
      '--storage.tsdb.path=/prometheus',
      '--storage.tsdb.retention.time=15d',
      ...(secured
        ? [
            because(
              'Serves the dates on which certificates expire, to itself.',
              '--web.user-assets=/etc/prometheus/dates',
            ),
          ]
        : []),
    ],
    ...(secured ? { depends_on: afterSuccess(oneShots.certs) } : {}),
    healthcheck: answers(prometheusPort, '/-/ready'),
    restart: 'unless-stopped',
    ports: [published(prometheusPort)],
    ...(isProduction(platform) ? { deploy: memoryLimit(1024) } : {}),
    volumes: [
      `./${prometheusConfigPath}:/etc/prometheus/prometheus.yml:ro`,
      `./${alertsPath}:/etc/prometheus/alerts.yml:ro`,
      ...(secured ? [`${volumes.certificateDates}:/etc/prometheus/dates:ro`] : []),
      `${volumes.data('prometheus')}:/prometheus`,
    ],
  };
}

const grafana = (platform: Platform): Mapping => ({
  ...(isProduction(platform) ? shared('hardened') : {}),
  image: versions.grafana.image,
  environment: {
    GF_SECURITY_ADMIN_PASSWORD: because(
      'Counts at the first start only; later it is changed in Grafana.',
      secret(passwordVariable(grafanaAdmin)),
    ),
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_PLUGINS_PREINSTALL_DISABLED: 'true',
  },
  depends_on: ['prometheus'],
  healthcheck: answers(grafanaPort, '/api/health'),
  restart: 'unless-stopped',
  ports: [published(grafanaPort)],
  ...(isProduction(platform) ? { deploy: memoryLimit(512) } : {}),
  volumes: [
    `./${grafanaProvisioningFolder}:/etc/grafana/provisioning:ro`,
    `./${grafanaDashboardsFolder}:${mountedDashboardsFolder}:ro`,
    `${volumes.data('grafana')}:/var/lib/grafana`,
  ],
});

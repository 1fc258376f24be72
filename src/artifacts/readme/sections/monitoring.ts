import { isSecured, type Platform } from '../../../model/platform.ts';
import { bullets, code, listed, type Section } from '../../markdown.ts';
import { alertsPath, alertTestsPath } from '../../monitoring/alerts/index.ts';
import { dashboards } from '../../monitoring/dashboards/index.ts';
import { exporterConfigPath } from '../../monitoring/exporter.ts';
import {
  grafanaDashboardsFolder,
  grafanaProvisioningFolder,
  mountedDashboardsFolder,
} from '../../monitoring/grafana.ts';
import { certificateMetricsFolder, prometheusConfigPath } from '../../monitoring/prometheus.ts';

const link = (path: string): string => `[${path}](${path})`;

export function monitoring(platform: Platform): Section | undefined {
  if (platform.monitoring === 'none') return undefined;
  const grafana = platform.monitoring === 'grafana';
  return {
    heading: 'Monitoring',
    blocks: [
      bullets([
        `${platform.clusters[0].nodes.length === 1 ? 'The node' : 'Each node'} publishes what ${link(exporterConfigPath)} names, each service \`GET /metrics\`; ${link(prometheusConfigPath)} says how often Prometheus asks.`,
        `Alerts are in ${link(alertsPath)}, ${link(alertTestsPath)} tests them, and Prometheus shows them under \`/alerts\`. Nobody is told of one yet: there is no Alertmanager. The end of ${code(prometheusConfigPath)} shows how to add yours.`,
        ...(grafana
          ? [
              `Dashboards are in ${link(`${grafanaDashboardsFolder}/`)}: ${listed(dashboards.map(({ title }) => title))}.`,
            ]
          : []),
        ...placement(platform),
        `With \`krafter up\`, Prometheus runs if it is installed on this machine, and waits seconds where an alert says minutes${grafana ? '; Grafana does not run' : ''}.`,
        `After an edit: \`promtool check config ${prometheusConfigPath}\` and \`promtool test rules ${alertTestsPath}\`.`,
      ]),
    ],
  };
}

function placement(platform: Platform): string[] {
  const grafana = platform.monitoring === 'grafana';
  if (platform.deployment !== 'bare-metal')
    return grafana
      ? ['Log in to Grafana as `admin`, with `GRAFANA_ADMIN_PASSWORD` of `.env`.']
      : [];
  return [
    `Prometheus${grafana ? ' and Grafana are' : ' is'} yours to install, on the machine of the services: these answer their own machine only.${
      isSecured(platform)
        ? ` Start Prometheus with \`--web.user-assets=${certificateMetricsFolder}\`, so that it knows when certificates expire.`
        : ''
    }`,
    ...(grafana
      ? [
          `Give Grafana ${code(grafanaProvisioningFolder)} as \`/etc/grafana/provisioning\`, the dashboards as ${code(mountedDashboardsFolder)}, and \`GRAFANA_ADMIN_PASSWORD\` of \`.env\` as \`GF_SECURITY_ADMIN_PASSWORD\`.`,
        ]
      : []),
  ];
}

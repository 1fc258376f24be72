import { certificateMetric } from '../../../catalog/metrics/application.ts';
import { isSecured, type Platform } from '../../../model/platform.ts';
import { commandsFor } from '../../commands.ts';
import { type AlertGroup, isReplicated } from './alert.ts';

const section = 'Certificates';

/** The dates come from certs.sh, which writes them down whenever it makes a certificate. */
export const certificateAlerts: AlertGroup = (platform) => {
  const happens =
    'Once it has expired, no connection to this node succeeds: clients, brokers and controllers alike.';
  const next = `\`security/certs.sh renew NODE\`, then ${commandsFor(platform)
    .deliver('NODE')
    .map((command) => `\`${command}\``)
    .join(' and ')}${
    isReplicated(platform) ? ', one node after the other' : ''
  }. For the CA: \`security/certs.sh rotate-ca\`. The date is that of the file: a node uses its new certificate after a restart.`;
  return [
    {
      name: 'KafkaCertificateExpiring',
      severity: 'warning',
      for: '15m',
      expr: `${certificateMetric} - time() < 30 * 86400`,
      section,
      summary: 'The certificate {{ $labels.certificate }} expires within 30 days.',
      happens,
      next,
      appliesTo: isSecured,
      proof: {
        // 30 days are 2592000 s.
        series: {
          [`${certificateMetric}{certificate="broker-1"}`]: '2593200x60 9999999x20',
        },
        quietAt: [20, 65],
        firesAt: 40,
        labels: { certificate: 'broker-1' },
      },
    },
    {
      name: 'KafkaCertificateExpiresThisWeek',
      severity: 'critical',
      for: '5m',
      expr: `${certificateMetric} - time() < 7 * 86400`,
      section,
      summary: 'The certificate {{ $labels.certificate }} expires within a week.',
      happens,
      next,
      appliesTo: isSecured,
      proof: {
        series: { [`${certificateMetric}{certificate="ca"}`]: '605400x30 9999999x20' },
        quietAt: [9, 35],
        firesAt: 25,
        labels: { certificate: 'ca' },
      },
    },
    {
      name: 'KafkaCertificateDatesUnknown',
      severity: 'warning',
      for: '15m',
      expr: `absent(${certificateMetric})`,
      section,
      summary: 'Nobody watches when the certificates expire.',
      happens: 'Prometheus finds no file with the dates, so the alerts about expiry cannot fire.',
      next: datesNext(platform),
      appliesTo: isSecured,
      proof: {
        series: { [`${certificateMetric}{certificate="ca"}`]: '9999999x4 _x30 9999999x10' },
        quietAt: [4, 15, 42],
        firesAt: 29,
        labels: {},
      },
    },
  ];
};

function datesNext({ deployment }: Platform): string {
  return deployment === 'compose'
    ? '`docker compose run --rm certs` writes them down where Prometheus reads them.'
    : 'Run `security/certs.sh`, which writes `security/secrets/metrics/certificates.prom`, and start Prometheus with `--web.user-assets` pointing to that folder.';
}

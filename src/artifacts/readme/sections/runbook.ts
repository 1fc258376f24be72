import type { Platform } from '../../../model/platform.ts';
import type { Alert } from '../../monitoring/alerts/alert.ts';
import { runbook as runbookSections } from '../../monitoring/alerts/index.ts';
import { bullets, paragraph, type Section } from '../markdown.ts';
import { certificatesHeading } from './certificates.ts';

/** One heading for each place that an alert links to. */
export function runbook(platform: Platform): Section | undefined {
  const sections = runbookSections(platform);
  if (sections.length === 0) return undefined;
  return {
    heading: 'When an alert fires',
    blocks: [
      paragraph('Critical: data or service is at stake now. Warning: within the day.'),
      ...sections.flatMap(({ heading, alerts }) => [
        // The section above is where these alerts point to.
        heading === certificatesHeading ? `### When a certificate expires` : `### ${heading}`,
        alerts.length === 1 ? paragraph(entry(alerts[0] as Alert)) : bullets(alerts.map(entry)),
      ]),
    ],
  };
}

const entry = ({ name, severity, happens, next }: Alert): string =>
  `**${name}** (${severity}). ${happens} ${next}`;

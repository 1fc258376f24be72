import type { Platform } from '../../../model/platform.ts';
import { bullets, listed, paragraph, type Section } from '../../markdown.ts';
import type { Alert } from '../../monitoring/alerts/alert.ts';
import { runbook as runbookSections } from '../../monitoring/alerts/index.ts';
import { certificatesHeading } from './certificates.ts';
import { toolsHeading } from './tools.ts';

/** One heading for each place that an alert links to. */
export function runbook(platform: Platform): Section | undefined {
  const sections = runbookSections(platform);
  if (sections.length === 0) return undefined;
  return {
    heading: 'When an alert fires',
    blocks: [
      paragraph(
        `Critical: data or service is at stake now. Warning: within the day. What begins with \`kafka-\` is one of [${toolsHeading}](#kafkas-own-tools).`,
      ),
      ...sections.flatMap(({ heading, alerts }) => {
        const entries = entriesOf(alerts);
        return [
          // The section above is where these alerts point to.
          heading === certificatesHeading ? '### When a certificate expires' : `### ${heading}`,
          entries.length === 1 ? paragraph(entries[0] ?? '') : bullets(entries),
        ];
      }),
    ],
  };
}

/** Alerts of different urgency that say the same are one entry. */
function entriesOf(alerts: readonly Alert[]): string[] {
  const named = Map.groupBy(alerts, ({ happens, next }) => `${happens} ${next}`);
  return [...named].map(
    ([text, same]) =>
      `${listed(same.map(({ name, severity }) => `**${name}** (${severity})`))}. ${text}`,
  );
}

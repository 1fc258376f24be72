import type { Platform } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { ownershipLines } from '../header.ts';
import type { Section } from '../markdown.ts';
import { addresses } from './sections/addresses.ts';
import { application } from './sections/application.ts';
import { architecture } from './sections/architecture.ts';
import { breaking } from './sections/breaking.ts';
import { certificates } from './sections/certificates.ts';
import { deadLetters } from './sections/dead-letters.ts';
import { disasters } from './sections/disasters.ts';
import { firstEvent } from './sections/first-event.ts';
import { growing } from './sections/growing.ts';
import { http } from './sections/http.ts';
import { introduction } from './sections/introduction.ts';
import { monitoring } from './sections/monitoring.ts';
import { names } from './sections/names.ts';
import { next } from './sections/next.ts';
import { rights } from './sections/rights.ts';
import { runbook } from './sections/runbook.ts';
import { running } from './sections/running.ts';
import { secrets } from './sections/secrets.ts';
import { tools } from './sections/tools.ts';
import { topics } from './sections/topics.ts';

/** In the order of the page; a section that has nothing true to say is left out. */
const sections: readonly ((platform: Platform) => Section | undefined)[] = [
  architecture,
  running,
  firstEvent,
  http,
  deadLetters,
  addresses,
  topics,
  names,
  rights,
  breaking,
  growing,
  tools,
  secrets,
  certificates,
  monitoring,
  runbook,
  disasters,
  application,
  next,
];

/** What the project is, and how to run, use, break and grow it. */
export const readmeArtifacts = (platform: Platform): Artifact[] => [
  managed(platform.readme, readme(platform)),
];

function readme(platform: Platform): string {
  const top = introduction(platform);
  return `${[
    `<!-- ${ownershipLines.join('\n     ')} -->`,
    `# ${top.heading}`,
    ...top.blocks,
    ...sections.flatMap((section) => {
      const made = section(platform);
      return made ? [`## ${made.heading}`, ...made.blocks] : [];
    }),
  ].join('\n\n')}\n`;
}

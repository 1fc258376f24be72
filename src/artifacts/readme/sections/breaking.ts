import type { Platform } from '../../../model/platform.ts';
import { bullets, code, fence, paragraph, type Section } from '../../markdown.ts';
import { drillLines } from '../drills.ts';

export const breaking = (platform: Platform): Section => ({
  heading: 'Break it',
  blocks: [
    paragraph(
      '`krafter verify` breaks what `krafter up` started, and shows by numbers what happened. Drills write to topics and groups of their own, or send sample events through the services: not for a platform whose records matter.',
    ),
    bullets(
      drillLines
        .filter(({ appliesTo }) => appliesTo(platform))
        .map(({ id, does }) => `${code(id)} ${does(platform)}.`),
    ),
    fence('sh', 'krafter verify --only round-trip,poison'),
  ],
});

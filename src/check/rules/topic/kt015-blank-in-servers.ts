import { optionsOf } from '../../../landscape/options.ts';
import { fixOf } from '../../edits.ts';
import type { Rule } from '../../rule.ts';

export const blankInServers: Rule = {
  code: 'KT015',
  title: 'Servers with blanks between them',
  severity: 'error',
  confidence: 'high',
  story:
    'The tool ends with an exception about an invalid URL, or takes the rest for words of its own. Servers are separated by commas, without blanks.',
  source: "Kafka's documentation, Upgrading to 4.0; ClientUtils.parseAndValidateAddresses",
  *check({ landscape }) {
    for (const command of landscape.commands)
      for (const { name, value } of optionsOf(command)) {
        if (name !== '--bootstrap-server' && name !== '--bootstrap-controller') continue;
        if (!value || !('known' in value.value)) continue;
        const text = value.value.known;
        if (!/^\s*\S+:\d+\s+\S+:\d+(\s+\S+:\d+)*\s*$/.test(text.replaceAll(',', ' '))) continue;
        if (!/[^,\s]\s+[^,\s]/.test(text)) continue;
        const right = text
          .trim()
          .split(/[\s,]+/)
          .join(',');
        const isHere = value.value.from === undefined;
        yield {
          at: value.at,
          says: `${name} is "${text.trim().slice(0, 80)}", with blanks between servers.`,
          next: right,
          ...(isHere &&
            fixOf(true, 'Put commas between the servers', [
              { at: value.at, text: right, was: text },
            ])),
        };
      }
  },
};

import { stringify } from 'dot-properties';

type Line = {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly why?: string;
};

/** A `.properties` file with a heading per section and the reason above each setting. */
export function propertiesFile(head: string, lines: readonly Line[]): string {
  const text: string[] = [head];
  let section = '';
  for (const line of lines) {
    if (line.section !== section) {
      section = line.section;
      text.push('', `## ${section}`);
    }
    if (line.why) text.push(...line.why.split('\n').map((part) => `# ${part}`));
    text.push(escaped(line.key, line.value));
  }
  return `${text.join('\n')}\n`;
}

/** One `key=value`, escaped as java.util.Properties reads it, never folded. */
const escaped = (key: string, value: string): string =>
  stringify([[key, value]], { keySep: '=', lineWidth: null, latin1: false }).trimEnd();

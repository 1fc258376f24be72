import { header } from '../header.ts';

type Directive = { readonly key: string; readonly value: string; readonly why?: string };

export type UnitSection = {
  readonly name: 'Unit' | 'Service' | 'Install';
  readonly directives: readonly Directive[];
};

/** A systemd unit; a reason stands on lines of its own, because systemd has no comment after a value. */
export const unitFile = (title: string, sections: readonly UnitSection[]): string =>
  `${[header(title), ...sections.map(section)].join('\n\n')}\n`;

const section = ({ name, directives }: UnitSection): string =>
  [`[${name}]`, ...directives.flatMap(lines)].join('\n');

const lines = ({ key, value, why }: Directive): string[] => [
  ...(why ? why.split('\n').map((line) => `# ${line}`) : []),
  `${key}=${value}`,
];

/** Variables as both systemd's EnvironmentFile and a shell read them. */
export const environmentFile = (title: string, entries: readonly Directive[]): string =>
  `${[header(title), '', ...entries.flatMap((entry) => lines({ ...entry, value: quoted(entry.value) }))].join('\n')}\n`;

const quoted = (value: string): string =>
  /^[\w@%+=:,./-]*$/.test(value) ? value : `"${value.replaceAll(/["\\$`]/g, '\\$&')}"`;

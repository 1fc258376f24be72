/** How Spring Boot turns a text of its own into the one that Kafka gets. */
export type Conversion = 'text' | 'duration' | 'size' | 'switch' | 'enumeration';

/** Undefined where Spring would refuse the text. */
export function converted(text: string, conversion: Conversion): string | undefined {
  switch (conversion) {
    case 'text':
      return text;
    case 'duration':
      return milliseconds(text);
    case 'size':
      return bytes(text);
    case 'switch':
      return /^(true|on|yes|1)$/i.test(text) ? 'true' : 'false';
    case 'enumeration':
      return text.toLowerCase().replaceAll('-', '_');
  }
}

const durations: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  '': 1,
  ms: 1,
  s: 1e3,
  m: 60e3,
  h: 3_600e3,
  d: 86_400e3,
};
const sizes: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 2 ** 10,
  mb: 2 ** 20,
  gb: 2 ** 30,
  tb: 2 ** 40,
};

/** DurationStyle: `10s`, `PT10S`; a bare number is milliseconds. */
function milliseconds(text: string): string | undefined {
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i.exec(text.trim());
  if (!iso) return scaled(text, durations);
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = iso;
  return String(
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60e3 + Number(seconds) * 1e3,
  );
}

/** DataSize.parse: `64KB`; a bare number is bytes. */
const bytes = (text: string) => scaled(text, sizes);

function scaled(text: string, units: Readonly<Record<string, number>>): string | undefined {
  const [, number, unit = ''] = /^([+-]?\d{1,18})([a-zA-Z]{0,2})$/.exec(text.trim()) ?? [];
  const scale = units[unit.toLowerCase()];
  if (number === undefined || scale === undefined) return undefined;
  return String(Math.trunc(Number(number) * scale));
}

/** As people say them: 950, 12.3k, 4.5M. */
export function said(number: number): string {
  const size = Math.abs(number);
  for (const [unit, sign] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e4, 'k'],
  ] as const)
    if (size >= unit) {
      const scale = sign === 'k' ? 1e3 : unit;
      return `${Number((number / scale).toPrecision(3))}${sign}`;
    }
  return String(Math.round(number));
}

export const saidBytes = (bytes: number): string =>
  bytes < 1e4 ? `${bytes} B` : `${said(bytes)}B`;

/** 45 s, 12 min, 3.5 h, 2 d. */
export function saidSeconds(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Number((seconds / 3600).toPrecision(2))} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

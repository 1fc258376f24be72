/** The largest heap of Java's options, in bytes: the last -Xmx counts. */
export function heapOf(options: string): number | undefined {
  const [, number, unit = ''] =
    [...options.matchAll(/-Xmx(\d+)([kKmMgGtT]?)(?=\s|$)/g)].at(-1) ?? [];
  const power = ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase());
  return number === undefined ? undefined : Number(number) * 1024 ** power;
}

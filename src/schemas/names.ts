/** What names of fields tell about what is in them, whatever way words are put together. */

const words = (name: string): string[] =>
  name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[_\-.]+/)
    .filter((word) => word !== '');

const money = new Set(['price', 'amount', 'salary', 'fee', 'fees', 'cost', 'balance', 'revenue']);
/** What is counted, measured or guessed, even where it is about money. */
const noMoney = new Set([
  'count',
  'ratio',
  'rate',
  'percent',
  'percentage',
  'score',
  'factor',
  'weight',
  'std',
  'avg',
  'mean',
  'change',
  'index',
]);

/** `price`, `totalAmount`, `unit_price`: its last word, or the one before a currency. */
export function isMoney(name: string): boolean {
  const all = words(name);
  const last = all.at(-1) ?? '';
  const counts = /^(usd|eur|gbp|cents)$/.test(last) ? (all.at(-2) ?? '') : last;
  return money.has(counts) && !all.some((word) => noMoney.has(word));
}

/** `createdAt`, `event_timestamp`, `timestamp`. */
export function isTimestamp(name: string): boolean {
  const all = words(name);
  return all.at(-1) === 'timestamp' || (all.length > 1 && all.at(-1) === 'at');
}

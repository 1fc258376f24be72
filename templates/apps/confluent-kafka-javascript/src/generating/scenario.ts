/** Where the generated time begins. Fixed, because the same seed must give the same events. */
export const EPOCH = Date.UTC(2026, 0, 5, 8, 0, 0);

const LATE_SHARE = 0.01;

/** Every random choice of the generator, from one seed. */
export class Scenario {
  #state: number;
  #now = EPOCH;

  constructor(seed: number) {
    // Spreads neighbouring seeds far apart.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  }

  /** From 0 up to, but not including, 1. (mulberry32) */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.between(0, items.length - 1)] as Item;
  }

  /** Like `pick`, but the first items come far more often: some keys are always busier than others. */
  pickSkewed<Item>(items: readonly Item[]): Item {
    return items[Math.floor(items.length * this.random() ** 3)] as Item;
  }

  /** A version 4 UUID. */
  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.between(0, 15).toString(16));
    hex[12] = '4';
    hex[16] = this.pick(['8', '9', 'a', 'b']);
    const text = hex.join('');
    return [8, 12, 16, 20].reduceRight(
      (uuid, at) => `${uuid.slice(0, at)}-${uuid.slice(at)}`,
      text,
    );
  }

  /** A short code such as an order number, e.g. `code('ord', 6)` is `ord-7k2m9x`. */
  code(prefix: string, length: number): string {
    const letters = Array.from('23456789abcdefghjkmnpqrstuvwxyz');
    return `${prefix}-${Array.from({ length }, () => this.pick(letters)).join('')}`;
  }

  /** Time goes on a little with every event. About one in a hundred happened minutes before. */
  occurredAt(): string {
    this.#now += this.between(20, 900);
    const late = this.chance(LATE_SHARE) ? this.between(2, 20) * 60_000 : 0;
    return new Date(this.#now - late).toISOString();
  }

  /** What every event starts with. */
  event<Type extends string>(eventType: Type) {
    return { eventId: this.uuid(), eventType, occurredAt: this.occurredAt() };
  }
}

import type { Command } from './facts/command.ts';
import type { Located } from './facts/configuration.ts';
import { knownText } from './facts/setting.ts';

/** `--topic orders`, `--topic=orders`, or `--create` alone. */
export type Option = {
  readonly name: string;
  /** The word with the name; of `--topic=orders` all of it. */
  readonly word: Located;
  readonly value?: Located;
};

/** Options of Kafka's tools that take no value; whatever follows is another word. */
const bare =
  /^--(create|delete|list|describe|alter|add|remove|force|if-not-exists|if-exists|from-beginning|verify|execute|generate|all-groups|all-topics|reset-offsets|dry-run|export|entity-default|standalone|no-initial-controllers|ignore-formatted|exclude-internal|under-replicated-partitions|unavailable-partitions|producer|consumer|idempotent|sync|help|version|state|members|verbose|to-earliest|to-latest|to-current|disallow-replication-factor-change|enable-systest-events|preserve-order|print-metrics)$/;

/** What a command's words say, as joptsimple and argparse4j read them. */
export function optionsOf({ words }: Command): Option[] {
  const options: Option[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    const text = knownText(word?.value);
    if (!word || text === undefined || !/^--?[a-z]/i.test(text)) continue;
    const equals = text.startsWith('--') ? text.indexOf('=') : -1;
    if (equals !== -1) {
      const value = { value: { known: text.slice(equals + 1) }, at: word.at };
      options.push({ name: text.slice(0, equals), word, value });
      continue;
    }
    const next = words[index + 1];
    const isValue =
      next !== undefined && !bare.test(text) && !/^--?[a-z]/i.test(knownText(next.value) ?? '');
    options.push({ name: text, word, ...(isValue && { value: next }) });
    if (isValue) index++;
  }
  return options;
}

/** Words may come from elsewhere: an option that is missing may well be there. */
export function isOpen(command: Command): boolean {
  const values = new Set(optionsOf(command).map(({ value }) => value));
  return command.words.some((word) => word.many && !values.has(word));
}

export const optionOf = (command: Command, ...names: readonly string[]): Option | undefined =>
  optionsOf(command).findLast(({ name }) => names.includes(name));

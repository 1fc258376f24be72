import type { Command } from 'commander';
import type { Trouble } from '../errors.ts';

const longestWord = 60;

/** What the parser of flags complains about, in the form of every other refusal. */
export function misuse(message: string, program: Command, word: string | undefined): Trouble {
  const [complaint = '', suggestion] = message.replace(/^error: /, '').split(/\n(?=\(Did you)/);
  const command = program.commands.find((candidate) => candidate.name() === word);
  const name = ['krafter', ...(command ? [command.name()] : [])].join(' ');
  return {
    what: `${sentence(complaint)}`,
    where: name,
    next: suggestion
      ? suggestion.replace(/^\((.*)\)$/, '$1')
      : `${name} --help shows what there is.`,
  };
}

const sentence = (text: string): string =>
  clipWords(`${text.charAt(0).toUpperCase()}${text.slice(1)}`).replace(/(?<![.?])$/, '.');

const clipWords = (text: string): string =>
  text
    .split(' ')
    .map((word) => (word.length > longestWord ? `${word.slice(0, longestWord)}...` : word))
    .join(' ');

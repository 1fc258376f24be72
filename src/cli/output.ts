import pc from 'picocolors';
import type { Progress } from '../engine/progress.ts';
import type { Trouble } from '../errors.ts';

const columns = 80;
/** Of each part of a refusal, so that all of it fits a screen. */
const mostLines = 5;

/** For people: standard error, so that standard output stays a program's. */
export const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** The answer itself. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** A person at a terminal that can move its cursor. */
export const live = process.stderr.isTTY === true && process.env.TERM !== 'dumb';

const { NO_COLOR, FORCE_COLOR } = process.env;
const forced = Boolean(FORCE_COLOR) && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
const colours = pc.createColors(!NO_COLOR && (live || forced));
const { bold, green, red, cyan } = colours;
export const { dim, yellow } = colours;

/** Colours for what is written to a stream of its own. */
export function paintOf(stream: { readonly isTTY?: boolean }) {
  const { bold, cyan, dim, red, yellow } = pc.createColors(
    !NO_COLOR && (forced || (stream.isTTY === true && process.env.TERM !== 'dumb')),
  );
  return { bold, dim, error: red, warning: yellow, info: cyan };
}

/** Breaks text at words; lines that can't be broken stay as they are. */
export function wrap(text: string, indent: string, width = columns): string {
  return text
    .split('\n')
    .map((line) => {
      const out: string[] = [];
      let current = '';
      for (const word of line.split(' ')) {
        if (current && current.length + 1 + word.length > width - indent.length) {
          out.push(current);
          current = word;
        } else current = current ? `${current} ${word}` : word;
      }
      return [...out, current].join(`\n${indent}`);
    })
    .join(`\n${indent}`);
}

/** What happened, where, why it matters, what to do next: one screen. */
export function showTrouble({ what, where, why, next }: Trouble): void {
  const row = (label: string, text: string) =>
    `  ${dim(label.padEnd(6))}${clip(wrap(visible(text), ' '.repeat(8)))}`;
  const lines = [
    clip(wrap(`krafter: ${visible(what)}`, '  ')).replace(/^krafter:/, red(bold('$&'))),
  ];
  if (where) lines.push(row('where', where));
  if (why) lines.push(row('why', why));
  if (next) lines.push(row('next', next));
  tell(lines.join('\n'));
}

/** What came from a flag, a file or another program must not steer the terminal. */
const visible = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => (character === '\n' ? '\n' : '?'));

/** The reason of another program can be long; its first lines say it. */
const clip = (text: string): string => {
  const lines = text.split('\n');
  return lines.length > mostLines ? [...lines.slice(0, mostLines), '        ...'].join('\n') : text;
};

/** Steps as lines; on a terminal the running one shows how long it takes. */
export function progressLines(): Progress & { readonly end: () => void } {
  const running = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  const clear = () => live && process.stderr.write('\r\x1b[K');
  const draw = () => {
    const [current] = [...running].at(-1) ?? [];
    if (!live || current === undefined) return;
    const seconds = Math.round((Date.now() - (running.get(current) ?? 0)) / 1000);
    process.stderr.write(`\r\x1b[K${cyan('-')} ${current.slice(0, columns - 14)} ... ${seconds} s`);
  };
  const report = (event: Parameters<Progress>[0]) => {
    clear();
    switch (event.kind) {
      case 'step':
        running.set(event.text, Date.now());
        if (!live) tell(`- ${event.text} ...`);
        timer ??= live ? setInterval(draw, 500).unref() : undefined;
        break;
      case 'done':
        running.delete(event.of);
        tell(`${green('+')} ${wrap(event.text, '  ')}`);
        break;
      case 'note':
        tell(`${yellow('!')} ${wrap(event.text, '  ')}`);
        break;
    }
    draw();
  };
  return Object.assign(report, {
    end: () => {
      clearInterval(timer);
      running.clear();
      clear();
    },
  });
}

/** Says what it is doing, once it takes longer than a second. */
export function slowly(what: string): { end: () => void } {
  const lines = progressLines();
  const timer = setTimeout(() => lines({ kind: 'step', text: what }), 1000);
  return {
    end() {
      clearTimeout(timer);
      lines.end();
    },
  };
}

// Control characters, bidirectional overrides and invisible ones: a file name or a value
// from a stranger's folder must not be able to write to the terminal or forge a line.
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** Text from the folder as it may be shown to a person. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(unprintable, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

const secret =
  /((?:password|passwd|secret|token|credential|api[_.-]?key)[\w.-]*["']?\s*[:=]\s*)\S.*/i;
const longestExcerpt = 120;

/** One line of a file, on one line of the terminal, without the secrets that it may hold. */
export function excerptOf(line: string): string {
  const shown = line
    .trim()
    .slice(0, longestExcerpt * 4)
    .replaceAll('\t', ' ');
  const text = printable(shown.replace(secret, '$1***'));
  return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt - 1)}…` : text;
}

/** The folder of the program that a file belongs to: above Maven's and Gradle's `src/main`. */
export function programOf(path: string): string {
  const [, above] = /^(.*?)(?:^|\/)src\/(?:main|test)\//.exec(path) ?? [];
  return above ?? path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

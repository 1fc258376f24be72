/**
 * The values of a topic, by Kafka's own console consumer. `consume` runs it with the given arguments
 * besides those that say where the brokers are, and returns its standard output.
 */
export async function valuesOf(
  topic: string,
  isolation: 'read_committed' | 'read_uncommitted',
  consume: (args: readonly string[]) => Promise<string>,
): Promise<readonly string[]> {
  const read = async (quietMs: number) => {
    const text = await consume([
      ...['--topic', topic, '--from-beginning', '--isolation-level', isolation],
      // Ends when nothing came for so long; joining a group takes some of it.
      ...['--timeout-ms', `${quietMs}`],
    ]);
    return text.split('\n').filter(Boolean);
  };
  const values = await read(6000);
  // A busy machine may need longer than that to join; a topic that is read at all has something.
  return values.length > 0 ? values : read(25_000);
}

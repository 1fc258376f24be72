/** What is looked at: logs of earlier starts may lie above. */
const recentLines = (log: string): string[] => log.split('\n').slice(-400);

/** The address that a node could not listen on, because another program does. */
export const takenAddress = (log: string): string | undefined =>
  /failed to bind to (\S+): Address already in use/.exec(recentLines(log).join('\n'))?.[1];

/** The lines of a Kafka log that say why it ended: the last error with its causes. */
export function reasonIn(log: string): string {
  const causes = recentLines(log).filter(
    (line) =>
      /^(Caused by: )?[\w.$]+(Exception|Error): /.test(line) ||
      /^Exception in thread/.test(line) ||
      /\] (ERROR|FATAL) /.test(line) ||
      /^(Log directory|Error|Unrecognized|Could not)/i.test(line),
  );
  const unique = [...new Set(causes.map((line) => line.replace(/^\[[^\]]*\] /, '').slice(0, 300)))];
  return unique.slice(-3).join('\n');
}

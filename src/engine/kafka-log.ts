/** The lines of a Kafka log that say why it ended: the last error with its causes. */
export function reasonIn(log: string): string {
  const lines = log.split('\n').slice(-400);
  const causes = lines.filter(
    (line) =>
      /^(Caused by: )?[\w.$]+(Exception|Error): /.test(line) ||
      /^Exception in thread/.test(line) ||
      /\] (ERROR|FATAL) /.test(line) ||
      /^(Log directory|Error|Unrecognized|Could not)/i.test(line),
  );
  const unique = [...new Set(causes.map((line) => line.replace(/^\[[^\]]*\] /, '').slice(0, 300)))];
  return unique.slice(-3).join('\n');
}

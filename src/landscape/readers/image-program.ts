import { runsOf } from '../../catalog/images.ts';
import type { Workload } from '../facts/workload.ts';

/** What an image runs; Kafka's has its tools too, and a command that starts no server is one of them. */
export function imageProgram(image: string, command: string): Workload['runs'] {
  const runs = runsOf(image) ?? 'other';
  if (runs !== 'broker') return runs;
  if (/connect-(distributed|standalone)/.test(command)) return 'connect';
  if (/zookeeper-server-start/.test(command)) return 'zookeeper';
  const isTool = /\bkafka-(?!server-start|run-class|storage)[a-z-]+/.test(command);
  const starts = /server-start|run-class|docker\/(run|launch)|entrypoint|run\.sh/.test(command);
  return isTool && !starts ? 'tool' : 'broker';
}

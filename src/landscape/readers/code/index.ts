import { constantOf } from '../../../catalog/kafka-keys/constants.ts';
import { Evaluator } from '../../code/evaluate.ts';
import { codeReaderFor } from '../../code/languages/index.ts';
import { codeOnce, neighbours } from '../../code/world.ts';
import type { World } from '../../code/worth.ts';
import { filledIn } from '../application/placeholder.ts';
import type { Reader } from '../reader.ts';
import { isKnownName } from './clients.ts';
import { CodeFile } from './file.ts';
import { programAround } from './program.ts';

/** Longer is written by a program. */
const longest = 300_000;

const read: Reader['read'] = async (file, project, release) => {
  if (file.text.length > longest) return {};
  const readCode = await codeReaderFor(file.path);
  const code = codeOnce(project, readCode, file);
  const world: World = {
    ...neighbours(project, readCode),
    knows: isKnownName,
    constant: await constantOf(release),
    filledIn: (text) => filledIn(text, () => undefined),
  };
  const program = programAround(file.path, project);
  return new CodeFile(code, new Evaluator(world), program).facts();
};

/** Source code, if it imports a client of Kafka's. */
export const codeReaders: readonly Reader[] = [
  {
    files: /\.(java|kt)$/,
    mentions: /\b(org\.apache\.kafka|org\.springframework\.kafka|kafka\.security)\./,
    read,
  },
  {
    files: /\.py$/,
    mentions: /^[ \t]*(?:from|import)[ \t]+(?:confluent_kafka|aiokafka|kafka)\b/m,
    read,
  },
  {
    files: /(?<!\.d)(?<!\.min)\.([cm]?[jt]s|[jt]sx)$/,
    mentions: /["'](kafkajs|@platformatic\/kafka|@confluentinc\/kafka-javascript|node-rdkafka)["']/,
    read,
  },
  {
    files: /\.go$/,
    mentions:
      /"github\.com\/(twmb\/franz-go|confluentinc\/confluent-kafka-go|segmentio\/kafka-go|(IBM|Shopify)\/sarama)[/"]/,
    read,
  },
];

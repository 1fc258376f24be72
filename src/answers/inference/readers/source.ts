import type { ClientId, Language } from '../../../catalog/choices.ts';
import { blankComments } from '../../../files/formats/comments.ts';
import type { ProjectFile } from '../../../files/project-file.ts';
import type { Clue } from '../finding.ts';
import { topicClues } from '../known/topics.ts';
import type { Reader } from './reader.ts';

/**
 * Topic names in code: only texts that stand as a whole in a call where a topic stands. A
 * variable is never looked up and a text never pieced together.
 */
type Code = {
  readonly language: Language;
  readonly files: RegExp;
  readonly comments: 'c' | 'python';
  /** Without one of these, a file's `subscribe` is somebody else's. */
  readonly imports: readonly { line: RegExp; client?: ClientId }[];
  /** Calls up to the place where the topic stands; `one` is a text, `list` several. */
  readonly one: readonly RegExp[];
  readonly list: readonly RegExp[];
};

const python: Code = {
  language: 'python',
  files: /\.py$/,
  comments: 'python',
  imports: [
    { line: /^[ \t]*(?:from|import)[ \t]+confluent_kafka\b/m, client: 'confluent-kafka' },
    { line: /^[ \t]*(?:from|import)[ \t]+aiokafka\b/m, client: 'aiokafka' },
    { line: /^[ \t]*(?:from|import)[ \t]+(?:kafka|faust|quixstreams|faststream)\b/m },
  ],
  one: [
    /\.produce\(\s{0,80}(?:topic\s?=\s?)?/g,
    /producer\w{0,40}\.send(?:_and_wait)?\(\s{0,80}(?:topic\s?=\s?)?/gi,
    /\bNewTopic\(\s{0,80}(?:(?:topic|name)\s?=\s?)?/g,
    /\bTopicPartition\(\s{0,80}(?:topic\s?=\s?)?/g,
    /\bapp\.topic\(\s{0,80}/g,
  ],
  list: [/\.subscribe\(\s{0,80}(?:topics\s?=\s?)?\[/g, /\b(?:AIO)?KafkaConsumer\(/g],
};

const jvm: Code = {
  language: 'java',
  files: /\.(java|kt)$/,
  comments: 'c',
  imports: [
    { line: /^import[ \t]+org\.springframework\.kafka\./m, client: 'spring-kafka' },
    {
      line: /^import[ \t]+(?:static[ \t]+)?org\.apache\.kafka\.clients\./m,
      client: 'kafka-clients',
    },
    { line: /^import[ \t]+org\.apache\.kafka\./m },
  ],
  one: [
    /@KafkaListener\(\s{0,80}(?:[a-z]\w{0,40}\s?=\s?"[^"\n]{0,200}",\s{0,80}){0,5}topics\s?=\s?/g,
    /\bProducerRecord(?:<[^()\n]{0,200}>)?\(\s{0,80}/g,
    /\b(?:\w{0,40}[kK]afka\w{0,40}|template|producer)\.send\(\s{0,80}/g,
    /\bNewTopic\(\s{0,80}/g,
    /\bTopicBuilder\s{0,80}\.name\(\s{0,80}/g,
    /\bnew TopicPartition\(\s{0,80}/g,
    /\b(?:builder|streamsBuilder)\s{0,80}\.(?:stream|table|globalTable)\(\s{0,80}/g,
  ],
  list: [
    /@KafkaListener\(\s{0,80}(?:[a-z]\w{0,40}\s?=\s?"[^"\n]{0,200}",\s{0,80}){0,5}topics\s?=\s?(?:\{|\[|arrayOf\()/g,
    /\.subscribe\(\s{0,80}(?:List\.of|Set\.of|Arrays\.asList|Collections\.singleton(?:List)?|listOf|setOf)\(/g,
  ],
};

const node: Code = {
  language: 'node',
  files: /\.[cm]?[jt]s$/,
  comments: 'c',
  imports: [
    {
      line: /(?:from|require\(|import\()\s?["']@platformatic\/kafka["']/,
      client: 'platformatic-kafka',
    },
    {
      line: /(?:from|require\(|import\()\s?["']@confluentinc\/kafka-javascript["']/,
      client: 'confluent-kafka-javascript',
    },
    { line: /(?:from|require\(|import\()\s?["']kafkajs["']/, client: 'kafkajs' },
    { line: /(?:from|require\(|import\()\s?["'](?:node-rdkafka|kafka-node)["']/ },
  ],
  one: [/(?<![\w.])topic\s?:\s?/g, /\.produce\(\s{0,80}/g],
  list: [/(?<![\w.])topics\s?:\s?\[/g, /\.subscribe\(\s{0,80}\[/g],
};

const go: Code = {
  language: 'go',
  files: /\.go$/,
  comments: 'c',
  imports: [
    {
      line: /^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"github\.com\/twmb\/franz-go[/"]/m,
      client: 'franz-go',
    },
    {
      line: /^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"github\.com\/confluentinc\/confluent-kafka-go[/"]/m,
      client: 'confluent-kafka-go',
    },
    {
      line: /^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"github\.com\/segmentio\/kafka-go[/"]/m,
      client: 'kafka-go',
    },
    { line: /^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"github\.com\/(?:IBM|Shopify)\/sarama"/m },
  ],
  one: [
    /\bTopic:\s{0,20}/g,
    /\.Subscribe\(\s{0,80}/g,
    /\bkgo\.DefaultProduceTopic\(\s{0,80}/g,
    /\bKeySliceRecord\(\s{0,80}/g,
  ],
  list: [
    /\b(?:Group)?Topics:\s{0,20}\[\]string\{/g,
    /\bkgo\.ConsumeTopics\(/g,
    /\.SubscribeTopics\(\s{0,80}\[\]string\{/g,
  ],
};

export const source: readonly Reader[] = [python, jvm, node, go].map((code) => ({
  files: code.files,
  mentions: /kafka|faust|quixstreams|franz-go|rdkafka|sarama/i,
  read: (file) => codeClues(file, code),
}));

function codeClues(file: ProjectFile, code: Code): Clue[] {
  const text = blankComments(file.text, code.comments);
  const imports = code.imports.flatMap(({ line, client }) => {
    const at = line.exec(text);
    return at ? [{ client, line: file.lineAt(at.index + at[0].search(/\S/)) }] : [];
  });
  const [first] = imports;
  if (!first) return [];
  const why = 'imports a Kafka client';
  const { language } = code;
  return [
    { answer: 'language', value: language, line: first.line, why, strength: 'used' },
    ...imports.flatMap(({ client, line }): Clue[] =>
      client
        ? [{ answer: 'client', value: client, line, why: `imports ${client}`, strength: 'used' }]
        : [],
    ),
    ...topicsIn(text, code).flatMap(({ topic, offset }) =>
      topicClues(topic, file.lineAt(offset), 'names it in a call', 'used'),
    ),
  ];
}

const literal = /\s*(["'`])([A-Za-z0-9._-]{1,249})\1/y;
const farthestList = 2_000;

function topicsIn(text: string, code: Code): { topic: string; offset: number }[] {
  const found: { topic: string; offset: number }[] = [];
  for (const call of code.one.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const one = literalAt(text, call.index + call[0].length);
    if (one) found.push(one);
  }
  for (const call of code.list.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const start = call.index + call[0].length;
    for (let at = start; at < start + farthestList; ) {
      const one = literalAt(text, at);
      if (!one) break; // what follows a variable is left: it may be an option's value
      found.push(one);
      if (text[one.next] !== ',') break;
      at = one.next + 1;
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}

/** A text that is the whole argument: not the start of an expression. */
function literalAt(text: string, start: number) {
  literal.lastIndex = start;
  const match = literal.exec(text);
  if (!match) return undefined;
  const end = start + match[0].length;
  const next = end + text.slice(end, end + 200).search(/\S|$/);
  // A property's value may also end with its line.
  const isWhole = /[,)\]};]/.test(text[next] ?? ')');
  if (!isWhole) return undefined;
  return { topic: match[2] ?? '', offset: start + match[0].search(/\S/), next };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Admin, Consumer, Producer, SASLMechanisms, stringSerializers } from '@platformatic/kafka';
import { execa } from 'execa';
import { clientOptions } from '../cluster/connect.ts';
import { innermost } from '../cluster/errors.ts';
import { isSecured } from '../model/platform.ts';
import { type Drill, type DrillContext, outcome } from './drill.ts';
import { until } from './wait.ts';

type Attempt = {
  readonly id: string;
  /** Resolves when it was let in, rejects when it was refused. */
  readonly tryIt: (context: DrillContext) => Promise<unknown>;
  /** What the broker writes down about it. */
  readonly trace: (context: DrillContext) => RegExp;
};

/** Fails at once: a refusal is not retried. */
const once = { retries: 0, connectTimeout: 5000, requestTimeout: 5000 } as const;

const attempts: readonly Attempt[] = [
  {
    id: 'noCredentials',
    tryIt: (context) => {
      const { sasl: _, ...options } = clientOptions(context.access(), 'krafter-drill');
      return listTopics({ ...options, ...once });
    },
    trace: () => /Unexpected Kafka request of type \w+ during SASL handshake/,
  },
  {
    id: 'wrongPassword',
    tryIt: (context) => {
      const access = context.access();
      return listTopics({
        ...clientOptions(access, 'krafter-drill'),
        ...once,
        sasl: { mechanism: SASLMechanisms.SCRAM_SHA_512, username: 'admin', password: 'wrong' },
      });
    },
    trace: () => /Failed authentication.*invalid credentials with SASL mechanism SCRAM-SHA-512/,
  },
  {
    id: 'wrongCa',
    tryIt: refusedBothWays,
    trace: () => /Failed authentication.*SSL handshake failed/,
  },
  {
    id: 'plainText',
    tryIt: (context) => {
      const {
        tls: _tls,
        sasl: _sasl,
        ...options
      } = clientOptions(context.access(), 'krafter-drill');
      return listTopics({ ...options, ...once });
    },
    trace: () => /Failed authentication.*SSL handshake failed/,
  },
  {
    id: 'foreignTopic',
    tryIt: async (context) => {
      const { topic, consumer } = names(context);
      const producer = new Producer({
        ...clientOptions(context.access(consumer), 'krafter-drill'),
        ...once,
        serializers: stringSerializers,
      });
      try {
        await producer.send({ messages: [{ topic, key: 'intruder', value: 'intruder' }] });
      } finally {
        await producer.close(true);
      }
    },
    trace: (context) =>
      denied(names(context).consumer, 'WRITE', `Topic:LITERAL:${names(context).topic}`),
  },
  {
    id: 'foreignGroup',
    tryIt: async (context) => {
      const { group, producer, topic } = names(context);
      const consumer = new Consumer({
        ...clientOptions(context.access(producer), 'krafter-drill'),
        ...once,
        groupId: group,
      });
      try {
        consumer.topics.trackAll(topic);
        await consumer.joinGroup({});
      } finally {
        await consumer.close(true).catch(() => undefined);
      }
    },
    trace: (context) =>
      denied(names(context).producer, '(READ|DESCRIBE)', `Group:LITERAL:${names(context).group}`),
  },
];

/** Whoever must not come in is refused, and the broker wrote down why. */
export const intruders: Drill = {
  id: 'intruders',
  title: 'Six intruders are refused, each with a line in the log',
  notFor: (platform) =>
    isSecured(platform)
      ? undefined
      : 'the platform has no security (security: none), so everybody may come in',
  async run(context) {
    const { control, signal, tell } = context;
    const evidence: Record<string, string> = {};
    const wrong: (string | false)[] = [];
    for (const attempt of attempts) {
      tell(attempt.id);
      const before = await logLengths(context);
      const refusal = await attempt.tryIt(context).then(
        () => undefined,
        (error: unknown) => innermost(error),
      );
      const line = await until(
        async () => {
          const added = [...(await control.nodeLogs())].map(([log, text]) =>
            text.slice(before.get(log) ?? 0),
          );
          return added
            .flatMap((text) => text.split('\n'))
            .find((text) => attempt.trace(context).test(text));
        },
        { timeoutMs: 5000, signal },
      );
      evidence[attempt.id] = refusal === undefined ? 'LET IN' : brief(line ?? refusal);
      wrong.push(
        refusal === undefined && `${attempt.id} was let in`,
        refusal !== undefined &&
          line === undefined &&
          `${attempt.id} was refused (${refusal}), but no broker wrote down why`,
      );
    }
    return outcome(
      { refused: Object.values(evidence).filter((text) => text !== 'LET IN').length, ...evidence },
      wrong,
    );
  },
};

const names = ({ platform }: DrillContext) => {
  const [producer, consumer] = platform.application.services;
  return {
    producer: producer.name,
    consumer: consumer.name,
    topic: producer.topic,
    group: consumer.group,
  };
};

/** StandardAuthorizer's line for a denial. */
const denied = (user: string, operation: string, resource: string): RegExp =>
  new RegExp(
    `Principal = User:${user} is Denied operation = ${operation} .*resource = ${resource.replaceAll('.', '\\.')}`,
  );

async function listTopics(options: ConstructorParameters<typeof Admin>[0]): Promise<void> {
  const admin = new Admin(options);
  try {
    await admin.listTopics();
  } finally {
    await admin.close();
  }
}

/**
 * A handshake by openssl, which tells the broker why it stops; Node's TLS only hangs up, and the
 * broker would have nothing to write down.
 */
async function handshakeTrusting(
  { access }: DrillContext,
  makeCa: (folder: string) => Promise<string>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-drill-'));
  try {
    const ca = await makeCa(folder);
    const [server = ''] = access().bootstrap;
    const { stderr, exitCode } = await execa(
      'openssl',
      ['s_client', '-connect', server, '-CAfile', ca, '-verify_return_error', '-brief'],
      { input: '', reject: false, timeout: 10_000 },
    );
    if (exitCode !== 0) throw new Error(/verify error:.*/.exec(stderr)?.[0] ?? 'no handshake');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A client that trusts another CA refuses the broker; and the controllers, which know each other
 * by certificates, refuse one that another CA signed. Either one let in would be an intruder.
 */
async function refusedBothWays(context: DrillContext): Promise<void> {
  const { controller } = context.control;
  if (controller !== undefined) {
    const accepted = await handshakeWithForeignCertificate(controller).then(
      () => true,
      () => false,
    );
    if (accepted) return;
  }
  await handshakeTrusting(context, foreignCa);
}

/** With TLS 1.3 a client is done before the server has looked at its certificate: so wait for the alert. */
async function handshakeWithForeignCertificate(server: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-drill-'));
  try {
    const certificate = await foreignCa(folder);
    const { stderr } = await execa(
      'openssl',
      [
        ...['s_client', '-connect', server, '-brief', '-ign_eof'],
        ...['-cert', certificate, '-key', join(folder, 'key.pem')],
      ],
      { input: '', reject: false, timeout: 3000 },
    );
    const alert = /alert [a-z ]+/.exec(stderr)?.[0];
    if (alert) throw new Error(alert);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A CA that signed none of the platform's certificates. */
async function foreignCa(folder: string): Promise<string> {
  const file = join(folder, 'ca.pem');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const subject = ['-subj', '/CN=somebody-else', '-days', '1'];
  await execa('openssl', [
    'req',
    '-x509',
    ...key,
    ...subject,
    '-keyout',
    join(folder, 'key.pem'),
    '-out',
    file,
  ]);
  return file;
}

const logLengths = async ({ control }: DrillContext): Promise<Map<string, number>> =>
  new Map([...(await control.nodeLogs())].map(([log, text]) => [log, text.length]));

/** The part of a log line that says why. */
const brief = (line: string): string =>
  (
    /\((Authentication failed[^)]*|SSL handshake failed[^)]*)\)/.exec(line)?.[1] ??
    /Unexpected Kafka request.*/.exec(line)?.[0] ??
    /Principal = .* on resource = \S+/.exec(line)?.[0] ??
    line
  ).slice(0, 160);

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ClusterAccess } from '../../src/cluster/connect.ts';
import { kafkaHome } from '../../src/engine/native/distribution.ts';

/** A file of Kafka's client properties that says the same as an access: krafter reads it, and Kafka's own tools. */
export function clientProperties(folder: string, access: ClusterAccess): string {
  const { tls, sasl, bootstrap } = access;
  const ca = tls?.ca;
  const lines = [`bootstrap.servers=${bootstrap.join(',')}`];
  if (sasl && 'username' in sasl) {
    lines.push(`security.protocol=${tls ? 'SASL_SSL' : 'SASL_PLAINTEXT'}`);
    lines.push(`sasl.mechanism=${sasl.mechanism}`);
    lines.push(
      `sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="${sasl.username}" password="${sasl.password}";`,
    );
  }
  if (ca && 'file' in ca)
    lines.push('ssl.truststore.type=PEM', `ssl.truststore.location=${ca.file}`);
  const file = join(folder, 'client.properties');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const java = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

/** A class of Kafka's own distribution, as the scripts of its `bin` folder run it. */
export function kafkaClass(name: string, args: readonly string[], input = '') {
  const home = kafkaHome();
  return execa(
    process.env.KRAFTER_JAVA ?? 'java',
    [
      ...java,
      `-Dlog4j2.configurationFile=${join(home, 'bin', 'log4j2.yaml')}`,
      ...['-cp', join(home, 'libs', '*'), name],
      ...args,
    ],
    { reject: false, timeout: 600_000, input },
  );
}

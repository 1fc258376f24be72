import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionConfig } from '../../src/kafka/client.ts';
import { Cluster } from '../../src/kafka/cluster.ts';
import { consumerConfig } from '../../src/kafka/consumer-options.ts';
import type { Security } from '../../src/service/connection-settings.ts';
import { createLog } from '../../src/service/log.ts';

function configOf(security: Security) {
  const settings = { clientId: 'app', bootstrapServers: ['a:1', 'b:2'], security };
  return connectionConfig(new Cluster(settings, createLog('test', 'error'), () => undefined));
}

test('all brokers are named, and no topic is ever made by asking for it', () => {
  const config = configOf({ kind: 'plaintext' });
  assert.equal(config['bootstrap.servers'], 'a:1,b:2');
  assert.equal(config['allow.auto.create.topics'], false);
});

const secured: Security[] = [
  { kind: 'scram', ca: 'PEM', username: 'ann', password: 'p' },
  { kind: 'mtls', ca: 'PEM', certificate: 'C', key: 'K' },
  {
    kind: 'oauth',
    ca: 'PEM',
    client: { tokenUrl: 'http://t', id: 'app', secret: 's', scope: undefined },
  },
];
for (const security of secured) {
  test(`with ${security.kind} the host name is verified against the given CA`, () => {
    const config = configOf(security);
    assert.equal(config['ssl.ca.pem'], 'PEM');
    assert.equal(config['ssl.endpoint.identification.algorithm'], 'https');
    assert.match(config['security.protocol'] ?? '', /ssl$/);
  });
}

test('a classic member is cooperative, and may be away for 45 seconds', () => {
  const config = consumerConfig({ id: 'readers', protocol: 'classic', instanceId: 'one' });
  assert.equal(config['partition.assignment.strategy'], 'cooperative-sticky');
  assert.equal(config['session.timeout.ms'], 45_000);
  assert.equal(config['group.instance.id'], 'one');
  assert.equal(config['enable.auto.commit'], false);
});

test('with KIP-848 the broker has the say about assignment and session', () => {
  const config = consumerConfig({ id: 'readers', protocol: 'consumer', instanceId: undefined });
  assert.equal(config['group.protocol'], 'consumer');
  assert.ok(!('session.timeout.ms' in config) && !('partition.assignment.strategy' in config));
});

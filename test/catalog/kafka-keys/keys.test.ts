import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { departed } from '../../../src/catalog/kafka-keys/changes.ts';
import {
  changesBetween,
  keyOf,
  keysOf,
  nearestKey,
} from '../../../src/catalog/kafka-keys/index.ts';
import { type KafkaRelease, kinds } from '../../../src/catalog/kafka-keys/key.ts';
import { kafkaReleases, versions } from '../../../src/catalog/versions.ts';

const releases = Object.keys(kafkaReleases) as KafkaRelease[];

describe('the catalogue of keys', () => {
  it('knows the Kafka that krafter runs', () => {
    assert.ok(Object.values<string>(kafkaReleases).includes(versions.kafka.version));
  });

  it('has the default that a release had', async () => {
    assert.equal((await keyOf('producer', 'linger.ms', '3.9'))?.default, '0');
    assert.equal((await keyOf('producer', 'linger.ms', '4.0'))?.default, '5');
    assert.equal((await keyOf('producer', 'linger.ms', '4.3'))?.default, '5');
  });

  it('says since when a key is there', async () => {
    assert.equal(await keyOf('broker', 'cordoned.log.dirs', '4.2'), undefined);
    assert.equal((await keyOf('broker', 'cordoned.log.dirs', '4.3'))?.since, '4.3');
    assert.equal((await keyOf('broker', 'node.id', '4.3'))?.since, undefined);
  });

  it('finds the key that was meant, but none that Kafka keeps for itself', async () => {
    assert.equal(await nearestKey('producer', 'linger', '4.3'), 'linger.ms');
    assert.equal(await nearestKey('broker', 'min.insync.replica', '4.3'), 'min.insync.replicas');
    assert.equal(await nearestKey('consumer', 'unstable.api.versions.enabl', '4.3'), undefined);
  });

  it('tells new, removed and changed keys of two releases', async () => {
    const changes = await changesBetween('topic', '3.9', '4.0');
    const of = (name: string) => changes.find((change) => change.name === name);
    assert.equal(of('message.format.version')?.after, undefined);
    assert.equal(of('message.format.version')?.departure?.source, 'KIP-724');
    assert.deepEqual(
      [
        of('message.timestamp.after.max.ms')?.before,
        of('message.timestamp.after.max.ms')?.after,
      ].map((key) => key?.default),
      ['9223372036854775807', '3600000'],
    );
    assert.equal(of('cleanup.policy'), undefined);
    assert.deepEqual(await changesBetween('topic', '4.3', '4.3'), []);
  });
});

describe('departures', () => {
  for (const { kind, name, departure } of departed) {
    it(`${kind} ${name} went in ${departure.in}`, async () => {
      const first = releases.indexOf(departure.in as KafkaRelease);
      for (const release of releases.slice(Math.max(first, 0)))
        assert.equal(await keyOf(kind, name, release), undefined, release);
      // Keys that went before 3.9 are in no release of the catalogue.
      if (first > 0) assert.ok(await keyOf(kind, name, releases[first - 1] as KafkaRelease));
      for (const now of departure.now ?? []) assert.ok(await keyOf(kind, now, '4.3'), now);
    });
  }

  it('name every key that went and was not internal', async () => {
    for (const kind of kinds) {
      for (const release of releases) {
        const there = await keysOf(kind, '4.3');
        const gone = [...(await keysOf(kind, release)).values()].filter(
          ({ name, internal }) => !internal && !there.has(name),
        );
        assert.deepEqual(
          gone
            .map(({ name }) => name)
            .filter((name) => !departed.some((one) => one.kind === kind && one.name === name)),
          [],
        );
      }
    }
  });
});

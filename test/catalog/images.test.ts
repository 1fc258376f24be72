import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { imageFamily, runsOf } from '../../src/catalog/images.ts';

describe('what is known of images', () => {
  it("Confluent's releases are those of Kafka that its documentation lists", () => {
    const line = imageFamily('confluentinc/cp-kafka')?.line;
    const listed = {
      ...{ '4.1.4': '1.0', '5.0.0': '2.0', '5.5.15': '2.5', '6.0.0': '2.6', '6.2.1': '2.8' },
      ...{ '7.0.11': '3.0', '7.9.2': '3.9', '8.0.0': '4.0', '8.1.1-1-ubi9': '4.1' },
    };
    for (const [tag, release] of Object.entries(listed)) assert.equal(line?.(tag), release, tag);
    assert.equal(line?.('latest'), undefined);
  });

  it('what they run is told by their repository, or by their name alone', () => {
    const images = {
      'confluentinc/cp-kafka:8.0.0': 'broker',
      'registry.example.org:5000/team/kafka:1': 'broker',
      'quay.io/debezium/connect:3.0': 'connect',
      'example/my-kafka-connect': 'connect',
      'example/kafka-consumer': undefined,
      'tchiotludo/akhq': 'ui',
      'bitnamilegacy/zookeeper:3.9': 'zookeeper',
    };
    for (const [image, runs] of Object.entries(images)) assert.equal(runsOf(image), runs, image);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import kafkajs from 'kafkajs';
import { compression } from '../../src/kafka/compression.ts';

test('lz4 batches are written and read, as frames', async () => {
  const codec = kafkajs.CompressionCodecs[compression]() as {
    compress(encoder: { buffer: Buffer }): Promise<Buffer>;
    decompress(buffer: Buffer): Promise<Buffer>;
  };
  const buffer = Buffer.from('an event '.repeat(1000));
  const compressed = await codec.compress({ buffer });
  assert.equal(compressed.readUInt32LE(0), 0x184d2204);
  assert.ok(compressed.length < buffer.length / 10);
  assert.deepEqual(await codec.decompress(compressed), buffer);
});

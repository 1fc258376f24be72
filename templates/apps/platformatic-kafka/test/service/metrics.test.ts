import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consumerMetrics, producerMetrics } from '../../src/service/metrics.ts';

test('every reason of rejection is there from the start, with 0', async () => {
  const text = await producerMetrics('events').registry.metrics();
  for (const reason of [
    'invalid',
    'too_large',
    'unauthorised',
    'unknown_topic',
    'timeout',
    'queue_full',
  ]) {
    assert.match(text, new RegExp(`^app_events_rejected_total{reason="${reason}"} 0$`, 'm'));
  }
  assert.match(text, /^app_events_in_flight 0$/m);
  assert.match(text, /^# TYPE app_event_delivery_seconds histogram$/m);
});

test('every error class is there from the start, with 0', async () => {
  const text = await consumerMetrics('events').registry.metrics();
  for (const errorClass of ['Undecodable', 'InvalidEvent', 'HandlerFailed']) {
    const line = `^app_events_dead_lettered_total{error_class="${errorClass}"} 0$`;
    assert.match(text, new RegExp(line, 'm'));
  }
  for (const name of [
    'app_events_duplicate_total',
    'app_events_retried_total',
    'app_consumer_paused',
  ]) {
    assert.match(text, new RegExp(`^${name} 0$`, 'm'));
  }
});

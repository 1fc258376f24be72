import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  consumerMetrics,
  lagReporter,
  producerMetrics,
  transformerMetrics,
} from '../../src/service/metrics.ts';

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

test('both outcomes of a transaction are there from the start, with 0', async () => {
  const text = await transformerMetrics('events').registry.metrics();
  for (const outcome of ['committed', 'aborted']) {
    assert.match(text, new RegExp(`^app_transactions_total{outcome="${outcome}"} 0$`, 'm'));
  }
});

test('the lag of a partition that went to another member is shown no longer', async () => {
  const metrics = consumerMetrics('events');
  const report = lagReporter(metrics, 'events');
  report(new Map([[0, 7]]));
  report(new Map([[1, 3]]));
  const text = await metrics.registry.metrics();
  assert.match(text, /^app_consumer_lag_records{topic="events",partition="1"} 3$/m);
  assert.doesNotMatch(text, /partition="0"/);
});

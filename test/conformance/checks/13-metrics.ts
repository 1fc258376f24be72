import assert from 'node:assert/strict';
import { execa } from 'execa';
import { applicationMetrics } from '../../../src/catalog/metrics/application.ts';
import type { Check } from '../check.ts';
import { eventually } from '../eventually.ts';
import { scrape } from '../metrics.ts';
import { post } from '../records.ts';

export const metrics: Check = {
  number: 13,
  title: "metrics have the contract's names and types, and promtool has nothing to say",
  async run({ app, topic, producer, consumer }) {
    const sender = await producer();
    const receiver = await consumer();
    await Promise.all([sender.ready(), receiver.ready()]);
    const fresh = await scrape(sender);
    for (const reason of [
      'invalid',
      'too_large',
      'unauthorised',
      'unknown_topic',
      'timeout',
      'queue_full',
    ])
      assert.match(fresh, new RegExp(`^app_events_rejected_total\\{reason="${reason}"\\} 0`, 'm'));
    for (const kind of ['Undecodable', 'InvalidEvent', 'HandlerFailed'])
      assert.match(
        await scrape(receiver),
        new RegExp(`^app_events_dead_lettered_total\\{error_class="${kind}"\\} 0`, 'm'),
      );
    const events = await app.events(100, 13);
    await post(sender, events, 'visitorId');
    await post(sender, [{ eventId: 'no' }], 'visitorId');
    await eventually('all are applied', 30_000, async () => {
      return /^app_events_applied_total\{event_type="PageViewed"\} 100(\.0)?$/m.test(
        await scrape(receiver),
      );
    });
    await eventually('lag is told', 20_000, async () =>
      /^app_consumer_lag_records\{.*partition="\d+".*\}/m.test(await scrape(receiver)),
    );
    const pages = { producer: await scrape(sender), consumer: await scrape(receiver) };
    for (const { name, type, labels, service } of applicationMetrics) {
      const page = pages[service];
      // OpenMetrics names a counter's family without _total; the text format keeps it.
      assert.match(
        page,
        new RegExp(`^# TYPE ${name.replace(/_total$/, '(_total)?')} ${type}$`, 'm'),
        name,
      );
      const sample = type === 'histogram' ? `${name}_count` : name;
      const line = page
        .split('\n')
        .find((text) => text.startsWith(`${sample}{`) || text.startsWith(`${sample} `));
      assert.ok(line, `${name} has a sample`);
      for (const label of labels) assert.match(line, new RegExp(`[{,]${label}="`), name);
    }
    assert.match(
      pages.producer,
      new RegExp(`^app_events_produced_total\\{topic="${topic}"\\} 100(\\.0)?$`, 'm'),
    );
    assert.match(
      pages.consumer,
      new RegExp(`^app_events_consumed_total\\{topic="${topic}"\\} 100(\\.0)?$`, 'm'),
    );
    for (const page of Object.values(pages)) {
      const own = page.split('\n').filter((line) => /^(# (HELP|TYPE) )?app_/.test(line));
      const { exitCode, all } = await execa('promtool', ['check', 'metrics'], {
        input: `${own.join('\n')}\n`,
        reject: false,
        all: true,
      });
      assert.deepEqual([exitCode, all], [0, ''], 'promtool check metrics');
    }
    await receiver.end('SIGTERM');
    await sender.end('SIGTERM');
    return { metrics: applicationMetrics.length, promtoolComplaints: 0 };
  },
};

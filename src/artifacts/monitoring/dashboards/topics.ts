import { type Dashboard, query, timeseries } from './dashboard.ts';

export const topicsDashboard: Dashboard = {
  uid: 'kafka-topics',
  title: 'Kafka topics',
  description: 'What flows through each topic, and how much of it is kept.',
  variables: [{ name: 'topic', metric: 'kafka_log_size_bytes', label: 'topic' }],
  rows: () => [
    {
      title: 'Traffic',
      panels: [
        timeseries(
          {
            title: 'Records in',
            description: 'Appended by producers. A topic has a line from its first record on.',
            unit: 'ops',
          },
          query(
            'sum by (topic) (rate(kafka_topic_messages_in_total{topic=~"$topic"}[$__rate_interval]))',
            '{{topic}}',
          ),
        ),
        timeseries(
          {
            title: 'Bytes in',
            description: 'As they arrive, compressed.',
            unit: 'Bps',
          },
          query(
            'sum by (topic) (rate(kafka_topic_bytes_in_total{topic=~"$topic"}[$__rate_interval]))',
            '{{topic}}',
          ),
        ),
        timeseries(
          {
            title: 'Bytes out',
            description:
              'To consumers. 0 while bytes come in: nobody reads this topic, or its consumer has stopped.',
            unit: 'Bps',
          },
          query(
            'sum by (topic) (rate(kafka_topic_bytes_out_total{topic=~"$topic"}[$__rate_interval]))',
            '{{topic}}',
          ),
        ),
        timeseries(
          {
            title: 'Bytes per record',
            description: 'A jump is a producer that changed its format or its compression.',
            unit: 'bytes',
          },
          query(
            'sum by (topic) (rate(kafka_topic_bytes_in_total{topic=~"$topic"}[$__rate_interval])) / sum by (topic) (rate(kafka_topic_messages_in_total{topic=~"$topic"}[$__rate_interval]))',
            '{{topic}}',
          ),
        ),
      ],
    },
    {
      title: 'Size',
      panels: [
        timeseries(
          {
            title: 'Size',
            description: 'All replicas. Levels off once retention deletes as much as arrives.',
            unit: 'bytes',
          },
          query('sum by (topic) (kafka_log_size_bytes{topic=~"$topic"})', '{{topic}}'),
        ),
        timeseries(
          {
            title: 'Largest partitions',
            description:
              'One partition far above the others of its topic is a hot key: one consumer gets most of the work.',
            unit: 'bytes',
          },
          query(
            'topk(10, max by (topic, partition) (kafka_log_size_bytes{topic=~"$topic"}))',
            '{{topic}} {{partition}}',
          ),
        ),
      ],
    },
  ],
};

import { createServer, type Server } from 'node:http';
import {
  type ApplicationMetric,
  applicationMetrics,
  platformRejections,
} from '../../../src/catalog/metrics/application.ts';
import type { Service } from '../../../src/model/platform.ts';

/**
 * Stands in for a generated application: what docs/application-contract.md promises of
 * /metrics, counting up with each scrape. That the applications keep the contract is for
 * their own tests to show.
 */
export async function serveApplicationMetrics(service: Service): Promise<Server> {
  let scrapes = 0;
  const server = createServer((_, response) => {
    scrapes += 1;
    response.setHeader('Content-Type', 'text/plain; version=0.0.4');
    response.end(
      applicationMetrics
        .filter((metric) => metric.service === service.role)
        .flatMap((metric) => exposition(metric, service, scrapes))
        .join('\n')
        .concat('\n'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function exposition({ name, type, labels }: ApplicationMetric, service: Service, value: number) {
  const head = `# TYPE ${name} ${type}`;
  if (type === 'histogram') {
    return [
      head,
      `${name}_bucket{le="0.1"} ${value}`,
      `${name}_bucket{le="+Inf"} ${2 * value}`,
      `${name}_sum ${value}`,
      `${name}_count ${2 * value}`,
    ];
  }
  return [
    head,
    ...combinations(labels, service).map((text) => `${name}${text && `{${text}}`} ${value}`),
  ];
}

const combinations = (labels: readonly string[], service: Service): string[] =>
  labels
    .map((label) => valuesOf(label, service).map((value) => `${label}="${value}"`))
    .reduce<string[]>(
      (texts, own) => texts.flatMap((text) => own.map((each) => (text ? `${text},${each}` : each))),
      [''],
    );

function valuesOf(label: string, service: Service): readonly string[] {
  switch (label) {
    case 'topic':
      return [service.topic];
    case 'partition':
      return ['0', '1'];
    case 'reason':
      return ['invalid', 'too_large', ...platformRejections];
    case 'error_class':
      return ['Undecodable', 'InvalidEvent', 'HandlerFailed'];
    case 'event_type':
      return ['OrderPlaced'];
    default:
      throw new Error(`no values for the label ${label}`);
  }
}

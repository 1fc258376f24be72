import type { Platform } from '../../../model/platform.ts';
import { ownershipLines } from '../../header.ts';
import type { Dashboard, Panel, Row, Variable } from './dashboard.ts';

/** Of Grafana 12 and 13; newer ones migrate it when they load it. */
const schemaVersion = 42;

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own variable, not JavaScript's.
const datasource = { type: 'prometheus', uid: '${datasource}' };

/** The width of Grafana's grid. */
const columns = 24;
const sizes = {
  stat: { w: 4, h: 4 },
  timeseries: { w: 8, h: 8 },
} as const;

/** What Grafana reads from `monitoring/grafana/dashboards`. */
export function dashboardJson(platform: Platform, dashboard: Dashboard): string {
  const model = {
    uid: dashboard.uid,
    title: dashboard.title,
    description: [dashboard.description, ...ownershipLines].join(' '),
    tags: ['kafka', platform.name],
    schemaVersion,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'browser',
    links: [
      {
        type: 'dashboards',
        title: 'Kafka',
        icon: 'dashboard',
        tooltip: 'The other dashboards of Kafka',
        targetBlank: false,
        tags: ['kafka'],
        asDropdown: true,
        includeVars: false,
        keepTime: true,
      },
    ],
    templating: { list: [datasourceVariable, ...dashboard.variables.map(variable)] },
    panels: layOut(dashboard.rows(platform)),
  };
  return `${JSON.stringify(model, null, 2)}\n`;
}

const datasourceVariable = {
  type: 'datasource',
  name: 'datasource',
  label: 'Prometheus',
  query: 'prometheus',
  refresh: 1,
  includeAll: false,
  multi: false,
};

const variable = ({ name, metric, label }: Variable) => ({
  type: 'query',
  name,
  label: name,
  datasource,
  query: { query: `label_values(${metric}, ${label})`, refId: name },
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  allValue: '.+',
  current: { text: ['All'], value: ['$__all'] },
});

/** Rows below each other, panels from left to right. */
function layOut(rows: readonly Row[]): object[] {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: { x: 0, y, w: columns, h: 1 },
      panels: [],
    });
    y += 1;
    let x = 0;
    let rowHeight = 0;
    for (const panel of row.panels) {
      const { w, h } = sizes[panel.kind];
      if (x + w > columns) {
        x = 0;
        y += rowHeight;
      }
      panels.push({ id: panels.length + 1, ...panelModel(panel), gridPos: { x, y, w, h } });
      x += w;
      rowHeight = h;
    }
    y += rowHeight;
  }
  return panels;
}

const panelModel = (panel: Panel) => ({
  type: panel.kind,
  title: panel.title,
  description: panel.description,
  datasource,
  targets: panel.queries.map(({ expr, legend }, index) => ({
    refId: String.fromCharCode(65 + index),
    datasource,
    expr,
    legendFormat: legend || '__auto',
    ...(panel.kind === 'stat' ? { instant: true } : { range: true }),
  })),
  fieldConfig: {
    defaults: {
      unit: panel.unit,
      ...(panel.kind === 'stat'
        ? { color: { mode: 'thresholds' }, thresholds: thresholds(panel.red) }
        : {
            color: { mode: 'palette-classic' },
            min: panel.unit === 'percentunit' ? 0 : undefined,
            custom: { lineWidth: 1, fillOpacity: 5, showPoints: 'never', spanNulls: false },
          }),
    },
    overrides: [],
  },
  options:
    panel.kind === 'stat'
      ? {
          colorMode: 'background',
          graphMode: 'none',
          textMode: 'auto',
          reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
        }
      : {
          legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
          tooltip: { mode: 'multi', sort: 'desc' },
        },
});

function thresholds(red: Panel['red']) {
  const step = (color: string, value: number | null) => ({ color, value });
  const steps = () => {
    switch (red?.when) {
      case 'from':
        return [step('green', null), step('red', red.value)];
      case 'below':
        return [step('red', null), step('green', red.value)];
      case 'unless':
        return [step('red', null), step('green', red.value), step('red', red.value + 1)];
      case undefined:
        return [step('blue', null)];
    }
  };
  return { mode: 'absolute', steps: steps() };
}

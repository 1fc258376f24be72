import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Place } from '../../files/place.ts';
import { stretchOf } from '../fix.ts';
import type { Fix, Rule, Severity } from '../rule.ts';
import { type Format, pageOf, type Report, type Reported } from './report.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  Result.level
>;

/** SARIF 2.1.0, as code hosts and editors read it. */
export const sarif: Format = (report) => JSON.stringify(logOf(report), null, 2);

function logOf(report: Report): Log {
  const rules = [...new Set(report.reported.map(({ finding }) => finding.rule))];
  return {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'krafter',
            version: report.krafter,
            semanticVersion: report.krafter,
            informationUri: 'https://www.npmjs.com/package/krafter',
            rules: rules.map((rule) => descriptor(rule, report)),
          },
        },
        // Columns count UTF-16 units.
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { description: { text: 'The folder that was checked.' } } },
        results: report.reported.map((one) => result(one, rules.indexOf(one.finding.rule), report)),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.notes.map(({ file, says }) => ({
              level: 'note',
              message: { text: says },
              locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
            })),
          },
        ],
      },
    ],
  };
}

function descriptor(rule: Rule, report: Report): ReportingDescriptor {
  const help = `${rule.story}\n\nSource: ${rule.source}`;
  return {
    id: rule.code,
    name: rule.title,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.story },
    help: { text: help },
    helpUri: pageOf(report, rule.code),
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { precision: precision(rule), tags: ['kafka'] },
  };
}

/** In the words of GitHub's code scanning. */
const precision = ({ confidence }: Rule) => (confidence === 'high' ? 'very-high' : confidence);

function result({ finding, severity, fingerprint }: Reported, ruleIndex: number, report: Report) {
  const { at, rule, says, next, also = [], fix } = finding;
  return {
    ruleId: rule.code,
    ruleIndex,
    level: levels[severity],
    message: { text: next === undefined ? says : `${says}\n${next}` },
    locations: [{ physicalLocation: physical(at) }],
    ...(also.length > 0 && {
      relatedLocations: also.map((one, id) => ({
        id: id + 1,
        message: { text: one.says },
        physicalLocation: physical(one.at),
      })),
    }),
    partialFingerprints: { 'krafter/v1': fingerprint },
    ...(fix && isMendable(fix, report) && { fixes: [fixOf(fix, report)] }),
  };
}

function fixOf({ says, edits }: Fix, report: Report) {
  const files = [...new Set(edits.map(({ at }) => at.file))];
  return {
    description: { text: says },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: edits
        .filter(({ at }) => at.file === file)
        .flatMap((edit) => {
          const exact = exactEdit(edit, report);
          return exact
            ? [{ deletedRegion: region(exact.at), insertedContent: { text: exact.text } }]
            : [];
        }),
    })),
  };
}

const isMendable = ({ edits }: Fix, report: Report): boolean =>
  edits.every((edit) => exactEdit(edit, report) !== undefined);

/** As it would be made: quotes stay, a line goes with its end. */
function exactEdit(edit: Fix['edits'][number], { text }: Report) {
  const file = text(edit.at.file);
  const stretch = file && stretchOf(edit, file);
  return stretch && { at: file.place(stretch.start, stretch.end), text: stretch.text };
}

const physical = (at: Place) => ({ artifactLocation: artifact(at.file), region: region(at) });

const region = (at: Place) => ({
  startLine: at.line,
  startColumn: at.column,
  endLine: at.endLine,
  endColumn: at.endColumn,
});

const artifact = (file: string) => ({
  uri: file.split('/').map(encodeURIComponent).join('/'),
  uriBaseId: 'ROOT',
});

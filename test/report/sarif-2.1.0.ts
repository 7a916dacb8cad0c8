/**
 * The parts of the SARIF 2.1.0 schema (OASIS, Errata 01) that reports use: required properties, types, enumerations, bounds
 * and closed objects, as the standard has them.
 */
const text = { type: 'string' };
const bag = { type: 'object', properties: { tags: { type: 'array', uniqueItems: true, items: text } } };
const guid = {
  type: 'string',
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$',
};
const index = { type: 'integer', minimum: -1 };
const closed = (required: readonly string[], properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties: { ...properties, properties: bag },
});
const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more });
const message = closed([], { text, markdown: text, id: text, arguments: list(text) });
const multiformat = closed(['text'], { text, markdown: text });
const level = { enum: ['none', 'note', 'warning', 'error'] };
const artifactLocation = closed([], {
  uri: { type: 'string', format: 'uri-reference' },
  uriBaseId: text,
  index,
  description: message,
});
const region = closed([], {
  startLine: { type: 'integer', minimum: 1 },
  startColumn: { type: 'integer', minimum: 1 },
  endLine: { type: 'integer', minimum: 1 },
  endColumn: { type: 'integer', minimum: 1 },
  snippet: closed([], { text }),
});
const location = closed([], {
  physicalLocation: closed([], { artifactLocation, region }),
  logicalLocations: list({ type: 'object' }),
  message,
});
const componentReference = closed([], { name: text, index, guid });
const descriptor = closed(['id'], {
  id: text,
  guid,
  name: text,
  shortDescription: multiformat,
  fullDescription: multiformat,
  help: multiformat,
  helpUri: { type: 'string', format: 'uri' },
  defaultConfiguration: closed([], { enabled: { type: 'boolean' }, level, rank: { type: 'number' } }),
  relationships: list(
    closed(['target'], {
      target: closed([], { id: text, index, guid, toolComponent: componentReference }),
      kinds: list(text, { uniqueItems: true }),
      description: message,
    }),
    { uniqueItems: true },
  ),
});
const component = closed(['name'], {
  name: text,
  guid,
  organization: text,
  version: text,
  semanticVersion: text,
  informationUri: { type: 'string', format: 'uri' },
  shortDescription: multiformat,
  fullDescription: multiformat,
  rules: list(descriptor, { uniqueItems: true }),
  taxa: list(descriptor, { uniqueItems: true }),
});
const notification = closed(['message'], { message, level, locations: list(location) });
const result = closed(['message'], {
  ruleId: text,
  ruleIndex: index,
  guid,
  kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
  level,
  message,
  locations: list(location),
  fingerprints: { type: 'object', additionalProperties: text },
  partialFingerprints: { type: 'object', additionalProperties: text },
  baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
  suppressions: list(
    closed(['kind'], {
      kind: { enum: ['inSource', 'external'] },
      status: { enum: ['accepted', 'underReview', 'rejected'] },
      justification: text,
      guid,
      location,
    }),
    { uniqueItems: true },
  ),
});

export const sarif = {
  ...closed(['version', 'runs'], {
    $schema: { type: 'string', format: 'uri' },
    version: { enum: ['2.1.0'] },
    runs: list(
      closed(['tool'], {
        tool: closed(['driver'], { driver: component, extensions: list(component, { uniqueItems: true }) }),
        automationDetails: closed([], { id: text, guid, correlationGuid: guid, description: message }),
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        originalUriBaseIds: { type: 'object', additionalProperties: artifactLocation },
        taxonomies: list(component, { uniqueItems: true }),
        invocations: list(
          closed(['executionSuccessful'], {
            executionSuccessful: { type: 'boolean' },
            startTimeUtc: { type: 'string', format: 'date-time' },
            endTimeUtc: { type: 'string', format: 'date-time' },
            exitCode: { type: 'integer' },
            toolExecutionNotifications: list(notification),
          }),
        ),
        results: { anyOf: [{ type: 'null' }, list(result)] },
        artifacts: list({ type: 'object' }),
        versionControlProvenance: list({ type: 'object' }),
      }),
    ),
  }),
};

import { credential } from './credential';
import type { CredentialType } from './credential-type';

export const tokenMetrics: readonly CredentialType[] = [
  credential({
    id: 'token-metrics-api-key',
    provider: 'Token Metrics',
    system: 'tokenmetrics',
    category: 'market-data',
    what: 'API key',
    part: 'token',
    shape: {
      pattern: 'tm-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
      min: 39,
      max: 39,
      edge: '[0-9A-Za-z-]',
      prefix: 'tm-',
    },
    need: 'none',
    names: ['tokenmetricsapikey', 'tmapikey', 'tmaiapikey', 'nextpublictokenmetricsapikey', 'tokenmetricsclient'],
    words: ['tokenmetrics', 'tmaiapi', 'tokenmetricsclient'],
    hosts: ['api.tokenmetrics.com'],
    headers: ['x-api-key', 'api_key'],
    severity: 'medium',
    env: 'TOKEN_METRICS_API_KEY',
    facts: {
      source: 'sdk-or-observed',
      permissions:
        'One key per account; plan decides endpoints and monthly calls. No scopes and no permission endpoint in the SDKs.',
      rotateUrl: 'https://app.tokenmetrics.com/en/api',
      rotateHow: '(API dashboard)',
      docsUrl: 'https://developers.tokenmetrics.com/',
    },
  }),
];

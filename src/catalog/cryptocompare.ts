import { credential } from './credential';
import type { CredentialType } from './credential-type';

export const cryptocompare: readonly CredentialType[] = [
  credential({
    id: 'cryptocompare-api-key',
    provider: 'CryptoCompare / CoinDesk Data',
    system: 'cryptocompare',
    category: 'market-data',
    what: '(CCData) API key',
    part: 'key',
    shape: { pattern: '[0-9a-f]{64}', min: 64, max: 64, edge: '[0-9A-Za-z]' },
    need: 'near',
    names: ['cryptocompareapikey', 'coindeskapikey', 'ccdataapikey', 'cryptocomparekey', 'coindeskdataapikey'],
    words: ['cryptocompare', 'ccdata', 'coindesk'],
    hosts: ['min-api.cryptocompare.com', 'data-api.cryptocompare.com', 'data-api.coindesk.com', 'data-api.ccdata.io'],
    headers: ['authorization: apikey', 'x-api-key'],
    params: ['api_key'],
    severity: 'low',
    env: 'CRYPTOCOMPARE_API_KEY',
    facts: {
      source: 'documented',
      permissions: 'Read-only data: the risk is the bill, the quota and the ban, not funds. No scopes.',
      expiry: 'The free keyless tier ended on 2026-05-21: every path now needs a key.',
      rotateUrl: 'https://developers.coindesk.com/settings/api-keys',
      docsUrl: 'https://developers.coindesk.com/documentation/data-api/introduction',
    },
  }),
];

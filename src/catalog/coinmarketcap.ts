import { credential } from './credential';
import type { CredentialType } from './credential-type';

export const coinmarketcap: readonly CredentialType[] = [
  credential({
    id: 'coinmarketcap-api-key',
    provider: 'CoinMarketCap',
    system: 'coinmarketcap',
    category: 'market-data',
    what: 'API key',
    part: 'key',
    shape: {
      pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}',
      min: 32,
      max: 36,
      edge: '[0-9A-Za-z-]',
    },
    need: 'near',
    names: [
      'coinmarketcapapikey',
      'cmcapikey',
      'cmcproapikey',
      'coinmarketcapkey',
      'xcmcproapikey',
      'coinmarketcapproduction',
      'coinmarketcapsandbox',
      'cmckey',
    ],
    words: ['coinmarketcap', 'cmc'],
    hosts: ['pro-api.coinmarketcap.com', 'sandbox-api.coinmarketcap.com'],
    headers: ['x-cmc_pro_api_key'],
    params: ['CMC_PRO_API_KEY'],
    severity: 'low',
    env: 'COINMARKETCAP_API_KEY',
    facts: {
      source: 'documented',
      permissions:
        'Read-only data: the risk is the bill, the quota and the ban, not funds. No scopes. GET /v1/key/info reports plan, credit limits and usage of the calling key.',
      rotateUrl: 'https://pro.coinmarketcap.com/account',
      docsUrl: 'https://coinmarketcap.com/api/documentation/',
    },
    publicValues: [['b54bcf4d-1bc', 'a-4e8e-9a24-', '22ff2c3d462c'].join('')],
  }),
];

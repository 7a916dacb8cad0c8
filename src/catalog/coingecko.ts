import { credential } from './credential';
import type { CredentialType } from './credential-type';

export const coingecko: readonly CredentialType[] = [
  credential({
    id: 'coingecko-demo-api-key',
    provider: 'CoinGecko (Demo)',
    system: 'coingecko',
    category: 'market-data',
    what: '(Demo) API key',
    part: 'key',
    shape: { pattern: 'CG-[A-Za-z0-9]{24}', min: 27, max: 27, edge: '[0-9A-Za-z_-]', prefix: 'CG-' },
    need: 'none',
    names: [
      'coingeckodemoapikey',
      'coingeckoapikey',
      'cgapikey',
      'cgdemoapikey',
      'demoapikey',
      'nextpubliccoingeckoapikey',
    ],
    words: ['coingecko', 'pycoingecko'],
    hosts: ['api.coingecko.com'],
    headers: ['x-cg-demo-api-key'],
    params: ['x_cg_demo_api_key'],
    severity: 'low',
    env: 'COINGECKO_DEMO_API_KEY',
    facts: {
      source: 'documented',
      permissions:
        'Read-only data: the risk is the bill, the quota and the ban, not funds. No scopes. GET /api/v3/key (Pro) reports plan and remaining credits.',
      rotateUrl: 'https://www.coingecko.com/en/developers/dashboard',
      docsUrl: 'https://docs.coingecko.com/reference/authentication',
    },
  }),
  credential({
    id: 'coingecko-pro-api-key',
    provider: 'CoinGecko (Pro)',
    system: 'coingecko',
    category: 'market-data',
    what: '(Pro) API key',
    part: 'key',
    shape: { pattern: 'CG-[A-Za-z0-9]{24}', min: 27, max: 27, edge: '[0-9A-Za-z_-]', prefix: 'CG-' },
    need: 'none',
    names: ['coingeckoproapikey', 'coingeckoapikey', 'cgproapikey', 'proapikey'],
    words: ['coingecko'],
    hosts: ['pro-api.coingecko.com'],
    headers: ['x-cg-pro-api-key'],
    params: ['x_cg_pro_api_key'],
    severity: 'medium',
    env: 'COINGECKO_PRO_API_KEY',
    facts: {
      source: 'documented',
      permissions:
        'Read-only data: the risk is the bill, the quota and the ban, not funds. No scopes. GET /api/v3/key reports plan, rate limit and remaining credits.',
      rotateUrl: 'https://www.coingecko.com/en/developers/dashboard',
      docsUrl: 'https://docs.coingecko.com/reference/authentication',
    },
  }),
];

/** A policy that lists one key of Kraken's, whose value lies in a store; with the fingerprint of the value where it is known. */
export function krakenPolicy(store: string, fingerprint?: string): string {
  const known = { alg: 'hmac-sha256', pepperId: 'one', value: fingerprint };
  const print = fingerprint === undefined ? '' : `,\n        "fingerprint": ${JSON.stringify(known)}`;
  return `{
  "version": 1,
  "project": { "name": "bot", "team": "solo" },
  "environments": [{ "id": "live", "kind": "production" }],
  "owners": [{ "id": "ann", "kind": "person", "contact": "ann@example.org" }],
  "inventory": {
    "keys": [
      {
        "id": "kraken-live", "provider": "kraken", "kind": "api-key-pair", "class": "trading", "environment": "live",
        "owner": "ann", "purpose": "orders of the bot", "status": "active", "createdAt": "2026-01-01",
        "references": [{ "name": "KRAKEN_API_SECRET" }],
        "storage": { "store": "${store}" }${print}
      }
    ]
  }
}
`;
}

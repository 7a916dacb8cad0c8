/** A key of the inventory that lacks nothing; `more` changes it. */
export function key(more: object = {}): object {
  return {
    id: 'kraken-prod',
    provider: 'kraken',
    kind: 'api-key-pair',
    class: 'trading',
    environment: 'prod',
    owner: 'ada',
    deputy: 'bob',
    holders: ['ada'],
    consumers: ['desk'],
    purpose: 'orders of the desk',
    storage: { store: 'hashicorp-vault', ref: 'vault://desk/prod/kraken' },
    permissions: ['read', 'trade'],
    ipAllowlist: ['203.0.113.40/32'],
    generation: { method: 'provider-console', by: 'ada' },
    recovery: { method: 'reissue' },
    createdAt: '2026-10-20',
    status: 'active',
    ...more,
  };
}

/** A signing key in a KMS. */
export function signer(more: object = {}): object {
  return key({
    id: 'treasury',
    provider: 'ethereum',
    kind: 'private-key',
    class: 'signing',
    storage: { store: 'kms', ref: 'kms://desk/treasury' },
    permissions: ['sign'],
    generation: { method: 'kms', record: 'docs/ceremony.md' },
    recovery: { method: 'backup', testedAt: '2026-06-01' },
    ...more,
  });
}

/** A statement of Bob's that holds on the tests' date. */
export function statement(check: string, more: object = {}): object {
  return {
    check,
    statement: 'It was looked at and found to be so.',
    by: 'bob',
    role: 'security lead',
    at: '2026-10-01',
    evidence: [{ ticket: 'SEC-7' }],
    expiresAt: '2026-12-30',
    ...more,
  };
}

/** A valid policy as the one file of a project. `sections` replace its own. */
export function policyWith(keys: readonly object[], sections: object = {}): Record<string, string> {
  const policy = {
    version: 1,
    project: { name: 'desk', team: 'team' },
    environments: [
      { id: 'prod', kind: 'production' },
      { id: 'dev', kind: 'development' },
    ],
    owners: [
      { id: 'ada', kind: 'person', contact: 'ada@desk.example' },
      { id: 'bob', kind: 'person', contact: 'bob@desk.example' },
      { id: 'eve', kind: 'person', contact: 'eve@desk.example', status: 'departed', departedAt: '2026-08-01' },
    ],
    rotation: { defaultMaxAgeDays: 90, overlapHours: 24 },
    storage: { allowedStores: ['hashicorp-vault', 'kms', 'hsm'], allowedReferenceSchemes: ['vault', 'kms', 'hsm'] },
    inventory: { keys },
    ...sections,
  };
  return { 'keyward.policy.jsonc': `${JSON.stringify(policy, null, 1)}\n` };
}

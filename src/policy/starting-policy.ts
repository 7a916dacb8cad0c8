import type { KeyRecord } from './key-record';
import { type PolicyChoices, usualChoices } from './policy-choices';

/**
 * The text of a first policy: valid as it stands, strict where it matters, with comments that say what to decide. It states no
 * fact that nobody has given: what only people know is left out, with a comment that says what to write.
 * `name` is the project's; `today` is YYYY-MM-DD; `keys` are the records that the project's references suggest.
 */
export function startingPolicy(
  name: string,
  today: string,
  keys: readonly KeyRecord[] = [],
  choices: PolicyChoices = usualChoices(),
): string {
  const { profile, owner, contact, environments, maxAgeDays, stores } = choices;
  const solo = profile === 'solo';
  const text = JSON.stringify;
  const types = { solo: 'trading-bot', integrator: 'exchange-integration', 'data-api': 'market-data-api' }[profile];
  const kinds = environments.map((id) => `    { "id": ${text(id)}, "kind": ${text(id)} }`).join(',\n');
  const production = environments.includes('production') ? 'production' : (environments.at(-1) as string);
  return `{
  // The team's rules for its keys, and the list of the keys. Never write a key itself into this file.
  "version": 1,
  "project": { "name": ${text(name.slice(0, 60) || 'project')}, "team": "${solo ? 'solo' : 'team'}", "types": ["${types}"] },
${solo ? '' : TEAM_PROFILE}
  // Where the project runs. Keys are kept apart by environment.
  "environments": [
${kinds}
  ],

  // Who answers for a key.${solo ? ' Put your name and a way to reach you.' : ' Add the others, and a deputy for each: "deputy": "…".'}
  "owners": [{ "id": ${text(owner)}, "kind": "${solo ? 'person' : 'team'}", "contact": ${text(contact)} }],

  // Every key has an end. Three to six months is usual for keys that trade.
  "rotation": {
    "defaultMaxAgeDays": ${maxAgeDays},
    "warnBeforeDays": ${Math.min(14, Math.max(1, Math.floor(maxAgeDays / 3)))},
    "overlapHours": 24,
    // "onDemand": { "triggers": ["compromise", "personnel-change"], "runbook": "docs/runbooks/rotate-keys.md", "withinHours": 24 },
    "reminder": "editor"
  },

  // Where values may lie. An env file on your own machine is "env-file"; a vault is better.
  "storage": { "allowedStores": ${list(stores)} },

  // No key may withdraw; keys that trade in ${production} are bound to addresses.
  "permissions": {
    "withdrawal": "forbidden",
    "ipAllowlist": { "environments": ["production"], "classes": ["trading"] }${solo ? '' : SHARING}
  },
${solo ? '' : TEAM_RULES}${profile === 'data-api' ? ISSUED : ''}
  // What to do when a key leaks. Write the playbook and name it here.
  "incident": {
    // "playbook": "docs/runbooks/key-compromise.md",
    "revokeWithinMinutes": 60
  },

  "review": { "lastReviewedAt": "${today}", "everyDays": 180 },

  // One record for each key: the checklist tells what is missing. Names that stood in the project's files are listed:
  // put in who owns each key, what it is for, what it may do, when it was made and where its value lies.
  "inventory": { "keys": ${listed(keys)} }
}
`;
}

const TEAM_PROFILE = `
  // The standards that you answer for, such as "soc2", "iso27001-2022" or "ccss-9": the report shows which checks give
  // evidence for which control.
  "profile": { "standards": [], "failOn": "high" },
`;

const SHARING = `,
    "sharing": { "maxConsumers": 1, "maxHolders": 3 }`;

const TEAM_RULES = `
  // Everybody who can reach a key signs in with a second factor. List the accounts of exchanges, cloud and git:
  // "accounts": [{ "provider": "kraken", "method": "passkey" }]
  "authentication": { "mfa": { "required": true } },

  // An exception needs a reason, a second person and an end.
  "suppressionRules": { "maxDays": 180, "requireSecondPerson": true },

  // Where issuance, use, rotation and revocation are logged, and what watches the use of keys:
  // "logging": { "auditLog": { "location": "…", "events": ["issue", "use", "rotate", "revoke"], "retentionDays": 365 } },
  // "monitoring": { "tool": "…", "signals": ["request-rate", "new-ip"], "alertChannel": "…" },
`;

const ISSUED = `
  // The keys that you give to your customers. Say how they are made and kept, where the code does not show it:
  // "issuedKeys": { "entropyBits": 256, "storedAs": "hash", "shownOnce": true, "rateLimit": "per-key", "inUrl": false },
  // and their form, so that they are found in repositories, yours and others':
  // "detection": { "ownKeyFormats": [{ "id": "live", "pattern": "acme_live_[0-9A-Za-z]{32}", "prefix": "acme_live_" }] },
`;

const list = (words: readonly string[]) => `[${words.map((w) => JSON.stringify(w)).join(', ')}]`;

function listed(keys: readonly KeyRecord[]): string {
  return keys.length === 0 ? '[]' : JSON.stringify(keys, null, 2).replaceAll('\n', '\n  ');
}

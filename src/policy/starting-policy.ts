import type { KeyRecord } from './key-record';

/**
 * The text of a first policy: valid as it stands, strict where it matters, with comments that say what to decide.
 * `name` is the project's; `today` is YYYY-MM-DD; `keys` are the records that the project's references suggest.
 */
export function startingPolicy(name: string, today: string, keys: readonly KeyRecord[] = []): string {
  const project = JSON.stringify(name.slice(0, 60) || 'project');
  return `{
  // The team's rules for its keys, and the list of the keys. Never write a key itself into this file.
  "version": 1,
  "project": { "name": ${project}, "team": "solo" },

  // Where the project runs. Keys are kept apart by environment.
  "environments": [
    { "id": "development", "kind": "development" },
    { "id": "production", "kind": "production" }
  ],

  // Who answers for a key. Put your name and a way to reach you.
  "owners": [{ "id": "me", "kind": "person", "contact": "me@example.org" }],

  // Every key has an end. Three to six months is usual for keys that trade.
  "rotation": { "defaultMaxAgeDays": 90, "warnBeforeDays": 14, "reminder": "editor" },

  // Where values may lie. An env file on your own machine is "env-file"; a vault is better.
  "storage": { "allowedStores": ["os-keychain", "1password"] },

  // No key may withdraw; keys that trade in production are bound to addresses.
  "permissions": { "withdrawal": "forbidden", "ipAllowlist": { "environments": ["production"], "classes": ["trading"] } },

  // What to do when a key leaks. Write the playbook and name it here.
  "incident": { "revokeWithinMinutes": 60 },

  "review": { "lastReviewedAt": "${today}", "everyDays": 180 },

  // One record for each key: the checklist tells what is missing. Names that stood in the project's files are listed:
  // put in who owns each key, what it is for, what it may do, when it was made and where its value lies.
  "inventory": { "keys": ${listed(keys)} }
}
`;
}

function listed(keys: readonly KeyRecord[]): string {
  return keys.length === 0 ? '[]' : JSON.stringify(keys, null, 2).replaceAll('\n', '\n  ');
}

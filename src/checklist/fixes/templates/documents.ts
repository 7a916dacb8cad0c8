import { credentialTypes } from '../../../catalog/all';
import type { KeyRecord } from '../../../policy/key-record';

/** SECURITY.md: how a stranger tells of a hole or of a leaked key. */
export function securityPolicy(contact: string): string {
  return `# Security

## Reporting

Contact: ${contact}

Please do not open a public issue for a vulnerability or a leaked key.

Say what you found, where, and how to see it. If it is a key, tell us where it can be read and do not use it: with the
first and last four characters we can tell which one it is.

We answer within two working days, and tell you when it is mended. A leaked key is revoked first and discussed later.

## What counts

- a key, token, wallet secret or recovery phrase of ours that others can read
- a way to use our keys, to place orders or to move funds without being allowed to
- a vulnerability in what this repository holds

## Versions

Mends go into the newest release.
`;
}

/** The key-compromise playbook: six steps, and whom to call. */
export function compromisePlaybook(contact: string): string {
  return `# A key is compromised

Begin at once, also on suspicion. Times count from the moment when somebody noticed. Write down what you do and when: it
is the timeline of the post-mortem.

## Contacts

| role | how to reach |
| --- | --- |
| on call | ${contact} |

## 1. Revoke (within the hour)

1. Find the key in the inventory (\`keyward.policy.jsonc\`): provider, environment, what it may do, who owns it.
2. Disable the key at the provider. For a key that can trade or withdraw: cancel open orders, and freeze withdrawals first.
3. For a signing key: move the funds to a fresh address before anything else, then revoke the roles and allowances of the old one.
4. Set the key's state to \`compromised\` in the inventory, with today's date.

## 2. Rotate

1. Issue a new key with the same rights or fewer, bound to the same addresses.
2. Put it into the secret store, deploy, and see that the service works with it.
3. Replace every other secret that lay in the same place: whoever read one could read all.

## 3. Review the logs

1. Check the access logs of the provider from the day when the key leaked: addresses, user agents, orders, withdrawals.
2. Check the audit log of the secret store, and who cloned or downloaded the repository.
3. Note each use that is not ours.

## 4. Find the root cause

How was the key exposed: a commit, a log, a chat, a laptop, a dependency? Since when, and who could read it? If it stands
in git's history, it stays known for good, whatever is rewritten later.

## 5. Communicate

1. Notify the owner of the key and the stakeholders of the service; customers when their data or funds were touched.
2. Tell the provider's security team.
3. Personal data: the data-protection authority hears of it within 72 hours.

## 6. Prevent

1. Write a post-mortem without blame within a week.
2. Update this playbook and the policy with what was learned.
3. Give each corrective action an owner and a day, and record them in \`incident.incidents\`.
`;
}

/** The steps of the playbook by the name that the check uses, each as a section to append. */
export const playbookSections: Readonly<Record<string, string>> = {
  revoke:
    '## Revoke\n\nDisable the key at the provider within the hour. For a key that can trade: cancel open orders and freeze withdrawals first.\n',
  rotate:
    '## Rotate\n\nIssue a new key with the same rights or fewer, put it into the secret store, deploy, and see that the service works with it.\n',
  'review the logs':
    '## Review the logs\n\nCheck the access logs of the provider and of the secret store from the day when the key leaked. Note each use that is not ours.\n',
  'root cause':
    '## Find the root cause\n\nHow was the key exposed, since when, and who could read it? Write a post-mortem without blame within a week.\n',
  communicate:
    '## Communicate\n\nNotify the owner, the stakeholders and the provider. Personal data: the data-protection authority hears of it within 72 hours.\n',
  prevent:
    '## Prevent\n\nUpdate this playbook and the policy with what was learned. Each corrective action has an owner and a day.\n',
};

/** How keys are rotated, on schedule and on demand. */
export const rotationRunbook = `# Rotate keys

Every key is rotated before it is older than the limit of \`keyward.policy.jsonc\`, and at once when

- it is compromised, or may be (see the playbook for compromised keys);
- somebody who knew it leaves the team;
- the provider or a dependency that can read it has an incident.

## Rotate one key

1. Look the key up in the inventory: owner, environment, consumers, rights, addresses.
2. Issue the new key at the provider with the same rights or fewer. Bind it to the same addresses.
3. Put it into the secret store beside the old one. Never send it by mail or chat.
4. Deploy the consumers with the new key, one after the other. Old and new are both valid for the overlap of the policy.
5. See in the logs that nobody uses the old key any more.
6. Revoke the old key at the provider.
7. Mark the key as rotated in the inventory (\`Keyward: Mark as Rotated\`), with its new expiry date.

## When it goes wrong

Go back to the old key while it is valid, and find out why. When the old key was compromised there is no way back: stop the
consumer instead.

## After a departure

List the keys that name the person as owner or holder, rotate each of them, and give them another owner.
`;

/** Text of a Markdown heading as its anchor: `Revoke kraken` is `#revoke-kraken`. */
export function anchorOf(provider: string): string {
  return `revoke-${provider
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`;
}

/** One section of the revocation procedures. */
export function revocationSection(provider: string): string {
  const page = credentialTypes.find((t) => t.system === provider.toLowerCase() && t.facts.rotateUrl)?.facts.rotateUrl;
  const name = provider
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return `## Revoke ${name}

1. Sign in${page ? ` at <${page}>` : ''} with the account that issued the key. Its second factor is with the owner of the key.
2. Find the key by its public id or label, never by its secret.
3. Cancel what the key has running (orders, jobs, webhooks), then delete or disable the key.
4. See that a call with the old key is refused.
5. Set \`status\` and \`revokedAt\` of the record, and tell the owner.
`;
}

/** Revocation procedures, a section for each provider of the inventory. */
export function revocationProcedures(providers: readonly string[]): string {
  return `# Revoke keys

Anyone on call may revoke a key; nobody has to be asked first. A key that was revoked in vain is issued again in minutes.

${providers.map(revocationSection).join('\n')}`;
}

/** How a signing key is born, with witnesses. */
export function keyCeremony(keys: readonly KeyRecord[]): string {
  const rows = keys.map((k) => `| ${k.id} | ${k.environment} | ${k.provider} | | | | |`).join('\n');
  return `# Key ceremony

A key that signs for funds is made once, in the presence of two people, on a device that keeps it.

## Before

- Two people: one acts, one watches and writes. Neither may do both.
- The device (HSM, hardware wallet) is new or reset, its firmware and its seal are checked, and its serial number is noted.
- No camera, phone or network in the room, unless the device itself needs it.

## The ceremony

1. Let the device make the key. No key is made on a computer and imported.
2. Write the recovery words by hand, or split them (Shamir, at least two of three). Never photograph or type them.
3. Note the public key or the address, and sign a test message with it.
4. Restore from the backup on a second device, and see that the address is the same.
5. Seal the backups and bring them to different places.
6. Fill in the record below; both people sign it.

## Records

| key | environment | device | date | address or public key | acted | watched |
| --- | --- | --- | --- | --- | --- | --- |
${rows || '| | | | | | | |'}
`;
}

/** The account of one incident. */
export function postMortem(id: string, openedAt: string, keys: readonly string[]): string {
  return `# Incident ${id}

- Opened: ${openedAt}
- Closed:
- Keys: ${keys.join(', ') || 'none named'}
- Written by:

## What happened

In three sentences, for somebody who was not there.

## Timeline

| time (UTC) | what |
| --- | --- |
| | noticed by |
| | key revoked |
| | new key in use |
| | stakeholders notified |

## Damage

Uses of the key that were not ours, from the logs: what, from where, how much.

## Root cause

Why was it possible? Ask why again until the answer is something that can be changed.

## Corrective actions

| action | owner | due | done |
| --- | --- | --- | --- |
| | | | |

## What went well, and what did not
`;
}

/** Alert rules of Prometheus for the use of keys. The two metrics are what a client that calls the provider should count. */
export const alertRules = `# Alerts on unusual use of keys. The services count what they call:
#   api_key_requests_total{key_id, status}     each request that is signed with a key; key_id is the public id
#   api_key_new_source_total{key_id}           first use of a key from an address that was never seen before (new-ip)
groups:
  - name: key-use
    rules:
      - alert: KeyRequestRate
        expr: sum by (key_id) (rate(api_key_requests_total[5m])) > 3 * sum by (key_id) (rate(api_key_requests_total[1d] offset 1d)) + 1
        for: 5m
        labels: { severity: page }
        annotations:
          summary: "{{ $labels.key_id }} is used three times as often as yesterday"
      - alert: KeyErrorRate
        expr: sum by (key_id) (rate(api_key_requests_total{status=~"401|403|429"}[5m])) > 0.1
        for: 10m
        labels: { severity: page }
        annotations:
          summary: "{{ $labels.key_id }} is refused: revoked, blocked or guessed at"
      - alert: KeyNewSource
        expr: increase(api_key_new_source_total[10m]) > 0
        labels: { severity: page }
        annotations:
          summary: "{{ $labels.key_id }} is used from a new address (new_ip)"
`;

import type { Reason } from '../scan/finding';

/** Why the scanner thinks so, in words. */
export const REASONS: Readonly<Record<Reason, string>> = {
  checksum: 'its checksum is right',
  prefix: 'its prefix is the published one',
  pair: 'its other half stands beside it',
  name: 'it is named so',
  header: 'it is sent in that header',
  parameter: 'it is that query parameter',
  host: "the provider's host stands beside it",
  call: 'it is handed to that function',
  option: 'it is that option',
  parent: 'the section around it says so',
  label: 'a label says so',
  'provider-near': 'the provider is named near it',
  shape: 'it has the exact shape',
  entropy: 'it looks random',
  'custom-rule': "a rule of the team's policy matches it",
};

const GENERAL = `keyward: finds hard-coded crypto API keys and wallet secrets, and checks how a project keeps its keys.

  keyward scan [PATH...]        find hard-coded credentials (default: this folder)
  keyward fix [PATH...]         move credentials to environment variables or a vault
  keyward checklist [DIR...]    run the key-lifecycle checklist
  keyward policy init|validate  write a starting policy; check one
  keyward baseline write|update record today's findings, so that only new ones fail
  keyward hook install|uninstall  a git pre-commit hook that scans what is staged
  keyward audit-log record|verify put on record what was done with a key; find lines that were changed
  keyward mcp                   the agents' tools over standard input and output; never gives a value

Every command: --format FORMAT, --output FILE, --config FILE, --quiet, --no-color, --help. keyward --version.
Exit status: 0 nothing at the failing level, 1 something, 2 a mistake to mend, 130 interrupted.
Nothing is sent anywhere, and no value is ever printed.
`;

const HELP: Readonly<Record<string, string>> = {
  scan: `keyward scan [PATH...]: find hard-coded credentials in files and folders (default: .)

  --stdin --stdin-filename NAME   one file from standard input
  --staged                        what git's index holds and HEAD does not
  --since REV                     what the work tree holds and REV did not
  --history [RANGE]               every blob of the history, once, with its first commit; one that is interrupted goes
                                  on where it stopped (--anew: from the start)
  --baseline FILE                 leave out what keyward baseline recorded
  --format text|json|sarif|markdown|html|junit|gitlab|github
                                  github: annotations of a workflow; gitlab: a secret detection report
  --include GLOB, --exclude GLOB  may be repeated
  --no-gitignore                  read files that git ignores, too (env files always are)
  --no-archives                   leave zip, tar and gzip files out (their members are read: a.zip!path/in/it)
  --fail-on critical|high|medium|low|never   default low
  --min-confidence certain|likely|possible   default likely: others are shown and do not fail
  --fail-on-local                 values in files that git ignores fail, too
  --show-ignored                  list what ignore comments cover
  --jobs N                        threads; default one a core
`,
  fix: `keyward fix [PATH...]: move credentials to environment variables or secret references

  --to env|keyring|1password|vault|aws|aws-ssm|gcp|azure|doppler|infisical|sops|dotenvx|kubernetes|github|gitlab|circleci|codespaces
       |hardhat-keystore|foundry-keystore
                      where to; default: fixes.store of the policy, else env. The store's own tool stores the value:
                      through standard input or a file that only you can read, never in an argument
  --stored            the values are in the store already: change the files only
  --add-loader        also make the project load the env file, or its script run under the store's tool
  --only RULE         only findings of this rule
  --dry-run           print the changes as a diff with the values masked
`,
  checklist: `keyward checklist [DIR...]: run the key-lifecycle checklist; several folders give a line each, worst first

  --format text|json|markdown|html|sarif|oscal
  --as-of YYYY-MM-DD  the date on which ages are computed
  --fail-on critical|high|medium|low|never   default: the policy's profile.failOn, else high
  --min-grade A|B|C|D  fail below this grade
  --profile NAME      show one standard: soc2, iso27001, gdpr, ccss, nist-csf, pci-dss, dora;
                      or solo: ten checks for one who works alone, without a grade
  --write-baseline FILE  record today's failures
  --baseline FILE     only failures that are not in it break the gate, or whose "until" there has passed
  --by PERSON         put the run on record in .keyward/audit.jsonl
  --evidence FILE.zip  also write one dated archive: the report in every form, the policy, the runs on record and
                      SHA-256 of each. The same files, policy and --as-of give the same bytes
`,
  'audit-log': `keyward audit-log verify [DIR]: find lines of .keyward/audit.jsonl that were changed, dropped or reordered

  --head PERSON=HASH  the last hash of somebody, noted before: says when the end was cut off; may be repeated
  --format text|json

keyward audit-log record EVENT [DIR] --by PERSON: put on record what was done

  EVENT  issue, rotate, suspend, resume, deactivate, compromise, revoke, destroy, suppress, attest, fix, checklist
         or policy-change
  --key ID, --check ID, --file PATH, --fingerprint HEX, --note TEXT   what it is about; names only, never a value
`,
  baseline: `keyward baseline write|update [PATH...]: record today's findings, so that only new ones fail

  --baseline FILE                 default .keyward/baseline.json; it holds salted fingerprints, no values
  --include GLOB, --exclude GLOB  may be repeated

  write starts a baseline; update adds what is new and drops what is gone. An entry may get an "until": "YYYY-MM-DD".
`,
  hook: `keyward hook install|uninstall: a git pre-commit hook that scans what is staged

  Goes where this repository's commits look: core.hooksPath, husky, lefthook, pre-commit, or git's own folder.
  A hook that is there stays and runs too.
`,
  mcp: `keyward mcp: what coding agents can ask of Keyward, over standard input and output (Model Context Protocol)

  --read-only     without fix_finding: nothing is changed

  Works in the folder that it is started in, and nowhere else. Tools: list_findings, fix_finding, run_checklist. They give
  places, kinds and statuses, never a value. An MCP client starts it: {"command": "npx", "args": ["keyward", "mcp"]}.
`,
  policy: `keyward policy init|validate [DIR]

  init       write a starting keyward.policy.jsonc, with the keys that the project reads. At a terminal it asks what
             these leave open; elsewhere that is as usual:
    --profile solo|integrator|data-api   a developer alone, a team that trades, a company that issues keys
    --owner NAME --contact TEXT          who answers for the keys
    --environments LIST                  of development, test, staging, production
    --max-age-days N                     after how many days a key is rotated; default 90
    --stores LIST                        where values may lie
  validate   check the policy; every problem with its place
`,
};

/** Help of a command, or of all. */
export function helpFor(command: string): string {
  return HELP[command] ?? GENERAL;
}

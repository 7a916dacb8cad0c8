// Pipelines and hooks that a fix writes. They use what the README shows.

export const PRE_COMMIT_REPOSITORY = `  - repo: https://github.com/keyward/keyward
    rev: v0.1.0
    hooks:
      - id: keyward
`;

export const preCommit = `# Scans what is staged for keys before each commit. Once: pip install pre-commit && pre-commit install
repos:
${PRE_COMMIT_REPOSITORY}`;

export const githubScan = `name: Secret scan

on:
  push:
  pull_request:
  schedule:
    - cron: "17 4 * * 1" # everything again, once a week: rules get better, old commits stay

permissions:
  contents: read

jobs:
  keyward:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # the scan of the history needs all commits
          persist-credentials: false
      - run: npx --yes keyward scan
      - if: github.event_name == 'schedule'
        run: npx --yes keyward scan --history
`;

export const gitlabScan = `
# Scans each change, and everything again when the pipeline runs on a schedule.
secret-scan:
  image: node:22
  variables:
    GIT_DEPTH: "0"
  script:
    - npx --yes keyward scan
    - if [ "$CI_PIPELINE_SOURCE" = "schedule" ]; then npx --yes keyward scan --history; fi
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "push"
    - if: $CI_PIPELINE_SOURCE == "schedule"
`;

export const rotationReminder = `name: Key due dates

# Opens an issue when a key of keyward.policy.jsonc is due or overdue. It changes no key: whoever owns it does.
on:
  schedule:
    - cron: "41 5 * * 1"
  workflow_dispatch:

permissions:
  contents: read
  issues: write

jobs:
  due:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - id: due
        run: |
          npx --yes keyward checklist --fail-on never --format json --output checklist.json
          node -e '
            const { results } = JSON.parse(require("fs").readFileSync("checklist.json", "utf8"));
            const open = results.filter((r) => /^KW-ROT-0[23]$/.test(r.check) && /^(?:warn|fail)$/.test(r.status));
            require("fs").writeFileSync("due.md", open.map((r) => "- " + r.check + ": " + r.message).join("\\n"));
          '
          if [ -s due.md ]; then echo "found=yes" >> "$GITHUB_OUTPUT"; fi
      - if: steps.due.outputs.found == 'yes'
        env:
          GH_TOKEN: \${{ github.token }}
        run: |
          open=$(gh issue list --state open --search "Keys are due in:title" --json number --jq length)
          if [ "$open" = 0 ]; then gh issue create --title "Keys are due" --body-file due.md; fi
`;

const INTERVAL = '    schedule:\n      interval: weekly\n';

/** Dependabot's configuration for ecosystems and the folders that hold their manifests. */
export function dependabot(updates: readonly (readonly [ecosystem: string, folder: string])[]): string {
  const entries = updates.map(
    ([ecosystem, folder]) => `  - package-ecosystem: ${ecosystem}\n    directory: ${folder}\n${INTERVAL}`,
  );
  return `version: 2\nupdates:\n${entries.join('')}`;
}

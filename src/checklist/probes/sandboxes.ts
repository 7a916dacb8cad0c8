import { matchesGlob } from '../../project/globs';
import { pipelines } from '../formats/pipelines';
import { documentOf } from '../formats/read';
import { at, entriesOf, itemsOf, textOf, textsOf } from '../formats/tree';
import { isKeyName } from '../key-references';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

/** Files of development and test. */
const NON_PRODUCTION =
  /(?:^|\/)\.env\.(?:dev(?:elopment)?|test(?:ing)?|local|sandbox)\b[\w.]*$|(?:^|\/)(?:dev|test|local)\.env$|(?:^|\/)values[-_.](?:dev|test|local)[\w.-]*\.ya?ml$|(?:^|\/)overlays\/(?:dev|test|local)[\w-]*\/|(?:^|\/)config\/(?:dev|test|local)[\w.-]*$|(?:^|\/)(?:docker-)?compose\.(?:dev|test|local)[\w.-]*\.ya?ml$|(?:^|\/)config[-_.](?:dev|dry|test|paper|sandbox)[\w.-]*\.json$/i;

/** Interfaces that move real money. */
const LIVE_HOST =
  /\b(?:f?api\d?\.binance\.com|api\.kraken\.com|futures\.kraken\.com|api(?:\.exchange|\.pro|-public)?\.coinbase\.com|api\.bybit\.com|www\.okx\.com|api(?:-futures)?\.kucoin\.com|api\.gateio\.ws|api\.bitget\.com|api\.huobi\.pro|api\.bitfinex\.com|www\.bitmex\.com|www\.deribit\.com|api\.gemini\.com)\b/g;
/** Main networks' nodes; only with a key's name beside them are they more than reading. */
const LIVE_NODE =
  /\b(?:(?:eth|base|arb|opt|polygon|bnb|avax|solana)-mainnet\.g\.alchemy\.com|(?:mainnet|polygon-mainnet|arbitrum-mainnet|optimism-mainnet)\.infura\.io|api\.mainnet-beta\.solana\.com|mainnet\.helius-rpc\.com|cloudflare-eth\.com|bsc-dataseed\d?\.binance\.org|mainnet\.base\.org|arb1\.arbitrum\.io|polygon-rpc\.com)\b/g;
const NAME = /\b[A-Z][A-Z0-9_]{3,79}\b/g;
const ACTS = /\/private\/|\/sapi\/|\/orders?\b|\bcreate_?order|\bapi_?secret\b|\bX-MBX-APIKEY\b/i;
/** A test that stubs its host sends nothing. */
const STUBBED =
  /\bnock\(|\bmsw\b|\bresponses\.(?:add|activate)|\brequests_mock\b|\bhttpx_mock\b|\brespx\b|\bjest\.mock\(|\bvi\.mock\(|\bsinon\b|\bMockAdapter\b|\bhttptest\b|\bpatch\(|\bmock/i;

/** Live interfaces in files that are for development and test. */
export function liveEndpoints(project: ProjectTexts): readonly Observation[] {
  const paths = project.policy.policy?.environments
    ?.filter((e) => e.kind !== 'production')
    .flatMap((e) => e.paths ?? []);
  const listed = (path: string) => (paths ?? []).some((p) => matchesGlob(path, p));
  return project.texts
    .filter((f) => !['docs', 'lock', 'policy', 'other'].includes(f.class))
    .filter((f) => f.class === 'test' || NON_PRODUCTION.test(f.path) || listed(f.path))
    .filter((f) => f.class !== 'template')
    .flatMap((file) => [...hosts(file), ...liveBots(file)]);
}

function hosts(file: ProjectText): Observation[] {
  const text = withoutComments(file);
  const named = [...text.matchAll(NAME)].some((m) => isKeyName(m[0], 'crypto'));
  if (file.class === 'test' && STUBBED.test(text)) {
    return [];
  }
  // A test that names no key and places no order asks for public data.
  const acts = file.class !== 'test' || named || file.findings.some((f) => f.state === 'secret') || ACTS.test(text);
  const found = [...(acts ? text.matchAll(LIVE_HOST) : []), ...(named ? text.matchAll(LIVE_NODE) : [])];
  return found
    .filter((m) => !isPublicData(text, m.index))
    .map((m) => seen(file, m.index, 'liveEndpointInNonProduction', 'fail'));
}

/** Public interfaces of market data place no order. */
function isPublicData(text: string, offset: number): boolean {
  return /^[\w.-]+(?:\/0\/public\/|\/api\/v\d\/(?:ticker|klines|depth|time|exchangeInfo|market)|\/products?\b|\/v5\/market\/)/.test(
    text.slice(offset, offset + 120),
  );
}

function liveBots(file: ProjectText): Observation[] {
  const dry = file.path.endsWith('.json') ? at(documentOf(file), 'dry_run') : undefined;
  return dry && textOf(dry) === 'false' ? [seen(file, dry.at, 'liveEndpointInNonProduction', 'fail')] : [];
}

const SANDBOX =
  /\bset_?[sS]andbox_?[mM]ode\(\s*(?!false|False)|\b(?:sandbox|testnet|dry_?run|paper)\w*["']?\s*[:=]\s*(?:!!?)?(?:process\.env|os\.environ|os\.getenv|env\b|bool\()|\bsandbox(?:_?mode)?["']?\s*[:=]\s*["']?(?:true|True|1)\b|\btestnet["']?\s*[:=]\s*["']?(?:true|True|1)\b|\buse_?testnet["']?\s*[:=]\s*["']?(?:true|True|1)\b|\b(?:BINANCE|BYBIT|OKX|KUCOIN|DERIBIT|BITMEX)?_?(?:TESTNET|SANDBOX)["']?\s*[:=]\s*["']?(?:true|1)\b|testnet\.binance(?:future)?\.(?:vision|com)|\bapi[.-](?:public\.)?sandbox\b|\bsandbox\.(?:api|exchange|gemini|coinbase)|api-testnet\.bybit\.com|test\.deribit\.com|testnet\.bitmex\.com|demo-futures\.kraken\.com|\bdry_?run["']?\s*[:=]\s*["']?(?:true|True|1)\b|--dry-run\b|\bpaper_?trad(?:e|ing)|\b(?:sepolia|holesky|hoodi|amoy|baseSepolia|arbitrumSepolia|fuji|devnet)\b|\banvil\b|\bhardhat\s+node\b|\blocalhost:8545\b|127\.0\.0\.1:8545\b/i;

/** Where a sandbox, a test network or a dry run is configured. */
export function sandboxes(project: ProjectTexts): readonly Observation[] {
  return project.of('source', 'config', 'env', 'template', 'container', 'k8s', 'ci').flatMap((file) => {
    const found = withoutComments(file).search(SANDBOX);
    return found < 0 ? [] : [seen(file, found, 'sandboxSeen', 'pass')];
  });
}

const PRODUCTION = /^(?:prod|production|live|main-?net)/i;
const DEPLOYS =
  /\b(?:kubectl\s+(?:apply|set|rollout)|helm\s+(?:upgrade|install)|terraform\s+apply|tofu\s+apply|pulumi\s+up|serverless\s+deploy|sls\s+deploy|cdk\s+deploy|sam\s+deploy|fly(?:ctl)?\s+deploy|vercel\s+(?:deploy\s+)?--prod|netlify\s+deploy\s+--prod|forge\s+script\b[^\n]*--broadcast|hardhat\s+(?:run\s+scripts\/deploy|deploy|ignition\s+deploy)|anchor\s+deploy|docker\s+compose\b[^\n]*\bup\s+-d|ansible-playbook|ssh\s+\S+@|rsync\b[^\n]*\S+:|eb\s+deploy|gcloud\s+(?:run|app)\s+deploy|aws\s+(?:ecs\s+update-service|lambda\s+update-function-code|s3\s+sync)|argocd\s+app\s+sync|kamal\s+deploy)\b/;

/** Jobs that deploy, and whether a guard stands before production. */
export function productionGuards(project: ProjectTexts): {
  readonly guards: readonly Observation[];
  readonly deploys: boolean;
} {
  const guards: Observation[] = [];
  let deploys = false;
  for (const { file, jobs, system } of pipelines(project)) {
    for (const job of jobs) {
      const isProduction = PRODUCTION.test(job.environment ?? '');
      const runs = job.steps.map((s) => s.run ?? '').join('\n');
      deploys ||= isProduction || DEPLOYS.test(runs);
      const manual =
        textOf(at(job.body, 'when')) === 'manual' ||
        itemsOf(at(job.body, 'rules')).some(
          (r) => textOf(at(r, 'when')) === 'manual' || /CI_COMMIT_REF_PROTECTED/.test(textOf(at(r, 'if'))),
        );
      const guarded =
        (system === 'github' && isProduction) ||
        (system === 'gitlab' && isProduction && manual) ||
        (system === 'azure' && isProduction);
      if (guarded) {
        guards.push(seen(file, job.environmentAt ?? job.at, 'productionGuardSeen', 'pass'));
      }
    }
    if (system === 'circleci') {
      const approval = approvalsOf(documentOf(file));
      if (approval !== undefined) {
        guards.push(seen(file, approval, 'productionGuardSeen', 'pass'));
      }
    }
  }
  return { guards, deploys };
}

/** The place of an approval job in a CircleCI workflow. */
function approvalsOf(root: ReturnType<typeof documentOf>): number | undefined {
  return entriesOf(at(root, 'workflows'))
    .flatMap((w) => itemsOf(at(w.value, 'jobs')))
    .flatMap((j) => entriesOf(j))
    .find((e) => textsOf(at(e.value, 'type')).includes('approval'))?.at;
}

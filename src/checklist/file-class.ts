import { isEnvFile, isEnvTemplate } from '../project/env-files';

/** What kind of file a path is: a literal in it belongs to exactly one check, that of its class. */
export type FileClass =
  | 'lock'
  | 'policy'
  | 'ci'
  | 'container'
  | 'iac'
  | 'k8s'
  | 'docs'
  | 'template'
  | 'env'
  | 'test'
  | 'source'
  | 'bundle'
  | 'config'
  | 'other';

const VENDOR =
  /(?:^|\/)(?:node_modules|vendor|_vendor|third_?party|bower_components|jspm_packages|Godeps|\.yarn|\.git|dist|build|out|target|\.venv|venv|__pycache__|coverage|artifacts|cache|\.next|\.nuxt|\.svelte-kit|typechain(?:-types)?)\/|(?:^|\/)lib\/openzeppelin|\.min\.(?:js|css)$|\.map$/;

const LOCK =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Pipfile\.lock|Cargo\.lock|go\.sum|composer\.lock|Gemfile\.lock|bun\.lockb?)$/;

const RULES: readonly (readonly [FileClass, RegExp])[] = [
  [
    'ci',
    /^\.github\/(?:workflows|actions)\/|^\.gitlab\/.*\.ya?ml$|(?:^|\/)(?:\.gitlab-ci\.ya?ml|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml|Jenkinsfile[\w.-]*)$|^\.circleci\/|^\.woodpecker|^\.drone\.ya?ml$/,
  ],
  [
    'container',
    /(?:^|\/)(?:Dockerfile[\w.-]*|[\w.-]+\.Dockerfile|Containerfile[\w.-]*|\.dockerignore|docker-bake\.hcl|(?:docker-)?compose[\w.-]*\.ya?ml)$/i,
  ],
  [
    'iac',
    /\.(?:tf|tofu|tfvars|tfstate)$|\.tf\.json$|\.tfvars\.json$|\.tfstate\b|(?:^|\/)(?:serverless\.ya?ml|Pulumi[\w.-]*\.ya?ml|cdk\.json|samconfig\.toml)$|(?:^|\/)(?:group_vars|host_vars)\//,
  ],
];

const DOCS =
  /\.(?:md|mdx|rst|adoc|ipynb|http|rest|har|eml|log)$|\.postman_(?:collection|environment)\.json$|(?:^|\/)insomnia[\w.-]*\.(?:json|ya?ml)$|^\.github\/(?:ISSUE_TEMPLATE|PULL_REQUEST_TEMPLATE)/i;
const TEXT = /\.txt$/i;
const REQUIREMENTS = /(?:^|\/)(?:requirements|constraints)[\w.-]*\.txt$|(?:^|\/)robots\.txt$|CMakeLists\.txt$/;
const TEST =
  /(?:^|\/)(?:(?:[\w-]+[-_])?tests?|__tests__|spec|fixtures?|mocks?|__mocks__|testdata|testsuite|testing|testutils?|e2e|cypress)\/|(?:^|\/)(?!latest\/|contest\/)[a-z]+test\/[^/]+\.go$|(?:^|\/)(?:testing|testutils?|fake\w*|mock\w*)\.go$|\.(?:test|spec)\.[\w]+$|_test\.(?:go|py|rb|exs?)$|(?:^|\/)(?:test_[\w-]+|conftest)\.py$|Tests?\.(?:java|kt|cs)$|\.t\.sol$/;
const SOURCE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|pyw?|go|java|kts?|scala|php|rb|cc?|cpp|cxx|h|hpp|cs|rs|swift|m|sol|vy|cairo|move|sh|bash|zsh|ps1|psm1|pl|lua|dart|exs?|clj|r|jl|sql|groovy)$|(?:^|\/)(?:Makefile|justfile|Procfile)$|(?:^|\/)scripts\//i;
const CONFIG =
  /\.(?:jsonc?|json5|ya?ml|toml|ini|cfg|conf|properties|xml|plist|config|service)$|(?:^|\/)(?:\.npmrc|\.pypirc|\.netrc|credentials)$/i;

/** What a bundler or minifier wrote, or a library's release that was copied in: nobody mends it where it stands. */
function isBundle(path: string, text: string): boolean {
  if (!/\.(?:[cm]?js|css)$/.test(path)) {
    return false;
  }
  const head = text.slice(0, 4000);
  return (
    /(?:^|\/)[\w.]+-\d+\.\d+(?:\.\d+)?[\w.-]*\.js$/.test(path) ||
    /__webpack_require__|webpackBootstrap|webpackJsonp|^\(?function(?: e\(t,n,r\)|\(\)\{function r\(e,n,t\))|^\(function\(\)\{function r\(/m.test(
      head,
    ) ||
    (text.length > 5000 && text.length / (text.split('\n').length || 1) > 500)
  );
}

/** Whether a path is that of a test, a fixture or a helper of tests. */
export function isTestPath(path: string): boolean {
  return TEST.test(path);
}

/** Vendored and generated files: never read. */
export function isVendored(path: string): boolean {
  return VENDOR.test(path);
}

const K8S = /^apiVersion:\s*\S/m;
const KIND = /^kind:\s*\S/m;
const CLOUDFORMATION = /^(?:AWSTemplateFormatVersion|Transform):|"AWSTemplateFormatVersion"\s*:/m;

/** The class of a file; the first that matches wins. `text` decides between kinds of YAML; `charts` are folders with a Chart.yaml. */
export function fileClass(
  path: string,
  text: string,
  policyPaths: ReadonlySet<string>,
  charts: readonly string[],
): FileClass {
  if (LOCK.test(path)) {
    return 'lock';
  }
  if (policyPaths.has(path)) {
    return 'policy';
  }
  for (const [name, rule] of RULES) {
    if (rule.test(path)) {
      return name;
    }
  }
  const yaml = /\.ya?ml$/.test(path);
  if (
    (yaml || path.endsWith('.json')) &&
    /^(?:swagger|openapi):\s*["']?\d|^\s*\{\s*"(?:swagger|openapi)"\s*:/m.test(text.slice(0, 20_000))
  ) {
    return 'docs'; // an interface's description, with its examples
  }
  if (yaml || path.endsWith('.json') || path.endsWith('.template')) {
    if (CLOUDFORMATION.test(text)) {
      return 'iac';
    }
  }
  if (yaml) {
    const inChart = charts.some(
      (c) => path.startsWith(c) && /^(?:values[\w.-]*\.ya?ml$|templates\/|Chart\.yaml$)/.test(path.slice(c.length)),
    );
    if (inChart || /(?:^|\/)kustomization\.ya?ml$/.test(path) || (K8S.test(text) && KIND.test(text))) {
      return 'k8s';
    }
  }
  if (DOCS.test(path) || (TEXT.test(path) && !REQUIREMENTS.test(path))) {
    return 'docs';
  }
  if (isEnvTemplate(path)) {
    return 'template';
  }
  if (isEnvFile(path)) {
    return 'env';
  }
  if (TEST.test(path)) {
    return 'test';
  }
  return SOURCE.test(path) ? (isBundle(path, text) ? 'bundle' : 'source') : CONFIG.test(path) ? 'config' : 'other';
}

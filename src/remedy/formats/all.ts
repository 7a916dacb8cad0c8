import type { Idiom } from '../idiom';
import { ansible } from './ansible';
import { appsettings } from './appsettings';
import { brownie } from './brownie';
import { circleci } from './circleci';
import { compose } from './compose';
import { dockerfile } from './dockerfile';
import { envTemplate } from './env-template';
import { envrc } from './envrc';
import { foundry } from './foundry';
import { freqtrade } from './freqtrade';
import { githubActions } from './github-actions';
import { gitlabCi } from './gitlab-ci';
import { helmValues } from './helm-values';
import { hummingbot } from './hummingbot';
import { kubernetes } from './kubernetes';
import { launchJson } from './launch-json';
import { mcpJson } from './mcp-json';
import { notebook, notebookCell } from './notebook';
import { npmrc } from './npmrc';
import { serverless } from './serverless';
import { settingsFile } from './settings-file';
import { springProperties } from './spring-properties';
import { springYaml } from './spring-yaml';
import { systemd } from './systemd';
import { terraform } from './terraform';
import { tfvars } from './tfvars';

/** Formats of configuration files, most particular first. */
export const formats: readonly Idiom[] = [
  envTemplate,
  envrc,
  appsettings,
  launchJson,
  mcpJson,
  notebookCell,
  notebook,
  freqtrade,
  compose,
  githubActions,
  gitlabCi,
  circleci,
  serverless,
  brownie,
  springYaml,
  springProperties,
  hummingbot,
  helmValues,
  kubernetes,
  ansible,
  foundry,
  dockerfile,
  terraform,
  tfvars,
  npmrc,
  systemd,
  settingsFile,
];

import { parseDocument } from 'yaml';
import { exported, interpolatedYaml } from './interpolated-yaml';

/** brownie-config.yaml expands variables, and loads the file that `dotenv:` names. Source: Brownie docs, configuration file. */
export const brownie = interpolatedYaml({
  id: 'brownie',
  applies: (file) => /(?:^|\/)brownie-config\.ya?ml$/.test(file),
  mark: (variable) => `\${${variable}}`,
  loading: ({ text }, envFile) => ({
    loaded: parseDocument(text).has('dotenv'),
    commands: exported(envFile, 'brownie run'),
  }),
});

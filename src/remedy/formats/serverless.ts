import { exported, interpolatedYaml } from './interpolated-yaml';

/** serverless.yml reads `${env:NAME}`, and loads .env with `useDotenv: true`. Source: Serverless Framework docs, variables. */
export const serverless = interpolatedYaml({
  id: 'serverless',
  applies: (file) => /(?:^|\/)serverless\.ya?ml$/.test(file),
  mark: (variable) => `\${env:${variable}}`,
  loading: ({ text }, envFile) => ({
    loaded: /^useDotenv\s*:\s*true\b/m.test(text),
    commands: exported(envFile, 'npx serverless deploy'),
  }),
});

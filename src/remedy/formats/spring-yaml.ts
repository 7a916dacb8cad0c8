import { interpolatedYaml } from './interpolated-yaml';
import { springLoading } from './spring-properties';

/** Spring's placeholders; Quarkus and Micronaut read the same files and the same marks. */
export const springYaml = interpolatedYaml({
  id: 'spring-yaml',
  applies: (file) => /(?:^|\/)(?:application|bootstrap)(?:-[\w-]+)?\.ya?ml$/.test(file),
  mark: (variable) => `\${${variable}}`,
  loading: springLoading,
});

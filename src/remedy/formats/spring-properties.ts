import type { Idiom, Loading, Place } from '../idiom';
import { exported } from './interpolated-yaml';
import { propertyLine } from './property-line';
import { inYamlComment } from './yaml-comment';

/** How a Spring program gets the env file's variables. Source: Spring Boot reference, "Importing Extensionless Files". */
export function springLoading({ facts }: Place, envFile: string): Loading {
  const gradle = [...facts.paths].some((p) => /(?:^|\/)build\.gradle(?:\.kts)?$/.test(p));
  return { loaded: false, commands: exported(envFile, gradle ? './gradlew bootRun' : './mvnw spring-boot:run') };
}

export const springProperties: Idiom = {
  id: 'spring-properties',
  applies: (file) => /(?:^|\/)(?:application|bootstrap)(?:-[\w-]+)?\.properties$/.test(file),
  rewrite: ({ text, finding }, variable) =>
    propertyLine(text, finding)
      ? { change: { start: finding.start, end: finding.end, text: `\${${variable}}` } }
      : inYamlComment,
  loading: springLoading,
  reader: 'dotenv',
};

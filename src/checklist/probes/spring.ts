import { springSettings } from '../formats/spring';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';

/** Endpoints of Spring's actuator that show the environment, the heap or the configuration, with the keys in them. */
const TELLING = /(?:^|,)\s*(?:\*|env|configprops|heapdump|threaddump|httpexchanges)\s*(?:,|$)/i;

/** Actuator endpoints and consoles that hand keys to whoever asks. */
export function openActuators(project: ProjectTexts): readonly Observation[] {
  const settings = springSettings(project);
  const isLocal = (file: string) => /-(?:local|dev|test)\.\w+$/.test(file);
  return settings
    .filter(
      ({ name, value }) =>
        (name === 'management.endpoints.web.exposure.include' && TELLING.test(value)) ||
        (name === 'spring.h2.console.settings.weballowothers' && value === 'true') ||
        (/^management\.endpoint\.(?:env|configprops)\.showvalues$/.test(name) && /^always$/i.test(value)),
    )
    .map(({ file, at }) => seen(file, at, 'wideBind', isLocal(file.path) ? 'warn' : 'fail'));
}

/** Loggers of HTTP clients that write headers and bodies at DEBUG or TRACE. */
const WIRE =
  /^logging\.level\.(?:org\.apache\.(?:hc|http)[\w.]*|org\.springframework\.(?:web\.(?:client|reactive)|http\.codec)[\w.]*|reactor\.netty[\w.]*|feign[\w.]*|okhttp3[\w.]*|jdk\.httpclient[\w.]*)$/;

/** Spring applications that log what they send, keys in headers included. */
export function verboseSpring(project: ProjectTexts): readonly Observation[] {
  return springSettings(project)
    .filter(
      ({ name, value }) =>
        (WIRE.test(name) && /^(?:debug|trace)$/i.test(value)) ||
        (/^spring\.(?:mvc|codec)\.logrequestdetails$/.test(name) && value === 'true') ||
        (/^(?:feign|spring\.cloud\.openfeign)\.client\.config\.[\w]+\.loggerlevel$/.test(name) &&
          /^(?:headers|full)$/i.test(value)),
    )
    .map(({ file, at }) => seen(file, at, 'verboseClient', 'warn'));
}

/** Whether a Spring application serves its actuator or itself. */
export function servesSpring(project: ProjectTexts): boolean {
  return springSettings(project).some(({ name }) => name === 'server.port' || name.startsWith('management.endpoint'));
}

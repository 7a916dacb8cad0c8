import { say } from '../../words/say';
import type { Place } from '../idiom';

/** Code that bundlers ship: an unprefixed variable is undefined there, and a prefixed one is public. */
export function clientReason({ file, text, facts }: Place): string | undefined {
  const has = (name: string) => facts.manifest?.dependencies.has(name) ?? false;
  if (/^\s*(?:\/\*[\s\S]*?\*\/\s*|\/\/[^\n]*\n\s*)*["']use client["']/.test(text)) {
    return say('This module is client code ("use client")');
  }
  const config = /(?:^|\/)[\w.-]+\.config\.\w+$|(?:^|\/)(?:server|api|scripts?|functions)\//.test(file);
  if (has('react-native') || has('expo')) {
    return say('This is a React Native app: its code is shipped to phones');
  }
  if (has('react-scripts') && !config) {
    return say('This is a Create React App bundle: its code is shipped to browsers');
  }
  if (has('next') && /(?:^|\/)pages\/(?!api\/)/.test(file) && !/getServerSideProps|getStaticProps/.test(text)) {
    return say('Pages of Next.js run in the browser too');
  }
  if (
    has('vite') &&
    !has('next') &&
    !config &&
    !/(?:^|\/)(?:server|ssr)\b/.test(file) &&
    /(?:^|\/)src\//.test(file) &&
    !has('express') &&
    !has('fastify')
  ) {
    return say('This is a Vite bundle: its code is shipped to browsers');
  }
  return undefined;
}

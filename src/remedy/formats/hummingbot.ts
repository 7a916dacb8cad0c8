import { say } from '../../words/say';
import type { Idiom, Place } from '../idiom';
import { inYamlComment, isYamlComment } from './yaml-comment';

/** Hummingbot reads no variables; its `connect` command stores keys encrypted with the password. Source: hummingbot.org, client docs. */
const FILES = /(?:^|\/)conf\/connectors\/([\w-]+)\.ya?ml$/;

export const hummingbot: Idiom = {
  id: 'hummingbot',
  applies: (file) => FILES.test(file),
  rewrite: ({ file, text, finding }: Place) =>
    isYamlComment(text, finding)
      ? inYamlComment
      : {
          refused: say('Hummingbot reads no variables here; it keeps keys encrypted in this file itself.'),
          wayOut: say(
            'Delete the file, and run "connect {0}" in Hummingbot: it asks for the keys.',
            FILES.exec(file)?.[1] ?? 'EXCHANGE',
          ),
        },
  loading: () => ({ loaded: true, commands: [] }),
  reader: 'dotenv',
};

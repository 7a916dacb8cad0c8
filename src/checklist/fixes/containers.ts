import { say } from '../../words/say';
import { buildStages } from '../formats/dockerfile';
import { type Fix, lineAt, replaced } from './offered-fix';

/** Binds a published port of a compose file to this machine only. */
export const bindLoopback: Fix = (place) => {
  const text = place.text ?? '';
  const { start, end, line } = lineAt(text, place.at);
  const short = /^(\s*-\s*)(["']?)((?:0\.0\.0\.0:|\*:)?)(\d[\d-]*:\d[\d-]*(?:\/\w+)?)\2(\s*(?:#.*)?)$/.exec(line);
  if (!/\.ya?ml$/.test(place.file) || !short) {
    return undefined;
  }
  const [, lead, quote, , ports, tail] = short;
  const q = quote || '"';
  return {
    id: 'qf.compose.loopback',
    title: say('Bind port {0} to 127.0.0.1', ports),
    changes: () => replaced(place, start, end, `${lead}${q}127.0.0.1:${ports}${q}${tail}`),
  };
};

/** Users that base images bring. Sources: the images' own pages. */
const USERS: readonly (readonly [image: RegExp, user: string])[] = [
  [/(?:^|\/)node(?:[:@]|$)/, 'node'],
  [/(?:^|\/)(?:denoland\/)?deno(?:[:@-]|$)/, 'deno'],
  [/(?:^|\/)oven\/bun(?:[:@]|$)/, 'bun'],
  [/distroless\//, 'nonroot'],
];
/** No name is needed for a number, so that it works in every image. Above what systems use for their own. */
const ANY = '10001:10001';

/** Runs the last stage of an image as another user than root. */
export const dropRoot: Fix = (place) => {
  const text = place.text ?? '';
  const last = buildStages(text).at(-1);
  if (!last) {
    return undefined;
  }
  const stages = buildStages(text);
  const base = (image: string): string => {
    const earlier = stages.find((s) => s !== last && s.alias === image);
    return earlier ? earlier.image : image;
  };
  const user = USERS.find(([image]) => image.test(base(last.image)))?.[1] ?? ANY;
  const own = last.instructions.filter((i) => i.name === 'USER').at(-1);
  const title = `Run the image as user ${user}`;
  const id = 'qf.docker.user';
  if (own) {
    const { end } = lineAt(text, own.start);
    return { id, title, changes: () => replaced(place, own.start, end, `USER ${user}`) };
  }
  const entry = last.instructions.find((i) => /^(?:CMD|ENTRYPOINT)$/.test(i.name));
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const at = entry?.start ?? text.length;
  const lead = entry || text.endsWith('\n') ? '' : eol;
  return { id, title, changes: () => replaced(place, at, at, `${lead}USER ${user}${eol}`) };
};

const HARDENED = [
  'securityContext:',
  '  runAsNonRoot: true',
  '  allowPrivilegeEscalation: false',
  '  readOnlyRootFilesystem: true',
  '  capabilities:',
  '    drop: ["ALL"]',
  '  seccompProfile:',
  '    type: RuntimeDefault',
];

/** Gives a container of a pod the settings of Kubernetes' restricted standard, or keeps the API token out of a pod that does not name an account. */
export const hardenPod: Fix = (place) => {
  const text = place.text ?? '';
  const { start, line } = lineAt(text, place.at);
  const item = /^(\s*-\s+)\S/.exec(line);
  const column = place.at - start;
  const pad = ' '.repeat(column);
  const body = pad + text.slice(place.at, blockEnd(text, place.at, column));
  const above = lineAt(text, Math.max(0, start - 1)).line;
  const id = 'qf.k8s.securityContext';
  if (item && column === (item[1] as string).length) {
    return /^[ \t]*(?:- )?securityContext:/m.test(body)
      ? undefined
      : {
          id,
          title: say('Add the hardened securityContext to this container'),
          changes: () =>
            replaced(place, place.at, place.at, `${HARDENED.map((l, i) => (i ? pad : '') + l).join('\n')}\n${pad}`),
        };
  }
  // a pod that names its account may need the token
  return new RegExp(`^${pad}(?:automountServiceAccountToken|serviceAccountName):`, 'm').test(`${above}\n${body}`) ||
    !/^ *\w+:/.test(body)
    ? undefined
    : {
        id,
        title: say('Keep the API token out of this pod'),
        changes: () => replaced(place, place.at, place.at, `automountServiceAccountToken: false\n${pad}`),
      };
};

/** Where the YAML block ends whose first key stands at an offset, in a column. */
function blockEnd(text: string, at: number, column: number): number {
  const rest = text.slice(at);
  for (const m of rest.matchAll(/\n([ \t]*)(?=\S)/g)) {
    if ((m[1] as string).length < column || (m[1] as string).length === column - 2) {
      return at + m.index + 1;
    }
  }
  return text.length;
}

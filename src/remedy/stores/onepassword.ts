import { say } from '../../words/say';
import { type Attempt, asLine, type Spot, type Store } from './store';

/** `op://vault/item/[section/]field`. Source: developer.1password.com, "Secret reference syntax" and `op item`. */
const FORM = /^op:\/\/([^/]+)\/([^/]+)\/(?:([^/]+)\/)?([^/?]+)$/;

function parts({ reference }: Spot) {
  const [, vault = '', item = '', section, field = ''] = FORM.exec(reference) ?? [];
  return { vault, item, section, field };
}

interface Field {
  readonly id?: string;
  readonly label?: string;
  readonly type?: string;
  readonly value?: string;
  readonly section?: { readonly id?: string; readonly label?: string };
}

/** The item's JSON with the field added. Throws where the tool keeps the other fields back: an edit would empty them. */
function withField(spot: Spot, value: string, before: string): string {
  const { item, section, field } = parts(spot);
  const known = before ? (JSON.parse(before) as { fields?: Field[]; sections?: object[] }) : undefined;
  if (known?.fields?.some((f) => f.type === 'CONCEALED' && f.value === undefined && f.id !== 'credential')) {
    throw new Error(say('1Password does not show the other fields of the item, so it is not edited.'));
  }
  const home = section ? { section: { id: section, label: section } } : {};
  const added = { id: field, label: field, type: 'CONCEALED', value, ...home };
  const same = (f: Field) => (f.label ?? f.id) === field && (f.section?.label ?? f.section?.id) === section;
  return JSON.stringify({
    ...(known ?? { title: item, category: 'API_CREDENTIAL' }),
    ...(section ? { sections: [...(known?.sections ?? []), { id: section, label: section }] } : {}),
    fields: [...(known?.fields ?? []).filter((f) => !same(f)), added],
  });
}

function writes(spot: Spot): Attempt[] {
  const { vault, item } = parts(spot);
  return [
    {
      before: { program: 'op', args: ['item', 'get', item, '--vault', vault, '--reveal', '--format', 'json'] },
      call: {
        program: 'op',
        args: ['item', 'edit', item, '--vault', vault, '--template', '{file}'],
        file: (value, before) => withField(spot, value, before),
      },
    },
    {
      call: {
        program: 'op',
        args: ['item', 'create', '--vault', vault, '--template', '{file}'],
        file: (value) => withField(spot, value, ''),
      },
    },
  ];
}

export const onePassword: Store = {
  id: '1password',
  title: '1Password',
  aliases: ['op', 'onepassword', '1p'],
  template: 'op://Private/{project}/{name}',
  form: { pattern: FORM, example: 'op://Private/{project}/{name}' },
  inEnvFile: true,
  runner: (command, envFile) => `op run --env-file=${envFile} -- ${command}`,
  reads: ({ reference }) => ({ program: 'op', args: ['read', '--no-newline', reference] }),
  writes,
  replaces: (spot) => {
    const { vault, item, section, field } = parts(spot);
    const line = asLine({ program: 'op', args: ['item', 'edit', item, '--vault', vault] });
    const [edit] = writes(spot) as [Attempt, Attempt];
    return { writes: [edit], shown: `${line} '${section ? `${section}.` : ''}${field}[password]=<value>'` };
  },
  shown: (spot) => {
    const { vault, item, field } = parts(spot);
    return `${asLine({ program: 'op', args: ['item', 'create', '--category', 'API Credential', '--vault', vault, '--title', item] })} '${field}[password]=<value>'`;
  },
};

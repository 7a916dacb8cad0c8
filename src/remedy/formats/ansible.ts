import { exported, interpolatedYaml } from './interpolated-yaml';

const FILES =
  /(?:^|\/)(?:group_vars|host_vars)\/|(?:^|\/)roles\/[^/]+\/(?:vars|defaults|tasks|handlers)\/|(?:^|\/)playbooks?\//;

/** Ansible fails clearly when the variable is missing. Source: docs.ansible.com, ansible.builtin.env lookup. */
export const ansible = interpolatedYaml({
  id: 'ansible',
  applies: (file, languageId, text) =>
    /\.ya?ml$/.test(file) &&
    (FILES.test(file) ||
      languageId === 'ansible' ||
      (/^-?\s*hosts\s*:/m.test(text) && /^\s+(?:tasks|roles)\s*:/m.test(text))),
  mark: (variable) => `{{ lookup('ansible.builtin.env', '${variable}', default=undef()) }}`,
  loading: ({ file }, envFile) => ({
    loaded: false,
    commands: exported(envFile, `ansible-playbook ${/playbook/.test(file) ? file : 'site.yml'}`),
  }),
});

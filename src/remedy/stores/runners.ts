import type { ToolCall } from '../../project/tools';
import { asLine, type Spot, type Store, shellArgument } from './store';

/** Doppler takes a value from standard input when none is in the arguments. Source: docs.doppler.com, "Setting secrets". */
const dopplerSet = ({ variable }: Spot): ToolCall => ({
  program: 'doppler',
  args: ['secrets', 'set', variable, '--silent'],
  input: (value) => value,
});

export const doppler: Store = {
  id: 'doppler',
  title: 'Doppler',
  aliases: [],
  template: '{name}',
  runner: (command) => `doppler run -- ${command}`,
  reads: ({ variable }) => ({ program: 'doppler', args: ['secrets', 'get', variable, '--plain'] }),
  writes: (spot) => [{ call: dopplerSet(spot) }],
  shown: (spot) => asLine(dopplerSet(spot)),
};

/** `NAME=@file` reads the value from a file. Source: infisical.com/docs, CLI `secrets`. */
const infisicalSet = ({ variable }: Spot): ToolCall => ({
  program: 'infisical',
  args: ['secrets', 'set', `${variable}=@{file}`, '--silent'],
  file: (value) => value,
});

export const infisical: Store = {
  id: 'infisical',
  title: 'Infisical',
  aliases: [],
  template: '{name}',
  runner: (command) => `infisical run -- ${command}`,
  reads: ({ variable }) => ({ program: 'infisical', args: ['secrets', 'get', variable, '--plain', '--silent'] }),
  writes: (spot) => [{ call: infisicalSet(spot) }],
  shown: (spot) => asLine(infisicalSet(spot)),
};

/** An encrypted env file. Source: getsops.io, `sops set` and `sops exec-env`. */
const sopsSet = ({ reference, variable }: Spot): ToolCall => ({
  program: 'sops',
  args: ['set', '--value-stdin', reference, `["${variable}"]`],
  input: (value) => JSON.stringify(value),
});

export const sops: Store = {
  id: 'sops',
  title: 'SOPS',
  aliases: [],
  template: 'secrets.enc.env',
  form: { pattern: /^[\w./-]+\.(?:env|ya?ml|json)$/, example: 'secrets.enc.env' },
  runner: (command, _envFile, { reference }) => `sops exec-env ${reference} ${shellArgument(command)}`,
  reads: ({ reference, variable }) => ({
    program: 'sops',
    args: ['decrypt', '--extract', `["${variable}"]`, reference],
  }),
  writes: (spot) => [{ call: sopsSet(spot) }],
  shown: ({ reference }) => `sops edit ${reference}`,
};

/** The value stays in the env file, encrypted there; `dotenvx set` would take it as an argument. Source: dotenvx.com/docs. */
const encrypt = (envFile: string, variable: string): ToolCall => ({
  program: 'dotenvx',
  args: ['encrypt', '-f', envFile, '-k', variable],
});

export const dotenvx: Store = {
  id: 'dotenvx',
  title: 'dotenvx',
  aliases: [],
  template: '{name}',
  encrypts: encrypt,
  runner: (command, envFile) => `dotenvx run -f ${envFile} -- ${command}`,
  reads: ({ variable }, envFile) => ({ program: 'dotenvx', args: ['get', variable, '-f', envFile] }),
  writes: () => [],
  shown: ({ variable }, envFile) => asLine(encrypt(envFile, variable)),
};

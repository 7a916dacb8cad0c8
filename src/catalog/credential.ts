import type { CredentialType } from './credential-type';

type Optional = 'names' | 'words' | 'hosts' | 'headers' | 'params' | 'pairedWith';

/** Completes an entry: lists that it leaves out are empty. */
export function credential(
  entry: Omit<CredentialType, Optional> & Partial<Pick<CredentialType, Optional>>,
): CredentialType {
  return { names: [], words: [], hosts: [], headers: [], params: [], pairedWith: [], ...entry };
}

import { generateKeyPairSync } from 'node:crypto';
import { alnum, hex, uuid } from '../scan/specimens';

/** Values of the kinds that places need, made anew at each run. */
export const values = {
  /** A Binance secret: told by its name. */
  binance: () => alnum(64),
  /** The last part of an Infura URL. */
  infura: () => hex(32),
  /** Told by its prefix, wherever it stands. */
  tokenMetrics: () => `tm-${uuid()}`,
  /** A private key of the P-256 curve in lines, as Coinbase issues it. */
  pem: () =>
    (
      generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({
        type: 'sec1',
        format: 'pem',
      }) as string
    ).trim(),
  /** A Solana key pair as a list of numbers: its second half is the public key of the first. */
  keypair: () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const { d, x } = privateKey.export({ format: 'jwk' });
    return `[${[...Buffer.from(d as string, 'base64url'), ...Buffer.from(x as string, 'base64url')].join(',')}]`;
  },
  /** A wallet's private key. */
  wallet: () => `0x${hex(64)}`,
};

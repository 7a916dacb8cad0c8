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
  /** A wallet's private key. */
  wallet: () => `0x${hex(64)}`,
};

import { binance } from './binance';
import { ccxt } from './ccxt';
import { coinbase } from './coinbase';
import { coingecko } from './coingecko';
import { coinmarketcap } from './coinmarketcap';
import type { CredentialType } from './credential-type';
import { cryptocompare } from './cryptocompare';
import { custody } from './custody';
import { defiTooling } from './defi-tooling';
import { exchangesAB } from './exchanges-a-b';
import { exchangesCF } from './exchanges-c-f';
import { exchangesGL } from './exchanges-g-l';
import { exchangesMP } from './exchanges-m-p';
import { exchangesQZ } from './exchanges-q-z';
import { explorers } from './explorers';
import { kraken } from './kraken';
import { marketData } from './market-data';
import { messaging } from './messaging';
import { mnemonics } from './mnemonics';
import { payments } from './payments';
import { rpc } from './rpc';
import { signingServices } from './signing-services';
import { tokenMetrics } from './token-metrics';
import { walletsBitcoin } from './wallets-bitcoin';
import { walletsEvm } from './wallets-evm';
import { walletsOther } from './wallets-other';

/** Every credential type that Keyward knows. */
export const credentialTypes: readonly CredentialType[] = [
  ...binance,
  ...ccxt,
  ...coinbase,
  ...coingecko,
  ...coinmarketcap,
  ...cryptocompare,
  ...custody,
  ...defiTooling,
  ...exchangesAB,
  ...exchangesCF,
  ...exchangesGL,
  ...exchangesMP,
  ...exchangesQZ,
  ...explorers,
  ...kraken,
  ...marketData,
  ...messaging,
  ...mnemonics,
  ...payments,
  ...rpc,
  ...signingServices,
  ...tokenMetrics,
  ...walletsBitcoin,
  ...walletsEvm,
  ...walletsOther,
];

import { dependsOn } from '../formats/dependencies';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

/** Clients of exchanges, by how code makes them. */
const CLIENT =
  /\bccxt(?:\.pro|\.async_support)?\.\w+\(|\bnew\s+ccxt(?:\.pro)?\.|\bfrom\s+binance(?:\.\w+)*\s+import\b|\bfrom\s+(?:pybit|krakenex|kucoin|okx|coinbase)(?:\.\w+)*\s+import\b|\bkrakenex\.API\(|\brequire\(\s*["'](?:ccxt|binance|binance-api-node|kraken-api|node-kraken-api|bybit-api|okx-api|kucoin-node-sdk|coinbase-pro-node)["']\)|\bfrom\s+["'](?:ccxt|binance|binance-api-node|@binance\/[\w-]+|kraken-api|node-kraken-api|bybit-api|okx-api|kucoin-node-sdk|coinbase-pro-node|@fireblocks\/[\w-]+|fireblocks-sdk|bitgo|@bitgo\/[\w-]+)["']|\bgithub\.com\/(?:adshao\/go-binance|hirokisan\/bybit)|\bnew\s+(?:BitGo|FireblocksSDK)\(/;
const PACKAGE =
  /^(?:ccxt|python-binance|binance-connector(?:-python)?|binance-api-node|@binance\/.*|krakenex|node-kraken-api|bybit-api|pybit|okx-api|python-okx|kucoin-(?:python|node-sdk)|coinbase-(?:advanced-py|pro-node)|fireblocks-sdk|@fireblocks\/.*|bitgo|@bitgo\/.*|freqtrade|hummingbot)$/;

/** Places where code makes a client of an exchange or custodian. */
export function exchangeClients(project: ProjectTexts): readonly Observation[] {
  return project.of('source').flatMap((file) => {
    const found = withoutComments(file).search(CLIENT);
    return found < 0 ? [] : [seen(file, found, 'exchangeClient', 'pass')];
  });
}

/** Whether bots that trade by configuration alone are set up here. */
export function hasBotFramework(project: ProjectTexts): boolean {
  return project.entries.some((e) =>
    /(?:^|\/)user_data\/(?:config[\w.-]*\.json|strategies\/)|(?:^|\/)conf\/(?:connectors|conf_client|strategies)/.test(
      e.path,
    ),
  );
}

/** Whether the project uses an exchange or custodian at all, by code, by package or by a bot's configuration. */
export function usesExchange(project: ProjectTexts): boolean {
  return exchangeClients(project).length > 0 || hasBotFramework(project) || dependsOn(project, PACKAGE);
}

const WITHDRAW =
  /\b(?:exchange|client|ccxt|binance|kraken|okx|bybit|coinbase|kucoin|gate|huobi|account|api)\w*\.(?:withdraw|create_?withdrawal|transfer_?out)\s*\(|\bprivatePostWithdraw\w*|\bprivate_post_withdraw\w*|\/sapi\/v1\/capital\/withdraw\/apply|\/0\/private\/Withdraw\b|\/api\/v5\/asset\/withdrawal\b|\/v5\/asset\/withdraw\/create/gi;

/** Calls that take funds out of an account. */
export function withdrawCalls(project: ProjectTexts): readonly Observation[] {
  return project
    .of('source')
    .filter((f) => !/\.sol$/.test(f.path))
    .flatMap((file) =>
      [...withoutComments(file).matchAll(WITHDRAW)].map((m) => seen(file, m.index, 'withdrawCallSeen', 'fail')),
    );
}

const ORDERS =
  /\bcreate_?(?:limit_?|market_?|stop_?|test_?)?(?:buy_?|sell_?)?order\w*|\bcancel_?(?:all_?)?orders?\b|\bnew_?order\w*|\bplace_?(?:active_?|multiple_?)?order\w*|\border_?(?:market|limit)\w*|\bsubmit_?order\w*|\badd_?order\b|\bAddOrder\b|\/orders?\b|\bNewCreateOrderService\b|\bedit_?order\b/i;

/** Whether any code places or cancels orders. */
export function placesOrders(project: ProjectTexts): boolean {
  return hasBotFramework(project) || project.of('source').some((f) => ORDERS.test(withoutComments(f)));
}

import type { ProjectText } from '../project-texts';

/** Whose host or path says that programs talk there. */
const API_HOST =
  /^(?:[\w-]+\.)*(?:apis?|api\d|rpc|ws|wss|stream|streams|feed|feeds|gateway|node|nodes|rest|data|md|push|trade|trading|graphql|webhooks?|hooks?|auth|oauth|login|accounts?|id|idp|sso|vault|secrets|mainnet|testnet)(?:-[\w-]+)?\.[\w.-]+$/i;
const EXCHANGE =
  /(?:^|\.)(?:binance\.(?:com|us)|kraken\.com|coinbase\.com|bybit\.com|okx\.com|kucoin\.com|gateio\.ws|bitget\.com|bitfinex\.com|bitmex\.com|deribit\.com|gemini\.com|bitstamp\.net|htx\.com|huobi\.pro|mexc\.com|infura\.io|alchemy\.com|quiknode\.pro|ankr\.com|etherscan\.io|coingecko\.com|coinmarketcap\.com|cryptocompare\.com|messari\.io|kaiko\.com|glassnode\.com)$/i;
const API_PATH =
  /\/(?:api|rpc|jsonrpc|graphql|webhooks?|oauth\d?|v\d+(?:\.\d+)?)(?:[/?]|$)|[?&](?:api_?key|token|access_?token)=/i;

/** Calls and commands that fetch what stands behind them. */
const CALL =
  /(?:\b(?:fetch|urlopen|urlretrieve|axios|got|ky|needle|superagent|request|requests|httpx|http|https|client|session|Http|HttpClient|RestTemplate|WebClient|OkHttpClient|Net::HTTP|Faraday|HTTParty|reqwest|resty|ureq|hyper|curl_init|file_get_contents|Invoke-(?:WebRequest|RestMethod)|JsonRpcProvider|WebSocketProvider|HttpProvider|Web3|createClient|io|connect|dial|Dial|Get|Post|NewRequest(?:WithContext)?)(?:\s*\.\s*(?:get|post|put|patch|delete|head|request|stream|create|open|Get|Post|NewRequest|to|uri|url|baseUrl))?\s*\(\s*(?:["'][A-Z]{3,7}["']\s*,\s*|\w+\s*,\s*(?:["'][A-Z]+["']|http\.Method\w+)\s*,\s*)?[fFrRbu]?["'`]|\b(?:curl|wget|git\s+(?:clone|fetch|remote\s+add))\b[^\n|;&]*[\s"'=])$/;
/** Names whose value is where a program connects to. */
const NAME =
  /(?:^|[^\w])["']?\w*(?:endpoint|(?:api|base|rpc|ws|feed|server|service|auth|token|webhook|callback|proxy|node|exchange|broker|gateway|upstream|backend|provider|target|remote|request|rest|http|data|price|ticker|order)[_-]?(?:url|uri|host|addr|address|root|base)|(?<![a-z])(?:api|rpc|endpoint|upstream|baseurl)|_URL|_URI)["'\]]*\s*(?::\s*\w+(?:<\w+>)?\s*)?(?:=>|:=|[:=]|\?\?|\|\|)\s*[fFrRbu]?["'`]?$/i;
/** `url = "http://…"` in a program: a bare name counts there, in data it may be any link. */
const BARE =
  /(?:^|[^\w])["']?(?:url|uri|host|server|address|addr)["'\]]*\s*(?::\s*\w+\s*)?(?:=>|:=|[:=])\s*[fFrRbu]?["'`]$/i;

/** Addresses that are words of a text, names of formats, or links for people. */
const WORDS =
  /(?:\bxmlns(?::[\w-]+)?\s*=\s*["']?|<!DOCTYPE[^>]*|<\w+[^>]*\b(?:href|src|cite|xlink:href)\s*=\s*["']?|\]\(|<|["']?(?:\$schema|\$id|@context|schema|schemas?_?location|namespace|homepage|website|repository|bugs|license|docs?|documentation|see|link|href|help|title|description|author|copyright)["']?\s*[:=]\s*["'`]?)$/i;
const PACKAGE =
  /(?:^|\/)(?:package|composer|bower|manifest|component|plugin)\.json$|(?:^|\/)(?:Cargo|pyproject)\.toml$|\.gemspec$|(?:^|\/)setup\.(?:py|cfg)$/;
/** Mirrors whose packages are signed, and time stamps whose answers are. */
const SIGNED =
  /\b(?:deb(?:-src)?\s+(?:\[[^\]]*\]\s+)?|Acquire::|MIRROR\w*\b[^\n]{0,20}|mirror[^\n]{0,20}|-tr\s+|timestamp\w*[^\n]{0,20})$/i;

/**
 * Whether an address is one that a program talks to, rather than a link for people, the name of a format or a word of a text.
 * `text` is the file's without comments, `at` where the scheme begins.
 */
export function isSpokenTo(
  file: ProjectText,
  text: string,
  at: number,
  scheme: string,
  host: string,
  tail: string,
): boolean {
  if (!/^https?$/.test(scheme)) {
    return true; // ws:, redis:, amqp: and the like are for programs only
  }
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(Math.max(start, at - 160), at);
  if (WORDS.test(before) || SIGNED.test(before) || /^timestamp\.|\.dtd$/i.test(host + tail)) {
    return false;
  }
  if (CALL.test(before) || CALL.test(text.slice(Math.max(0, at - 160), at).replace(/\s*\n\s*/g, ' '))) {
    return true;
  }
  if (PACKAGE.test(file.path)) {
    return false;
  }
  if (NAME.test(before) || (file.class !== 'config' && BARE.test(before))) {
    return true;
  }
  // a sentence that names the address says nothing about a connection
  const isWhole = /(?:^|[\s=:,([{])[fFrRbu]?["'`]?$/.test(before) && !/["'`][^"'`]*\s$/.test(before);
  return isWhole && (API_HOST.test(host) || EXCHANGE.test(host) || API_PATH.test(tail));
}

import type { SiteReader } from './site-reader';

/** Source of the authentication schemes that stand between a header's name and its value. */
export const SCHEME = '(?:Bearer|Basic|Token|ApiKey|Apikey|apikey|Api-Key|Bot|Key|token|bearer|basic)';

/** A scheme directly before a value. */
export const SCHEMES = new RegExp(`${SCHEME}\\s+$`);

/** `${NAME:-value}` in shells and compose, `${name:value}` in Spring. */
export const DEFAULTED = /\$\{([A-Za-z_]\w*):?[-=]$|\$\{([A-Za-z_][\w.-]*):$/;

const PARAMETER = /[?&;]([A-Za-z_][\w.-]{0,60})=$/;
const ESCAPED_PARAMETER = /(?:%3F|%26|&amp;|\\u0026)([A-Za-z_][\w.-]{0,60})(?:=|%3D)$/i;
const HEADER = /(?:^|[\s"'\\])([A-Za-z][A-Za-z0-9_-]{1,60})\s*:\s*\\?["']?$/;
const MEMBER = /(?:^|[\s"'`,;{(&\\])(--?D?)?([A-Za-z_][\w.-]{0,80})\\?["']?\s*(?:<-|:=|=>|=|:)\s*\\?["']?$/;
const FLAG = /(?:^|\s)--?([A-Za-z][\w-]{1,60})\s+\\?["']?$/;

/** curl's `-u "user:password"`. */
const USER = /(?:^|\s)(?:-u|--user)[ =]["']$/;

/** What a string says about a value inside it: `?api_key=`, `X-Header: `, `KEY=value`, `--flag value`, `${KEY:-value}`. */
export function readWithinString(r: SiteReader, from: number, start: number): void {
  const left = r.text.slice(Math.max(from, start - 300), start).replace(SCHEMES, '');
  if (USER.test(r.text.slice(Math.max(0, from - 12), from))) {
    r.add(left.endsWith(':') ? 'secret' : 'user', 'flag');
    return;
  }
  const param = PARAMETER.exec(left) ?? ESCAPED_PARAMETER.exec(left);
  if (param?.[1]) {
    r.add(param[1], 'parameter');
    return;
  }
  const defaulted = DEFAULTED.exec(left);
  const variable = defaulted?.[1] ?? defaulted?.[2];
  if (variable) {
    r.fallbackOf ??= variable;
    r.add(variable, 'name');
    return;
  }
  const header = HEADER.exec(left);
  if (header?.[1]) {
    r.add(header[1], 'header');
    return;
  }
  const pair = MEMBER.exec(left);
  if (pair?.[2]) {
    r.add(pair[2], pair[1]?.startsWith('-') ? 'flag' : 'name');
    return;
  }
  const flag = FLAG.exec(left);
  if (flag?.[1]) {
    r.add(flag[1], 'flag');
  }
}

import type { Spot } from '../code-place';
import { lineEndOf } from '../env-file';
import type { Place } from '../idiom';

/**
 * The file reads the OS keychain already, with a library that finds what the `keyring` tool and `secret-tool` have stored: the
 * same attributes on Linux, the same service and account on a Mac. On Windows its entries have names of their own, and a Mac's
 * tool gives a text of several lines back in hex. Source: github.com/zalando/go-keyring, README.
 */
export function readsKeychain({ text, facts, finding }: Place): boolean {
  return (
    /^(?:import)?[ \t]*"github\.com\/zalando\/go-keyring"/m.test(text) &&
    !facts.onWindows &&
    finding.fallbackOf === undefined &&
    !/[\r\n\\]/.test(text.slice(finding.start, finding.end))
  );
}

/** The library gives an error beside the value, so that an expression is a function. */
export function fromKeychain({ text, start, keychain, variable }: Spot): string {
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? '';
  return [
    'func() string {',
    `\tvalue, err := keyring.Get("${keychain}", "${variable}")`,
    '\tif err != nil {',
    `\t\tpanic("${variable}: " + err.Error())`,
    '\t}',
    '\treturn value',
    '}()',
  ].join(`${lineEndOf(text)}${indent}`);
}

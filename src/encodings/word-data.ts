/**
 * Word lists and tables of hashes: the bulk of this room. Builds for Node keep it in a file of its own, which the engine
 * and the command line share.
 */
export { wordlist as czech } from '@scure/bip39/wordlists/czech.js';
export { wordlist as english } from '@scure/bip39/wordlists/english.js';
export { wordlist as french } from '@scure/bip39/wordlists/french.js';
export { wordlist as italian } from '@scure/bip39/wordlists/italian.js';
export { wordlist as japanese } from '@scure/bip39/wordlists/japanese.js';
export { wordlist as korean } from '@scure/bip39/wordlists/korean.js';
export { wordlist as portuguese } from '@scure/bip39/wordlists/portuguese.js';
export { wordlist as simplifiedChinese } from '@scure/bip39/wordlists/simplified-chinese.js';
export { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js';
export { wordlist as traditionalChinese } from '@scure/bip39/wordlists/traditional-chinese.js';
export { derivedKeyTable } from './derived-key-table';
export { electrumWords } from './electrum-words';
export { moneroEnglish, moneroPrefixes } from './monero-words';
export { slip39Words } from './slip39-words';
export { testKeyTable } from './test-key-table';

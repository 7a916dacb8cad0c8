import { credentialTypes } from '../catalog/all';
import type { CredentialType } from '../catalog/credential-type';
import type { ScanOptions } from './finding';
import { HEAD, headWords, ProviderHits } from './provider-words';
import { LOOK_AHEAD, LOOK_BACK } from './site-reader';
import type { Scope } from './surroundings';
import { codesOf } from './text-codes';
import { SHORTEST } from './tokens';
import { join, meet, type TypeBits } from './type-bits';
import { type ShapeGroup, TypeIndex } from './type-index';
import { Vocabulary, VocabularyHits } from './vocabulary';

interface Catalog {
  readonly index: TypeIndex;
  readonly vocabulary: Vocabulary;
  /** Types of each shape, and of each list of shapes that a look-up gives. */
  readonly bits: WeakMap<ShapeGroup | readonly ShapeGroup[], TypeBits>;
  /** Types that only a name finds: their shape says too little, or is too short to be looked for. */
  readonly nameOnly: TypeBits;
}

let builtIn: Catalog | undefined;

function catalog(): Catalog {
  if (!builtIn) {
    const index = new TypeIndex(credentialTypes);
    const vocabulary = new Vocabulary(index);
    const nameOnly = vocabulary.none();
    vocabulary.add(
      nameOnly,
      index.types.filter((t) => isNameable(index, t) && (t.need === 'own' || t.shape.min < SHORTEST)),
    );
    builtIn = { index, vocabulary, bits: new WeakMap(), nameOnly };
  }
  return builtIn;
}

/** Whether a name alone can mean this type. */
export function isNameable(index: TypeIndex, type: CredentialType): boolean {
  const route = index.routes.get(type);
  return route === 'token' || route === 'free';
}

/** The index over the built-in catalog, built at first use. */
export function catalogIndex(): TypeIndex {
  return catalog().index;
}

/** One pass over a text, or over a window of it. */
export interface Pass extends Scope {
  /** The text's units as bytes. */
  readonly codes: Uint8Array;
  readonly options: ScanOptions;
  /** Offset of the window in the whole text. */
  readonly base: number;
  readonly vocabulary: VocabularyHits;
  /** Types of which something stands at the head of the whole text or in the file's name. */
  readonly everywhere: () => TypeBits;
}

/** Provider words at the head of a text. */
export type Head = ReturnType<typeof headWords>;

/** Prepares a pass over a text, or over a window of one that begins at `base`; the head of the whole text, where imports
 * stand, is read when first asked for. */
export function preparePass(text: string, options: ScanOptions, base = 0, readHead?: () => Head): Pass {
  const { index, vocabulary } = catalog();
  const fileName = options.fileName ?? '';
  const codes = codesOf(text);
  let head: Head | undefined;
  let everywhere: TypeBits | undefined;
  const pass: Pass = {
    index,
    text,
    codes,
    fileName,
    options,
    base,
    hits: new ProviderHits(index, text),
    head: () => {
      head ??= readHead ? readHead() : headWords(index, text);
      return head;
    },
    vocabulary: new VocabularyHits(vocabulary, codes),
    everywhere: () => {
      if (!everywhere) {
        everywhere = Int32Array.from(typesIn(fileName));
        if (readHead) {
          for (const key of pass.head().keys()) {
            const types = key.startsWith('@') ? index.hosts.get(key.slice(1)) : index.words.get(key);
            if (types) {
              join(everywhere, vocabulary.of(types));
            }
          }
        } else {
          join(everywhere, pass.vocabulary.near(0, HEAD));
        }
      }
      return everywhere;
    },
  };
  return pass;
}

/** Types of which something stands in a file's name. */
function typesIn(fileName: string): TypeBits {
  const name = fileName.split('/').slice(-2).join(' ');
  const codes = Uint8Array.from(name, (c) => Math.min(255, c.charCodeAt(0)));
  return new VocabularyHits(catalog().vocabulary, codes).near(0, codes.length);
}

/**
 * Types of which something stands where judgement looks. Without a word, name, host, header or call of its own type a needy
 * value is none: this spares nearly all of them a reading of their site.
 */
export function typesAround(pass: Pass, start: number, end: number): TypeBits {
  const around = Int32Array.from(pass.everywhere());
  join(around, pass.vocabulary.near(start - LOOK_BACK, end + LOOK_AHEAD));
  return around;
}

/** The types of one shape, or of all shapes of a list that a look-up gave. */
function bitsOf(key: ShapeGroup | readonly ShapeGroup[]): TypeBits {
  const { bits, vocabulary } = catalog();
  let types = bits.get(key);
  if (!types) {
    types = vocabulary.none();
    for (const { types: more } of 'types' in key ? [key] : key) {
      vocabulary.add(types, more);
    }
    bits.set(key, types);
  }
  return types;
}

/** Whether one of these types stands where judgement looks. */
function isAround(pass: Pass, types: TypeBits, start: number, end: number): boolean {
  return meet(types, pass.vocabulary.near(start - LOOK_BACK, end + LOOK_AHEAD)) || meet(types, pass.everywhere());
}

/** Whether `typesAround` has a type of this shape, or of one of these. */
export function isNear(pass: Pass, shapes: ShapeGroup | readonly ShapeGroup[], start: number, end: number): boolean {
  return isAround(pass, bitsOf(shapes), start, end);
}

/** Whether something stands near of a type that only its name finds. */
export function mayBeNamed(pass: Pass, start: number, end: number): boolean {
  return meet(catalog().nameOnly, pass.vocabulary.near(start - LOOK_BACK, end + LOOK_AHEAD));
}

/** Whether something stands near, or at the head, of a provider that gives passphrases. */
export function mayHavePassphrase(pass: Pass, start: number, end: number): boolean {
  const { index, vocabulary } = catalog();
  return isAround(pass, vocabulary.of(index.passphrases), start, end);
}

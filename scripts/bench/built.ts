import type { engine } from '../../src/editor/engine';

/** The engine as it ships: from source it would run with what a transpiler adds to each function. */
export function built(): typeof engine {
  return (require('../../dist/engine.js') as { readonly engine: typeof engine }).engine;
}

import type { Engine } from './engine';

/** Loads the engine once, on first use. */
export class EngineLoader {
  #engine: Promise<Engine> | undefined;
  #loaded: Engine | undefined;

  load(): Promise<Engine> {
    this.#engine ??= import('./engine').then((m) => {
      this.#loaded = m.engine;
      return m.engine;
    });
    return this.#engine;
  }

  /** The engine when it is there already. */
  get loaded(): Engine | undefined {
    return this.#loaded;
  }
}

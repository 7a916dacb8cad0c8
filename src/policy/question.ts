/** What a person must be asked: no file holds it, and a guess would be a false statement. */
export interface Question {
  readonly id: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** What is most likely; for several, with commas. */
  readonly value?: string;
  /** The only answers, where there are a few. */
  readonly options?: readonly string[];
  /** What an option means, by its word. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** More than one option may be chosen; the answer has them with commas. */
  readonly isMany?: boolean;
  /** Source of a regular expression that the answer must match as a whole. */
  readonly pattern?: string;
  /** That form in words, after "must be". */
  readonly form?: string;
}

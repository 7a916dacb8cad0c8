/**
 * One call of a store's command-line tool. It describes how the value travels and does not hold it: whoever runs the call
 * gives the value to `input` or `file` at that moment. No shell, and no value in an argument, ever.
 */
export interface ToolCall {
  readonly program: string;
  /** `{file}` stands for the path of the temporary file. */
  readonly args: readonly string[];
  /** What goes to the tool's standard input. `before` is the output of the attempt's `before` call. */
  readonly input?: (value: string, before: string) => string;
  /** Content of a temporary file, readable by its owner only, and removed when the tool ends. */
  readonly file?: (value: string, before: string) => string;
}

/** How a call of a tool ended. A message never holds the value. */
export type Outcome =
  | { readonly status: 'done'; readonly output: string }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'missing' };

/** Runs a call with a value, without a shell. */
export type RunTool = (call: ToolCall, value: string, before: string) => Promise<Outcome>;

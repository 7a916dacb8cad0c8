import type { ProjectText } from '../project-texts';
import { readHcl } from './hcl';
import { readJson } from './json';
import { readProperties } from './properties';
import { readToml } from './toml';
import type { Tree } from './tree';
import { readYaml } from './yaml';

/** The documents of a file; none, and why, when it could not be read. */
export interface Documents {
  readonly trees: readonly Tree[];
  readonly error?: string;
}

const READERS: readonly (readonly [RegExp, (text: string) => Documents])[] = [
  [/\.ya?ml(?:\.(?:example|sample|template|dist))?$/i, readYaml],
  [/\.(?:jsonc?|json5|tfstate|ipynb)(?:\.(?:example|sample|template|dist|backup))?$/i, readJson],
  [/\.toml$|(?:^|\/)Pipfile$/i, readToml],
  [/\.(?:tf|tofu|tfvars|hcl)$/i, readHcl],
  [/\.properties$/i, readProperties],
];

const known = new WeakMap<ProjectText, Documents>();

/** What a structured file holds, by the format of its name. Each file is parsed once, when a probe first asks. */
export function documentsOf(file: ProjectText): Documents {
  let documents = known.get(file);
  if (!documents) {
    documents = READERS.find(([name]) => name.test(file.path))?.[1](file.text) ?? { trees: [] };
    known.set(file, documents);
  }
  return documents;
}

/** The first document of a file. */
export function documentOf(file: ProjectText | undefined): Tree | undefined {
  return file && documentsOf(file).trees[0];
}

/** Paths of the files that no parser could read. */
export function unreadable(files: readonly ProjectText[]): readonly string[] {
  return files.filter((f) => documentsOf(f).error !== undefined).map((f) => f.path);
}

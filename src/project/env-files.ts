/** Env files by name: `.env`, `.env.local`, `prod.env`, `.envrc`, `.dev.vars`. They are read even where git ignores them. */
export function isEnvFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^\.env(?:\.[\w.-]+)?$|^[\w.-]+\.env$|^\.envrc$|^\.dev\.vars$|^env\.(?:local|prod|production)$/.test(name);
}

/** Templates of env files, which hold names and no values. */
export function isEnvTemplate(path: string): boolean {
  return /\.(?:example|sample|template|dist|defaults|tpl)$|\.(?:example|sample|template)\./.test(
    path.slice(path.lastIndexOf('/') + 1),
  );
}

import fs from 'node:fs';
import path from 'node:path';

/** Keeps and gives values in files below `$HELD`, as each store's tool would; `run` and its kin start a command with them. */
const TOOLS: Readonly<Record<string, string>> = {
  keyring: 'case $1 in set) put "keyring $2 $3" ;; get) get "keyring $2 $3" ;; esac',
  op: `field() { sed -n "s/.*\\"label\\":\\"$1\\",\\"type\\":\\"CONCEALED\\",\\"value\\":\\"\\([^\\"]*\\)\\".*/\\1/p"; }
title() { sed -n 's/.*"title":"\\([^"]*\\)".*/\\1/p' "$1"; }
read_ref() { rest=\${1#op://}; vault=\${rest%%/*}; rest=\${rest#*/}; get "op $vault \${rest%%/*}" | field "\${rest#*/}"; }
case "$1 $2" in
"item get") get "op $5 $3" ;;
"item create") put "op $4 $(title "$6")" <"$6" ;;
"item edit") put "op $5 $3" <"$7" ;;
"read "*) read_ref "$3" ;;
"run "*)
  file=\${2#--env-file=}; shift 3
  while IFS='=' read -r name value; do
    case $value in op://*) value=$(read_ref "$value") ;; esac
    export "$name=$value"
  done <"$file"
  exec "$@" ;;
esac`,
  vault: `case "$2" in
get) get "vault $3 $5 $4" ;;
patch) exit 2 ;;
put) put "vault $4 $5 -field=\${6%=-}" ;;
esac`,
  aws: `case "$2" in
get-*) get "$1 $4" ;;
create-secret) put "$1 $4" <"\${6#file://}" ;;
put-parameter) put "$1 $4" <"\${8#file://}" ;;
esac`,
  gcloud: 'case "$2" in create) put "gcloud $3" ;; versions) get "gcloud ${5#--secret=}" ;; esac',
  az: 'case "$3" in set) put "az $5 $7" <"$9" ;; show) get "az $5 $7" ;; esac',
  doppler:
    'case "$1 $2" in "secrets get") get "env $3" ;; "secrets set") put "env $3" ;; "run --") shift 2; all; exec "$@" ;; esac',
  infisical:
    'case "$1 $2" in "secrets get") get "env $3" ;; "secrets set") put "env ${3%%=*}" <"${3#*=@}" ;; "run --") shift 2; all; exec "$@" ;; esac',
  sops: `name() { printf %s "$1" | tr -d '[]"'; }
case "$1" in
decrypt) get "env $(name "$3")" ;;
set) sed 's/^"//; s/"$//' | put "env $(name "$4")" ;;
exec-env) all; exec sh -c "$3" ;;
esac`,
  dotenvx: `case "$1" in
encrypt) sed -n "s/^$5=//p" "$3" | put "env $5"; sed "s/^$5=.*/$5=\\"encrypted:BAAA\\"/" "$3" >"$3.new"; mv "$3.new" "$3" ;;
get) get "env $2" ;;
run) shift 4; all; exec "$@" ;;
esac`,
  gh: 'case "$2" in list) ls "$HELD" | sed "s/^env_//" ;; set) put "env $3" ;; esac',
  glab: 'case "$2" in get) get "env $3" ;; set) put "env $3" ;; esac',
  kubectl: `case "$1" in
get) held=$(get "k8s $3") && printf %s "$held" | base64 | tr -d "\\n" ;;
patch) exit 1 ;;
create) put "k8s $4" <"\${5##*=}" ;;
esac`,
};

const HEAD = (held: string) => `#!/bin/sh
HELD='${held}'
file_of() { printf %s "$HELD/$(printf %s "$1" | tr -c 'A-Za-z0-9_' _)"; }
put() { cat >"$(file_of "$1")"; }
get() { f=$(file_of "$1"); test -f "$f" && cat "$f" || exit 1; }
all() { for f in "$HELD"/env_*; do n=\${f##*/env_}; export "$n=$(cat "$f")"; done; }
`;

/** Writes stand-ins of all stores' tools into a folder; what they keep lies in another. The search path that has them first. */
export function standInStores(folder: string): string {
  const held = path.join(folder, 'held');
  const bin = path.join(folder, 'bin');
  fs.mkdirSync(held, { recursive: true });
  fs.mkdirSync(bin, { recursive: true });
  for (const [name, body] of Object.entries(TOOLS)) {
    fs.writeFileSync(path.join(bin, name), `${HEAD(held)}${body}\n`, { mode: 0o755 });
  }
  return `${bin}${path.delimiter}${process.env.PATH}`;
}

/** The environment of a codespace, which has the secrets without a runner. */
export const CODESPACE = (folder: string) =>
  `for f in '${folder}'/held/env_*; do export "\${f##*/env_}=$(cat "$f")"; done; `;

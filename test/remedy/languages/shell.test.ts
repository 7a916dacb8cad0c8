import { shell } from '../../../src/remedy/languages/shell';
import { provePlaces } from '../places';
import { interpreter, runs } from '../toolchains';
import { values } from '../values';

const read = (name: string) => `\${${name}:?${name} is not set}`;

provePlaces({
  language: 'Shell',
  idiom: shell,
  grammar: 'bash',
  toolchain: interpreter('bash', 'bash', ['--version'], () => runs('bash', '--version')),
  comment: '# don\'t say "no"',
  cases: [
    {
      place: 'variable',
      file: 'run.sh',
      run: true,
      source: '#!/bin/bash\nbinance_api_secret="§"\necho "$binance_api_secret"\n',
      expected: `#!/bin/bash\nbinance_api_secret="${read('BINANCE_API_SECRET')}"\necho "$binance_api_secret"\n`,
    },
    {
      place: 'variable of that name',
      file: 'run.sh',
      run: true,
      source: '#!/bin/bash\nexport BINANCE_SECRET=\'§\'\necho "$BINANCE_SECRET"\n',
      expected: `#!/bin/bash\nexport BINANCE_SECRET="${read('BINANCE_SECRET')}"\necho "$BINANCE_SECRET"\n`,
    },
    {
      place: 'word without quotes',
      file: 'run.sh',
      run: true,
      value: values.tokenMetrics,
      source: '#!/bin/bash\necho § # the key\n',
      expected: `#!/bin/bash\necho "${read('TOKEN_METRICS_API_KEY')}" # the key\n`,
    },
    {
      place: 'header in double quotes',
      file: 'run.sh',
      run: true,
      value: values.tokenMetrics,
      source: '#!/bin/bash\nheader="Authorization: Bearer §"\necho "${header#* * }"\n',
      expected: `#!/bin/bash\nheader="Authorization: Bearer ${read('TOKEN_METRICS_API_KEY')}"\necho "\${header#* * }"\n`,
    },
    {
      place: 'part of a word in single quotes',
      file: 'run.sh',
      run: true,
      value: values.tokenMetrics,
      source: '#!/bin/bash\njson=\'{"apiKey": "§"}\'\necho "${json:12:39}"\n',
      expected: `#!/bin/bash\njson='{"apiKey": "'"${read('TOKEN_METRICS_API_KEY')}"'"}'\necho "\${json:12:39}"\n`,
    },
    {
      place: 'text of several lines in single quotes',
      file: 'run.sh',
      run: true,
      value: values.tokenMetrics,
      source: '#!/bin/bash\njson=\'{\n  "apiKey": "§"\n}\'\necho "${json:15:39}"\n',
      expected: `#!/bin/bash\njson='{\n  "apiKey": "'"${read('TOKEN_METRICS_API_KEY')}"'"\n}'\necho "\${json:15:39}"\n`,
    },
    {
      place: 'command substitution',
      file: 'run.sh',
      run: true,
      value: values.tokenMetrics,
      source: '#!/bin/bash\nkey="$(printf %s "§")"\necho "$key"\n',
      expected: `#!/bin/bash\nkey="$(printf %s "${read('TOKEN_METRICS_API_KEY')}")"\necho "$key"\n`,
    },
    {
      place: 'here-document',
      file: 'run.sh',
      run: true,
      value: values.tokenMetrics,
      source: "#!/bin/bash\ncat <<TEXT | sed 's/.*=//'\nit's token_metrics_api_key=§\nTEXT\n",
      expected: `#!/bin/bash\ncat <<TEXT | sed 's/.*=//'\nit's token_metrics_api_key=${read('TOKEN_METRICS_API_KEY')}\nTEXT\n`,
    },
    {
      place: 'PEM block',
      file: 'run.sh',
      run: true,
      value: values.pem,
      source: '#!/bin/bash\ncoinbase_private_key="§\n"\nprintf %s "$coinbase_private_key"\n',
      expected: `#!/bin/bash\ncoinbase_private_key="${read('CDP_API_KEY_SECRET')}"\nprintf %s "$coinbase_private_key"\n`,
    },
    {
      place: 'literal fallback',
      file: 'run.sh',
      run: true,
      source: '#!/bin/bash\nsecret="${BINANCE_API_SECRET:-§}"\necho "$secret"\n',
      expected: `#!/bin/bash\nsecret="${read('BINANCE_API_SECRET')}"\necho "$secret"\n`,
    },
    {
      place: 'quoted here-document',
      file: 'run.sh',
      value: values.tokenMetrics,
      source: "#!/bin/bash\ncat <<'TEXT'\nkey §\nTEXT\n",
      refused: /without quotes/,
    },
    { place: 'comment', file: 'run.sh', source: '#!/bin/bash\n# export BINANCE_API_SECRET="§"\n', refused: /comment/ },
  ],
});

import path from 'node:path';
import { go } from '../../../src/remedy/languages/go';
import { type LanguageProof, provePlaces } from '../places';
import { inFolder, pour, runs, shell, type Toolchain, withEnvFile } from '../toolchains';
import { values } from '../values';

/** All programs in one build. */
const toolchain: Toolchain = {
  name: 'go',
  present: () => runs('go', 'version'),
  run: (programs) =>
    inFolder((folder) => {
      pour(folder, { 'go.mod': 'module places\n' });
      programs.forEach((p, i) => {
        pour(path.join(folder, `p${i}`), p.files);
      });
      const built = shell(folder, 'go build -o bin/ ./...');
      return programs.map((_, i) => built || withEnvFile(path.join(folder, `p${i}`), `../bin/p${i}`));
    }),
};

const main = (body: string, imports = 'import "fmt"\n', top = '') =>
  `package main\n\n${imports}\n${top}func main() {\n${body}}\n`;

const proof: LanguageProof = {
  language: 'Go',
  idiom: go,
  grammar: 'go',
  toolchain,
  comment: '// don\'t say "no" or `yes',
  cases: [
    {
      place: 'argument',
      file: 'main.go',
      run: true,
      source:
        'package main\n\nimport (\n\t"fmt"\n)\n\nvar words = []string{\n\t"os",\n}\n\nfunc binanceApiSecret(s string) string { return s }\n\nfunc main() {\n\tfmt.Println(binanceApiSecret("§"))\n}\n',
      expected:
        'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nvar words = []string{\n\t"os",\n}\n\nfunc binanceApiSecret(s string) string { return s }\n\nfunc main() {\n\tfmt.Println(binanceApiSecret(os.Getenv("BINANCE_API_KEY")))\n}\n',
    },
    {
      place: 'constant',
      file: 'main.go',
      run: true,
      source: main('\tfmt.Println(binanceApiSecret)\n', 'import "fmt"\n', `const binanceApiSecret = "§"\n\n`),
      expected: main(
        '\tfmt.Println(binanceApiSecret)\n',
        'import "fmt"\nimport "os"\n',
        'var binanceApiSecret = os.Getenv("BINANCE_API_SECRET")\n\n',
      ),
    },
    {
      place: 'constant in a block of texts',
      file: 'main.go',
      run: true,
      source: main(
        '\tfmt.Println(binanceApiSecret[len(host)-len(host):])\n',
        'import (\n\t"fmt"\n\n\t_ "embed"\n)\n',
        `const (\n\thost             = "api.binance.com"\n\tbinanceApiSecret = "§" // of the desk\n)\n\n`,
      ),
      expected: main(
        '\tfmt.Println(binanceApiSecret[len(host)-len(host):])\n',
        'import (\n\t"fmt"\n\t"os"\n\n\t_ "embed"\n)\n',
        'var (\n\thost             = "api.binance.com"\n\tbinanceApiSecret = os.Getenv("BINANCE_API_SECRET") // of the desk\n)\n\n',
      ),
    },
    {
      place: 'constant in a block of numbers',
      file: 'main.go',
      run: true,
      source: main(
        '\tvar windows [window]int\n\tfmt.Println(binanceApiSecret[len(windows)-window:])\n',
        'import "fmt"\n',
        `const (\n\twindow           = 5000\n\tbinanceApiSecret = "§"\n\tretries          = 3\n)\n\n`,
      ),
      expected: main(
        '\tvar windows [window]int\n\tfmt.Println(binanceApiSecret[len(windows)-window:])\n',
        'import "fmt"\nimport "os"\n',
        'const (\n\twindow           = 5000\n\tretries          = 3\n)\n\nvar binanceApiSecret = os.Getenv("BINANCE_API_SECRET")\n\n',
      ),
    },
    {
      place: 'typed constant',
      file: 'main.go',
      run: true,
      source: main(
        '\tfmt.Println(binanceApiSecret)\n',
        'import "fmt"\n',
        `type Secret string\n\nconst binanceApiSecret Secret = "§"\n\n`,
      ),
      expected: main(
        '\tfmt.Println(binanceApiSecret)\n',
        'import "fmt"\nimport "os"\n',
        'type Secret string\n\nvar binanceApiSecret Secret = Secret(os.Getenv("BINANCE_API_SECRET"))\n\n',
      ),
    },
    {
      place: 'part of a URL',
      file: 'main.go',
      run: true,
      value: values.infura,
      source: main(
        `\turl := "https://mainnet.infura.io/v3/§"\n\tfmt.Println(strings.TrimPrefix(url, "https://mainnet.infura.io/v3/"))\n`,
        'import (\n\t"fmt"\n\t"strings"\n)\n',
      ),
      expected: main(
        '\turl := "https://mainnet.infura.io/v3/" + os.Getenv("INFURA_API_KEY")\n\tfmt.Println(strings.TrimPrefix(url, "https://mainnet.infura.io/v3/"))\n',
        'import (\n\t"fmt"\n\t"os"\n\t"strings"\n)\n',
      ),
    },
    {
      place: 'header',
      file: 'main.go',
      run: true,
      value: values.tokenMetrics,
      source: main(
        `\theaders := map[string]string{"Authorization": "Bearer §"}\n\tfmt.Println(headers["Authorization"][7:])\n`,
      ),
      expected: main(
        '\theaders := map[string]string{"Authorization": "Bearer " + os.Getenv("TOKEN_METRICS_API_KEY")}\n\tfmt.Println(headers["Authorization"][7:])\n',
        'import "fmt"\nimport "os"\n',
      ),
    },
    {
      place: 'JSON text in raw string',
      file: 'main.go',
      run: true,
      source: main(`\tbinance := \`{"binanceApiSecret": "§"}\`\n\tfmt.Println(binance[22 : len(binance)-2])\n`),
      expected: main(
        '\tbinance := `{"binanceApiSecret": "` + os.Getenv("BINANCE_API_SECRET") + `"}`\n\tfmt.Println(binance[22 : len(binance)-2])\n',
        'import "fmt"\nimport "os"\n',
      ),
    },
    {
      place: 'PEM block',
      file: 'main.go',
      run: true,
      value: values.pem,
      source: main(`\tcoinbasePrivateKey := \`§\n\`\n\tfmt.Print(coinbasePrivateKey)\n`),
      expected: main(
        '\tcoinbasePrivateKey := strings.ReplaceAll(os.Getenv("CDP_API_KEY_SECRET"), `\\n`, "\\n")\n\tfmt.Print(coinbasePrivateKey)\n',
        'import "fmt"\nimport "os"\nimport "strings"\n',
      ),
    },
    {
      place: 'literal fallback',
      file: 'main.go',
      run: true,
      source: main(
        `\tfmt.Println(getEnv("BINANCE_API_SECRET", "§"))\n`,
        'import (\n\t"fmt"\n\t"os"\n)\n',
        'func getEnv(name, fallback string) string {\n\tif v := os.Getenv(name); v != "" {\n\t\treturn v\n\t}\n\treturn fallback\n}\n\n',
      ),
      expected: main(
        '\tfmt.Println(os.Getenv("BINANCE_API_SECRET"))\n',
        'import (\n\t"fmt"\n\t"os"\n)\n',
        'func getEnv(name, fallback string) string {\n\tif v := os.Getenv(name); v != "" {\n\t\treturn v\n\t}\n\treturn fallback\n}\n\n',
      ),
    },
    {
      place: 'literal fallback in an if',
      file: 'main.go',
      run: true,
      value: values.tokenMetrics,
      source: main(
        '\tkey := os.Getenv("TM_KEY")\n\tif key == "" {\n\t\tkey = "§"\n\t}\n\tfmt.Println(key)\n',
        'import (\n\t"fmt"\n\t"os"\n)\n',
      ),
      expected: main(
        '\tkey := os.Getenv("TM_KEY")\n\tif key == "" {\n\t\tpanic("TM_KEY is not set")\n\t}\n\tfmt.Println(key)\n',
        'import (\n\t"fmt"\n\t"os"\n)\n',
      ),
    },
    {
      place: 'own helper for required variables',
      file: 'main.go',
      run: true,
      source: main(
        `\tbinanceApiSecret := "§"\n\tfmt.Println(binanceApiSecret)\n\tif false {\n\t\tmustEnv("HOME")\n\t}\n`,
        'import (\n\t"fmt"\n\t"os"\n)\n',
        'func mustEnv(name string) string {\n\treturn os.Getenv(name)\n}\n\n',
      ),
      expected: main(
        '\tbinanceApiSecret := mustEnv("BINANCE_API_SECRET")\n\tfmt.Println(binanceApiSecret)\n\tif false {\n\t\tmustEnv("HOME")\n\t}\n',
        'import (\n\t"fmt"\n\t"os"\n)\n',
        'func mustEnv(name string) string {\n\treturn os.Getenv(name)\n}\n\n',
      ),
    },
    {
      place: 'constant of constants',
      file: 'main.go',
      source: main(
        '\tfmt.Println(auth)\n',
        'import "fmt"\n',
        `const binanceApiSecret = "§"\nconst auth = "Key " + binanceApiSecret\n\n`,
      ),
      refused: /variables \(var\) first/,
    },
    {
      place: 'struct tag',
      file: 'main.go',
      source: `package main\n\ntype Config struct {\n\tBinance string \`binanceApiSecret:"§"\`\n}\n`,
      refused: /tag of a field/,
    },
    {
      place: 'comment',
      file: 'main.go',
      source: `package main\n\n// binanceApiSecret = "§"\n`,
      refused: /comment/,
    },
  ],
};

provePlaces(proof);

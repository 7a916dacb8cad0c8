import { csharp } from '../../../src/remedy/languages/csharp';
import { provePlaces } from '../places';
import { apart, DIVIDER, inFolder, pour, runs, shell, type Toolchain, together, withEnvFile } from '../toolchains';
import { values } from '../values';

const toolchain: Toolchain = {
  name: 'mono',
  present: () => runs('mcs', '--version') && runs('mono', '--version'),
  run: (programs) =>
    inFolder((folder) => {
      const { texts, env } = together(programs);
      const calls = texts.map((_, i) => `P${i}.Program.Main(); System.Console.WriteLine("\\n${DIVIDER}");\n`).join('');
      pour(folder, {
        ...Object.fromEntries(
          texts.map((text, i) => [
            `P${i}.cs`,
            `namespace P${i} {\n${text.replace('static void Main', 'internal static void Main')}}\n`,
          ]),
        ),
        '.env': env,
        'All.cs': `static class All { static void Main() { ${calls} } }`,
      });
      const built = shell(folder, 'mcs -nologo -nowarn:0162,0219 -langversion:latest -main:All -out:a.exe *.cs');
      return apart(built || withEnvFile(folder, 'mono a.exe'), programs);
    }),
};

const type = (members: string, body: string, using = 'using System;\n') =>
  `${using}\nstatic class Program\n{\n${members}    static void Main()\n    {\n${body}    }\n}\n`;
const read =
  'Environment.GetEnvironmentVariable("BINANCE_API_SECRET") ?? throw new InvalidOperationException("BINANCE_API_SECRET is not set")';
const tm = read.replaceAll('BINANCE_API_SECRET', 'TOKEN_METRICS_API_KEY');

provePlaces({
  language: 'C#',
  idiom: csharp,
  grammar: 'c-sharp',
  toolchain,
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'argument',
      file: 'Program.cs',
      run: true,
      value: values.tokenMetrics,
      source: type('', '        Console.WriteLine(String.Concat("", "§"));\n'),
      expected: type('', `        Console.WriteLine(String.Concat("", ${tm}));\n`),
    },
    {
      place: 'member of an initializer',
      file: 'Program.cs',
      run: true,
      source: type(
        '    class Options { public string BinanceApiSecret; public int Window; }\n',
        '        var o = new Options { BinanceApiSecret = "§", Window = 1 };\n        System.Console.WriteLine(o.BinanceApiSecret);\n',
        'using System.Text;\n',
      ),
      expected: type(
        '    class Options { public string BinanceApiSecret; public int Window; }\n',
        `        var o = new Options { BinanceApiSecret = ${read}, Window = 1 };\n        System.Console.WriteLine(o.BinanceApiSecret);\n`,
        'using System;\nusing System.Text;\n',
      ),
    },
    {
      place: 'constant of a class',
      file: 'Program.cs',
      run: true,
      source: type(
        '    private const string BinanceApiSecret = "§";\n\n',
        '        Console.WriteLine(BinanceApiSecret);\n',
      ),
      expected: type(
        `    private static readonly string BinanceApiSecret = ${read};\n\n`,
        '        Console.WriteLine(BinanceApiSecret);\n',
      ),
    },
    {
      place: 'constant of a method',
      file: 'Program.cs',
      run: true,
      source: type('', '        const string binanceApiSecret = "§";\n        Console.WriteLine(binanceApiSecret);\n'),
      expected: type('', `        string binanceApiSecret = ${read};\n        Console.WriteLine(binanceApiSecret);\n`),
    },
    {
      place: 'part of a URL',
      file: 'Program.cs',
      run: true,
      value: values.infura,
      source: type(
        '',
        '        var url = "https://mainnet.infura.io/v3/§";\n        Console.WriteLine(url.Substring(29));\n',
      ),
      expected: type(
        '',
        '        var url = "https://mainnet.infura.io/v3/" + (Environment.GetEnvironmentVariable("INFURA_API_KEY") ?? throw new InvalidOperationException("INFURA_API_KEY is not set"));\n        Console.WriteLine(url.Substring(29));\n',
      ),
    },
    {
      place: 'interpolated string',
      file: 'Program.cs',
      run: true,
      value: values.tokenMetrics,
      source: type('', '        var name = "x";\n        Console.WriteLine($"{name} Bearer §".Substring(9));\n'),
      expected: type(
        '',
        `        var name = "x";\n        Console.WriteLine($"{name} Bearer {${tm}}".Substring(9));\n`,
      ),
    },
    {
      place: 'verbatim string',
      file: 'Program.cs',
      run: true,
      value: values.tokenMetrics,
      source: type(
        '',
        '        var json = @"{""tokenMetricsApiKey"": ""§""}";\n        Console.WriteLine(json.Substring(24, 39));\n',
      ),
      expected: type(
        '',
        `        var json = @"{""tokenMetricsApiKey"": """ + (${tm}) + @"""}";\n        Console.WriteLine(json.Substring(24, 39));\n`,
      ),
    },
    {
      place: 'value that a method is called on',
      file: 'Program.cs',
      run: true,
      source: type('', '        var binanceApiSecret = "§".Trim();\n        Console.WriteLine(binanceApiSecret);\n'),
      expected: type(
        '',
        `        var binanceApiSecret = (${read}).Trim();\n        Console.WriteLine(binanceApiSecret);\n`,
      ),
    },
    {
      place: 'PEM block',
      file: 'Program.cs',
      run: true,
      value: values.pem,
      source: type('', '        var coinbasePrivateKey = @"§\n";\n        Console.Write(coinbasePrivateKey);\n'),
      expected: type(
        '',
        `        var coinbasePrivateKey = (${read.replaceAll('BINANCE_API_SECRET', 'CDP_API_KEY_SECRET')}).Replace("\\\\n", "\\n");\n        Console.Write(coinbasePrivateKey);\n`,
      ),
    },
    {
      place: 'literal fallback',
      file: 'Program.cs',
      run: true,
      source: type(
        '',
        '        var secret = Environment.GetEnvironmentVariable("BINANCE_API_SECRET") ?? "§";\n        Console.WriteLine(secret);\n',
      ),
      expected: type('', `        var secret = ${read};\n        Console.WriteLine(secret);\n`),
    },
    {
      place: 'literal fallback of a configuration',
      file: 'Program.cs',
      source: 'var secret = builder.Configuration["Binance:ApiSecret"] ?? "§";\n',
      files: {
        'Bot.csproj': '<Project><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>',
      },
      expected:
        'var secret = builder.Configuration["Binance:ApiSecret"] ?? throw new InvalidOperationException("Binance:ApiSecret is not set");\n',
    },
    {
      place: 'attribute',
      file: 'Program.cs',
      source: 'class Bot\n{\n    [Credentials(BinanceApiSecret = "§")]\n    void Run() { }\n}\n',
      refused: /attribute/,
    },
    {
      place: 'default of a parameter',
      file: 'Program.cs',
      source: 'class Bot\n{\n    void Run(string binanceApiSecret = "§") { }\n}\n',
      refused: /default of a parameter.*null/,
    },
    {
      place: 'constant in a pattern',
      file: 'Program.cs',
      source:
        'class Bot\n{\n    const string BinanceApiSecret = "§";\n    bool Is(string s) { switch (s) { case BinanceApiSecret: return true; default: return false; } }\n}\n',
      refused: /BinanceApiSecret is used where only a constant/,
    },
  ],
});

import { java } from '../../../src/remedy/languages/java';
import { kotlin } from '../../../src/remedy/languages/kotlin';
import { scala } from '../../../src/remedy/languages/scala';
import { provePlaces } from '../places';
import { apart, DIVIDER, inFolder, pour, runs, shell, type Toolchain, together, withEnvFile } from '../toolchains';
import { values } from '../values';

const toolchain: Toolchain = {
  name: 'java',
  present: () => runs('javac', '-version') && runs('java', '-version'),
  run: (programs) =>
    inFolder((folder) => {
      const { texts, env } = together(programs);
      const calls = texts.map((_, i) => `p${i}.Bot.main(a); System.out.println("\\n${DIVIDER}");\n`).join('');
      pour(folder, {
        ...Object.fromEntries(
          texts.map((text, i) => [`p${i}/Bot.java`, text.replace('package bot;', `package p${i};`)]),
        ),
        '.env': env,
        'All.java': `class All { public static void main(String[] a) { ${calls} } }`,
      });
      const built = shell(folder, 'javac -Xlint:none -d out All.java p*/*.java 2>&1');
      return apart(built || withEnvFile(folder, 'java -cp out All'), programs);
    }),
};

const type = (body: string, members = '', imports = 'import java.util.List;\nimport java.util.Objects;\n') =>
  `package bot;\n\n${imports}${imports ? '\n' : ''}public class Bot {\n${members}    public static void main(String[] args) {\n${body}    }\n}\n`;
const read = (name: string) => `Objects.requireNonNull(System.getenv("${name}"), "${name} is not set")`;

provePlaces({
  language: 'Java',
  idiom: java,
  grammar: 'java',
  toolchain,
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'argument',
      file: 'Bot.java',
      run: true,
      value: values.tokenMetrics,
      source: type(
        '        System.out.println(List.of("§").get(0));\n',
        '',
        'import java.util.List;\nimport java.util.Set;\n',
      ),
      expected: type(
        `        System.out.println(List.of(${read('TOKEN_METRICS_API_KEY')}).get(0));\n`,
        '',
        'import java.util.List;\nimport java.util.Objects;\nimport java.util.Set;\n',
      ),
    },
    {
      place: 'constant',
      file: 'Bot.java',
      run: true,
      source: type(
        '        System.out.println(BINANCE_API_SECRET);\n',
        '    private static final String BINANCE_API_SECRET = "§";\n\n',
        '',
      ),
      expected: type(
        '        System.out.println(BINANCE_API_SECRET);\n',
        `    private static final String BINANCE_API_SECRET = ${read('BINANCE_API_SECRET')};\n\n`,
        'import java.util.Objects;\n',
      ),
    },
    {
      place: 'value that a method is called on',
      file: 'Bot.java',
      run: true,
      source: type('        String binanceApiSecret = "§".trim();\n        System.out.println(binanceApiSecret);\n'),
      expected: type(
        `        String binanceApiSecret = ${read('BINANCE_API_SECRET')}.trim();\n        System.out.println(binanceApiSecret);\n`,
      ),
    },
    {
      place: 'part of a URL',
      file: 'Bot.java',
      run: true,
      value: values.infura,
      source: type('        System.out.println("https://mainnet.infura.io/v3/§".substring(29));\n'),
      expected: type(
        `        System.out.println(("https://mainnet.infura.io/v3/" + ${read('INFURA_API_KEY')}).substring(29));\n`,
      ),
    },
    {
      place: 'text block',
      file: 'Bot.java',
      run: true,
      value: values.tokenMetrics,
      source: type(
        '        String json = """\n            {"tokenMetricsApiKey": "§", "fee": "5%"}""";\n        System.out.println(json.substring(24, 63));\n',
      ),
      expected: type(
        `        String json = """\n            {"tokenMetricsApiKey": "%s", "fee": "5%%"}""".formatted(${read('TOKEN_METRICS_API_KEY')});\n        System.out.println(json.substring(24, 63));\n`,
      ),
    },
    {
      place: 'PEM block',
      file: 'Bot.java',
      run: true,
      value: values.pem,
      source: type('        String coinbasePrivateKey = """\n§\n""";\n        System.out.print(coinbasePrivateKey);\n'),
      expected: type(
        `        String coinbasePrivateKey = ${read('CDP_API_KEY_SECRET')}.replace("\\\\n", "\\n");\n        System.out.print(coinbasePrivateKey);\n`,
      ),
    },
    {
      place: 'literal fallback of getOrDefault',
      file: 'Bot.java',
      run: true,
      source: type('        System.out.println(System.getenv().getOrDefault("BINANCE_API_SECRET", "§"));\n'),
      expected: type(`        System.out.println(${read('BINANCE_API_SECRET')});\n`),
    },
    {
      place: 'literal fallback of an Optional',
      file: 'Bot.java',
      run: true,
      value: values.tokenMetrics,
      source: type(
        '        System.out.println(Optional.ofNullable(System.getenv("TM_KEY")).orElse("§"));\n',
        '',
        'import java.util.Optional;\n',
      ),
      expected: type(
        '        System.out.println(Optional.ofNullable(System.getenv("TM_KEY")).orElseThrow(() -> new IllegalStateException("TM_KEY is not set")));\n',
        '',
        'import java.util.Optional;\n',
      ),
    },
    {
      place: 'dotenv-java',
      file: 'Bot.java',
      source: type('        Dotenv dotenv = Dotenv.load();\n        String binanceApiSecret = "§";\n'),
      expected: type(
        '        Dotenv dotenv = Dotenv.load();\n        String binanceApiSecret = Objects.requireNonNull(dotenv.get("BINANCE_API_SECRET"), "BINANCE_API_SECRET is not set");\n',
      ),
    },
    {
      place: 'annotation',
      file: 'Bot.java',
      source: 'class Bot {\n    @Credentials(binanceApiSecret = "§")\n    void run() {}\n}\n',
      refused: /annotation/,
    },
    {
      place: 'constant in a case',
      file: 'Bot.java',
      source:
        'class Bot {\n    static final String BINANCE_API_SECRET = "§";\n    boolean is(String s) { switch (s) { case BINANCE_API_SECRET: return true; default: return false; } }\n}\n',
      refused: /only a constant/,
    },
    {
      place: 'Android app',
      file: 'app/Bot.java',
      source:
        'package bot;\n\nimport android.app.Activity;\n\nclass Bot extends Activity {\n    String binanceApiSecret = "§";\n}\n',
      refused: /shipped to phones.*server/,
    },
  ],
});

const get = (name: string) => `System.getenv("${name}") ?: error("${name} is not set")`;

provePlaces({
  language: 'Kotlin',
  idiom: kotlin,
  grammar: 'kotlin',
  toolchain: { name: 'kotlinc', present: () => false, run: () => [] },
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'argument',
      file: 'Bot.kt',
      source: 'fun main() {\n    login(binanceApiSecret = "§", window = 1)\n}\n',
      expected: `fun main() {\n    login(binanceApiSecret = ${get('BINANCE_API_SECRET')}, window = 1)\n}\n`,
    },
    {
      place: 'constant',
      file: 'Bot.kt',
      source: 'private const val BINANCE_API_SECRET = "§"\n\nfun main() = println(BINANCE_API_SECRET)\n',
      expected: `private val BINANCE_API_SECRET = ${get('BINANCE_API_SECRET')}\n\nfun main() = println(BINANCE_API_SECRET)\n`,
    },
    {
      place: 'default of a parameter',
      file: 'Bot.kt',
      source: 'class Bot(val binanceApiSecret: String = "§")\n',
      expected: `class Bot(val binanceApiSecret: String = ${get('BINANCE_API_SECRET')})\n`,
    },
    {
      place: 'part of a URL',
      file: 'Bot.kt',
      value: values.infura,
      source: 'val url = "https://mainnet.infura.io/v3/§"\n',
      expected: `val url = "https://mainnet.infura.io/v3/\${${get('INFURA_API_KEY')}}"\n`,
    },
    {
      place: 'raw string',
      file: 'Bot.kt',
      value: values.tokenMetrics,
      source: 'val json = """{"apiKey": "§"}"""\n',
      expected: `val json = """{"apiKey": "\${${get('TOKEN_METRICS_API_KEY')}}"}"""\n`,
    },
    {
      place: 'value that a method is called on',
      file: 'Bot.kt',
      source: 'val binanceApiSecret = "§".trim()\n',
      expected: `val binanceApiSecret = (${get('BINANCE_API_SECRET')}).trim()\n`,
    },
    {
      place: 'PEM block',
      file: 'Bot.kt',
      value: values.pem,
      source: 'val coinbasePrivateKey = """\n§\n"""\n',
      expected: `val coinbasePrivateKey = (${get('CDP_API_KEY_SECRET')}).replace("\\\\n", "\\n")\n`,
    },
    {
      place: 'literal fallback',
      file: 'Bot.kt',
      source: 'val secret = System.getenv("BINANCE_API_SECRET") ?: "§"\n',
      expected: `val secret = ${get('BINANCE_API_SECRET')}\n`,
    },
    {
      place: 'annotation',
      file: 'Bot.kt',
      source: '@Credentials(binanceApiSecret = "§")\nclass Bot\n',
      refused: /annotation/,
    },
    {
      place: 'Android app',
      file: 'app/src/Bot.kt',
      files: { 'app/build.gradle.kts': 'plugins { id("com.android.application") }\n' },
      source: 'val binanceApiSecret = "§"\n',
      refused: /shipped to phones.*server/,
    },
  ],
});

provePlaces({
  language: 'Scala',
  idiom: scala,
  grammar: 'scala',
  toolchain: { name: 'scala', present: () => false, run: () => [] },
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'constant',
      file: 'Bot.scala',
      source: 'object Bot {\n  final val BinanceApiSecret = "§"\n}\n',
      expected: 'object Bot {\n  final val BinanceApiSecret = sys.env("BINANCE_API_SECRET")\n}\n',
    },
    {
      place: 'part of a URL',
      file: 'Bot.scala',
      value: values.infura,
      source: 'object Bot {\n  val url = "https://mainnet.infura.io/v3/§"\n}\n',
      expected: 'object Bot {\n  val url = "https://mainnet.infura.io/v3/" + sys.env("INFURA_API_KEY")\n}\n',
    },
    {
      place: 'interpolated string',
      file: 'Bot.scala',
      value: values.tokenMetrics,
      source: 'object Bot {\n  val header = s"$name Bearer §"\n}\n',
      expected: 'object Bot {\n  val header = s"$name Bearer " + sys.env("TOKEN_METRICS_API_KEY")\n}\n',
    },
    {
      place: 'PEM block',
      file: 'Bot.scala',
      value: values.pem,
      source: 'object Bot {\n  val coinbasePrivateKey = """§\n"""\n}\n',
      expected: 'object Bot {\n  val coinbasePrivateKey = sys.env("CDP_API_KEY_SECRET").replace("\\\\n", "\\n")\n}\n',
    },
    {
      place: 'literal fallback',
      file: 'Bot.scala',
      source: 'object Bot {\n  val secret = sys.env.getOrElse("BINANCE_API_SECRET", "§")\n}\n',
      expected: 'object Bot {\n  val secret = sys.env("BINANCE_API_SECRET")\n}\n',
    },
    {
      place: 'pattern',
      file: 'Bot.scala',
      value: values.tokenMetrics,
      source: 'object Bot {\n  def is(s: String) = s match {\n    case "§" => true\n    case _ => false\n  }\n}\n',
      refused: /guard/,
    },
  ],
});

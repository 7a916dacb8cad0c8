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

/** All programs as one, each in a package of its own: the compiler starts slowly. */
const kotlins: Toolchain = {
  name: 'kotlinc',
  present: () => runs('kotlinc', '-version'),
  run: (programs) =>
    inFolder((folder) => {
      const { texts, env } = together(programs);
      const calls = texts.map((_, i) => `    p${i}.main(); println("\\n${DIVIDER}")\n`).join('');
      pour(folder, {
        ...Object.fromEntries(texts.map((text, i) => [`p${i}.kt`, `package p${i}\n\n${text}`])),
        'All.kt': `fun main() {\n${calls}}\n`,
        '.env': env,
      });
      const built = shell(folder, 'kotlinc -nowarn *.kt -d all.jar 2>&1 | grep -a error:; true');
      return apart(built || withEnvFile(folder, 'kotlin -cp all.jar AllKt'), programs);
    }),
};

/** The same for Scala. */
const scalas: Toolchain = {
  name: 'scala',
  present: () => runs('scalac', '-version') && runs('scala', '-version'),
  run: (programs) =>
    inFolder((folder) => {
      const { texts, env } = together(programs);
      const calls = texts.map((_, i) => `    p${i}.Bot.main(a); println("\\n${DIVIDER}")\n`).join('');
      pour(folder, {
        ...Object.fromEntries(texts.map((text, i) => [`p${i}.scala`, `package p${i}\n\n${text}`])),
        'All.scala': `object All {\n  def main(a: Array[String]): Unit = {\n${calls}  }\n}\n`,
        '.env': env,
      });
      const built = shell(folder, 'scalac *.scala 2>&1 | grep -a error:; true');
      return apart(built || withEnvFile(folder, 'scala -cp . All'), programs);
    }),
};

const get = (name: string) => `System.getenv("${name}") ?: error("${name} is not set")`;

const print = (expression: string) => `\nfun main() = println(${expression})\n`;
const last = (expression: string, separator: string) => print(`${expression}.substringAfterLast("${separator}")`);
const login = 'fun login(binanceApiSecret: String, window: Int) = println(binanceApiSecret.take(999 * window))\n\n';
/** An object of Scala that prints something of its members. */
const bot = (members: string, printed: string) =>
  `object Bot {\n  ${members}\n\n  def main(args: Array[String]): Unit = println(${printed})\n}\n`;

provePlaces({
  language: 'Kotlin',
  idiom: kotlin,
  grammar: 'kotlin',
  toolchain: kotlins,
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'argument',
      file: 'Bot.kt',
      run: true,
      source: `${login}fun main() {\n    login(binanceApiSecret = "§", window = 1)\n}\n`,
      expected: `${login}fun main() {\n    login(binanceApiSecret = ${get('BINANCE_API_SECRET')}, window = 1)\n}\n`,
    },
    {
      place: 'constant',
      file: 'Bot.kt',
      run: true,
      source: 'private const val BINANCE_API_SECRET = "§"\n\nfun main() = println(BINANCE_API_SECRET)\n',
      expected: `private val BINANCE_API_SECRET = ${get('BINANCE_API_SECRET')}\n\nfun main() = println(BINANCE_API_SECRET)\n`,
    },
    {
      place: 'default of a parameter',
      file: 'Bot.kt',
      run: true,
      source: 'class Bot(val binanceApiSecret: String = "§")\n\nfun main() = println(Bot().binanceApiSecret)\n',
      expected: `class Bot(val binanceApiSecret: String = ${get('BINANCE_API_SECRET')})\n\nfun main() = println(Bot().binanceApiSecret)\n`,
    },
    {
      place: 'part of a URL',
      file: 'Bot.kt',
      value: values.infura,
      run: true,
      source: `val url = "https://mainnet.infura.io/v3/§"\n${last('url', '/')}`,
      expected: `val url = "https://mainnet.infura.io/v3/\${${get('INFURA_API_KEY')}}"\n${last('url', '/')}`,
    },
    {
      place: 'raw string',
      file: 'Bot.kt',
      value: values.tokenMetrics,
      run: true,
      source: `val json = """{"apiKey": "§"}"""\n${last('json.dropLast(2)', '\\"')}`,
      expected: `val json = """{"apiKey": "\${${get('TOKEN_METRICS_API_KEY')}}"}"""\n${last('json.dropLast(2)', '\\"')}`,
    },
    {
      place: 'value that a method is called on',
      file: 'Bot.kt',
      run: true,
      source: `val binanceApiSecret = "§".trim()\n${print('binanceApiSecret')}`,
      expected: `val binanceApiSecret = (${get('BINANCE_API_SECRET')}).trim()\n${print('binanceApiSecret')}`,
    },
    {
      place: 'PEM block',
      file: 'Bot.kt',
      value: values.pem,
      run: true,
      source: `val coinbasePrivateKey = """\n§\n"""\n${print('coinbasePrivateKey.trim()')}`,
      expected: `val coinbasePrivateKey = (${get('CDP_API_KEY_SECRET')}).replace("\\\\n", "\\n")\n${print('coinbasePrivateKey.trim()')}`,
    },
    {
      place: 'literal fallback',
      file: 'Bot.kt',
      run: true,
      source: `val secret = System.getenv("BINANCE_API_SECRET") ?: "§"\n${print('secret')}`,
      expected: `val secret = ${get('BINANCE_API_SECRET')}\n${print('secret')}`,
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
  toolchain: scalas,
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'constant',
      file: 'Bot.scala',
      run: true,
      source: bot('final val BinanceApiSecret = "§"', 'BinanceApiSecret'),
      expected: bot('final val BinanceApiSecret = sys.env("BINANCE_API_SECRET")', 'BinanceApiSecret'),
    },
    {
      place: 'part of a URL',
      file: 'Bot.scala',
      value: values.infura,
      run: true,
      source: bot('val url = "https://mainnet.infura.io/v3/§"', 'url.substring(29)'),
      expected: bot('val url = "https://mainnet.infura.io/v3/" + sys.env("INFURA_API_KEY")', 'url.substring(29)'),
    },
    {
      place: 'interpolated string',
      file: 'Bot.scala',
      value: values.tokenMetrics,
      run: true,
      source: bot('val name = "x"\n  val header = s"$name Bearer §"', 'header.substring(9)'),
      expected: bot(
        'val name = "x"\n  val header = s"$name Bearer " + sys.env("TOKEN_METRICS_API_KEY")',
        'header.substring(9)',
      ),
    },
    {
      place: 'PEM block',
      file: 'Bot.scala',
      value: values.pem,
      run: true,
      source: bot('val coinbasePrivateKey = """§\n"""', 'coinbasePrivateKey.trim'),
      expected: bot(
        'val coinbasePrivateKey = sys.env("CDP_API_KEY_SECRET").replace("\\\\n", "\\n")',
        'coinbasePrivateKey.trim',
      ),
    },
    {
      place: 'literal fallback',
      file: 'Bot.scala',
      run: true,
      source: bot('val secret = sys.env.getOrElse("BINANCE_API_SECRET", "§")', 'secret'),
      expected: bot('val secret = sys.env("BINANCE_API_SECRET")', 'secret'),
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

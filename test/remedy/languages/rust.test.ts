import { rust } from '../../../src/remedy/languages/rust';
import { provePlaces } from '../places';
import { apart, DIVIDER, inFolder, pour, runs, shell, type Toolchain, together, withEnvFile } from '../toolchains';
import { values } from '../values';

/** All programs as modules of one: compiling is slow. */
const toolchain: Toolchain = {
  name: 'rustc',
  present: () => runs('rustc', '--version'),
  run: (programs) =>
    inFolder((folder) => {
      const { texts, env } = together(programs);
      const calls = texts.map((_, i) => `    m${i}::main();\n    println!("\\n${DIVIDER}");\n`).join('');
      pour(folder, {
        ...Object.fromEntries(texts.map((text, i) => [`m${i}.rs`, text.replace('fn main', 'pub fn main')])),
        '.env': env,
        'main.rs': `${texts.map((_, i) => `mod m${i};\n`).join('')}fn main() {\n${calls}}\n`,
      });
      const built = shell(folder, 'rustc --edition 2021 -A warnings -C opt-level=0 -o all main.rs');
      return apart(built || withEnvFile(folder, './all'), programs);
    }),
};

const main = (body: string, top = '') => `${top}fn main() {\n${body}}\n`;
const read = 'std::env::var("BINANCE_API_SECRET").expect("BINANCE_API_SECRET is not set")';
const tokenMetrics = read.replaceAll('BINANCE_API_SECRET', 'TOKEN_METRICS_API_KEY');

provePlaces({
  language: 'Rust',
  idiom: rust,
  grammar: 'rust',
  toolchain,
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'String',
      file: 'main.rs',
      run: true,
      source: main('    let binance_api_secret = "§".to_string();\n    println!("{}", binance_api_secret);\n'),
      expected: main(`    let binance_api_secret = ${read};\n    println!("{}", binance_api_secret);\n`),
    },
    {
      place: 'String::from',
      file: 'main.rs',
      run: true,
      value: values.tokenMetrics,
      source: main('    let key = String::from("§");\n    println!("{}", key);\n'),
      expected: main(`    let key = ${tokenMetrics};\n    println!("{}", key);\n`),
    },
    {
      place: 'let binding',
      file: 'main.rs',
      run: true,
      source: main(
        '    let binance_api_secret = "§";\n    let pairs = [("host", "x"), ("secret", binance_api_secret)];\n    println!("{}", pairs[1].1);\n',
      ),
      expected: main(
        `    let binance_api_secret: &str = &${read};\n    let pairs = [("host", "x"), ("secret", binance_api_secret)];\n    println!("{}", pairs[1].1);\n`,
      ),
    },
    {
      place: 'argument',
      file: 'main.rs',
      run: true,
      source: main(
        '    show("BINANCE_API_SECRET", "§");\n',
        'fn show(_name: &str, value: &str) {\n    println!("{value}");\n}\n\n',
      ),
      expected: main(
        `    show("BINANCE_API_SECRET", &${read});\n`,
        'fn show(_name: &str, value: &str) {\n    println!("{value}");\n}\n\n',
      ),
    },
    {
      place: 'field of a struct',
      file: 'main.rs',
      run: true,
      source: main(
        '    let keys = Keys { binance_api_secret: "§" };\n    println!("{}", keys.binance_api_secret);\n',
        "struct Keys {\n    binance_api_secret: &'static str,\n}\n\n",
      ),
      expected: main(
        `    let keys = Keys { binance_api_secret: &*${read}.leak() };\n    println!("{}", keys.binance_api_secret);\n`,
        "struct Keys {\n    binance_api_secret: &'static str,\n}\n\n",
      ),
    },
    {
      place: 'argument that is kept',
      file: 'main.rs',
      run: true,
      value: values.tokenMetrics,
      source: main(
        '    println!("{}", Header::from_static("§").0);\n',
        "struct Header(&'static str);\n\nimpl Header {\n    fn from_static(value: &'static str) -> Self {\n        Header(value)\n    }\n}\n\n",
      ),
      expected: main(
        `    println!("{}", Header::from_static(&*${tokenMetrics}.leak()).0);\n`,
        "struct Header(&'static str);\n\nimpl Header {\n    fn from_static(value: &'static str) -> Self {\n        Header(value)\n    }\n}\n\n",
      ),
    },
    {
      place: 'constant',
      file: 'main.rs',
      run: true,
      source: main(
        '    show(BINANCE_API_SECRET);\n    assert_eq!(BINANCE_API_SECRET.len(), 64);\n',
        'use std::fmt::Display;\n\nconst BINANCE_API_SECRET: &str = "§";\n\nfn show<T: Display>(value: T) {\n    println!("{value}");\n}\n\n',
      ),
      expected: main(
        '    show(BINANCE_API_SECRET.as_str());\n    assert_eq!(BINANCE_API_SECRET.len(), 64);\n',
        `use std::fmt::Display;\nuse std::sync::LazyLock;\n\nstatic BINANCE_API_SECRET: LazyLock<String> = LazyLock::new(|| ${read});\n\nfn show<T: Display>(value: T) {\n    println!("{value}");\n}\n\n`,
      ),
    },
    {
      place: 'part of a URL',
      file: 'main.rs',
      run: true,
      value: values.infura,
      source: main('    let url = "https://mainnet.infura.io/v3/§";\n    println!("{}", &url[29..]);\n'),
      expected: main(
        '    let url: &str = &format!("https://mainnet.infura.io/v3/{}", std::env::var("INFURA_API_KEY").expect("INFURA_API_KEY is not set"));\n    println!("{}", &url[29..]);\n',
      ),
    },
    {
      place: 'part of a format text',
      file: 'main.rs',
      run: true,
      value: values.tokenMetrics,
      source: main('    let header = format!("{}Bearer §", "");\n    println!("{}", &header[7..]);\n'),
      expected: main(
        '    let header = format!("{}Bearer {token_metrics_api_key}", "", token_metrics_api_key = std::env::var("TOKEN_METRICS_API_KEY").expect("TOKEN_METRICS_API_KEY is not set"));\n    println!("{}", &header[7..]);\n',
      ),
    },
    {
      place: 'raw string',
      file: 'main.rs',
      run: true,
      value: values.tokenMetrics,
      source: main('    let key: String = r#"§"#.into();\n    println!("{}", key);\n'),
      expected: main(`    let key: String = ${tokenMetrics}.into();\n    println!("{}", key);\n`),
    },
    {
      place: 'PEM block',
      file: 'main.rs',
      run: true,
      value: values.pem,
      source: main('    let coinbase_private_key = "§\n".to_string();\n    print!("{}", coinbase_private_key);\n'),
      expected: main(
        '    let coinbase_private_key = std::env::var("CDP_API_KEY_SECRET").expect("CDP_API_KEY_SECRET is not set").replace("\\\\n", "\\n");\n    print!("{}", coinbase_private_key);\n',
      ),
    },
    {
      place: 'literal fallback',
      file: 'main.rs',
      run: true,
      value: values.tokenMetrics,
      source: main(
        '    let secret = env::var("TOKEN_METRICS_API_KEY").unwrap_or_else(|_| "§".to_string());\n    println!("{}", secret);\n',
        'use std::env;\n\n',
      ),
      expected: main(
        '    let secret = env::var("TOKEN_METRICS_API_KEY").expect("TOKEN_METRICS_API_KEY is not set");\n    println!("{}", secret);\n',
        'use std::env;\n\n',
      ),
    },
    {
      place: 'public constant',
      file: 'lib.rs',
      source: 'pub const BINANCE_API_SECRET: &str = "§";\n',
      refused: /is public.*LazyLock/,
    },
    {
      place: 'constant of a type',
      file: 'lib.rs',
      source: 'struct Bot;\n\nimpl Bot {\n    const BINANCE_API_SECRET: &\'static str = "§";\n}\n',
      refused: /belongs to a type/,
    },
    { place: 'attribute', file: 'lib.rs', source: '#[binance(api_secret = "§")]\nstruct Bot;\n', refused: /attribute/ },
    {
      place: 'pattern',
      file: 'lib.rs',
      value: values.tokenMetrics,
      source:
        'fn check(binance_api_secret: &str) -> bool {\n    match binance_api_secret {\n        "§" => true,\n        _ => false,\n    }\n}\n',
      refused: /pattern/,
    },
    {
      place: 'literal of bytes',
      file: 'lib.rs',
      source: 'const BINANCE_API_SECRET: &[u8] = b"§";\n',
      refused: /bytes/,
    },
  ],
});

import { cFamily } from '../../../src/remedy/languages/c';
import { provePlaces } from '../places';
import { inFolder, pour, runs, shell, type Toolchain, withEnvFile } from '../toolchains';
import { values } from '../values';

const compiler = (name: string, flags: string): Toolchain => ({
  name,
  present: () => runs(name, '--version'),
  run: (programs) =>
    programs.map((p) =>
      inFolder((folder) => {
        pour(folder, p.files);
        const built = shell(folder, `${name} ${flags} -o bot ${p.file} 2>&1`);
        return built || withEnvFile(folder, './bot');
      }),
    ),
});

const helper = `static char *required_env(const char *name) {
    char *value = getenv(name);
    if (value == NULL) {
        fprintf(stderr, "%s is not set\\n", name);
        exit(EXIT_FAILURE);
    }
    return value;
}
`;
const c = (body: string, top = '', head = '#include <stdio.h>\n') =>
  `${head}\n${top}int main(void) {\n${body}    return 0;\n}\n`;
const withHelper = `#include <stdio.h>\n#include <stdlib.h>\n\n${helper}`;

provePlaces({
  language: 'C',
  idiom: cFamily,
  grammar: 'c',
  toolchain: compiler('gcc', '-Wall -Werror -Wno-unused-function'),
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'variable of a function',
      file: 'bot.c',
      run: true,
      source: c('    const char *binance_api_secret = "§";\n    puts(binance_api_secret);\n'),
      expected: c(
        '    const char *binance_api_secret = required_env("BINANCE_API_SECRET");\n    puts(binance_api_secret);\n',
        '',
        withHelper,
      ),
    },
    {
      place: 'argument',
      file: 'bot.c',
      run: true,
      value: values.tokenMetrics,
      source: c('    puts("§");\n'),
      expected: c('    puts(required_env("TOKEN_METRICS_API_KEY"));\n', '', withHelper),
    },
    {
      place: 'macro',
      file: 'bot.c',
      run: true,
      source: c('    puts(BINANCE_API_SECRET);\n', '#define BINANCE_API_SECRET "§"\n\n'),
      expected: c(
        '    puts(BINANCE_API_SECRET);\n',
        '#define BINANCE_API_SECRET required_env("BINANCE_API_SECRET")\n\n',
        withHelper,
      ),
    },
    {
      place: 'array of characters',
      file: 'bot.c',
      run: true,
      source: c('    const char binance_api_secret[] = "§";\n    puts(binance_api_secret);\n'),
      expected: c(
        '    const char *binance_api_secret = required_env("BINANCE_API_SECRET");\n    puts(binance_api_secret);\n',
        '',
        withHelper,
      ),
    },
    {
      place: 'own helper for required variables',
      file: 'bot.c',
      run: true,
      source: c(
        '    const char *binance_api_secret = "§";\n    puts(binance_api_secret);\n',
        'char *must_getenv(const char *name) {\n    return getenv(name);\n}\n\n',
        '#include <stdio.h>\n#include <stdlib.h>\n',
      ),
      expected: c(
        '    const char *binance_api_secret = must_getenv("BINANCE_API_SECRET");\n    puts(binance_api_secret);\n',
        'char *must_getenv(const char *name) {\n    return getenv(name);\n}\n\n',
        '#include <stdio.h>\n#include <stdlib.h>\n',
      ),
    },
    {
      place: 'variable outside of functions',
      file: 'bot.c',
      source: c('    puts(binance_api_secret);\n', 'static const char *binance_api_secret = "§";\n\n'),
      refused: /set it in main/,
    },
    {
      place: 'array whose size is asked for',
      file: 'bot.c',
      source: c(
        '    char binance_api_secret[] = "§";\n    fwrite(binance_api_secret, 1, sizeof(binance_api_secret), stdout);\n',
      ),
      refused: /pointer/,
    },
    {
      place: 'macro among texts',
      file: 'bot.c',
      source: c('    puts("key=" BINANCE_API_SECRET);\n', '#define BINANCE_API_SECRET "§"\n\n'),
      refused: /Change these uses/,
    },
    {
      place: 'part of a URL',
      file: 'bot.c',
      value: values.infura,
      source: c('    puts("https://mainnet.infura.io/v3/§");\n'),
      refused: /snprintf/,
    },
    {
      place: 'PEM block',
      file: 'bot.c',
      value: () => values.pem().replaceAll('\n', '\\n'),
      source: c('    const char *coinbase_private_key = "§\\n";\n'),
      refused: /in a file/,
    },
  ],
});

const cppHelper = helper
  .replace('static char *', 'static const char *')
  .replace('    char *value = getenv', '    const char *value = std::getenv')
  .replace('NULL', 'nullptr')
  .replace('fprintf', 'std::fprintf')
  .replace('exit(', 'std::exit(');
const head = '#include <cstdio>\n#include <string>\n';
const cppHead = `${head}#include <cstdlib>\n\n${cppHelper}`;
const cpp = (body: string, top = '', heading = head) => `${heading}\n${top}int main() {\n${body}    return 0;\n}\n`;

provePlaces({
  language: 'C++',
  idiom: cFamily,
  grammar: 'cpp',
  toolchain: compiler('g++', '-std=c++17 -O0'),
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'std::string',
      file: 'bot.cpp',
      run: true,
      source: cpp('    std::string binance_api_secret = "§";\n    std::puts(binance_api_secret.c_str());\n'),
      expected: cpp(
        '    std::string binance_api_secret = required_env("BINANCE_API_SECRET");\n    std::puts(binance_api_secret.c_str());\n',
        '',
        cppHead,
      ),
    },
    {
      place: 'variable outside of functions',
      file: 'bot.cpp',
      run: true,
      source: cpp(
        '    std::puts(binance_api_secret.c_str());\n',
        'static const std::string binance_api_secret = "§";\n\n',
      ),
      expected: cpp(
        '    std::puts(binance_api_secret.c_str());\n',
        'static const std::string binance_api_secret = required_env("BINANCE_API_SECRET");\n\n',
        cppHead,
      ),
    },
    {
      place: 'constexpr',
      file: 'bot.cpp',
      run: true,
      source: cpp('    std::puts(binance_api_secret);\n', 'constexpr const char* binance_api_secret = "§";\n\n'),
      expected: cpp(
        '    std::puts(binance_api_secret);\n',
        'const char* const binance_api_secret = required_env("BINANCE_API_SECRET");\n\n',
        cppHead,
      ),
    },
    {
      place: 'constexpr of a class',
      file: 'bot.cpp',
      run: true,
      source: cpp(
        '    std::puts(Bot::binance_api_secret);\n',
        'class Bot {\npublic:\n    static constexpr const char* binance_api_secret = "§";\n};\n\n',
      ),
      expected: cpp(
        '    std::puts(Bot::binance_api_secret);\n',
        'class Bot {\npublic:\n    static inline const char* const binance_api_secret = required_env("BINANCE_API_SECRET");\n};\n\n',
        cppHead,
      ),
    },
    {
      place: 'part of a URL',
      file: 'bot.cpp',
      run: true,
      value: values.infura,
      source: cpp('    std::string url = "https://mainnet.infura.io/v3/§";\n    std::puts(url.c_str() + 29);\n'),
      expected: cpp(
        '    std::string url = std::string("https://mainnet.infura.io/v3/") + required_env("INFURA_API_KEY");\n    std::puts(url.c_str() + 29);\n',
        '',
        cppHead,
      ),
    },
    {
      place: 'part of an argument',
      file: 'bot.cpp',
      run: true,
      value: values.tokenMetrics,
      source: cpp('    show("Bearer §");\n', 'void show(const char* header) { std::puts(header + 7); }\n\n'),
      expected: cpp(
        '    show((std::string("Bearer ") + required_env("TOKEN_METRICS_API_KEY")).c_str());\n',
        'void show(const char* header) { std::puts(header + 7); }\n\n',
        cppHead,
      ),
    },
    {
      place: 'raw string',
      file: 'bot.cpp',
      run: true,
      value: values.tokenMetrics,
      source: cpp('    std::string key = R"x(§)x";\n    std::puts(key.c_str());\n'),
      expected: cpp(
        '    std::string key = required_env("TOKEN_METRICS_API_KEY");\n    std::puts(key.c_str());\n',
        '',
        cppHead,
      ),
    },
    {
      place: 'part of a pointer',
      file: 'bot.cpp',
      value: values.infura,
      source: cpp('    const char* url = "https://mainnet.infura.io/v3/§";\n'),
      refused: /std::string/,
    },
  ],
});

// `npm ci --ignore-scripts` compiles nothing, so two small native modules of the server are missing: its log writer and
// its parent watchdog. These JavaScript stand-ins keep the server quiet; neither matters to an extension.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const LOG_WRITER = `
const fs = require('fs');
const path = require('path');
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'off'];
class Logger {
  constructor(file) { this.file = file; this.level = 2; }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() {}
  flush() {}
  drop() {}
  write(level, message) {
    if (level < this.level) return;
    try {
      fs.mkdirSync(path.dirname(this.file), { recursive: true });
      fs.appendFileSync(this.file, new Date().toISOString() + ' [' + levels[level] + '] ' + message + '\\n');
    } catch {}
  }
}
levels.slice(0, 6).forEach((name, i) => { Logger.prototype[name] = function (message) { this.write(i, message); }; });
exports.version = 'js';
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
`;

const WATCHDOG = `
exports.start = () => {};
exports.exit = (code) => process.exit(code || 0);
`;

/** Writes the stand-ins into the server's node_modules where the native parts are missing. */
export function writeStandIns(serverFolder) {
  const scope = path.join(serverFolder, 'node_modules/@vscode');
  const put = (name, native, code) => {
    const folder = path.join(scope, name);
    if (existsSync(folder) && !existsSync(path.join(folder, native))) {
      writeFileSync(path.join(folder, 'index.js'), code);
    }
  };
  put('spdlog', 'build/Release/spdlog.node', LOG_WRITER);
  put('native-watchdog', 'build/Release/watchdog.node', WATCHDOG);
}

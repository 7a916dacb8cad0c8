import { spawnSync } from 'node:child_process';
import os from 'node:os';

/** What one run took, in seconds. */
export interface Taken {
  readonly wall: number;
  /** Of all its threads and children, in the program and in the kernel. */
  readonly cpu: number;
}

/** Something to measure. A program gives what it took itself, since its processes are its own. */
export type Work = () => Taken;

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Medians of several rounds in which each work has its turn, so that a busy moment meets all of them. */
export function compare(rounds: number, works: ReadonlyMap<string, Work>): Map<string, Taken> {
  const taken = new Map([...works.keys()].map((name) => [name, [] as Taken[]]));
  for (let i = 0; i < rounds; i++) {
    for (const [name, work] of works) {
      taken.get(name)?.push(work());
    }
  }
  return new Map(
    [...taken].map(([name, list]) => [
      name,
      { wall: median(list.map((t) => t.wall)), cpu: median(list.map((t) => t.cpu)) },
    ]),
  );
}

/** A function of this process. */
export function here(run: () => void): Work {
  return () => {
    const cpu = process.cpuUsage();
    const started = performance.now();
    run();
    const { user, system } = process.cpuUsage(cpu);
    return { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
  };
}

/** A command line of bash; what it prints is dropped. Its exit status is its own affair, unless it could not start. */
export function program(command: string, cwd: string): Work {
  return () => {
    const { stderr, status } = spawnSync(
      'bash',
      ['-c', `TIMEFORMAT='taken %R %U %S'; time { ${command}; } >/dev/null 2>&1`],
      { cwd, encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    const [, wall, user, system] = /taken ([\d.]+) ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
    if (wall === undefined || status === 127 || status === 126) {
      throw new Error(`${command}: it could not be run (${status})`);
    }
    return { wall: Number(wall), cpu: Number(user) + Number(system) };
  };
}

/** Rows with their columns aligned, as Markdown. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(3, ...rows.map((r) => (r[c] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join(' | ')} |`;
  const [head, ...body] = rows;
  const rule = `|${widths.map((w, c) => (c === 0 ? '-'.repeat(w + 2) : `${'-'.repeat(w + 1)}:`)).join('|')}|`;
  return [line(head ?? []), rule, ...body.map(line)].join('\n');
}

/** What the figures were measured on. */
export function machine(): string {
  const cpus = os.cpus();
  const load = os.loadavg().map((l) => l.toFixed(1));
  return [
    `${cpus.length} × ${cpus[0]?.model.trim() ?? 'unknown processor'}`,
    `${Math.round(os.totalmem() / 2 ** 30)} GB`,
    `${os.type()} ${os.release()}`,
    `Node ${process.version}`,
    `load ${load.join(' ')} when it began`,
  ].join(', ');
}

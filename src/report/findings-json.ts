import { bySeverity, type FindingsReport } from './located-finding';

/** The object that outside scripts read; additions only. */
export function findingsJson(report: FindingsReport): string {
  const object = {
    schemaVersion: 1,
    tool: { name: 'keyward', version: report.toolVersion },
    summary: {
      files: report.files,
      bytes: report.bytes,
      skipped: report.skipped,
      milliseconds: report.milliseconds,
      bySeverity: bySeverity(report.findings),
    },
    findings: report.findings.map((f) => ({
      ruleId: f.ruleId,
      provider: f.provider,
      category: f.category,
      severity: f.severity,
      state: f.state,
      confidence: f.confidence,
      why: f.why,
      file: f.file,
      ...(f.commit ? { commit: f.commit } : {}),
      ...(f.history ? { history: f.history } : {}),
      local: f.local,
      range: f.range,
      redacted: f.redacted,
      ...(f.fingerprint ? { fingerprint: f.fingerprint } : {}),
      variable: f.variable,
      ...(f.group ? { group: `${f.file}#${f.group}` } : {}),
      message: f.message,
      ...(f.testKeyName ? { testKeyName: f.testKeyName } : {}),
      ...(f.ignored ? { ignored: f.ignored } : {}),
    })),
    errors: report.errors,
    staleIgnores: report.staleIgnores,
  };
  return `${JSON.stringify(object, null, 2)}\n`;
}

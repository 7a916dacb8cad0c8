import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import type { Assessment } from '../checklist/assessment';
import { say } from '../words/say';
import { html } from './markup';
import { reportBody } from './page/body';
import { exportColours, pageStyle } from './page/style';

const style = exportColours + pageStyle;

/** The assessment as one page without scripts, for browsers and print. It loads nothing, and may style itself only as here. */
export function assessmentHtml(assessment: Assessment): string {
  const { project } = assessment.subject;
  const policy = `default-src 'none'; style-src 'sha256-${base64.encode(sha256(utf8ToBytes(style)))}'`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${html(say('Key-lifecycle checklist: {0}', project))}</title><style>${style}</style></head>
<body><main>
${reportBody(assessment)}
</main></body></html>
`;
}

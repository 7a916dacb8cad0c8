import assert from 'node:assert/strict';
import { capabilities, type Installation, importsOf, isNetwork, storePrograms } from '../../src/report/capabilities';

const INSTALLATION: Installation = {
  version: '1.2.3',
  trusted: true,
  programs: true,
  folders: ['bot'],
  files: [{ name: 'extension.js', imports: ['./engine.js', 'node:fs', 'vscode'], hash: 'a'.repeat(64), asBuilt: true }],
  settings: [{ name: 'keyward.paste', value: '"offer"', from: 'default' }],
};

describe('what Keyward can do', () => {
  it('is read from the text of a bundle, minified or not', () => {
    const text = 'var a=require("node:fs"),b=require(\'vscode\');await import("./engine.js");x.require(1);require(y)';
    assert.deepEqual(importsOf(text), ['./engine.js', 'node:fs', 'vscode']);
  });

  it('knows the modules that open connections', () => {
    for (const name of ['http', 'node:https', 'net', 'node:tls', 'dns/promises', 'http2', 'dgram', 'undici', 'ws']) {
      assert.ok(isNetwork(name), name);
    }
    for (const name of ['node:fs', 'vscode', './engine.js', 'node:child_process', 'node:path', './netrc.js']) {
      assert.ok(!isNetwork(name), name);
    }
  });

  it('says which files run and that none opens a connection', () => {
    const text = capabilities(INSTALLATION);
    assert.match(text, /None of it can open a connection/);
    assert.match(text, /\| `extension\.js` \| `\.\/engine\.js`, `node:fs`, `vscode` \| `a{64}` \| yes \|/);
    assert.match(text, /`keyward\.paste` \| `"offer"` \| default/);
  });

  it('says so when a file loads the network, or is not as it was built', () => {
    const [file] = INSTALLATION.files ?? [];
    assert.ok(file);
    const bad = capabilities({ ...INSTALLATION, files: [{ ...file, imports: ['node:https'], asBuilt: false }] });
    assert.match(bad, /loads a module that can open connections: extension\.js: node:https/);
    assert.match(bad, /Changed since the build: extension\.js/);
    assert.doesNotMatch(bad, /None of it can open a connection/);
  });

  it('claims nothing where it can not look, and runs nothing in a browser or in Restricted Mode', () => {
    assert.match(capabilities({ ...INSTALLATION, files: undefined }), /nothing can be shown here/);
    assert.match(capabilities({ ...INSTALLATION, programs: false }), /Nothing: this window runs in a browser/);
    assert.match(capabilities({ ...INSTALLATION, trusted: false }), /Nothing: this window is in Restricted Mode/);
  });

  it('names the tools of the stores', () => {
    for (const program of ['op', 'vault', 'aws', 'gcloud', 'az', 'doppler', 'infisical', 'sops', 'gh', 'glab']) {
      assert.ok(storePrograms().includes(program), program);
    }
  });
});

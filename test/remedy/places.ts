import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyChanges, applyPlan } from '../../src/remedy/apply-plan';
import { type FixRow, type Idiom, isRefusal } from '../../src/remedy/idiom';
import type { Plan, TextChange } from '../../src/remedy/plan';
import { notRun, runFromStores } from '../../src/report/fixes-table';
import { tryFix } from './fixing';
import { syntaxErrors } from './grammars';
import { holdsInStores, runsFromStores } from './store-places';
import type { Program, Toolchain } from './toolchains';
import { values } from './values';

/** One kind of place in one language, with a program that has it. */
export interface PlaceCase {
  /** As the idiom's row has it. */
  readonly place: string;
  readonly file: string;
  /** A value of the kind that stands there. */
  readonly value?: () => string;
  /** The program, with § where the value stands. */
  readonly source: string;
  /** Other files of the project. */
  readonly files?: Readonly<Record<string, string>>;
  /** The source after the fix. */
  readonly expected?: string;
  /** What the refusal says. */
  readonly refused?: RegExp;
  /** The program prints the value, before and after. */
  readonly run?: boolean;
  /** The text has a form that the grammar does not know. */
  readonly unparsed?: boolean;
}

export interface LanguageProof {
  /** As the rows have it. */
  readonly language: string;
  readonly idiom: Idiom;
  /** Name of the grammar; without one, the toolchain's own parser has the word. */
  readonly grammar?: string;
  /** Its compiler or interpreter; without programs to run, only its name: the language is reported as skipped. */
  readonly toolchain?: Toolchain;
  readonly cases: readonly PlaceCase[];
  /** A comment line with quotes in it, to stand around programs. */
  readonly comment: string;
}

const crlf = (text: string) => text.replaceAll('\n', '\r\n');

/** What takes changes back: for each, its counterpart in the text after. */
function inverse(before: string, changes: readonly TextChange[]): TextChange[] {
  let shift = 0;
  return [...changes]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((c) => {
      const start = c.start + shift;
      shift += c.text.length - (c.end - c.start);
      return { start, end: start + c.text.length, text: before.slice(c.start, c.end) };
    });
}

async function planned(c: PlaceCase, text: string): Promise<{ plan: Plan; texts: Map<string, string> }> {
  const files = { ...c.files, [c.file]: text };
  const plan = await tryFix(files, c.file);
  if (isRefusal(plan)) {
    assert.fail(`refused: ${plan.refused} ${plan.wayOut}`);
  }
  return { plan, texts: applyPlan(plan.changes, (f) => files[f as keyof typeof files]) };
}

/** Everything that must hold whatever stands around the place. */
async function holds(c: PlaceCase, value: string, text: string, expected: string | undefined): Promise<string> {
  const { plan, texts } = await planned(c, text);
  const after = texts.get(c.file) as string;
  if (expected !== undefined) {
    assert.equal(after.replaceAll(value, '<value>'), expected);
  }
  const plain = value.replaceAll('\n', '');
  for (const [name, now] of texts) {
    const destination = plan.destinations.some((d) => d.file === name);
    // Lines of a value may stand in the env file as lines or as \\n.
    if (!destination || !value.includes('\n')) {
      assert.equal(now.includes(value) || now.includes(plain), destination, `the value in ${name}`);
    }
  }
  for (const change of plan.changes.filter((x) => x.file === c.file)) {
    assert.equal(applyChanges(after, inverse(text, change.changes)), text);
  }
  await assert.rejects(
    tryFix({ ...c.files, ...Object.fromEntries(texts) }, c.file),
    /nothing was found/,
    'the fix is complete: nothing is left to move',
  );
  return after;
}

/** Proves what the rows of a language say, place by place. */
export function provePlaces(proof: LanguageProof): void {
  const { language, idiom, cases, toolchain } = proof;
  const rows = (idiom.rows ?? []).filter((r: FixRow) => r.language === language);
  describe(`fixes in ${language}`, () => {
    for (const c of cases) {
      it(c.refused ? `are not offered for a ${c.place}` : `move a ${c.place}`, async () => {
        const value = (c.value ?? values.binance)();
        const text = c.source.replaceAll('§', value);
        if (c.refused) {
          const plan = await tryFix({ ...c.files, [c.file]: text }, c.file);
          assert.ok(isRefusal(plan), 'the fix is refused');
          assert.match(`${plan.refused} ${plan.wayOut}`, c.refused);
          assert.ok(plan.wayOut.length > 10);
          return;
        }
        const after = await holds(c, value, text, c.expected);
        if (proof.grammar && !c.unparsed) {
          const known = await syntaxErrors(proof.grammar, text);
          assert.deepEqual(known, [], 'the program parses before');
          assert.deepEqual(await syntaxErrors(proof.grammar, after), [], after.replaceAll(value, '<value>'));
        }
      });
    }

    it('are the same source whatever the store, with the value in no file', async () => {
      for (const c of cases.filter((x) => !x.refused)) {
        const value = (c.value ?? values.binance)();
        await holdsInStores(c, value, c.source.replaceAll('§', value));
      }
    });

    if (toolchain?.shown) {
      it(`leave a program that prints what it printed, from every store by the command that is shown (${toolchain.name})`, async function () {
        this.timeout(120_000);
        const [first] = cases.filter((x) => x.run);
        if (!first || !toolchain.present() || process.platform === 'win32') {
          this.test!.title += ': skipped, it is not installed';
          this.skip();
        }
        const value = (first.value ?? values.binance)();
        await runsFromStores(first, value, first.source.replaceAll('§', value));
      });
    }

    it('keep line ends, byte order marks and all other lines', async () => {
      const around = fc.array(fc.constantFrom(proof.comment, '', proof.comment), { maxLength: 3 });
      const movable = cases.filter((c) => c.expected !== undefined);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...movable),
          around,
          fc.boolean(),
          fc.boolean(),
          async (c, lines, windows, bom) => {
            const value = (c.value ?? values.binance)();
            if (value.includes('\n') && windows) {
              return;
            }
            const dress = (text: string) => {
              const whole = text + lines.map((l) => `${l}\n`).join('');
              return (bom ? '\uFEFF' : '') + (windows ? crlf(whole) : whole);
            };
            await holds(c, value, dress(c.source.replaceAll('§', value)), dress(c.expected as string));
          },
        ),
        { numRuns: 25 },
      );
    });

    if (toolchain) {
      it(`leave programs that print what they printed before (${toolchain.name})`, async function () {
        this.timeout(120_000);
        const programs = cases.some((c) => c.run);
        if (!programs || !toolchain.present()) {
          const why = programs
            ? `${toolchain.name} is not installed`
            : 'no program was written for it, its places are parsed';
          this.test!.title += `: skipped, ${why}`;
          this.skip();
        }
        const before: Program[] = [];
        const after: Program[] = [];
        const moved: string[] = [];
        for (const c of cases.filter((x) => x.run)) {
          const value = (c.value ?? values.binance)();
          const text = c.source.replaceAll('§', value);
          const { plan, texts } = await planned(c, text);
          moved.push(value);
          before.push({ file: c.file, files: { ...c.files, [c.file]: text } });
          after.push({ file: c.file, files: { ...c.files, ...Object.fromEntries(texts) }, commands: plan.followUp });
        }
        assert.ok(moved.length > 0);
        const places = cases.filter((x) => x.run).map((c) => c.place);
        const printed = [...toolchain.run(before), ...toolchain.run(after)].map((out, i) => {
          const value = moved[i % moved.length] as string;
          const place = places[i % moved.length];
          return `${place} ${i < moved.length ? 'before' : 'after'}: ${out === value ? 'the value' : out.replaceAll(value, '<value>')}`;
        });
        assert.deepEqual(
          printed,
          ['before', 'after'].flatMap((when) => places.map((p) => `${p} ${when}: the value`)),
        );
      });
    }

    it('are all in docs/fixes.md, each with its proof', () => {
      assert.equal(runFromStores.includes(language), toolchain?.shown ?? false);
      assert.equal(
        notRun[language] === undefined,
        cases.some((c) => c.run),
      );
      assert.deepEqual(
        cases.map((c) => [
          c.place,
          c.refused ? 'refused' : c.run ? 'run' : proof.grammar && !c.unparsed ? 'parse' : 'text',
        ]),
        rows.map((r) => [r.place, r.proof]),
      );
    });
  });
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { accessibilityPage, CHECKED_FILE, readChecked } from './accessibility.ts';

const folder = `${mkdtempSync(join(tmpdir(), 'holdfast-checked-'))}/`;
afterAll(() => rmSync(folder, { recursive: true }));
const said = (): string => String(accessibilityPage(readChecked(folder))['sentences']);

describe('the accessibility statement', () => {
  it('claims no check where none is recorded', () => {
    expect(said()).toContain('No check of this version by a program is recorded here.');
    expect(said()).not.toMatch(/last checked|no fault/u);
  });

  it('says of the last check when it was, of what, and by what', () => {
    const checked = {
      on: '2026-11-22',
      pages: 41,
      widths: [1280, 320],
      checker: 'axe-core 4.14.1',
      browser: 'Chromium 156',
    };
    writeFileSync(join(folder, CHECKED_FILE), JSON.stringify(checked));
    expect(said()).toContain(
      'last checked on 22 November 2026 by a program (axe-core 4.14.1 in Chromium 156): 41 kinds',
    );
    expect(said()).toContain('windows 1280 and 320 pixels wide');
  });

  it.each(['{', '{"on":"2026-11-22"}', '{"on":"<b>","pages":1,"widths":[1],"checker":"a","browser":"b"}'])(
    'and claims none where the record reads %s',
    (text) => {
      writeFileSync(join(folder, CHECKED_FILE), text);
      expect(said()).toContain('No check of this version');
    },
  );
});

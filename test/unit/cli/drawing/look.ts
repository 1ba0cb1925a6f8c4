import type { Look } from '../../../../src/cli/drawing/describe-status.ts';
import { glyphsFor } from '../../../../src/cli/drawing/glyphs.ts';
import { createPaint } from '../../../../src/cli/drawing/paint.ts';

/** Without colours, so that a drawing can be compared as text. */
export const plainLook: Look = { paint: createPaint(false), glyphs: glyphsFor({}, 'linux') };

/** With colours. */
export const colouredLook: Look = { paint: createPaint(true), glyphs: glyphsFor({}, 'linux') };

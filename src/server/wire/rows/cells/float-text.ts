import { doubleText, singleText } from '../../types/floats.ts';
import { writeText } from '../write-cell.ts';
import type { WriteValue } from './raw-cells.ts';

export const writeFloat4Text: WriteValue = (target, source, from) =>
  writeText(target, singleText(source.getFloat32(from, true)));

export const writeFloat8Text: WriteValue = (target, source, from) =>
  writeText(target, doubleText(source.getFloat64(from, true)));

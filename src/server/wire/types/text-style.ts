import { ZoneClock } from './zone-clock.ts';

/** What a session's settings decide about values on the wire. */
export interface TextStyle {
  /** Of the session's TimeZone. */
  readonly zone: ZoneClock;
  readonly intervalStyle: 'postgres' | 'iso_8601';
  readonly byteaOutput: 'hex' | 'escape';
}

export const UTC_STYLE: TextStyle = Object.freeze({
  zone: new ZoneClock('UTC'),
  intervalStyle: 'postgres',
  byteaOutput: 'hex',
});

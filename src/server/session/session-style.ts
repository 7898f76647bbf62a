import type { TextStyle } from '../wire/types/text-style.ts';
import { ZoneClock } from '../wire/types/zone-clock.ts';
import type { Settings } from './settings.ts';

/** The text style of one session; a zone's clock is kept while the zone is. */
export class SessionStyle {
  #zone = new ZoneClock('UTC');

  constructor(private readonly settings: Settings) {}

  current(): TextStyle {
    const zone = this.settings.known('TimeZone');
    if (zone !== this.#zone.name) this.#zone = new ZoneClock(zone);
    return Object.freeze({
      zone: this.#zone,
      intervalStyle: this.settings.known('IntervalStyle') as TextStyle['intervalStyle'],
      byteaOutput: this.settings.known('bytea_output') as TextStyle['byteaOutput'],
    });
  }
}

import { SqlError } from '../../errors.ts';

const HINT =
  'Give the address up to the version, such as http://localhost:11434/v1, and the key by OPENAI_API_KEY.';

/** The address of an endpoint as people may see it: without query. Throws SqlError 22023 for what is no address. */
export function publicUrl(url: string): string {
  const shown = URL.canParse(url) ? new URL(url) : undefined;
  if (shown === undefined || !/^https?:$/.test(shown.protocol)) {
    throw new SqlError('22023', `OPENAI_BASE_URL: "${url}" is no http address`, { hint: HINT });
  }
  if (shown.username !== '' || shown.password !== '') {
    throw new SqlError('22023', `OPENAI_BASE_URL: credentials for ${shown.host} do not belong there`, {
      hint: HINT,
    });
  }
  return `${shown.origin}${shown.pathname}`.replace(/\/$/, '');
}

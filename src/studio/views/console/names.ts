const KEY = 'rvbbit.console';

export function randomName(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** One for each tab of the browser: what SET says in it holds there. */
export function sessionKey(): string {
  const known = window.sessionStorage.getItem(KEY);
  if (known !== null) return known;
  const made = randomName();
  window.sessionStorage.setItem(KEY, made);
  return made;
}

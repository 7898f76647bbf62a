import { SqlError } from '../../errors.ts';
import { withinLimit } from '../access/role-limits.ts';
import { milliseconds } from './milliseconds.ts';
import { knownSetting, knownSettings } from './known-settings.ts';

type Values = ReadonlyMap<string, string>;

const NO_LIMITS: Values = new Map();

/**
 * The values of one session's settings. SET lasts unless its transaction is rolled back, SET LOCAL until its
 * transaction ends, and RESET goes back to what the session began with.
 */
export class Settings {
  #values: Values;
  #local: Values = new Map();
  /** Values when the running transaction began. */
  #before: Values | null = null;
  #unreported = new Set<string>();
  #version = 0;

  /**
   * `initial` are the values that the client and the server gave at start-up, by name; `limits` what the role of the
   * session allows.
   */
  constructor(
    readonly initial: Values,
    private readonly limits: () => Values = () => NO_LIMITS,
  ) {
    this.#values = new Map();
  }

  /** Changes whenever a value may have changed. */
  get version(): number {
    return this.#version;
  }

  /** undefined for a name that nobody knows. Names are compared without case. */
  get(name: string): string | undefined {
    const key = name.toLowerCase();
    const value = this.#local.get(key) ?? this.#values.get(key) ?? this.#initialOf(key);
    return value === undefined ? undefined : withinLimit(key, value, this.limits().get(key), amountOf);
  }

  /** The value of a setting that is in the list of known ones. */
  known(name: string): string {
    return this.get(name) ?? '';
  }

  set(name: string, value: string): void {
    this.#values = including(this.#values, this.#checked(name), this.#normal(name, value));
    this.#local = without(this.#local, name.toLowerCase());
  }

  setLocal(name: string, value: string): void {
    this.#local = including(this.#local, this.#checked(name), this.#normal(name, value));
  }

  reset(name: string): void {
    const key = this.#checked(name);
    this.#values = without(this.#values, key);
    this.#local = without(this.#local, key);
  }

  resetAll(): void {
    for (const key of [...this.#values.keys(), ...this.#local.keys()]) this.#changed(key);
    this.#values = new Map();
    this.#local = new Map();
  }

  /** Gives a function that takes everything back to now. */
  snapshot(): () => void {
    const values = this.#values;
    const local = this.#local;
    return () => {
      for (const changed of [this.#values, this.#local, values, local]) this.#forget(changed);
      this.#values = values;
      this.#local = local;
      this.#version += 1;
    };
  }

  begin(): void {
    this.#before ??= this.#values;
  }

  commit(): void {
    this.#forget(this.#local);
    this.#local = new Map();
    this.#before = null;
  }

  rollback(): void {
    if (this.#before !== null && this.#before !== this.#values) {
      this.#forget(this.#values);
      this.#values = this.#before;
    }
    this.commit();
  }

  /** Reported settings that may have changed since the last call, with their values. */
  takeReports(): readonly (readonly [name: string, value: string])[] {
    const names = [...this.#unreported].map(knownSetting).filter((setting) => setting?.reported === true);
    this.#unreported.clear();
    return names.map((setting) => [setting?.name ?? '', this.known(setting?.name ?? '')] as const);
  }

  /** What a client is told when it connects. */
  reported(): readonly (readonly [name: string, value: string])[] {
    return knownSettings()
      .filter((setting) => setting.reported)
      .map(({ name }) => [name, this.known(name)] as const);
  }

  /** Everything that is known or was set, by name. */
  all(): readonly (readonly [name: string, value: string, description: string])[] {
    const own = [...this.#values.keys()].filter((key) => knownSetting(key) === undefined);
    const known = knownSettings().map(
      ({ name, description }) => [name, this.known(name), description] as const,
    );
    const added = own.map((key) => [key, this.known(key), ''] as const);
    return [...known, ...added].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  }

  #initialOf(key: string): string | undefined {
    return this.initial.get(key) ?? this.limits().get(key) ?? knownSetting(key)?.initial;
  }

  #checked(name: string): string {
    const key = name.toLowerCase();
    const setting = knownSetting(key);
    if (setting?.readOnly === true)
      throw new SqlError('55P02', `parameter "${setting.name}" cannot be changed`);
    if (setting === undefined && !key.includes('.')) throw unknownSetting(name);
    if (setting === undefined && key.startsWith('rvbbit.')) throw unknownSetting(name);
    this.#changed(key);
    return key;
  }

  #normal(name: string, value: string): string {
    return knownSetting(name)?.normalize(value) ?? value;
  }

  #forget(values: Values): void {
    for (const key of values.keys()) this.#changed(key);
  }

  #changed(key: string): void {
    this.#unreported.add(key);
    this.#version += 1;
  }
}

/** Of a time-out or a count. */
function amountOf(name: string, value: string): number {
  return name.endsWith('_timeout') ? milliseconds(name, value) : Number(value);
}

export function unknownSetting(name: string): SqlError {
  const ours = knownSettings()
    .map((setting) => setting.name)
    .filter((known) => known.startsWith('rvbbit.'));
  return new SqlError('42704', `unrecognized configuration parameter "${name}"`, {
    ...(name.toLowerCase().startsWith('rvbbit.') ? { hint: `There are ${ours.join(', ')}.` } : {}),
  });
}

function including(values: Values, key: string, value: string): Values {
  return new Map([...values, [key, value]]);
}

function without(values: Values, key: string): Values {
  if (!values.has(key)) return values;
  return new Map([...values].filter(([name]) => name !== key));
}

import { SqlError } from '../../errors.ts';
import { type GrantedRight, isGrantedRight, type Role } from './role.ts';

/** Keeps roles beyond the process. Throws SqlError where it cannot. */
export interface RoleStore {
  /** `role` null removes it. */
  save(name: string, role: Role | null): Promise<void>;
}

/** Most memberships that lead from one role to another; more is a ring. */
const DEEPEST = 32;

/** The accounts of the server. Changes come one after another and are on disk before they are in force. */
export class RoleBook {
  #roles: ReadonlyMap<string, Role>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    roles: Iterable<Role>,
    private readonly store: RoleStore,
  ) {
    this.#roles = byName(roles);
  }

  get(name: string): Role | undefined {
    return this.#roles.get(name);
  }

  /** By name. */
  list(): readonly Role[] {
    return [...this.#roles.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Whether an administrator with a password exists: then nobody comes in without an account. */
  get claimed(): boolean {
    return this.list().some(({ superuser, login, verifier }) => superuser && login && verifier !== null);
  }

  /** What the file says now takes the place of what was. */
  replace(roles: Iterable<Role>): void {
    this.#roles = byName(roles);
  }

  /** `change` gets the role as it is when its turn comes, and gives what it is to be; null removes it. */
  change(name: string, change: (role: Role | undefined) => Role | null): Promise<void> {
    const turn = this.#last.then(async () => {
      const role = change(this.#roles.get(name));
      await this.store.save(name, role);
      const others = this.list().filter((other) => other.name !== name);
      this.#roles = byName(role === null ? others : [...others, role]);
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Whether a role has a right of GRANT, itself or through others. */
  has(role: Role, right: GrantedRight): boolean {
    return role.superuser || this.rightsOf(role).has(right);
  }

  /** Names of all roles that a role is a member of. */
  rightsOf({ memberOf }: Role): ReadonlySet<string> {
    const found = new Set<string>();
    let level = memberOf;
    for (let depth = 0; level.length > 0 && depth < DEEPEST; depth += 1) {
      for (const name of level) found.add(name);
      level = level
        .flatMap((name) => this.#roles.get(name)?.memberOf ?? [])
        .filter((name) => !found.has(name));
    }
    return found;
  }

  /** Throws SqlError 42704. */
  require(name: string): Role {
    const role = this.#roles.get(name);
    if (role !== undefined) return role;
    throw new SqlError('42704', `role "${name}" does not exist`, {
      ...(isGrantedRight(name) ? { detail: 'It is a right that GRANT gives, and no account.' } : {}),
    });
  }
}

function byName(roles: Iterable<Role>): ReadonlyMap<string, Role> {
  return new Map([...roles].map((role) => [role.name, role]));
}

import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseDocument } from 'yaml';
import { messageOf, SqlError, StartupError } from '../../errors.ts';
import { YamlSource } from '../../operators/cascade/yaml-source.ts';
import type { AccessRule } from '../../server/access/access-rule.ts';
import type { Role } from '../../server/access/role.ts';
import type { RoleStore } from '../../server/access/role-book.ts';
import { accessShape, documentOf, rolesOf, rulesOf } from './access-schema.ts';

export interface AccessContents {
  /** null where none are written. */
  readonly rules: readonly AccessRule[] | null;
  readonly roles: readonly Role[];
}

/** Only the server's own user may read verifiers. */
const PRIVATE = 0o600;

/** The file of accounts and rules. What people wrote in it, comments too, survives the roles that SQL makes. */
export class AccessFile implements RoleStore {
  constructor(readonly path: string) {}

  /** Nothing where there is no file. Throws StartupError that names the line of the first mistake. */
  async read(): Promise<AccessContents> {
    const source = new YamlSource(this.path, await textOf(this.path));
    const parsed = accessShape.safeParse(source.value() ?? {});
    if (parsed.success) return Object.freeze({ rules: rulesOf(parsed.data), roles: rolesOf(parsed.data) });
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
    return source.fail(path, `${path.join('.')}: ${issue?.message ?? 'is not valid'}`);
  }

  /** The new text takes the old one's place in one step, once it is on disk. */
  async save(name: string, role: Role | null): Promise<void> {
    const document = parseDocument(await textOf(this.path));
    if (role === null) document.deleteIn(['roles', name]);
    else document.setIn(['roles', name], document.createNode(documentOf(role)));
    try {
      await put(this.path, document.toString());
    } catch (error) {
      throw new SqlError('58030', `the roles cannot be written: ${messageOf(error)}`, {
        hint: `${this.path} and its folder must be writable for the server.`,
        cause: error,
      });
    }
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new StartupError(`${path}: ${messageOf(error)}`, 'It must be readable for the server.', error);
  }
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(`${path}.new`, 'w', PRIVATE);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(`${path}.new`, PRIVATE);
  await rename(`${path}.new`, path);
}

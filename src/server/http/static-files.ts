import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { Handler } from 'hono';

const TYPES: Readonly<Record<string, string>> = Object.freeze({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.map': 'application/json',
});

/**
 * The built Studio. Every path that is no file is a view of it and gets `index.html`; what Vite named by its
 * content (`assets/`) never changes.
 */
export function staticFiles(dir: string): Handler {
  return async (context) => {
    const path = normalize(decodeURIComponent(new URL(context.req.url).pathname));
    const file = path.includes('\0') || extname(path) === '' ? '/index.html' : path;
    const bytes = await read(join(dir, file));
    if (bytes === null) return context.json({ error: `there is no ${path}`, code: '42704' }, 404);
    const forever = file.startsWith('/assets/') && file !== '/index.html';
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'cache-control': forever ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    });
  };
}

async function read(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))
    )
      return null;
    throw error;
  }
}

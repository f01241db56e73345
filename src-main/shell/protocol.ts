/**
 * `app://bundle/…`: the page's own files, and nothing beside them.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

export const pageUrl = 'app://bundle/index.html';

/** Charts and the grid set styles from script; nothing else is allowed that is not in the bundle. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.map': 'application/json',
};

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** The file a URL names; null if it is none of the bundle's. */
export function fileOf(url: string, root: string): string | null {
  const { host, pathname } = new URL(url);
  if (host !== 'bundle') return null;
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    // A name that is no UTF-8 names no file of ours.
    return null;
  }
  const file = normalize(join(root, path));
  return file.startsWith(root + sep) && !path.includes('\0') ? file : null;
}

export function serveBundle(root: string): void {
  const headers = {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
  };
  protocol.handle('app', async (request) => {
    const file = fileOf(request.url, root);
    if (file === null) return new Response('forbidden', { status: 403, headers });
    try {
      const type = types[extname(file)] ?? 'application/octet-stream';
      return new Response(new Uint8Array(await readFile(file)), {
        headers: { ...headers, 'content-type': type },
      });
    } catch {
      // Whatever the reason, to the page there is no such file.
      return new Response('not found', { status: 404, headers });
    }
  });
}

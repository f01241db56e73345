/**
 * `npm run notices`: writes the licences of everything that is part of the app into THIRD-PARTY-NOTICES.txt.
 *
 * Part of the app is what its sources import, and what that depends on, as the lock file resolves it; the
 * text comes from the installed packages. The same sources and lock file give the same file on every system.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { checkProject, main, NotReady, project } from './project.mjs';

const rooms = ['src-main', 'src-renderer'];
const place = path.join('resources', 'THIRD-PARTY-NOTICES.txt');
/** Electron brings its own notices, beside the program. */
const apart = new Set(['electron']);

/**
 * @typedef {object} Locked
 * @property {string} [version]
 * @property {string} [license]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, { optional?: boolean }>} [peerDependenciesMeta]
 */

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} version
 * @property {string} license SPDX expression.
 * @property {string} text The licence, as the package brings it; empty if it brings none.
 */

/**
 * The packages a source text imports, types left out.
 * @param {string} source TypeScript, JavaScript or CSS.
 * @returns {string[]} Package names, sorted, each once; neither our own files nor Node's modules.
 */
export function importedPackages(source) {
  const plain = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const pattern =
    /(?:\b(?:import|export)\s+(?!type\b)(?:[\w*{}\s,$]+?\sfrom\s*)?|\bimport\s*\(\s*|\brequire\s*\(\s*|@import\s+(?:url\(\s*)?)['"]([^'"\n]+)['"]/g;
  const names = new Set();
  for (const [, specifier = ''] of plain.matchAll(pattern)) {
    if (/^[./#~]|^\w+:/.test(specifier)) continue;
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    if (!builtinModules.includes(name)) names.add(name);
  }
  return [...names].sort();
}

/**
 * Everything some packages bring along, themselves included.
 *
 * @param {string[]} names
 * @param {Record<string, Locked>} locked The "packages" of the lock file.
 * @returns {{ at: string, parent: string | undefined }[]} Paths in the lock file, sorted by name; for what is only
 *  installed on some systems also the package that asks for it.
 * @throws {NotReady} If a package is not in the lock file.
 */
export function withDependencies(names, locked) {
  /** @type {Map<string, string | undefined>} */
  const found = new Map();
  const visit = (
    /** @type {string} */ name,
    /** @type {string} */ from,
    /** @type {'needed' | 'peer' | 'on some systems'} */ how,
  ) => {
    const at = locate(name, from, locked);
    if (at === undefined) {
      if (how !== 'needed') return;
      throw new NotReady(
        `${name}, needed by ${from || 'the sources'}, is not in the lock file. Run npm install.`,
      );
    }
    if (found.has(at) || apart.has(name) || name.startsWith('@types/')) return;
    found.set(at, how === 'on some systems' ? from : undefined);
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = locked[at] ?? {};
    const optionals = Object.keys(optionalDependencies ?? {});
    for (const one of Object.keys(dependencies ?? {})) if (!optionals.includes(one)) visit(one, at, 'needed');
    for (const one of optionals) visit(one, at, 'on some systems');
    for (const one of Object.keys(peerDependencies ?? {})) {
      if (!peerDependenciesMeta?.[one]?.optional) visit(one, at, 'peer');
    }
  };
  for (const name of names) visit(name, '', 'needed');
  return [...found]
    .map(([at, parent]) => ({ at, parent }))
    .sort((a, b) => compare(packageName(a.at), packageName(b.at)));
}

/**
 * The notices themselves: a list of the parts, then each licence text once, with the parts it covers.
 * @param {Part[]} parts
 */
export function noticesText(parts) {
  /** @type {Map<string, Set<string>>} */
  const covered = new Map();
  const label = (/** @type {Part} */ part) => `${part.name} ${part.version} (${part.license})`;
  for (const part of parts) {
    const text = part.text || `Licensed under ${part.license}; the package brings no text of its own.`;
    covered.set(text, (covered.get(text) ?? new Set()).add(label(part)));
  }
  const rule = '-'.repeat(80);
  const sections = [...covered].map(
    ([text, labels]) => `${rule}\n${[...labels].sort(compare).join('\n')}\n\n${text}\n`,
  );
  return [
    'Assay contains the following third-party software and fonts, under their own licences.',
    'Electron and Chromium bring their notices in LICENSE.electron.txt and LICENSES.chromium.html.',
    '',
    ...new Set(parts.map(label)),
    '',
    ...sections,
  ].join('\n');
}

/**
 * Write the notices.
 * @returns {number} How many packages they cover.
 */
export function writeNotices() {
  /** @type {Record<string, Locked>} */
  const locked = JSON.parse(readFileSync(path.join(project, 'package-lock.json'), 'utf8')).packages;
  const files = rooms.flatMap((room) =>
    readdirSync(path.join(project, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(tsx?|css)$/.test(name))
      .map((name) => path.join(project, room, name)),
  );
  const names = new Set(files.flatMap((file) => importedPackages(readFileSync(file, 'utf8'))));
  const found = withDependencies([...names].sort(), locked);
  const parts = found.map(({ at, parent }) => partAt(at, parent, locked[at] ?? {}));
  writeFileSync(path.join(project, place), noticesText(parts));
  return parts.length;
}

/**
 * @param {string} at @param {string | undefined} parent @param {Locked} lock
 * @returns {Part}
 */
function partAt(at, parent, lock) {
  const name = packageName(at);
  // What is installed on some systems only is covered by the text of the package that asks for it.
  const home = path.join(project, parent ?? at);
  if (!existsSync(home)) throw new NotReady(`${name} is not installed. Install the packages: npm ci`);
  const texts = readdirSync(home)
    .filter(
      (file) => /^(licen[cs]e|copying|notice|ofl)([.\-_].*)?$/i.test(file) && !/\.[cm]?[jt]s$/.test(file),
    )
    .sort(compare)
    .map((file) => readFileSync(path.join(home, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return {
    name,
    version: lock.version ?? '',
    license: lock.license ?? 'see the text',
    text: texts.join('\n\n'),
  };
}

/**
 * Where a package is in the lock file, looked up as Node does: from the one that asks, outwards.
 * @param {string} name @param {string} from @param {Record<string, Locked>} locked
 * @returns {string | undefined}
 */
function locate(name, from, locked) {
  for (
    let folder = from;
    folder !== '';
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
  ) {
    const at = `${folder}/node_modules/${name}`;
    if (locked[at]) return at;
  }
  return locked[`node_modules/${name}`] && `node_modules/${name}`;
}

/** @param {string} at Path in the lock file. */
const packageName = (at) => at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** By code units, so that no locale changes the order. @param {string} a @param {string} b */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    checkProject();
    console.log(`Wrote ${place}: ${writeNotices()} packages.`);
    return 0;
  });
}

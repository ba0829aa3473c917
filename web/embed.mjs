// Packs the built pages into one file and writes the C++ table of what is in it.
//
//     node embed.mjs DIST OUT.cc OUT.bin OUT.d
//
// What shrinks is kept gzipped. The dependency file names every source of the pages, so that the build
// knows when to make them anew.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const web = dirname(fileURLToPath(import.meta.url));
const [dist, table, blob, dependencies] = process.argv.slice(2).map((name) => resolve(name));

const types = {
  '.css': 'text/css; charset=utf-8',
  '.geojson': 'application/geo+json',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2'
};

function files(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

const parts = [];
const rows = [];
let offset = 0;
for (const file of files(dist)) {
  const type = types[extname(file)];
  if (!type) throw new Error(`no media type is known for ${file}`);
  const plain = readFileSync(file);
  const packed = gzipSync(plain, { level: 9 });
  const gzipped = packed.length < plain.length * 0.95;
  const bytes = gzipped ? packed : plain;
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 32);
  rows.push(
    `    {"/${relative(dist, file)}", "${type}", "\\"${hash}\\"",\n` +
      `     {guarantor_web_assets + ${offset}U, ${bytes.length}U}, ${gzipped}},`
  );
  parts.push(bytes);
  offset += bytes.length;
}

writeFileSync(blob, Buffer.concat(parts));
writeFileSync(
  table,
  `// Made by web/embed.mjs.
#include "guarantor/serve/web_assets.h"

__asm__(
    ".section .rodata\\n"
    ".global guarantor_web_assets\\n"
    "guarantor_web_assets:\\n"
    ".incbin \\"${blob}\\"\\n"
    ".byte 0\\n"
    ".previous\\n");

extern "C" char const guarantor_web_assets[];

namespace guarantor::serve {

std::span<WebAsset const> web_assets() {
  static WebAsset const assets[]{
${rows.join('\n')}
  };
  return assets;
}

}  // namespace guarantor::serve
`
);

const sources = [
  ...files(join(web, 'src')),
  ...['embed.mjs', 'index.html', 'package-lock.json', 'package.json', 'svelte.config.js', 'tsconfig.json', 'vite.config.ts'].map(
    (name) => join(web, name)
  ),
  join(web, 'node_modules', '.installed-lock.json')
];
writeFileSync(dependencies, `${table}: \\\n  ${sources.map((name) => name.replaceAll(' ', '\\ ')).join(' \\\n  ')}\n`);

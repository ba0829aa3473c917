// Makes the brief's base map from the npm package world-atlas (Natural Earth, public domain):
//
//     node tools/base_map/make_base_map.mjs NODE_MODULES OUTPUT.cc
//
// Countries of Europe and the seas about it, cut to a window, made plainer, borders put right:
// world-atlas draws Crimea as Russia at every scale, the General Assembly of the United Nations
// (resolution 68/262) as Ukraine. What comes out is a C++ source of text lines that
// src/guarantor/report/base_map.cc reads:
//
//     C UKR Ukraine          a country
//     R 30500 50400 12 -7 …  an outline of its land: thousandths of a degree, then differences
//     B …                    a border between two countries
//     U …                    a line on which the United Nations have not settled
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const [modules, output] = process.argv.slice(2);
if (!output) {
  console.error("usage: make_base_map.mjs NODE_MODULES OUTPUT.cc");
  process.exit(2);
}
const require = createRequire(path.resolve(modules, "x.js"));
const topojson = require("topojson-client");

const kWindow = { west: -13, south: 33.5, east: 52, north: 72 };
const kTolerance = 0.006; // degrees of latitude: 0.7 km
const kSmallest = 0.0008; // square degrees: about 6 square kilometres

// ISO 3166-1: numeric, alpha-3, the name to print. Countries not in here are neither named nor coded.
const kCountries = `008 ALB Albania|020 AND Andorra|051 ARM Armenia|040 AUT Austria|031 AZE Azerbaijan|112 BLR Belarus
056 BEL Belgium|070 BIH Bosnia and Herzegovina|100 BGR Bulgaria|191 HRV Croatia|196 CYP Cyprus|203 CZE Czechia
208 DNK Denmark|233 EST Estonia|246 FIN Finland|250 FRA France|268 GEO Georgia|276 DEU Germany|300 GRC Greece
348 HUN Hungary|352 ISL Iceland|364 IRN Iran|368 IRQ Iraq|372 IRL Ireland|380 ITA Italy|398 KAZ Kazakhstan
428 LVA Latvia|438 LIE Liechtenstein|440 LTU Lithuania|442 LUX Luxembourg|470 MLT Malta|498 MDA Moldova
492 MCO Monaco|499 MNE Montenegro|504 MAR Morocco|528 NLD Netherlands|807 MKD North Macedonia|578 NOR Norway
616 POL Poland|620 PRT Portugal|642 ROU Romania|643 RUS Russia|674 SMR San Marino|688 SRB Serbia|703 SVK Slovakia
705 SVN Slovenia|724 ESP Spain|752 SWE Sweden|756 CHE Switzerland|760 SYR Syria|788 TUN Tunisia|012 DZA Algeria
792 TUR Türkiye|804 UKR Ukraine|826 GBR United Kingdom|422 LBN Lebanon|795 TKM Turkmenistan|860 UZB Uzbekistan`;
const names = new Map(
  kCountries.split(/[|\n]/).map((line) => {
    const [numeric, code, ...name] = line.trim().split(" ");
    return [numeric, { code, name: name.join(" ") }];
  }),
);
// Drawn by the data as if they were countries; the General Assembly knows them as parts of one.
const kPartOf = { "N. Cyprus": "196", "Cyprus U.N. Buffer Zone": "196" };
// Security Council resolution 1244: its line is drawn as one that is not settled.
const kUnsettled = "Kosovo";

// ---- the topology, in degrees, each arc made plainer once so that neighbours still meet

const topology = JSON.parse(fs.readFileSync(path.join(modules, "world-atlas/countries-10m.json")));

function decode(arc) {
  const { scale, translate } = topology.transform;
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

function distance([x, y], [ax, ay], [bx, by]) {
  const narrow = Math.cos((ay * Math.PI) / 180);
  const dx = (bx - ax) * narrow;
  const dy = by - ay;
  const px = (x - ax) * narrow;
  const py = y - ay;
  const length = dx * dx + dy * dy;
  const share = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
  return Math.hypot(px - share * dx, py - share * dy);
}

// Douglas and Peucker, without recursion.
function plainer(points) {
  const keep = new Set([0, points.length - 1]);
  const spans = [[0, points.length - 1]];
  while (spans.length > 0) {
    const [from, to] = spans.pop();
    let worst = 0;
    let at = -1;
    for (let i = from + 1; i < to; ++i) {
      const off = distance(points[i], points[from], points[to]);
      if (off > worst) {
        worst = off;
        at = i;
      }
    }
    if (worst > kTolerance) {
      keep.add(at);
      spans.push([from, at], [at, to]);
    }
  }
  return [...keep].sort((a, b) => a - b).map((i) => points[i]);
}

topology.arcs = topology.arcs.map((arc) => plainer(decode(arc)));
delete topology.transform;

// ---- countries, with Crimea where it belongs

const inCrimea = (ring) =>
  ring.every(([x, y]) => x > 32 && x < 36.8 && y > 44.2 && y < 46.4);
const polygons = (geometry) =>
  geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs ?? [];

const owned = new Map(); // key of a country -> arcs of its polygons
let moved = 0;
for (const geometry of topology.objects.countries.geometries) {
  const name = geometry.properties.name;
  const key = kPartOf[name] ?? geometry.id ?? name;
  for (const arcs of polygons(geometry)) {
    const [ring] = topojson.feature(topology, { type: "Polygon", arcs }).geometry.coordinates;
    const crimea = key === "643" && inCrimea(ring);
    moved += crimea ? 1 : 0;
    const owner = crimea ? "804" : key;
    owned.set(owner, [...(owned.get(owner) ?? []), arcs]);
  }
}
if (moved === 0) {
  console.error("no ring of Crimea was found among Russia's: has world-atlas put it right?");
  process.exit(1);
}
// What was put together loses the lines within it.
const merged = (arcs) =>
  topojson.mergeArcs(topology, arcs.map((polygon) => ({ type: "Polygon", arcs: polygon })));
const countries = [...owned].map(([key, arcs]) => ({
  ...(key === "804" || key === "196" ? merged(arcs) : { type: "MultiPolygon", arcs }),
  id: key,
}));
const all = { type: "GeometryCollection", geometries: countries };
const unsettled = (a, b) =>
  (a.id === kUnsettled && b.id === "688") || (a.id === "688" && b.id === kUnsettled);
const borders = topojson.mesh(topology, all, (a, b) => a !== b && !unsettled(a, b)).coordinates;
const open = topojson.mesh(topology, all, (a, b) => a !== b && unsettled(a, b)).coordinates;

// ---- the window

const kSides = [
  [([x]) => x - kWindow.west, 0],
  [([x]) => kWindow.east - x, 0],
  [([, y]) => y - kWindow.south, 1],
  [([, y]) => kWindow.north - y, 1],
];

function cross(a, b, inside) {
  const share = inside(a) / (inside(a) - inside(b));
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

function clippedRing(ring) {
  let points = ring.slice(0, -1);
  for (const [inside] of kSides) {
    const next = [];
    points.forEach((b, i) => {
      const a = points[(i + points.length - 1) % points.length];
      if (inside(a) >= 0 !== inside(b) >= 0) next.push(cross(a, b, inside));
      if (inside(b) >= 0) next.push(b);
    });
    points = next;
  }
  return points.length < 3 ? [] : [...points, points[0]];
}

function clippedLine(line) {
  const within = (p) => kSides.every(([inside]) => inside(p) >= 0);
  const parts = [[]];
  for (const point of line) {
    if (within(point)) parts.at(-1).push(point);
    else if (parts.at(-1).length > 0) parts.push([]);
  }
  return parts.filter((part) => part.length > 1);
}

function area(ring) {
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; ++i) {
    twice += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  }
  return Math.abs(twice / 2);
}

// ---- the text

function written(points) {
  const numbers = [];
  let last = [0, 0];
  for (const point of points) {
    const next = point.map((v) => Math.round(v * 1000));
    if (numbers.length === 0 || next[0] !== last[0] || next[1] !== last[1]) {
      numbers.push(next[0] - last[0], next[1] - last[1]);
    }
    last = next;
  }
  return numbers.join(" ");
}

const lines = [];
for (const country of countries) {
  const rings = topojson
    .feature(topology, country)
    .geometry.coordinates.flat()
    .map(clippedRing)
    .filter((ring) => ring.length > 3 && area(ring) > kSmallest);
  if (rings.length === 0) continue;
  const { code, name } = names.get(country.id) ?? { code: "-", name: "" };
  lines.push(`C ${code} ${name}`.trim());
  for (const ring of rings) lines.push(`R ${written(ring)}`);
}
function writeLines(letter, all) {
  for (const line of all.flatMap(clippedLine)) {
    const text = written(line);
    if (text.split(" ").length > 2) lines.push(`${letter} ${text}`);
  }
}
writeLines("B", borders);
writeLines("U", open);

const text = lines.map((line) => `    "${line}",\n`).join("");
fs.writeFileSync(
  output,
  `// Made by tools/base_map/make_base_map.mjs. Made with Natural Earth (public domain).
#include "guarantor/report/base_map_lines.h"

namespace guarantor::report {
namespace {

constexpr std::string_view kLines[] = {
${text}};

}  // namespace

std::span<std::string_view const> base_map_lines() {
  return kLines;
}

}  // namespace guarantor::report
`,
);

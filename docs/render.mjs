/*
 * Draws the models, so that a reader sees them without a modeller and a change of a diagram shows up in review.
 *
 *   cd docs && npm ci                      once; Chromium must be there (CHROMIUM, default /usr/bin/chromium)
 *
 *   node docs/render.mjs                   every bpmn/**, dmn/** into docs/diagrams
 *   node docs/render.mjs bpmn/remedy/x.bpmn …   only these files
 *   … --png DIR                            also a PNG of each picture, to look at
 *   … --forms DIR                          each forms/**.form as Tasklist shows it, with made-up data, as PNG:
 *                                          left as it opens, right with every conditional field shown
 *   … --check                              writes nothing; fails when a committed picture is missing, stale or orphaned
 *   … --out DIR                            somewhere else than docs/diagrams
 *   … --lint                               also bpmnlint (docs/.bpmnlintrc), of which every word fails, and the element
 *                                          templates by the schema that the Modeler reads them with; renders as well
 *
 * bpmnlint's fake-join is off. Alternatives, and a loop, may end at a task or an end event itself: only one of them ever
 * comes, the engine enters the element once for each, and a diamond before it would ask nothing and lengthen the line.
 * Ways that run side by side are joined by a parallel gateway.
 *
 * Pictures: <process>.svg, <process>.<sub_id>.svg for each collapsed subprocess, <decision graph>.svg,
 * <decision>.png for each table. A picture of a process or a table carries the checksum of its model, and an SVG is
 * reproducible: that is how --check and the tests tell an old one. Whatever Camunda Modeler would warn of on opening a file is an error here.
 */
import { readFile, writeFile, mkdir, readdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import zlib from 'node:zlib';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const docs = dirname(fileURLToPath(import.meta.url));
const root = dirname(docs);
const diagrams = join(docs, 'diagrams');
const packages = join(docs, 'node_modules');
const json = async file => JSON.parse(await readFile(join(packages, file), 'utf8'));

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    png: { type: 'string' },
    forms: { type: 'string' },
    out: { type: 'string', default: diagrams },
    check: { type: 'boolean', default: false },
    lint: { type: 'boolean', default: false }
  }
});

const failures = [];
const fail = (file, message) => failures.push(`${relative(root, file)}: ${message}`);

async function find(folder, ending) {
  const entries = await readdir(join(root, folder), { recursive: true }).catch(() => []);
  return entries.filter(name => name.endsWith(ending)).sort().map(name => join(root, folder, name));
}

async function chosen(folder, ending) {
  return positionals.length
    ? positionals.map(name => resolve(name)).filter(name => name.endsWith(ending))
    : find(folder, ending);
}

/** Ids that the libraries roll anew on each run become numbers in order of appearance. */
function reproducible(svg) {
  const ids = [...new Set([...svg.matchAll(/<(?:marker|clipPath|pattern|linearGradient)\b[^>]*?\bid="([^"]+)"/g)].map(m => m[1]))];
  let result = svg.replace(/<!DOCTYPE[^>]*>\s*/, '');
  // Nobody clicks on a picture, and nobody sees a hundredth of a point.
  result = result.replace(/<(rect|path|polyline|circle)\b[^>]*class="djs-hit[^>]*\/>/g, '');
  result = result.replace(/\d+\.\d{2,}/g, number => String(Math.round(Number(number) * 10) / 10));
  ids.forEach((id, n) => {
    result = result.replaceAll(`"${id}"`, `"m${n}"`).replaceAll(`#${id}`, `#m${n}`);
  });
  // White paper with a margin: without it the black lines vanish on a dark page.
  result = result.replace(/width="[^"]+" height="[^"]+" viewBox="(\S+) (\S+) (\S+) (\S+)"([^>]*>)/, (_, ...box) => {
    const x = Math.floor(box[0]) - 10;
    const y = Math.floor(box[1]) - 10;
    const width = Math.ceil(box[2]) + 21;
    const height = Math.ceil(box[3]) + 21;
    return `width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}"${box[4]}`
      + `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="white"/>`;
  });
  return result.endsWith('\n') ? result : result + '\n';
}

/** The picture with the checksum of its model, so that everybody can tell whether it is of this model. */
const signed = (svg, sum) => svg.replace(/<\/svg>\s*$/, `<metadata>Source ${sum}</metadata></svg>\n`);

const checksum = async file => createHash('sha256').update(await readFile(file)).digest('hex');

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length);
  frame.writeUInt32BE(zlib.crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** The same picture in sixteen greys, a fifth of the size, with a text chunk "Source" that holds the checksum. */
async function grey(tab, png, sum) {
  const { width, height, nibbles } = await tab.evaluate(async data => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, image.width, image.height).data;
    const line = Math.ceil(image.width / 2);
    const nibbles = new Uint8Array((line + 1) * image.height);
    for (let y = 0; y < image.height; y++) {
      for (let x = 0; x < image.width; x++) {
        const at = 4 * (y * image.width + x);
        const level = Math.round((pixels[at] * 0.3 + pixels[at + 1] * 0.59 + pixels[at + 2] * 0.11) / 17);
        nibbles[y * (line + 1) + 1 + (x >> 1)] |= x % 2 ? level : level << 4;
      }
    }
    let text = '';
    for (let i = 0; i < nibbles.length; i += 30000) text += String.fromCharCode(...nibbles.subarray(i, i + 30000));
    return { width: image.width, height: image.height, nibbles: btoa(text) };
  }, png.toString('base64'));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 4; // bits a pixel
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(Buffer.from(nibbles, 'base64'), { level: 9 })),
    chunk('tEXt', Buffer.from(`Source\0${sum}`, 'latin1')),
    chunk('IEND', Buffer.alloc(0))
  ]);
}

const kept = new Set();

async function keep(name, content, isCurrent) {
  const file = join(options.out, name);
  kept.add(name);
  if (options.check) {
    const old = await readFile(file).catch(() => undefined);
    if (!old) fail(file, 'is missing; run node docs/render.mjs');
    else if (!isCurrent(old)) fail(file, 'does not show the model as it is; run node docs/render.mjs');
    return;
  }
  await mkdir(options.out, { recursive: true });
  await writeFile(file, content);
}

const keepSvg = (name, svg) => keep(name, svg, old => old.toString('utf8') === svg);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--no-first-run', '--font-render-hinting=none'
  ]
});

// Arimo has the widths of Arial: labels break at the same words on every machine.
const face = async weight => {
  const data = await readFile(join(packages, `@fontsource/arimo/files/arimo-latin-${weight}-normal.woff2`));
  return `@font-face { font-family: Arial; font-weight: ${weight}; src: url(data:font/woff2;base64,${data.toString('base64')}); }`;
};
const fonts = (await Promise.all([400, 700].map(face))).join('\n');

async function page({ scripts = [], styles = [], width = 1600, height = 1000 }) {
  const tab = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1 });
  tab.on('pageerror', error => failures.push(`page: ${error.message}`));
  await tab.route('**/*', route => (route.request().url().startsWith('data:') ? route.continue() : route.abort()));
  await tab.setContent('<!doctype html><html><body style="margin:0;background:white;font-family:Arial"><div id="canvas"></div></body></html>');
  await tab.addStyleTag({ content: fonts });
  for (const style of styles) await tab.addStyleTag({ content: await readFile(join(packages, style), 'utf8') });
  for (const script of scripts) await tab.addScriptTag(script.content ? script : { path: join(packages, script) });
  await tab.evaluate(() => Promise.all([400, 700].map(weight => document.fonts.load(`${weight} 12px Arial`))));
  return tab;
}

async function pngOfSvg(svg, name) {
  if (!options.png) return;
  await mkdir(options.png, { recursive: true });
  const [, width, height] = svg.match(/<svg\b[^>]*?width="([\d.]+)"[^>]*?height="([\d.]+)"/);
  const tab = await browser.newPage({ viewport: { width: Number(width), height: Number(height) } });
  await tab.setContent(`<body style="margin:0;background:white"><style>${fonts}</style>${svg.slice(svg.indexOf('<svg'))}</body>`);
  await tab.evaluate(() => document.fonts.ready);
  await tab.screenshot({ path: join(options.png, name.replace(/\.svg$/, '.png')) });
  await tab.close();
}

async function renderProcesses(files) {
  if (!files.length) return;
  const tab = await page({
    scripts: ['bpmn-js/dist/bpmn-viewer.production.min.js'],
    styles: ['bpmn-js/dist/assets/diagram-js.css', 'bpmn-js/dist/assets/bpmn-js.css']
  });
  const moddle = {
    camunda: await json('camunda-bpmn-moddle/resources/camunda.json'),
    modeler: await json('modeler-moddle/resources/modeler.json')
  };
  for (const file of files) {
    const { warnings, pictures, error } = await tab.evaluate(async ({ xml, moddle }) => {
      const container = document.querySelector('#canvas');
      container.innerHTML = '';
      container.style.cssText = 'width:1600px;height:1000px';
      const viewer = new window.BpmnJS({ container, moddleExtensions: moddle });
      try {
        const { warnings } = await viewer.importXML(xml);
        const canvas = viewer.get('canvas');
        const pictures = [];
        for (const plane of canvas.getRootElements()) {
          canvas.setRootElement(plane);
          pictures.push({ owner: plane.businessObject.id, isSub: plane.businessObject.$type === 'bpmn:SubProcess', svg: (await viewer.saveSVG()).svg });
        }
        return { warnings: warnings.map(w => w.message), pictures };
      } catch (error) {
        return { error: error.message, warnings: (error.warnings ?? []).map(w => w.message), pictures: [] };
      } finally {
        viewer.destroy();
      }
    }, { xml: await readFile(file, 'utf8'), moddle });
    if (error) fail(file, error);
    warnings.forEach(warning => fail(file, warning));
    const process = basename(file, '.bpmn');
    for (const picture of pictures) {
      const name = picture.isSub ? `${process}.${picture.owner}.svg` : `${process}.svg`;
      const svg = signed(reproducible(picture.svg), await checksum(file));
      await keepSvg(name, svg);
      await pngOfSvg(svg, name);
    }
  }
  await tab.close();
}

/**
 * In the page: each column as wide as what stands in it, where the library draws all alike. Where many are
 * asked, the questions stand upright above their narrow columns, without their lists of values, so that the whole table
 * can be read at once.
 */
function fitColumns() {
  const table = document.querySelector('#canvas .tjs-table');
  if (!table) return;
  const pen = document.createElement('canvas').getContext('2d');
  const widest = (element, words) => {
    const { fontSize, fontWeight } = getComputedStyle(element);
    pen.font = `${fontWeight} ${fontSize} Arial`;
    return Math.max(0, ...words.map(word => pen.measureText(word).width));
  };
  const heads = [...table.tHead.rows[0].cells];
  const upright = heads.filter(head => head.matches('.input-cell')).length > 8;
  table.classList.toggle('upright', upright);
  heads.forEach((head, column) => {
    if (!head.matches('.input-cell, .output-cell')) return;
    const label = head.querySelector('.input-label, .output-label, .input-expression, .output-name');
    // A name without spaces may break before each of its words.
    label.textContent = label.textContent.replace(/([a-z0-9])([A-Z])/g, '$1\u200b$2');
    const turned = upright && head.matches('.input-cell');
    const words = turned ? [] : label.textContent.split(/[\s\u200b]+/);
    const twoLines = turned ? 0 : 0.62 * widest(label, [label.textContent]);
    const rows = [...table.tBodies[0].rows].map(row => row.cells[column]).filter(Boolean);
    const content = pattern => Math.max(...rows.map(cell => widest(cell, cell.innerText.split(pattern))));
    // Sentences break where the library lets them, single words not before they are far wider.
    const width = Math.max(Math.min(170, content('\n')), Math.min(250, content(/\s/)), widest(label, words), twoLines);
    head.style.width = `${Math.round(Math.max(turned ? 40 : 80, width + 22))}px`;
  });
}

async function renderDecisions(files) {
  if (!files.length) return;
  const tab = await page({
    scripts: ['dmn-js/dist/dmn-viewer.production.min.js'],
    styles: ['diagram-js', 'dmn-js-shared', 'dmn-js-drd', 'dmn-js-decision-table', 'dmn-js-literal-expression', 'dmn-js-boxed-expression']
      .map(name => `dmn-js/dist/assets/${name}.css`),
    width: 1800
  });
  await tab.addStyleTag({ content: '#canvas{display:inline-block;min-width:700px} #canvas .view-drd{display:none} #canvas .dmn-decision-table-container, #canvas .dmn-literal-expression-container{padding:8px 8px 44px;height:auto}'
    + ' #canvas [title="Powered by bpmn.io"]{right:24px!important}'
    + ' #canvas .upright .input-cell .clause, #canvas .upright .input-cell .input-variable{display:none}'
    + ' #canvas .upright thead .input-label{writing-mode:vertical-rl;transform:rotate(180deg);margin:6px auto;padding:0;text-align:left;white-space:nowrap}' });
  const moddle = {
    camunda: await json('camunda-dmn-moddle/resources/camunda.json'),
    modeler: await json('modeler-moddle/resources/dmn-modeler.json')
  };
  for (const file of files) {
    const graph = basename(file, '.dmn');
    const opened = await tab.evaluate(async ({ xml, moddle }) => {
      const container = document.querySelector('#canvas');
      window.viewer?.destroy();
      container.innerHTML = '';
      window.viewer = new window.DmnJS({ container, moddleExtensions: moddle, common: { keyboard: { bindTo: null } } });
      try {
        const { warnings } = await window.viewer.importXML(xml, { open: false });
        return { warnings: warnings.map(w => w.message), views: window.viewer.getViews().map(v => ({ type: v.type, id: v.element.id })) };
      } catch (error) {
        return { error: error.message, warnings: (error.warnings ?? []).map(w => w.message), views: [] };
      }
    }, { xml: await readFile(file, 'utf8'), moddle });
    if (opened.error) fail(file, opened.error);
    opened.warnings.forEach(warning => fail(file, warning));
    const sum = await checksum(file);
    const decisions = opened.views.filter(view => view.type !== 'drd');
    for (const [index, view] of opened.views.entries()) {
      const isDrd = view.type === 'drd';
      const { warnings, svg, error } = await tab.evaluate(async ({ index, isDrd }) => {
        document.querySelector('#canvas').style.cssText = isDrd ? 'width:1600px;height:1000px' : '';
        try {
          const { warnings } = await window.viewer.open(window.viewer.getViews()[index]);
          const svg = isDrd ? (await window.viewer.getActiveViewer().saveSVG()).svg : undefined;
          return { warnings: warnings.map(w => w.message), svg };
        } catch (error) {
          return { error: error.message, warnings: [] };
        }
      }, { index, isDrd });
      if (error) fail(file, `${view.id}: ${error}`);
      warnings.forEach(warning => fail(file, `${view.id}: ${warning}`));
      if (error) continue;
      if (isDrd) {
        if (decisions.length < 2) continue;
        const picture = reproducible(svg);
        await keepSvg(`${graph}.svg`, picture);
        await pngOfSvg(picture, `${graph}.drd.svg`);
        continue;
      }
      await tab.evaluate(fitColumns);
      const name = `${view.id}.png`;
      const shot = await grey(tab, await tab.locator('#canvas').screenshot(), sum);
      await keep(name, shot, old => old.includes(sum));
      if (options.png) {
        await mkdir(options.png, { recursive: true });
        await writeFile(join(options.png, name), shot);
      }
    }
  }
  await tab.close();
}

async function renderForms(files, folder) {
  if (!files.length) return;
  await mkdir(folder, { recursive: true });
  const { build } = await import('esbuild');
  const bundle = await build({
    stdin: { contents: 'export { Form, getSchemaVariables } from "@bpmn-io/form-js-viewer";', resolveDir: docs },
    bundle: true, format: 'iife', globalName: 'FormJs', minify: true, write: false, logLevel: 'error'
  });
  const tab = await page({
    scripts: [{ content: bundle.outputFiles[0].text }],
    styles: ['@bpmn-io/form-js-viewer/dist/assets/form-js.css'],
    width: 1320
  });
  for (const file of files) {
    const schema = JSON.parse(await readFile(file, 'utf8'));
    const problems = await tab.evaluate(async schema => {
      const walk = (components, visit) => components.forEach(c => { visit(c); walk(c.components ?? [], visit); });
      const lists = new Set([...JSON.stringify(schema).matchAll(/#loop ([\w.]+)/g)].map(m => m[1]));
      const data = {};
      for (const name of window.FormJs.getSchemaVariables(schema, { outputs: false })) {
        data[name] = lists.has(name) ? ['first', 'second'] : name === 'caseNumber' ? 'R-2026-0001' : `‹${name}›`;
      }
      let conditional = false;
      walk(schema.components, c => {
        if (c.valuesKey) data[c.valuesKey] = [{ label: 'First choice', value: 'first' }, { label: 'Second choice', value: 'second' }];
        // A value that is no choice of its own field would be dropped with a warning.
        if (c.key) delete data[c.key];
        conditional ||= Boolean(c.conditional);
      });
      const open = structuredClone(schema);
      walk(open.components, c => delete c.conditional);
      const container = document.querySelector('#canvas');
      container.innerHTML = '';
      container.style.cssText = 'display:flex;gap:24px;padding:16px;width:' + (conditional ? 1288 : 640) + 'px;box-sizing:border-box';
      const problems = [];
      for (const shown of conditional ? [schema, open] : [schema]) {
        const box = document.createElement('div');
        box.style.cssText = 'flex:1;min-width:0';
        container.append(box);
        const form = new window.FormJs.Form({ container: box });
        const { warnings } = await form.importSchema(shown, structuredClone(data));
        problems.push(...warnings.map(w => w.message));
      }
      return [...new Set(problems)];
    }, schema).catch(error => [error.message]);
    problems.forEach(problem => fail(file, problem));
    await tab.locator('#canvas').screenshot({ path: join(folder, `${basename(file, '.form')}.png`) });
  }
  await tab.close();
}

async function lint(files) {
  const { Linter } = require('bpmnlint');
  const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');
  const { BpmnModdle } = await import('bpmn-moddle');
  const moddle = new BpmnModdle({
    camunda: await json('camunda-bpmn-moddle/resources/camunda.json'),
    modeler: await json('modeler-moddle/resources/modeler.json')
  });
  const config = JSON.parse(await readFile(join(docs, '.bpmnlintrc'), 'utf8'));
  for (const file of files) {
    const { rootElement } = await moddle.fromXML(await readFile(file, 'utf8'));
    // A linter remembers the flows it saw: one for each file.
    const linter = new Linter({ config, resolver: new NodeResolver({ require }) });
    for (const [rule, reports] of Object.entries(await linter.lint(rootElement))) {
      for (const report of reports) {
        fail(file, `${report.id}: ${report.message} (${rule})`);
      }
    }
  }
}

/** What the Modeler says of a template that it cannot read, and then does without. */
async function validateTemplates() {
  const { validateAll } = await import('@bpmn-io/element-templates-validator');
  for (const file of await find('.camunda/element-templates', '.json')) {
    const templates = JSON.parse(await readFile(file, 'utf8'));
    for (const { valid, object, errors, warnings } of validateAll([templates].flat()).results) {
      const found = [...(errors ?? []), ...(warnings ?? [])];
      found.forEach(({ message, dataPath }) => fail(file, `${object.id}${dataPath ?? ''}: ${message}`));
      if (!valid && !found.length) fail(file, `${object.id}: is no element template`);
    }
  }
}

try {
  const processes = await chosen('bpmn', '.bpmn');
  await renderProcesses(processes);
  await renderDecisions(await chosen('dmn', '.dmn'));
  if (options.forms) await renderForms(await chosen('forms', '.form'), options.forms);
  if (options.lint) {
    await lint(processes);
    await validateTemplates();
  }
  if (!positionals.length && options.out === diagrams) {
    for (const name of await readdir(options.out).catch(() => [])) {
      if (kept.has(name)) continue;
      if (options.check) fail(join(options.out, name), 'shows no model; run node docs/render.mjs');
      else await rm(join(options.out, name));
    }
  }
} finally {
  await browser.close();
}
failures.forEach(failure => console.error(failure));
process.exitCode = failures.length ? 1 : 0;

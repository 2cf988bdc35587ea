// axe-core in Chromium on every file of an EPUB: node axe.mjs FILE.epub OUT.json MODULES
//
// Each file is looked at 320 and 1280 px wide, by day and by night, in letters of 100 % and 400 %.
// All rules run once at each width; what depends on size and colour runs in every combination.
// A finding that axe-allow.json names with a reason is counted, not reported.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'

const [book, out, modules] = process.argv.slice(2)
const require = createRequire(path.join(modules, 'x.js'))
const { chromium } = require('playwright-core')
const JSZip = require('jszip')
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const allowed = JSON.parse(fs.readFileSync(new URL('axe-allow.json', import.meta.url), 'utf8'))

const WIDTHS = [320, 1280]
const SCHEMES = ['light', 'dark']
const SIZES = [100, 400]
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const VARIABLE = ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable']
const TYPES = {
  xhtml: 'application/xhtml+xml', css: 'text/css', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg',
  webp: 'image/webp', ttf: 'font/ttf', otf: 'font/otf', mp3: 'audio/mpeg', mp4: 'video/mp4',
}
// The grounds that a reading system puts under the page.
const GROUNDS = { light: 'html { background: #fff; color: #000 }', dark: 'html { background: #000; color: #fff }' }

const zip = await JSZip.loadAsync(fs.readFileSync(book))
const opf = await zip.file('EPUB/package.opf').async('string')
const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
const items = new Map([...opf.matchAll(/<item [^>]*>/g)].map(([tag]) => [attribute(tag, 'id'), attribute(tag, 'href')]))
const files = [...opf.matchAll(/<itemref [^>]*>/g)].map(([tag]) => items.get(attribute(tag, 'idref')))

const server = http.createServer(async (request, response) => {
  const file = zip.file('EPUB' + decodeURIComponent(new URL(request.url, 'http://x').pathname))
  if (!file) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': TYPES[file.name.split('.').pop()] ?? 'application/octet-stream' })
  response.end(await file.async('nodebuffer'))
})
await new Promise(ready => server.listen(0, '127.0.0.1', ready))
const base = `http://127.0.0.1:${server.address().port}/`
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })

const findings = []
let looks = 0
let excused = 0

// Whether the list of exceptions covers a node.
const isAllowed = (file, rule, html) => allowed.some(entry =>
  entry.rule === rule && (!entry.file || entry.file === path.basename(file)) && (!entry.html || html.includes(entry.html)))

const look = async (page, file, width, scheme, size) => {
  looks++
  await page.setViewportSize({ width, height: 800 })
  await page.emulateMedia({ colorScheme: scheme })
  await page.evaluate(([ground, size]) => {
    document.getElementById('kepu-check')?.remove()
    const style = document.createElementNS('http://www.w3.org/1999/xhtml', 'style')
    style.id = 'kepu-check'
    style.textContent = `${ground} html { font-size: ${size}% }`
    document.head.append(style)
  }, [GROUNDS[scheme], size])
  const where = { file, width, scheme, size }
  const [wide, room, widest] = await page.evaluate(() => {
    const root = document.documentElement
    const room = root.clientWidth
    const out = [...document.body.querySelectorAll('*')].find(e => e.getBoundingClientRect().right > room + 1)
    return [root.scrollWidth, room, out?.outerHTML.slice(0, 160) ?? '']
  })
  if (wide > room) findings.push({ ...where, rule: 'horizontal-scrolling', html: `${wide} > ${room}: ${widest}` })
  const only = scheme === 'light' && size === 100 ? { type: 'tag', values: TAGS } : { type: 'rule', values: VARIABLE }
  const { violations } = await page.evaluate(
    only => window.axe.run(document, { runOnly: only, resultTypes: ['violations'] }), only)
  for (const { id, impact, help, nodes } of violations) {
    for (const { html } of nodes) {
      if (isAllowed(file, id, html)) excused++
      else findings.push({ ...where, rule: id, impact, help, html: html.slice(0, 200) })
    }
  }
}

const queue = [...files]
const worker = async () => {
  const page = await browser.newPage()
  for (let file; (file = queue.shift()) !== undefined;) {
    await page.goto(base + file)
    await page.evaluate(axe)
    for (const width of WIDTHS) for (const scheme of SCHEMES) for (const size of SIZES) {
      await look(page, file, width, scheme, size)
    }
  }
}
await Promise.all([worker(), worker()])
await browser.close()
server.close()

fs.writeFileSync(out, JSON.stringify({ book: path.basename(book), files: files.length, looks, excused, findings }, null, 1))
for (const found of findings.slice(0, 40)) {
  console.log(`${found.rule} ${found.file} ${found.width}px ${found.scheme} ${found.size}%  ${found.html}`)
}
console.log(`axe: ${files.length} files, ${looks} looks, ${findings.length} violations, ${excused} excused`)
process.exit(findings.length > 0 ? 1 : 0)

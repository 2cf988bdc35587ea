// Two reading systems open an EPUB: node reading.mjs FILE.epub OUTDIR MODULES
//
// foliate-js and epub.js (the engines of many readers) must show the book, turn its pages as a telephone
// does, and lead from a note's mark to the note's words; foliate-js must pop the note up. With
// EVERY_PAGE=1 every page is turned and kept as a picture; else each file is opened once.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'

const [book, out, modules] = process.argv.slice(2)
const every = process.env.EVERY_PAGE === '1'
const require = createRequire(path.join(modules, 'x.js'))
const { chromium } = require('playwright-core')
const JSZip = require('jszip')
const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.epub': 'application/epub+zip', '.css': 'text/css' }
const PHONE = { width: 390, height: 780 }

fs.mkdirSync(out, { recursive: true })
const server = http.createServer((request, response) => {
  const url = decodeURIComponent(new URL(request.url, 'http://x').pathname)
  if (url === '/blank.html') return response.writeHead(200, { 'content-type': 'text/html' }).end('<div id="book"></div>')
  const file = url === '/book.epub' ? book : path.join(modules, 'node_modules', path.normalize(url))
  if (!fs.existsSync(file) || fs.statSync(file).isDirectory()) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
  fs.createReadStream(file).pipe(response)
})
await new Promise(ready => server.listen(0, '127.0.0.1', ready))
const base = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
const problems = []
const must = (truth, what) => { if (!truth) problems.push(what) }

// The first note of the book, from its own text: file, mark, words.
const zip = await JSZip.loadAsync(fs.readFileSync(book))
const note = await (async () => {
  const texts = Object.keys(zip.files).filter(name => name.endsWith('.xhtml')).sort()
  for (const name of texts) {
    const xhtml = await zip.file(name).async('string')
    const mark = /epub:type="noteref"[^>]*href="#([^"]*)"/.exec(xhtml)
    if (!mark) continue
    const words = new RegExp(`<aside[^>]*id="${mark[1]}"[^>]*>([\\s\\S]*?)</aside>`).exec(xhtml)?.[1] ?? ''
    const plain = words.replace(/<[^>]*>/g, '').replace(/\s+/g, '')
    return { file: name.replace('EPUB/', ''), target: mark[1], words: plain.replace(/^[\u2460-\u24ff]/, '').slice(0, 8) }
  }
})()

const foliate = async () => {
  const page = await browser.newPage({ viewport: PHONE })
  page.on('pageerror', error => problems.push(`foliate-js: ${error}`))
  await page.goto(`${base}/foliate-js/reader.html?url=/book.epub`)
  await page.waitForFunction(() => document.querySelector('foliate-view')?.renderer?.getContents()[0], null, { timeout: 60000 })
  const sections = await page.evaluate(() => document.querySelector('foliate-view').book.sections.length)
  let screens = 0
  for (let at = 0; at < sections; at++) {
    // The page that opens a reader may still be on its way to its own first page.
    for (let shown = false, tries = 0; !shown; tries++) {
      await page.evaluate(at => document.querySelector('foliate-view').goTo(at), at)
      shown = await page.waitForFunction(
        at => document.querySelector('foliate-view').renderer.getContents()[0]?.index === at, at, { timeout: 15000 },
      ).then(() => true, () => false)
      if (tries === 3 && !shown) throw new Error(`section ${at} does not open`)
    }
    for (;;) {
      const name = `foliate-${String(at).padStart(2, '0')}-${String(screens).padStart(4, '0')}.png`
      await page.waitForTimeout(every ? 120 : 20)
      if (every) await page.screenshot({ path: path.join(out, name) })
      screens++
      const turned = every && await page.evaluate(async at => {
        const { renderer } = document.querySelector('foliate-view')
        const before = renderer.page
        await renderer.next()
        return renderer.getContents()[0]?.index === at && renderer.page !== before
      }, at)
      if (!turned) break
    }
    const words = await page.evaluate(() =>
      document.querySelector('foliate-view').renderer.getContents()[0].doc.body.textContent.trim().length)
    must(words > 0 || at === 0, `foliate-js: section ${at} is empty`)
  }
  const toc = await page.evaluate(() => document.querySelector('foliate-view').book.toc.length)
  const pages = await page.evaluate(() => document.querySelector('foliate-view').book.pageList?.length ?? 0)
  must(toc > 3 && pages > 100, `foliate-js: ${toc} lines of contents, ${pages} printed pages`)
  if (note) {
    const popped = await page.evaluate(async ({ file, target }) => {
      const { FootnoteHandler } = await import('/foliate-js/footnotes.js')
      const view = document.querySelector('foliate-view')
      const index = view.book.sections.findIndex(section => section.id.endsWith(file))
      await view.goTo(index)
      const handler = new FootnoteHandler()
      handler.addEventListener('before-render', event => {
        const box = document.createElement('div')
        box.style.cssText = 'position:fixed;inset:auto 20px 20px 20px;height:200px;background:#fff;border:1px solid;z-index:9'
        box.append(event.detail.view)
        document.body.append(box)
      })
      const { doc } = view.renderer.getContents()[0]
      const a = doc.querySelector(`a[href="#${target}"]`)
      return new Promise((resolve, reject) => {
        handler.addEventListener('render', event => {
          const shown = event.detail.view.renderer.getContents()[0].doc
          resolve({ type: event.detail.type, words: shown.body.innerText.replace(/\s+/g, '') })
        })
        const href = view.book.sections[index].resolveHref(`#${target}`)
        const event = new CustomEvent('link', { cancelable: true, detail: { a, href } })
        Promise.resolve(handler.handle(view.book, event)).catch(reject)
        setTimeout(() => resolve({ type: 'none', words: '' }), 8000)
      })
    }, note)
    must(popped.type === 'footnote', `foliate-js: the note is taken for ${popped.type}`)
    must(popped.words.includes(note.words), `foliate-js: the note pops up as ${popped.words.slice(0, 40)}`)
    await page.waitForTimeout(300)
    await page.screenshot({ path: path.join(out, 'foliate-note.png') })
  }
  return screens
}

const epubjs = async () => {
  const page = await browser.newPage({ viewport: PHONE })
  await page.goto(`${base}/blank.html`)
  await page.addScriptTag({ url: `${base}/jszip/dist/jszip.min.js` })
  await page.addScriptTag({ url: `${base}/epubjs/dist/epub.min.js` })
  const opened = await page.evaluate(async () => {
    window.book = window.ePub('/book.epub')
    window.view = window.book.renderTo('book', { width: 370, height: 760, flow: 'paginated' })
    await window.view.display()
    const navigation = await window.book.loaded.navigation
    await window.book.loaded.pageList
    return { sections: window.book.spine.length, toc: navigation.toc.length, landmarks: navigation.landmarks.length, pages: window.book.pageList.pages.length }
  })
  must(opened.toc > 3 && opened.pages > 100, `epub.js: ${JSON.stringify(opened)}`)
  let screens = 0
  for (let at = 0; at < opened.sections; at++) {
    await page.evaluate(at => window.view.display(window.book.spine.get(at).href), at)
    for (;;) {
      const name = `epubjs-${String(at).padStart(2, '0')}-${String(screens).padStart(4, '0')}.png`
      await page.waitForTimeout(every ? 120 : 20)
      if (every) await page.screenshot({ path: path.join(out, name) })
      screens++
      const turned = every && await page.evaluate(async at => {
        const before = window.view.currentLocation().start
        if (window.view.currentLocation().atEnd) return false
        await window.view.next()
        const now = window.view.currentLocation().start
        return now.index === at && now.cfi !== before.cfi
      }, at)
      if (!turned) break
    }
    const words = await page.evaluate(() => window.view.getContents()[0].document.body.textContent.trim().length)
    must(words > 0 || at === 0, `epub.js: section ${at} is empty`)
  }
  if (note) {
    const reached = await page.evaluate(async ({ file, target }) => {
      await window.view.display(`${file}#${target}`)
      return window.view.getContents()[0].document.getElementById(target)?.textContent.replace(/\s+/g, '') ?? ''
    }, note)
    must(reached.includes(note.words), `epub.js: the note reads ${reached.slice(0, 40)}`)
  }
  return screens
}

const screens = await foliate().catch(error => { problems.push(`foliate-js: ${error}`); return 0 })
const others = await epubjs().catch(error => { problems.push(`epub.js: ${error}`); return 0 })
await browser.close()
server.close()
for (const problem of problems) console.log(problem)
console.log(`reading systems: foliate-js ${screens} screens, epub.js ${others} screens, ${problems.length} problems`)
process.exit(problems.length > 0 ? 1 : 0)

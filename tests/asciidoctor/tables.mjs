// Writes what asciidoctor reads of each page in pages/ beside it, as PAGE.json:
// {"tables": [{"title", "header": [cell], "rows": [[cell]]}]}, a cell as the plain text of its HTML,
// a cell that spans rows repeated in each, one that spans columns followed by empty ones.
// Usage: npm install && node tables.mjs. A first line `// attributes: a, b=c, !d` sets attributes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import asciidoctor from '@asciidoctor/core'

const processor = asciidoctor()
const pages = new URL('pages/', import.meta.url)

function plain (html) {
  return html
    .replace(/<td class="icon">.*?<\/td>/gs, '')
    .replace(/<sup class="footnote">.*?<\/sup>/gs, '')
    .replace(/<i class="conum"[^>]*><\/i><b>\(\d+\)<\/b>/g, '')
    .replace(/<\/?(p|div|li|ul|ol|td|tr|dt|dd|br|table|tbody|th)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&nbsp;/g, ' ').replace(/&amp;/g, '&')
    .replace(/[✓❏]/g, ' ').replace(/[\u200b\u2060]/g, '').replace(/\s+/g, ' ').trim()
}

function text (cell) {
  const inner = cell.getInnerDocument && cell.getInnerDocument()
  if (inner) return plain(inner.convert())
  const content = cell.getContent()
  return plain(Array.isArray(content) ? content.join(' ') : content)
}

function grid (rows, width) {
  const carried = []
  return rows.map((row) => {
    const out = []
    const fill = () => {
      while (carried[out.length] && carried[out.length].rows > 0) {
        const span = carried[out.length]
        span.rows -= 1
        out.push(span.text)
      }
    }
    for (const cell of row) {
      fill()
      const at = out.length
      const [columns, below] = [cell.getColumnSpan() || 1, cell.getRowSpan() || 1]
      out.push(text(cell))
      for (let more = 1; more < columns; more++) out.push('')
      for (let column = 0; column < columns; column++) {
        if (below > 1) carried[at + column] = { rows: below - 1, text: column === 0 ? out[at] : '' }
      }
    }
    while (out.length < width && carried[out.length]) fill()
    return out
  })
}

for (const name of readdirSync(pages).filter((name) => name.endsWith('.adoc')).sort()) {
  const source = readFileSync(new URL(name, pages), 'utf8')
  const set = {}
  const first = source.split('\n')[0].match(/^\/\/ attributes: (.*)$/)
  for (const one of first ? first[1].split(',').map((word) => word.trim()) : []) {
    const [key, value] = one.split('=')
    if (key.startsWith('!')) set[key.slice(1)] = null
    else set[key] = value ?? ''
  }
  const page = processor.load(source, { safe: 'safe', attributes: set, base_dir: pages.pathname })
  const tables = page.findBy({ context: 'table' }).map((table) => {
    const width = table.getColumnCount()
    const head = grid(table.getHeadRows(), width)
    const rows = grid([...table.getBodyRows(), ...table.getFootRows()], width)
    return { title: table.getTitle() ? plain(table.getTitle()) : null, header: head[0] ?? null, rows }
  })
  writeFileSync(new URL(name.replace(/adoc$/, 'json'), pages), JSON.stringify({ tables }, null, 1) + '\n')
}

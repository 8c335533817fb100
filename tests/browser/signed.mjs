/**
 * A PDF with a real signature: CMS, detached, by a key made for this run
 * (ISO 32000-2, 12.8; `adbe.pkcs7.detached`).
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Room for the signature, in hexadecimal digits. */
const ROOM = 16_384

const OBJECTS = [
  '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>>>',
  '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R]>>',
  '<</Length 46>> stream\nBT /F 14 Tf 20 100 Td (Plan of studies) Tj ET\nendstream',
  '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  '<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132/Rect[0 0 0 0]/P 3 0 R/V 7 0 R>>',
  `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/Name(Zhang San)/M(D:20210308090000+08'00')/ByteRange[0 0000000000 0000000000 0000000000]/Contents<${'0'.repeat(ROOM)}>>>`,
  '<</Title(Plan)/Author(Zhang San)/Producer(Writer)>>',
]

/** The PDF before it is signed. */
function unsigned() {
  let text = '%PDF-1.7\n'
  const places = OBJECTS.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj ${object}\nendobj\n`
    return place
  })
  const table = text.length
  text += `xref\n0 ${places.length + 1}\n0000000000 65535 f \n`
  text += places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  return `${text}trailer <</Size ${places.length + 1}/Root 1 0 R/Info 8 0 R>>\nstartxref\n${table}\n%%EOF\n`
}

/** Writes a signed PDF to `file`; key and certificate are made in `folder`. */
export function signedPdf(file, folder) {
  const [key, certificate, data] = ['key.pem', 'certificate.pem', 'data'].map(name => join(folder, name))
  const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', '/CN=Zhang San', '-keyout', key, '-out', certificate)
  const text = unsigned()
  const from = text.indexOf('/Contents<') + '/Contents'.length
  const to = from + ROOM + 2
  const range = [0, from, to, text.length - to].map((n, at) => (at === 0 ? '0' : String(n).padStart(10, '0'))).join(' ')
  const ranged = text.replace(/ByteRange\[[^\]]*\]/, `ByteRange[${range}]`)
  writeFileSync(data, ranged.slice(0, from) + ranged.slice(to), 'latin1')
  const signature = openssl('cms', '-sign', '-binary', '-in', data, '-signer', certificate, '-inkey', key, '-outform', 'DER').toString('hex')
  if (signature.length > ROOM) throw new Error(`the signature has ${signature.length} digits`)
  writeFileSync(file, `${ranged.slice(0, from)}<${signature.padEnd(ROOM, '0')}>${ranged.slice(to)}`, 'latin1')
}

/** What poppler says of the signatures in `file`. */
export function signatures(file) {
  return execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' })
}

/** Whether `file` is signed and unchanged. */
export function isIntact(file) {
  const said = signatures(file)
  return /Signature #1/.test(said) && /Signature is Valid/.test(said) && /Total document signed/.test(said) && readFileSync(file).length > 0
}

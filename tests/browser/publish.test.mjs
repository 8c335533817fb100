/**
 * `zhuanlan publish` against real servers: object storage (moto, s3rver),
 * WebDAV (Apache, wsgidav), SFTP (OpenSSH), a folder.
 *
 * What stands at a target is looked at by the servers' own protocol or on
 * their disk, and every page that readers can ask for at any moment has the
 * files that it names.
 */
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { article } from './column.mjs'
import { binary } from './site.mjs'
import { Bucket, KEYS, Proxy, USER, serve, sshOf } from './targets.mjs'
import { run } from './tools.mjs'

let program
let home
const started = []

/** A server that ends with the tests. */
async function server(name) {
  const one = await serve(name)
  started.push(one)
  return one
}

async function proxyOf(port) {
  const one = await new Proxy(port).start()
  started.push(one)
  return one
}

/** Writes files (text by path) below `root`. */
function write(root, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

/** A column of two releases that differ in a title, a piece, an attachment and a colour. */
function makeColumn(root, address = 'https://www.example.gov.cn/jyzd/') {
  const head = (title) => `title: ${title}\nbase_url: ${address}\nsections:\n  - {folder: news, title: 新闻动态}\n`
  const text = (n) => `第${n}次部署。[学习笔记](<学习笔记 +1%.txt>)。`
  write(root, {
    'column.yaml': head('教育整顿'),
    'content/news/a.md': article('动员部署', '2021-03-08', text(1)),
    'content/news/b.md': article('要撤下的', '2021-03-09', '[附件](名单.txt)'),
    'content/news/学习笔记 +1%.txt': '学习笔记的格式。',
    'content/news/名单.txt': '名单。',
    'content/static/data/module.mjs': 'export const a = 1\n',
  })
  zhuanlan(root, 'build')
  rmSync(join(root, 'content/news/b.md'))
  rmSync(join(root, 'content/news/名单.txt'))
  write(root, {
    'column.yaml': head('教育整顿进行时'),
    'content/news/a.md': article('动员部署会', '2021-03-08', text(2)),
    'content/news/c.md': article('新的一篇', '2021-03-10', '[新附件](新.txt)'),
    'content/news/新.txt': '新的附件。',
    'content/news/学习笔记 +1%.txt': '学习笔记的格式，改过。',
  })
  zhuanlan(root, 'build', '--allow-removals')
}

/** Runs the program over a column; it must end well. */
function zhuanlan(root, command, ...args) {
  const done = run(program, [command, '--root', root, '--lang', 'en', ...args], { env: { ...process.env, ...KEYS, ...USER } })
  assert.equal(done.code, 0, done.stderr)
  return done
}

/** Starts a publication: `{child, ended}`; `ended` gives `{code, signal, stdout, stderr}`. */
function begin(args, { root = home, env = {} } = {}) {
  const child = spawn(program, ['publish', '--root', root, '--lang', 'en', '--format', 'json', ...args], {
    env: { ...process.env, ...KEYS, ...USER, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  for (const pipe of ['stdout', 'stderr']) child[pipe].on('data', (data) => (said[pipe] += data))
  const ended = new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => done({ code, signal, ...said }))
  })
  return { child, ended }
}

/** Publishes; gives the report, and fails where it did not end well. */
async function publish(target, args = [], options = {}) {
  const done = await begin([target, ...args], options).ended
  assert.equal(done.code, 0, done.stdout + done.stderr)
  return JSON.parse(done.stdout)
}

/** Publishes what must be refused; gives the error and its hint. */
async function refused(target, args = [], options = {}) {
  const done = await begin([target, ...args], options).ended
  assert.equal(done.code, 2, done.stdout + done.stderr)
  const { error, hint } = JSON.parse(done.stdout)
  return `${error} = ${hint}`
}

const release = (number) => ['--release', `${number}`, '--allow-removals']

/** The files of a release: bytes by path. */
const releases = new Map()
function filesOf(number) {
  if (!releases.has(number)) {
    const { files } = JSON.parse(zhuanlan(home, 'releases', `${number}`, '--format', 'json').stdout)
    releases.set(number, new Map(files.filter((file) => !file.kept).map((file) => [file.path, file.sha256])))
  }
  return releases.get(number)
}

const sha256 = async (bytes) => Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')

/** What stands at a target is the release; besides only what outlives its own, and what is no part of the site. */
async function holds(objects, number, others = []) {
  const wanted = filesOf(number)
  for (const [path, sum] of wanted) {
    assert.ok(objects.has(path), `${path} is missing`)
    assert.equal(await sha256(objects.get(path)), sum, `${path} is another`)
  }
  for (const path of objects.keys()) {
    const theme = /^assets\/[^/]*\.[0-9a-f]{8}\.(css|js|woff2)$/.test(path)
    assert.ok(wanted.has(path) || theme || path === '.zhuanlan.manifest' || others.includes(path), `${path} is left over`)
  }
}

/** No page names a file that is not there. */
function pagesAreWhole(objects) {
  for (const [path, bytes] of objects) {
    if (!path.endsWith('.html')) continue
    for (const [, address] of bytes.toString().matchAll(/(?:href|src)="([^"#?:]+)[#?"]/g)) {
      // The 404 page, which shows at any depth, has whole paths.
      const file = address.startsWith('/') ? address.replace('/jyzd/', '') : posix.join(posix.dirname(path), address)
      // Feeds and the sitemap come last: pages name them before. So are lists by articles.
      const list = posix.basename(path) === 'index.html'
      const needed = /^(assets|data)\/|\.(css|js)$/.test(file) || (list && /^news\/[a-z]\d*\.html$/.test(file))
      if (!needed) continue
      assert.ok(objects.has(file), `${path} names ${file}, which is not there`)
    }
  }
}

const isPage = (path) => path.endsWith('.html')

/** All files below a folder: bytes by path. */
function folder(root, below = '') {
  const found = new Map()
  for (const name of readdirSync(join(root, below))) {
    const path = below ? `${below}/${name}` : name
    // What is named and gone is a temporary file of a server that is still at work.
    const stat = statSync(join(root, path), { throwIfNoEntry: false })
    if (!stat) continue
    if (stat.isDirectory()) for (const [key, bytes] of folder(root, path)) found.set(key, bytes)
    else found.set(path, readFileSync(join(root, path)))
  }
  return found
}

before(() => {
  program = binary()
  home = mkdtempSync(join(tmpdir(), 'zhuanlan-publish-'))
  makeColumn(home)
})

after(() => {
  for (const one of started) one.stop()
  rmSync(home, { recursive: true, force: true })
})

for (const [name, exclusive] of [['moto', true], ['s3rver', false]]) {
  test(`${name}: only what differs is sent, with its headers, and strangers stay`, async () => {
    const store = await server(name)
    const proxy = await proxyOf(store.port)
    const bucket = await new Bucket(store).make()
    const prefix = '教育 整顿+1%/'
    const target = `s3://column/${encodeURIComponent('教育 整顿+1%')}?endpoint=http://127.0.0.1:${proxy.port}`
    const others = ['别人的 文件+1%.txt', 'jyzd2/index.html']
    for (const path of others) await bucket.ask('PUT', prefix + path, '', '别人的')

    const first = await publish(target, release(1))
    await holds(await bucket.objects(prefix), 1, others)
    assert.equal(first.put.length, filesOf(1).size)
    assert.equal(first.notes.length, exclusive ? 0 : 1, `${first.notes}`)

    // The counts that are promised.
    proxy.reset()
    const second = await publish(target, release(2))
    await holds(await bucket.objects(prefix), 2, others)
    const counts = proxy.counts()
    assert.equal(counts.PUT, second.put.length + 2, 'files, lease, manifest')
    // Within a day the manifest is believed where no two runs can come between each other.
    assert.equal(counts.LIST, exclusive ? undefined : 1)
    const before = filesOf(1)
    const fresh = second.put.filter((path) => !before.has(path))
    assert.equal(counts.HEAD, exclusive ? 2 + fresh.length : counts.HEAD)
    assert.equal(counts.GET ?? 0, exclusive ? 1 : counts.GET)
    assert.ok(counts.DELETE <= 2, 'pages that go, and the rest')
    assert.ok(second.put.length < filesOf(2).size)

    proxy.reset()
    const third = await publish(target, release(2))
    assert.deepEqual([third.put, third.deleted], [[], []])
    assert.deepEqual(proxy.counts(), exclusive ? { HEAD: 2, GET: 1 } : { HEAD: 1, LIST: 1, GET: 1 })

    if (exclusive) {
      // What somebody deletes by other means is missed for a day at the most, or until all is compared.
      await bucket.ask('DELETE', `${prefix}news/c.html`)
      assert.deepEqual((await publish(target, release(2))).put, [])
      assert.deepEqual((await publish(target, [...release(2), '--recheck'])).put, ['news/c.html'])
      // What somebody puts where the site has nothing is noticed where it is in the way, and stays.
      await bucket.ask('PUT', `${prefix}news/b.html`, '', '别人的')
      assert.match(await refused(target, release(1)), /1 files stand there/)
      assert.equal((await bucket.ask('GET', `${prefix}news/b.html`)).body.toString(), '别人的')
      await bucket.ask('DELETE', `${prefix}news/b.html`)
    }

    const page = await bucket.ask('GET', `${prefix}index.html`)
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8')
    const paths = [...filesOf(2).keys()]
    if (name === 'moto') {
      assert.equal(page.headers['cache-control'], 'no-cache')
      const style = paths.find((path) => /^assets\/gazette\..*\.css$/.test(path))
      const { headers } = await bucket.ask('GET', prefix + style)
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
    }
    const notes = paths.find((path) => /^assets\/files\/xue-xi.*\.txt$/.test(path))
    const { headers } = await bucket.ask('GET', prefix + notes)
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8')
    const chinese = encodeURIComponent('学习笔记 +1%.txt')
    assert.ok(headers['content-disposition'].endsWith(`filename*=UTF-8''${chinese}`), headers['content-disposition'])
  })
}

test('what nobody can mean is refused, and says what to do', async () => {
  const store = await server('moto')
  const proxy = await proxyOf(store.port)
  const bucket = await new Bucket(store).make()
  const endpoint = `endpoint=http://127.0.0.1:${proxy.port}`
  const target = `s3://column/jyzd?${endpoint}`
  await publish(target, release(2))

  // Another site at the same place.
  const other = mkdtempSync(join(tmpdir(), 'zhuanlan-other-'))
  makeColumn(other, 'https://www.example.org/other/')
  assert.match(await refused(target, [], { root: other }), /another website, `https:\/\/www\.example\.gov\.cn\/jyzd\/`.*--adopt/)
  // Around it: its files are nobody's here.
  await publish(`s3://column?${endpoint}`, [], { root: other })
  await holds(await bucket.objects('jyzd/'), 2)
  // What another program put under the same names.
  await bucket.ask('PUT', 'hand/index.html', '', '手工上传')
  assert.match(await refused(`s3://column/hand?${endpoint}`), /1 files stand there.*`index\.html`.*--adopt/)
  assert.equal((await bucket.ask('GET', 'hand/index.html')).body.toString(), '手工上传')
  await publish(`s3://column/hand?${endpoint}`, ['--adopt'])
  await holds(await bucket.objects('hand/'), 2)

  // Most pages gone.
  for (let n = 0; n < 8; n += 1) write(other, { [`content/news/m${n}.md`]: article(`第${n}篇`, '2021-03-08') })
  zhuanlan(other, 'build')
  await publish(`s3://column?${endpoint}`, [], { root: other })
  for (let n = 0; n < 8; n += 1) rmSync(join(other, `content/news/m${n}.md`))
  rmSync(join(other, 'content/news/c.md'))
  rmSync(join(other, 'content/news/新.txt'))
  zhuanlan(other, 'build', '--allow-removals')
  assert.match(await refused(`s3://column?${endpoint}`, [], { root: other }), /pages would go.*--allow-removals/)
  await publish(`s3://column?${endpoint}`, ['--allow-removals'], { root: other })
  rmSync(other, { recursive: true, force: true })

  // A dry run says it all and does nothing.
  proxy.reset()
  const dry = await publish(target, [...release(1), '--dry-run'])
  assert.ok(dry.put.length > 0 && dry.dry_run)
  assert.deepEqual(proxy.counts(), { LIST: 1, GET: 1 })

  // Keys, buckets, secrets.
  assert.match(await refused(`s3://nothing/jyzd?${endpoint}`), /no such bucket/)
  assert.match(await refused(`s3://a:b@column/jyzd?${endpoint}`), /no password or key may stand in a target/)
  assert.match(await refused('oss://column/jyzd'), /`endpoint` is missing/)
  const keyless = { OSS_ACCESS_KEY_ID: '', AWS_ACCESS_KEY_ID: '' }
  assert.match(await refused('oss://column/jyzd?endpoint=oss-cn-beijing.aliyuncs.com', [], { env: keyless }), /`OSS_ACCESS_KEY_ID`/)
  const keys = join(tmpdir(), `zhuanlan-keys-${process.pid}`)
  writeFileSync(keys, '# 密钥\nexport AWS_ACCESS_KEY_ID="S3RVER"\nAWS_SECRET_ACCESS_KEY=S3RVER\n')
  chmodSync(keys, 0o644)
  assert.match(await refused(target, ['--credentials', keys]), /chmod 600/)
  chmodSync(keys, 0o600)
  await publish(target, ['--credentials', keys], { env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } })
  rmSync(keys)

  // By its name in the column.
  const config = readFileSync(join(home, 'column.yaml'), 'utf8')
  writeFileSync(join(home, 'column.yaml'), `${config}发布:\n  发布到: {正式: "${target}"}\n`)
  assert.equal((await publish('正式')).put.length, 0)
  writeFileSync(join(home, 'column.yaml'), config)

  // Each request refused once: what is there stays whole, and the next run ends right.
  await publish(target, release(1))
  proxy.reset()
  await publish(target, release(2))
  const requests = proxy.log.length
  await publish(target, release(1))
  for (let number = 1; number <= requests; number += 3) {
    proxy.reset((n) => (n === number ? 403 : undefined))
    const said = await begin([target, ...release(2)]).ended
    const objects = await bucket.objects('jyzd/', isPage)
    pagesAreWhole(objects)
    if (said.code !== 0) assert.match(said.stdout, /the key may not [^]*s3:(ListBucket|GetObject|PutObject|DeleteObject)/, said.stdout)
    proxy.reset()
    await publish(target, release(2))
    await publish(target, release(1))
  }
  await holds(await bucket.objects('jyzd/'), 1)
})

test('requests that get lost, or whose answers do, are made again', async () => {
  const store = await server('moto')
  const proxy = await proxyOf(store.port)
  const bucket = await new Bucket(store).make()
  const target = `s3://column/jyzd?endpoint=http://127.0.0.1:${proxy.port}`
  const faults = ['lost', 'mute', 503]
  for (let round = 0; round < 3; round += 1) {
    proxy.reset((n) => (n % 4 === round % 4 ? faults[(n + round) % 3] : undefined))
    const number = 1 + (round % 2)
    await publish(target, release(number))
    await holds(await bucket.objects('jyzd/'), number)
  }
})

test('killed at each request: no page lacks a file, and the next run ends right', async () => {
  const store = await server('moto')
  const proxy = await proxyOf(store.port)
  const bucket = await new Bucket(store).make()
  const target = `s3://column/jyzd?endpoint=http://127.0.0.1:${proxy.port}`
  await publish(target, release(1))
  let kills = 0
  let there = 1
  for (let number = 1; kills < 100; number += 1) {
    // One moment before a request arrives, one after it did; and another site each time.
    let killed = false
    for (const when of ['before', 'after']) {
      const next = 3 - there
      let one
      proxy.reset((n) => (n === number ? { [when]: () => one.child.kill('SIGKILL') } : undefined))
      one = begin([target, ...release(next), '--parallel', '4'])
      const { signal, code, stdout } = await one.ended
      const objects = await bucket.objects('jyzd/', isPage)
      pagesAreWhole(objects)
      if (signal === 'SIGKILL') {
        killed = true
        kills += 1
        // Now and then somebody goes on with the other site.
        const wanted = kills % 3 ? next : there
        proxy.reset()
        await publish(target, release(wanted))
        if (kills % 5 === 0) await holds(await bucket.objects('jyzd/'), wanted)
        there = wanted
      } else {
        assert.equal(code, 0, stdout)
        there = next
      }
    }
    if (!killed) number = 0
  }
  await holds(await bucket.objects('jyzd/'), there)
})

for (const name of ['moto', 's3rver']) {
  test(`${name}: two publishers at once do not mix`, async () => {
    const store = await server(name)
    const bucket = await new Bucket(store).make()
    const target = `s3://column/jyzd?endpoint=http://127.0.0.1:${store.port}`
    const second = mkdtempSync(join(tmpdir(), 'zhuanlan-second-'))
    run('cp', ['-a', `${home}/.`, second])
    await publish(target, release(1))
    for (let round = 0; round < 4; round += 1) {
      const both = [begin([target, ...release(1)]), begin([target, ...release(2)], { root: second })]
      const ends = await Promise.all(both.map((one) => one.ended))
      const good = ends.map(({ code }) => code === 0)
      assert.ok(good[0] || good[1], ends.map(({ stdout }) => stdout).join())
      for (const { code, stdout } of ends) if (code !== 0) assert.match(stdout, /somebody is publishing|took over/)
      const objects = await bucket.objects('jyzd/')
      pagesAreWhole(objects)
      const number = (await sha256(objects.get('index.html'))) === filesOf(1).get('index.html') ? 1 : 2
      assert.ok(good[number - 1], 'the one that ended well is there')
      await holds(objects, number)
    }
    rmSync(second, { recursive: true, force: true })
  })
}

for (const name of ['apache', 'wsgidav']) {
  test(`${name}: a folder by WebDAV`, async () => {
    const { port, home: place } = await server(name)
    const proxy = await proxyOf(port)
    const target = `webdav://127.0.0.1:${proxy.port}/${encodeURIComponent('教育 整顿+1%')}/jyzd`
    const root = join(place, 'web/教育 整顿+1%/jyzd')
    await publish(target, release(1))
    await holds(folder(root), 1)
    writeFileSync(join(root, '别人的.txt'), '别人的')
    await publish(target, release(2))
    await holds(folder(root), 2, ['别人的.txt'])
    assert.deepEqual((await publish(target, release(2))).put, [])
    assert.match(await refused(target, [], { env: { WEBDAV_PASSWORD: 'x' } }), /password is wrong/)
    let there = 2
    for (let number = 8; number < 90; number += 9) {
      const next = 3 - there
      let one
      proxy.reset((n) => (n === number ? { after: () => one.child.kill('SIGKILL') } : undefined))
      one = begin([target, ...release(next)])
      await one.ended
      pagesAreWhole(folder(root))
      proxy.reset()
      await publish(target, release(next))
      await holds(folder(root), next, ['别人的.txt'])
      there = next
    }
  })
}

/** Waits until no connection is left of runs that were killed, and nothing in these folders. */
async function ends(...folders) {
  const running = () => folders.map((folder) => run('pgrep', ['-f', `${folder}/`]).stdout.trim()).join(' ').trim()
  const there = () => folders.flatMap((folder) => readdirSync(folder))
  for (let waited = 0; there().length > 0 || running(); waited += 1) {
    assert.ok(waited < 600, `still there: ${there()} ${running()}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

test('sshd: a folder by SFTP', async () => {
  const sshd = await server('sshd')
  // What runs leave behind in the way of connections would lie there.
  const [left, state] = ['runs', 'state'].map((name) => join(sshd.home, name))
  for (const folder of [left, state]) mkdirSync(folder)
  const env = { ...sshOf(sshd), TMPDIR: left, XDG_RUNTIME_DIR: '', XDG_STATE_HOME: state }
  const root = join(sshd.home, 'web/教育 整顿')
  const target = `sftp://127.0.0.1:${sshd.port}${encodeURI(root)}`
  await publish(target, release(1), { env })
  await holds(folder(root), 1)
  writeFileSync(join(root, '别人的.txt'), '别人的')
  let there = 1
  for (let wait = 60; wait < 600; wait += 90) {
    const next = 3 - there
    const one = begin([target, ...release(next)], { env })
    setTimeout(() => one.child.kill('SIGKILL'), wait)
    await one.ended
    pagesAreWhole(folder(root))
    await ends(left, state)
    await publish(target, release(next), { env })
    assert.deepEqual(readdirSync(left), [])
    await holds(folder(root), next, ['别人的.txt'])
    there = next
  }
  writeFileSync(join(sshd.home, 'known'), '')
  assert.match(await refused(target, [], { env }), /ssh does not know the server|can't be reached|failed|can't connect/)
})

test('a folder of this computer, whole or not at all', async () => {
  const root = mkdtempSync(join(tmpdir(), 'zhuanlan-folder-'))
  const target = join(root, '教育 整顿+1%')
  const first = await publish(target, release(1))
  assert.equal(first.put.length, filesOf(1).size)
  await holds(folder(target), 1)
  const second = await publish(target, release(2))
  assert.ok(second.put.length < filesOf(2).size && second.deleted.length > 0)
  await holds(folder(target), 2)
  assert.ok(existsSync(join(root, '.教育 整顿+1%.releases')))
  rmSync(root, { recursive: true, force: true })
})

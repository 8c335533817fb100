// Search. Loads what the index has for a query (search/*.js, each calls zhuanlanSearch), looks into the texts of the
// pieces that may have it, and shows those that do. Without it the form leads to the archive.
(function () {
  "use strict";

  // ---- Text as it is compared: as `src/search/fold.rs` has it.

  const FOLDED = /[A-Z\u00c0-\u024f\u0370-\u052f\u2e80-\u2fdf\u3000\uf900-\ufaff\uff01-\uff5e]/g;
  const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]/g;

  function foldOne(c) {
    const u = c.charCodeAt(0);
    if (u === 0x3000) return " ";
    if (u >= 0xff01 && u <= 0xff5e) return String.fromCharCode(u - 0xfee0).toLowerCase();
    const radical = (u >= 0x2e80 && u <= 0x2fdf) || (u >= 0xf900 && u <= 0xfaff);
    const f = radical ? c.normalize("NFKC") : c.toLowerCase();
    return f.length === 1 ? f : c;
  }

  const fold = (text) => text.replace(FOLDED, foldOne);

  function isIndexed(u) {
    if (u < 0xc0) return (u >= 0x30 && u <= 0x39) || (u >= 0x61 && u <= 0x7a);
    if (u === 0xd7 || u === 0xf7) return false;
    if (u < 0x2000) return true;
    if (u <= 0x2bff || (u >= 0x2e00 && u <= 0x2e7f)) return false;
    if (u >= 0x3000 && u <= 0x3020) return u >= 0x3005 && u <= 0x3007;
    if (u === 0x3030 || u === 0x303d || u === 0x30fb) return false;
    return !((u >= 0xe000 && u <= 0xf8ff) || (u >= 0xfe10 && u <= 0xfe6f) || u >= 0xff00);
  }

  const isLetter = (u) => u >= 0x61 && u <= 0x7a;
  const isAlphanumeric = (u) => isLetter(u) || (u >= 0x30 && u <= 0x39);

  /** The words of a query, folded. All must occur; what stands in quotation marks is one word, spaces and all. */
  function wordsOf(query) {
    const text = fold(query.replace(UNSEEN, "")).replace(/\s+/g, " ").trim();
    const words = [];
    let rest = text;
    while (rest) {
      const quoted = /^"([^"]+)"(?= |$)/.exec(rest) || /^[\u201c\u300c]([^\u201c\u201d\u300c\u300d]* [^\u201c\u201d\u300c\u300d]*)[\u201d\u300d](?= |$)/.exec(rest);
      const found = quoted || /^[^ ]+/.exec(rest);
      const word = found[quoted ? 1 : 0].trim();
      if (word && words.indexOf(word) < 0) words.push(word);
      rest = rest.slice(found[0].length).trim();
    }
    return words;
  }

  // ---- The index's files.

  const root = document.querySelector("[data-search]");
  if (!root || !window.Promise || !String.prototype.normalize) return;
  const FOLDER = root.getAttribute("data-search");
  let given = new Map();
  let loading = new Map();
  let index = null;
  let moved = 0;

  window.zhuanlanSearch = function (name) {
    given.set(name, Array.prototype.slice.call(arguments, 1));
  };

  function load(name, file) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((done, fail) => {
        const script = document.createElement("script");
        const end = () => {
          script.remove();
          moved += 1;
          if (given.has(name)) return done(given.get(name));
          loading.delete(name);
          fail(new Error(name));
        };
        script.onload = script.onerror = end;
        script.charset = "utf-8";
        script.src = FOLDER + file;
        document.head.appendChild(script);
      }));
    }
    return loading.get(name);
  }

  const tagOf = (tags, at) => tags.slice(at * 3, at * 3 + 3);
  const loadTagged = (name, tag) => load(name, name + "-" + tag + ".js");

  /** What there is. `again` asks past every cache: the site was published anew while this page was open. */
  async function loadIndex(again) {
    if (again) {
      given = new Map();
      loading = new Map();
    }
    index = (await load("index", "index.js" + (again ? "?" + Date.now() : "")))[0];
    index.last = 0;
    for (const month of index.months) index.last += month[1];
    return index;
  }

  /** Reads numbers from bits: as `src/search/bits.rs` writes them. */
  function reader(text) {
    let at = 0;
    function bit() {
      const c = text.charCodeAt((at / 6) | 0);
      const six = c === 112 ? 44 : c - 48;
      const one = (six >> (5 - (at % 6))) & 1;
      at += 1;
      return one;
    }
    function bits(count) {
      let value = 0;
      while (count-- > 0) value = value * 2 + bit();
      return value;
    }
    function gamma() {
      let length = 0;
      while (!bit()) {
        length += 1;
        if (at > text.length * 6) throw new Error("bits");
      }
      return (1 << length) | bits(length);
    }
    function oneOf(size) {
      if (size <= 1) return 0;
      const count = 31 - Math.clz32(size);
      const short = 2 * (1 << count) - size;
      const value = bits(count);
      return value < short ? value : value * 2 + bit() - short;
    }
    function list(count, low, high, out) {
      if (!count) return out;
      const middle = count >> 1;
      const value = low + middle + oneOf(high - low - count + 1);
      list(middle, low, value, out);
      out.push(value);
      return list(count - middle - 1, value + 1, high, out);
    }
    return { gamma, list };
  }

  /** Whether longer keys may begin as `key` does, and their first unit: as `src/search/gram.rs` has it. */
  function longerThan(key) {
    const [a, b] = [key.charCodeAt(0), key.charCodeAt(1)];
    if (isAlphanumeric(a)) return isAlphanumeric(b) ? packed(0xe600, 36, digitOf(a), digitOf(b)) : "";
    return b === 32 ? key.charAt(0) : "";
  }

  /** The lists of a file whose first key begins with the unit `first`, by key: `{ids, titles, more}`. */
  function listsOf(parts, first) {
    if (parts.lists) return parts.lists;
    const lists = new Map();
    const read = reader(parts[0]);
    for (let groups = read.gamma(); groups; groups -= 1) {
      first += read.gamma() - 1;
      for (const second of read.list(read.gamma(), 0, 65536, [])) {
        const key = String.fromCharCode(first, second);
        const more = longerThan(key) && read.gamma();
        const count = read.gamma() - (more ? 1 : 0);
        const titled = read.gamma() - 1;
        const ids = read.list(count, 0, index.end, []);
        lists.set(key, { ids, titles: read.list(titled, 0, count, []).map((n) => ids[n]), more: more === 2 });
      }
    }
    parts.lists = lists;
    return lists;
  }

  const unitsOf = (text) => text.split("");
  const NONE = { ids: [], titles: [] };

  /** Which file of lists has `key`, from 1; 0 where none has. */
  function placeOfKey(key) {
    const keys = index.keys;
    let low = 0;
    let high = keys.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys.substr(middle * 2, 2) <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async function listsAt(place) {
    const first = index.keys.substr(place * 2 - 2, 2);
    const hex = (at) => ("000" + first.charCodeAt(at).toString(16)).slice(-4);
    const parts = await loadTagged("k" + hex(0) + hex(1), tagOf(index.lists, place - 1));
    return listsOf(parts, first.charCodeAt(0));
  }

  async function listOf(key) {
    const place = placeOfKey(key);
    const list = (place && (await listsAt(place)).get(key)) || NONE;
    return list.more ? completed(list, longerThan(key)) : list;
  }

  /** `list` with all that the lists of the keys have which begin with the unit `first`. */
  async function completed(list, first) {
    const places = [];
    for (let at = Math.max(1, placeOfKey(first + "\u0000")); at <= placeOfKey(first + "\uffff"); at += 1) places.push(listsAt(at));
    const ids = new Set(list.ids);
    const titles = new Set(list.titles);
    for (const lists of await Promise.all(places)) {
      lists.forEach((other, key) => {
        if (key.charAt(0) !== first) return;
        other.ids.forEach((id) => ids.add(id));
        other.titles.forEach((id) => titles.add(id));
      });
    }
    return { ids: Array.from(ids).sort(ascending), titles: Array.from(titles).sort(ascending) };
  }

  // ---- From a word to the pieces that may have it.

  const digitOf = (u) => (u < 0x40 ? u - 0x30 : u - 0x61 + 10);
  const packed = (space, base, a, b) => String.fromCharCode(space + a * base + b);

  /** The keys of a word: those that overlap no other first. `exact` where the lists alone decide. */
  function keysOf(word) {
    const units = unitsOf(word).map((c) => c.charCodeAt(0));
    const first = [];
    const rest = [];
    let free = 0;
    for (let at = 0; at + 1 < units.length; at += 1) {
      const [a, b, c] = [units[at], units[at + 1], units[at + 2]];
      if (!isIndexed(a) || !isIndexed(b)) continue;
      const before = units[at - 1];
      let key = word.substr(at, 2);
      let length = 2;
      if (isAlphanumeric(a) && isAlphanumeric(b)) {
        if (c !== undefined && isAlphanumeric(c)) {
          key = packed(0xe600, 36, digitOf(a), digitOf(b)) + word.charAt(at + 2);
          length = 3;
        } else if (before !== undefined && isAlphanumeric(before)) continue; // The three before have it.
      }
      const last = at + length === units.length;
      if (at >= free || last || units.length <= 4) {
        first.push(key);
        free = at + length;
      } else rest.push(key);
    }
    const exact = (units.length === 1 && isIndexed(units[0])) || (units.length === 2 && first.length === 1);
    if (!first.length) for (const c of unitsOf(word)) if (isIndexed(c.charCodeAt(0))) first.push(c + " ");
    return { first, rest, exact };
  }

  function both(a, b) {
    const out = [];
    for (let i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] === b[j]) out.push(a[i]), (i += 1), (j += 1);
      else if (a[i] < b[j]) i += 1;
      else j += 1;
    }
    return out;
  }

  async function meet(keys, from) {
    const lists = await Promise.all(keys.map(listOf));
    lists.sort((a, b) => a.ids.length - b.ids.length);
    for (const list of lists) {
      from.ids = from.ids ? both(from.ids, list.ids) : list.ids;
      from.titles = from.titles ? both(from.titles, list.titles) : list.titles;
    }
    return from;
  }

  /** The pieces and the parts of attached texts that may have `word`. */
  async function candidatesOf(word) {
    const keys = keysOf(word);
    if (!keys.first.length) {
      const ids = [];
      for (let id = 0; id < index.end; id += 1) ids.push(id);
      return { ids, titles: [], exact: false };
    }
    const found = await meet(keys.first, {});
    if (keys.rest.length && found.ids.length > 8) await meet(keys.rest, found);
    found.exact = keys.exact;
    return found;
  }

  const ascending = (a, b) => a - b;

  /** Parts of attached texts stand for the pieces whose files they are of. */
  function pagesOf(ids) {
    const pages = new Set();
    for (const id of ids) pages.add(id < index.last ? id : index.files[id - index.last]);
    pages.delete(-1);
    return Array.from(pages).sort(ascending);
  }

  /** What may answer `words`: pieces, the best first. */
  async function find(words) {
    const found = await Promise.all(words.map(candidatesOf));
    const all = found.map((one) => pagesOf(one.ids)).reduce(both);
    const titled = new Set(found.map((one) => one.titles.filter((id) => id < index.last)).reduce(both));
    const order = (a, b) => titled.has(b) - titled.has(a) || b - a;
    return { words, parts: found.map((one) => one.ids), all: all.sort(order), titled, exact: found.every((one) => one.exact) };
  }

  /** What may be spelled so: three letters of pinyin, or initials. */
  async function findSpelled(word) {
    const key = (space, text) => packed(space, 26, text.charCodeAt(0) - 0x61, text.charCodeAt(1) - 0x61) + (text.charAt(2) || " ");
    const windows = (length, space) => {
      const keys = [];
      for (let at = 0; at + length <= word.length; at += 1) keys.push(key(space, word.substr(at, length)));
      return keys;
    };
    const ways = [meet(windows(Math.min(3, word.length), 0xe300), {})];
    if (word.length > 2) ways.push(meet(windows(3, 0xe000), {}));
    const ids = new Set();
    for (const way of await Promise.all(ways)) for (const id of way.ids) ids.add(id);
    return Array.from(ids).sort((a, b) => b - a);
  }

  /** Where `word` (letters) is spelled by `syllables` (one a character): `[from, to]`, or null. */
  function spelledAt(word, syllables) {
    for (let from = 0; from < syllables.length; from += 1) {
      if (!syllables[from]) continue;
      let letters = "";
      let initials = "";
      for (let to = from; to < syllables.length && syllables[to]; to += 1) {
        letters += syllables[to];
        initials += syllables[to].charAt(0);
        if (letters.startsWith(word) || initials === word) return [from, to + 1];
        if (!word.startsWith(letters) && !word.startsWith(initials)) break;
      }
    }
    return null;
  }

  // ---- Looking into texts.

  const textFile = (id) => "t" + Math.floor(id / index.slots);

  /** The piece `id`, or nothing where no piece has that number. */
  async function pieceOf(id) {
    const at = Math.floor(id / index.slots);
    const tag = tagOf(index.texts, at);
    if (tag === "---") return null;
    const texts = await loadTagged("t" + at, tag);
    const own = texts[0].find((one) => one[0] === id);
    if (!own) return null;
    if (!own.piece) {
      const [, path, spelling, section, date, files, text] = own;
      const lines = text.split("\n");
      own.piece = { id, path, section, date, files, lines, title: lines[0], folded: fold(text), spelling };
    }
    return own.piece;
  }

  function timesIn(text, word) {
    let times = 0;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) times += 1;
    return times;
  }

  /** The piece `id` with where it has all words; nothing where it has not. */
  async function verified(id, query) {
    const piece = await pieceOf(id);
    if (!piece) return null;
    const hit = { piece, times: 0, inTitle: true, extras: [] };
    const title = fold(piece.title);
    for (let n = 0; n < query.words.length; n += 1) {
      const word = query.words[n];
      const times = timesIn(piece.folded, word);
      const parts = query.parts[n].filter((part) => part >= index.last && index.files[part - index.last] === id);
      let inFiles = 0;
      for (let at = 0; at < parts.length; at += 1) {
        // Where a word is found, the rest of long files is not fetched only to count it.
        if ((times || inFiles) && at >= 2) {
          hit.atLeast = true;
          break;
        }
        const part = parts[at];
        const extra = await extraOf(part);
        const more = timesIn(extra.folded, word);
        if (more && hit.extras.indexOf(extra) < 0) hit.extras.push(extra);
        inFiles += more;
      }
      if (!times && !inFiles) return null;
      hit.times += times + inFiles;
      hit.inTitle = hit.inTitle && title.indexOf(word) >= 0;
    }
    hit.density = hit.times / (piece.folded.length + 200);
    return hit;
  }

  async function extraOf(id) {
    const at = id - index.last;
    const own = await loadTagged("x" + at, tagOf(index.extras, at));
    if (!own.extra) own.extra = { file: own[0], lines: own[1].split("\n"), folded: fold(own[1]) };
    return own.extra;
  }

  // ---- The query that is shown, and how far it is looked into.

  // What lies in a dozen files is looked into to its end; of more, as many hits as are looked for unasked: of large
  // columns a file holds more pieces, and each costs a reader on the move some 20 KB.
  const HITS = () => (index.slots > 4 ? 3 : 5);
  const FILES = 12; // the most files that are looked into at a time
  const CHEAP = () => (index.slots > 4 ? 4 : FILES); // and for titles that are only spelled so
  const UNASKED = (found) => (index.slots > 4 ? (found ? 5 : 8) : FILES); // and unasked, where something was found or not

  async function lookInto(query) {
    const seen = new Set();
    const ahead = new Set(query.waiting.map(textFile));
    const all = ahead.size <= FILES;
    while (query.waiting.length) {
      const file = textFile(query.waiting[0]);
      if (!seen.has(file)) {
        const found = query.hits.length;
        if (!all && (seen.size >= (query.first ? UNASKED(found) : FILES) || (query.first && found >= HITS()))) break;
        seen.add(file);
      }
      const id = query.waiting.shift();
      const hit = await verified(id, query);
      if (query !== current) return;
      if (hit) query.hits.push(hit);
      else query.wrong += 1;
      // The next few texts come while this one is read.
      if (all) query.waiting.slice(0, 8).forEach((next) => pieceOf(next).catch(() => {}));
    }
    query.first = false;
    query.complete = !query.waiting.length;
    const byTitle = (a, b) => b.inTitle - a.inTitle;
    const byDate = (a, b) => (a.piece.date < b.piece.date) - (a.piece.date > b.piece.date) || b.piece.id - a.piece.id;
    query.hits.sort((a, b) => byTitle(a, b) || (query.complete ? b.density - a.density : 0) || byDate(a, b));
  }

  async function lookIntoSpelled(query) {
    const word = query.words[0];
    query.spelled = [];
    if (query.words.length !== 1 || !/^[a-z]{2,}$/.test(word)) return;
    const known = new Set(query.all);
    const seen = new Set();
    for (const id of await findSpelled(word)) {
      if (known.has(id)) continue;
      seen.add(textFile(id));
      if (seen.size > CHEAP() || query.spelled.length >= 20 || query !== current) return;
      const piece = await pieceOf(id);
      const at = piece && spelledAt(word, piece.spelling.split(" "));
      if (at) query.spelled.push({ piece, at });
    }
  }

  // ---- The page.

  const $ = (name) => root.querySelector("[data-part=" + name + "]");
  const [form, input, clear, status, hits, more, topics, suggestions, facets] = ["form", "input", "clear", "status", "hits", "more", "topics", "suggestions", "facets"].map($);
  let current = null;
  let composing = false;
  let timer = 0;
  let groups = null;
  const chosen = {};

  function make(name, parent, text, className) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    if (parent) parent.appendChild(node);
    return node;
  }

  /** Lets a title's lines end after its clauses: WebKit, which keeps words whole here, knows no such place by itself. */
  function breakable(title) {
    Array.from(title.childNodes).forEach((node) => {
      if (node.nodeType !== 3) return;
      const parts = node.nodeValue.split(/([，：；、。！？]+)/);
      for (let n = 0; n < parts.length; n += 2) {
        title.insertBefore(document.createTextNode(parts[n] + (parts[n + 1] || "")), node);
        if (parts[n + 1]) title.insertBefore(document.createElement("wbr"), node);
      }
      title.removeChild(node);
    });
  }

  /** Text with the words in it marked. */
  function marked(parent, text, words) {
    const folded = fold(text);
    let at = 0;
    while (at < text.length) {
      let next = -1;
      let length = 0;
      for (const word of words) {
        const found = folded.indexOf(word, at);
        if (found >= 0 && (next < 0 || found < next || (found === next && word.length > length))) {
          next = found;
          length = word.length;
        }
      }
      if (next < 0) break;
      if (next > at) parent.appendChild(document.createTextNode(text.slice(at, next)));
      make("mark", parent, text.slice(next, next + length));
      at = next + length;
    }
    if (at < text.length) parent.appendChild(document.createTextNode(text.slice(at)));
  }

  const WIDE = 110; // the most characters of an excerpt

  /** The sentence round the first word in the line that has most of them. */
  function excerptOf(lines, words, from) {
    let best = null;
    for (let n = from; n < lines.length; n += 1) {
      const folded = fold(lines[n]);
      const has = words.filter((word) => folded.indexOf(word) >= 0);
      if (has.length && (!best || has.length > best.count)) {
        best = { line: lines[n], count: has.length, at: Math.min(...has.map((word) => folded.indexOf(word))), length: has[0].length };
      }
      if (best && best.count === words.length) break;
    }
    if (!best) return "";
    const { line, at, length } = best;
    const before = line.slice(0, at);
    let start = Math.max(before.lastIndexOf("。"), before.lastIndexOf("！"), before.lastIndexOf("？")) + 1;
    if (at - start > 40) start = Math.max(0, at - 30);
    if (/[\udc00-\udfff]/.test(line.charAt(start))) start -= 1;
    let end = line.length;
    for (const stop of ["。", "！", "？"]) {
      const found = line.indexOf(stop, at + length);
      if (found >= 0 && found + 1 < end) end = found + 1;
    }
    if (end - start > WIDE) end = Math.max(at + length, start + WIDE);
    if (/[\udc00-\udfff]/.test(line.charAt(end))) end += 1;
    const atSentence = start === 0 || /[。！？”’）]/.test(line.charAt(start - 1));
    return (atSentence ? "" : "……") + line.slice(start, end).trim() + (end < line.length && !/[。！？]/.test(line.charAt(end - 1)) ? "……" : "");
  }

  function dayOf(date) {
    const [year, month, day] = date.split("-").map(Number);
    const years = yearsOf();
    return years.length > 1 || year !== new Date().getFullYear() ? T("search.date_year", { year: year, month: month, day: day }) : T("search.date", { month: month, day: day });
  }

  function yearsOf() {
    const years = new Set(index.months.filter((month) => month[0]).map((month) => Math.floor(month[0] / 12)));
    return Array.from(years).sort((a, b) => b - a);
  }

  /** Where a hit leads: its page, and the words to be found there. */
  const placeOf = (piece, words) => piece.path + (words.length ? "#find=" + words.map(encodeURIComponent).join("+") : "");

  function showHit(hit, words) {
    const { piece } = hit;
    const item = make("li", hits, undefined, "hit");
    const kicker = make("p", item, undefined, "kicker");
    if (piece.section) make("span", kicker, piece.section, "kicker-section");
    if (piece.date) make("time", kicker, dayOf(piece.date)).setAttribute("datetime", piece.date);
    const title = make("h2", item);
    const link = make("a", title);
    link.href = placeOf(piece, words);
    if (hit.at) {
      const [from, to] = hit.at;
      link.appendChild(document.createTextNode(piece.title.slice(0, from)));
      make("mark", link, piece.title.slice(from, to));
      link.appendChild(document.createTextNode(piece.title.slice(to)));
      breakable(link);
      link.href = piece.path;
      return;
    }
    marked(link, piece.title, words);
    breakable(link);
    const names = piece.files.length;
    const excerpt = excerptOf(piece.lines.slice(0, piece.lines.length - names), words, 1);
    if (excerpt) marked(make("p", item, undefined, "hit-text"), excerpt, words);
    piece.files.forEach((file, n) => {
      const extra = hit.extras.find((one) => one.file === n);
      const named = words.some((word) => fold(file[0]).indexOf(word) >= 0);
      if (!extra && !named) return;
      const line = make("p", item, undefined, "hit-file");
      make("span", line, file[2], "mark");
      marked(make("a", line), file[0], words);
      line.lastChild.href = file[1];
      if (extra) marked(make("p", item, undefined, "hit-text"), excerptOf(extra.lines, words, 0), words);
    });
  }

  /** What there is to say of how much was found. */
  function count(query) {
    const bold = (text) => make("b", status, text);
    const say = (text) => status.appendChild(document.createTextNode(text));
    status.textContent = "";
    const found = query.hits.length;
    if (query.complete && !found) {
      say(narrowed() ? T("search.none_narrowed", { text: query.text }) : T("search.none", { text: query.text }));
      return;
    }
    if (query.complete) {
      const times = query.hits.reduce((sum, hit) => sum + hit.times, 0);
      const files = query.hits.reduce((sum, hit) => sum + new Set(hit.extras.map((extra) => extra.file)).size, 0);
      bold(query.hits.some((hit) => hit.atLeast) ? T("search.places_least", { n: times }) : T("search.places", { n: times }));
      say(files ? T("search.in_files", { n: found, files: files }) : T("search.in", { n: found }));
    } else if (query.exact) {
      bold(T("search.exact", { n: query.all.length }));
      say(T("search.listed", { n: found }));
    } else {
      bold(T("search.at_most", { n: query.all.length - query.wrong }));
      say(T("search.verified", { n: found }));
    }
  }

  function show(query) {
    count(query);
    hits.textContent = "";
    for (const hit of query.hits) showHit(hit, query.words);
    if (query.spelled && query.spelled.length) {
      make("li", hits, T("search.sounds", { n: query.spelled.length }), "hits-more");
      for (const hit of query.spelled) showHit(hit, []);
    }
    more.hidden = query.complete;
    topics.hidden = query.complete && query.hits.length > 0;
    root.setAttribute("data-state", query.complete ? "complete" : "partial");
    showFacets(query);
  }

  // ---- Narrowing.

  const narrowed = () => Object.keys(chosen).length > 0;

  async function loadGroups() {
    if (groups) return groups;
    const [given, bits] = await loadTagged("facets", index.facets);
    const read = reader(bits);
    groups = given.map(([title, names]) => ({ title, values: names.map((name) => ({ name, ids: new Set(read.list(read.gamma() - 1, 0, index.last, [])) })) }));
    const years = yearsOf();
    if (years.length > 1) {
      const values = years.map((year) => ({ name: T("search.year", { year: year }), ids: { has: (id) => yearAt(id) === year } }));
      groups.push({ title: T("search.years"), values });
    }
    return groups;
  }

  function yearAt(id) {
    let end = 0;
    for (const [month, size] of index.months) {
      end += size;
      if (id < end) return Math.floor(month / 12);
    }
    return 0;
  }

  function narrow(ids) {
    return ids.filter((id) => Object.keys(chosen).every((title) => {
      const group = groups && groups.find((one) => one.title === title);
      const value = group && group.values.find((one) => one.name === chosen[title]);
      return !value || value.ids.has(id);
    }));
  }

  function showFacets(query) {
    if (!groups) {
      if (query.unfiltered.length > 1) loadGroups().then(() => query === current && showFacets(query), () => {});
      return;
    }
    const sure = query.complete && !narrowed() ? new Set(query.hits.map((hit) => hit.piece.id)) : null;
    const ids = sure ? Array.from(sure) : query.unfiltered;
    const focused = document.activeElement && document.activeElement.getAttribute("data-value");
    facets.textContent = "";
    for (const group of groups) {
      const values = group.values.map((value) => ({ value, count: ids.filter((id) => value.ids.has(id)).length }));
      const used = values.filter((one) => one.count || chosen[group.title] === one.value.name);
      if (used.length < 2 && !chosen[group.title]) continue;
      const box = make("div", facets, undefined, "facet");
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", group.title);
      make("p", box, group.title, "facet-name").setAttribute("aria-hidden", "true");
      const button = (name, text, number) => {
        const node = make("button", box, text);
        node.type = "button";
        node.setAttribute("data-value", group.title + name);
        if (number !== undefined) make("span", node, number);
        node.setAttribute("aria-pressed", String((chosen[group.title] || "") === name));
        node.addEventListener("click", () => {
          if (name) chosen[group.title] = name;
          else delete chosen[group.title];
          run(true);
        });
        if (focused === group.title + name) node.focus();
      };
      button("", T("search.all"));
      // Numbers only where they are known.
      for (const one of used) button(one.value.name, one.value.name, sure || (query.exact && !narrowed()) ? one.count : undefined);
    }
  }

  // ---- Suggestions: what was searched before, and topics.

  const KEPT = "zhuanlan-search";

  function recent() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, 6) : [];
    } catch (error) {
      return [];
    }
  }

  function keep(list) {
    try {
      if (list.length) localStorage.setItem(KEPT, JSON.stringify(list.slice(0, 6)));
      else localStorage.removeItem(KEPT);
    } catch (error) {
      // A browser that keeps nothing still searches.
    }
  }

  const remember = (text) => text && keep([text].concat(recent().filter((one) => one !== text)));

  /** Topics whose name has the query, or is spelled so. */
  function topicsFor(words) {
    const all = Array.from(topics.querySelectorAll("a"));
    const fits = (link) => words.every((word) => fold(link.textContent).indexOf(word) >= 0 || (/^[a-z]{2,}$/.test(word) && spelledAt(word, (link.getAttribute("data-spelling") || "").split(" "))));
    return words.length ? all.filter(fits).slice(0, 5) : [];
  }

  let options = [];
  let active = -1;

  function suggest() {
    const text = input.value.trim();
    const old = text ? [] : recent();
    options = old.map((one) => ({ text: one, say: T("search.before"), act: () => { input.value = one; run(true); } }));
    for (const link of topicsFor(wordsOf(text))) {
      options.push({ text: link.textContent, say: T("search.topic"), act: () => { location.href = link.href; } });
    }
    if (old.length) options.push({ text: T("search.forget"), say: "", act: () => { keep([]); suggest(); } });
    active = -1;
    suggestions.textContent = "";
    options.forEach((option, n) => {
      const item = make("li", suggestions, undefined, "suggestion");
      item.id = "suggestion-" + n;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      make("span", item, option.text);
      if (option.say) make("span", item, option.say, "count");
      // Before the input loses its focus, and with it the list.
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => choose(n));
    });
    expand(options.length > 0 && document.activeElement === input);
  }

  function expand(open) {
    suggestions.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  }

  function choose(n) {
    expand(false);
    options[n].act();
  }

  function mark(n) {
    active = n;
    Array.from(suggestions.children).forEach((item, at) => item.setAttribute("aria-selected", String(at === n)));
    if (n >= 0) input.setAttribute("aria-activedescendant", "suggestion-" + n);
    else input.removeAttribute("aria-activedescendant");
  }

  // ---- From typing to a query.

  /** The query in the address; the filters and the place in the list are remembered with it, for the way back. */
  function address(text, state) {
    try {
      history.replaceState({ chosen, ...state }, "", location.pathname + (text ? "?q=" + encodeURIComponent(text) : ""));
    } catch (error) {
      // On a disk some browsers don't let a page change its address.
    }
  }

  function clean(text) {
    window.clearTimeout(timer);
    current = null;
    status.textContent = text || "";
    hits.textContent = "";
    facets.textContent = "";
    more.hidden = true;
    topics.hidden = false;
    root.setAttribute("data-state", "idle");
  }

  /** Searches for what stands in the input: `sure` where the reader said so, `back` how it was left before. */
  async function run(sure, again, back) {
    window.clearTimeout(timer);
    // A page that comes back from the browser's memory has its default here again, in WebKit.
    input.defaultValue = input.value;
    const text = input.value.trim();
    const words = wordsOf(text);
    clear.hidden = !input.value;
    suggest();
    if (sure) {
      expand(false);
      remember(text);
    }
    if (!words.length) {
      address("");
      for (const title of Object.keys(chosen)) delete chosen[title];
      return clean();
    }
    const query = { text, words, hits: [], wrong: 0, first: true, complete: false, all: [], unfiltered: [], waiting: [], spelled: [] };
    current = query;
    root.setAttribute("data-state", "busy");
    address(text);
    try {
      await (index && !again ? index : loadIndex(again));
      if (narrowed()) await loadGroups();
      const found = await find(words);
      if (query !== current) return undefined;
      Object.assign(query, found);
      query.unfiltered = query.all;
      query.all = narrow(query.all);
      query.waiting = query.all.slice();
      await lookInto(query);
      if (query !== current) return undefined;
      while (back && query === current && !query.complete && query.hits.length < back.hits) await lookInto(query);
      await lookIntoSpelled(query);
      if (query !== current) return undefined;
      show(query);
      if (back && back.top) window.scrollTo(0, back.top);
    } catch (error) {
      if (query !== current) return undefined;
      // Files that are gone were of an edition before this one: once, with a new list of files.
      if (!again) {
        groups = null;
        return run(sure, true, back);
      }
      clean(T("search.failed"));
      root.setAttribute("data-state", "failed");
    }
    return undefined;
  }

  async function goOn() {
    const query = current;
    if (!query || query.complete) return;
    root.setAttribute("data-state", "busy");
    more.disabled = true;
    const before = query.hits.length;
    try {
      await lookInto(query);
      if (query !== current) return;
      show(query);
      // The reader goes on where the list grew.
      const next = hits.querySelectorAll(".hit a")[before];
      if (more.hidden && next) next.focus();
    } catch (error) {
      run(true, true);
    } finally {
      more.disabled = false;
    }
  }

  function typed() {
    if (composing) return;
    window.clearTimeout(timer);
    clear.hidden = !input.value;
    timer = window.setTimeout(() => run(false), 160);
  }

  const links = () => Array.from(hits.querySelectorAll("h2 a"));

  /** Arrow keys: through the suggestions, then through the hits. */
  function keyInInput(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const open = !suggestions.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (open) mark(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
      else if (step > 0 && links().length) links()[0].focus();
      else return;
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (open && active >= 0) choose(active);
      else run(true);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (open) expand(false);
      else {
        input.value = "";
        run(false);
      }
    }
  }

  function keyInHits(event) {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    if (event.key === "ArrowDown" && at + 1 < all.length) all[at + 1].focus();
    else if (event.key === "ArrowUp") (at ? all[at - 1] : input).focus();
    else if (event.key === "Escape") input.focus();
    else return;
    event.preventDefault();
  }

  function begin() {
    root.setAttribute("data-ready", "");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!composing) run(true);
    });
    // What was typed before is not asked while the next word is half-typed.
    input.addEventListener("compositionstart", () => { composing = true; window.clearTimeout(timer); });
    input.addEventListener("compositionend", () => { composing = false; typed(); });
    input.addEventListener("input", typed);
    input.addEventListener("keydown", keyInInput);
    input.addEventListener("focus", () => {
      suggest();
      if (!index) loadIndex().catch(() => {});
    });
    input.addEventListener("blur", () => expand(false));
    clear.addEventListener("click", () => { input.value = ""; run(false); input.focus(); });
    hits.addEventListener("keydown", keyInHits);
    hits.addEventListener("click", (event) => {
      if (!event.target.closest("a")) return;
      remember(input.value.trim());
      if (current) address(current.text, { hits: current.hits.length, top: window.scrollY });
    });
    more.addEventListener("click", goOn);
    const asked = () => {
      const found = /[?&]q=([^&]*)/.exec(location.search);
      try {
        return found ? decodeURIComponent(found[1].replace(/\+/g, " ")) : "";
      } catch (error) {
        return "";
      }
    };
    const back = asked() && history.state && history.state.chosen ? history.state : null;
    if (asked()) input.value = asked();
    if (back) Object.assign(chosen, back.chosen);
    clear.hidden = !input.value;
    root.setAttribute("data-state", "idle");
    if (input.value) run(true, false, back);
    else if (window.matchMedia("(hover: hover)").matches) input.focus();
  }

  begin();
})();

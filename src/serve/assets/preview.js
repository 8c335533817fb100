// The preview's part in a page: live reload, the overlay of errors, the
// editor's bar. It is in no published page.
//
// Everything that it shows stands in one shadow tree, so that neither the
// page's styles reach it nor its own reach the page. Texts go in as text,
// never as markup, and there is no inline style: it works under a strict
// content policy too.
(() => {
  "use strict";
  const script = document.currentScript;
  const page = script.dataset.page;
  let seen = script.dataset.seen;
  let words = null;
  let token = "";
  let canOpen = false;
  let facts = null;
  let findings = { errors: 0, warnings: 0, list: [] };
  /** The errors that the editor has put aside, as one text. */
  let putAside = "";

  // ---------------------------------------------------------------- memory

  const kept = (name) => `zhuanlan:${name}`;
  const store = (storage, name, value) => {
    try { storage.setItem(kept(name), value); } catch { /* private windows have none */ }
  };
  const recall = (storage, name) => {
    try { return storage.getItem(kept(name)); } catch { return null; }
  };

  /** A fold is known by its summary, and by which of those with that one. */
  const folds = () => {
    const counts = new Map();
    return [...document.querySelectorAll("details")].map((fold) => {
      const summary = (fold.querySelector("summary")?.textContent ?? "").trim();
      const nth = counts.get(summary) ?? 0;
      counts.set(summary, nth + 1);
      return [`${nth}:${summary}`, fold];
    });
  };

  const remember = () => {
    const open = folds().filter(([, fold]) => fold.open).map(([name]) => name);
    const place = { x: scrollX, y: scrollY, open };
    store(sessionStorage, `place:${location.pathname}${location.search}`, JSON.stringify(place));
  };

  const restore = () => {
    const name = `place:${location.pathname}${location.search}`;
    const text = recall(sessionStorage, name);
    if (!text) return;
    try { sessionStorage.removeItem(kept(name)); } catch { /* as above */ }
    const place = JSON.parse(text);
    const open = new Set(place.open);
    for (const [name, fold] of folds()) fold.open = open.has(name);
    const go = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    go();
    // Pictures without a size push the text down; but not against the reader.
    let moved = false;
    const stop = () => { moved = true; };
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(kind, stop, { once: true, passive: true });
    }
    addEventListener("load", () => { if (!moved) go(); }, { once: true });
  };

  // ------------------------------------------------------------- the stream

  let source = null;
  let again = 0;

  const connect = () => {
    clearTimeout(again);
    source?.close();
    source = new EventSource(`/-/live?page=${encodeURIComponent(page)}&seen=${encodeURIComponent(seen)}`);
    const on = (name, act) => source.addEventListener(name, (event) => {
      if (event.lastEventId) seen = event.lastEventId;
      act(JSON.parse(event.data));
    });
    on("hello", (hello) => {
      ({ words, token } = hello);
      canOpen = hello.editor;
      offline(false);
      draw();
    });
    on("reload", () => { remember(); location.reload(); });
    on("styles", (styles) => { for (const [path, key] of styles) swap(path, key); });
    on("page", (told) => { facts = told; draw(); });
    on("findings", (told) => { findings = told; draw(); });
    source.onerror = () => {
      offline(true);
      // Some browsers give up where nobody listens; we don't.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, 700);
    };
  };

  /** Loads a stylesheet again; the old one stays until the new one is there. */
  const swap = (path, key) => {
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]:not([data-old])')) {
      const url = new URL(link.href, document.baseURI);
      if (url.origin !== location.origin || url.pathname !== `/${path}`) continue;
      const next = link.cloneNode();
      next.href = `${url.pathname}?${key}`;
      link.dataset.old = "";
      next.onload = next.onerror = () => link.remove();
      link.after(next);
    }
  };

  // A browser opens few connections to one host, so only the tabs that can be
  // seen hold one; a hidden tab catches up when it is shown.
  let hiding = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = setTimeout(() => { source?.close(); source = null; }, 5000);
    } else if (!source || source.readyState === EventSource.CLOSED) {
      connect();
    }
  });
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) connect(); });

  // ------------------------------------------------------------ what is seen

  const host = document.createElement("zhuanlan-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/-/preview.css";
  const overlay = element("section", { class: "overlay", role: "dialog", hidden: true });
  const bar = element("aside", { class: "bar", hidden: true });
  const status = element("p", { class: "status", role: "status" });
  // Nothing is shown before its style is there.
  sheet.onload = () => host.removeAttribute("hidden");
  host.hidden = true;
  root.append(sheet, overlay, bar, status);

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (typeof value === "boolean") made.toggleAttribute(key, value);
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  let said = 0;
  const say = (text) => {
    status.textContent = text;
    clearTimeout(said);
    said = setTimeout(() => { status.textContent = ""; }, 2500);
  };

  let isOffline = false;
  const offline = (now) => {
    if (isOffline === now) return;
    isOffline = now;
    draw();
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without https, beyond loopback: the old way.
      const field = element("textarea", { readonly: true, class: "unseen" });
      field.value = text;
      root.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  const open = async (place) => {
    const { path, line, column } = place;
    const text = line ? `${path}:${line}` : path;
    if (canOpen) {
      const answer = await fetch("/-/open", {
        method: "POST",
        headers: { "content-type": "application/json", "x-zhuanlan-token": token },
        body: JSON.stringify({ path, line: line ?? 0, column: column ?? 0 }),
      }).catch(() => null);
      if (answer?.ok) return;
      await copy(text);
      return say(`${words.failed} ${text}`);
    }
    await copy(text);
    say(`${words.copied} ${text}`);
  };

  const place = (finding) => {
    const text = finding.line ? `${finding.path}:${finding.line}:${finding.column}` : finding.path;
    const title = canOpen ? words.open : words.copy;
    return element("button", { type: "button", class: "place", title, onclick: () => open(finding) }, text);
  };

  const shown = (finding) => {
    const whole = element("li", { class: `finding ${finding.severity}` },
      element("p", { class: "said" },
        element("strong", {}, finding.severity_text + (finding.draft ? words.of_draft : "")), ` ${finding.message} `,
        element("code", {}, finding.code)),
      place(finding));
    if (finding.line) {
      // As many carets as the widest place needs; the style cuts them to its
      // width, which in a browser's fonts no count of characters tells.
      whole.append(element("pre", {}, finding.before,
        element("span", { class: "at" },
          element("mark", {}, finding.marked),
          element("span", { class: "caret", "aria-hidden": "true" }, "^".repeat(160))),
        finding.after));
    }
    if (finding.hint) whole.append(element("p", { class: "hint" }, `${words.hint}：${finding.hint}`));
    if (finding.mended) {
      const onclick = async () => {
        await copy(finding.mended);
        say(words.copied);
      };
      const button = element("button", { type: "button", class: "copy-line", onclick }, words.copy_line);
      whole.append(element("p", { class: "hint" }, `${words.write}：`), element("pre", { class: "mended" }, finding.mended), button);
    }
    return whole;
  };

  const draw = () => {
    if (!words) return;
    host.lang = words.lang;
    drawOverlay();
    drawBar();
  };

  const tally = (n, one, many) => `${n} ${n === 1 ? one : many}`;

  // What is wrong with a draft is for whoever looks at it: nobody else is kept waiting by it.
  const isMine = (finding) => !finding.draft || finding.path === facts?.source;
  const grave = () => findings.list.filter((finding) => finding.severity === "error" && isMine(finding));
  const countErrors = () => findings.errors + grave().filter((finding) => finding.draft).length;
  const errors = () => tally(countErrors(), words.error, words.errors);

  const drawOverlay = () => {
    const text = JSON.stringify(grave());
    if (!countErrors()) putAside = "";
    overlay.hidden = !countErrors() || text === putAside;
    if (overlay.hidden) return overlay.replaceChildren();
    const close = () => { putAside = text; draw(); };
    const title = errors();
    const top = overlay.scrollTop;
    overlay.setAttribute("aria-label", title);
    overlay.replaceChildren(
      element("header", {},
        element("h2", {}, title),
        ...(findings.errors ? [element("p", {}, words.stays)] : []),
        element("button", { type: "button", class: "close", onclick: close }, words.later)),
      element("ol", {}, ...findings.list.filter(isMine).map(shown)));
    if (findings.list.length < findings.errors + findings.warnings) {
      overlay.append(element("p", { class: "more" }, words.more));
    }
    overlay.scrollTop = top;
    overlay.onkeydown = (event) => { if (event.key === "Escape") close(); };
  };

  const drawBar = () => {
    bar.hidden = false;
    bar.setAttribute("aria-label", words.bar);
    const collapsed = recall(localStorage, "bar") === "collapsed";
    const toggle = () => {
      store(localStorage, "bar", collapsed ? "open" : "collapsed");
      draw();
      bar.querySelector(".toggle")?.focus();
    };
    const badges = [];
    if (countErrors()) {
      const reopen = () => { putAside = ""; draw(); };
      badges.push(element("button", { type: "button", class: "badge error", onclick: reopen }, errors()));
    }
    if (findings.warnings) {
      badges.push(element("a", { class: "badge warning", href: "/-/?state=findings" },
        tally(findings.warnings, words.warning, words.warnings)));
    }
    if (isOffline) badges.push(element("span", { class: "badge offline" }, words.offline));
    bar.classList.toggle("collapsed", collapsed);
    if (collapsed) {
      bar.replaceChildren(
        element("button", { type: "button", class: "toggle", "aria-label": words.expand, "aria-expanded": "false", onclick: toggle },
          facts && facts.state !== "published" ? facts.state_text : words.bar), ...badges);
      return;
    }
    const parts = [];
    if (facts) {
      parts.push(element("span", { class: `state ${facts.state}` }, facts.state_text));
      parts.push(element("span", {}, `${facts.words} ${words.count} · ${facts.minutes} ${words.minutes}`));
      parts.push(element("button", { type: "button", class: "place source", title: canOpen ? words.open : words.copy,
        onclick: () => open({ path: facts.source }) }, facts.source));
      parts.push(facts.findings.length
        ? element("details", { class: "mine" },
          element("summary", {}, `${words.here} ${tally(facts.findings.length, words.warning, words.warnings)}`),
          element("ol", {}, ...facts.findings.map(shown)))
        : element("span", { class: "quiet" }, words.none_here));
    }
    const wasOpen = bar.querySelector("details.mine")?.open;
    bar.replaceChildren(...parts, ...badges,
      ...(facts && facts.wechat ? [element("a", { href: facts.wechat }, words.wechat)] : []),
      element("a", { href: "/-/" }, words.overview),
      element("button", { type: "button", class: "toggle", "aria-expanded": "true", onclick: toggle }, words.collapse));
    const mine = bar.querySelector("details.mine");
    if (mine && wasOpen) mine.open = true;
  };

  // ------------------------------------------------------------------- begin

  restore();
  document.documentElement.append(host);
  connect();
})();

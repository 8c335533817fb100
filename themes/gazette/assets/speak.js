// 朗读: the page read aloud, sentence by sentence, the one that is spoken inverted. Sentences are short, for
// some browsers fall silent after 15 seconds; to pause is to stop and to remember the sentence, for some do
// not wake from a pause of their own. `voice.js` fetches this when it is first wanted; it begins at once.
(function () {
  "use strict";
  var gazette = window.gazette;
  var speech = window.speechSynthesis;
  var voice = null;
  var queue = [];
  var at = 0;
  // Counts what was begun, so that the end of something stopped says nothing.
  var turn = 0;
  var bar = null;
  var pause = null;

  var BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, figcaption, td, th, legend";
  var SILENT = ".kicker, .meta, .rail, .tools, nav, .related, .said, .paper, .note-ref, .note-back, button, script, svg, [aria-hidden=true]";

  // The text nodes of a block that are spoken.
  function texts(block) {
    var walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, null);
    var nodes = [];
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest(SILENT)) nodes.push(node);
    }
    return nodes;
  }
  function said(block) { return texts(block).map(function (node) { return node.data; }).join(""); }

  // Where sentences begin and end; one over 80 characters is cut at a comma.
  function sentences(text) {
    var found = [];
    var ends = /[^。！？；…!?;\n]*[。！？；…!?;\n]+[”’」』）)》]*|[^。！？；…!?;\n]+$/g;
    for (var match = ends.exec(text); match; match = ends.exec(text)) {
      var start = match.index;
      var end = start + match[0].length;
      while (end - start > 80) {
        var comma = Math.max(text.lastIndexOf("，", start + 79), text.lastIndexOf("、", start + 79), text.lastIndexOf("：", start + 79));
        var cut = comma > start ? comma + 1 : start + 80;
        found.push([start, cut]);
        start = cut;
      }
      found.push([start, end]);
    }
    return found.filter(function (range) { return /[^\s\u3000]/.test(text.slice(range[0], range[1])); });
  }
  function gather() {
    var scope = document.querySelector(".article, .story, .material") || document.querySelector("main");
    queue = [];
    Array.prototype.forEach.call(scope.querySelectorAll(BLOCKS), function (block) {
      if (block.closest(SILENT) || block.querySelector(BLOCKS) || !block.getClientRects().length) return;
      var text = said(block);
      sentences(text).forEach(function (range) {
        queue.push({ block: block, from: range[0], to: range[1], text: text.slice(range[0], range[1]).trim() });
      });
    });
  }
  // What stands on the screen is read first, not what was scrolled past.
  function first() {
    for (var index = 0; index < queue.length; index += 1) {
      if (queue[index].block.getBoundingClientRect().bottom > 0) return index;
    }
    return 0;
  }

  function plain() {
    Array.prototype.forEach.call(document.querySelectorAll(".spoken"), function (mark) {
      var parent = mark.parentNode;
      while (mark.firstChild) parent.insertBefore(mark.firstChild, mark);
      parent.removeChild(mark);
      parent.normalize();
    });
  }
  function show(sentence) {
    plain();
    var passed = 0;
    texts(sentence.block).forEach(function (node) {
      var from = Math.max(sentence.from - passed, 0);
      var to = Math.min(sentence.to - passed, node.data.length);
      passed += node.data.length;
      if (from >= to) return;
      var part = from > 0 ? node.splitText(from) : node;
      if (to - from < part.data.length) part.splitText(to - from);
      var mark = document.createElement("span");
      mark.className = "spoken";
      part.parentNode.replaceChild(mark, part);
      mark.appendChild(part);
    });
    var mark = document.querySelector(".spoken");
    if (!mark) return;
    var box = mark.getBoundingClientRect();
    if (box.top < 60 || box.bottom > window.innerHeight - 120) mark.scrollIntoView({ block: "center" });
  }

  function speak() {
    if (at >= queue.length) { stop(); return; }
    turn += 1;
    var mine = turn;
    var utterance = new SpeechSynthesisUtterance(queue[at].text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = document.documentElement.classList.contains("elder") ? 0.9 : 1;
    utterance.onend = function () { if (mine === turn) { at += 1; speak(); } };
    utterance.onerror = function () { if (mine === turn) stop(); };
    show(queue[at]);
    speech.cancel();
    speech.speak(utterance);
    // Held, or a browser may drop it before its end is told.
    gazette.utterance = utterance;
    pause.textContent = T("speak.pause");
  }
  function hush() { turn += 1; speech.cancel(); }
  function stop() {
    hush();
    plain();
    if (bar) bar.hidden = true;
    document.documentElement.classList.remove("speaking");
    gazette.all(".speak").forEach(function (node) { node.setAttribute("aria-pressed", "false"); });
  }
  function step(by) { hush(); at = Math.min(Math.max(at + by, 0), queue.length - 1); speak(); }
  function start() {
    voice = gazette.voice();
    if (!voice) return;
    gather();
    at = first();
    if (!bar) {
      pause = gazette.button(T("speak.pause"), function () {
        if (pause.textContent === T("speak.pause")) { hush(); pause.textContent = T("speak.go_on"); } else speak();
      });
      bar = gazette.make("div", { "class": "speak-bar", role: "group", "aria-label": T("speak") }, [
        gazette.button(T("speak.back"), function () { step(-1); }), pause,
        gazette.button(T("speak.next"), function () { step(1); }), gazette.button(T("speak.stop"), stop)
      ]);
      document.body.appendChild(bar);
    }
    bar.hidden = false;
    document.documentElement.classList.add("speaking");
    gazette.all(".speak").forEach(function (node) { node.setAttribute("aria-pressed", "true"); });
    speak();
  }
  gazette.toggleSpeech = function () { if (bar && !bar.hidden) stop(); else start(); };
  start();
  document.addEventListener("keydown", function (event) { if (event.key === "Escape" && bar && !bar.hidden) stop(); });
  window.addEventListener("pagehide", stop);
})();

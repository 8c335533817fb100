// On a page that search led to (`#find=word+word`): marks the words and goes to the paragraph that has most of them.
(function () {
  "use strict";
  var hash = /^#find=(.+)$/.exec(window.location.hash);
  var main = document.getElementById("main");
  if (!hash || !main) return;

  // One character in, one out: as search compares (src/search/fold.rs).
  function fold(text) {
    return text.replace(/[A-Z\u00c0-\u024f\u0370-\u052f\u3000\uff01-\uff5e]/g, function (c) {
      var u = c.charCodeAt(0);
      if (u === 0x3000) return " ";
      var f = (u >= 0xff01 && u <= 0xff5e ? String.fromCharCode(u - 0xfee0) : c).toLowerCase();
      return f.length === 1 ? f : c;
    });
  }

  // The text nodes below `block`, and what they say together.
  function textsOf(block) {
    var walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    var texts = { nodes: [], text: "" };
    while (walker.nextNode()) {
      var node = walker.currentNode;
      texts.nodes.push({ node: node, from: texts.text.length });
      texts.text += node.data;
    }
    return texts;
  }

  function mark(texts, from, to) {
    var first = null;
    texts.nodes.forEach(function (one) {
      var start = Math.max(from - one.from, 0);
      var end = Math.min(to - one.from, one.node.data.length);
      if (start >= end) return;
      var range = document.createRange();
      range.setStart(one.node, start);
      range.setEnd(one.node, end);
      var node = document.createElement("mark");
      node.className = "found";
      range.surroundContents(node);
      first = first || node;
    });
    return first;
  }

  var words;
  try {
    words = hash[1].split("+").map(decodeURIComponent).map(fold).filter(Boolean);
  } catch (error) {
    return;
  }
  var best = null;
  Array.prototype.forEach.call(main.querySelectorAll("p, li, h1, h2, h3, h4, h5, h6, figcaption, td, th, dd, dt, pre"), function (block) {
    // The innermost block says it; what holds others says it again.
    if (block.querySelector("p, li, figcaption, td")) return;
    var text = fold(block.textContent.replace(/\s+/g, " "));
    var count = words.filter(function (word) { return text.indexOf(word) >= 0; }).length;
    var title = /^H1$/.test(block.nodeName) ? 0.5 : 0;
    if (count && (!best || count - title > best.count)) best = { block: block, count: count - title };
  });
  if (!best) return;
  var target = null;
  words.forEach(function (word) {
    // Marking parts the text nodes, so each word is looked for anew; from the end, so that places stay.
    var texts = textsOf(best.block);
    var folded = fold(texts.text);
    for (var at = folded.lastIndexOf(word); at >= 0; at = at ? folded.lastIndexOf(word, at - 1) : -1) {
      target = mark(texts, at, at + word.length) || target;
      texts = textsOf(best.block);
    }
  });
  window.gazette.styled(function () { (target || best.block).scrollIntoView({ block: "center" }); });
})();

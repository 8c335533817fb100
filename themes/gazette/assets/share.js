// 分享 and 打印: the page's QR code, its link, a quotation with its source, the system's own sheet; and on
// paper the addresses of the links in the text. Nothing leaves the browser but what the reader copies.
(function () {
  "use strict";
  var gazette = window.gazette;
  var make = gazette.make;
  var said = null;
  var picked = "";

  function address() {
    var link = document.querySelector("link[rel=canonical]");
    return link ? link.href : location.href.split("#")[0];
  }
  function title() { return document.querySelector("h1").textContent.trim(); }
  // “选中的文字”（《题目》，专栏，2021年3月22日，网址）
  function quotation() {
    var time = document.querySelector("main time[datetime]");
    var day = time ? time.getAttribute("datetime").slice(0, 10).split("-").map(Number) : null;
    var source = [T("share.quoted", { title: title() }), document.documentElement.getAttribute("data-column")];
    if (day) source.push(T("share.date", { year: day[0], month: day[1], day: day[2] }));
    source.push(address());
    return (picked ? T("share.quotation", { text: picked, source: source.join(T("share.between")) }) : source.join(T("share.between")));
  }
  function done(text) { said.textContent = text; }
  // The clipboard is there on https only; the old way works on http and file:// too.
  function oldCopy(text) {
    var field = make("textarea", { "class": "said", readonly: "" }, [text]);
    var back = document.activeElement;
    said.parentNode.appendChild(field);
    field.select();
    var ok = false;
    try { ok = document.execCommand("copy"); } catch (error) { /* said below */ }
    said.parentNode.removeChild(field);
    if (back) back.focus();
    return ok;
  }
  function copy(text, what) {
    function old() { done(oldCopy(text) ? T("share.copied", { what: what }) : T("share.by_hand") + text); }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(function () { done(T("share.copied", { what: what })); }, old);
    } else old();
  }
  function fill(panel) {
    var code = document.querySelector(".paper .qr");
    if (code) {
      var shown = code.cloneNode(true);
      panel.appendChild(make("div", { "class": "share-code" }, [shown, make("p", {}, [T("share.scan")])]));
    }
    said = make("p", { "class": "share-said", role: "status" });
    var actions = [
      gazette.button(T("share.copy_address"), function () { copy(address(), T("share.address")); }),
      gazette.button(T("share.copy_quotation"), function () { copy(quotation(), T("share.the_quotation")); })
    ];
    if (navigator.share) {
      actions.push(gazette.button(T("share.other"), function () {
        navigator.share({ title: title(), url: address() }).catch(function () { /* the reader thought better of it */ });
      }));
    }
    panel.appendChild(make("div", { "class": "panel-actions" }, actions));
    panel.appendChild(said);
  }
  // Opening the panel moves the focus; what was selected is taken before.
  document.addEventListener("selectionchange", function () {
    var text = String(window.getSelection()).replace(/\s+/g, " ").trim();
    var active = document.activeElement;
    if (text && !(active && active.closest(".panel"))) picked = text;
    else if (!active || !active.closest(".panel, .to-share")) picked = "";
  });
  gazette.panel(gazette.all(".to-share"), T("share"), fill, function () { done(""); });
  gazette.all(".to-print").forEach(function (node) { node.addEventListener("click", gazette.print); });

  // Each link once, numbered in the text and listed beside the QR code; by its full address. A photo
  // stands on the paper itself.
  function unlist() {
    gazette.all(".paper-links li, .paper-mark").forEach(function (node) { node.parentNode.removeChild(node); });
  }
  window.addEventListener("beforeprint", function () {
    gazette.all("img[loading=lazy]").forEach(function (image) { image.loading = "eager"; });
    var list = document.querySelector(".paper-links");
    if (!list) return;
    unlist();
    var base = address();
    var numbers = {};
    var count = 0;
    gazette.all(".prose a[href]").forEach(function (link) {
      var href = link.getAttribute("href");
      if (href.charAt(0) === "#" || link.querySelector("img")) return;
      var full = new URL(href, base).href.split("#")[0];
      if (!numbers[full]) {
        count += 1;
        numbers[full] = count;
        // Without an address of its own a page on a disk has none that paper could give.
        var shown = /^file:/.test(full) ? href : full;
        list.appendChild(make("li", {}, [T("note_mark", { n: count }) + link.textContent.trim() + " ", make("span", {}, [decodeURI(shown)])]));
      }
      link.parentNode.insertBefore(make("sup", { "class": "paper-mark" }, [T("note_mark", { n: numbers[full] })]), link.nextSibling);
    });
    list.parentNode.hidden = count === 0;
  });
  window.addEventListener("afterprint", unlist);
})();

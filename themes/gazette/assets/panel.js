// A panel over the page, beside its button where there is room: made when it is first opened; Esc, 关闭 or a click elsewhere closes it, and the
// focus goes back to the button that opened it.
(function () {
  "use strict";
  var open = null;

  function make(name, attributes, children) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) {
      node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return node;
  }
  function button(text, act) {
    var node = make("button", { type: "button" }, [text]);
    node.addEventListener("click", act);
    return node;
  }
  function close(back) {
    if (!open) return;
    var was = open;
    open = null;
    was.panel.hidden = true;
    was.opener.setAttribute("aria-expanded", "false");
    if (back) was.opener.focus();
  }
  // On a phone the style sheet puts it at the foot of the screen.
  function place() {
    if (!open) return;
    var style = open.panel.style;
    style.left = style.right = style.top = "";
    if (!window.matchMedia("(min-width: 600px)").matches) return;
    var at = open.opener.getBoundingClientRect();
    var left = Math.min(at.left, document.documentElement.clientWidth - open.panel.offsetWidth - 16);
    var top = Math.min(at.bottom + 8, window.innerHeight - open.panel.offsetHeight - 16);
    style.left = Math.max(16, left) + "px";
    style.right = "auto";
    style.top = Math.max(16, top) + "px";
  }
  window.addEventListener("resize", place);
  // `openers` open a panel named `title`; `fill(panel)` puts its content into it, `fresh()` brings it up to date.
  function panel(openers, title, fill, fresh) {
    var node = null;
    function show(event) {
      var opener = event.currentTarget;
      if (open && open.panel === node) { close(true); return; }
      close(false);
      if (!node) {
        var name = "panel-" + document.querySelectorAll(".panel").length;
        node = make("div", { "class": "panel", role: "dialog", "aria-labelledby": name, tabindex: "-1" }, [
          make("h2", { id: name }, [title])
        ]);
        fill(node);
        var end = button(T("close"), function () { close(true); });
        end.className = "panel-close";
        node.appendChild(end);
        document.body.appendChild(node);
      }
      if (fresh) fresh();
      node.hidden = false;
      open = { panel: node, opener: opener };
      place();
      opener.setAttribute("aria-expanded", "true");
      node.focus();
    }
    openers.forEach(function (opener) {
      opener.setAttribute("aria-haspopup", "dialog");
      opener.setAttribute("aria-expanded", "false");
      opener.addEventListener("click", show);
    });
  }
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(true); });
  function elsewhere(event) {
    if (open && !open.panel.contains(event.target) && !open.opener.contains(event.target)) close(false);
  }
  document.addEventListener("click", elsewhere);
  document.addEventListener("focusin", elsewhere);

  // Runs `then` once the page has its styles and fonts: in WebKit and Chromium before 107 a deferred script may
  // run without them, and what it measures then holds for no reader.
  window.gazette.styled = function (then) {
    var fonts = document.fonts;
    if (fonts && fonts.ready) fonts.ready.then(then, then);
    else if (document.readyState === "complete") then();
    else window.addEventListener("load", then);
  };
  // Prints when the photos that wait to be scrolled to are there: WebKit leaves them blank on paper.
  window.gazette.print = function () {
    var late = window.gazette.all("img[loading=lazy]").filter(function (image) { return !image.complete; });
    var isDone = false;
    function go() {
      if (!isDone) window.print();
      isDone = true;
    }
    if (!late.length || !late[0].decode) { go(); return; }
    setTimeout(go, 8000);
    Promise.all(late.map(function (image) {
      image.loading = "eager";
      return image.decode().catch(function () { /* It prints as it is. */ });
    })).then(go);
  };
  window.gazette.all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  window.gazette.make = make;
  window.gazette.button = button;
  window.gazette.panel = panel;
})();

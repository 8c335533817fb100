// Photos at full size over the page: counter, captions, keyboard, swipe, pinch. Without it, or
// where the browser has no <dialog>, each photo is a link to its file.
(function () {
  "use strict";
  var links = Array.from(document.querySelectorAll("a.zoom"));
  if (!links.length || !window.HTMLDialogElement || !window.PointerEvent) return;

  var box, stage, image, caption, count, buttons, opener, webp, at = 0;
  var scale = 1, x = 0, y = 0, points = new Map(), start = null, moved = false, tapped = -350;

  function make(tag, name, parent, text) {
    var node = document.createElement(tag);
    if (name) node.className = name;
    if (text) node.textContent = text;
    if (parent) parent.appendChild(node);
    return node;
  }

  function button(text, parent, act) {
    var node = make("button", "", parent, text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  function build() {
    box = make("dialog", "lightbox", document.body);
    box.setAttribute("aria-label", T("photo.open"));
    var bar = make("div", "lightbox-bar", box);
    count = make("p", "lightbox-count", bar);
    count.setAttribute("role", "status");
    buttons = {
      previous: button(T("lightbox.previous"), bar, function () { step(-1); }),
      next: button(T("lightbox.next"), bar, function () { step(1); }),
      zoom: button(T("lightbox.larger"), bar, function () { zoom(scale > 1 ? 1 : 2.5); }),
      close: button(T("close"), bar, leave)
    };
    stage = make("div", "lightbox-stage", box);
    image = make("img", "", stage);
    image.draggable = false;
    caption = make("div", "lightbox-caption", box);
    buttons.previous.className = buttons.next.className = "lightbox-step";
    buttons.previous.hidden = buttons.next.hidden = links.length < 2;
    box.addEventListener("cancel", function (event) { event.preventDefault(); leave(); });
    box.addEventListener("keydown", key);
    stage.addEventListener("pointerdown", down);
    stage.addEventListener("pointermove", move);
    stage.addEventListener("pointerup", up);
    stage.addEventListener("pointercancel", up);
    // The page behind stays where it is.
    box.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && caption.contains(event.target) && caption.scrollHeight > caption.clientHeight) return;
      event.preventDefault();
      if (event.ctrlKey) zoom(scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2), event.clientX, event.clientY);
    }, { passive: false });
  }

  // The largest file of a photo: as WebP where one has come so, else what is linked.
  function large(link) {
    var source = webp && link.querySelector("source");
    return source ? source.srcset.split(/,? /).slice(-2)[0] : link.href;
  }

  function show(index) {
    at = (index + links.length) % links.length;
    var link = links[at], small = link.querySelector("img"), figure = link.closest("figure");
    var words = figure && figure.querySelector("figcaption");
    zoom(1);
    webp = webp || /webp$/.test(small.currentSrc);
    image.src = large(link);
    image.alt = small.alt;
    // Its place is kept before it has arrived.
    image.width = small.getAttribute("width") || small.naturalWidth;
    image.height = small.getAttribute("height") || small.naturalHeight;
    count.textContent = T("lightbox.place", { at: at + 1, n: links.length });
    caption.textContent = "";
    if (words) {
      words.cloneNode(true).childNodes.forEach(function (node) {
        if (!node.classList || !node.classList.contains("scene-number")) caption.appendChild(node.cloneNode(true));
      });
    }
    [at + 1, at - 1].forEach(function (near) {
      if (links.length > 1) new Image().src = large(links[(near + links.length) % links.length]);
    });
  }

  function step(by) { show(at + by); }

  // So many times as large, the place under (clientX, clientY) kept under it.
  function zoom(to, clientX, clientY) {
    var was = scale, frame = stage.getBoundingClientRect();
    scale = Math.min(5, Math.max(1, to));
    if (scale === 1) x = y = 0;
    else if (clientX !== undefined) {
      var dx = clientX - frame.left - frame.width / 2, dy = clientY - frame.top - frame.height / 2;
      x = dx - (dx - x) * scale / was;
      y = dy - (dy - y) * scale / was;
    }
    place();
  }

  function place() {
    var frame = stage.getBoundingClientRect();
    var wide = Math.max(0, (image.clientWidth * scale - frame.width) / 2);
    var high = Math.max(0, (image.clientHeight * scale - frame.height) / 2);
    x = Math.min(wide, Math.max(-wide, x));
    y = Math.min(high, Math.max(-high, y));
    image.style.transform = scale > 1 ? "translate(" + x + "px," + y + "px) scale(" + scale + ")" : "";
    buttons.zoom.textContent = scale > 1 ? T("lightbox.restore") : T("lightbox.larger");
  }

  // The middle of the fingers and how far they are apart.
  function grip() {
    var all = Array.from(points.values()), one = all[0], two = all[1] || one;
    return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2, wide: Math.hypot(one.x - two.x, one.y - two.y) };
  }

  function hold() {
    start = grip();
    start.left = x;
    start.top = y;
    start.scale = scale;
  }

  function down(event) {
    if (event.button > 0) return;
    points.set(event.pointerId, { x: event.clientX, y: event.clientY });
    // The pointer may be gone already.
    try { stage.setPointerCapture(event.pointerId); } catch (error) {}
    hold();
    if (points.size === 1) moved = false;
  }

  function move(event) {
    if (!points.has(event.pointerId)) return;
    points.set(event.pointerId, { x: event.clientX, y: event.clientY });
    var now = grip();
    if (Math.hypot(now.x - start.x, now.y - start.y) > 8 || points.size > 1) moved = true;
    if (points.size > 1 && start.wide > 0) zoom(start.scale * now.wide / start.wide, now.x, now.y);
    else if (scale > 1) {
      x = start.left + now.x - start.x;
      y = start.top + now.y - start.y;
      place();
    }
  }

  function up(event) {
    if (!points.has(event.pointerId)) return;
    var now = grip(), single = points.size === 1;
    points.delete(event.pointerId);
    if (points.size) {
      hold();
      moved = true;
      return;
    }
    if (event.type === "pointercancel" || !single) return;
    var dx = now.x - start.x, dy = now.y - start.y;
    if (start.scale === 1 && scale === 1 && Math.abs(dx) > 48 && Math.abs(dx) > 2 * Math.abs(dy)) {
      if (links.length > 1) step(dx < 0 ? 1 : -1);
    } else if (!moved) {
      // A third tap begins anew.
      var twice = event.timeStamp - tapped < 350;
      if (twice) zoom(scale > 1 ? 1 : 2.5, now.x, now.y);
      tapped = twice ? -350 : event.timeStamp;
    }
  }

  function key(event) {
    var acts = {
      ArrowLeft: function () { step(-1); }, ArrowRight: function () { step(1); },
      Home: function () { show(0); }, End: function () { show(links.length - 1); },
      "+": function () { zoom(scale * 1.5); }, "=": function () { zoom(scale * 1.5); }, "-": function () { zoom(scale / 1.5); }
    };
    if (event.key === "Tab") {
      var stops = Array.from(box.querySelectorAll("button, a[href]")).filter(function (node) { return !node.hidden; });
      var edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (document.activeElement === edge || stops.indexOf(document.activeElement) < 0) {
        event.preventDefault();
        (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
      }
    } else if (acts[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      acts[event.key]();
    }
  }

  function open(link) {
    if (!box) build();
    opener = link;
    box.showModal();
    show(links.indexOf(link));
    buttons.close.focus();
    // Going back closes it, as readers on phones expect; where it can't, 关闭 and Esc do.
    try { history.pushState({ lightbox: true }, ""); } catch (error) {}
  }

  function leave() {
    if (history.state && history.state.lightbox) history.back();
    else close();
  }

  function close() {
    if (!box || !box.open) return;
    points.clear();
    box.close();
    image.removeAttribute("src");
    opener.focus();
  }

  window.addEventListener("popstate", function () {
    if (!(history.state && history.state.lightbox)) close();
  });
  window.addEventListener("resize", function () { if (box && box.open) zoom(1); });
  links.forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
      event.preventDefault();
      open(link);
    });
  });
})();

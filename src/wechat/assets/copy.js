// The copy page: puts the edition on the clipboard byte by byte. A selection and a `copy` listener
// give exact bytes in all engines, on file:// and plain http; `clipboard.write` is the second way,
// since it rewrites what it is given.
(function () {
  "use strict";
  var edition = JSON.parse(document.getElementById("edition").textContent);
  var said = document.getElementById("said");

  function plain(html) {
    var box = document.createElement("template");
    box.innerHTML = html.replace(/<\/(p|h\d|li|tr|figcaption|code|blockquote)>|<br>/g, "\n");
    return box.content.textContent.trim();
  }

  // Copies by a listener; whether the browser asked for the bytes.
  function copyNow(html, text) {
    var given = false;
    var area = document.createElement("textarea");
    area.value = "复制";
    area.setAttribute("aria-hidden", "true");
    area.style.cssText = "position:fixed;top:0;left:0;width:1px;height:1px;opacity:0";
    function put(event) {
      if (html !== null) event.clipboardData.setData("text/html", html);
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
      given = true;
    }
    var before = document.activeElement;
    document.body.appendChild(area);
    area.select();
    document.addEventListener("copy", put, true);
    var allowed = false;
    try { allowed = document.execCommand("copy"); } catch (_) { /* The second way is left. */ }
    document.removeEventListener("copy", put, true);
    area.remove();
    if (before && before.focus) before.focus();
    return given && allowed;
  }

  function copy(html, text, done) {
    if (copyNow(html, text)) return done(true);
    if (!navigator.clipboard || !window.ClipboardItem) return done(false);
    var items = { "text/plain": new Blob([text], { type: "text/plain" }) };
    if (html !== null) items["text/html"] = new Blob([html], { type: "text/html" });
    navigator.clipboard.write([new ClipboardItem(items)]).then(function () { done(true); }, function () { done(false); });
  }

  function tell(words, bad) {
    said.textContent = words;
    said.classList.toggle("bad", bad);
  }

  function wanted() {
    var chosen = document.querySelector("input[name=pictures]:checked");
    return edition[chosen ? chosen.value : "spaced"];
  }

  document.getElementById("copy").addEventListener("click", function () {
    var html = wanted();
    copy(html, plain(html), function (good) {
      if (good) tell("已复制 " + Array.from(html).length + " 字", false);
      else tell("浏览器不让复制，请照“复制不了？”的办法做", true);
    });
  });

  document.querySelectorAll(".copy-field").forEach(function (button) {
    button.addEventListener("click", function () {
      var text = document.getElementById(button.dataset.for).value;
      copy(null, text, function (good) {
        button.textContent = good ? "已复制" : "没有成功";
        setTimeout(function () { button.textContent = "复制"; }, 1600);
      });
    });
  });

  document.getElementById("dark").addEventListener("click", function () {
    var night = document.getElementById("phone").classList.toggle("night");
    this.setAttribute("aria-pressed", String(night));
  });

  // Who selects all of the phone's text gets the edition too, not what the browser makes of it.
  var body = document.getElementById("body");
  body.addEventListener("copy", function (event) {
    var length = function (text) { return text.replace(/\s/g, "").length; };
    if (length(String(getSelection())) < length(body.textContent)) return;
    var html = wanted();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", plain(html));
    event.preventDefault();
    tell("已复制 " + Array.from(html).length + " 字", false);
  });
})();

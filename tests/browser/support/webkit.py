"""WebKitGTK driven by lines of JSON: a command a line on standard input, an answer a line on standard output.

Takes `{"id": 1, "do": "goto", …}`; gives `{"id": 1, "ok": …}` or `{"id": 1, "error": "…"}`. The window stands in
the X server that DISPLAY names (Xvfb), and keys and clicks are real ones, by xdotool. What a page complains of is
reported by a script of ours in the page, for WebKitGTK writes its console nowhere that we could read.

**Invariant:** one page at a time; `open` closes the page before, and all that it kept.
"""
import json
import subprocess
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gio, GLib, Gtk, WebKit2  # noqa: E402

REPORTER = """
(() => {
  const tell = (text) => window.webkit.messageHandlers.complaint.postMessage(String(text));
  addEventListener('error', (event) => event.message && tell('script: ' + event.message));
  addEventListener('unhandledrejection', (event) => tell('script: ' + event.reason));
  addEventListener('securitypolicyviolation', (event) => tell('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
  for (const level of ['error', 'warn']) {
    const was = console[level];
    console[level] = function (...all) { tell('console: ' + all.join(' ')); return was.apply(this, all); };
  }
})();
"""


def answer(number, **given):
    print(json.dumps({"id": number, **given}, ensure_ascii=False), flush=True)


class Driver:
    """The window and the page in it."""

    def __init__(self):
        self.window = Gtk.Window(type=Gtk.WindowType.TOPLEVEL)
        self.window.set_decorated(False)
        self.window.move(0, 0)
        self.view = None
        self.waiting = None
        self.asked = set()
        self.complaints = []

    # ---- Commands: each takes its number and its arguments, and answers when it is done.

    def do_version(self, number):
        parts = (WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
        answer(number, ok=".".join(map(str, parts)))

    def do_open(self, number, width, height, scripts):
        if self.view:
            self.window.remove(self.view)
            self.view.destroy()
        self.complaints = []
        manager = WebKit2.UserContentManager()
        manager.register_script_message_handler("complaint")
        manager.connect("script-message-received::complaint", self.on_complaint)
        where = (WebKit2.UserContentInjectedFrames.TOP_FRAME, WebKit2.UserScriptInjectionTime.START)
        manager.add_script(WebKit2.UserScript.new(REPORTER, *where, None, None))
        context = WebKit2.WebContext.new_ephemeral()
        self.view = WebKit2.WebView(web_context=context, user_content_manager=manager)
        settings = self.view.get_settings()
        settings.set_enable_javascript_markup(scripts)
        settings.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
        self.view.connect("load-changed", self.on_load)
        self.view.connect("load-failed", self.on_failed)
        self.window.add(self.view)
        self.do_resize(number, width, height)

    def do_resize(self, number, width, height):
        self.view.set_size_request(width, height)
        self.window.resize(width, height)
        self.window.show_all()
        GLib.timeout_add(60, lambda: answer(number, ok=None))

    def do_goto(self, number, url):
        self.waiting = number
        self.view.load_uri(url)

    def do_reload(self, number):
        self.waiting = number
        self.view.reload()

    def do_evaluate(self, number, body):
        def done(view, result):
            try:
                given = {"ok": json.loads(view.call_async_javascript_function_finish(result).to_string())}
            except GLib.Error as error:
                given = {"error": error.message}
            if number in self.asked:
                self.asked.remove(number)
                answer(number, **given)

        self.asked.add(number)
        self.view.call_async_javascript_function(body, -1, None, None, None, None, done)

    def do_click(self, number, x, y):
        self.focus()
        self.xdotool("mousemove", str(x), str(y), "click", "1")
        GLib.timeout_add(40, lambda: answer(number, ok=None))

    def do_wheel(self, number, x, y, steps):
        self.xdotool("mousemove", str(x), str(y), "click", "--repeat", str(abs(steps)), "--delay", "20", "5" if steps > 0 else "4")
        GLib.timeout_add(120, lambda: answer(number, ok=None))

    def do_press(self, number, keys):
        self.focus()
        self.xdotool("key", "--delay", "6", *keys)
        GLib.timeout_add(40, lambda: answer(number, ok=None))

    def do_screenshot(self, number, path, full):
        region = WebKit2.SnapshotRegion.FULL_DOCUMENT if full else WebKit2.SnapshotRegion.VISIBLE

        def done(view, result):
            try:
                view.get_snapshot_finish(result).write_to_png(path)
                answer(number, ok=None)
            except GLib.Error as error:
                answer(number, error=error.message)

        self.view.get_snapshot(region, WebKit2.SnapshotOptions.NONE, None, done)

    def do_pdf(self, number, path):
        settings = Gtk.PrintSettings()
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, "file://" + path)
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
        settings.set(Gtk.PRINT_SETTINGS_PRINTER, "Print to File")
        setup = Gtk.PageSetup()
        setup.set_paper_size(Gtk.PaperSize.new(Gtk.PAPER_NAME_A4))
        for side in ("top", "bottom", "left", "right"):
            getattr(setup, f"set_{side}_margin")(15, Gtk.Unit.MM)
        job = WebKit2.PrintOperation.new(self.view)
        job.set_print_settings(settings)
        job.set_page_setup(setup)
        job.connect("failed", lambda _, error: answer(number, error=error.message))
        job.connect("finished", lambda _: answer(number, ok=None))
        self.job = job
        job.print_()

    def do_complaints(self, number):
        answer(number, ok=self.complaints)

    # ---- What the page says.

    def on_complaint(self, _manager, message):
        self.complaints.append(message.get_js_value().to_string())

    def on_load(self, _view, event):
        if event == WebKit2.LoadEvent.COMMITTED:
            # What was asked of the page before is never answered.
            for number in self.asked:
                answer(number, error="the page went away")
            self.asked.clear()
        if event == WebKit2.LoadEvent.FINISHED and self.waiting is not None:
            number, self.waiting = self.waiting, None
            answer(number, ok=None)

    def on_failed(self, _view, _event, url, error):
        if self.waiting is not None and not error.matches(WebKit2.NetworkError.quark(), WebKit2.NetworkError.CANCELLED):
            number, self.waiting = self.waiting, None
            answer(number, error=f"{url}: {error.message}")
        return True

    # ---- Real input.

    def focus(self):
        self.window.present()
        self.view.grab_focus()
        self.xdotool("windowfocus", str(self.window.get_window().get_xid()))

    def xdotool(self, *words):
        subprocess.run(["xdotool", *words], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    gi.require_version("GdkX11", "3.0")
    from gi.repository import GdkX11  # noqa: F401  gives a window its number in the X server

    driver = Driver()
    stream = Gio.DataInputStream.new(Gio.UnixInputStream.new(sys.stdin.fileno(), False))

    def read(source, result):
        line, _ = source.read_line_finish_utf8(result)
        if line is None:
            Gtk.main_quit()
            return
        command = json.loads(line)
        number, name = command.pop("id"), command.pop("do")
        try:
            getattr(driver, f"do_{name}")(number, **command)
        except Exception as error:  # the other side decides what it means
            answer(number, error=repr(error))
        source.read_line_async(GLib.PRIORITY_DEFAULT, None, read)

    stream.read_line_async(GLib.PRIORITY_DEFAULT, None, read)
    Gtk.main()


main()

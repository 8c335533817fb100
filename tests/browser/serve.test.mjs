// The preview in a real browser: what an editor sees when saving.
//
// It runs the command itself (ZHUANLAN_BIN, else what `cargo build --release` makes) on small
// columns in temporary folders. `node --test tests/browser/serve.test.mjs`

import { binary } from "./site.mjs";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { tool } from "./tools.mjs";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const program = binary();

const column_text = `title: 教育整顿进行时
sections:
  - {folder: news, title: 工作动态}
`;

const article = (title, text, front = "") =>
  `---\ntitle: ${title}\ndate: 2021-03-20 09:00\n${front}---\n\n${text}\n`;

const long = Array.from({ length: 80 }, (_, n) => `第${n}段，写得长一些，好让页面能够滚动。\n`).join("\n");

/** A column on disk. */
class Column {
  static async make() {
    const made = new Column();
    made.root = await mkdtemp(join(tmpdir(), "zhuanlan-"));
    await made.write("column.yaml", column_text);
    await made.write("content/news/a.md", article("通知", `第一稿。\n\n${long}`));
    await made.write("content/news/b.md", article("还没写完", "草。", "draft: true\n"));
    return made;
  }

  async write(path, text) {
    const file = join(this.root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  async remove() {
    await rm(this.root, { recursive: true, force: true });
  }
}

/** A running command. */
class Run {
  static async serve(column, port = 0, more = []) {
    const run = new Run();
    run.child = spawn(program, ["serve", "--root", column.root, "--port", `${port}`, "--lang", "zh", ...more], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    run.text = "";
    run.url = await new Promise((found, failed) => {
      for (const stream of [run.child.stdout, run.child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
          run.text += `${line}\n`;
          const url = line.match(/http:\/\/[^\s`]+/)?.[0];
          if (url) found(url);
        });
      }
      run.child.on("exit", (code) => failed(new Error(`ended with ${code}:\n${run.text}`)));
    });
    return run;
  }

  get port() {
    return Number(new URL(this.url).port);
  }

  /** Ends it as Ctrl-C does; its exit code. */
  async end() {
    if (this.child.exitCode !== null) return this.child.exitCode;
    this.child.kill("SIGINT");
    const [code] = await once(this.child, "exit");
    return code;
  }
}

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: tool("chromium-headless-shell"), args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
});

/** One column, one server, one tab; and nothing of it stays. */
const scene = async (act, more) => {
  const column = await Column.make();
  const run = await Run.serve(column, 0, more);
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => { if (/Content Security Policy/.test(message.text())) faults.push(message.text()); });
  const self = { column, run, page, context, open: (path) => page.goto(new URL(path, run.url).href) };
  try {
    await act(self);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
    await self.run.end();
    await column.remove();
  }
};

const inPreview = (page, selector) => page.locator(`zhuanlan-preview ${selector}`);
const mark = (page) => page.evaluate(() => { window.mark = "same page"; });
const marked = (page) => page.evaluate(() => window.mark === "same page");
const live = (page) => inPreview(page, ".bar").waitFor();

describe("an editor saves", () => {
  test("and sees the text, where the page was scrolled to", () => scene(async ({ column, page, open }) => {
    await open("news/a.html");
    await live(page);
    await page.evaluate(() => scrollTo(0, 900));
    await column.write("content/news/a.md", article("通知", `第二稿。\n\n${long}`));
    await page.getByText("第二稿。").first().waitFor({ state: "attached" });
    await page.waitForFunction(() => scrollY === 900);
  }));

  test("and folds stay as they were", () => scene(async ({ column, page, open }) => {
    await column.write("column.yaml", `${column_text}trust_html: true\n`);
    const text = (n) => `第${n}稿。\n\n<details><summary>甲</summary>内</details>\n\n<details open><summary>乙</summary>内</details>`;
    await column.write("content/news/a.md", article("通知", text(1)));
    await open("news/a.html");
    await live(page);
    const fold = (name) => page.locator("main details", { hasText: name });
    await fold("甲").waitFor();
    await fold("甲").evaluate((it) => { it.open = true; });
    await fold("乙").evaluate((it) => { it.open = false; });
    await column.write("content/news/a.md", article("通知", text(2)));
    await page.getByText("第2稿。").first().waitFor();
    assert.equal(await fold("甲").evaluate((it) => it.open), true);
    assert.equal(await fold("乙").evaluate((it) => it.open), false);
  }));

  test("another article, and this page stays", () => scene(async ({ column, page, open }) => {
    await column.write("content/about.md", "---\ntitle: 关于\n---\n\n说明。\n");
    await open("news/a.html");
    await live(page);
    await page.waitForTimeout(300);
    await mark(page);
    await column.write("content/about.md", "---\ntitle: 关于\n---\n\n新的说明。\n");
    await page.waitForTimeout(600);
    assert.equal(await marked(page), true);
  }));

  test("a stylesheet, and it is swapped without a reload", () => scene(async ({ column, page, open }) => {
    await column.write("themes/own/theme.yaml", "extends: gazette\nstyles: [own.css]\n");
    await column.write("themes/own/assets/own.css", "h1 { color: rgb(1, 2, 3) }");
    await column.write("column.yaml", `${column_text}theme: own\n`);
    await open("news/a.html");
    await live(page);
    const colour = () => page.locator("h1").first().evaluate((it) => getComputedStyle(it).color);
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)");
    await mark(page);
    await page.evaluate(() => scrollTo(0, 500));
    for (const blue of [4, 5]) {
      await column.write("themes/own/assets/own.css", `h1 { color: rgb(1, 2, ${blue}) }`);
      await page.waitForFunction((blue) => getComputedStyle(document.querySelector("h1")).color === `rgb(1, 2, ${blue})`, blue);
    }
    assert.equal(await colour(), "rgb(1, 2, 5)");
    assert.equal(await marked(page), true);
    assert.equal(await page.evaluate(() => scrollY), 500);
    await page.waitForFunction(() => !document.querySelector("link[data-old]"));
  }));

  test("a fault: the overlay shows it at its line, in Chinese, and goes", () => scene(async ({ column, page, open }) => {
    await open("news/a.html");
    await live(page);
    await column.write("content/news/a.md", article("通知", "第二稿，见[附件](没有.pdf)。"));
    const overlay = inPreview(page, ".overlay");
    await overlay.waitFor();
    assert.match(await overlay.locator("h2").innerText(), /1 处错误/);
    assert.equal(await overlay.locator(".place").innerText(), "content/news/a.md:6:11");
    assert.match(await overlay.locator("pre").innerText(), /第二稿，见\[附件\]\(没有\.pdf/);
    assert.match(await overlay.locator(".said").innerText(), /错误/);
    // The caret stands under the marked text, as wide as it.
    const [text, caret] = await Promise.all(["mark", ".caret"].map((part) => overlay.locator(part).boundingBox()));
    assert.ok(Math.abs(text.x - caret.x) < 1 && Math.abs(text.width - caret.width) < 1 && caret.y > text.y, JSON.stringify({ text, caret }));
    // The page below is the last good one.
    assert.match(await page.locator("main").innerText(), /第一稿/);
    await column.write("content/news/a.md", article("通知", "第三稿。"));
    await overlay.waitFor({ state: "hidden" });
    await page.getByText("第三稿。").first().waitFor();
  }));

  test("a fault that one line mends: the line is there, and a button copies it", () => scene(async ({ column, context, page, open }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open("news/a.html");
    await live(page);
    await column.write("content/news/a.md", article("通知", "第二稿。").replace("title: ", "标题："));
    const overlay = inPreview(page, ".overlay");
    await overlay.waitFor();
    assert.equal(await overlay.locator(".mended").innerText(), "标题: 通知");
    await overlay.getByRole("button", { name: "复制改好的一行" }).click();
    await inPreview(page, ".status", { hasText: "已复制" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "标题: 通知");
  }));

  test("a draft's fault: it covers that draft's page and no other", () => scene(async ({ column, context, run, page, open }) => {
    await open("news/b.html");
    await live(page);
    const other = await context.newPage();
    await other.goto(new URL("news/a.html", run.url).href);
    await live(other);
    await column.write("content/news/b.md", article("还没写完", "见[附件](没有.pdf)。", "draft: true\n"));
    await inPreview(page, ".overlay").waitFor();
    assert.match(await inPreview(page, ".overlay .said").innerText(), /错误（草稿）/);
    assert.match(await inPreview(page, ".bar .state").innerText(), /草稿.*有错误/);
    // The page of another is not kept back, nor covered.
    await column.write("content/news/a.md", article("通知", "第三稿。"));
    await other.getByText("第三稿。").first().waitFor();
    await live(other);
    assert.equal(await inPreview(other, ".overlay").isVisible(), false);
  }));

  test("a fault: the overlay can be put aside, and comes back for another", () => scene(async ({ column, page, open }) => {
    await open("news/a.html");
    await live(page);
    await column.write("content/news/a.md", article("通知", "见[附件](没有.pdf)。"));
    const overlay = inPreview(page, ".overlay");
    await overlay.waitFor();
    await overlay.locator(".close").click();
    await overlay.waitFor({ state: "hidden" });
    await inPreview(page, ".badge.error").waitFor();
    await column.write("content/news/a.md", article("通知", "见[附件](也没有.pdf)。"));
    await overlay.waitFor();
  }));
});

describe("a tab", () => {
  test("finds the server again after a restart", () => scene(async (self) => {
    const { column, page, open } = self;
    await open("news/a.html");
    await live(page);
    const { port } = self.run;
    assert.equal(await self.run.end(), 0);
    await inPreview(page, ".badge.offline").waitFor();
    await column.write("content/news/a.md", article("通知", "停的时候写的。"));
    self.run = await Run.serve(column, port);
    await page.getByText("停的时候写的。").first().waitFor();
    await inPreview(page, ".badge.offline").waitFor({ state: "detached" });
  }));

  test("that waits for a page gets it when it comes", () => scene(async ({ column, page, open }) => {
    const answer = await open("news/new.html");
    assert.equal(answer.status(), 404);
    await live(page);
    await column.write("content/news/new.md", article("新稿", "来了。"));
    await page.getByText("来了。").first().waitFor();
  }));

  test("of a piece broken from the first moment says so", () => scene(async ({ column, page, open }) => {
    await column.write("content/news/bad.md", "---\ntitle: [没有\n---\n\n坏了。\n");
    await page.waitForTimeout(500);
    await open("news/bad.html");
    await inPreview(page, ".overlay").waitFor();
    assert.match(await inPreview(page, ".overlay .place").first().innerText(), /content\/news\/bad\.md/);
  }));

  test("and four more in one browser all hear", () => scene(async ({ column, context, run }) => {
    // A browser opens six connections to one host, and each stream takes one:
    // hidden tabs give theirs up. Here all are visible.
    const pages = await Promise.all(Array.from({ length: 5 }, () => context.newPage()));
    for (const page of pages) {
      await page.goto(new URL("news/a.html", run.url).href);
      await live(page);
    }
    await column.write("content/news/a.md", article("通知", "第二稿。"));
    await Promise.all(pages.map((page) => page.getByText("第二稿。").first().waitFor()));
  }));
});

describe("what the preview adds", () => {
  test("a draft's banner and bar", () => scene(async ({ page, open }) => {
    await open("news/b.html");
    await live(page);
    assert.match(await page.locator("body").innerText(), /草稿，读者看不到/);
    assert.match(await inPreview(page, ".bar .state").innerText(), /草稿/);
    assert.equal(await inPreview(page, ".bar .source").innerText(), "content/news/b.md");
    await inPreview(page, ".bar .toggle").click();
    await inPreview(page, ".bar.collapsed").waitFor();
    await page.reload();
    await inPreview(page, ".bar.collapsed").waitFor();
  }));

  test("a click copies the place", () => scene(async ({ context, page, open }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open("news/b.html");
    await live(page);
    await inPreview(page, ".bar .source").click();
    await inPreview(page, ".status", { hasText: "已复制" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "content/news/b.md");
  }));

  test("the overview lists every piece and reloads", () => scene(async ({ column, page, open }) => {
    await open("-/");
    await live(page);
    assert.equal(await page.locator("tbody tr").count(), 2);
    assert.match(await page.locator("tbody").innerText(), /草稿，读者看不到/);
    await column.write("content/news/c.md", article("第三篇", "新的。"));
    await page.getByRole("link", { name: "第三篇" }).waitFor();
    await page.getByRole("link", { name: "第三篇" }).click();
    await page.getByText("新的。").first().waitFor();
  }));

  test("works under a strict content policy", () => scene(async ({ page, run }) => {
    await page.route("**/news/b.html", async (route) => {
      const answer = await route.fetch();
      const headers = { ...answer.headers(), "content-security-policy": "default-src 'self'; object-src 'none'" };
      await route.fulfill({ response: answer, headers });
    });
    await page.goto(new URL("news/b.html", run.url).href);
    await live(page);
  }));

  test("none of it is in the output", async () => {
    const column = await Column.make();
    const child = spawn(program, ["build", "--root", column.root], { stdio: "ignore" });
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
    const files = await readdir(join(column.root, "output"), { recursive: true, withFileTypes: true });
    let pages = 0;
    for (const file of files.filter((file) => file.isFile())) {
      const text = await readFile(join(file.parentPath ?? file.path, file.name), "utf8");
      assert.doesNotMatch(text, /zhuanlan-preview|\/-\/|data-seen|读者看不到/, file.name);
      pages += file.name.endsWith(".html") ? 1 : 0;
    }
    assert.ok(pages > 3);
    await column.remove();
  });

  test("a read folder has no output beside it", () => scene(async ({ column, page, open }) => {
    await open("news/a.html");
    await live(page);
    assert.deepEqual((await readdir(column.root)).filter((name) => /output/.test(name)), []);
  }));
});

// Sends a file in parts, by the tus protocol (https://tus.io, 1.0.0): with progress, a pause, and on where it was after a
// lost connection or a reload, when the same file is chosen again. Without this script the form sends it in one piece.

(() => {
  const VERSION = { "Tus-Resumable": "1.0.0" };
  // Seconds before another try; the last one again and again.
  const PAUSES = [1, 2, 5, 10, 30];
  const TOKEN = "[name=csrfmiddlewaretoken]";

  // Storage may be switched off: then a file begins anew after a reload.
  const kept = {
    get: (name) => {
      try {
        return localStorage.getItem(name) ?? "";
      } catch {
        return "";
      }
    },
    set: (name, value) => {
      try {
        if (value) localStorage.setItem(name, value);
        else localStorage.removeItem(name);
      } catch {
        // See above.
      }
    },
  };

  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  // A UUID of version 7, as the server makes them: newer ones sort behind older ones.
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const now = Date.now();
    for (let place = 0; place < 6; place++) bytes[place] = Math.floor(now / 256 ** (5 - place)) % 256;
    bytes[6] = (bytes[6] % 16) + 0x70;
    bytes[8] = (bytes[8] % 64) + 0x80;
    const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  };

  // What the server said no to, in its words; `status` 0 stands for no answer.
  class Refusal extends Error {
    constructor(request) {
      super(problemOf(request).detail ?? "");
      this.status = request.status;
      this.ended = [404, 410].includes(this.status);
      this.after = Number(request.getResponseHeader("Retry-After")) || 0;
    }
  }

  // What a browser throws when it reads a file that changed on the disk since it was chosen.
  const changed = () => new DOMException("", "NotReadableError");

  // One digest of all its bytes: two files of one name, size and time are two.
  const digestOf = async (file, size) => {
    const digest = (bytes) => crypto.subtle.digest("SHA-256", bytes);
    const parts = [];
    for (let at = 0; at < file.size; at += size) parts.push(await digest(await file.slice(at, at + size).arrayBuffer()));
    const whole = await digest(await new Blob(parts).arrayBuffer());
    return btoa(String.fromCharCode(...new Uint8Array(whole)));
  };

  const problemOf = (request) => {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return {};
    }
  };

  class Sending {
    constructor(form, box) {
      this.form = form;
      this.box = box;
      this.bar = box.querySelector("progress");
      this.says = box.querySelector("[data-says]");
      this.token = form.querySelector(TOKEN);
      // So many bytes a request.
      this.part = Number(form.dataset.part);
      this.button("pause").addEventListener("click", () => this.pause());
      this.button("resume").addEventListener("click", () => this.go());
      this.button("discard").addEventListener("click", () => this.discard());
      addEventListener("online", () => this.wake?.());
    }

    button(name) {
      return this.box.querySelector(`[data-${name}]`);
    }

    begin(file) {
      this.file = file;
      this.name = "";
      this.key = newKey();
      this.address = "";
      this.seen = false;
      this.box.querySelector("[data-name]").textContent = file.name;
      this.form.hidden = true;
      this.box.hidden = false;
      this.show(0);
      this.go();
    }

    // One run at a time goes on until all is there, it is paused, or the server refuses.
    async go() {
      const run = {};
      this.run = run;
      this.toggle(true);
      for (let tries = 0; this.run === run; tries++) {
        const before = this.offset;
        try {
          if (!run.read) await this.recognise(run);
          if (this.run === run) await this.send(run);
          return;
        } catch (refusal) {
          if (this.run !== run) return;
          if (refusal.ended && this.address && !this.seen) {
            // It ended since an earlier page began it, and now somebody has chosen the file again.
            this.forget();
            continue;
          }
          if (!this.recovers(refusal)) return this.stop(refusal);
          if (this.offset > before) tries = 0;
          await this.rest(PAUSES[Math.min(tries, PAUSES.length - 1)], refusal);
        }
      }
    }

    // Reads the file, in each run once: what is here of it is found by its content, and must be of the same content.
    async recognise(run) {
      this.says.textContent = this.box.dataset.reading;
      // Web Crypto is there by HTTPS only; without it a file begins anew after a reload.
      const digest = crypto.subtle ? await digestOf(this.file, this.part) : this.key;
      if (this.run !== run) return;
      const name = `upload ${this.form.dataset.dataset} ${this.file.name} ${this.file.size} ${digest}`;
      if (this.name && this.name !== name) throw changed();
      this.name = name;
      this.address ||= kept.get(name);
      run.read = true;
      this.says.textContent = "";
    }

    forget() {
      kept.set(this.name, "");
      this.address = "";
    }

    async send(run) {
      if (!this.address) await this.create();
      const standing = await this.ask("HEAD");
      this.seen = true;
      this.show(Number(standing.getResponseHeader("Upload-Offset")));
      let page = standing;
      while (this.offset < this.file.size && this.run === run) {
        // Read before it is sent: a request that cannot read its file looks like a lost connection.
        const part = await this.file.slice(this.offset, this.offset + this.part).arrayBuffer();
        if (this.run !== run) return;
        page = await this.ask("PATCH", { "Upload-Offset": this.offset, "Content-Type": "application/offset+octet-stream" }, part);
        this.show(Number(page.getResponseHeader("Upload-Offset")));
        this.says.textContent = "";
      }
      if (this.run !== run) return;
      kept.set(this.name, "");
      location.assign(/<([^>]+)>/.exec(page.getResponseHeader("Link"))[1]);
    }

    async create() {
      const { dataset, resumable } = this.form.dataset;
      const said = { dataset, filename: this.file.name, key: this.key };
      const metadata = Object.entries(said).map(([name, value]) => `${name} ${base64(value)}`);
      this.address = resumable;
      try {
        const begun = await this.ask("POST", { "Upload-Length": this.file.size, "Upload-Metadata": metadata.join(",") });
        this.address = begun.getResponseHeader("Location");
        this.seen = true;
        kept.set(this.name, this.address);
      } catch (refusal) {
        this.address = "";
        throw refusal;
      }
    }

    // Signing in anew makes the page's token against forged requests void: it is taken anew, once.
    async ask(method, headers = {}, body = null) {
      const run = this.run;
      try {
        return await this.once(method, headers, body);
      } catch (refusal) {
        if (refusal.status !== 403) throw refusal;
        await this.renew();
        if (this.run !== run) throw refusal;
        return this.once(method, headers, body);
      }
    }

    async renew() {
      const answer = await fetch(location.href).catch(() => null);
      const page = (await answer?.text()) ?? "";
      const found = new DOMParser().parseFromString(page, "text/html").querySelector(`form[data-resumable] ${TOKEN}`);
      if (found) this.token.value = found.value;
    }

    once(method, headers, body) {
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        this.request = request;
        request.open(method, this.address);
        const all = { ...VERSION, "X-CSRFToken": this.token.value, ...headers };
        for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
        if (body) request.upload.addEventListener("progress", (event) => this.draw(this.offset + event.loaded));
        request.addEventListener("load", () => (request.status < 300 ? resolve(request) : reject(new Refusal(request))));
        for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => reject(new Refusal(request)));
        request.send(body);
      });
    }

    // Whether another try may help.
    recovers(refusal) {
      // Another number of bytes is there than we thought: HEAD tells.
      return refusal.status === 0 || refusal.status >= 500 || (this.address && refusal.status === 409) || refusal.status === 460;
    }

    rest(seconds, refusal) {
      this.says.textContent = `${refusal.message || this.box.dataset.waiting} ${this.box.dataset.itself}`;
      return new Promise((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, Math.max(seconds, refusal.after) * 1000);
      });
    }

    pause() {
      this.halt();
      this.toggle(false);
      this.says.textContent = this.box.dataset.paused;
      this.button("resume").focus();
    }

    halt() {
      this.run = null;
      this.request?.abort();
      this.wake?.();
    }

    stop(refusal) {
      this.run = null;
      this.toggle(false);
      const { out, failed, ended, changed } = this.box.dataset;
      if (refusal.status === 401) this.says.textContent = out;
      else if (this.address && refusal.ended) {
        this.forget();
        this.again(ended);
      } else if (refusal instanceof DOMException) this.again(changed);
      else this.says.textContent = refusal.message || failed;
    }

    // It cannot go on with what was chosen: the form is there for another choice.
    again(words) {
      this.says.textContent = words;
      this.button("resume").hidden = true;
      this.form.hidden = false;
    }

    async discard() {
      this.halt();
      kept.set(this.name, "");
      if (this.address) await this.ask("DELETE").catch(() => {});
      this.box.hidden = true;
      this.form.hidden = false;
      this.form.querySelector("[type=file]").focus();
    }

    toggle(running) {
      this.button("pause").hidden = !running;
      this.button("resume").hidden = running;
    }

    show(offset) {
      this.offset = offset;
      this.draw(offset);
    }

    draw(bytes) {
      const size = (value) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(value / 1024 ** 2);
      this.bar.value = Math.min(1, bytes / this.file.size);
      this.box.querySelector("[data-figure]").textContent = `${size(Math.min(bytes, this.file.size))} / ${size(this.file.size)} MB`;
    }
  }

  for (const form of document.querySelectorAll("form[data-resumable]")) {
    const sending = new Sending(form, document.querySelector("[data-sending]"));
    form.addEventListener("submit", (event) => {
      const [file] = form.querySelector("[type=file]").files;
      // No file, or an empty one: the server says what is wrong.
      if (!file?.size) return;
      event.preventDefault();
      sending.begin(file);
    });
  }
})();

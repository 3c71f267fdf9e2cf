"use strict";
/*
 * One stream of live events for all tabs of a browser. Runs as a SharedWorker; where there is none, live.js loads it into
 * the page and it serves that page alone. Speaks with pages through ports:
 *   page -> { kind: "follow", url, topics: [...] } | { kind: "here" } | { kind: "leave" }
 *   back -> { kind: "event", topic, event, id } | { kind: "resync" } | { kind: "state", connected } | { kind: "refused", topics }
 */
class IndgangLive {
  constructor() {
    this.pages = new Map(); // port -> { topics, seen }
    this.url = "";
    this.followed = "";
    this.refused = new Set();
    this.connected = null;
    this.abort = null;
    this.pause = 500;
    this.heard = 0;
    this.polls = 0;
    setInterval(() => this.tick(), 5000);
  }

  attach(port) {
    port.onmessage = ({ data }) => this.take(port, data);
    port.start?.();
  }

  take(port, message) {
    const page = this.pages.get(port);
    if (message.kind === "leave") this.pages.delete(port);
    if (message.kind === "here" && page) page.seen = Date.now();
    if (message.kind === "follow") {
      this.pages.set(port, { topics: message.topics, seen: Date.now() });
      this.url = message.url;
      this.refused.clear(); // somebody else may have logged in since
      if (this.connected !== null) port.postMessage({ kind: "state", connected: this.connected });
      // What happened between the drawing of the page and this moment went to other pages only.
      if (this.connected && this.wanted() === this.followed) port.postMessage({ kind: "resync" });
    }
    if (message.kind !== "here") this.follow();
  }

  wanted() {
    const all = new Set([...this.pages.values()].flatMap((page) => page.topics));
    return [...all].filter((topic) => !this.refused.has(topic)).sort().join(" ");
  }

  follow() {
    const topics = this.wanted();
    if (topics === this.followed) return;
    this.followed = topics;
    this.abort?.abort();
    this.abort = null;
    if (topics) this.read(topics);
  }

  async read(topics) {
    const abort = new AbortController();
    this.abort = abort;
    let wait = this.pause;
    try {
      const response = await fetch(`${this.url}?topics=${encodeURIComponent(topics)}`, { credentials: "include", signal: abort.signal, cache: "no-store" });
      if (response.status === 403 || response.status === 401) return this.drop(topics, await response.json());
      if (!response.ok) throw new Error(String(response.status));
      this.pause = 500;
      wait = 0;
      this.becomes(true);
      this.tell({ kind: "resync" });
      await this.listen(response.body.getReader());
    } catch (error) {
      if (abort.signal.aborted && this.abort !== abort) return; // other topics are followed now
    }
    if (this.abort !== abort) return;
    if (wait) this.pause = Math.min(this.pause * 2, 10000);
    setTimeout(() => this.abort === abort && this.read(topics), wait || 500);
    this.becomes(false);
  }

  drop(topics, answer) {
    const gone = answer.refused?.length ? answer.refused : topics.split(" ");
    gone.forEach((topic) => this.refused.add(topic));
    this.tell({ kind: "refused", topics: gone });
    this.follow();
  }

  async listen(reader) {
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      this.heard = Date.now();
      text += decoder.decode(value, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop();
      blocks.forEach((block) => this.understand(block));
    }
  }

  understand(block) {
    const fields = Object.fromEntries(block.split("\n").filter((line) => line && line[0] !== ":").map((line) => line.split(/: (.*)/s).slice(0, 2)));
    if (fields.event === "resync") this.tell({ kind: "resync" });
    else if (fields.data) this.tell({ kind: "event", ...JSON.parse(fields.data) });
  }

  becomes(connected) {
    if (connected) this.heard = Date.now();
    if (connected === this.connected) return;
    this.connected = connected;
    this.tell({ kind: "state", connected });
  }

  tell(message) {
    for (const [port, page] of this.pages) {
      if (message.kind !== "event" || page.topics.includes(message.topic)) port.postMessage(message);
    }
  }

  /* Forget pages that closed without a word; restart a stream that fell silent; without one, let the pages read by themselves. */
  tick() {
    const now = Date.now();
    for (const [port, page] of this.pages) if (now - page.seen > 90000) this.pages.delete(port);
    this.follow();
    if (this.connected && now - this.heard > 40000) this.abort?.abort();
    this.polls = this.connected === false ? this.polls + 1 : 0;
    if (this.polls > 0 && this.polls % 3 === 0) this.tell({ kind: "resync" });
  }
}

if ("SharedWorkerGlobalScope" in self) {
  const live = new IndgangLive();
  self.onconnect = (event) => live.attach(event.ports[0]);
} else {
  self.IndgangLive = IndgangLive;
}

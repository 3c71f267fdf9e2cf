"use strict";
/*
 * Live events in a page: <body data-topics="agent:12 queue"> gets CustomEvents "live:agent" and "live:queue" on document.body
 * (detail: topic, event, id). After an interruption every topic gets one with event "resync". Nothing here moves the focus.
 */
(() => {
  const body = document.body;
  const topics = (body.dataset.topics || "").split(/\s+/).filter(Boolean);
  const url = body.dataset.liveUrl;
  if (!topics.length || !url) return;

  const spot = () => document.getElementById("forbindelse"); // looked up each time: an answer may have replaced the page's content
  let late = 0;

  const dispatch = (topic, event, id) => body.dispatchEvent(new CustomEvent(`live:${topic.split(":")[0]}`, { detail: { topic, event, id } }));

  const show = (connected) => {
    clearTimeout(late);
    const place = spot();
    if (!place) return;
    if (connected) place.textContent = "";
    else late = setTimeout(() => { spot().textContent = spot().dataset.lost; }, 3000); // a page change is no interruption
  };

  const take = (message) => {
    if (message.kind === "event") dispatch(message.topic, message.event, message.id);
    if (message.kind === "state") show(message.connected);
    if (message.kind === "refused" && spot() && message.topics.some((topic) => topics.includes(topic))) spot().textContent = spot().dataset.refused;
    if (message.kind === "resync") topics.forEach((topic) => dispatch(topic, "resync", ""));
  };

  const serve = (port) => {
    port.onmessage = ({ data }) => take(data);
    port.start?.();
    const follow = () => port.postMessage({ kind: "follow", url, topics });
    follow();
    setInterval(() => port.postMessage({ kind: "here" }), 20000);
    addEventListener("pagehide", () => port.postMessage({ kind: "leave" }));
    addEventListener("pageshow", (event) => event.persisted && follow());
  };

  const alone = () => {
    const script = document.createElement("script");
    script.src = body.dataset.liveWorker;
    script.onload = () => {
      const channel = new MessageChannel();
      new window.IndgangLive().attach(channel.port1);
      serve(channel.port2);
    };
    document.head.append(script);
  };

  if (!("SharedWorker" in window)) return alone();
  try {
    const worker = new SharedWorker(body.dataset.liveWorker, { name: "indgang-live" });
    worker.onerror = alone;
    serve(worker.port);
  } catch {
    alone();
  }
})();

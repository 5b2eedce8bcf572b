// Starts a set of checks, follows it, and fetches the rows anew as results arrive.
const words = JSON.parse(document.currentScript.dataset.words);
addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector("#progress");
  const says = document.querySelector("#says");
  const stop = document.querySelector("#stop");
  const starts = () => document.querySelectorAll("[data-set], [data-claim]");
  let job = bar.dataset.job;
  let shown = -1;
  let origin = "";
  // A disabled button drops the keyboard's place: it goes to "stop" and back.
  const running = on => {
    const held = document.activeElement;
    bar.hidden = stop.hidden = !on;
    starts().forEach(one => { one.disabled = on; });
    if (on && origin) stop.focus();
    if (!on && origin && (held === stop || held === document.body))
      document.querySelector(origin)?.focus();
  };
  const ended = text => { says.textContent = text; running(false); };
  const offer = () => document.querySelectorAll("[data-check]").forEach(cell => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.claim = cell.dataset.check;
    button.textContent = words.check;
    button.disabled = !bar.hidden;
    cell.append(button);
  });
  const rows = async () => {
    const text = await (await fetch(location.href)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("#sheet");
    if (!fresh) return;
    document.querySelector("#sheet").replaceWith(fresh);
    offer();
  };
  const look = async () => {
    const answer = await fetch(`/api/v1/checks/${job}`);
    if (!answer.ok) return ended(words.lost);
    const now = await answer.json();
    bar.value = now.progress;
    if (now.results.length !== shown) { shown = now.results.length; await rows(); }
    const goes = now.state === "queued" || now.state === "running";
    if (!goes) return ended(now.problem ?? words[now.state]);
    says.textContent = `${words[now.state]} ${now.phase}`;
    setTimeout(() => look().catch(() => ended(words.lost)), 2000);
  };
  const start = async button => {
    const {set, claim} = button.dataset;
    origin = claim ? `[data-claim="${claim}"]` : `[data-set="${set}"]`;
    running(true);
    const answer = await (claim
      ? fetch(`/api/v1/claims/${claim}/check`, {method: "POST"})
      : fetch("/api/v1/factchecks", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({set}),
      }));
    const made = await answer.json();
    if (!answer.ok) return ended(made.detail);
    job = made.id;
    shown = -1;
    await look();
  };
  document.addEventListener("click", event => {
    if (event.target.matches("[data-set], [data-claim]"))
      start(event.target).catch(() => ended(words.lost));
  });
  stop.addEventListener("click", () =>
    fetch(`/api/v1/checks/${job}`, {method: "DELETE"}));
  offer();
  if (job) { running(true); look().catch(() => ended(words.lost)); }
});

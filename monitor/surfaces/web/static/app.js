// Keys and the note that something new has come. The pages work without this file.
"use strict";
(function () {
  const items = () => Array.from(document.querySelectorAll("[data-item]"));
  let at = -1;
  function go(step) {
    const list = items();
    if (!list.length) return;
    if (at >= 0 && list[at]) list[at].classList.remove("here");
    at = Math.max(0, Math.min(list.length - 1, at + step));
    list[at].classList.add("here");
    const link = list[at].querySelector("a[data-open]");
    if (link) link.focus({ preventScroll: true });
    list[at].scrollIntoView({ block: "nearest" });
  }
  // Who speaks to the browser, or strikes keys beside, switches them off (WCAG 2.1.4), once for every page.
  const keys = document.querySelector("[data-keys]"), wanted = keys.querySelector("input");
  function kept(word) {
    try {
      if (word) localStorage.setItem("keys", word);
      return localStorage.getItem("keys");
    } catch (refused) { return null; }  // a browser may forbid it: then the box counts for this page
  }
  function recall() {
    const word = kept();
    if (word) wanted.checked = word === "on";
  }
  recall();
  keys.hidden = false;
  wanted.addEventListener("change", function () { kept(wanted.checked ? "on" : "off"); });
  window.addEventListener("storage", recall);  // switched in another window
  window.addEventListener("pageshow", recall);  // or since the browser kept this page
  document.addEventListener("keydown", function (press) {
    if (press.ctrlKey || press.metaKey || press.altKey) return;
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(press.target.tagName);
    if (typing) {
      if (press.key === "Escape") press.target.blur();
      return;
    }
    if (!wanted.checked) return;
    if (press.key === "j") go(1);
    else if (press.key === "k") go(-1);
    else if (press.key === "o" && at >= 0) {
      const link = items()[at].querySelector("a[data-open]");
      if (link) location.href = link.href;
    } else if (press.key === "/") {
      const box = document.querySelector("input[type=search]");
      if (box) { press.preventDefault(); box.focus(); box.select(); }
    } else if (press.key === "u") {
      const up = document.querySelector("a[data-up]");
      if (up) location.href = up.href;
    }
  });
  document.addEventListener("focusin", function (event) {
    const item = event.target.closest("[data-item]");
    if (!item) return;
    const list = items();
    if (at >= 0 && list[at] && list[at] !== item) list[at].classList.remove("here");
    at = list.indexOf(item);
    item.classList.add("here");
  });
  const live = document.querySelector("[data-stream]");
  if (live && "EventSource" in window) {
    let count = 0;
    const source = new EventSource(live.dataset.stream);
    source.addEventListener("alert", function () {
      count += 1;
      live.querySelector(".note").hidden = false;
      live.querySelector("a").textContent = count === 1 ? "1 new alert: show" : count + " new alerts: show";
    });
    window.addEventListener("pagehide", function () { source.close(); });
    // A page that the browser kept, and shows again, heard of nothing meanwhile.
    window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
  }
  // A word that was refused is sent again as a plain form: the answer is a page that says why.
  document.addEventListener("htmx:responseError", function (event) { event.detail.elt.submit(); });
})();

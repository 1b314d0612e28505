"use strict";
(() => {
  const form = document.getElementById("filters");
  const status = document.getElementById("filter-status");
  const toggle = document.getElementById("open-all");
  const text = document.getElementById("filter-text");
  const choices = ["party", "kind", "area"].map((name) => [
    name,
    document.getElementById(`filter-${name}`),
  ]);
  // the text of each change with its task, read once
  const changes = [...document.querySelectorAll("[data-kind]")].map((element) => {
    const task = element.closest("tbody")?.querySelector(".task")?.textContent ?? "";
    const words = `${task} ${element.textContent}`.replace(/\s+/g, " ").toLowerCase();
    return { element, words };
  });
  const holders = [...document.querySelectorAll(".sides tbody, .matrix, .edition, .document")];
  const folds = () => [...document.querySelectorAll("main details")];

  const fits = ({ element, words }, wanted) => {
    const has = ([name, choice]) =>
      !choice.value || element.dataset[name].split(" ").includes(choice.value);
    return choices.every(has) && words.includes(wanted);
  };

  const filter = () => {
    const wanted = text.value.replace(/\s+/g, " ").trim().toLowerCase();
    const active = Boolean(wanted) || choices.some(([, choice]) => choice.value);
    let shown = 0;
    for (const change of changes) {
      const fit = !active || fits(change, wanted);
      change.element.hidden = !fit;
      shown += fit ? 1 : 0;
    }
    for (const holder of holders) {
      const empty = !holder.querySelector("[data-kind]:not([hidden])");
      holder.hidden = active && empty;
    }
    document.body.classList.toggle("filtered", active);
    status.textContent = active
      ? `${shown} of ${changes.length} changes shown${shown ? "" : "; no change matches"}`
      : "";
  };

  const clear = () => {
    form.reset();
    filter();
  };

  // a link to a change opens all that it is folded into
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.closest("[hidden]")) clear();
    for (let fold = target.closest("details"); fold; ) {
      fold.open = true;
      fold = fold.parentElement.closest("details");
    }
    target.querySelector(":scope > details")?.setAttribute("open", "");
    target.scrollIntoView({ block: "center" });
    if (target.hasAttribute("tabindex")) target.focus({ preventScroll: true });
  };

  if (changes.length > 1) form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  toggle.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", String(open));
    toggle.textContent = open ? "Collapse all" : "Expand all";
    for (const fold of folds()) fold.open = open;
  });
  window.addEventListener("hashchange", follow);
  // on paper nothing can be unfolded
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll(".edition:not(.quiet) > details")) fold.open = true;
  });
  // where a timeline is wider than the screen, its newest end is of interest
  for (const chart of document.querySelectorAll(".chart")) chart.scrollLeft = chart.scrollWidth;
  document.documentElement.dataset.ready = "yes";
  if (location.hash) follow();
})();

"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const findings = Array.from(document.querySelectorAll(".finding"));
  const sections = Array.from(document.querySelectorAll(".kind, .chapter"));
  const navigation = new Map(
    Array.from(document.querySelectorAll(".contents ol a"), (a) => [a.hash.slice(1), a.querySelector(".n")]),
  );
  const find = byId("find");
  const count = byId("count");
  const form = find.form;
  const choices = ["chapter", "reach", "strength", "about"].map((name) => [name, byId("f-" + name)]);
  const special = byId("f-special");
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const fold = (text) => text.normalize("NFKC").toLocaleLowerCase("en");

  // Text is gathered on the first search only, so that a long report opens at once.
  let texts = null;
  const textOf = (index) => {
    texts ??= findings.map((finding) => fold(finding.textContent + " " + finding.id));
    return texts[index];
  };

  const wanted = (finding, index, terms) =>
    choices.every(([name, box]) => !box.value || finding.dataset[name] === box.value) &&
    (!special.checked || "special" in finding.dataset) &&
    terms.every((term) => textOf(index).includes(term));

  const apply = () => {
    const terms = fold(find.value).split(/\s+/).filter(Boolean);
    const perChapter = new Map();
    let shown = 0;
    findings.forEach((finding, index) => {
      finding.hidden = !wanted(finding, index, terms);
      if (finding.hidden) return;
      shown += 1;
      const chapter = finding.dataset.chapter;
      perChapter.set(chapter, (perChapter.get(chapter) ?? 0) + 1);
    });
    const all = shown === findings.length && terms.length === 0;
    document.body.classList.toggle("filtered", !all);
    for (const section of sections) {
      section.classList.toggle("empty", !all && !section.querySelector(".finding:not([hidden])"));
    }
    for (const [name, box] of navigation) box.textContent = numbers.format(perChapter.get(name) ?? 0);
    count.textContent = all ? count.dataset.all : count.dataset.some.replace("#", numbers.format(shown));
  };

  let waiting = 0;
  const applySoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 90);
  };

  const visible = () => findings.filter((finding) => !finding.hidden);
  const head = (finding) => finding.querySelector("summary");
  const nameInAddress = (id) => history.replaceState(null, "", "#" + id);

  const goTo = (id) => {
    const target = id && byId(id);
    if (!target) return;
    const finding = target.closest(".finding");
    if (!finding) return;
    if (finding.hidden) form.reset();
    finding.open = true;
    const arrive = () => {
      head(finding).focus({ preventScroll: true });
      finding.scrollIntoView({ block: "start" });
    };
    arrive();
    // Again, once the browser has done its own jump and measured the folded neighbours.
    requestAnimationFrame(() => requestAnimationFrame(arrive));
  };
  const goToAddress = () => goTo(decodeURIComponent(location.hash.slice(1)));

  const step = (from, by) => {
    const listed = visible();
    const at = listed.indexOf(from);
    const next = listed[at < 0 ? 0 : at + by];
    if (next) {
      head(next).focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    } else if (at === 0) find.focus();
  };

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    const typing = target.matches("input, select, textarea");
    const finding = target.closest(".finding");
    if (event.key === "/" && !typing) {
      find.focus();
      find.select();
    } else if (event.key === "Escape" && target === find) {
      form.reset();
    } else if (event.key === "ArrowDown" && (target === find || finding)) {
      step(finding, 1);
    } else if (event.key === "ArrowUp" && finding) {
      step(finding, -1);
    } else if (event.key === "Enter" && target === find) {
      apply();
      step(null, 1);
    } else return;
    event.preventDefault();
  };

  const setOpen = (open) => visible().forEach((finding) => (finding.open = open));

  // Browsers that cannot show closed details by style alone need them opened for printing.
  const opened = [];
  const beforePrint = () => {
    if (CSS.supports("selector(::details-content)")) return;
    for (const finding of visible()) {
      if (!finding.open) opened.push(finding);
      finding.open = true;
    }
  };
  const afterPrint = () => {
    for (const finding of opened.splice(0)) finding.open = false;
  };

  document.querySelector(".finder").hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("change", apply);
  find.addEventListener("input", applySoon);
  document.addEventListener("keydown", onKey);
  document.querySelector("main").addEventListener("click", (event) => {
    const summary = event.target.closest(".finding > summary");
    if (summary && !summary.parentElement.open) nameInAddress(summary.parentElement.id);
  });
  byId("filter").addEventListener("click", (event) => {
    const opening = byId("filters").hidden;
    byId("filters").hidden = !opening;
    event.currentTarget.setAttribute("aria-expanded", String(opening));
  });
  byId("unfold").addEventListener("click", () => setOpen(true));
  byId("fold").addEventListener("click", () => setOpen(false));
  byId("print").addEventListener("click", () => window.print());
  window.addEventListener("hashchange", goToAddress);
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", afterPrint);
  goToAddress();
})();

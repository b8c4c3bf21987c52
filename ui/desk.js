/* What the page does without asking the server: tabs, the open source, copying, and handing clicks to Gradio.
   Owns behaviour only. Words and structure come from the Python beside it, escaped; nothing here writes markup. */
(() => {
  "use strict";
  const TABS = ["ask", "evidence", "progress", "reports", "quality"];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // --- a session that has ended -------------------------------------------------------------------------------------

  const UNSENT = "evidence-desk-unsent"; // the question that was typed when it was found that the session had ended
  const plainFetch = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await plainFetch(...asked);
    if (answer.status === 401) {
      const box = document.getElementById("ask-question");
      if (box) sessionStorage.setItem(UNSENT, box.value);
      location.assign(`login?ended&next=${encodeURIComponent(location.pathname + location.search)}`);
    }
    return answer;
  };
  const typeAgain = (box) => {
    if (box && !box.value) box.value = sessionStorage.getItem(UNSENT) || "";
  };

  // --- handing events to the server ---------------------------------------------------------------------------------

  let hasAsked = false; // an answer or finds are awaited, and are to be brought into view on a small screen
  const formValues = (form, submitter) => {
    const values = {};
    for (const [name, value] of new FormData(form, submitter)) {
      if (typeof value !== "string") continue;
      values[name] = name in values ? [].concat(values[name], value) : value;
    }
    return values;
  };

  // The file goes to the server as it is; only then is the server asked to read it.
  const sendFile = async (form, then) => {
    const news = form.querySelector("[data-upload-news]");
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) return;
    news.textContent = `Sending ${file.name}…`;
    try {
      const answer = await fetch(`api/documents/${encodeURIComponent(file.name)}`, {
        method: "PUT",
        body: file,
        headers: { "X-Evidence-Desk": "1" },
      });
      const said = answer.ok ? {} : await answer.json().catch(() => ({}));
      news.textContent = answer.ok ? `${file.name} has arrived.` : said.detail || "It was not taken.";
      news.classList.toggle("desk-problem", !answer.ok);
      if (!answer.ok) return;
      form.reset();
      then(); // the line of news at the top tells how far the reading is
    } catch {
      news.textContent = "The file could not be sent. Is the page still running?";
    }
  };

  window.deskSends = (element, trigger) => {
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.target.matches("[data-upload]")) {
        sendFile(event.target, () => trigger("submit", {}));
        return;
      }
      if (event.submitter && event.submitter.name === "example") {
        element.querySelector("textarea[data-enter]").value = event.submitter.value;
      }
      hasAsked = event.target.matches("[role=search]");
      if (hasAsked) showOnly(null); // the news was about the answer before
      sessionStorage.removeItem(UNSENT);
      all("details.desk-examples", event.target).forEach((shelf) => { shelf.open = false; });
      if (event.target.matches("[role=search]")) event.target.classList.add("is-waiting");
      trigger("submit", formValues(event.target, event.submitter));
    });
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-send]");
      if (!button || !element.contains(button)) return;
      event.preventDefault();
      if (button.hasAttribute("aria-pressed")) {
        const pressed = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(pressed));
      }
      trigger(button.dataset.event || "click", { ...button.dataset });
    });
    element.dataset.hears = "";
    const shown = element.closest(".desk-tab.is-shown");
    if (shown) openFirst(shown.id.slice("tab-".length));
  };

  // --- tabs ---------------------------------------------------------------------------------------------------------

  const opened = new Set();
  const showTab = (name) => {
    if (!TABS.includes(name)) return;
    all(".desk-tab").forEach((tab) => tab.classList.toggle("is-shown", tab.id === `tab-${name}`));
    all(".desk-nav a").forEach((link) => {
      if (link.dataset.tab === name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    openFirst(name);
  };
  // What a tab needs when it is first shown; not before the server's side hears clicks, or the click would be lost.
  const openFirst = (name) => {
    const first = document.querySelector(`#tab-${name} [data-hears] [data-first-open]`);
    if (!first || opened.has(name)) return;
    opened.add(name);
    first.click();
  };
  const tabInAddress = () => new URLSearchParams(location.search).get("tab") || "ask";
  window.addEventListener("popstate", () => showTab(tabInAddress()));

  // --- sources ------------------------------------------------------------------------------------------------------

  const openCard = (card, from) => {
    const panel = card.closest(".desk-sources");
    if (panel) all(".desk-card.is-open", panel).forEach((other) => setOpen(other, false));
    setOpen(card, true);
    card.returnTo = from;
    card.focus({ preventScroll: true });
    if (panel && panel.scrollHeight > panel.clientHeight) {
      panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - 4;
      panel.scrollIntoView({ block: "nearest" });
    } else {
      card.scrollIntoView({ block: "nearest" });
    }
  };
  const setOpen = (card, open) => {
    card.classList.toggle("is-open", open);
    const button = card.querySelector("[data-context]");
    if (button) button.setAttribute("aria-expanded", String(open));
  };

  // --- to a report and back ------------------------------------------------------------------------------------------

  let cameFrom = { tab: "reports", element: null };
  const goBack = () => {
    const { tab, element } = cameFrom;
    if (tab !== tabInAddress()) history.pushState(null, "", `?tab=${tab}`);
    showTab(tab);
    const known = element && element.isConnected ? element : document.querySelector(`#tab-${tab} h2`);
    if (!known) return;
    if (!known.matches("button")) known.tabIndex = -1;
    known.focus({ preventScroll: true });
    known.scrollIntoView({ block: "center", behavior: "instant" });
  };

  // --- one listener for all of it -----------------------------------------------------------------------------------

  const say = (words) => {
    const place = document.getElementById("desk-spoken");
    if (place) place.textContent = words;
  };
  const showOnly = (news) => all(".desk-news").forEach((each) => { each.hidden = each !== news; });
  // What was done here in the browser, as news for eyes and ears.
  const tell = (words) => {
    const news = document.getElementById("desk-told");
    news.querySelector("p").textContent = words;
    showOnly(news);
    say(words);
  };

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    const opens = on("[data-send=read]");
    if (opens && !opens.closest(".desk-reading")) cameFrom = { tab: tabInAddress(), element: opens };
    const link = on(".desk-nav a[data-tab], [data-open-tab]");
    if (link) {
      event.preventDefault();
      const name = link.dataset.tab || link.dataset.openTab;
      history.pushState(null, "", `?tab=${name}`);
      if (link.dataset.tab) showOnly(null);
      showTab(name);
      const heading = document.querySelector(`#tab-${name} h2`);
      if (heading && link.dataset.openTab) { heading.tabIndex = -1; heading.focus(); }
      return;
    }
    const marker = on("a.desk-marker, a.desk-back");
    if (marker) {
      const target = document.getElementById(marker.getAttribute("href").slice(1));
      if (!target) return;
      event.preventDefault();
      if (target.classList.contains("desk-card")) openCard(target, marker);
      else { target.focus(); target.scrollIntoView({ block: "center" }); }
      return;
    }
    const context = on("[data-context]");
    if (context) {
      setOpen(context.closest(".desk-card"), context.getAttribute("aria-expanded") !== "true");
      return;
    }
    const address = on("[data-copy-address]");
    if (address) {
      const whole = new URL(address.dataset.copyAddress, location.origin + location.pathname).href;
      copyText(whole).then((done) => tell(done ? "Link copied." : NOT_COPIED));
      return;
    }
    const copier = on("[data-copy]");
    if (copier) {
      const words = document.getElementById(copier.dataset.copy);
      if (words) copyText(words.value).then((done) => tell(done ? copier.dataset.said : NOT_COPIED));
      return;
    }
    const close = on("[data-close]");
    if (close) close.closest(".desk-news").hidden = true;
    if (on("[data-return]")) goBack();
  });

  const NOT_COPIED = "The browser did not allow copying.";
  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const card = event.target.closest && event.target.closest(".desk-card.is-open");
      if (card) {
        setOpen(card, false);
        if (card.returnTo) card.returnTo.focus();
      }
    }
    const box = event.target;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && box.matches && box.matches("textarea[data-enter]")) {
      event.preventDefault();
      box.form.requestSubmit();
    }
  });

  // The list of reports goes by the body that is chosen.
  document.addEventListener("change", ({ target }) => {
    const reports = target.matches("select[name=body]") && target.form.querySelector("select[name=documents]");
    if (!reports) return;
    all("optgroup", reports).forEach((group) => {
      group.hidden = group.disabled = target.value !== "" && group.label !== target.value;
    });
    if (reports.selectedOptions[0].closest("optgroup:disabled")) reports.value = "";
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-enter]")) {
      sessionStorage.removeItem(UNSENT);
      event.target.style.height = "auto";
      event.target.style.height = `${event.target.scrollHeight + 4}px`;
    }
  });

  // News to speak, downloads that are ready, a place to go to: found when the server's HTML arrives.
  const arrived = (changes = []) => {
    all("form.is-waiting").forEach((form) => {
      const tab = form.closest(".desk-tab");
      const isOver = changes.some(({ target }) => tab.contains(target) && !form.contains(target));
      if (isOver) form.classList.remove("is-waiting");
    });
    all("a[data-download-now]").forEach((link) => {
      link.removeAttribute("data-download-now");
      link.click();
    });
    all("a[data-absolute]").forEach((link) => {
      if (link.textContent !== link.href) link.textContent = link.href;
    });
    all("[data-say]").forEach((source) => {
      source.removeAttribute("data-say");
      say(source.textContent);
      const news = source.closest(".desk-news");
      if (news) showOnly(news);
      const turn = source.closest(".desk-turn, .desk-found");
      if (turn && hasAsked && turn.getBoundingClientRect().top > innerHeight * 0.6) turn.scrollIntoView({ block: "start" });
      if (turn && turn.querySelector(".desk-actions, .desk-hits")) hasAsked = false;
    });
    all("[data-fold-on-phone]").forEach((shelf, _, others) => {
      shelf.removeAttribute("data-fold-on-phone");
      if (others.length > 1 && innerWidth < 640) shelf.open = false;
    });
    all("[data-look-here]").forEach((target) => {
      target.removeAttribute("data-look-here");
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "start", behavior: "instant" }); // a report is long; nobody waits for it to roll past
    });
    const isNew = !document.querySelector(".desk-tab.is-shown") || !document.querySelector(".desk-nav [aria-current]");
    typeAgain(document.getElementById("ask-question"));
    if (isNew && document.querySelector(".desk-tab") && document.querySelector(".desk-nav")) showTab(tabInAddress());
  };
  const watch = () => {
    new MutationObserver(arrived).observe(document.body, { childList: true, subtree: true });
    arrived();
  };
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);
})();

// Discussion and notifications: what is typed outlives a lost page, and following a notification reads it.

(() => {
  const store = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null; // storage may be switched off; typing then lives on the page only
    }
  };
  const keyOf = (form) => `draft:${form.dataset.draft}`;

  // Drafts of comments, in this tab only.
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draft || event.target.name !== "body") return;
    store((kept) => kept.setItem(keyOf(form), event.target.value));
  });

  const restore = (root) => {
    for (const form of root.querySelectorAll("form[data-draft]")) {
      const draft = store((kept) => kept.getItem(keyOf(form)));
      const field = form.elements.body;
      if (draft && !field.value) field.value = draft;
      if (draft && form.closest("details.reply")) form.closest("details.reply").open = true;
    }
  };

  // The draft goes when the comment is there: an answer whose form comes back empty means posted.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset?.draft && !window.htmx) store((kept) => kept.removeItem(keyOf(event.target)));
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (form?.dataset?.draft && !event.detail.serverResponse.includes("field-bad"))
      store((kept) => kept.removeItem(keyOf(form)));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const reply = event.detail.target.closest?.("details.reply");
    if (reply && !reply.querySelector(".field-bad")) reply.open = false;
  });

  // Who follows a notification has read it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-reads]");
    const form = link && document.getElementById(link.dataset.reads);
    if (form) navigator.sendBeacon(form.action, new FormData(form));
  });

  restore(document);
})();

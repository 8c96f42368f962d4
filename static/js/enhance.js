// Small improvements for every page. Each works on what is there and on what htmx brings later,
// and every page is whole without them.

const on = (type, selector, act) =>
  document.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) act(found, event);
  });

// Menus are <details>: one open at a time, closed by Escape and by a touch elsewhere.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Appearance: system, light or dark; kept on this device only.
const showTheme = (choice) => {
  if (choice === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  for (const button of document.querySelectorAll("[data-theme-choice]"))
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
};

const remember = (choice) => {
  try {
    if (choice === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", choice);
  } catch {
    // Storage may be switched off; the choice then holds for this page.
  }
};

for (const group of document.querySelectorAll("[data-theme-switch]")) group.hidden = false;
showTheme(document.documentElement.dataset.theme ?? "auto");
on("click", "[data-theme-choice]", (button) => {
  remember(button.dataset.themeChoice);
  showTheme(button.dataset.themeChoice);
});

// Dialogs: <button data-dialog="id"> opens; a link to the same question is there without JavaScript.
on("click", "[data-dialog]", (opener, event) => {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
});
on("click", "[data-dialog-close]", (button, event) => {
  event.preventDefault();
  button.closest("dialog").close();
});
on("click", "dialog", (dialog, event) => {
  if (event.target === dialog) dialog.close();
});

// Copy buttons appear only where copying works.
on("click", "[data-copy]", async (button) => {
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  const before = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = before;
  }, 2000);
});

// Fields that are limited say how much room is left.
const count = (field) => {
  const out = document.getElementById(`${field.id}_count`);
  if (out) out.textContent = `${field.value.length} / ${field.maxLength}`;
};
document.addEventListener("input", (event) => {
  if (event.target.maxLength > 0) count(event.target);
});

// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.addEventListener("htmx:afterRequest", (event) => delete event.target.dataset?.sent);

// Filters that apply themselves, once the reader has chosen.
on("change", "form[data-auto-submit] select, form[data-auto-submit] [type=checkbox], form[data-auto-submit] [type=radio]", (field) =>
  field.form.requestSubmit(),
);

// On a phone a filter bar starts folded, unless something is chosen in it.
if (matchMedia("(max-width: 47.99rem)").matches)
  for (const fold of document.querySelectorAll("[data-fold-on-phone]")) fold.open = false;

// What is new on the page, on arrival and after each exchange with htmx.
const prepare = (root) => {
  for (const button of root.querySelectorAll("[data-toast-close]")) button.hidden = false;
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  for (const field of root.querySelectorAll("textarea[maxlength], input[maxlength][data-count]")) prepareCount(field);
  root.querySelector("[data-focus]")?.focus();
};

const prepareCount = (field) => {
  if (!field.id || document.getElementById(`${field.id}_count`)) return;
  const out = document.createElement("p");
  out.className = "field-count";
  out.id = `${field.id}_count`;
  field.after(out);
  count(field);
};

on("click", "[data-toast-close]", (button) => button.closest("[data-toast]").remove());
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
if (!window.htmx) prepare(document);

// Keys for the moderators' queue: j and k move, a keeps, h hides, x selects, o opens.
// Every key presses what is on the page anyway.

(() => {
  const rows = () => [...document.querySelectorAll("#result_list tbody tr")];
  const here = () => document.querySelector("#result_list tr.queue-here");

  const go = (row) => {
    if (!row) return;
    here()?.classList.remove("queue-here");
    row.classList.add("queue-here");
    row.scrollIntoView({ block: "nearest" });
    row.querySelector("button, a[data-key]")?.focus({ preventScroll: true });
  };

  const step = (by) => {
    const all = rows();
    const at = all.indexOf(here());
    go(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  };

  const press = (key) => {
    if (key === "x") here()?.querySelector(".action-select")?.click();
    else here()?.querySelector(`[data-key="${key}"]`)?.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if ("ahxo".includes(event.key)) press(event.key);
  });

  addEventListener("DOMContentLoaded", () => {
    const keys = document.querySelector("[data-queue-keys]");
    if (keys) keys.hidden = false;
    go(rows()[0]);
  });
})();

// Runs before the first paint, so that a reader's chosen appearance never flashes into another.
(() => {
  try {
    const choice = localStorage.getItem("theme");
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch {
    // Storage may be switched off; then the system's appearance holds.
  }
})();

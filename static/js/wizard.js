// The wizard without waiting: rows added and removed in place, the sum as it grows, a warning before work is lost.
// Every step works without it: the server adds rows, sums up and saves.

// An amount as people type it, in minor units of a currency with so many decimals: as Money.parse reads it on the server.
const minorUnits = (text, decimals) => {
  const compact = text.replace(/[\s'’]/g, "");
  const mark = Math.max(compact.lastIndexOf("."), compact.lastIndexOf(","));
  const head = compact.slice(0, Math.max(0, mark));
  const tail = compact.slice(mark + 1);
  const other = compact[mark] === "." ? "," : ".";
  const grouping = head.includes(compact[mark]) || (tail.length === 3 && decimals !== 3 && !head.includes(other));
  const plain = `${head.replace(/[.,]/g, "")}${mark < 0 || grouping ? "" : "."}${tail}`;
  return Math.max(0, Math.round(Number(plain) * 10 ** decimals)) || 0;
};

const sum = (list, out) => {
  const decimals = Number(out.dataset.decimals);
  let minor = 0;
  for (const field of list.querySelectorAll("[data-row]:not([hidden]) input[inputmode=decimal]")) {
    minor += minorUnits(field.value, decimals);
  }
  const shown = minor % 10 ** decimals === 0 ? 0 : decimals;
  out.textContent = new Intl.NumberFormat(document.documentElement.lang, {
    style: "currency",
    currency: out.dataset.currency,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(minor / 10 ** decimals);
};

for (const form of document.querySelectorAll("form[data-rows]")) {
  const list = form.querySelector("[data-rows-list]");
  const template = form.querySelector("[data-rows-template]");
  const total = form.querySelector(`[name="${form.dataset.rows}-TOTAL_FORMS"]`);
  const out = form.querySelector("[data-rows-sum]");
  const refresh = () => out && sum(list, out);

  const dress = (row) => {
    const place = row.querySelector("[data-row-remove]");
    const box = place?.querySelector("input");
    if (!box) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = place.textContent.trim();
    for (const child of place.children) child.hidden = true;
    place.append(button);
    button.addEventListener("click", () => {
      box.checked = true;
      row.hidden = true;
      const next = list.querySelector("[data-row]:not([hidden]) input");
      (next ?? form.querySelector("[data-rows-more]")).focus();
      refresh();
    });
  };

  for (const row of list.querySelectorAll("[data-row]")) dress(row);

  form.querySelector("[data-rows-more]").addEventListener("click", (event) => {
    event.preventDefault();
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    const row = holder.querySelector("[data-row]");
    total.value = Number(total.value) + 1;
    list.append(row);
    dress(row);
    row.querySelector("input, select, textarea").focus();
  });

  list.addEventListener("input", refresh);
}

// Leaving with something typed and not saved.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let dirty = false;
  form.addEventListener("input", () => {
    dirty = true;
  });
  form.addEventListener("submit", () => {
    dirty = false;
  });
  addEventListener("beforeunload", (event) => dirty && event.preventDefault());
}

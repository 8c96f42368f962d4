// The ballot while it is filled in: what is chosen, what is left, and a word where it is too much.
// The form is whole without this; the server checks everything again.

const form = document.querySelector("[data-ballot]");

if (form) {
  const { kind, most, budget, currency } = form.dataset;
  const limit = Number(most) || Infinity;
  const language = document.documentElement.lang;
  const decimals = Number(form.dataset.decimals);
  const number = new Intl.NumberFormat(language);

  const money = (minor) => {
    const whole = minor % 10 ** decimals === 0;
    const shown = { style: "currency", currency, minimumFractionDigits: whole ? 0 : decimals, maximumFractionDigits: decimals };
    return new Intl.NumberFormat(language, shown).format(minor / 10 ** decimals);
  };
  const words = (name, values) =>
    Object.entries(values).reduce((text, [mark, value]) => text.replace(`%${mark}`, value), form.dataset[name]);

  const boxes = [...form.querySelectorAll("input[type=checkbox][name=choose]")];
  const fields = [...form.querySelectorAll("[name^=value-]")];
  const chosen = () => boxes.filter((box) => box.checked);
  const given = () => fields.map((field) => Math.max(0, Math.floor(Number(field.value)) || 0));
  const sum = (numbers) => numbers.reduce((total, value) => total + value, 0);

  const counts = {
    approval() {
      const count = chosen().length;
      return { text: choiceText(count), part: count / limit, full: count === limit, over: count > limit, note: count >= limit && "full" };
    },
    basket() {
      const spent = sum(chosen().map((box) => Number(box.dataset.cost)));
      const over = spent - Number(budget);
      const text = words("spent", { a: money(spent), b: money(Number(budget)) });
      return { text, part: spent / Number(budget), over: over > 0, message: over > 0 && words("overBudget", { a: money(over) }) };
    },
    points() {
      const total = sum(given());
      return { text: words("points", { n: number.format(total), m: number.format(limit) }), part: total / limit, over: total > limit, note: total > limit && "over" };
    },
    ranking() {
      const places = given().filter((place) => place > 0);
      const twice = new Set(places).size < places.length;
      return { text: choiceText(places.length), over: twice || places.length > limit, note: (twice && "twice") || (places.length > limit && "over") };
    },
  };

  const choiceText = (count) =>
    limit === Infinity ? words("chosen", { n: count }) : words("chosenOf", { n: count, m: limit });

  const show = () => {
    const state = counts[kind]();
    form.querySelector("[data-ballot-count]").textContent = state.text;
    form.querySelector("[data-ballot-note]").textContent = state.message || (state.note ? form.dataset[state.note] : "");
    form.classList.toggle("ballot-over", Boolean(state.over));
    const bar = form.querySelector("[data-ballot-progress]");
    if (bar) bar.value = Math.min(100, 100 * state.part);
    if (kind === "approval") for (const box of boxes) box.disabled = Boolean(state.full) && !box.checked;
    for (const field of fields) field.closest("[data-ballot-card]").classList.toggle("ballot-in", Number(field.value) > 0);
  };

  for (const button of form.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = button.parentElement.querySelector("input");
      field.value = Math.max(0, (Number(field.value) || 0) + Number(button.dataset.step)) || "";
      show();
    });
  }

  form.querySelector("[data-ballot-summary]").hidden = false;
  form.addEventListener("input", show);
  show();

  // Choices stand in the page alone: the server keeps nothing that was not cast, and Back or a reload brings a page
  // without them. `unsent`: this page was turned to, with choices of another one in it.
  let unsent = "unsent" in form.dataset;
  form.addEventListener("change", () => {
    unsent = true;
  });
  form.addEventListener("submit", () => {
    unsent = false;
  });
  addEventListener("beforeunload", (event) => unsent && event.preventDefault());
}

// What is looked over is nowhere but here, too. Once it is cast, Back from the receipt comes here: the review was posted,
// and a browser shows an error in place of what was posted and may not be kept; as an address to get, it is the ballot
// with what was cast.
const review = document.querySelector("[data-ballot-review]");
if (review) {
  let unsent = true;
  review.addEventListener("submit", (event) => {
    unsent = false;
    if (event.submitter?.name === "cast") history.replaceState(null, "", location.href);
  });
  addEventListener("beforeunload", (event) => unsent && event.preventDefault());
}

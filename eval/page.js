// Shows the questions of one kind and one stage. Without scripts every question is shown.
const kind = document.getElementById("kind"), stage = document.getElementById("stage"), shown = document.getElementById("shown");
function filter() {
  let count = 0;
  const items = document.querySelectorAll("[data-kind]");
  for (const item of items) {
    item.hidden = (kind.value && item.dataset.kind !== kind.value) || (stage.value && item.dataset.stage !== stage.value);
    if (!item.hidden) count += 1;
  }
  shown.textContent = `${count} of ${items.length} lost questions shown, the worst in full`;
}
for (const box of [kind, stage]) box.addEventListener("change", filter);
filter();

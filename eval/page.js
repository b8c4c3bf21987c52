// Shows the questions of one kind and one stage. Without scripts every question is shown.
const kind = document.getElementById("kind"), stage = document.getElementById("stage"), shown = document.getElementById("shown");
function filter() {
  let count = 0;
  for (const item of document.querySelectorAll("[data-kind]")) {
    item.hidden = (kind.value && item.dataset.kind !== kind.value) || (stage.value && item.dataset.stage !== stage.value);
    if (!item.hidden) count += 1;
  }
  shown.textContent = `${count} shown`;
}
for (const box of [kind, stage]) box.addEventListener("change", filter);
filter();

// Sends photos as soon as they are chosen or dropped, so that nothing is lost; the form works as it is without this.
const form = document.querySelector("[data-photos]");
const input = form?.querySelector("input[type=file]");
const status = form?.querySelector("[data-photos-status]");

async function send(files) {
  if (!files.length) return;
  status.textContent = status.dataset.wordSending.replace("{n}", files.length);
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const file of files) body.append("photos", file);
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body, headers: { Accept: "application/json" } });
    const { refused, photos } = await answer.json();
    if (refused.length) {
      status.textContent = refused.join(" ");
      input.value = "";
      if (photos.length) setTimeout(() => location.reload(), 4000);
      return;
    }
    status.textContent = status.dataset.wordAdded.replace("{n}", photos.length);
    location.reload();
  } catch {
    status.textContent = "";  // the button sends them the plain way
  }
}

if (input && status) {
  form.querySelector("[data-add]").hidden = true;
  input.addEventListener("change", () => send([...input.files]));
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("rp-drop");
    });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("rp-drop"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    send([...event.dataTransfer.files].filter((file) => file.type.startsWith("image/")));
  });
}

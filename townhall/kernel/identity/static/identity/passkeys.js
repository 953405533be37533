// Passkeys: asks the browser for one, or to make one, and sends its answer in an ordinary form.
const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

function withBytes(options) {
  const ready = { ...options, challenge: decode(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: decode(options.user.id) };
  for (const name of ["allowCredentials", "excludeCredentials"]) {
    if (options[name]) ready[name] = options[name].map((each) => ({ ...each, id: decode(each.id) }));
  }
  return ready;
}

function answerOf(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encode(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id, rawId: encode(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults(), authenticatorAttachment: credential.authenticatorAttachment ?? null,
  };
}

function start(form, ask) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-passkey-problem]");
    problem.textContent = "";
    try {
      const credential = await ask();
      form.elements.credential.value = JSON.stringify(answerOf(credential));
      form.submit();
    } catch {
      problem.textContent = problem.dataset.words;
    }
  });
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    start(form, async () => {
      const answer = await fetch(form.dataset.passkey, { headers: { Accept: "application/json" } });
      const { publicKey } = await answer.json();
      return navigator.credentials.get({ publicKey: withBytes(publicKey) });
    });
  }
  for (const form of document.querySelectorAll("form[data-make-passkey]")) {
    const { publicKey } = JSON.parse(form.dataset.makePasskey);
    start(form, () => navigator.credentials.create({ publicKey: withBytes(publicKey) }));
  }
}

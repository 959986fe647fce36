// Sends what waits on this phone, one entry after another. An entry leaves the phone only after the server has said that it
// is stored; its key makes it arrive once.
"use strict";
const fieldSend = ({ address, words, say, tell, show, mine, signedIn }) => {
  const { entries, entry, put, remove } = fieldStore;

  const ask = async (options) => {
    const response = await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options });
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (response.status === 401 || response.type === "opaqueredirect") return { signed_out: true };
    if (!isJson) throw new Error("no answer of ours");
    return response.json();
  };
  const who = async () => {
    const answer = await ask({});
    if (answer.owner) await signedIn(answer.owner);
    return answer;
  };
  const signIn = (needed) => {
    const link = document.querySelector("[data-sign-in]");
    if (link) link.hidden = !needed;
  };

  const sendOne = async (one, token, notes) => {
    const body = new FormData();
    for (const [name, value] of one.fields) body.append(name, value);
    body.set("key", one.key);
    body.set("kind", one.kind);
    body.set("hearing", one.hearing);
    if (one.photo) body.set(one.file || "source", one.photo, "photo.jpg");
    if (one.photo && one.taken > 0) body.set("taken", one.taken);
    const answer = await ask({ method: "POST", body, headers: { "X-CSRFToken": token } });
    const now = await entry(one.key);
    const changed = Boolean(now) && now.changed !== one.changed; // meanwhile, in another window
    if (answer.stored === one.key) {
      if (!changed) await remove(one.key);
      if (answer.note) notes.push(answer.note);
      return "sent";
    }
    if (answer.signed_out) return "signed_out";
    // It stays here, to be corrected; what was typed meanwhile in another window is not overwritten.
    if (now && !changed) await put({ ...now, ready: false, problems: answer.problems || [] });
    return "wrong";
  };

  const sendAll = async () => {
    const ready = (await entries()).filter((one) => one.ready);
    const answer = await who();
    signIn(Boolean(answer.signed_out));
    if (answer.signed_out) { if (ready.some(mine)) tell(words.sign_in); return; }
    const own = ready.filter(mine); // whose phone it is may have changed
    if (!own.length) return;
    tell(say("sending", own.length));
    const notes = [];
    let sent = 0;
    for (const one of own) {
      const outcome = await sendOne(one, answer.token, notes);
      if (outcome === "signed_out") { signIn(true); tell(words.sign_in); return; }
      if (outcome === "sent") sent += 1;
      await show();
    }
    tell([sent ? say("sent", sent) : words.wrong, ...notes].join(" "));
  };
  // One window sends at a time. Without a line nothing is lost; it is tried again when one comes.
  const send = async (loud = false) => {
    const work = async () => {
      try {
        await sendAll();
      } catch (error) {
        if (!(error instanceof TypeError) && !(error instanceof SyntaxError) && error.message !== "no answer of ours") throw error;
        if (loud || (await entries()).some((one) => one.ready)) tell(words.failed);
      }
      await show();
    };
    if (navigator.locks) await navigator.locks.request("field-send", work);
    else await work();
  };

  return send;
};

// The picture on the page "Kept for you" leads here with the code behind "#": that part of an address never leaves the
// device. Without this script the code is typed.
"use strict";

const code = new URLSearchParams(location.hash.slice(1)).get("code");
const field = document.getElementById("id_code");
if (code && field && !field.value) {
  field.value = code.slice(0, 60);
  history.replaceState(null, "", location.pathname);
}

// Shows a little work before a comment is sent, where the office asked for it (HEARING_WORK_BITS). It begins when the
// check page is read, so that nobody waits; without it, or on a slow phone, the form goes through after a minute.
"use strict";

const PATIENCE = 60_000;
const SLICE = 12;

const K = new Uint32Array(64);
const H = new Uint32Array(8);
{
  // The fractional parts of the roots of the first primes (FIPS 180-4).
  const part = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  for (let n = 2, found = 0; found < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) H[found] = part(Math.sqrt(n));
    K[found] = part(Math.cbrt(n));
    found += 1;
  }
}
const W = new Uint32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

const sha256 = (bytes) => {
  const blocks = ((bytes.length + 8) >> 6) + 1;
  const message = new DataView(new ArrayBuffer(blocks * 64));
  for (let i = 0; i < bytes.length; i += 1) message.setUint8(i, bytes[i]);
  message.setUint8(bytes.length, 0x80);
  message.setUint32(blocks * 64 - 4, bytes.length * 8);
  const state = H.slice();
  for (let block = 0; block < blocks; block += 1) {
    for (let i = 0; i < 16; i += 1) W[i] = message.getUint32(block * 64 + i * 4);
    for (let i = 16; i < 64; i += 1) {
      const s0 = turn(W[i - 15], 7) ^ turn(W[i - 15], 18) ^ (W[i - 15] >>> 3);
      const s1 = turn(W[i - 2], 17) ^ turn(W[i - 2], 19) ^ (W[i - 2] >>> 10);
      W[i] = W[i - 16] + s0 + W[i - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      state[i] += value;
    });
  }
  return state;
};

const zeroBits = (state) => {
  let bits = 0;
  for (const word of state) {
    bits += Math.clz32(word);
    if (word) break;
  }
  return bits;
};

const prove = (mark, wanted, done) => {
  const encoder = new TextEncoder();
  const until = performance.now() + PATIENCE;
  let number = 0;
  const slice = () => {
    const end = performance.now() + SLICE;
    while (performance.now() < end) {
      if (zeroBits(sha256(encoder.encode(`${mark}:${number}`))) >= wanted) return done(String(number));
      number += 1;
    }
    return end > until ? done("") : setTimeout(slice);
  };
  slice();
};

for (const field of document.querySelectorAll("input[data-work]")) {
  const { form } = field;
  let ready = false;
  let pressed = null;
  prove(form.elements.started.value, Number(field.dataset.work), (proof) => {
    field.value = proof;
    ready = true;
    if (pressed) form.requestSubmit(pressed);
  });
  form.addEventListener("submit", (event) => {
    if (ready || event.submitter?.value !== "send") return;
    event.preventDefault();
    pressed = event.submitter;
    form.querySelector("[data-work-wait]").hidden = false;
  });
}

// Records a voice note into the file field beside it. Without this file, or without a microphone, the field takes a
// recording made with the phone's own recorder.
"use strict";

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const LONGEST_MINUTES = 5;

const twoDigits = (number) => String(number).padStart(2, "0");

for (const box of document.querySelectorAll("[data-voice]")) {
  const field = box.querySelector("input[type=file]");
  const kind = window.MediaRecorder && KINDS.find((name) => MediaRecorder.isTypeSupported(name));
  if (!kind || !navigator.mediaDevices || !window.DataTransfer) continue;

  const words = box.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn alt full";
  button.textContent = words.start;
  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  const clock = document.createElement("p");
  clock.setAttribute("aria-hidden", "true");
  field.before(button, status, clock);

  let recorder;
  let ticking;

  const keep = (parts) => {
    const sound = new Blob(parts, { type: kind.split(";")[0] });
    const ending = kind.includes("webm") ? "webm" : kind.includes("mp4") ? "m4a" : "ogg";
    const files = new DataTransfer();
    files.items.add(new File([sound], `${words.name}.${ending}`, { type: sound.type }));
    field.files = files.files;
    status.textContent = words.done;
    button.textContent = words.again;
  };

  const record = (stream) => {
    const parts = [];
    const begun = Date.now();
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 32_000 });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(ticking);
      clock.textContent = "";
      for (const track of stream.getTracks()) track.stop();
      keep(parts);
    });
    recorder.start();
    button.textContent = words.stop;
    status.textContent = words.recording;
    ticking = setInterval(() => {
      const seconds = Math.floor((Date.now() - begun) / 1000);
      clock.textContent = `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
      if (seconds >= LONGEST_MINUTES * 60) recorder.stop();
    }, 500);
  };

  button.addEventListener("click", () => {
    if (recorder?.state === "recording") {
      recorder.stop();
      return;
    }
    navigator.mediaDevices.getUserMedia({ audio: true }).then(record, (error) => {
      status.textContent = error.name === "NotFoundError" ? words.missing : words.refused;
    });
  });
}

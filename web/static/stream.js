// Server-sent events of a response, as [name, object] pairs.
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value;
    const whole = held.split("\n\n");
    held = whole.pop();
    for (const event of whole) {
      const lines = event.split("\n");
      const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
      const sent = lines.find((line) => line.startsWith("data: "))?.slice(6);
      if (name && sent) yield [name, JSON.parse(sent)];
    }
  }
}

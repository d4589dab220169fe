// What the scripts say by themselves, in the language of the page.
const words = JSON.parse(document.body.dataset.strings);

export function say(key) {
  return words[key];
}

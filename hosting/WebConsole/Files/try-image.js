import { h, replace } from './dom.js';
import { t } from './i18n.js';
import { field } from './parts.js';

/** A picture from a file, or a row of the reference, as the tensor [1, channels, height, width] of an image model. */
export function imageForm(input) {
  const [, channels, height, width] = input.shape;
  const canvas = h('canvas', { width, height, class: 'preview', role: 'img', 'aria-label': t('The picture as the model gets it') });
  const scale = h('select', {}, h('option', { value: '255' }, '0 – 255'), h('option', { value: '1' }, '0 – 1'));
  const isInverted = h('input', { type: 'checkbox' });
  const file = h('input', { type: 'file', accept: 'image/*', onchange: () => drawFile() });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  drawing.fillRect(0, 0, width, height);

  async function drawFile() {
    replace(problem);
    if (!file.files[0]) return;
    try {
      const picture = await createImageBitmap(file.files[0]);
      drawing.drawImage(picture, 0, 0, width, height);
    } catch {
      replace(problem, t('This file is no picture that the browser can read.'));
    }
  }

  const tensors = async () => {
    const pixels = drawing.getImageData(0, 0, width, height).data;
    const [most, data] = [Number(scale.value), []];
    for (let channel = 0; channel < channels; channel++)
      for (let at = 0; at < pixels.length; at += 4) {
        const value = channels === 1 ? 0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2] : pixels[at + channel];
        data.push((isInverted.checked ? 255 - value : value) / 255 * most);
      }
    return [{ name: input.name, datatype: input.datatype, shape: [1, channels, height, width], data }];
  };

  const fill = row => {
    const values = Object.values(row).flat(Infinity).slice(0, channels * height * width).map(Number);
    const most = Math.max(...values) > 1.5 ? 255 : 1;
    scale.value = String(most);
    isInverted.checked = false;
    const image = drawing.createImageData(width, height);
    for (let at = 0; at < width * height; at++) {
      for (let colour = 0; colour < 3; colour++) image.data[at * 4 + colour] = values[(channels === 1 ? 0 : colour) * width * height + at] / most * 255;
      image.data[at * 4 + 3] = 255;
    }
    drawing.putImageData(image, 0, 0);
  };

  return {
    content: h('div', { class: 'image-form' }, canvas, h('div', {},
      field(t('Picture'), file, t('It is brought to {0} × {1} pixels.', width, height)), problem,
      field(t('Values of pixels'), scale), h('p', { class: 'check' }, h('label', {}, isInverted, ' ', t('Exchange light and dark'))))),
    tensors, fill,
  };
}

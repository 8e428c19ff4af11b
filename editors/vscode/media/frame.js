// Draws the frame that the extension sends, and says which slot was chosen.
(() => {
  const host = acquireVsCodeApi();
  const message = document.getElementById('message');
  const picture = document.getElementById('picture');

  /** The slots as they are drawn, top to bottom. */
  const slots = () => [...picture.querySelectorAll('[data-slot]')];

  /** Scrolls up or down only: sideways the offsets at the left are worth more than the notes. */
  function reveal(slot) {
    const { top, bottom } = slot.getBoundingClientRect();
    const height = document.documentElement.clientHeight;
    if (top < 0 || bottom > height) {
      window.scrollBy(0, top < 0 ? top - 8 : bottom - height + 8);
    }
  }

  function focus(slot) {
    slot.focus({ preventScroll: true });
    reveal(slot);
  }

  /** In a narrow panel the notes at the right are cut off, rather than all letters made tiny. */
  function fit() {
    const svg = picture.querySelector('svg');
    if (svg === null) {
      return;
    }
    svg.dataset.width ??= svg.getAttribute('width');
    const full = Number(svg.dataset.width);
    const offsets = [...svg.querySelectorAll('.slot .offset')].map((text) => Number(text.getAttribute('x')));
    const core = Math.max(...offsets) + 8;
    const width = Number.isFinite(core) && picture.clientWidth < 0.85 * full ? core : full;
    // The attribute too: the picture's proportions are taken from it.
    svg.setAttribute('width', String(width));
    svg.setAttribute('viewBox', `0 0 ${width} ${svg.getAttribute('height')}`);
    svg.style.maxWidth = `${1.25 * width}px`;
  }

  function say(text) {
    message.textContent = text;
    message.hidden = text === '';
  }

  function draw(frame) {
    const parsed = new DOMParser().parseFromString(frame.svg, 'image/svg+xml').documentElement;
    if (!(parsed instanceof SVGElement)) {
      say('The picture cannot be drawn.');
      return;
    }
    parsed.querySelectorAll('script, foreignObject').forEach((element) => element.remove());
    const focused = document.activeElement?.getAttribute?.('data-slot');
    for (const slot of parsed.querySelectorAll('[data-slot]')) {
      const isActive = slot.getAttribute('data-slot') === frame.active;
      slot.classList.toggle('marked', isActive);
      slot.setAttribute('tabindex', '-1');
      slot.setAttribute('aria-current', String(isActive));
    }
    say('');
    picture.replaceChildren(document.importNode(parsed, true));
    fit();
    const all = slots();
    const current = all.find((slot) => slot.classList.contains('marked')) ?? all[0];
    current?.setAttribute('tabindex', '0');
    if (focused !== null && focused !== undefined) {
      const again = all.find((slot) => slot.getAttribute('data-slot') === focused);
      if (again !== undefined) {
        focus(again);
      }
    } else if (current !== undefined) {
      reveal(current);
    }
  }

  function choose(slot) {
    host.postMessage({ type: 'select', id: slot.getAttribute('data-slot') });
  }

  function slotOf(target) {
    return target instanceof SVGElement || target instanceof HTMLElement ? target.closest('[data-slot]') : null;
  }

  picture.addEventListener('click', (event) => {
    const slot = slotOf(event.target);
    if (slot !== null) {
      choose(slot);
    }
  });

  picture.addEventListener('keydown', (event) => {
    const slot = slotOf(event.target);
    if (slot === null) {
      return;
    }
    const all = slots();
    const at = all.indexOf(slot);
    const goTo = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      choose(slot);
    } else if (goTo !== undefined && all[goTo] !== undefined) {
      slot.setAttribute('tabindex', '-1');
      all[goTo].setAttribute('tabindex', '0');
      focus(all[goTo]);
    } else {
      return;
    }
    event.preventDefault();
  });

  window.addEventListener('resize', fit);
  window.addEventListener('message', ({ data }) => {
    if (data.type === 'frame') {
      draw(data);
    } else if (data.type === 'message') {
      picture.replaceChildren();
      say(data.text);
    } else if (data.type === 'announce') {
      say(data.text);
    }
  });

  host.postMessage({ type: 'ready' });
})();

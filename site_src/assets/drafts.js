// Keeps drafts in this browser if the filer asks for it, until they are sent or deleted.
// Consents, the signature and files are never kept: the filer gives them again each time. Of files
// the draft has the names, to say which ones.
"use strict";
{
  const key = (name) => `ombud-draft:${name}`;
  // Any use throws an error if the browser has no storage or the reader has disabled it.
  const attempt = (act) => {
    try {
      return act(localStorage);
    } catch {
      return undefined;
    }
  };

  const done = document.querySelector("[data-draft-done]");
  if (done) attempt((store) => store.removeItem(key(done.dataset.draftDone)));

  const box = document.getElementById("draft");
  if (box && !attempt((store) => [store.length])) box.remove();
  else if (box) {
    const form = box.closest("form");
    const keep = box.querySelector("input");
    const status = box.querySelector("[role=status]");
    const remove = box.querySelector("button");
    const name = key(box.dataset.draft);
    const fields = () =>
      [...form.elements].filter(
        (field) =>
          field.name &&
          field.name !== "signature" &&
          (field.type === "radio" || field.matches("textarea, select, input")) &&
          !["hidden", "file", "checkbox", "password"].includes(field.type),
      );

    let lost = [];
    const attached = () => {
      const names = [...form.querySelectorAll("[name=upload]:checked + span")].map((name) => name.textContent);
      lost = lost.filter((name) => !names.includes(name));
      return names;
    };

    const save = () => {
      const words = { uploads: [...attached(), ...lost] };
      for (const field of fields()) {
        if (field.value && (field.type !== "radio" || field.checked)) {
          words[field.name] = field.value;
        }
      }
      const stored = attempt((store) => {
        store.setItem(name, JSON.stringify(words));
        return true;
      });
      keep.checked = Boolean(stored);
      remove.hidden = !stored;
    };

    // What was filled in before this script came is newer than the draft.
    const isFilled = (field) =>
      field.type === "radio"
        ? field.checked !== field.defaultChecked
        : field.options
          ? field.selectedIndex > 0 && !field.selectedOptions[0].defaultSelected
          : field.value !== field.defaultValue;

    const restore = (words) => {
      const filled = new Set(fields().filter(isFilled).map(({ name }) => name));
      for (const field of fields()) {
        const value = words[field.name];
        if (typeof value !== "string" || filled.has(field.name)) continue;
        if (field.type === "radio") {
          field.checked = field.value === value;
          if (field.checked) field.closest("details")?.setAttribute("open", "");
        } else {
          field.value = value;
        }
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    };

    const drop = () => {
      attempt((store) => store.removeItem(name));
      keep.checked = false;
      remove.hidden = true;
      status.textContent = box.dataset.deleted;
    };

    const read = () => {
      const words = attempt((store) => JSON.parse(store.getItem(name)));
      return words && typeof words === "object" ? words : null;
    };

    // If the page comes back with answers in it, they are newer than the draft.
    const written = fields().some((field) =>
      field.type === "radio"
        ? field.defaultChecked
        : field.options
          ? [...field.options].some((option) => option.defaultSelected)
          : field.defaultValue,
    );
    const draft = read();
    if (draft) {
      if (!written) {
        restore(draft);
        const { restored, again, separator } = box.dataset;
        lost = draft.uploads ?? [];
        attached();
        status.textContent = restored + (lost[0] ? again + lost.join(separator) : "");
      }
      save();
    } else {
      // Some browsers tick the box again when the page is reloaded.
      keep.checked = false;
    }
    box.hidden = false;
    keep.addEventListener("change", () => (keep.checked ? save() : drop()));
    remove.addEventListener("click", () => {
      drop();
      keep.focus();
    });
    for (const change of ["input", "change"]) {
      form.addEventListener(change, ({ target }) => {
        if (keep.checked && target !== keep) save();
      });
    }
  }
}

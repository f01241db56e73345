/**
 * The spec: which target is shown, under which address, and what was last written.
 */
import { placeholderAddress, targets } from '#core/export/targets';
import type { Deps, Slice } from './deps';
import { failed } from './notices';
import type { SpecSlice } from './state';

export const createSpecSlice =
  ({ client, bridge, memory }: Deps): Slice<SpecSlice> =>
  (set, get) => {
    const write = async (folder: string, replace: boolean): Promise<boolean> => {
      const { design, target, catalog, schema } = get();
      const ask = { design, target, options: { catalog, schema }, folder, replace };
      const reply = await client.ask('spec:write', ask);
      if (reply.ok) {
        const files = Object.fromEntries(reply.value.spec.files.map((file) => [file.path, file.text]));
        set({ lastExport: { folder: reply.value.folder, files }, replaceAsked: null });
        const count = reply.value.written.length;
        get().notify({
          words: `Wrote ${count} ${count === 1 ? 'file' : 'files'}`,
          remedy: reply.value.folder,
          tone: 'good',
        });
        return true;
      }
      if (!replace && 'problem' in reply && reply.problem.code === 'folder-not-empty') {
        set({ replaceAsked: folder });
      } else {
        set({ replaceAsked: null });
        get().notify(failed(reply, 'The spec could not be written'));
      }
      return false;
    };

    return {
      target: targets[0]?.name ?? '',
      specFile: null,
      catalog: memory.get('catalog') ?? placeholderAddress.catalog,
      schema: memory.get('schema') ?? placeholderAddress.schema,
      lastExport: null,
      replaceAsked: null,
      chooseTarget(target) {
        set({ target, specFile: null });
      },
      showSpecFile(specFile) {
        set({ specFile });
      },
      setAddress(catalog, schema) {
        memory.set('catalog', catalog);
        memory.set('schema', schema);
        set({ catalog, schema });
      },
      async writeSpec(replace = false) {
        const asked = get().replaceAsked;
        if (replace && asked !== null) return write(asked, true);
        const folder = await bridge.chooseFolder();
        return folder === null ? false : write(folder, replace);
      },
      keepFolder() {
        set({ replaceAsked: null });
      },
    };
  };

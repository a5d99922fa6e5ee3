// Compiles a folder's Python for Python 3.13, the functions' runtime, whatever Python this machine
// has: Pyodide is CPython 3.13 itself, so its bytecode is the runtime's. A source's hash stands in
// its bytecode and is not checked when that is loaded: what is in a package never changes.
//
// node compile.mjs FOLDER PLACE KEPT…: bytecode lies beside its source; that of the packages
// KEPT, whose source stays, where Python looks for it then.
import { loadPyodide } from "pyodide";

const [folder, place, ...kept] = process.argv.slice(2);
const python = await loadPyodide();
python.FS.mkdir("/package");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/package");
python.globals.set("place", place);
python.globals.set("kept", python.toPy(kept));
const compiled = python.runPython(`
import compileall, os, py_compile, sys
assert sys.version_info[:2] == (3, 13), sys.version
def compiled(name):
    compile = compileall.compile_file if name.endswith(".py") else compileall.compile_dir
    return compile(
        f"/package/{name}", quiet=1, force=True, legacy=name not in kept,
        stripdir="/package", prependdir=place,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
all([compiled(name) for name in sorted(os.listdir("/package")) if not name.endswith(".so")])
`);
process.exit(compiled ? 0 : 1);

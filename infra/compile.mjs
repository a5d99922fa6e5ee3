// Compiles a folder for Python 3.13, the runtime of the functions, whatever Python this machine
// has: Pyodide is CPython 3.13 itself. The bytecode contains the hash of its source, and Python
// does not check it on loading, because a package never changes.
//
// node compile.mjs FOLDER PLACE KEPT…: PLACE is the folder that tracebacks name. Bytecode goes
// beside its source; for the packages KEPT, whose source stays, it goes into __pycache__.
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

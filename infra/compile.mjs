// Compiles a folder's Python for Python 3.13, the functions' runtime, whatever Python this machine
// has: Pyodide is CPython 3.13 itself, so its bytecode is the runtime's. A file's hash is not
// checked when it is loaded: what is in a package never changes.
import { loadPyodide } from "pyodide";

const [folder, place] = process.argv.slice(2);
const python = await loadPyodide();
python.FS.mkdir("/package");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/package");
const failed = python.runPython(`
import compileall, py_compile, sys
assert sys.version_info[:2] == (3, 13), sys.version
not compileall.compile_dir(
    "/package", maxlevels=20, quiet=1, force=True, stripdir="/package", prependdir="${place}",
    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
)
`);
process.exit(failed ? 1 : 0);

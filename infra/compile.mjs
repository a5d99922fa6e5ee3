// Compiles a folder for Python 3.13, the runtime of the functions, whatever Python this machine
// has: Pyodide is CPython 3.13 itself. The bytecode contains the hash of its source, and Python
// does not check it on loading, because a package never changes. It has neither docstrings nor
// columns, which are a fifth of it: a log line names file, line and function.
//
// node compile.mjs FOLDER PLACE KEPT…: PLACE is the folder that tracebacks name. Bytecode takes the
// place of its source; for the files KEPT, whose source stays, it goes into __pycache__.
import { loadPyodide } from "pyodide";

const [folder, place, ...kept] = process.argv.slice(2);
const python = await loadPyodide({ env: { PYTHONNODEBUGRANGES: "1" } });
python.FS.mkdir("/package");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/package");
python.globals.set("place", place);
python.globals.set("kept", python.toPy(kept));
python.runPython(`
import ast, sys
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import cache_from_source, source_hash
from pathlib import Path
assert sys.version_info[:2] == (3, 13), sys.version

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)

def is_docstring(first):
    match first:
        case ast.Expr(ast.Constant(str())):
            return True
    return False

def without_docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and node.body and is_docstring(node.body[0]):
            # Without one, a dataclass makes its own while it is imported, which takes long.
            node.body[0].value.value = "." if isinstance(node, ast.ClassDef) else ""
            if len(node.body) > 1 and not isinstance(node, ast.ClassDef):
                del node.body[0]
    return tree

for path in sorted(Path("/package").rglob("*.py")):
    source, name = path.read_bytes(), path.relative_to("/package").as_posix()
    tree = without_docstrings(ast.parse(source))
    code = compile(tree, f"{place}/{name}", "exec", dont_inherit=True)
    target = Path(cache_from_source(path)) if name in kept else path.with_suffix(".pyc")
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(_code_to_hash_pyc(code, source_hash(source), False))
    if name not in kept:
        path.unlink()
`);

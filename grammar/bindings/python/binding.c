// The Python module go_asm_lsp.syntax._goasm: hands the generated parser to tree_sitter.Language.

#include <Python.h>

typedef struct TSLanguage TSLanguage;

const TSLanguage *tree_sitter_goasm(void);

static PyObject *language(PyObject *self, PyObject *unused) {
  (void)self;
  (void)unused;
  return PyCapsule_New((void *)tree_sitter_goasm(), "tree_sitter.Language", NULL);
}

static PyMethodDef methods[] = {
    {"language", language, METH_NOARGS, "Answers the grammar as a capsule for tree_sitter.Language."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#if defined(Py_GIL_DISABLED)
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_goasm",
    .m_doc = "The tree-sitter grammar of Go assembly.",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__goasm(void) { return PyModuleDef_Init(&module); }

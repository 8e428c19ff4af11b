; A label's scope is its function; a macro's is the rest of the file.

(source_file) @local.scope

(function) @local.scope

(label
  name: (identifier) @local.definition)

(preproc_define
  name: (identifier) @local.definition)

(identifier) @local.reference

// Tables about a function for the runtime: what go-asm-lsp uses when no Go distribution is found.

#define PCDATA_UnsafePoint 0
#define PCDATA_StackMapIndex 1
#define PCDATA_InlTreeIndex 2
#define PCDATA_ArgLiveIndex 3
#define PCDATA_PanicBounds 4

#define FUNCDATA_ArgsPointerMaps 0
#define FUNCDATA_LocalsPointerMaps 1
#define FUNCDATA_StackObjects 2
#define FUNCDATA_InlTree 3
#define FUNCDATA_OpenCodedDeferInfo 4
#define FUNCDATA_ArgInfo 5
#define FUNCDATA_ArgLiveInfo 6
#define FUNCDATA_WrapInfo 7

// The Go prototype says where the arguments hold pointers.
#define GO_ARGS FUNCDATA $FUNCDATA_ArgsPointerMaps, go_args_stackmap(SB)
// From here on the results are initialised and may be scanned for pointers.
#define GO_RESULTS_INITIALIZED PCDATA $PCDATA_StackMapIndex, $1
// The function's own stack space holds no pointers.
#define NO_LOCAL_POINTERS FUNCDATA $FUNCDATA_LocalsPointerMaps, no_pointers_stackmap(SB)

// The size of the arguments is not known (C functions with a variable number of them).
#define ArgsSizeUnknown 0x80000000

// Attributes of TEXT and GLOBL symbols: what go-asm-lsp uses when no Go distribution is found.

// The function is left out of profiles (without effect today).
#define NOPROF 1
// Several copies of the symbol may exist; the linker keeps one.
#define DUPOK 2
// The function has no check for stack growth.
#define NOSPLIT 4
// The data is read-only.
#define RODATA 8
// The data holds no pointers, so the garbage collector skips it.
#define NOPTR 16
// The function is a wrapper: it does not disable recover.
#define WRAPPER 32
// The function reads the closure context register.
#define NEEDCTXT 64
// The symbol is a word of thread-local storage.
#define TLSBSS 256
// The function gets no stack frame, not even a saved return address or frame pointer.
#define NOFRAME 512
// The function may call reflect's Method or MethodByName.
#define REFLECTMETHOD 1024
// Stack unwinding ends at this function.
#define TOPFRAME 2048
// The function translates between two calling conventions.
#define ABIWRAPPER 4096

;;; go-asm-ls.el --- Go assembly with its language server  -*- lexical-binding: t; -*-

;; Author: The go-asm-lsp authors
;; Maintainer: The go-asm-lsp authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: languages, tools
;; URL: https://go.dev/doc/asm
;; SPDX-License-Identifier: BSD-3-Clause

;;; Commentary:

;; A major mode for Go assembly (Plan 9 syntax), and Eglot's settings for
;; go-asm-lsp, the language server that says what `go vet' and the assembler
;; would.
;;
;;   (require 'go-asm-ls)
;;   (add-hook 'go-asm-ls-mode-hook #'eglot-ensure)
;;
;; `go-asm-ls-mode' takes a .s file only when it is Go assembly; other
;; dialects keep the mode they have.  On Emacs 29 and newer the mode uses
;; the tree-sitter grammar where it is installed
;; (M-x go-asm-ls-install-grammar), otherwise regular expressions.
;;
;; Commands: `go-asm-ls-switch-source', `go-asm-ls-frame-layout',
;; `go-asm-ls-switch-architecture', `go-asm-ls-create-stub'.

;;; Code:

(require 'eglot)
(require 'imenu)
(require 'seq)
(require 'treesit nil t)
(require 'subr-x)
(eval-when-compile
  (require 'cl-lib))

(declare-function treesit-ready-p "treesit")
(declare-function treesit-parser-create "treesit.c")
(declare-function treesit-font-lock-rules "treesit")
(declare-function treesit-major-mode-setup "treesit")
(defvar treesit-font-lock-settings)
(defvar treesit-font-lock-feature-list)

(defgroup go-asm-ls nil
  "Go assembly with its language server."
  :group 'languages
  :prefix "go-asm-ls-")

(defcustom go-asm-ls-command '("go-asm-lsp")
  "Command line that starts the language server."
  :type '(repeat string))

(defcustom go-asm-ls-settings nil
  "Settings of the server, a property list without the prefix goAsm.
For example (:goarch \"arm64\" :diagnostics (:lint \"off\"))."
  :type 'plist
  :risky t)

(defcustom go-asm-ls-indent-offset 8
  "Columns by which instructions are indented."
  :type 'integer
  :safe #'integerp)

(defface go-asm-ls-inactive-face '((t :inherit shadow))
  "Face for lines that #ifdef leaves out.")

(defface go-asm-ls-active-slot-face '((t :inherit highlight))
  "Face for the slot under the cursor in a frame layout.")


;;; Which files

(defconst go-asm-ls--go-regexp
  (concat "^[ \t]*\\(?:TEXT\\|GLOBL\\|DATA\\)[ \t]+.*(SB)"
          "\\|^#include[ \t]+\"\\(?:textflag\\|funcdata\\|go_asm\\|go_tls\\)\\.h\""
          "\\|^//go:build[ \t]\\|^//[ \t]*\\+build[ \t]")
  "Matches what only Go assembly has.")

(defconst go-asm-ls--other-regexp
  (concat "^[ \t]*\\.\\(?:globl\\|global\\|text\\|data\\|section\\|align\\|p2align"
          "\\|type\\|file\\|intel_syntax\\|cfi_[a-z_]+\\)\\_>"
          "\\|^[ \t]*%\\(?:define\\|macro\\)[ \t]\\|^[ \t]*section[ \t]+\\.")
  "Matches what other dialects have.")

(defun go-asm-ls-buffer-p ()
  "Whether the current buffer visits Go assembly.
The text decides; where it says nothing, Go files beside it do."
  (and buffer-file-name
       (string-suffix-p ".s" buffer-file-name)
       (save-excursion
         (save-restriction
           (widen)
           (let ((case-fold-search nil)
                 (limit (min (point-max) (+ (point-min) 65536))))
             (goto-char (point-min))
             (cond ((re-search-forward go-asm-ls--go-regexp limit t) t)
                   ((re-search-forward go-asm-ls--other-regexp limit t) nil)
                   (t (directory-files (file-name-directory buffer-file-name)
                                       nil "\\.go\\'" t))))))))


;;; The mode

(defvar go-asm-ls-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?' "." table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?· "_" table)
    (modify-syntax-entry ?∕ "_" table)
    (modify-syntax-entry ?$ "." table)
    (modify-syntax-entry ?# "." table)
    (modify-syntax-entry ?< "." table)
    (modify-syntax-entry ?> "." table)
    (modify-syntax-entry ?\( "()" table)
    (modify-syntax-entry ?\) ")(" table)
    (modify-syntax-entry ?\[ "(]" table)
    (modify-syntax-entry ?\] ")[" table)
    table)
  "Syntax of Go assembly.")

(defconst go-asm-ls--name "\\(?:[[:alpha:]_·∕][[:alnum:]_·∕]*\\)"
  "Matches a name.")

(defconst go-asm-ls--label-regexp
  (concat "^[ \t]*\\(" go-asm-ls--name "\\):")
  "Matches a label at the start of a line.")

(defconst go-asm-ls--declaration-regexp
  (concat "^[ \t]*\\(TEXT\\|GLOBL\\|DATA\\)[ \t]+\\([^ \t\n(,]+\\)")
  "Matches a declaration and its symbol.")

(defconst go-asm-ls--font-lock-keywords
  `(("^[ \t]*\\(#[ \t]*\\(?:include\\|define\\|undef\\|ifn?def\\|else\\|endif\\|line\\)\\)\\_>"
     1 font-lock-preprocessor-face)
    (,(concat "^[ \t]*#[ \t]*define[ \t]+\\(" go-asm-ls--name "\\)") 1 font-lock-function-name-face)
    (,go-asm-ls--declaration-regexp
     (1 font-lock-keyword-face) (2 font-lock-function-name-face))
    ("\\_<\\(?:FUNCDATA\\|PCDATA\\|PCALIGN\\|NO_LOCAL_POINTERS\\|GO_ARGS\\|GO_RESULTS_INITIALIZED\\)\\_>"
     . font-lock-keyword-face)
    (,go-asm-ls--label-regexp 1 font-lock-constant-face)
    ("\\_<\\(?:NOPROF\\|DUPOK\\|NOSPLIT\\|RODATA\\|NOPTR\\|WRAPPER\\|NEEDCTXT\\|TLSBSS\\|NOFRAME\\|REFLECTMETHOD\\|TOPFRAME\\|ABIWRAPPER\\)\\_>"
     . font-lock-constant-face)
    (,(concat "\\(" go-asm-ls--name "\\)[-+][^(), \t\n]*(\\(?:FP\\|SP\\))") 1 font-lock-variable-name-face)
    ("\\(?:^\\|;\\|\\\\\\|:\\)[ \t]*\\([A-Z][A-Z0-9_]*\\(?:\\.[A-Z0-9]+\\)*\\)\\_>"
     1 font-lock-builtin-face))
  "Highlighting by regular expressions.")

(defun go-asm-ls--margin-line-p ()
  "Whether the line at point stands at the margin whatever is around it."
  (save-excursion
    (beginning-of-line)
    (let ((case-fold-search nil))
      (or (looking-at "[ \t]*#")
          (looking-at "[ \t]*\\(?:TEXT\\|GLOBL\\|DATA\\)\\_>")
          (looking-at (concat go-asm-ls--label-regexp "[ \t]*\\(?://.*\\)?$"))))))

(defun go-asm-ls--in-function-p ()
  "Whether the nearest declaration above point is a TEXT."
  (save-excursion
    (let ((case-fold-search nil))
      (and (re-search-backward "^[ \t]*\\(TEXT\\|GLOBL\\|DATA\\)\\_>" nil t)
           (equal (match-string 1) "TEXT")))))

(defun go-asm-ls--indentation ()
  "The column that the line at point is to start at."
  (save-excursion
    (beginning-of-line)
    (cond ((go-asm-ls--margin-line-p) 0)
          ((go-asm-ls--in-function-p)
           (if (looking-at "[ \t]*//")
               (save-excursion
                 (forward-line -1)
                 (while (and (looking-at "[ \t]*$") (not (bobp)))
                   (forward-line -1))
                 (if (looking-at "TEXT\\_>") go-asm-ls-indent-offset (current-indentation)))
             go-asm-ls-indent-offset))
          ((save-excursion (and (zerop (forward-line -1)) (looking-at ".*\\\\[ \t]*$")))
           go-asm-ls-indent-offset)
          (t 0))))

(defun go-asm-ls-indent-line ()
  "Indent the current line: declarations and labels at the margin, the rest in."
  (interactive)
  (let ((column (go-asm-ls--indentation)))
    (if (<= (current-column) (current-indentation))
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

(defconst go-asm-ls--imenu-expression
  `(("Functions" ,(concat "^[ \t]*TEXT[ \t]+\\([^ \t\n(,]+\\)") 1)
    ("Data" ,(concat "^[ \t]*GLOBL[ \t]+\\([^ \t\n(,]+\\)") 1)
    ("Macros" ,(concat "^[ \t]*#[ \t]*define[ \t]+\\(" go-asm-ls--name "\\)") 1))
  "Index of functions, data and macros, for a buffer without the server.")

(defun go-asm-ls-beginning-of-defun (&optional count)
  "Move backward to a TEXT, COUNT times."
  (let ((case-fold-search nil))
    (re-search-backward "^[ \t]*TEXT\\_>" nil 'move (or count 1))))

(defun go-asm-ls-end-of-defun ()
  "Move forward to the end of a TEXT's block."
  (let ((case-fold-search nil))
    (end-of-line)
    (when (re-search-forward "^[ \t]*\\(?:TEXT\\|GLOBL\\|DATA\\)\\_>" nil 'move)
      (beginning-of-line))))

(defvar go-asm-ls-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-o") #'go-asm-ls-switch-source)
    (define-key map (kbd "C-c C-f") #'go-asm-ls-frame-layout)
    (define-key map (kbd "C-c C-a") #'go-asm-ls-switch-architecture)
    (define-key map (kbd "C-c C-t") #'go-asm-ls-create-stub)
    map)
  "Keys of `go-asm-ls-mode'.")


;;; The grammar

(defconst go-asm-ls--language 'goasm
  "Name of the tree-sitter grammar.")

(defconst go-asm-ls--query
  '((comment) @font-lock-comment-face
    [(string) (character)] @font-lock-string-face
    [(integer) (float)] @font-lock-constant-face
    ["#" "include" "define" "undef" "ifdef" "ifndef" "else" "endif" "line"]
    @font-lock-preprocessor-face
    ["TEXT" "GLOBL" "DATA"] @font-lock-keyword-face
    (preproc_define name: (_) @font-lock-function-name-face)
    (macro_call name: (_) @font-lock-function-name-face)
    (label name: (_) @font-lock-constant-face)
    (text symbol: (memory displacement: (_) @font-lock-function-name-face))
    (globl symbol: (memory displacement: (_) @font-lock-function-name-face))
    (data symbol: (memory displacement: (_) @font-lock-function-name-face))
    (text flags: (_) @font-lock-constant-face)
    (globl flags: (_) @font-lock-constant-face)
    (instruction mnemonic: (_) @font-lock-builtin-face)
    ((memory displacement: (_) @font-lock-variable-name-face base: (identifier) @_base)
     (:match "^\\(?:FP\\|SP\\)$" @_base)))
  "Highlighting by the grammar.")

(defun go-asm-ls--grammar-ready-p ()
  "Whether this Emacs can use the tree-sitter grammar, which must be installed."
  (and (fboundp 'treesit-ready-p)
       (fboundp 'treesit-parser-create)
       (fboundp 'treesit-font-lock-rules)
       (fboundp 'treesit-major-mode-setup)
       (treesit-ready-p go-asm-ls--language t)))

(defun go-asm-ls--use-grammar ()
  "Highlight the current buffer by the tree-sitter grammar."
  (treesit-parser-create go-asm-ls--language)
  (setq-local treesit-font-lock-settings
              (treesit-font-lock-rules :language go-asm-ls--language
                                       :feature 'everything
                                       :override t
                                       go-asm-ls--query)
              treesit-font-lock-feature-list '((everything)))
  (treesit-major-mode-setup))

(defun go-asm-ls-install-grammar (repository)
  "Compile and install the tree-sitter grammar from REPOSITORY.
REPOSITORY is a clone of go-asm-lsp, a folder; a C compiler is needed."
  (interactive "DFolder of the go-asm-lsp repository: ")
  (unless (and (fboundp 'treesit-available-p) (treesit-available-p))
    (user-error "This Emacs has no tree-sitter"))
  (let* ((source (expand-file-name "grammar/src" repository))
         (folder (expand-file-name "tree-sitter" user-emacs-directory))
         (target (expand-file-name (concat "libtree-sitter-goasm" module-file-suffix) folder))
         (compiler (or (getenv "CC") (seq-find #'executable-find '("cc" "gcc" "clang"))
                       (user-error "No C compiler was found"))))
    (unless (file-readable-p (expand-file-name "parser.c" source))
      (user-error "There is no grammar in %s" source))
    (make-directory folder t)
    (with-temp-buffer
      (unless (zerop (apply #'call-process compiler nil t nil
                            "-shared" "-fPIC" "-O2" "-std=c11" "-I" source "-o" target
                            (directory-files source t "\\.c\\'")))
        (user-error "The grammar does not compile: %s" (buffer-string))))
    (message "Installed %s" target)))


;;; The mode itself

;;;###autoload
(define-derived-mode go-asm-ls-mode prog-mode "Go-Asm"
  "Major mode for Go assembly.

\\{go-asm-ls-mode-map}"
  :syntax-table go-asm-ls-mode-syntax-table
  (setq-local comment-start "// "
              comment-end ""
              comment-start-skip "\\(?://+\\|/\\*+\\)[ \t]*"
              indent-tabs-mode t
              tab-width 8
              indent-line-function #'go-asm-ls-indent-line
              electric-indent-chars (append '(?: ?#) electric-indent-chars)
              imenu-generic-expression go-asm-ls--imenu-expression
              beginning-of-defun-function #'go-asm-ls-beginning-of-defun
              end-of-defun-function #'go-asm-ls-end-of-defun
              font-lock-defaults '(go-asm-ls--font-lock-keywords nil nil))
  ;; A value from a .dir-locals.el file comes after this and wins.
  (setq-local eglot-workspace-configuration (list :goAsm (go-asm-ls--settings)))
  (when (go-asm-ls--grammar-ready-p)
    (go-asm-ls--use-grammar)))

;;;###autoload
(add-to-list 'magic-mode-alist '(go-asm-ls-buffer-p . go-asm-ls-mode))


;;; The server

(defclass go-asm-ls-server (eglot-lsp-server) ()
  :documentation "A connection to go-asm-lsp.")

(defun go-asm-ls--settings ()
  "The settings as JSON; an empty object where there are none."
  (or go-asm-ls-settings (make-hash-table)))

(defun go-asm-ls--contact (&rest _)
  "Answer the class and the command line of the server for Eglot."
  (cons 'go-asm-ls-server
        (append go-asm-ls-command
                (list :initializationOptions (go-asm-ls--settings)))))

(add-to-list 'eglot-server-programs
             '((go-asm-ls-mode :language-id "go.asm") . go-asm-ls--contact))

(cl-defmethod eglot-client-capabilities ((_server go-asm-ls-server))
  "Say also that inactive regions are shown."
  (plist-put (copy-sequence (cl-call-next-method))
             :experimental '(:goAsm (:inactiveRegions t))))

;; Names that became public in newer versions of Eglot.
(defalias 'go-asm-ls--range-region
  (if (fboundp 'eglot-range-region) 'eglot-range-region 'eglot--range-region))
(defalias 'go-asm-ls--uri-to-path
  (if (fboundp 'eglot-uri-to-path) 'eglot-uri-to-path 'eglot--uri-to-path))

(declare-function go-asm-ls--range-region "go-asm-ls")
(declare-function go-asm-ls--uri-to-path "go-asm-ls")

(defun go-asm-ls--request (method &rest parameters)
  "Ask the server of the current buffer for METHOD with PARAMETERS."
  (let ((server (eglot-current-server)))
    (unless (go-asm-ls-server-p server)
      (user-error "The server go-asm-lsp is not running in this buffer"))
    (jsonrpc-request server method parameters)))

(defun go-asm-ls--position ()
  "The document and the position of point, as parameters of a request."
  (eglot--TextDocumentPositionParams))

(cl-defmethod eglot-handle-notification
  ((_server go-asm-ls-server) (_method (eql 'goAsm/inactiveRegions))
   &key uri regions &allow-other-keys)
  "Dim the REGIONS of the document at URI, which no #ifdef takes."
  (let ((buffer (find-buffer-visiting (go-asm-ls--uri-to-path uri))))
    (when buffer
      (with-current-buffer buffer
        (save-restriction
          (widen)
          (remove-overlays (point-min) (point-max) 'go-asm-ls-inactive t)
          (seq-do (lambda (range)
                    (let* ((region (go-asm-ls--range-region range))
                           (overlay (make-overlay (car region) (cdr region))))
                      (overlay-put overlay 'go-asm-ls-inactive t)
                      (overlay-put overlay 'face 'go-asm-ls-inactive-face)))
                  regions))))))


;;; Commands

(defun go-asm-ls--visit (target)
  "Show the place TARGET, an object with a uri and a range."
  (xref-push-marker-stack)
  (find-file (go-asm-ls--uri-to-path (plist-get target :uri)))
  (goto-char (car (go-asm-ls--range-region (plist-get target :range)))))

(defun go-asm-ls-switch-source ()
  "Go from Go to its assembly, back, or to another architecture."
  (interactive)
  (let* ((answer (apply #'go-asm-ls--request :goAsm/switchSource (go-asm-ls--position)))
         (targets (append (plist-get answer :targets) nil)))
    (pcase targets
      ('nil (user-error "This file has no counterpart"))
      (`(,only) (go-asm-ls--visit only))
      (_ (let* ((choices (mapcar (lambda (target)
                                   (cons (format "%s (%s)" (plist-get target :label)
                                                 (file-name-nondirectory
                                                  (go-asm-ls--uri-to-path (plist-get target :uri))))
                                         target))
                                 targets))
                (choice (completing-read "Go to: " choices nil t nil nil (caar choices))))
           (go-asm-ls--visit (cdr (assoc choice choices))))))))

(defun go-asm-ls-switch-architecture (goarch)
  "Let the server answer for GOARCH in this file, or again for its own choice.
The name auto stands for that choice."
  (interactive
   (let* ((answer (go-asm-ls--request
                   :goAsm/architecture
                   :textDocument (plist-get (go-asm-ls--position) :textDocument)))
          (active (plist-get answer :active))
          (choices (append (plist-get answer :choices) '("auto"))))
     (unless (eq (plist-get answer :applies) t)
       (user-error "%s" (or (plist-get answer :reason) "This file is not Go assembly")))
     (list (completing-read (format "Architecture (%s): " active) choices nil t nil nil active))))
  ;; Not a synchronous request: in Emacs 28 the end of one leaves what came with the answer,
  ;; here the regions that are inactive now, unread until the server writes again.
  (let ((buffer (current-buffer)))
    (jsonrpc-async-request
     (eglot--current-server-or-lose) :goAsm/architecture
     (list :textDocument (plist-get (go-asm-ls--position) :textDocument) :goarch goarch)
     :success-fn (lambda (answer)
                   (message "GOARCH in use: %s" (plist-get answer :active))
                   (when (buffer-live-p buffer)
                     (with-current-buffer buffer
                       (go-asm-ls--follow))))
     :error-fn (lambda (failure)
                 (message "The architecture was not switched: %s" (plist-get failure :message))))))

(defun go-asm-ls-create-stub ()
  "Write the missing TEXT for what point is on."
  (interactive)
  (eglot-code-actions (point) (point) "quickfix.goAsm.createStub" t))


;;; The frame layout

(defconst go-asm-ls--frame-buffer "*Go frame*"
  "Name of the buffer that shows the frame layout.")

(defvar go-asm-ls--frame-timer nil
  "Lets the frame layout follow point.")

(defvar-local go-asm-ls--frame-source nil
  "In the frame layout: the buffer that it belongs to.")

(define-derived-mode go-asm-ls-frame-mode special-mode "Go-Frame"
  "The stack frame of a function.
Type \\<go-asm-ls-frame-mode-map>\\[go-asm-ls-frame-select] to go to the uses of a slot."
  (setq-local cursor-type nil))

(define-key go-asm-ls-frame-mode-map (kbd "RET") #'go-asm-ls-frame-select)
(define-key go-asm-ls-frame-mode-map [mouse-1] #'go-asm-ls-frame-select)

(defun go-asm-ls--slot-label (slot)
  "What SLOT is called: by its operand, else by what lies there."
  (or (plist-get slot :reference)
      (let ((name (plist-get slot :name)))
        (if (string-empty-p name) (plist-get slot :meaning) name))))

(defun go-asm-ls--slot-note (slot)
  "What is said of SLOT beside its label and size."
  (or (plist-get slot :type)
      (if (plist-get slot :reference) (plist-get slot :meaning) "")))

(defun go-asm-ls--draw-frame (layout source)
  "Write LAYOUT of the buffer SOURCE into the frame buffer."
  (with-current-buffer (get-buffer-create go-asm-ls--frame-buffer)
    (unless (derived-mode-p 'go-asm-ls-frame-mode)
      (go-asm-ls-frame-mode))
    (setq go-asm-ls--frame-source source)
    (let* ((inhibit-read-only t)
           (slots (append (plist-get layout :slots) nil))
           (width (apply #'max 0 (mapcar (lambda (slot)
                                           (string-width (go-asm-ls--slot-label slot)))
                                         slots)))
           (active (plist-get layout :active))
           (active-line nil))
      (erase-buffer)
      (insert (propertize (format "%s  %s\n\n" (plist-get layout :function)
                                  (plist-get layout :goarch))
                          'face 'bold))
      (dolist (slot slots)
        (let* ((label (go-asm-ls--slot-label slot))
               (is-active (equal (plist-get slot :id) active))
               (padding (make-string (- width (string-width label)) ?\s)))
          (when is-active
            (setq active-line (point)))
          (insert (propertize (format "%s %s%s  %4d  %s\n" (if is-active "▶" " ") label padding
                                      (plist-get slot :size) (go-asm-ls--slot-note slot))
                              'go-asm-ls-slot slot
                              'mouse-face 'highlight
                              'face (if is-active 'go-asm-ls-active-slot-face 'default)))))
      (goto-char (or active-line (point-min)))
      (let ((window (get-buffer-window (current-buffer))))
        (when window
          (set-window-point window (point)))))))

(defun go-asm-ls-frame-select (&optional event)
  "Go to the first use of the slot at point, or at EVENT; highlight all of them."
  (interactive (list last-nonmenu-event))
  (when (mouse-event-p event)
    (goto-char (posn-point (event-start event))))
  (let* ((slot (or (get-text-property (point) 'go-asm-ls-slot)
                   (user-error "There is no slot here")))
         (uses (append (plist-get slot :uses) nil))
         (source go-asm-ls--frame-source))
    (unless (and uses (buffer-live-p source))
      (user-error "%s is not used in this file" (go-asm-ls--slot-label slot)))
    (pop-to-buffer source)
    (remove-overlays (point-min) (point-max) 'go-asm-ls-use t)
    (let ((regions (mapcar #'go-asm-ls--range-region uses)))
      (dolist (region regions)
        (let ((overlay (make-overlay (car region) (cdr region))))
          (overlay-put overlay 'go-asm-ls-use t)
          (overlay-put overlay 'face 'match)))
      (goto-char (caar regions)))))

(defun go-asm-ls--follow ()
  "Draw the frame at point where the frame layout is shown."
  (when (and (get-buffer-window go-asm-ls--frame-buffer)
             (derived-mode-p 'go-asm-ls-mode)
             (go-asm-ls-server-p (eglot-current-server)))
    (let ((buffer (current-buffer)))
      (jsonrpc-async-request
       (eglot-current-server) :goAsm/frameLayout (go-asm-ls--position)
       :success-fn (lambda (layout)
                     (when layout
                       (go-asm-ls--draw-frame layout buffer)))
       :error-fn #'ignore
       :deferred :goAsm/frameLayout))))

(defun go-asm-ls-frame-layout ()
  "Show the stack frame of the function at point, following point from now on."
  (interactive)
  (let ((layout (apply #'go-asm-ls--request :goAsm/frameLayout (go-asm-ls--position))))
    (unless layout
      (user-error "Point is in no function"))
    (go-asm-ls--draw-frame layout (current-buffer))
    (display-buffer go-asm-ls--frame-buffer
                    '((display-buffer-reuse-window display-buffer-in-side-window)
                      (side . right) (window-width . 0.4)))
    (unless go-asm-ls--frame-timer
      (setq go-asm-ls--frame-timer (run-with-idle-timer 0.1 t #'go-asm-ls--follow)))))

(provide 'go-asm-ls)
;;; go-asm-ls.el ends here

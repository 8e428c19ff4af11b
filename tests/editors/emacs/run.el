;;; run.el --- Scenarios of a user of Emacs, run in a real one  -*- lexical-binding: t; -*-

;; usage: emacs --batch -l run.el -f ert-run-tests-batch-and-exit SELECTOR
;; GO_ASM_PACKAGE is the package to work in, GO_ASM_MODE the file of the mode,
;; GO_ASM_SERVER the program, GO_ASM_GRAMMAR a folder that holds the compiled grammar.

(require 'ert)
(require 'cl-lib)
(require 'flymake)
(require 'seq)
(load (getenv "GO_ASM_MODE"))

(setq go-asm-ls-command (list (getenv "GO_ASM_SERVER"))
      eglot-sync-connect 30
      eglot-connect-timeout 30
      eglot-send-changes-idle-time 0.05
      ;; Eglot 1.9 drops what is published when this is nil.
      flymake-no-changes-timeout 0.05
      eglot-confirm-server-initiated-edits nil
      xref-prompt-for-identifier nil
      make-backup-files nil
      enable-local-variables nil)

(defconst wrong-offset "invalid offset start\\+16(FP); expected start\\+24(FP)")

(defun await (what predicate &optional seconds)
  "Wait until PREDICATE answers something, and answer that; WHAT is for the failure."
  (let ((end (+ (float-time) (or seconds 20))) answer)
    (while (and (not (setq answer (funcall predicate))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (unless answer
      (ert-fail (format "waited in vain for %s" what)))
    answer))

(defun package-file (name)
  (expand-file-name name (getenv "GO_ASM_PACKAGE")))

(defun open-file (name)
  (switch-to-buffer (find-file-noselect (package-file name))))

(defun connect ()
  "Start the server for the current buffer, as `eglot-ensure' would after a command."
  (apply #'eglot (eglot--guess-contact))
  (await "the server" #'eglot-managed-p))

(defun go-to (text)
  (goto-char (point-min))
  (let ((case-fold-search nil))
    (search-forward text))
  (goto-char (match-beginning 0)))

(defun messages ()
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun await-diagnostics (&rest regexps)
  "Wait until the buffer's diagnostics are these, by regexp and in order."
  (flymake-start)
  (let (found)
    (condition-case nil
        (await "diagnostics"
               (lambda ()
                 (setq found (messages))
                 (and (= (length found) (length regexps))
                      (cl-every #'string-match-p regexps found))))
      (ert-test-failed (ert-fail (list 'expected regexps 'found found))))))

(defun replace-text (from to)
  (go-to from)
  (delete-char (length from))
  (insert to)
  (eglot--signal-textDocument/didChange))

(defmacro with-server (name &rest body)
  "Run BODY in the buffer of the file NAME, connected."
  (declare (indent 1))
  `(progn
     (open-file ,name)
     (connect)
     (unwind-protect (progn ,@body)
       (dolist (buffer (buffer-list))
         (when (buffer-file-name buffer)
           (with-current-buffer buffer
             (set-buffer-modified-p nil)
             (let ((server (eglot-current-server)))
               (when server
                 (ignore-errors (eglot-shutdown server)))))
           (kill-buffer buffer))))))

(ert-deftest filetype ()
  (open-file "sum_amd64.s")
  (should (eq major-mode 'go-asm-ls-mode))
  (should (equal comment-start "// "))
  (open-file "gnu/start.s")
  (should-not (eq major-mode 'go-asm-ls-mode))
  (open-file "new_amd64.s")
  (should (eq major-mode 'go-asm-ls-mode)))

(ert-deftest indent ()
  (with-temp-buffer
    (insert "TEXT ·F(SB), NOSPLIT, $0-8\nMOVQ $1, AX\n// count\n  loop:\nDECQ AX\nJNE loop\nRET\n"
            "\n#define M(x) \\\nADDQ x, AX \\\nSUBQ x, BX\n")
    (go-asm-ls-mode)
    (dotimes (_ 2)
      (indent-region (point-min) (point-max))
      (should (equal (buffer-string)
                     (concat "TEXT ·F(SB), NOSPLIT, $0-8\n\tMOVQ $1, AX\n\t// count\nloop:\n"
                             "\tDECQ AX\n\tJNE loop\n\tRET\n"
                             "\n#define M(x) \\\n\tADDQ x, AX \\\n\tSUBQ x, BX\n"))))))

(defun face-of (text)
  (go-to text)
  (let ((face (get-text-property (point) 'face)))
    (if (consp face) (car face) face)))

(ert-deftest colours ()
  (open-file "sum_amd64.s")
  (font-lock-ensure)
  (pcase-dolist (`(,text . ,face)
                 '(("TEXT" . font-lock-keyword-face)
                   ("·Sum" . font-lock-function-name-face)
                   ("NOSPLIT" . font-lock-constant-face)
                   ("MOVQ" . font-lock-builtin-face)
                   ("xs_base" . font-lock-variable-name-face)
                   ("loop:" . font-lock-constant-face)
                   ("#include" . font-lock-preprocessor-face)
                   ("// func" . font-lock-comment-delimiter-face)))
    (should (equal (cons text (face-of text)) (cons text face)))))

(ert-deftest imenu-without-server ()
  (open-file "sum_amd64.s")
  (let ((index (imenu--make-index-alist t)))
    (should (equal (mapcar #'car (cdr (assoc "Functions" index))) '("·Sum")))))

(ert-deftest diagnostics ()
  (with-server "sum_amd64.s"
    (await-diagnostics wrong-offset)
    (let ((found (car (flymake-diagnostics))))
      (should (equal (buffer-substring (flymake-diagnostic-beg found) (flymake-diagnostic-end found))
                     "start+16(FP)")))
    (replace-text "start+16" "start+24")
    (await-diagnostics)
    (replace-text "start+24" "start+16")
    (await-diagnostics wrong-offset)))

(ert-deftest hover ()
  (with-server "sum_amd64.s"
    (await-diagnostics wrong-offset)
    (go-to "Sum(SB)")
    (let (said)
      (let ((eldoc-display-functions
             (list (lambda (docs _interactive)
                     (setq said (mapconcat #'car docs "\n"))))))
        (eldoc-print-current-symbol-info)
        (await "the hover" (lambda () (and said (string-match-p "func Sum" said)))))
      (should (string-match-p "start\\+24(FP)" said))
      ;; Eglot asks for plain text and shows what it gets as it is.
      (should-not (string-match-p "\\*\\*\\|```" said)))))

(ert-deftest definition ()
  (with-server "sum_amd64.s"
    (go-to "Sum(SB)")
    (xref-find-definitions (xref-backend-identifier-at-point (xref-find-backend)))
    (should (equal (file-name-nondirectory buffer-file-name) "kernel.go"))
    (should (looking-at "Sum(xs \\[\\]int64"))))

(defun fix-at-point (expected)
  "Apply the fix titled EXPECTED, as `eglot-code-actions' would when it is chosen."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt choices &rest _)
               (let ((titles (all-completions "" choices)))
                 (should (member expected titles))
                 expected)))
            ;; As if a key had been typed: after a click Eglot would pop up a menu.
            (last-nonmenu-event ?a))
    (eglot-code-actions (point) (1+ (point)) nil t)))

(ert-deftest quick-fix ()
  (with-server "sum_amd64.s"
    (await-diagnostics wrong-offset)
    (go-to "start+16")
    (fix-at-point "Use start+24(FP)")
    (go-to "start+24(FP)")
    (eglot--signal-textDocument/didChange)
    (await-diagnostics)))

(defun frame-text ()
  (with-current-buffer go-asm-ls--frame-buffer (buffer-string)))

(defun active-slot ()
  (let ((text (frame-text)))
    (and (string-match "▶ \\(.*\\)" text) (match-string 1 text))))

(ert-deftest frame ()
  (with-server "sum_amd64.s"
    (await-diagnostics wrong-offset)
    (go-to "saved-8")
    (go-asm-ls-frame-layout)
    (should (string-match-p "\\`Sum  amd64" (frame-text)))
    (should (string-match-p "total\\+32(FP)" (frame-text)))
    (should (string-match-p "\\`saved-8(SP)" (active-slot)))
    (go-to "xs_len+8")
    (go-asm-ls--follow)
    (await "the active slot to follow point"
           (lambda () (string-prefix-p "xs_len+8(FP)" (or (active-slot) ""))))
    (with-current-buffer go-asm-ls--frame-buffer
      (goto-char (point-min))
      (search-forward "total+32")
      (go-asm-ls-frame-select))
    (should (equal (buffer-file-name) (package-file "sum_amd64.s")))
    (should (looking-at "total\\+32(FP)"))))

(defun dimmed-lines ()
  (let ((overlays (seq-filter (lambda (overlay) (overlay-get overlay 'go-asm-ls-inactive))
                              (overlays-in (point-min) (point-max)))))
    (mapcar #'string-trim
            (apply #'append
                   (mapcar (lambda (overlay)
                             (split-string (buffer-substring (overlay-start overlay) (overlay-end overlay))
                                           "\n" t))
                           (sort overlays (lambda (a b) (< (overlay-start a) (overlay-start b)))))))))

(ert-deftest architecture ()
  (with-server "width.s"
    (await "the lines of arm64 to be dimmed"
           (lambda () (equal (dimmed-lines) '("MOVD $2, R0" "MOVD R0, ret+0(FP)"))))
    (go-asm-ls-switch-architecture "arm64")
    (await "the lines of amd64 to be dimmed"
           (lambda () (equal (dimmed-lines) '("MOVQ $4, ret+0(FP)"))))
    (let (offered)
      (cl-letf (((symbol-function 'completing-read)
                 (lambda (_prompt choices &rest _) (setq offered choices) "auto")))
        (call-interactively #'go-asm-ls-switch-architecture))
      (should (equal offered '("amd64" "arm64" "auto"))))
    (await "the lines of arm64 to be dimmed again"
           (lambda () (equal (dimmed-lines) '("MOVD $2, R0" "MOVD R0, ret+0(FP)"))))))

(ert-deftest saved-prototype ()
  ;; A Go buffer belongs to gopls in Eglot, which has one server for a buffer: what is saved counts.
  (with-server "sum_amd64.s"
    (replace-text "start+16" "start+24")
    (await-diagnostics)
    (with-temp-buffer
      (insert-file-contents (package-file "kernel.go"))
      (go-to "start int64) (total")
      (delete-char (length "start int64"))
      (insert "start int32")
      (write-region nil nil (package-file "kernel.go") nil 'quiet))
    ;; In batch mode nothing reads file notifications but waiting for input.
    (await "the new size"
           (lambda ()
             (read-event nil nil 0.1)
             (flymake-start)
             (seq-some (lambda (text)
                         (string-match-p "invalid MOVQ of start\\+24(FP); int32 is 4-byte value" text))
                       (messages))))))

(ert-deftest crash ()
  (with-server "sum_amd64.s"
    (await-diagnostics wrong-offset)
    (let ((server (eglot-current-server)))
      (signal-process (process-id (jsonrpc--process server)) 'SIGKILL)
      ;; Eglot starts another one by itself where the first had lived for a while.
      (await "Eglot to notice" (lambda () (not (eq (eglot-current-server) server))))
      (unless (eglot-current-server)
        (connect)))
    (replace-text "start+16" "start+17")
    (await-diagnostics "invalid offset start\\+17(FP)")))

(ert-deftest switch-source ()
  (with-server "sum_amd64.s"
    (go-to "Sum(SB)")
    (let (offered)
      (cl-letf (((symbol-function 'completing-read)
                 (lambda (_prompt choices &rest _)
                   (setq offered (all-completions "" choices))
                   (car offered))))
        (go-asm-ls-switch-source))
      (should (= (length offered) 2)))
    (should (equal (file-name-nondirectory buffer-file-name) "kernel.go"))))

(ert-deftest odd-path ()
  (with-server "sum_amd64.s"
    (should (string-match-p "#1 100%" buffer-file-name))
    (await-diagnostics wrong-offset)
    (go-to "Sum(SB)")
    (xref-find-definitions (xref-backend-identifier-at-point (xref-find-backend)))
    (should (equal (file-name-nondirectory buffer-file-name) "kernel.go"))))

(ert-deftest grammar ()
  (skip-unless (and (fboundp 'treesit-available-p) (treesit-available-p)))
  (let ((user-emacs-directory (file-name-as-directory (make-temp-file "emacs" t))))
    (go-asm-ls-install-grammar (getenv "GO_ASM_REPOSITORY"))
    (should (go-asm-ls--grammar-ready-p))
    (open-file "sum_amd64.s")
    (should (eq major-mode 'go-asm-ls-mode))
    (font-lock-ensure)
    (pcase-dolist (`(,text . ,face)
                   '(("TEXT" . font-lock-keyword-face)
                     ("·Sum" . font-lock-function-name-face)
                     ("MOVQ" . font-lock-builtin-face)
                     ("loop:" . font-lock-constant-face)
                     ("// func" . font-lock-comment-face)))
      (should (equal (cons text (face-of text)) (cons text face))))))

(provide 'run)
;;; run.el ends here

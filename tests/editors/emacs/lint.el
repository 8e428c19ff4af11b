;;; lint.el --- Compiles and checks a file; prints what is wrong  -*- lexical-binding: t; -*-

;; usage: emacs --batch -l lint.el FILE

(require 'checkdoc)
(defvar package-archive-contents)
(defvar package-lint-backport-libraries)

(let ((file (pop command-line-args-left))
      (byte-compile-error-on-warn t))
  (unless (byte-compile-file file)
    (kill-emacs 1))
  (checkdoc-file file)
  (when (require 'package-lint nil t)
    (require 'package)
    ;; package-lint looks dependencies up in an archive's list, which a test does not download.
    (setq package-archive-contents
          `((eglot ,(package-desc-create :name 'eglot :version '(1 17) :archive "gnu"
                                         :reqs '((emacs (26 3)))))))
    ;; It knows Eglot only as a part of Emacs 29; for Emacs 28 it is a package that we name.
    (setq package-lint-backport-libraries
          (append package-lint-backport-libraries '((eglot "\\`eglot"))))
    (with-temp-buffer
      (insert-file-contents file t)
      (emacs-lisp-mode)
      (dolist (finding (package-lint-buffer))
        (message "package-lint: %S" finding)))))

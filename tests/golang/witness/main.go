// Lists the package-level declarations of every Go file below a folder, as go/parser reads them:
// one line for a file that parses, and one for each name with its kind and byte offset.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	filepath.WalkDir(os.Args[1], func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d.Name() == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil
		}
		fmt.Fprintf(out, "file\t%s\t%s\n", path, file.Name.Name)
		at := func(n ast.Node) int { return set.Position(n.Pos()).Offset }
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				fmt.Fprintf(out, "func\t%s\t%d\t%v\t%v\n", decl.Name.Name, at(decl.Name), decl.Body != nil, decl.Recv != nil)
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						fmt.Fprintf(out, "type\t%s\t%d\n", spec.Name.Name, at(spec.Name))
					case *ast.ValueSpec:
						for _, name := range spec.Names {
							fmt.Fprintf(out, "%s\t%s\t%d\n", decl.Tok, name.Name, at(name))
						}
					}
				}
			}
		}
		return nil
	})
}

// dockerfile reads a Dockerfile with BuildKit's own parser and linter, and prints what it means as JSON: what the linter
// warns of, and per stage its base and its instructions, variables put in.
//
// Usage: dockerfile FILE
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

type step struct {
	Name     string            `json:"name"`
	Args     []string          `json:"args"`
	To       string            `json:"to,omitempty"`
	From     string            `json:"from,omitempty"`
	Shell    bool              `json:"shell,omitempty"`
	Env      map[string]string `json:"env,omitempty"`
	Original string            `json:"original"`
}

type stage struct {
	Name  string `json:"name"`
	Base  string `json:"base"`
	Steps []step `json:"steps"`
}

type document struct {
	Warnings []string `json:"warnings"`
	Stages   []stage  `json:"stages"`
}

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: dockerfile FILE"))
	}
	read, err := parse(os.Args[1])
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(read); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "error:", err)
	os.Exit(1)
}

func parse(path string) (*document, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	tree, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	read := &document{Warnings: []string{}}
	lint := linter.New(&linter.Config{
		Warn: func(rule, _, _, message string, where []parser.Range) {
			line := 0
			if len(where) > 0 {
				line = where[0].Start.Line
			}
			read.Warnings = append(read.Warnings, fmt.Sprintf("line %d: %s: %s", line, rule, message))
		},
	})
	for _, warning := range tree.Warnings {
		read.Warnings = append(read.Warnings, warning.Short)
	}
	stages, global, err := instructions.Parse(tree.AST, lint)
	if err != nil {
		return nil, err
	}
	lex := shell.NewLex(tree.EscapeToken)
	defaults, err := assign(lex, nil, global)
	if err != nil {
		return nil, err
	}
	for _, parsed := range stages {
		converted, err := convert(lex, defaults, parsed)
		if err != nil {
			return nil, err
		}
		read.Stages = append(read.Stages, converted)
	}
	return read, nil
}

func assign(lex *shell.Lex, env []string, args []instructions.ArgCommand) ([]string, error) {
	for i := range args {
		if err := args[i].Expand(expander(lex, env)); err != nil {
			return nil, err
		}
		for _, arg := range args[i].Args {
			if arg.Value != nil {
				env = append(env, arg.Key+"="+*arg.Value)
			}
		}
	}
	return env, nil
}

func expander(lex *shell.Lex, env []string) instructions.SingleWordExpander {
	return func(word string) (string, error) {
		expanded, unmatched, err := lex.ProcessWord(word, shell.EnvsFromSlice(env))
		for name := range unmatched {
			return "", fmt.Errorf("%q uses %s, which has no value", word, name)
		}
		return expanded, err
	}
}

func convert(lex *shell.Lex, global []string, parsed instructions.Stage) (stage, error) {
	base, err := expander(lex, global)(parsed.BaseName)
	if err != nil {
		return stage{}, err
	}
	converted := stage{Name: parsed.Name, Base: base, Steps: []step{}}
	var env []string
	for _, command := range parsed.Commands {
		if expandable, ok := command.(instructions.SupportsSingleWordExpansion); ok {
			if err := expandable.Expand(expander(lex, env)); err != nil {
				return stage{}, err
			}
		}
		one, err := read(command)
		if err != nil {
			return stage{}, err
		}
		for name, value := range one.Env {
			env = append(env, name+"="+value)
		}
		converted.Steps = append(converted.Steps, one)
	}
	return converted, nil
}

// read refuses what the tests' interpreter would not do as a builder does it.
func read(command instructions.Command) (step, error) {
	one := step{Name: command.Name(), Args: []string{}, Original: fmt.Sprint(command)}
	switch c := command.(type) {
	case *instructions.ArgCommand:
		one.Env = map[string]string{}
		for _, arg := range c.Args {
			if arg.Value != nil {
				one.Env[arg.Key] = *arg.Value
			}
		}
	case *instructions.EnvCommand:
		one.Env = map[string]string{}
		for _, pair := range c.Env {
			one.Env[pair.Key] = pair.Value
		}
	case *instructions.LabelCommand:
		for _, pair := range c.Labels {
			one.Args = append(one.Args, pair.Key+"="+pair.Value)
		}
	case *instructions.WorkdirCommand:
		one.To = c.Path
	case *instructions.CopyCommand:
		if c.Chown != "" || c.Chmod != "" || c.Link || c.Parents || len(c.ExcludePatterns) > 0 || len(c.SourceContents) > 0 {
			return one, fmt.Errorf("%s: only COPY [--from] is known", command)
		}
		one.Args, one.To, one.From = c.SourcePaths, c.DestPath, c.From
	case *instructions.RunCommand:
		if len(c.FlagsUsed) > 0 || len(c.Files) > 0 {
			return one, fmt.Errorf("%s: only RUN without flags is known", command)
		}
		one.Args, one.Shell = c.CmdLine, c.PrependShell
	case *instructions.UserCommand:
		one.Args = []string{c.User}
	case *instructions.ExposeCommand:
		one.Args = c.Ports
	case *instructions.EntrypointCommand:
		one.Args, one.Shell = c.CmdLine, c.PrependShell
	case *instructions.CmdCommand:
		one.Args, one.Shell = c.CmdLine, c.PrependShell
	default:
		return one, fmt.Errorf("%s is not known", command.Name())
	}
	return one, nil
}

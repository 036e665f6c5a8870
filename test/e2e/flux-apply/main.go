// flux-apply applies a file of manifests the way Flux's kustomize-controller does: with Flux's own library, as the same
// field manager, in the same stages, each object dry-run first.
//
// Usage: KUBECONFIG=path flux-apply [--force] FILE
//
// It prints one line per object on standard output ("ConfigMap/shop/settings created"). A failure is one text on
// standard error that begins with "error: ", and the exit code is 1.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/polling"
	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/normalize"
	"github.com/fluxcd/pkg/ssa/utils"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// The identity of kustomize-controller and of the Kustomization that the objects are said to come from.
const (
	fieldManager           = "kustomize-controller"
	group                  = "kustomize.toolkit.fluxcd.io"
	kustomizationName      = "holdfast-e2e"
	kustomizationNamespace = "flux-system"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Getenv("KUBECONFIG"), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// run parses the arguments, applies the file and writes the change set, also the part of it that precedes an error.
func run(ctx context.Context, arguments []string, kubeconfig string, out io.Writer) error {
	flags := flag.NewFlagSet("flux-apply", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	force := flags.Bool("force", false, "delete and recreate an object whose change is refused as immutable")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("usage: flux-apply [--force] FILE")
	}
	// Without this, client-go falls back to the pod it does not run in, with a message about that.
	if kubeconfig == "" {
		return errors.New("the environment variable KUBECONFIG is not set; it names the cluster to apply to")
	}

	objects, err := readObjects(flags.Arg(0))
	if err != nil {
		return err
	}
	manager, err := newManager(kubeconfig)
	if err != nil {
		return err
	}
	if err := normalize.UnstructuredList(objects); err != nil {
		return err
	}
	manager.SetOwnerLabels(objects, kustomizationName, kustomizationNamespace)

	changes, err := manager.ApplyAllStaged(ctx, objects, applyOptions(*force))
	if changes != nil && len(changes.Entries) > 0 {
		if _, err := fmt.Fprintln(out, changes); err != nil {
			return err
		}
	}
	return err
}

// readObjects reads YAML or JSON documents. A file without any Kubernetes object is a mistake in the caller's test.
func readObjects(path string) ([]*unstructured.Unstructured, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	objects, err := utils.ReadObjects(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(objects) == 0 {
		return nil, fmt.Errorf("%s: holds no Kubernetes object", path)
	}
	return objects, nil
}

func newManager(kubeconfig string) (*ssa.ResourceManager, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	cluster, err := client.New(config, client.Options{})
	if err != nil {
		return nil, err
	}
	poller := polling.NewStatusPoller(cluster, cluster.RESTMapper(), polling.Options{})
	return ssa.NewResourceManager(cluster, poller, ssa.Owner{Field: fieldManager, Group: group}), nil
}

// applyOptions are those of kustomize-controller: force is the Kustomization's spec.force, and the selectors are the
// annotations with which an object opts in or out by itself.
func applyOptions(force bool) ssa.ApplyOptions {
	options := ssa.DefaultApplyOptions()
	options.Force = force
	options.ForceSelector = map[string]string{group + "/force": "enabled"}
	options.ExclusionSelector = map[string]string{group + "/reconcile": "disabled", group + "/ssa": "Ignore"}
	options.IfNotPresentSelector = map[string]string{group + "/ssa": "IfNotPresent"}
	return options
}

// Holds no code: it pins, with go.sum, the modules whose custom resource definitions the tests install.
module holdfast.dev/e2e/crds

go 1.26.0

require github.com/kubernetes-csi/external-snapshotter/client/v8 v8.7.0

//go:build tools

// Package tools pins the Pulumi CLI as a Go module, for machines that reach only package registries.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"

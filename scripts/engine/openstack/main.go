// pulumi-resource-openstack: the Terraform provider for OpenStack behind Pulumi's Terraform bridge, under the names that
// the installed @pulumi/openstack SDK uses. Built where the official plugin cannot be downloaded.
//
// `-check` says how the SDK's names were found and exits 1 when one of them is not served.
package main

import (
	_ "embed"
	"fmt"
	"os"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shimv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/terraform-provider-openstack/terraform-provider-openstack/openstack"
)

// Both are written by facts.mjs from the installed SDK before the build.
var (
	//go:embed sdk.json
	sdkJSON []byte
	//go:embed schema.json
	schemaJSON []byte
)

func main() {
	provider := openstack.Provider()
	// Otherwise every program is warned, whether it sets this or not.
	provider.Schema["use_octavia"].Deprecated = ""

	sdk, err := readFacts(sdkJSON)
	if err != nil {
		fmt.Fprintln(os.Stderr, "sdk.json:", err)
		os.Exit(1)
	}
	info, report := providerInfo(shimv2.NewProvider(provider), sdk)
	if len(os.Args) > 1 && os.Args[1] == "-check" {
		report.print(os.Stdout)
		if len(report.mismatches) > 0 {
			os.Exit(1)
		}
		return
	}
	tfbridge.Main("openstack", info.Version, info, schemaJSON)
}

package main

import (
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// modules holds the prefixes that Terraform abbreviates and the SDK spells out.
var modules = map[string]string{"db": "database", "lb": "loadbalancer", "fw": "firewall"}

// terraformName is a name taken apart: openstack_compute_instance_v2 is compute, instance, v2.
type terraformName struct{ module, rest, version string }

// key finds an SDK token whose name carries no version.
func (n terraformName) key() string { return n.module + "/" + n.rest }

// versionedKey finds an SDK token whose name carries one.
func (n terraformName) versionedKey() string { return n.key() + n.version }

func parseTerraformName(name string) terraformName {
	parts := strings.Split(strings.TrimPrefix(name, "openstack_"), "_")
	module, parts := parts[0], parts[1:]
	if long, ok := modules[module]; ok {
		module = long
	}
	version := ""
	if last := len(parts) - 1; last >= 0 && len(parts[last]) == 2 && parts[last][0] == 'v' {
		version, parts = parts[last], parts[:last]
	}
	return terraformName{module, plain(strings.Join(parts, "")), version}
}

// parseToken gives module and name of openstack:<module>/<member>:<name>.
func parseToken(token string) (module, name string) {
	parts := strings.Split(token, ":")
	return strings.SplitN(parts[1], "/", 2)[0], parts[2]
}

// plain makes names comparable across spellings: security_group and SecurityGroup are the same.
func plain(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, "_", ""))
}

// attributes gives a schema's attribute names.
func attributes(schema shim.SchemaMap) []string {
	var names []string
	schema.Range(func(name string, _ shim.Schema) bool {
		names = append(names, name)
		return true
	})
	return names
}

// similarity is the share of properties that a Terraform schema and an SDK type have in common, 0 to 1.
func similarity(schema shim.SchemaMap, sdk properties) float64 {
	own := map[string]bool{}
	for _, name := range attributes(schema) {
		own[tfbridge.TerraformToPulumiNameV2(name, schema, nil)] = true
	}
	common, all := 0, len(own)
	for name := range sdk {
		switch {
		case name == "id":
		case own[name]:
			common++
		default:
			all++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}

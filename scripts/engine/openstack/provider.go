package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// nameLimit is the longest name that OpenStack takes for a thing that the bridge names by itself.
const nameLimit = 255

// providerInfo derives the whole mapping from what the SDK expects. Nothing is written by hand but `modules`.
func providerInfo(provider shim.Provider, sdk facts) (tfbridge.ProviderInfo, *report) {
	report := &report{}
	info := tfbridge.ProviderInfo{
		P:           provider,
		Name:        "openstack",
		Version:     sdk.Version,
		Resources:   map[string]*tfbridge.ResourceInfo{},
		DataSources: map[string]*tfbridge.DataSourceInfo{},
		Config:      mapFields("provider", provider.Schema(), sdk.Provider, sdk.Types, report),
	}
	resources, functions := provider.ResourcesMap(), provider.DataSourcesMap()
	for name, token := range match("resource", "", resources, sdk.Resources, report) {
		fields := mapFields(token, resources.Get(name).Schema(), sdk.Resources[token], sdk.Types, report)
		info.Resources[name] = &tfbridge.ResourceInfo{Tok: tokens.Type(token), Fields: fields}
	}
	for name, token := range match("function", "get", functions, sdk.Functions, report) {
		fields := mapFields(token, functions.Get(name).Schema(), sdk.Functions[token], sdk.Types, report)
		info.DataSources[name] = &tfbridge.DataSourceInfo{Tok: tokens.ModuleMember(token), Fields: fields}
	}
	ignoreRest(&info, resources, functions)
	info.SetAutonaming(nameLimit, "-")
	return info, report
}

// ignoreRest lists the names that have no token: the bridge does not start with a name that it does not know.
func ignoreRest(info *tfbridge.ProviderInfo, resources, functions shim.ResourceMap) {
	resources.Range(func(name string, _ shim.Resource) bool {
		if info.Resources[name] == nil {
			info.IgnoreMappings = append(info.IgnoreMappings, name)
		}
		return true
	})
	functions.Range(func(name string, _ shim.Resource) bool {
		if info.DataSources[name] == nil {
			info.IgnoreMappings = append(info.IgnoreMappings, name)
		}
		return true
	})
}

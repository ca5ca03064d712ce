package main

import "encoding/json"

// properties maps a property's name to its shape: string, number, boolean, map, any, ? (not known), object:<type>, or
// "list of " and one of these.
type properties map[string]string

// facts is what the SDK expects of its plugin.
type facts struct {
	Version  string     `json:"version"`
	Provider properties `json:"provider"`
	// By type token, e.g. openstack:compute/instance:Instance.
	Resources map[string]properties `json:"resources"`
	// By function token, e.g. openstack:images/getImage:getImage.
	Functions map[string]properties `json:"functions"`
	// Nested object types, by <module>.<Name>.
	Types map[string]properties `json:"types"`
}

func readFacts(text []byte) (facts, error) {
	var sdk facts
	err := json.Unmarshal(text, &sdk)
	return sdk, err
}

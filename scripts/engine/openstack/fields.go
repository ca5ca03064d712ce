package main

import (
	"sort"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// fieldMapper makes the bridge's names and shapes of one schema those of the SDK.
type fieldMapper struct {
	where  string
	schema shim.SchemaMap
	sdk    properties
	types  map[string]properties
	report *report
	// Attribute by SDK property.
	attribute map[string]string
	overrides map[string]*tfbridge.SchemaInfo
}

// mapFields gives the overrides that a schema needs, nil where the bridge's own names and shapes will do.
func mapFields(where string, schema shim.SchemaMap, sdk properties, types map[string]properties, report *report) map[string]*tfbridge.SchemaInfo {
	m := &fieldMapper{where, schema, sdk, types, report, map[string]string{}, map[string]*tfbridge.SchemaInfo{}}
	lost := m.pairByName()
	lost = m.takeFromDeprecated(lost)
	m.pairBySpelling(lost)
	m.shapes()
	if len(m.overrides) == 0 {
		return nil
	}
	return m.overrides
}

// pairByName pairs what the bridge names as the SDK does, and gives back the attributes that it does not.
func (m *fieldMapper) pairByName() (lost []string) {
	names := attributes(m.schema)
	deprecated := func(name string) bool { return m.schema.Get(name).Deprecated() != "" }
	// Of two attributes with one name, the deprecated one gives way.
	sort.Slice(names, func(i, j int) bool {
		if a, b := deprecated(names[i]), deprecated(names[j]); a != b {
			return b
		}
		return names[i] < names[j]
	})
	for _, name := range names {
		if name == "id" {
			continue
		}
		property := tfbridge.TerraformToPulumiNameV2(name, m.schema, nil)
		if _, ok := m.sdk[property]; ok && m.attribute[property] == "" {
			m.attribute[property] = name
		} else {
			lost = append(lost, name)
		}
	}
	return lost
}

// takeFromDeprecated: of `x` and a deprecated `xs`, the bridge leaves `xs` its name, and the SDK gives it to `x`.
func (m *fieldMapper) takeFromDeprecated(lost []string) (rest []string) {
	for _, name := range lost {
		property, holder := "", name
		for candidate, other := range m.attribute {
			if plain(candidate) == plain(name)+"s" && m.schema.Get(name).Deprecated() == "" && m.schema.Get(other).Deprecated() != "" {
				property, holder = candidate, other
				break
			}
		}
		if property != "" {
			m.rename(name, property)
		}
		rest = append(rest, holder)
	}
	return rest
}

func (m *fieldMapper) rename(name, property string) {
	m.attribute[property] = name
	m.overrides[name] = &tfbridge.SchemaInfo{Name: property}
	m.report.note("property renamed", "%s.%s = %s", m.where, name, property)
}

// pairBySpelling pairs what is left with the longest free property that begins alike, or with the only one left.
func (m *fieldMapper) pairBySpelling(lost []string) {
	for _, name := range lost {
		best := ""
		for _, property := range m.free() {
			a, b := plain(property), plain(name)
			if (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) && len(property) > len(best) {
				best = property
			}
		}
		if free := m.free(); best == "" && len(lost) == 1 && len(free) == 1 {
			best = free[0]
		}
		if best == "" {
			m.report.mismatch("property in the Terraform provider only", "%s.%s", m.where, name)
			continue
		}
		m.rename(name, best)
	}
}

// free gives the SDK's properties that no attribute serves yet.
func (m *fieldMapper) free() (names []string) {
	for property := range m.sdk {
		if property != "id" && m.attribute[property] == "" {
			names = append(names, property)
		}
	}
	sort.Strings(names)
	return names
}

func (m *fieldMapper) shapes() {
	for _, property := range m.free() {
		m.report.mismatch("property in the SDK only", "%s.%s (%s)", m.where, property, m.sdk[property])
	}
	for property, name := range m.attribute {
		shape := shapeMapper{m.where + "." + property, m.types, m.report}
		if override := shape.override(m.schema.Get(name), m.sdk[property]); override != nil {
			// MaxItemsOne would change the plural that the bridge makes.
			override.Name = property
			m.overrides[name] = override
		}
	}
}

package main

import (
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

const listOf = "list of "

// shapeMapper makes the bridge's shape of one property that of the SDK.
type shapeMapper struct {
	where  string
	types  map[string]properties
	report *report
}

// override gives what makes a schema's shape the SDK's, nil where it is already.
func (m shapeMapper) override(schema shim.Schema, shape string) *tfbridge.SchemaInfo {
	if shape == "?" || shape == "any" {
		return nil
	}
	if schema.Type() == shim.TypeList || schema.Type() == shim.TypeSet {
		return m.list(schema, shape)
	}
	if own := scalar(schema.Type()); own != shape {
		m.report.mismatch("shape differs", "%s is %s, the SDK says %s", m.where, own, shape)
	}
	return nil
}

func (m shapeMapper) list(schema shim.Schema, shape string) (override *tfbridge.SchemaInfo) {
	isList := strings.HasPrefix(shape, listOf)
	if tfbridge.IsMaxItemsOne(schema, nil) == isList {
		one := !isList
		override = &tfbridge.SchemaInfo{MaxItemsOne: &one}
		m.report.note("MaxItemsOne overridden", "%s = %v", m.where, one)
	}
	inner := strings.TrimPrefix(shape, listOf)
	switch element := schema.Elem().(type) {
	case shim.Resource:
		nested, ok := m.types[strings.TrimPrefix(inner, "object:")]
		if !ok {
			m.report.mismatch("shape differs", "%s is a block, the SDK says %s", m.where, shape)
			return override
		}
		if fields := mapFields(m.where, element.Schema(), nested, m.types, m.report); fields != nil {
			if override == nil {
				override = &tfbridge.SchemaInfo{}
			}
			override.Elem = &tfbridge.SchemaInfo{Fields: fields}
		}
	case shim.Schema:
		if own := scalar(element.Type()); own != inner {
			m.report.mismatch("shape differs", "%s is a list of %s, the SDK says %s", m.where, own, shape)
		}
	}
	return override
}

// scalar is the SDK's word for a Terraform type, empty for one that is none.
func scalar(t shim.ValueType) string {
	switch t {
	case shim.TypeBool:
		return "boolean"
	case shim.TypeInt, shim.TypeFloat:
		return "number"
	case shim.TypeString:
		return "string"
	case shim.TypeMap:
		return "map"
	}
	return ""
}
